// Ways in which the size of an allocation becomes visible. Only the files uses*.cpp include this.
#pragma once

#include <string>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// Calls that ask the heap, the compiler or a container how large an object is.
void see_heap_call(Context& context, CXCursor call, const std::string& name, Ancestors ancestors);

/// True if code that hands out memory lets others notice how much it is asked for by the
/// expression: it fails when a limit is reached, searches for a class of sizes, or adds it to a sum
/// that other code reads. `above` are the ancestors of the expression.
[[nodiscard]] bool is_size_noticed(const Context& context, CXCursor size, Ancestors above);
/// The same for a parameter of a function whose body is known. O(bodies that it is handed to).
[[nodiscard]] bool is_parameter_noticed(const Context& context, CXCursor function,
                                        CXCursor parameter);

/// A function template whose text looks at the bytes of something.
void note_bytes_read(Context& context, CXCursor function);

}  // namespace snug::uses
