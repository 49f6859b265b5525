// How a target packs bit-fields (System V and its relatives; the MSVC ABI has rules of its own).
#pragma once

#include <cstdint>

#include "model/model.hpp"

namespace snug {

struct BitFieldRules {
  /// A bit-field does not cross a boundary of its declared type. False with the old ARM APCS.
  bool type_alignment = true;
  /// Unnamed and zero-width bit-fields raise the alignment of their record (AAPCS).
  bool zero_width_alignment = false;
  /// Least alignment that a zero-width bit-field rounds up to where `type_alignment` is false,
  /// bits.
  std::uint64_t zero_width_boundary = 0;
  /// Widest type that holds the start of a bit-field wider than its declared type, bits.
  std::uint64_t widest_container = 64;
  /// Alignment of a 64-bit integer in a record, bits: 32 on i386.
  std::uint64_t align_of_64 = 64;
};

[[nodiscard]] BitFieldRules bit_field_rules(const Abi& abi);

}  // namespace snug
