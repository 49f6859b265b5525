#include "report/fix_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "base/kept_files.hpp"
#include "base/source_text.hpp"
#include "base/text_edit.hpp"
#include "report/proof_words.hpp"

namespace snug {
namespace {

/// A reason that only repeats a piece of evidence has been told with its place.
bool told(const std::string& reason, const Finding& finding) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                     [&](const Evidence& fact) { return reason.ends_with(fact.message); });
}

}  // namespace

std::string fix_headline(const SuggestedFix& fix) {
  std::string text = fix.safety == Safety::Refused
                         ? fmt::format("no fix available: {}", fix.title)
                         : fmt::format("fix ({}): {}", to_string(fix.safety), fix.title);
  if (fix.proof && fix.proof->verified) {
    text += "; " + proof_words(fix);
  }
  return text;
}

std::vector<std::string> fix_notes(const SuggestedFix& fix, const Finding& finding) {
  std::vector<std::string> notes;
  for (const std::string& reason : fix.reasons) {
    if (!told(reason, finding)) {
      notes.push_back(reason);
    }
  }
  if (fix.proof) {
    for (const SizeChange& change : fix.proof->knock_on) {
      notes.push_back(fmt::format("'{}' {} with it, from {} to {} bytes", change.record,
                                  change.after < change.before ? "shrinks" : "grows", change.before,
                                  change.after));
    }
  }
  return notes;
}

namespace {

/// The edits as a difference of the lines around them: the rest of a large file costs nothing but
/// the count of the lines before.
std::vector<DiffHunk> diff_around(std::string_view text, std::vector<TextEdit> edits,
                                  std::size_t context) {
  std::uint64_t begin = text.size(), end = 0;
  for (const TextEdit& edit : edits) {
    begin = std::min(begin, edit.begin);
    end = std::max(end, edit.end);
  }
  begin = line_begin(text, std::min<std::uint64_t>(begin, text.size()));
  end = line_end(text, std::min<std::uint64_t>(end, text.size()));
  // One line more than the context, as a change may begin or end with whole lines.
  for (std::size_t i = 0; i <= context && begin > 0; ++i) begin = line_begin(text, begin - 1);
  for (std::size_t i = 0; i <= context && end < text.size(); ++i) end = line_end(text, end);
  for (TextEdit& edit : edits) {
    edit.begin -= begin;
    edit.end -= begin;
  }
  const std::string_view before = text.substr(begin, end - begin);
  const auto lines = static_cast<std::size_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  std::vector<DiffHunk> hunks = line_diff(before, apply_edits(before, edits), context);
  for (DiffHunk& hunk : hunks) {
    hunk.old_line += lines;
    hunk.new_line += lines;
  }
  return hunks;
}

}  // namespace

std::vector<FileDiff> fix_diff(const SuggestedFix& fix, const Files* files, std::size_t context) {
  std::map<std::string, std::vector<TextEdit>> by_file;
  for (const TextEdit& edit : fix.edits) {
    by_file[edit.file].push_back(edit);
  }
  std::vector<FileDiff> diffs;
  for (const auto& [file, edits] : by_file) {
    const auto text = files != nullptr ? file_text(*files, file) : nullptr;
    if (text != nullptr) diffs.push_back({file, diff_around(text->bytes(), edits, context)});
  }
  return diffs;
}

std::int64_t total_saving(const Finding& finding) {
  const std::int64_t each = finding.bytes_saved;
  const auto objects = static_cast<std::int64_t>(std::clamp<std::uint64_t>(
      finding.instances.value_or(1), 1, std::numeric_limits<std::int64_t>::max()));
  std::int64_t total = 0;
  return __builtin_mul_overflow(each, objects, &total) ? std::numeric_limits<std::int64_t>::max()
                                                       : total;
}

std::vector<const Finding*> by_saving(const Report& report) {
  std::vector<const Finding*> findings;
  findings.reserve(report.findings.size());
  for (const Finding& finding : report.findings) {
    if (finding.state != FindingState::Known) {
      findings.push_back(&finding);
    }
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding* a, const Finding* b) {
    return total_saving(*a) > total_saving(*b);
  });
  return findings;
}

std::string plural(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace snug
