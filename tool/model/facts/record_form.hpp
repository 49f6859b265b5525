// The form in which records, units and what they are made of are stored: the fields of each struct,
// one list for writing and for reading.
//
// Each list takes its struct apart with a structured binding, so that a field that is added to the
// struct but not stored does not compile. Add it there and raise `model_file_version`.
//
// An archive has: operator()(fields...) for texts, numbers, enumerations, structs, vectors and
// maps, and flags(bools...) for truth values, which share one number. `last_of` is the last
// enumerator of each stored enumeration: larger numbers in a file are damage.
#pragma once

#include "model/model.hpp"

namespace snug {

template <class Archive>
void store(Archive& archive, auto& value, const SourceRange*) {
  auto& [file, line, column, end_line, end_column, begin, end] = value;
  archive(file, line, column, end_line, end_column, begin, end);
}

template <class Archive>
void store(Archive& archive, auto& value, const Extent*) {
  auto& [offset_bits, size_bits] = value;
  archive(offset_bits, size_bits);
}

template <class Archive>
void store(Archive& archive, auto& value, const Slot*) {
  auto& [extent, align_bits, name, type, where, type_id, enumeration, array_elements,
         type_size_bits, type_align_bits, data_size_bits, kind, access, is_reference, is_atomic,
         is_lock, is_const, is_volatile, is_mutable, is_empty_type, is_final_type,
         no_unique_address, packed, explicit_align, align_certain, flexible_array, after_zero_width,
         default_initializer, deprecated_or_other_attribute, from_macro, declaration, members] =
      value;
  archive(kind, extent, align_bits, name, type, where, type_id, enumeration, array_elements,
          type_size_bits, type_align_bits, data_size_bits, access, declaration, members);
  archive.flags(is_reference, is_atomic, is_lock, is_const, is_volatile, is_mutable, is_empty_type,
                is_final_type, no_unique_address, packed, explicit_align, align_certain,
                flexible_array, after_zero_width, default_initializer,
                deprecated_or_other_attribute, from_macro);
}

template <class Archive>
void store(Archive& archive, auto& value, const Traits*) {
  auto& [polymorphic, has_virtual_bases, packed, pragma_pack, explicit_align, aggregate,
         standard_layout, trivially_copyable, pod, empty, final, local, lambda, unnamed,
         internal_linkage, c_linkage, flexible_array, instantiation, from_macro, conditional_fields,
         bit_field_wall, abi_differs, invalid] = value;
  archive.flags(polymorphic, has_virtual_bases, packed, pragma_pack, explicit_align, aggregate,
                standard_layout, trivially_copyable, pod, empty, final, local, lambda, unnamed,
                internal_linkage, c_linkage, flexible_array, instantiation, from_macro,
                conditional_fields, bit_field_wall, abi_differs, invalid);
}

template <class Archive>
void store(Archive& archive, auto& value, const Record*) {
  auto& [id, name, kind, where, definition, template_id, template_name, size, align, data_size,
         nonvirtual_size, nonvirtual_align, slots, traits, reported, units] = value;
  archive(id, name, kind, where, definition, template_id, template_name, size, align, data_size,
          nonvirtual_size, nonvirtual_align, slots, traits, units);
  archive.flags(reported);
}

template <class Archive>
void store(Archive& archive, auto& value, const Abi*) {
  auto& [target, pointer_bytes, cache_line_bytes, microsoft] = value;
  archive(target, pointer_bytes, cache_line_bytes);
  archive.flags(microsoft);
}

template <class Archive>
void store(Archive& archive, auto& value, const Unit*) {
  auto& [file, status, searched, problems, flags_key, flags, files, directory, arguments] = value;
  archive(file, status, problems, flags_key, flags, files, directory, arguments);
  archive.flags(searched);
}

template <class Archive>
void store(Archive& archive, auto& value, const LeftOut*) {
  auto& [without_layout, outside, excluded] = value;
  archive(without_layout, outside, excluded);
}

template <class Archive>
void store(Archive& archive, auto& value, const LayoutConflict*) {
  auto& [other, doubtful] = value;
  archive(other);
  archive.flags(doubtful);
}

constexpr SlotKind last_of(SlotKind) {
  return SlotKind::TailPadding;
}
constexpr Access last_of(Access) {
  return Access::Private;
}
constexpr RecordKind last_of(RecordKind) {
  return RecordKind::Union;
}
constexpr UnitStatus last_of(UnitStatus) {
  return UnitStatus::Skipped;
}

}  // namespace snug
