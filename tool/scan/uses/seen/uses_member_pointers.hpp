// Pointers to members, whose bytes and places tell offsets. Only the files uses*.cpp include this.
#pragma once

#include <string>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// `object.*pointer` and `object->*pointer`.
void see_member_access(Context& context, CXCursor binary, Ancestors ancestors);
void see_member_pointer_cast(Context& context, CXCursor cast, Ancestors ancestors);
void see_member_pointer_arguments(Context& context, CXCursor call, const std::string& name,
                                  Ancestors ancestors);
/// The bytes of an object of the record are looked at, and with it those of its member pointers, at
/// most `deepest` records inside.
void add_member_pointers_of(Context& context, const RecordFacts& record, CXCursor at,
                            Ancestors ancestors, int deepest);
/// The class whose data a `T::*` points to, through pointers and references; null for other types.
[[nodiscard]] const RecordFacts* record_of_member_pointer(Context& context, CXType type);
/// Adds each record whose members are named by `&T::x`, if a template measures where such members
/// are. REQUIRES: the unit was walked. O(code of the project), O(1) where none does.
void add_members_measured(Context& context);

}  // namespace snug::uses
