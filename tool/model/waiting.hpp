// Functions of the standard library and of systems that stop a thread until others, or the world,
// have done something: a loop with one of them in it runs as often as that happens.
#pragma once

#include <string_view>

namespace snug {

/// `name`: without scopes, of code that was not read.
[[nodiscard]] bool is_waiting_function(std::string_view name);
[[nodiscard]] bool is_waiting_method(std::string_view name);

}  // namespace snug
