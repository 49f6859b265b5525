// Functions, variables and what holds records: how copies of them are joined, and their form in
// files.
#pragma once

#include <string>

#include "model/evidence.hpp"
#include "model/facts/fact_traits.hpp"

namespace snug {

/// The copy of the first unit; whose address one unit takes can be called from anywhere.
template <>
struct FactTraits<Function> {
  static std::string key(const Function& function) { return function.id; }
  static bool join(Function& known, Function& other, bool first) {
    const bool taken = known.address_taken || other.address_taken;
    if (first) known = std::move(other);
    known.address_taken = taken;
    return first;
  }
};

template <>
struct FactTraits<Variable> {
  static std::string key(const Variable& variable) { return variable.id; }
};

template <>
struct FactTraits<Holding> {
  static constexpr bool whole = true;
};

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
  auto& [callee, name, is_virtual, indirect, object, arguments, handle, loop, recurs, where] =
      value;
  archive(callee, name, object, arguments, handle, loop, recurs, where);
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

}  // namespace snug
