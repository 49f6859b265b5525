#include "report/text_positions.hpp"

#include <algorithm>

#include "report/paths.hpp"

namespace snug {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

std::uint64_t utf16_length(std::string_view bytes) {
  constexpr std::size_t beyond_the_plane = 4;  // bytes of a character that takes a surrogate pair
  std::uint64_t units = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = character_length(bytes, at);
    units += length == beyond_the_plane ? 2 : 1;
    at += std::max<std::size_t>(length, 1);
  }
  return units;
}

TextPositions::TextPositions(std::string text) : text_(std::move(text)) {
  const std::string_view all = text_;
  std::uint64_t begin = all.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  std::uint64_t offset = 0;
  lines_.push_back({begin, offset});
  for (std::uint64_t at = begin; at < all.size(); ++at) {
    const bool crlf = all[at] == '\r' && at + 1 < all.size() && all[at + 1] == '\n';
    if ((all[at] == '\n' || all[at] == '\r') && !crlf) {
      offset += utf16_length(all.substr(begin, at + 1 - begin));
      begin = at + 1;
      lines_.push_back({begin, offset});
    }
  }
}

TextPosition TextPositions::at(std::uint64_t offset) const {
  const std::uint64_t byte = std::clamp<std::uint64_t>(offset, lines_.front().begin, text_.size());
  const auto next =
      std::upper_bound(lines_.begin(), lines_.end(), byte,
                       [](std::uint64_t value, const Line& line) { return value < line.begin; });
  const auto line = next - 1;
  const std::uint64_t units =
      utf16_length(std::string_view(text_).substr(line->begin, byte - line->begin));
  return {static_cast<std::uint64_t>(line - lines_.begin()) + 1, units + 1, line->offset + units};
}

std::optional<std::uint64_t> TextPositions::column(std::uint64_t line,
                                                   std::uint64_t byte_column) const {
  if (line == 0 || line > lines_.size() || byte_column == 0) {
    return std::nullopt;
  }
  const std::uint64_t begin = lines_[line - 1].begin;
  const std::uint64_t end = line < lines_.size() ? lines_[line].begin : text_.size();
  // The front end counts the bytes of a byte order mark as columns of the first line.
  const std::uint64_t mark = line == 1 ? begin : 0;
  const std::uint64_t byte = begin + byte_column - 1 - std::min(mark, byte_column - 1);
  return utf16_length(std::string_view(text_).substr(begin, std::min(byte, end) - begin)) + 1;
}

const TextPositions* FilePositions::of(const std::string& path) {
  const auto known = known_.find(path);
  if (known != known_.end()) {
    return known->second ? &*known->second : nullptr;
  }
  std::optional<TextPositions> read;
  if (files_ != nullptr) {
    if (std::optional<std::string> text = files_->read(path)) {
      read.emplace(std::move(*text));
    }
  }
  const std::optional<TextPositions>& kept = known_.emplace(path, std::move(read)).first->second;
  return kept ? &*kept : nullptr;
}

}  // namespace snug
