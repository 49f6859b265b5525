// What the layout of a record is: every bit of it carries a label.
//
// The slots of a record are sorted by offset and together cover [0, size): padding is a slot like
// any other, so that no number derived from them can be negative or huge. Slots overlap only in
// unions, for empty subobjects, where the tail of a base or of a [[no_unique_address]] member is
// reused, and where a virtual base shares the vptr of the base slot it lies in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace snug {

/// A run of bits of a record, counted from its first bit.
struct Extent {
  std::uint64_t offset_bits = 0;
  std::uint64_t size_bits = 0;

  [[nodiscard]] std::uint64_t end_bits() const { return offset_bits + size_bits; }
  auto operator<=>(const Extent&) const = default;
};

enum class SlotKind : std::uint8_t {
  Field,
  BitField,
  Base,
  VirtualBase,
  VPtr,      ///< Pointer to the virtual table (the MSVC ABI's vfptr).
  VBPtr,     ///< MSVC ABI: pointer to the virtual base table.
  VtorDisp,  ///< MSVC ABI: displacement in front of a virtual base.
  Hole,
  TailPadding,
};

enum class Access : std::uint8_t { Public, Protected, Private };

/// One labelled run of bits of a record.
///
/// A base's slot ends where the base's own data ends; an empty base or an empty
/// [[no_unique_address]] member has 0 bits. An anonymous struct or union is one Field slot that
/// carries its members in `members` (offsets there count from the start of the outermost record).
struct Slot {
  Extent extent;
  std::uint64_t align_bits =
      8;              ///< Alignment asked of the slot: type, alignas and packing together.
  std::string name;   ///< Field name or base class name; empty for unnamed bit-fields and padding.
  std::string type;   ///< As the compiler prints it; empty for padding.
  SourceRange where;  ///< The name (for a base: the base specifier).

  // The facts below are those that reordering, evidence and the checks need. They are 0, empty or
  // false for padding.
  std::string type_id;  ///< Id of the record (of the array's element record), if the type is one.
  std::string enumeration;  ///< Id of the enumeration (of the array's element), if the type is one
                            ///< of the project.
  std::uint64_t array_elements =
      0;  ///< Total number of elements of a constant array, 0 if it is none.
  std::uint64_t type_size_bits =
      0;  ///< sizeof of the declared type; of the storage type for bit-fields.
  std::uint64_t type_align_bits =
      0;  ///< alignof of the declared type, without alignas of the field.
  std::uint64_t data_size_bits = 0;  ///< Bits up to the end of the type's own data (Itanium dsize).
  SlotKind kind = SlotKind::Field;
  Access access = Access::Public;
  bool is_reference = false;
  bool is_atomic = false;  ///< _Atomic, or a record named std::atomic / atomic_flag / atomic_ref.
  bool is_lock = false;    ///< A mutex, spin lock or condition type, by its record's name.
  bool is_const = false;
  bool is_volatile = false;
  bool is_mutable = false;
  bool is_empty_type = false;  ///< The declared type is an empty class.
  bool is_final_type = false;
  bool no_unique_address = false;
  bool packed = false;          ///< Packed by an attribute of its own or of the record.
  bool explicit_align = false;  ///< alignas or aligned attribute on the field itself.
  bool align_certain = true;  ///< false: `align_bits` could not be told from declared facts alone.
  bool flexible_array = false;    ///< [] or [0] member, or one that ends in such a member.
  bool after_zero_width = false;  ///< A zero-width bit-field stands right before it.
  bool default_initializer = false;
  bool deprecated_or_other_attribute = false;  ///< Some attribute that is none of the above.
  bool from_macro = false;    ///< Name or declaration comes out of a macro expansion.
  SourceRange declaration;    ///< First token of the declaration to the end of its declarator,
                              ///< without the final comma or semicolon.
  std::vector<Slot> members;  ///< Of an anonymous struct or union, else empty.
};

enum class RecordKind : std::uint8_t { Struct, Class, Union };

/// Facts about a record that are no slots. The report prints the ones that are set, by these names
/// with dashes.
struct Traits {
  bool polymorphic = false;
  bool has_virtual_bases = false;
  bool packed = false;          ///< Packed attribute on the record.
  bool pragma_pack = false;     ///< Under a #pragma pack that limits the alignment of a member.
  bool explicit_align = false;  ///< alignas or aligned attribute on the record itself.
  bool aggregate = false;
  bool standard_layout = false;
  bool trivially_copyable = false;
  bool pod = false;  ///< POD for the purpose of layout (Itanium ABI 1.1, C++03 rules).
  bool empty = false;
  bool final = false;
  bool local = false;  ///< Declared inside a function.
  bool lambda = false;
  bool unnamed = false;
  bool internal_linkage = false;
  bool c_linkage = false;  ///< C, or inside extern "C".
  bool flexible_array = false;
  bool instantiation = false;       ///< Implicit or explicit instantiation of a template.
  bool from_macro = false;          ///< The whole definition comes out of a macro expansion.
  bool conditional_fields = false;  ///< #if, #ifdef ... stand inside the braces.
  bool bit_field_wall = false;  ///< A zero-width bit-field (which is no slot) is among the fields.
  bool abi_differs = false;     ///< g++ lays this record out otherwise (x86-64).
  bool invalid = false;         ///< The front end marked the declaration invalid.
};

/// One complete struct, class or union type (a template instantiation is a record of its own).
struct Record {
  std::string id;  ///< USR, made unique with the file for internal, local, unnamed and C records.
  std::string
      name;  ///< Qualified, as the compiler prints it, without inline namespaces and defaults.
  RecordKind kind = RecordKind::Struct;
  SourceRange where;          ///< The name token (the keyword for unnamed records).
  SourceRange definition;     ///< From the keyword to the closing brace.
  std::string template_id;    ///< Id of the primary template of an instantiation or specialisation.
  std::string template_name;  ///< Its qualified name, without arguments.
  std::uint64_t size = 0;     ///< Bytes.
  std::uint64_t align = 1;    ///< Bytes.
  std::uint64_t data_size = 0;  ///< Bytes; Itanium dsize: from where a derived class may reuse.
  std::uint64_t nonvirtual_size = 0;   ///< Bytes; nvsize: without virtual bases.
  std::uint64_t nonvirtual_align = 1;  ///< Bytes.
  std::vector<Slot> slots;
  Traits traits;
  bool reported = true;  ///< false: outside the project, kept because a project record needs it.
  std::vector<std::uint32_t> units;  ///< Sorted indices into Model::units that see the definition.
};

[[nodiscard]] std::string_view to_string(SlotKind kind);    ///< "bit-field", "tail-padding", ...
[[nodiscard]] std::string_view to_string(RecordKind kind);  ///< "struct", "class", "union".
[[nodiscard]] std::string_view to_string(Access access);

/// Names of the traits that are set, in a fixed order, with dashes.
[[nodiscard]] std::vector<std::string_view> trait_names(const Traits& traits);

/// Whole bytes of holes and of tail padding, and the bits of padding that are no whole bytes.
struct PaddingSum {
  std::uint64_t holes = 0;      ///< Bytes.
  std::uint64_t tail = 0;       ///< Bytes.
  std::uint64_t bit_holes = 0;  ///< Bits.
};
[[nodiscard]] PaddingSum padding_of(const Record& record);

/// Checks that the slots are sorted, lie inside the record and cover it, and that padding slots
/// overlap nothing. Returns an empty string, or what is wrong in one sentence.
[[nodiscard]] std::string coverage_error(const Record& record);

/// Adds the Hole and TailPadding slots to a record whose other slots are complete, and sorts them.
void label_padding(Record& record);

/// True if both records have the same layout: kind, size, alignment and the same slots (kind,
/// extent, name, type) in the same order. Places and traits do not count, nor does it that C spells
/// `bool` and `S` as `_Bool` and `struct S`.
[[nodiscard]] bool same_layout(const Record& a, const Record& b);

}  // namespace snug
