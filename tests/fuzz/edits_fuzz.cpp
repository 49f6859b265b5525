// Edit lists, and what is made of them: the first bytes are edits, the rest is the text.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file_set.hpp"
#include "base/line_diff.hpp"
#include "base/text_edit.hpp"
#include "base/unified_diff.hpp"
#include "fix/replacements.hpp"

namespace {

using namespace snug;

void require(bool holds) {
  if (!holds) std::abort();
}

/// What apply_edits() should give: one edit after the other, from the back.
std::string applied_from_the_back(std::string text, std::vector<TextEdit> edits) {
  std::sort(edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) {
    return std::pair(a.begin, a.end) > std::pair(b.begin, b.end);
  });
  for (const TextEdit& edit : edits) text.replace(edit.begin, edit.end - edit.begin, edit.text);
  return text;
}

bool fit(const std::vector<TextEdit>& edits, std::size_t size) {
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (edits[i].end < edits[i].begin || edits[i].end > size) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (overlap(edits[i], edits[j])) return false;
    }
  }
  return true;
}

/// The new text as a reader of the hunks makes it.
std::string patched(const std::string& before, const std::string& after) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < before.size();) {
    const std::size_t end = std::min(before.find('\n', at), before.size());
    lines.push_back(before.substr(at, end - at));
    at = end + 1;
  }
  std::string out;
  std::size_t next = 0;
  for (const DiffHunk& hunk : line_diff(before, after)) {
    require(hunk.old_line >= next + 1);
    while (next + 1 < hunk.old_line) out += lines.at(next++) + "\n";
    for (const DiffLine& line : hunk.lines) {
      if (line.kind != DiffLine::Kind::Added) require(lines.at(next++) == line.text);
      if (line.kind != DiffLine::Kind::Removed) out += line.text + "\n";
    }
  }
  while (next < lines.size()) out += lines[next++] + "\n";
  return out;
}

void try_edits(const std::string& text, const std::vector<TextEdit>& edits) {
  const bool fits = fit(edits, text.size());
  std::string after;
  try {
    after = apply_edits(text, edits);
    require(fits);
  } catch (const Error&) {
    require(!fits);
    return;
  }
  require(after == applied_from_the_back(text, edits));
  const FileChange change{"/f", text, after};
  require(apply_edits(text, edits_between(change)) == after);
  require(replacements_yaml({change}).ends_with("...\n"));
  require(unified_diff("f", text, after).empty() == (text == after));
  std::string whole = patched(text, after);
  if (!after.ends_with('\n') && whole.ends_with('\n')) whole.pop_back();
  require(whole == after);
  require(decode_journal(encode_journal({change, change})) ==
          std::vector<FileChange>({change, change}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  require(!decode_journal({reinterpret_cast<const char*>(data), size}));
  if (size == 0) return 0;
  const std::size_t count = data[0] % 6U;
  std::size_t at = 1;
  std::vector<TextEdit> edits;
  for (std::size_t i = 0; i < count && at + 3 <= size; ++i, at += 3) {
    const std::string texts[] = {"", "x", "\n", "a\nb\n", "\r\n", std::string(2, '\0')};
    edits.push_back(
        {"/f", data[at], data[at] + std::uint64_t{data[at + 1]} % 16U, texts[data[at + 2] % 6U]});
    if (data[at + 2] >= 250) std::swap(edits.back().begin, edits.back().end);
  }
  try_edits(std::string(reinterpret_cast<const char*>(data) + std::min(at, size),
                        size - std::min(at, size)),
            edits);
  return 0;
}
