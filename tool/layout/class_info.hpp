// What the front end tells about one class, as plain data, and what the rules of the ABIs add to
// it.
//
// The front end tells sizes, alignments, the offsets of fields and of direct bases. What it does
// not tell (the vptr, where the data of a class ends, indirect virtual bases, the pointers of the
// MSVC ABI) is computed by itanium.cpp and microsoft.cpp from those offsets, never guessed from
// declared alignments, and checked against the size and the direct virtual bases that it does tell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace snug {

struct ClassInfo;

/// A direct base, in the order of the base clause.
// snug: ignore(soa-candidate): the bases of one class are few
struct BaseInfo {
  const ClassInfo* type = nullptr;
  bool is_virtual = false;
  std::int64_t offset_bits = -1;  ///< As the front end tells it.
};

/// A non-static data member, in the order of declaration; zero-width bit-fields included.
struct FieldInfo {
  const ClassInfo* record = nullptr;     ///< Of the type or of the array's elements, if it is one.
  std::uint64_t offset_bits = 0;         ///< From the start of the class that declares it.
  std::uint64_t size_bits = 0;           ///< sizeof the type; a reference is a pointer wide.
  std::uint64_t align_bits = 8;          ///< alignof the type as declared, typedefs included.
  std::uint64_t natural_align_bits = 8;  ///< The same without the alignment of typedefs.
  std::uint64_t type_required_bits = 0;  ///< What alignas of the type or typedef insists on.
  std::uint64_t elements = 0;            ///< Of a constant array, all dimensions together.
  std::optional<std::uint32_t> width;    ///< Of a bit-field.
  bool named = true;
  bool anonymous_record = false;
  bool is_array = false;
  bool is_reference = false;
  bool incomplete_array = false;
  bool no_unique_address = false;
  bool packed = false;                        ///< An attribute of the field itself.
  bool explicit_align = false;                ///< alignas or aligned on the field itself.
  std::optional<std::uint64_t> asked_bits{};  ///< Its value, where the text tells it.
  bool other_attribute = false;

  /// Its tail may hold the next field.
  [[nodiscard]] bool potentially_overlapping() const {
    return no_unique_address && record != nullptr && !is_array;
  }
  /// A potentially overlapping field that takes no room.
  [[nodiscard]] bool overlapping_empty() const;
};

/// A virtual base, direct or not.
struct VirtualBaseInfo {
  const ClassInfo* type = nullptr;
  std::uint64_t offset_bits = 0;
  bool vtordisp = false;    ///< MSVC ABI: four bytes in front of it.
  bool overridden = false;  ///< The class overrides a virtual function that it introduced.
};

struct ClassInfo {
  std::string
      problem;  ///< Not empty: the front end or the computation failed; nothing below holds.
  std::uint64_t size_bits = 0;
  std::uint64_t align_bits = 8;
  std::vector<BaseInfo> bases;
  std::vector<FieldInfo> fields;

  std::optional<std::uint64_t> pack_bits;   ///< Of #pragma pack, where the text of the file tells.
  std::optional<std::uint64_t> asked_bits;  ///< Of alignas of the class, where the text tells it.

  // Computed, in bits.
  std::uint64_t nonvirtual_bits = 0;  ///< nvsize.
  std::uint64_t nonvirtual_align_bits = 8;
  std::uint64_t data_bits = 0;                 ///< dsize.
  std::vector<VirtualBaseInfo> virtual_bases;  ///< All, in the order of the inheritance graph.
  const ClassInfo* primary_base = nullptr;     ///< Shares its vptr.
  std::int64_t vbptr_bits = -1;                ///< MSVC ABI: where its vbptr is; -1: none.
  std::uint64_t required_align_bits = 0;       ///< MSVC ABI.

  bool cxx = true;
  bool is_union = false;
  bool lambda = false;
  bool polymorphic = false;
  bool introduces_virtual = false;  ///< MSVC ABI: has a virtual function that overrides nothing.
  bool empty = false;               ///< std::is_empty, as the ABI has it.
  bool packed_attribute = false;
  bool pragma_pack = false;  ///< #pragma pack was on, whether it limits anything or not.
  bool ms_struct = false;    ///< Bit-fields as MSVC lays them out (MinGW).
  bool explicit_align = false;
  bool final = false;
  bool pod = false;  ///< For the purpose of layout.
  bool aggregate = false;
  bool standard_layout = false;
  bool trivially_copyable = false;
  bool user_constructor = false;  ///< Declared by the user.
  bool user_destructor = false;
  bool flexible = false;  ///< Ends in a flexible array.

  // Computed.
  bool own_vptr = false;  ///< At bit 0.
  bool primary_virtual = false;

  // Computed for the MSVC ABI.
  bool own_vbptr = false;  ///< It is no base's.
  bool extendable_vfptr = false;
  bool ends_with_zero = false;  ///< The last subobject has no size.
  bool leads_with_zero = false;

  [[nodiscard]] bool dynamic() const { return polymorphic || !virtual_bases.empty(); }
};

/// The alignment in bits that a field asks for: of its type, lowered by packed, raised by an
/// alignas whose value is known. #pragma pack is left out.
[[nodiscard]] std::uint64_t declared_align_bits(const ClassInfo& info, const FieldInfo& field,
                                                const Abi& abi);

/// Fills in the computed part for the Itanium ABI and for C. Sets `problem` on a contradiction.
void complete_itanium(ClassInfo& info, const Abi& abi);
/// The same for the MSVC ABI.
void complete_microsoft(ClassInfo& info, const Abi& abi);

/// The virtual bases of a class, each once, in the order of the inheritance graph; offsets not set.
[[nodiscard]] std::vector<VirtualBaseInfo> collect_virtual_bases(const ClassInfo& info);

}  // namespace snug
