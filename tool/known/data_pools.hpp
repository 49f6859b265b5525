// Pools of threads that are made with one function and then handed data for it.
#pragma once

#include <string_view>

namespace snug {

/// True for a function that makes such a pool: its first argument runs with what is pushed, then
/// with its second argument.
[[nodiscard]] bool makes_data_pool(std::string_view function);

/// True for a function that pushes: pool, data, ...
[[nodiscard]] bool pushes_to_data_pool(std::string_view function);

}  // namespace snug
