#include "fix/replacements.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "base/line_diff.hpp"

namespace snug {
namespace {

/// Offsets of the beginnings of the lines, and the end of the text.
std::vector<std::uint64_t> line_begins(std::string_view text) {
  std::vector<std::uint64_t> begins{0};
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    begins.push_back(at + 1);
  }
  if (begins.back() != text.size()) begins.push_back(text.size());
  return begins;
}

/// What differs, in one piece.
TextEdit one_edit(const FileChange& change) {
  const auto [before, after] = std::mismatch(change.before.begin(), change.before.end(),
                                             change.after.begin(), change.after.end());
  const auto begin = static_cast<std::size_t>(before - change.before.begin());
  std::size_t tail = 0;
  const std::size_t most = std::min(change.before.size(), change.after.size()) - begin;
  while (tail < most && change.before[change.before.size() - 1 - tail] ==
                            change.after[change.after.size() - 1 - tail]) {
    ++tail;
  }
  return {change.path, begin, change.before.size() - tail,
          change.after.substr(begin, change.after.size() - tail - begin)};
}

/// A scalar in double quotes: every byte that YAML could read as something else is escaped.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace

std::vector<TextEdit> edits_between(const FileChange& change) {
  const auto old_lines = line_begins(change.before), new_lines = line_begins(change.after);
  std::vector<TextEdit> edits;
  for (const DiffHunk& hunk : line_diff(change.before, change.after, 0)) {
    std::size_t removed = 0, added = 0;
    for (const DiffLine& line : hunk.lines) {
      removed += line.kind != DiffLine::Kind::Added ? 1 : 0;
      added += line.kind != DiffLine::Kind::Removed ? 1 : 0;
    }
    const std::uint64_t from = new_lines.at(hunk.new_line - 1);
    const std::uint64_t to = new_lines.at(hunk.new_line - 1 + added);
    edits.push_back({change.path, old_lines.at(hunk.old_line - 1),
                     old_lines.at(hunk.old_line - 1 + removed),
                     change.after.substr(from, to - from)});
  }
  // A last line without an end that moved: its bytes are not those of a line.
  if (apply_edits(change.before, edits) != change.after) return {one_edit(change)};
  return edits;
}

std::string replacements_yaml(const std::vector<FileChange>& changes) {
  std::string out = "---\nMainSourceFile:  ''\nReplacements:\n";
  bool any = false;
  for (const FileChange& change : changes) {
    for (const TextEdit& edit : edits_between(change)) {
      any = true;
      out += fmt::format(
          "  - FilePath:        {}\n    Offset:          {}\n    Length:          {}\n"
          "    ReplacementText: {}\n",
          in_quotes(edit.file), edit.begin, edit.end - edit.begin, in_quotes(edit.text));
    }
  }
  if (!any) out = "---\nMainSourceFile:  ''\nReplacements:    []\n";
  return out + "...\n";
}

}  // namespace snug
