// The layout of a whole class from its bases and fields, as declared: Itanium C++ ABI, section 2.4,
// and clang.
//
// What the front end tells of a class is completed by itanium.cpp. This function needs nothing
// told: it answers what another compiler's rules would give. Itanium rules only; with the MSVC ABI
// there is no answer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layout/class_info.hpp"
#include "layout/lay_out.hpp"

namespace snug {

/// A direct base, in the order of the base clause.
struct BaseFact {
  std::string class_id;
  bool is_virtual = false;
};

/// A class as it is declared.
struct ClassFacts {
  std::string id;
  std::vector<BaseFact> bases;
  bool polymorphic = false;  ///< Declares or inherits virtual functions.
  bool empty = false;        ///< std::is_empty.
  /// Members, packing and alignment of the class itself; its prefix and virtual bases are ignored.
  RecordSpec own;
};

/// Where everything in a complete object of the class lies. Of the ClassInfo all is set but the
/// fields and what no rule of layout asks for; the types of its bases are ClassLayouts.
struct ClassLayout : ClassInfo {
  ClassFacts facts;
  Placement placement;  ///< offset_bits: one per member of facts.own; virtual_base_bits is empty.
};

/// The layout of a class that was laid out before, by id; null if it is not known. Layouts that
/// others derive from stay where they are.
using KnownLayouts = std::function<const ClassLayout*(std::string_view id)>;

/// Lays a class out. Every class it derives from has to be known before; members of class type
/// carry their `empties`. Empty if a base is not known or the ABI is Microsoft's. O(subobjects).
[[nodiscard]] std::optional<ClassLayout> lay_out_class(const ClassFacts& facts, const Abi& abi,
                                                       const KnownLayouts& known);

/// The empty subobjects of an object of the class, its virtual bases included.
[[nodiscard]] std::vector<EmptyAt> empties_of(const ClassLayout& layout);

}  // namespace snug
