// The fields of the model's structs, in the order in which they are stored. One list serves writing
// and reading.
//
// Each list takes its struct apart with a structured binding, so that a field that is added to the
// struct but not stored does not compile. Add it here and raise `model_file_version`.
#pragma once

#include "model/model.hpp"
#include "scan/parts/ownership_model_fields.hpp"

namespace snug {

inline constexpr std::uint64_t model_file_version = 14;

// An archive has: operator()(fields...) for texts, numbers, enumerations, structs, vectors and
// maps, and flags(bools...) for truth values, which share one number.

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
void store(Archive& archive, auto& value, const UseItem*) {
  auto& [field, begin, end, follows] = value;
  archive(field, begin, end, follows);
}

template <class Archive>
void store(Archive& archive, auto& value, const Use*) {
  auto& [record_id, where, function, fields, detail, kind, keeps_meaning, asserted, repeats, items,
         obstacle] = value;
  archive(kind, record_id, where, function, fields, detail, items, obstacle);
  archive.flags(keeps_meaning, asserted, repeats);
}

template <class Archive>
void store(Archive& archive, auto& value, const InitializerList::Item*) {
  auto& [member, is_base, range, reads] = value;
  archive(member, range, reads);
  archive.flags(is_base);
}

template <class Archive>
void store(Archive& archive, auto& value, const InitializerList*) {
  auto& [record_id, where, items, from_macro] = value;
  archive(record_id, where, items);
  archive.flags(from_macro);
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

template <class Archive>
void store(Archive& archive, auto& value, const Spot*) {
  auto& [line, column, offset] = value;
  archive(line, column, offset);
}

template <class Archive>
void store(Archive& archive, auto& value, const Root*) {
  auto& [kind, id, number] = value;
  archive(kind, id, number);
}

template <class Archive>
void store(Archive& archive, auto& value, const Step*) {
  auto& [kind, record_id, field, index, stride, size] = value;
  archive(kind, record_id, field, index, stride, size);
}

template <class Archive>
void store(Archive& archive, auto& value, const Path*) {
  auto& [root, steps] = value;
  archive(root, steps);
}

template <class Archive>
void store(Archive& archive, auto& value, const Recurrence*) {
  auto& [loop, often] = value;
  archive(loop, often);
}

template <class Archive>
void store(Archive& archive, auto& value, const FieldAccess*) {
  auto& [path, record_id, field, kind, atomic, lock, order, loop, recurs, where, value_path] =
      value;
  archive(path, record_id, field, kind, order, loop, recurs, value_path, where);
  archive.flags(atomic, lock);
}

template <class Archive>
void store(Archive& archive, auto& value, const Loop*) {
  auto& [kind, linked, parallel, parent, bounds_from, recurs, where, end, trip_count, range,
         record_id] = value;
  archive(kind, parent, bounds_from, recurs, where, end, trip_count, range, record_id);
  archive.flags(linked, parallel);
}

template <class Archive>
void store(Archive& archive, auto& value, const Argument*) {
  auto& [path, by_reference, callable] = value;
  archive(path, callable);
  archive.flags(by_reference);
}

template <class Archive>
void store(Archive& archive, auto& value, const Call*) {
  auto& [callee, name, is_virtual, indirect, object, arguments, loop, recurs, where] = value;
  archive(callee, name, object, arguments, loop, recurs, where);
  archive.flags(is_virtual, indirect);
}

template <class Archive>
void store(Archive& archive, auto& value, const LockHold*) {
  auto& [lock, shared, begin, end] = value;
  archive(lock, begin, end);
  archive.flags(shared);
}

template <class Archive>
void store(Archive& archive, auto& value, const ThreadStart*) {
  auto& [kind, entry, object, arguments, handle, many, pool, waits, detached, loop, where] = value;
  archive(kind, entry, object, arguments, handle, loop, where);
  archive.flags(many, pool, waits, detached);
}

template <class Archive>
void store(Archive& archive, auto& value, const ThreadJoin*) {
  auto& [handle, loop, where] = value;
  archive(handle, loop, where);
}

template <class Archive>
void store(Archive& archive, auto& value, const Construction*) {
  auto& [record_id, type, source_id, source_type, where, loop, kind, array] = value;
  archive(kind, record_id, type, source_id, source_type, loop, where);
  archive.flags(array);
}

template <class Archive>
void store(Archive& archive, auto& value, const Parameter*) {
  auto& [name, type, record_id, by_reference] = value;
  archive(name, type, record_id);
  archive.flags(by_reference);
}

template <class Archive>
void store(Archive& archive, auto& value, const Local*) {
  auto& [name, type, record_id, array_elements, size, align, loop, loop_variable, reassigned,
         where] = value;
  archive(name, type, record_id, array_elements, size, align, loop, loop_variable, where);
  archive.flags(reassigned);
}

template <class Archive>
void store(Archive& archive, auto& value, const Function*) {
  auto& [id, name, where, record_id, outer, parameters, locals, accesses, loops, calls, locks,
         starts, joins, constructions, returns, overrides, kind, is_virtual, is_const, is_static,
         coroutine, instantiation, internal_linkage, address_taken] = value;
  archive(id, name, where, kind, record_id, outer, parameters, locals, accesses, loops, calls,
          locks, starts, joins, constructions, returns, overrides);
  archive.flags(is_virtual, is_const, is_static, coroutine, instantiation, internal_linkage,
                address_taken);
}

template <class Archive>
void store(Archive& archive, auto& value, const Variable*) {
  auto& [id, name, type, record_id, where, size, align, array_elements, thread_local_storage,
         is_atomic, is_lock, is_const, in_function, zero_initialized] = value;
  archive(id, name, type, record_id, where, size, align, array_elements);
  archive.flags(thread_local_storage, is_atomic, is_lock, is_const, in_function, zero_initialized);
}

template <class Archive>
void store(Archive& archive, auto& value, const Holding*) {
  auto& [record_id, kind, place, holder, count, owner, name, where] = value;
  archive(record_id, kind, place, holder, count, owner, name, where);
}

template <class Archive>
void store(Archive& archive, auto& value, const Enumeration*) {
  auto& [id, usr, name, underlying, where, type_text, size, align, count, least, greatest, opaque,
         scoped, fixed, exact, from_macro, conditional, attribute, c, c_linkage,
         standard_integers] = value;
  archive(id, usr, name, underlying, where, type_text, size, align, count, least, greatest);
  archive.flags(opaque, scoped, fixed, exact, from_macro, conditional, attribute, c, c_linkage,
                standard_integers);
}

template <class Archive>
void store(Archive& archive, auto& value, const EnumUse*) {
  auto& [enumeration, where, kind, number] = value;
  archive(kind, enumeration, where, number);
}

template <class Archive>
void store(Archive& archive, auto& value, const Alternative*) {
  auto& [type, record_id, size, align] = value;
  archive(type, record_id, size, align);
}

template <class Archive>
void store(Archive& archive, auto& value, const Variant*) {
  auto& [id, name, type, family, where, size, align, alternatives] = value;
  archive(id, name, type, family, where, size, align, alternatives);
}

template <class Archive>
void store(Archive& archive, auto& value, const Model*) {
  // The rules are not stored: they are read from marks and configuration when a check begins.
  auto& [abi, units, records, conflicts, uses, initializers, functions, variables, holdings,
         enumerations, enum_uses, ownership, variants, file_hashes, left_out, rules] = value;
  archive(abi, units, records, conflicts, uses, initializers, functions, variables, holdings,
          enumerations, enum_uses, ownership, variants, file_hashes, left_out);
}

// The last enumerator of each stored enumeration: larger numbers in a file are damage.
constexpr SlotKind last_of(SlotKind) {
  return SlotKind::TailPadding;
}
constexpr Access last_of(Access) {
  return Access::Private;
}
constexpr RecordKind last_of(RecordKind) {
  return RecordKind::Union;
}
constexpr UseKind last_of(UseKind) {
  return UseKind::OtherDefinition;
}
constexpr RootKind last_of(RootKind) {
  return RootKind::Function;
}
constexpr StepKind last_of(StepKind) {
  return StepKind::Item;
}
constexpr AccessKind last_of(AccessKind) {
  return AccessKind::Address;
}
constexpr Often last_of(Often) {
  return Often::Seldom;
}
constexpr LoopKind last_of(LoopKind) {
  return LoopKind::Algorithm;
}
constexpr ConstructionKind last_of(ConstructionKind) {
  return ConstructionKind::Assignment;
}
constexpr FunctionKind last_of(FunctionKind) {
  return FunctionKind::Initializer;
}
constexpr HoldingKind last_of(HoldingKind) {
  return HoldingKind::PointerContainer;
}
constexpr HoldingPlace last_of(HoldingPlace) {
  return HoldingPlace::Local;
}
constexpr EnumUseKind last_of(EnumUseKind) {
  return EnumUseKind::Linkage;
}
constexpr UnitStatus last_of(UnitStatus) {
  return UnitStatus::Skipped;
}

}  // namespace snug
