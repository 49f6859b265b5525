#include "gate/ignores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace snug {
namespace {

constexpr std::string_view mark_check = "source-mark";

bool on_head(const SourceRange& where, const Mark& mark) {
  return where.line >= mark.head_line && where.line <= mark.head_end_line;
}

bool names(const Mark& mark, const std::string& check) {
  return std::find(mark.checks.begin(), mark.checks.end(), check) != mark.checks.end();
}

/// The marks that silence the finding.
std::vector<const Mark*> silencers(const Finding& finding, const Model& model,
                                   const MarkedFiles& marked) {
  std::vector<const Mark*> found;
  const auto search = [&](const SourceRange& where, const auto& fits) {
    const auto marks = marked.find(where.file);
    if (marks == marked.end()) return;
    for (const Mark& mark : marks->second.marks) {
      if (mark.kind == MarkKind::Ignore && names(mark, finding.check) && fits(mark)) {
        found.push_back(&mark);
      }
    }
  };
  if (finding.check == mark_check) return found;
  search(finding.where, [&](const Mark& mark) { return on_head(finding.where, mark); });
  const Record* const record = finding.record_id.empty() ? nullptr : model.find(finding.record_id);
  if (record == nullptr) return found;
  search(record->where, [&](const Mark& mark) {
    return record->where.begin >= mark.head_begin && record->where.begin < mark.head_end;
  });
  return found;
}

}  // namespace

Ignored apply_ignores(std::vector<Finding> findings, const Model& model, const MarkedFiles& marked,
                      const std::vector<std::string>& checks_run) {
  Ignored out;
  std::set<const Mark*> used;
  for (Finding& finding : findings) {
    const std::vector<const Mark*> by = silencers(finding, model, marked);
    used.insert(by.begin(), by.end());
    if (by.empty()) {
      out.findings.push_back(std::move(finding));
    } else {
      ++out.silenced;
    }
  }
  const auto was_run = [&](const std::string& check) {
    return std::find(checks_run.begin(), checks_run.end(), check) != checks_run.end();
  };
  for (const auto& [file, marks] : marked) {
    for (const Mark& mark : marks.marks) {
      if (mark.kind != MarkKind::Ignore || used.contains(&mark)) continue;
      if (!std::all_of(mark.checks.begin(), mark.checks.end(), was_run)) continue;
      Finding finding;
      finding.check = mark_check;
      finding.level = Level::Note;
      finding.where = mark.where;
      finding.subject = fmt::format("unused|{}|{}", fmt::join(mark.checks, ","), mark.reason);
      finding.message = fmt::format("this mark silences nothing: there is no finding of {} here",
                                    fmt::join(mark.checks, " or "));
      out.unused.push_back(std::move(finding));
    }
  }
  return out;
}

}  // namespace snug
