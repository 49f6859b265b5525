// "Did you mean": the known word that is nearest to a misspelt one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace snug {

/// Least number of insertions, deletions, substitutions and swaps of neighbours (each once) that
/// turn `a` into `b`, case ignored. O(|a| * |b|).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, if one is near enough to be what was meant: at most a third of
/// the longer word's characters differ, of equals the first; else the only one that begins with it.
[[nodiscard]] std::optional<std::string> nearest_word(std::string_view word,
                                                      std::span<const std::string> candidates);

/// "; did you mean 'x'?" or an empty string.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace snug
