// The part of the manual about a project's own types and functions.
#pragma once

#include <string>
#include <string_view>

namespace snug {

/// A configuration with rows of every kind, as the manual shows it.
[[nodiscard]] std::string_view known_example();
/// What the rows mean, with the words that roles and effects may be.
[[nodiscard]] std::string known_text();

}  // namespace snug
