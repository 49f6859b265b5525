// Findings as annotations of GitHub Actions: workflow commands on standard output.
//
//   ::warning file=order.hpp,line=12,col=8,endLine=12,endColumn=13,title=snug: padding::message
//
// The service shows ten errors, ten warnings and ten notices of a step and silently drops the rest.
// So the ten of each kind that save most become annotations; the others follow as lines of the log,
// and a last line tells how many those are.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>
#include <string>
#include <vector>

#include "report/fix_words.hpp"
#include "report/paths.hpp"
#include "report/report.hpp"

namespace snug {
namespace {

/// Annotations of one kind that a step may have.
constexpr std::size_t most_of_a_kind = 10;
/// Lines of evidence in one annotation.
constexpr std::size_t most_evidence_lines = 10;

/// `special` characters as %XX, as the runner decodes them.
std::string escaped(std::string_view text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string command_text(std::string_view text) {
  return escaped(text, "%\r\n");
}

std::string command_property(std::string_view text) {
  return escaped(text, "%\r\n:,");
}

/// A line of the log that does not begin as a command does.
std::string log_line(std::string_view text) {
  std::string out = "- ";
  for (const char c : text) out += c == '\n' || c == '\r' ? ' ' : c;
  return out;
}

class GithubWriter {
 public:
  GithubWriter(const Report& report, std::ostream& out) : report_(report), out_(out) {}

  void write() {
    write_units();
    std::size_t shown[2] = {0, 0};
    std::vector<const Finding*> rest;
    for (const Finding* finding : by_saving(report_)) {
      if (shown[static_cast<std::size_t>(finding->level)]++ < most_of_a_kind) {
        annotate(*finding);
      } else {
        rest.push_back(finding);
      }
    }
    write_rest(rest);
  }

 private:
  void annotate(const Finding& finding) {
    fmt::print(out_, "::{} {}title={}::{}\n",
               finding.level == Level::Warning ? "warning" : "notice", place(finding.where),
               command_property("snug: " + finding.check), command_text(text_of(finding)));
  }

  [[nodiscard]] std::string place(const SourceRange& where) const {
    if (!where.known()) {
      return "";
    }
    std::string text =
        fmt::format("file={},line={},", command_property(shown(where.file)), where.line);
    // The service accepts columns only for ranges in one line.
    if (where.column != 0 && where.end_line == where.line && where.end_column > where.column) {
      text += fmt::format("endLine={},col={},endColumn={},", where.end_line, where.column,
                          where.end_column);
    }
    return text;
  }

  [[nodiscard]] std::string shown(const std::string& path) const {
    return percent_encoded(relative_path(path, report_.root));
  }

  [[nodiscard]] std::string text_of(const Finding& finding) const {
    std::string text = finding.message;
    std::size_t left = most_evidence_lines;
    for (const Evidence& fact : finding.evidence) {
      if (left-- == 0) {
        text += fmt::format("\n... and {} more", finding.evidence.size() - most_evidence_lines);
        break;
      }
      text += fact.where.known() ? fmt::format("\n{}:{}: {}", shown(fact.where.file),
                                               fact.where.line, fact.message)
                                 : "\n" + fact.message;
    }
    for (const SuggestedFix& fix : finding.fixes) {
      text += "\n" + fix_headline(fix);
      for (const std::string& note : fix_notes(fix, finding)) {
        text += "\n" + note;
      }
    }
    return text;
  }

  void write_rest(const std::vector<const Finding*>& rest) {
    if (rest.empty()) {
      return;
    }
    fmt::print(out_, "::group::{} that save less\n", plural(rest.size(), "finding"));
    for (const Finding* finding : rest) {
      const SourceRange& where = finding->where;
      const std::string at =
          where.known() ? fmt::format("{}:{}:{}: ", shown(where.file), where.line, where.column)
                        : "";
      fmt::print(out_, "{}\n",
                 log_line(fmt::format("{}{}: {} [{}]", at, to_string(finding->level),
                                      finding->message, finding->check)));
    }
    fmt::print(out_, "::endgroup::\n{}\n",
               log_line(fmt::format(
                   "{} shown as annotations, the ones that save most; the service takes no more "
                   "than {} of a kind from a step, so {} in the group above",
                   report_.findings.size() - report_.gates.known - rest.size(), most_of_a_kind,
                   rest.size() == 1 ? "1 stands" : fmt::format("{} stand", rest.size()))));
  }

  /// Units that could not be analysed are errors.
  void write_units() {
    std::size_t shown_units = 0, left_out = 0;
    for (const Unit& unit : report_.model->units) {
      if (unit.status == UnitStatus::Ok || unit.status == UnitStatus::Skipped) {
        continue;
      }
      if (++shown_units > most_of_a_kind - 1) {
        ++left_out;
        continue;
      }
      std::string text =
          fmt::format("snug could not analyse this unit ({})", to_string(unit.status));
      for (const std::string& problem : unit.problems) {
        text += "\n" + problem;
      }
      fmt::print(out_, "::error file={},title={}::{}\n", command_property(shown(unit.file)),
                 command_property("snug: unit not analysed"), command_text(text));
    }
    if (left_out != 0) {
      fmt::print(
          out_, "::error title={}::{}\n", command_property("snug: units not analysed"),
          command_text(fmt::format("{} more could not be analysed; standard error names them",
                                   plural(left_out, "unit"))));
    }
  }

  const Report& report_;
  std::ostream& out_;
};

}  // namespace

void write_github(const Report& report, std::ostream& out) {
  GithubWriter(report, out).write();
}

}  // namespace snug
