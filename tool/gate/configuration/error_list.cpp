#include "gate/configuration/error_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace snug::configuration {
namespace {

/// Line and column of "FILE:LINE:COLUMN: ..."; zeros if it begins otherwise.
std::pair<std::uint32_t, std::uint32_t> place_of(std::string_view text, const std::string& file) {
  std::pair<std::uint32_t, std::uint32_t> place;
  if (!text.starts_with(file + ":")) return place;
  text.remove_prefix(file.size() + 1);
  const char* const end = text.data() + text.size();
  const auto line = std::from_chars(text.data(), end, place.first);
  if (line.ptr != end) (void)std::from_chars(line.ptr + 1, end, place.second);
  return place;
}

}  // namespace

std::string errors_in_order(const std::string& lines, const std::string& file) {
  std::vector<std::string_view> all;
  const std::string_view text = lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    all.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (all.size() < 2) return lines;
  std::stable_sort(all.begin(), all.end(), [&](std::string_view a, std::string_view b) {
    return place_of(a, file) < place_of(b, file);
  });
  return fmt::format("{}: {} errors\n  {}", file, all.size(), fmt::join(all, "\n  "));
}

}  // namespace snug::configuration
