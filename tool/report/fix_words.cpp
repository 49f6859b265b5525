#include "report/fix_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

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
                         ? fmt::format("no fix is offered: {}", fix.title)
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

std::vector<FileDiff> fix_diff(const SuggestedFix& fix, const Files* files, std::size_t context) {
  std::map<std::string, std::vector<TextEdit>> by_file;
  for (const TextEdit& edit : fix.edits) {
    by_file[edit.file].push_back(edit);
  }
  std::vector<FileDiff> diffs;
  for (const auto& [file, edits] : by_file) {
    const auto before = files != nullptr ? files->read(file) : std::nullopt;
    if (before) {
      diffs.push_back({file, line_diff(*before, apply_edits(*before, edits), context)});
    }
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
