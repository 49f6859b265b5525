// The order in which the base subobjects of a class are placed by the Itanium C++ ABI 2.4, and
// which of them share a vptr.
#pragma once

#include <cstddef>
#include <cstdint>

#include "layout/base_subobjects.hpp"
#include "layout/class_info.hpp"

namespace snug {

/// Puts the parts of one class down, one after another: where the front end told that they are, or
/// where declared facts put them. Offsets in bits.
class Parts {
 public:
  virtual ~Parts() = default;
  virtual void place_vptr() = 0;  ///< At 0.
  /// A non-virtual base, by its place in the base clause; its offset.
  virtual std::uint64_t place_direct(std::size_t index, const Subobject& base) = 0;
  /// A virtual base, behind what was placed before; its offset.
  virtual std::uint64_t place_virtual(const Subobject& base) = 0;
  /// Called once, between the non-virtual and the virtual bases.
  virtual void place_fields() = 0;
};

/// Places all parts of the class. Sets the primary base, `own_vptr` and the offsets of the
/// non-virtual and of all virtual bases. REQUIRES: the bases are complete in this sense;
/// `virtual_bases` are collected. False if a virtual base was not placed. O(subobjects).
[[nodiscard]] bool place(ClassInfo& info, const Abi& abi, Parts& parts);

}  // namespace snug
