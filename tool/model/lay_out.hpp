// The layout rules of the Itanium C++ ABI and of the C ABIs, as a pure function.
//
// The compiler's own answers are always what is reported. This function exists for the questions
// that the compiler cannot be asked cheaply: where fields would lie in another order (the search
// for the smallest one), where an indirect virtual base lies, and what g++ would do. Source:
// Itanium C++ ABI, section 2.4, and the behaviour of clang, against which it is tested.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/record.hpp"

namespace snug {

/// An empty class subobject at an offset: two of one type must not share an address.
struct EmptyAt {
  std::string type_id;
  std::uint64_t offset_bits = 0;
};

/// One non-static data member as the layout rules see it.
struct MemberSpec {
  std::uint64_t size_bits = 0;        ///< sizeof of the type; of the storage type for a bit-field.
  std::uint64_t align_bits = 8;       ///< With alignas of the field, before packing.
  std::uint64_t type_align_bits = 8;  ///< Of the type alone.
  std::optional<std::uint32_t> bit_width;
  bool named = true;  ///< Unnamed bit-fields do not raise the record's alignment on x86.
  bool packed = false;
  bool explicit_align = false;
  bool no_unique_address = false;
  std::uint64_t data_bits = 0;  ///< Used instead of the size where the tail may be reused.
  bool is_empty = false;
  bool flexible = false;
  std::vector<EmptyAt> empties;  ///< Empty subobjects of the member's type, itself included.
};

/// What comes before the first field: vptr and non-virtual bases, which no order of fields changes.
struct PrefixSpec {
  std::uint64_t size_bits = 0;  ///< Record size so far (sizeof rules).
  std::uint64_t data_bits = 0;  ///< First bit that a field may take.
  std::uint64_t align_bits = 8;
  std::vector<EmptyAt> empties;
};

/// A virtual base, laid out after the fields.
struct VirtualBaseSpec {
  std::string type_id;
  std::uint64_t nonvirtual_bits = 0;
  std::uint64_t nonvirtual_align_bits = 8;
  bool is_empty = false;
  std::vector<EmptyAt> empties;
};

struct RecordSpec {
  bool is_union = false;
  bool cxx = true;
  bool packed = false;
  std::uint64_t max_field_align_bits = 0;  ///< #pragma pack; 0: none.
  std::uint64_t min_align_bits = 8;        ///< alignas on the record.
  PrefixSpec prefix;
  std::vector<MemberSpec> members;             ///< In declaration order.
  std::vector<VirtualBaseSpec> virtual_bases;  ///< In layout order.
};

struct Placement {
  std::vector<std::uint64_t> offset_bits;  ///< One per member of the spec, by its index there.
  std::vector<std::uint64_t> virtual_base_bits;
  std::uint64_t size_bits = 0;
  std::uint64_t align_bits = 8;
  std::uint64_t data_bits = 0;        ///< Itanium dsize.
  std::uint64_t nonvirtual_bits = 0;  ///< Itanium nvsize.
};

/// Lays the members out in the order given (indices into spec.members, each once). O(n) plus the
/// checks for empty subobjects.
[[nodiscard]] Placement lay_out(const RecordSpec& spec, const Abi& abi,
                                std::span<const std::uint32_t> order);

/// The same in declaration order.
[[nodiscard]] Placement lay_out(const RecordSpec& spec, const Abi& abi);

/// The spec of a record of the model, ready for lay_out. Empty where the facts do not suffice (an
/// alignment that is not certain, a packed record, MSVC virtual bases); `why` then says so.
[[nodiscard]] std::optional<RecordSpec> spec_of(const Record& record, const Model& model,
                                                std::string* why = nullptr);

}  // namespace snug
