#include "base/spelling.hpp"

#include <algorithm>
#include <vector>

namespace snug {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Words longer than this are compared by their first characters only: names of template
/// instantiations run to kilobytes.
constexpr std::size_t longest_word = 200;

/// The one candidate that begins with the word, if it is long enough to mean something.
std::optional<std::string> only_completion(std::string_view word,
                                           std::span<const std::string> candidates) {
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    if (word.size() >= 3 && candidate.starts_with(word)) {
      if (found) {
        return std::nullopt;
      }
      found = candidate;
    }
  }
  return found;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> before_last(width), last(width), row(width);
  for (std::size_t j = 0; j < width; ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
          lower(a[i - 2]) == lower(b[j - 1])) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::optional<std::string> nearest_word(std::string_view word,
                                        std::span<const std::string> candidates) {
  const std::string_view start = word.substr(0, longest_word);
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const std::string& candidate : candidates) {
    const std::string_view other = std::string_view(candidate).substr(0, longest_word);
    const std::size_t longer = std::max(start.size(), other.size());
    const std::size_t allowed = longer / 3;
    const std::size_t lengths_apart = longer - std::min(start.size(), other.size());
    if (lengths_apart > allowed) {
      continue;
    }
    const std::size_t distance = edit_distance(start, other);
    if (distance <= allowed && distance < longer && (!best || distance < best_distance)) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best ? best : only_completion(word, candidates);
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::optional<std::string> best = nearest_word(word, candidates);
  return best ? "; did you mean '" + *best + "'?" : std::string();
}

}  // namespace snug
