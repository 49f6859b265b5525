#include "app/fix_report.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "app/output.hpp"
#include "base/files.hpp"
#include "base/unified_diff.hpp"
#include "base/visible_text.hpp"
#include "fix/replacements.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

/// Records that change with a fix: so many are named.
constexpr std::size_t most_told = 8;

struct LeftText {
  Left why;
  std::string_view word;  ///< In the summary: "2 need --safety review".
  std::string_view line;  ///< In the line of the finding.
};

constexpr std::array<LeftText, 8> left_texts{{
    {Left::Review, "to review (--safety review applies)", "not applied, needs --safety review"},
    {Left::Abi, "that change an ABI (--safety abi applies)", "not applied, needs --safety abi"},
    {Left::ByHand, "refused, code has to follow by hand", "refused, code has to follow by hand"},
    {Left::Refused, "without a certain edit", "refused"},
    {Left::Barred, "in files that cannot be changed", "not applied, a file cannot be changed"},
    {Left::Unseen, "refused, code was not seen", "refused, code was not seen"},
    {Left::Waiting, "in conflict with others", "not applied, in conflict"},
    {Left::Rejected, "that the compiler rejects", "not applied, the compiler rejects it"},
}};

const LeftText& text_of(Left why) {
  return left_texts.at(static_cast<std::size_t>(why));
}

class FixWriter {
 public:
  FixWriter(const FixRun& run, const FixEnd& end, std::ostream& out)
      : run_(run), end_(end), out_(out) {}

  void write() {
    for (const AppliedFix& fix : run_.applied) write_applied(fix);
    for (const LeftFinding& left : run_.left) write_left(left);
    if (end_.verbose) write_rejected();
    write_summary();
  }

 private:
  [[nodiscard]] std::string place(const Finding& finding) const {
    const SourceRange& where = finding.where;
    return fmt::format("{}:{}:{}", visible_text(relative_path(where.file, end_.folder)), where.line,
                       where.column);
  }

  /// The compiler told the size with all fixes in place, and another one changes it as well.
  [[nodiscard]] bool is_joint(const AppliedFix& fix) const {
    const auto same = [&](const SizeChange& size) {
      return size.record_id == fix.record.record_id;
    };
    return std::any_of(run_.applied.begin(), run_.applied.end(), [&](const AppliedFix& other) {
      return &other != &fix &&
             (same(other.record) || std::any_of(other.others.begin(), other.others.end(), same));
    });
  }

  void write_applied(const AppliedFix& fix) {
    const SuggestedFix& what = fix.finding.fixes.front();
    fmt::print(out_, "{}: {}: {}", place(fix.finding), end_.written ? "fixed" : "would fix",
               what.title);
    if (!fix.record.record_id.empty()) {
      const std::string record = fmt::format("'{}'", fix.record.record);
      const bool named = what.title.find(record) != std::string::npos;
      fmt::print(out_, ", {}from {} to {} bytes{}", named ? "" : record + " ", fix.record.before,
                 fix.record.after, is_joint(fix) ? " with all fixes together" : "");
    }
    fmt::print(out_, " [{}]\n", fix.finding.check);
    for (std::size_t i = 0; i < std::min(fix.others.size(), most_told); ++i) {
      const SizeChange& other = fix.others[i];
      fmt::print(out_, "  with it '{}', from {} to {} bytes\n", other.record, other.before,
                 other.after);
    }
    if (fix.others.size() > most_told) {
      fmt::print(out_, "  and {} more records\n", fix.others.size() - most_told);
    }
  }

  void write_left(const LeftFinding& left) {
    const std::string title = left.finding.fixes.empty() ? "" : left.finding.fixes.front().title;
    fmt::print(out_, "{}: {}: {} [{}]\n", place(left.finding), text_of(left.why).line, title,
               left.finding.check);
    for (const std::string& reason : left.reasons) fmt::print(out_, "  {}\n", reason);
  }

  void write_rejected() {
    for (const DroppedFix& dropped : run_.rejected) {
      fmt::print(out_, "snug: rejected: {} ({}): {}\n", dropped.title, dropped.record,
                 dropped.reason);
    }
    fmt::print(out_, "snug: {} round{}, {} units compiled again\n", run_.rounds,
               run_.rounds == 1 ? "" : "s", run_.reparses);
  }

  void write_summary() {
    fmt::print(out_, "snug: {} fix{} {} in {} file{}", run_.applied.size(),
               run_.applied.size() == 1 ? "" : "es", end_.written ? "applied" : "to apply",
               run_.changes.size(), run_.changes.size() == 1 ? "" : "s");
    for (const LeftText& text : left_texts) {
      const auto count =
          std::count_if(run_.left.begin(), run_.left.end(),
                        [&](const LeftFinding& left) { return left.why == text.why; });
      if (count > 0) fmt::print(out_, "; {} {}", count, text.word);
    }
    fmt::print(out_, "\n");
  }

  const FixRun& run_;
  const FixEnd& end_;
  std::ostream& out_;
};

/// True if the safety that was asked for covers a fix that code has to follow by hand.
bool is_asked_for(const Finding& finding, Safety safety) {
  return std::any_of(finding.fixes.begin(), finding.fixes.end(), [&](const SuggestedFix& fix) {
    return !fix.by_hand.empty() && fix.safety <= safety;
  });
}

}  // namespace

void write_fix_report(const FixRun& run, const FixEnd& end, std::ostream& out) {
  FixWriter(run, end, out).write();
}

void write_edits(const FixRun& run, const std::string& root, const Options& options,
                 Console& console) {
  if (!options.writing.replacements.empty()) {
    write_file_atomically(normal_path(options.writing.replacements, console.current_folder),
                          replacements_yaml(run.changes));
  }
  if (!options.writing.dry_run) return;
  std::string patch;
  for (const FileChange& change : run.changes) {
    patch += unified_diff(relative_path(change.path, root), change.before, change.after);
  }
  write_as_is(options, console, patch);
}

ExitStatus fix_status(const FixRun& run, const Options& options) {
  const bool open = std::any_of(run.left.begin(), run.left.end(), [&](const LeftFinding& left) {
    return left.why == Left::Barred || left.why == Left::Unseen || left.why == Left::Waiting ||
           left.why == Left::Rejected ||
           (left.why == Left::ByHand && is_asked_for(left.finding, options.safety));
  });
  const bool to_do = open || (options.writing.dry_run && !run.changes.empty());
  return to_do ? ExitStatus::Findings : ExitStatus::Ok;
}

}  // namespace snug
