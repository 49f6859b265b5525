// Processes that fork() makes, among the threads of the model.
#pragma once

#include <cstdint>
#include <string_view>

namespace snug {

/// ThreadStart::kind of a child that fork() makes: it shares memory only where it is mapped so.
inline constexpr std::string_view process_start = "fork";

/// Root::number of a Heap root that is such a mapping. Its id tells the place: the function, then
/// "#mmap:line:column:offset" of the call.
inline constexpr std::uint64_t shared_mapping = 1;

}  // namespace snug
