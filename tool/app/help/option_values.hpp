// Reads the values of options: numbers, words from a list, and what has a form of its own. Each
// throws Error with what would be right.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/options.hpp"
#include "base/error.hpp"
#include "base/spelling.hpp"

namespace snug {

/// A whole number from `least` to `most`.
[[nodiscard]] std::uint64_t number(std::string_view option, const std::string& value,
                                   std::uint64_t least, std::uint64_t most);
/// The value, which must not be empty.
[[nodiscard]] std::string text(std::string_view option, const std::string& value);

/// The value that a word stands for; Error with the words that are known for any other.
template <class Value, std::size_t N>
Value word(std::string_view option, const std::string& value,
           const std::array<std::pair<std::string_view, Value>, N>& words) {
  std::vector<std::string> known;
  for (const auto& [name, meaning] : words) {
    if (name == value) {
      return meaning;
    }
    known.emplace_back(name);
  }
  throw Error(fmt::format("{} cannot be '{}': it is one of {}{}", option, value,
                          fmt::join(known, ", "), did_you_mean(value, known)));
}

/// The format of a report.
[[nodiscard]] Format report_format(const std::string& value);
/// Names and meanings of these formats, as a sentence, and the names alone.
[[nodiscard]] std::string_view format_text();
[[nodiscard]] std::string_view format_names();

void set_diff_fail(Options& options, const std::string& value);
void set_cache(Options& options, const std::string& value);
void set_cache_line(Options& options, const std::string& value);
void set_source_url(Options& options, const std::string& value);
void set_targets(Options& options, const std::string& value);
void set_prove(Options& options, const std::string& value);
void set_check_option(Options& options, const std::string& value);
void set_shard(Options& options, const std::string& value);

}  // namespace snug
