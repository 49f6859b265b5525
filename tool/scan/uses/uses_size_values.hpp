// Where the value of a size can be seen. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

/// True if the program can do something else when the number, a size that flows as `flow` says from
/// a place below `ancestors`, becomes smaller: it is compared, printed, returned, kept as a
/// constant or handed to a function that does so. Memory that is asked for or touched is no
/// difference.
[[nodiscard]] bool size_is_seen(const Context& context, const Flow& flow, Ancestors ancestors);

/// True if the number is printed, directly or by functions that it is handed to.
[[nodiscard]] bool becomes_text(const Context& context, const Flow& flow, Ancestors ancestors);

/// True if the function that a size is handed to, one that hands out memory, prints it always or
/// lets others notice it; see scan/uses/seen/uses_heap.hpp.
[[nodiscard]] bool is_noticed_by_callee(const Context& context, const Flow& flow);

/// An operator new, an operator delete or a memory resource that prints how much it is asked
/// for, or lets others notice it.
void note_size_teller(Context& context, CXCursor function);
/// Adds a use of each record that those serve. REQUIRES: the unit was walked.
void add_sizes_told(Context& context);

/// A cast of a pointer to bytes or to a number: `(char*)&list[3] - (char*)&list[0]`.
void see_distance(Context& context, CXCursor cast, Ancestors ancestors);

}  // namespace snug::uses
