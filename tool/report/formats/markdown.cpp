// A summary for people who look at a job or a pull request: totals, the findings by bytes, and the
// details of each folded away. The places that show it take at most a mebibyte, and whole tables of
// thousands of rows help nobody, so both are cut, and told.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "report/fix_words.hpp"
#include "report/formats/json_parts.hpp"
#include "report/formats/markdown_text.hpp"
#include "report/paths.hpp"
#include "report/report.hpp"

namespace snug {
namespace {

constexpr std::size_t most_rows = 100;       ///< Of the table.
constexpr std::size_t most_units = 20;       ///< That could not be analysed.
constexpr std::size_t most_evidence = 20;    ///< Lines for one finding.
constexpr std::size_t longest_diff = 60;     ///< Lines of one file.
constexpr std::size_t most_bytes = 900'000;  ///< Of the whole summary, less its last line.

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Report& report) : report_(report), findings_(by_saving(report)) {}

  void write(std::ostream& out) {
    std::string text = totals() + failed_units();
    if (!findings_.empty()) {
      text += table();
    }
    out << text;
    write_details(text.size(), out);
  }

 private:
  [[nodiscard]] std::string shown(const std::string& path) const {
    return percent_encoded(relative_path(path, report_.root));
  }

  [[nodiscard]] std::string place(const SourceRange& where) const {
    return where.known() ? markdown_code(fmt::format("{}:{}", shown(where.file), where.line)) : "";
  }

  [[nodiscard]] std::string totals() const {
    const Json sums = summary_json(report_);
    const auto number = [&](const char* key) { return sums[key].get<std::uint64_t>(); };
    const auto warnings = static_cast<std::uint64_t>(
        std::count_if(findings_.begin(), findings_.end(),
                      [](const Finding* finding) { return finding->level == Level::Warning; }));
    const std::uint64_t notes = findings_.size() - warnings;
    std::string head = findings_.empty() ? "nothing to report" : plural(warnings, "warning");
    if (notes != 0) {
      head = (warnings != 0 ? head + " and " : "") + plural(notes, "note");
    }
    return fmt::format(
        "## snug: {}\n\n"
        "| Records | Units | Bytes of all records | Of these padding | Findings |\n"
        "|---:|---:|---:|---:|---:|\n"
        "| {} | {} | {} | {} | {} |\n\n",
        head, number("records"), number("units"), number("record_bytes"), number("padding_bytes"),
        findings_.size());
  }

  [[nodiscard]] std::string failed_units() const {
    std::string text;
    std::size_t failed = 0;
    for (const Unit& unit : report_.model->units) {
      if (unit.status == UnitStatus::Ok || unit.status == UnitStatus::Skipped ||
          ++failed > most_units) {
        continue;
      }
      text +=
          fmt::format("- {} ({}){}{}\n", markdown_code(shown(unit.file)),
                      markdown_escaped(to_string(unit.status)), unit.problems.empty() ? "" : ": ",
                      unit.problems.empty() ? "" : markdown_message(unit.problems.front()));
    }
    if (failed == 0) {
      return "";
    }
    if (failed > most_units) {
      text += fmt::format("- and {} more\n", failed - most_units);
    }
    return fmt::format("**{} could not be analysed:**\n\n{}\n", plural(failed, "unit"), text);
  }

  /// What the best fix of a finding asks for, in a word.
  static std::string fix_word(const Finding& finding) {
    return finding.fixes.empty() ? "" : std::string(to_string(finding.fixes.front().safety));
  }

  [[nodiscard]] std::string table() const {
    std::string text =
        "| Saved/object | Objects | Finding | Check | Where | Fix |\n"
        "|---:|---:|---|---|---|---|\n";
    for (std::size_t i = 0; i < std::min(findings_.size(), most_rows); ++i) {
      const Finding& finding = *findings_[i];
      text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", finding.bytes_saved,
                          finding.instances ? fmt::format("{}", *finding.instances) : "",
                          markdown_message(finding.message), finding.check, place(finding.where),
                          fix_word(finding));
    }
    if (findings_.size() > most_rows) {
      text += fmt::format("\nThe table shows the {} findings that save most of {}.\n", most_rows,
                          findings_.size());
    }
    return text + '\n';
  }

  /// The details of the findings while there is room, in the order of the table.
  void write_details(std::size_t bytes, std::ostream& out) const {
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const std::string text = i < most_rows ? details(*findings_[i]) : "";
      bytes += text.size();
      if (text.empty() || bytes > most_bytes) {
        fmt::print(out, "Details of {} more are left out here; the JSON report has them.\n",
                   plural(findings_.size() - i, "finding"));
        return;
      }
      out << text;
    }
  }

  [[nodiscard]] std::string details(const Finding& finding) const {
    std::string text = fmt::format("<details>\n<summary>{} [{}]</summary>\n\n",
                                   markdown_html(finding.message), markdown_html(finding.check));
    std::size_t left = most_evidence;
    for (const Evidence& fact : finding.evidence) {
      if (left-- == 0) {
        text += fmt::format("- and {} more\n", finding.evidence.size() - most_evidence);
        break;
      }
      const std::string at = place(fact.where);
      text += fmt::format("- {}{}{}\n", at, at.empty() ? "" : ": ", markdown_message(fact.message));
    }
    for (const SuggestedFix& fix : finding.fixes) {
      text += fmt::format("- **{}**\n", markdown_message(fix_headline(fix)));
      for (const std::string& note : fix_notes(fix, finding)) {
        text += fmt::format("  - {}\n", markdown_message(note));
      }
      text += diff_of(fix);
    }
    return text + "\n</details>\n\n";
  }

  [[nodiscard]] std::string diff_of(const SuggestedFix& fix) const {
    std::string text;
    for (const FileDiff& diff : fix_diff(fix, report_.files, 1)) {
      std::string lines;
      std::size_t left = longest_diff;
      for (const DiffHunk& hunk : diff.hunks) {
        lines += left == 0 ? "" : fmt::format("@@ {}:{}\n", shown(diff.file), hunk.old_line);
        for (const DiffLine& line : hunk.lines) {
          if (left != 0) {
            --left;
            lines += fmt::format("{}{}\n", static_cast<char>(line.kind), line.text);
          }
        }
      }
      text += "\n" + markdown_block(lines + (left == 0 ? "...\n" : ""), "diff");
    }
    return text;
  }

  const Report& report_;
  std::vector<const Finding*> findings_;
};

}  // namespace

void write_markdown(const Report& report, std::ostream& out) {
  MarkdownWriter(report).write(out);
}

}  // namespace snug
