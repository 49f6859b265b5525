#include "report/formats/lint_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "base/visible_text.hpp"
#include "report/fingerprint.hpp"
#include "report/fix_words.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

class EntryList {
 public:
  explicit EntryList(const Report& report) : report_(report) {}

  void add(const Unit& unit) {
    LintEntry entry;
    entry.level = EntryLevel::Error;
    entry.check = "unit-not-analysed";
    entry.path = shown(unit.file);
    entry.where.file = unit.file;
    entry.message = fmt::format("the unit could not be analysed ({})", to_string(unit.status));
    for (const std::string& problem : unit.problems) line(entry.details, problem);
    put(std::move(entry), sha256_hex(entry.check + '\n' + entry.path).substr(0, digits));
  }

  void add(const Finding& finding) {
    LintEntry entry;
    entry.level = finding.level == Level::Warning ? EntryLevel::Warning : EntryLevel::Note;
    entry.check = finding.check;
    entry.path = finding.where.known() ? shown(finding.where.file) : ".";
    entry.where = finding.where;
    entry.message = visible_text(finding.message);
    entry.details = details_of(finding);
    entry.finding = &finding;
    put(std::move(entry), fingerprint_of(finding));
  }

  [[nodiscard]] std::vector<LintEntry> take() { return std::move(entries_); }

 private:
  static constexpr std::size_t digits = 16;

  [[nodiscard]] std::string shown(const std::string& path) const {
    return visible_text(percent_encoded(relative_path(path, report_.root)));
  }

  static void line(std::string& text, std::string_view added) {
    text += (text.empty() ? "" : "\n") + visible_text(added);
  }

  [[nodiscard]] std::string details_of(const Finding& finding) const {
    std::string text;
    for (const Evidence& fact : finding.evidence) {
      const std::string at = fact.where.known()
                                 ? fmt::format("{}:{}: ", shown(fact.where.file), fact.where.line)
                                 : std::string();
      line(text, at + fact.message);
    }
    for (const SuggestedFix& fix : finding.fixes) {
      line(text, fix_headline(fix));
      for (const std::string& note : fix_notes(fix, finding)) line(text, note);
    }
    return text;
  }

  void put(LintEntry entry, std::string fingerprint) {
    entry.where.line = std::max(entry.where.line, 1U);
    entry.where.column = std::max(entry.where.column, 1U);
    const std::size_t before = seen_[fingerprint]++;
    entry.fingerprint =
        before == 0 ? std::move(fingerprint) : fmt::format("{}-{}", fingerprint, before + 1);
    entries_.push_back(std::move(entry));
  }

  const Report& report_;
  std::vector<LintEntry> entries_;
  std::map<std::string, std::size_t> seen_;  ///< Entries with a fingerprint so far.
};

}  // namespace

std::vector<LintEntry> lint_entries(const Report& report) {
  EntryList list(report);
  for (const Unit& unit : report.model->units) {
    if (unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped) list.add(unit);
  }
  for (const Finding& finding : report.findings) {
    if (finding.state != FindingState::Known) list.add(finding);
  }
  return list.take();
}

}  // namespace snug
