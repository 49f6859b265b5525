// The layout of a whole class from its bases and fields: Itanium C++ ABI, section 2.4, and clang.
//
// The front end's C interface tells the offsets of direct bases only. This function places what it
// does not tell: indirect virtual bases, in the order of the inheritance graph, and the primary
// bases whose vptr is shared. Itanium rules only; with the MSVC ABI there is no answer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// Where everything in a complete object of the class lies. Offsets in bits.
struct ClassLayout {
  ClassFacts facts;
  Placement placement;  ///< offset_bits: one per member of facts.own; virtual_base_bits is empty.
  std::vector<std::uint64_t> base_bits;  ///< One per facts.bases, virtual ones included.
  std::vector<std::pair<std::string, std::uint64_t>>
      virtual_bases;             ///< Id and offset of all of them, indirect ones too.
  std::string primary_base;      ///< Id of the base that shares its vptr; empty: none.
  bool primary_virtual = false;  ///< That base is virtual.
  bool own_vptr = false;         ///< A vptr of its own at offset 0, shared with no base.

  /// Has a vptr and no other data: only such a virtual base can be primary.
  [[nodiscard]] bool nearly_empty(const Abi& abi) const;
  [[nodiscard]] bool dynamic() const;  ///< Has a vptr: virtual functions or virtual bases.
};

/// The layout of a class that was laid out before, by id; null if it is not known.
using KnownLayouts = std::function<const ClassLayout*(std::string_view id)>;

/// Lays a class out. Every class it derives from, directly or not, has to be known before; members
/// of class type carry their `empties`. Empty if a base is not known or the ABI is Microsoft's.
/// O(subobjects).
[[nodiscard]] std::optional<ClassLayout> lay_out_class(const ClassFacts& facts, const Abi& abi,
                                                       const KnownLayouts& known);

/// The empty subobjects of an object of the class. `complete`: with its virtual bases; otherwise
/// as the non-virtual part of a base.
[[nodiscard]] std::vector<EmptyAt> empties_of(const ClassLayout& layout, const KnownLayouts& known,
                                              bool complete);

}  // namespace snug
