// Findings as compilers print them, so that every editor and CI system can read them:
//
//   file:line:column: warning: what, in bytes [check-id]
//   file:line:column: note: evidence
//   file:line:column: note: fix (safe): title; verified in both units that use it
//     the difference, indented
//
// In a terminal the line of the source with a mark stands below the first line, and an empty line
// between findings.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "base/kept_files.hpp"
#include "base/visible_text.hpp"
#include "model/scanned_text.hpp"
#include "report/color.hpp"
#include "report/fix_words.hpp"
#include "report/formats/json_parts.hpp"
#include "report/left_out.hpp"
#include "report/paths.hpp"
#include "report/report.hpp"
#include "report/source_line.hpp"

namespace snug {
namespace {

/// Longest difference that is printed whole, in lines; the JSON report has all of it.
constexpr std::size_t longest_shown_diff = 60;

class TextWriter {
 public:
  TextWriter(const Report& report, const TextStyle& style, std::ostream& out)
      : report_(report), paint_{style.color}, diffs_(style.diffs), width_(style.width), out_(out) {}

  void write_head(const Finding& finding) {
    const bool warning = finding.level == Level::Warning;
    line(finding.where, warning ? paint_.warning() : paint_.note(), to_string(finding.level),
         fmt::format("{}{}{} [{}]", paint_.bold(), finding.message, paint_.reset(), finding.check));
  }

  void write(const Finding& finding) {
    if (width_ > 0 && written_++ > 0) out_ << '\n';
    write_head(finding);
    if (width_ > 0) write_source(finding.where);
    for (const Evidence& fact : finding.evidence) {
      note(fact.where.known() ? fact.where : finding.where, fact.message);
    }
    for (const SuggestedFix& fix : finding.fixes) {
      write(fix, finding);
    }
  }

 private:
  void line(const SourceRange& where, std::string_view color, std::string_view word,
            std::string_view message) {
    fmt::print(out_, "{}{}:{} {}{}:{} {}\n", paint_.bold(), place(where), paint_.reset(), color,
               word, paint_.reset(), message);
  }

  /// The line of the source, unless the file has changed since it was scanned.
  void write_source(const SourceRange& where) {
    if (report_.files == nullptr || !where.known()) return;
    const auto text = file_text(*report_.files, where.file);
    if (text == nullptr || !is_as_scanned(*report_.model, where.file, text.get())) return;
    for (const std::string& shown :
         marked_line(text->bytes(), where.line, where.column, width_, paint_)) {
      out_ << shown << '\n';
    }
  }

  void note(const SourceRange& where, std::string_view message) {
    line(where, paint_.note(), "note", message);
  }

  [[nodiscard]] std::string place(const SourceRange& where) const {
    if (!where.known()) {
      return "snug";
    }
    return fmt::format("{}:{}:{}", shown(where.file), where.line, where.column);
  }

  [[nodiscard]] std::string shown(const std::string& path) const {
    return visible_text(relative_path(
        path, report_.current_folder.empty() ? report_.root : report_.current_folder));
  }

  void write(const SuggestedFix& fix, const Finding& finding) {
    const std::string_view color = paint_.safety(fix.safety);
    note(finding.where,
         fmt::format("{}{}{}", color, fix_headline(fix), color.empty() ? "" : paint_.reset()));
    for (const std::string& text : fix_notes(fix, finding)) {
      note(finding.where, text);
    }
    if (!diffs_) return;
    for (const FileDiff& diff : fix_diff(fix, report_.files, 1)) {
      write_hunks(diff.file, diff.hunks);
    }
  }

  void write_hunks(const std::string& file, const std::vector<DiffHunk>& hunks) {
    std::size_t left = longest_shown_diff;
    for (const DiffHunk& hunk : hunks) {
      fmt::print(out_, "  {}@@ {}:{}{}\n", paint_.dim(), shown(file), hunk.old_line,
                 paint_.reset());
      for (const DiffLine& changed : hunk.lines) {
        if (left-- == 0) {
          fmt::print(out_, "  {}... (the JSON report has the whole edit){}\n", paint_.dim(),
                     paint_.reset());
          return;
        }
        write_changed(changed);
      }
    }
  }

  void write_changed(const DiffLine& changed) {
    const std::string_view color = changed.kind == DiffLine::Kind::Added     ? paint_.green()
                                   : changed.kind == DiffLine::Kind::Removed ? paint_.red()
                                                                             : "";
    fmt::print(out_, "  {}{}{}{}\n", color, static_cast<char>(changed.kind), changed.text,
               color.empty() ? "" : paint_.reset());
  }

  const Report& report_;
  Palette paint_;
  bool diffs_;
  std::size_t width_;
  std::size_t written_ = 0;  ///< Findings.
  std::ostream& out_;
};

void write_gates(const GateCounts& gates, std::ostream& out) {
  if (gates.compared) {
    fmt::print(out, "; {} baselined, {} fixed", gates.known, gates.gone);
  }
  if (gates.ignored != 0) fmt::print(out, "; {} ignored by marks", gates.ignored);
  if (gates.untouched != 0) fmt::print(out, "; {} on what did not change", gates.untouched);
}

/// What `snug fix` does without asking, and the command.
void write_safe_fixes(const Report& report, std::ostream& out) {
  std::uint64_t fixes = 0;
  std::uint64_t bytes = 0;
  for (const Finding& finding : report.findings) {
    if (finding.level != Level::Warning || finding.state == FindingState::Known) continue;
    if (finding.fixes.empty() || finding.fixes.front().safety != Safety::Safe) continue;
    const std::optional<Proof>& proof = finding.fixes.front().proof;
    if (!proof || !proof->verified) continue;
    ++fixes;
    bytes += value_of(finding);
  }
  if (fixes == 0 || report.fix_command.empty()) return;
  std::string saved;  // counted pointers are no bytes
  if (bytes > 0) {
    saved = fmt::format(" {} at least {}", fixes == 1 ? "saves" : "save", plural(bytes, "byte"));
  }
  fmt::print(out, "snug: {}{}; apply with: {}\n",
             fixes == 1 ? "1 safe fix" : fmt::format("{} safe fixes", fixes), saved,
             report.fix_command);
}

/// A line for what is not told elsewhere. That there is no record at all never stands alone.
void write_left_out(const Report& report, std::uint64_t records, const Palette& paint,
                    std::ostream& out) {
  std::string list;
  for (const LeftOutCount& left : left_out_counts(report)) {
    if (left.count == 0 || left.words.empty()) continue;
    list += (list.empty() ? "" : ", ") + left.words;
  }
  if (records == 0) {
    const std::vector<Unit>& units = report.model->units;
    const bool some_read = std::any_of(
        units.begin(), units.end(), [](const Unit& unit) { return unit.status == UnitStatus::Ok; });
    const std::string why = some_read ? fmt::format("the units that were read define none below {}",
                                                    report.root.empty() ? "the root" : report.root)
                                      : std::string("no unit was read");
    fmt::print(out, "{}snug:{} no record is reported: {}\n", paint.bold(), paint.reset(), why);
  }
  if (!list.empty()) {
    fmt::print(out, "{}snug:{} not reported: {}\n", paint.bold(), paint.reset(), list);
  }
}

}  // namespace

void write_text(const Report& report, const TextStyle& style, std::ostream& out) {
  TextWriter writer(report, style, out);
  for (const Finding& finding : report.findings) {
    if (finding.state != FindingState::Known) writer.write(finding);
  }
}

void write_concise(const Report& report, const TextStyle& style, std::ostream& out) {
  TextWriter writer(report, style, out);
  for (const Finding& finding : report.findings) {
    if (finding.state != FindingState::Known) writer.write_head(finding);
  }
}

void write_summary(const Report& report, bool color, std::ostream& out) {
  const Palette paint{color};
  const Json sums = summary_json(report);
  const auto warnings = static_cast<std::uint64_t>(
      std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.level == Level::Warning && finding.state != FindingState::Known;
      }));
  const std::uint64_t notes = report.findings.size() - report.gates.known - warnings;
  std::string found = warnings == 0 && notes == 0 ? "nothing to report" : "";
  if (warnings != 0) {
    found += plural(warnings, "warning");
  }
  if (notes != 0) {
    found += (found.empty() ? "" : " and ") + plural(notes, "note");
  }
  fmt::print(out, "{}snug:{} {}; {} in {}, {} of {} bytes are padding", paint.bold(), paint.reset(),
             found, plural(sums["records"].get<std::uint64_t>(), "record"),
             plural(sums["units"].get<std::uint64_t>(), "unit"),
             sums["padding_bytes"].get<std::uint64_t>(), sums["record_bytes"].get<std::uint64_t>());
  write_gates(report.gates, out);
  if (const auto failed = sums["units_failed"].get<std::uint64_t>(); failed != 0) {
    fmt::print(out, "; {}{} could not be analysed{}", paint.error(), plural(failed, "unit"),
               paint.reset());
  }
  out << '\n';
  write_left_out(report, sums["records"].get<std::uint64_t>(), paint, out);
  write_safe_fixes(report, out);
}

void write_unit_problems(const Report& report, bool color, std::ostream& out) {
  const Palette paint{color};
  const std::string& base = report.current_folder.empty() ? report.root : report.current_folder;
  for (const Unit& unit : report.model->units) {
    const bool lost = unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped;
    const std::string_view word = lost                                 ? "error"
                                  : unit.status == UnitStatus::Skipped ? "skipped"
                                                                       : "note";
    if (unit.status != UnitStatus::Ok && unit.problems.empty()) {
      fmt::print(out, "{}: {}error:{} the unit could not be analysed ({})\n",
                 visible_text(relative_path(unit.file, base)), paint.error(), paint.reset(),
                 to_string(unit.status));
    }
    for (const std::string& problem : unit.problems) {
      fmt::print(out, "{}: {}{}:{} {}\n", visible_text(relative_path(unit.file, base)),
                 lost ? paint.error() : paint.note(), word, paint.reset(), visible_text(problem));
    }
  }
}

}  // namespace snug
