#include "lsp/frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace snug::lsp {
namespace {

constexpr std::string_view length_name = "content-length:";

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return result;
}

/// The header that ends with an empty line: where that begins and ends.
struct HeaderEnd {
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
};

HeaderEnd header_end(std::string_view bytes) {
  const std::size_t crlf = bytes.find("\r\n\r\n"), lf = bytes.find("\n\n");
  if (crlf < lf) return {crlf, crlf + 4};
  return {lf, lf == std::string_view::npos ? 0 : lf + 2};
}

/// The number behind the last "Content-Length:"; nothing if there is none.
std::optional<std::size_t> length_in(std::string_view header) {
  const std::string names = lower(header);
  const std::size_t at = names.rfind(length_name);
  if (at == std::string::npos) return std::nullopt;
  std::string_view value = header.substr(at + length_name.size());
  value = value.substr(0, value.find_first_of("\r\n"));
  const std::size_t first = value.find_first_not_of(" \t"), last = value.find_last_not_of(" \t");
  if (first == std::string_view::npos) return std::nullopt;
  value = value.substr(first, last + 1 - first);
  std::size_t length = 0;
  const char* end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, length);
  return error == std::errc() && stop == end ? std::optional(length) : std::nullopt;
}

}  // namespace

std::optional<Frame> FrameReader::next() {
  if (skip_ != 0) {
    const std::size_t gone = std::min(skip_, waiting_.size());
    waiting_.erase(0, gone);
    skip_ -= gone;
    if (skip_ != 0) return std::nullopt;
  }
  if (!body_) {
    if (auto complaint = read_header()) return complaint;
  }
  if (!body_ || waiting_.size() < *body_) return std::nullopt;
  Frame frame{waiting_.substr(0, *body_), ""};
  waiting_.erase(0, *body_);
  body_.reset();
  return frame;
}

std::optional<Frame> FrameReader::read_header() {
  const HeaderEnd end =
      header_end(std::string_view(waiting_).substr(0, std::min(waiting_.size(), largest_header)));
  if (end.begin == std::string_view::npos) return drop_noise();
  const std::string header = waiting_.substr(0, end.begin);
  waiting_.erase(0, end.end);
  const std::optional<std::size_t> length = length_in(header);
  if (!length) return Frame{"", "a header without a usable Content-Length was passed over"};
  if (*length > largest_message) {
    skip_ = *length;
    return Frame{"", fmt::format("a message of {} bytes was passed over: the limit is {}", *length,
                                 largest_message)};
  }
  body_ = *length;
  return std::nullopt;
}

/// Bytes that never become a header are dropped, but for what may be the beginning of one.
std::optional<Frame> FrameReader::drop_noise() {
  if (waiting_.size() < largest_header) return std::nullopt;
  const std::size_t next = lower(std::string_view(waiting_)).find(length_name, 1);
  const std::size_t dropped =
      next != std::string::npos ? next : waiting_.size() - length_name.size();
  waiting_.erase(0, dropped);
  return Frame{"", fmt::format("{} bytes that are no frame were passed over", dropped)};
}

std::string framed(std::string_view body) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
}

}  // namespace snug::lsp
