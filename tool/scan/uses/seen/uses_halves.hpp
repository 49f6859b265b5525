// What one unit knows of a use that only two units together show; tool/analysis/reorder/joined_uses
// puts the halves together. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// A variable or function that is named or defined here and that the linker knows by its name:
/// notes with which types. Another unit may declare it with others. Each declaration is looked at
/// once.
void see_symbol(Context& context, CXCursor declaration);

/// A conversion between pointers: notes the record whose address becomes a `void*` or is made of
/// one. Each record is noted once for each direction.
void see_untyped_step(Context& context, CXCursor conversion, Ancestors ancestors);

/// A function that hands out memory and lets others notice that it was asked.
void see_heap_counter(Context& context, CXCursor function);
/// Notes that the unit has values whose size decides how often the heap is asked. O(text).
void add_heap_choice(Context& context);

}  // namespace snug::uses
