#include "base/visible_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace snug {
namespace {

struct Span {
  char32_t first, last;
};

// Sorted. Soft hyphen, Arabic letter mark, Mongolian vowel separator, zero-width and directional
// marks, line and paragraph separators, embeddings and overrides, word joiner and invisible
// operators, isolates, byte order mark, interlinear marks, tags.
constexpr auto hidden = std::to_array<Span>({{0x00, 0x1F},
                                             {0x7F, 0x9F},
                                             {0xAD, 0xAD},
                                             {0x61C, 0x61C},
                                             {0x180E, 0x180E},
                                             {0x200B, 0x200F},
                                             {0x2028, 0x202E},
                                             {0x2060, 0x206F},
                                             {0xFEFF, 0xFEFF},
                                             {0xFFF9, 0xFFFB},
                                             {0xE0000, 0xE007F}});

char32_t code_of(std::string_view character) {
  static constexpr std::array<std::uint8_t, 5> lead_bits{0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code = static_cast<std::uint8_t>(character[0]) & lead_bits[character.size()];
  for (const char byte : character.substr(1)) {
    code = (code << 6U) | (static_cast<std::uint8_t>(byte) & 0x3FU);
  }
  return code;
}

bool is_hidden(char32_t code) {
  return std::any_of(hidden.begin(), hidden.end(),
                     [&](const Span& span) { return span.first <= code && code <= span.last; });
}

void add_escape(std::string& out, char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  if (number > 0xFFFF) {  // As JSON has it: two halves.
    const std::uint32_t rest = number - 0x10000;
    out += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10U), 0xDC00 + (rest & 0x3FFU));
  } else {
    out += fmt::format("\\u{:04x}", number);
  }
}

/// The bytes of ESC [ ... m at the beginning of the text, else 0.
std::size_t color_length(std::string_view text) {
  if (!text.starts_with("\033[")) return 0;
  const std::size_t end = text.find_first_not_of("0123456789;", 2);
  return end != std::string_view::npos && text[end] == 'm' ? end + 1 : 0;
}

struct Allowed {
  bool lines = false;
  bool colors = false;
};

std::string escaped(std::string_view text, Allowed allowed) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                                      [](char one) { return one >= ' ' && one < 0x7F; });
    const auto run = static_cast<std::size_t>(end - text.begin()) - at;
    out += text.substr(at, run);
    at += run;
    if (at == text.size()) break;
    const char byte = text[at];
    const bool line = allowed.lines && (byte == '\n' || byte == '\t' ||
                                        (byte == '\r' && text.substr(at + 1).starts_with('\n')));
    std::size_t length = line ? 1 : utf8_length(text.substr(at));
    if (allowed.colors) length = std::max(length, color_length(text.substr(at)));
    if (length == 0) {
      out += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(byte));
    } else if (line || (byte == '\033' && length > 1)) {
      out += text.substr(at, length);
    } else if (const char32_t code = code_of(text.substr(at, length)); is_hidden(code)) {
      add_escape(out, code);
    } else {
      out += text.substr(at, length);
    }
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

/// White space as .NET's TrimStart() has it, by which the runner finds the first word of a line.
bool is_space(char32_t code) {
  return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xA0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 || code == 0x2029 ||
         code == 0x202F || code == 0x205F || code == 0x3000;
}

/// Takes out what a runner of builds obeys: "::" as the first word of a line (GitHub), and "##",
/// letters and "[" anywhere (GitHub "##[", Azure "##vso[", TeamCity "##teamcity[").
class CommandGuard {
 public:
  /// `line_commands`: "::" stays. O(size).
  std::string pass(std::string_view text, bool line_commands) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0, length = 0; at < text.size(); at += length) {
      length = std::max<std::size_t>(utf8_length(text.substr(at)), 1);
      const std::string_view character = text.substr(at, length);
      const bool first = line_begins_ && character == ":";
      const bool pair =
          first ? text.substr(at).starts_with("::") : colon_first_ && character == ":";
      const bool colon = pair && !line_commands;
      const bool bracket = hashes_ >= 2 && character == "[";
      if (colon || bracket) {
        out += colon ? "\\u003a" : "\\u005b";
      } else {
        out += character;
      }
      colon_first_ = first && !colon;
      follow(character);
    }
    return out;
  }

 private:
  void follow(std::string_view character) {
    line_begins_ = character == "\n" || (line_begins_ && is_space(code_of(character)));
    const char lower = static_cast<char>(character[0] | 0x20);
    const bool letter = hashes_ >= 2 && lower >= 'a' && lower <= 'z';
    if (!letter) hashes_ = character == "#" ? hashes_ + 1 : 0;
  }

  bool line_begins_ = true;
  bool colon_first_ = false;  ///< The line begins with a colon, which is not escaped.
  std::size_t hashes_ = 0;    ///< Behind which only letters came, if there are two.
};

/// Passes on whole lines, and what there is when it is flushed.
class VisibleBuffer final : public std::streambuf {
 public:
  explicit VisibleBuffer(std::streambuf* target) : target_(target) {}

  void allow_colors() { colors_ = true; }
  void allow_commands() { commands_ = true; }

  bool raw(std::string_view bytes) {
    const auto size = static_cast<std::streamsize>(bytes.size());
    return pass_on() && target_->sputn(bytes.data(), size) == size;
  }

 protected:
  int_type overflow(int_type byte) override {
    if (traits_type::eq_int_type(byte, traits_type::eof())) return traits_type::not_eof(byte);
    const char one = traits_type::to_char_type(byte);
    return xsputn(&one, 1) == 1 ? byte : traits_type::eof();
  }

  std::streamsize xsputn(const char* bytes, std::streamsize size) override {
    waiting_.append(bytes, static_cast<std::size_t>(size));
    const std::size_t end = waiting_.rfind('\n');
    if (end == std::string::npos) return size;
    std::string rest = waiting_.substr(end + 1);
    waiting_.resize(end + 1);
    const bool written = pass_on();
    waiting_ = std::move(rest);
    return written ? size : 0;
  }

  int sync() override { return pass_on() && target_->pubsync() == 0 ? 0 : -1; }

 private:
  bool pass_on() {
    std::string text = escaped(waiting_, {true, colors_});
    text = commands_guard_.pass(text, commands_);
    waiting_.clear();
    const auto size = static_cast<std::streamsize>(text.size());
    return target_->sputn(text.data(), size) == size;
  }

  std::streambuf* target_;
  std::string waiting_;
  bool colors_ = false;
  bool commands_ = false;
  CommandGuard commands_guard_;
};

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t at) {
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : 0U;
  };
  const auto tail = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (text.empty()) return 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) >= 0xA0;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first < 0xF5) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool too_large = first == 0xF4 && byte(1) >= 0x90;
    return tail(1) && tail(2) && tail(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

std::string visible_text(std::string_view text) {
  return escaped(text, {});
}

std::string visible_lines(std::string_view text) {
  return escaped(text, {true, false});
}

VisibleOutput::VisibleOutput(std::ostream& stream)
    : stream_(stream), before_(stream.rdbuf()), buffer_(std::make_unique<VisibleBuffer>(before_)) {
  stream_.rdbuf(buffer_.get());
}

VisibleOutput::~VisibleOutput() {
  stream_.flush();
  stream_.rdbuf(before_);
}

void allow_colors(std::ostream& stream) {
  if (auto* buffer = dynamic_cast<VisibleBuffer*>(stream.rdbuf())) buffer->allow_colors();
}

void allow_commands(std::ostream& stream) {
  if (auto* buffer = dynamic_cast<VisibleBuffer*>(stream.rdbuf())) buffer->allow_commands();
}

void write_raw(std::ostream& stream, std::string_view bytes) {
  auto* buffer = dynamic_cast<VisibleBuffer*>(stream.rdbuf());
  if (buffer == nullptr) {
    stream << bytes;
  } else if (!buffer->raw(bytes)) {
    stream.setstate(std::ios::badbit);
  }
}

}  // namespace snug
