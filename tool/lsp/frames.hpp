// The frames of the protocol: a header with Content-Length, an empty line, the message.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace snug::lsp {

inline constexpr std::size_t largest_header = 8192;          ///< Bytes.
inline constexpr std::size_t largest_message = 128U << 20U;  ///< Bytes.

/// A message, or what is wrong with the bytes that should have been one.
struct Frame {
  std::string body;
  std::string complaint;  ///< One sentence; empty for a message.
};

/// Cuts a stream into messages. What is no frame is passed over up to the next header, and told.
class FrameReader {
 public:
  void feed(std::string_view bytes) { waiting_ += bytes; }
  /// The next frame; nothing until more bytes have come. O(bytes) over all calls.
  [[nodiscard]] std::optional<Frame> next();

 private:
  std::optional<Frame> read_header();
  std::optional<Frame> drop_noise();

  std::string waiting_;
  std::optional<std::size_t> body_;  ///< Bytes of the message whose header has been read.
  std::size_t skip_ = 0;             ///< Bytes of a message that is too large.
};

/// The message with its header.
[[nodiscard]] std::string framed(std::string_view body);

}  // namespace snug::lsp
