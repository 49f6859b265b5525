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
  std::uint64_t type_align_bits = 8;  ///< alignof of the type, without alignas of the field.
  std::uint64_t explicit_align_bits = 0;  ///< alignas or aligned on the field itself; 0: none.
  std::uint64_t data_bits = 0;  ///< Of a [[no_unique_address]] member: where its tail may be
                                ///< reused, max(dsize, nvsize).
  std::optional<std::uint32_t> bit_width;  ///< 0 is a wall that closes the storage unit.
  bool named = true;    ///< Unnamed bit-fields do not raise the record's alignment on x86.
  bool packed = false;  ///< Packed by the field or by the record (which spares non-POD members).
  bool no_unique_address = false;
  bool is_empty = false;         ///< The type is an empty class.
  bool flexible = false;         ///< []: no size, only an alignment.
  std::vector<EmptyAt> empties;  ///< Empty subobjects of the member's type, itself included.
};

/// What comes before the first field: vptr and non-virtual bases, which no order of fields changes.
struct PrefixSpec {
  std::uint64_t size_bits = 0;  ///< Record size so far: past `data_bits` where an empty base is.
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
  std::uint64_t size_bits = 8;  ///< sizeof; used for an empty one.
  std::vector<EmptyAt> empties;
};

struct RecordSpec {
  bool is_union = false;
  bool cxx = true;          ///< A record of size 0 takes a byte in C++ and none in C.
  bool gcc_rules = false;   ///< Where g++ and clang part, g++: see layout/gcc_layout.hpp, rule 3.
  bool keeps_tail = false;  ///< POD for the purpose of layout: nobody may reuse its tail padding.
  bool packed = false;      ///< Packed attribute on the record. Members say it themselves; here it
                            ///< only lowers the alignment of a vptr.
  std::uint64_t max_field_align_bits = 0;  ///< #pragma pack; 0: none.
  std::uint64_t min_align_bits = 8;        ///< alignas on the record.
  PrefixSpec prefix;
  std::vector<MemberSpec> members;             ///< In declaration order.
  std::vector<VirtualBaseSpec> virtual_bases;  ///< In layout order, without the primary ones.
};

struct Placement {
  std::vector<std::uint64_t> offset_bits;  ///< One per member of the spec, by its index there.
  std::vector<std::uint64_t> virtual_base_bits;  ///< One per virtual base of the spec.
  std::uint64_t size_bits = 0;
  std::uint64_t align_bits = 8;
  std::uint64_t data_bits = 0;        ///< Itanium dsize; MSVC: where the last field ends.
  std::uint64_t nonvirtual_bits = 0;  ///< Itanium nvsize.
  std::uint64_t nonvirtual_align_bits = 8;
};

/// Lays the members out in the order given (indices into spec.members, each once). O(n) plus the
/// checks for empty subobjects.
[[nodiscard]] Placement lay_out(const RecordSpec& spec, const Abi& abi,
                                std::span<const std::uint32_t> order);

/// The same in declaration order.
[[nodiscard]] Placement lay_out(const RecordSpec& spec, const Abi& abi);

/// The spec of a record of the model, ready for lay_out; members are its own fields in declaration
/// order (see own_fields). The answer has been checked: lay_out gives the offsets and the size that
/// the compiler gave. Empty where that does not hold or the facts do not suffice (an alignment that
/// is not certain, a base whose record is not in the model, MSVC virtual bases); `why` then says so
/// in half a sentence.
[[nodiscard]] std::optional<RecordSpec> spec_of(const Record& record, const Model& model,
                                                std::string* why = nullptr);

/// Lets the alignment of the record follow from what lies in it: spec_of holds it at what it is.
/// Call it before a member gets a narrower type. An alignas of the record itself stays.
void release_alignment(RecordSpec& spec, const Record& record);

/// Fills in the empty subobjects of every member, which spec_of leaves out where none can meet one
/// of its own type. Call it before a member is made [[no_unique_address]]. False, with `why`, if a
/// type of a member was not seen.
[[nodiscard]] bool fill_empties(RecordSpec& spec, const Record& record, const Model& model,
                                std::string* why = nullptr);

/// The record's fields and bit-fields (no bases, no padding) in declaration order, as indices into
/// record.slots. An anonymous struct or union counts as one; zero-width bit-fields are not listed.
[[nodiscard]] std::vector<std::uint32_t> own_fields(const Record& record);

}  // namespace snug
