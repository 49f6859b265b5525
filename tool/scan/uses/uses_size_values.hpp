// Where the value of a size can be seen. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

/// True if the program can do something else when the number, a size that flows as `flow` says from
/// a place below `ancestors`, becomes smaller: it is compared, printed, returned, kept as a
/// constant or handed to a function that does so. Memory that is asked for or touched is no
/// difference.
[[nodiscard]] bool size_is_seen(const Context& context, const Flow& flow, Ancestors ancestors);

}  // namespace snug::uses
