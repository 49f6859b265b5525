#include "lsp/positions.hpp"

#include <algorithm>

#include "base/visible_text.hpp"

namespace snug::lsp {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t beyond_the_plane = 4;  // Bytes of a character that takes a surrogate pair.

struct Character {
  std::size_t bytes;
  std::uint64_t units;
};

/// The character that the text begins with. A byte that is no text counts as one.
Character first_character(std::string_view text, Encoding encoding) {
  const std::size_t bytes = std::max<std::size_t>(utf8_length(text), 1);
  switch (encoding) {
    case Encoding::Utf8:
      return {bytes, bytes};
    case Encoding::Utf16:
      return {bytes, bytes == beyond_the_plane ? 2U : 1U};
    case Encoding::Utf32:
      return {bytes, 1};
  }
  return {bytes, 1};
}

}  // namespace

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::Utf8:
      return "utf-8";
    case Encoding::Utf16:
      return "utf-16";
    case Encoding::Utf32:
      return "utf-32";
  }
  return "utf-16";
}

Lines::Lines(std::string text, bool mark) : text_(std::move(text)) {
  begins_.push_back(mark && text_.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  for (std::size_t at = 0; at < text_.size(); ++at) {
    const bool crlf = text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
    if ((text_[at] == '\n' || text_[at] == '\r') && !crlf) begins_.push_back(at + 1);
  }
}

std::string_view Lines::line(std::uint64_t number) const {
  if (number >= begins_.size()) return {};
  const std::uint64_t begin = begins_[number];
  std::uint64_t end = number + 1 < begins_.size() ? begins_[number + 1] : text_.size();
  if (number + 1 < begins_.size()) {
    while (end > begin && (text_[end - 1] == '\n' || text_[end - 1] == '\r')) --end;
  }
  return std::string_view(text_).substr(begin, end - begin);
}

std::uint64_t Lines::offset(Position position, Encoding encoding) const {
  if (position.line >= begins_.size()) return text_.size();
  const std::string_view all = line(position.line);
  std::size_t at = 0;
  std::uint64_t units = 0;
  while (at < all.size()) {
    const Character next = first_character(all.substr(at), encoding);
    if (units + next.units > position.character) break;
    units += next.units;
    at += next.bytes;
  }
  return begins_[position.line] + std::min(at, all.size());
}

Position Lines::position(std::uint64_t offset, Encoding encoding) const {
  const std::uint64_t byte = std::clamp<std::uint64_t>(offset, begins_.front(), text_.size());
  const auto next = std::upper_bound(begins_.begin(), begins_.end(), byte);
  const auto number = static_cast<std::uint64_t>(next - begins_.begin()) - 1;
  std::string_view before = std::string_view(text_).substr(begins_[number], byte - begins_[number]);
  std::uint64_t units = 0;
  while (!before.empty()) {
    const Character first = first_character(before, encoding);
    units += first.units;
    before.remove_prefix(std::min(first.bytes, before.size()));
  }
  return {number, units};
}

}  // namespace snug::lsp
