// The base class subobjects of a class by the Itanium C++ ABI: which of them share a vptr, and
// where empty ones lie, for two of one type must not share an offset.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "layout/class_info.hpp"

namespace snug {

/// A base class subobject; a virtual one is shared by all that derive from it.
struct Subobject {
  const ClassInfo* type = nullptr;
  bool is_virtual = false;
  Subobject* derived = nullptr;          ///< Whose primary virtual base it is.
  Subobject* primary_virtual = nullptr;  ///< That this one shares its vptr with.
  std::vector<Subobject*> bases;
};

/// All base subobjects of one class.
class Subobjects {
 public:
  explicit Subobjects(const ClassInfo& info);

  /// In the order of the base clause.
  [[nodiscard]] const std::vector<Subobject*>& direct() const { return direct_; }
  /// The one subobject of a virtual base; null if it is none.
  [[nodiscard]] Subobject* virtual_base(const ClassInfo* type) const;

 private:
  Subobject* make(const ClassInfo& type, bool is_virtual);

  std::vector<std::unique_ptr<Subobject>> pool_;
  std::map<const ClassInfo*, Subobject*> virtual_;
  std::vector<Subobject*> direct_;
};

/// The empty class subobjects placed so far: two of one type must not share an offset. Offsets are
/// in bits.
class Empties {
 public:
  [[nodiscard]] bool fits(const Subobject& base, std::uint64_t offset) const;
  void place(const Subobject& base, std::uint64_t offset);
  void place(const FieldInfo& field, std::uint64_t offset);

 private:
  std::set<std::pair<std::uint64_t, const ClassInfo*>> placed_;
};

}  // namespace snug
