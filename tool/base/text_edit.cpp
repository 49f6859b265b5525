#include "base/text_edit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "base/error.hpp"

namespace snug {

bool overlap(const TextEdit& a, const TextEdit& b) {
  if (a.file != b.file) return false;
  if (a.begin == b.begin && a.begin == a.end && b.begin == b.end) return true;
  return a.begin < b.end && b.begin < a.end;
}

std::string apply_edits(std::string_view text, std::span<const TextEdit> edits) {
  std::vector<std::size_t> order(edits.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // An insertion stands in front of a replacement that begins at the same byte.
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(edits[a].begin, edits[a].end) < std::pair(edits[b].begin, edits[b].end);
  });
  std::string result;
  std::uint64_t position = 0;
  const TextEdit* previous = nullptr;
  for (const std::size_t index : order) {
    const TextEdit& edit = edits[index];
    if (edit.end < edit.begin || edit.end > text.size()) {
      throw Error(fmt::format("{}: an edit of bytes {} to {} reaches past the text of {} bytes",
                              edit.file, edit.begin, edit.end, text.size()));
    }
    const bool same_insertion = previous != nullptr && previous->begin == edit.begin &&
                                previous->begin == previous->end && edit.begin == edit.end;
    if (edit.begin < position || same_insertion) {
      throw Error(fmt::format("{}: two edits overlap at byte {}", edit.file, edit.begin));
    }
    result.append(text.substr(position, edit.begin - position));
    result.append(edit.text);
    position = edit.end;
    previous = &edit;
  }
  result.append(text.substr(position));
  return result;
}

}  // namespace snug
