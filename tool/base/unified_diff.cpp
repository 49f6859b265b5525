#include "base/unified_diff.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/line_diff.hpp"

namespace snug {
namespace {

constexpr std::string_view no_line_end = "\\ No newline at end of file\n";

/// The path as git prints it: in quotes with octal escapes if it has bytes that lines cannot have.
std::string shown(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
  });
  if (plain) return path;
  std::string text = "\"";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      text += fmt::format("\\{:03o}", byte);
    } else {
      text += c;
    }
  }
  return text + "\"";
}

/// A file name with a space needs a tab behind it in the header lines.
std::string header(std::string_view mark, const std::string& path) {
  const bool space = path.find(' ') != std::string::npos;
  return fmt::format("{} {}{}\n", mark, shown(path), space ? "\t" : "");
}

/// Number of lines; a last one without an end counts.
std::size_t line_count(std::string_view text) {
  const auto breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return breaks + (text.empty() || text.back() == '\n' ? 0 : 1);
}

bool ends_open(std::string_view text) {
  return !text.empty() && text.back() != '\n';
}

/// "5,7", "5" for one line, and "4,0" for none behind line 4.
std::string range(std::size_t first, std::size_t count) {
  if (count == 1) return std::to_string(first);
  return fmt::format("{},{}", count == 0 ? first - 1 : first, count);
}

/// A last line that differs in nothing but its end counts as changed; line_diff() does not see
/// that, so it is shown texts whose last lines tell it.
std::string with_open_mark(std::string_view text) {
  return ends_open(text) ? std::string(text) + '\0' : std::string(text);
}

}  // namespace

std::string unified_diff(const std::string& path, std::string_view before, std::string_view after) {
  if (before == after) return "";
  std::string out = header("---", "a/" + path) + header("+++", "b/" + path);
  const std::size_t old_last = line_count(before), new_last = line_count(after);
  for (const DiffHunk& hunk : line_diff(with_open_mark(before), with_open_mark(after))) {
    std::size_t removed = 0, added = 0;
    std::string lines;
    for (const DiffLine& line : hunk.lines) {
      const bool in_old = line.kind != DiffLine::Kind::Added;
      const bool in_new = line.kind != DiffLine::Kind::Removed;
      removed += in_old ? 1 : 0;
      added += in_new ? 1 : 0;
      const bool open = (in_old && hunk.old_line + removed - 1 == old_last && ends_open(before)) ||
                        (in_new && hunk.new_line + added - 1 == new_last && ends_open(after));
      std::string_view text = line.text;
      if (open && !text.empty() && text.back() == '\0') text.remove_suffix(1);
      lines += static_cast<char>(line.kind);
      lines += text;
      lines += '\n';
      if (open) lines += no_line_end;
    }
    out +=
        fmt::format("@@ -{} +{} @@\n", range(hunk.old_line, removed), range(hunk.new_line, added));
    out += lines;
  }
  return out;
}

}  // namespace snug
