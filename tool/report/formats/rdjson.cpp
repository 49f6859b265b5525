// Reviewdog's diagnostic format (rdjson): comments on the lines of a change, with edits to accept.
//
// Lines and columns count from 1, columns in bytes; ends are exclusive. An edit is suggested where
// the compiler has accepted the fix, all of it lies in one file that is as it was scanned, and no
// other place has to be changed by hand: reviewers accept suggestions one by one, so a fix is one
// suggestion from its first edit to its last.
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "model/scanned_text.hpp"
#include "report/formats/json_parts.hpp"
#include "report/formats/lint_entries.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

std::string_view rdjson_severity(EntryLevel level) {
  switch (level) {
    case EntryLevel::Note:
      return "INFO";
    case EntryLevel::Warning:
      return "WARNING";
    case EntryLevel::Error:
      return "ERROR";
  }
  return "INFO";
}

Json position(std::string_view text, std::uint64_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? offset : offset - start - 1;
  return {{"line", line + 1}, {"column", column + 1}};
}

/// What stands in the place of everything from the first edit to the last; null where there is no
/// such suggestion.
Json suggestion(const SuggestedFix& fix, const Report& report) {
  const std::vector<TextEdit>& edits = fix.edits;
  const bool proven = fix.proof && fix.proof->verified && fix.by_hand.empty() && !edits.empty();
  if (!proven || report.files == nullptr || edits.front().file != edits.back().file) return nullptr;
  const auto text = report.files->read(edits.front().file);
  if (!text || !is_as_scanned(*report.model, edits.front().file, text)) return nullptr;
  const std::uint64_t begin = edits.front().begin, end = edits.back().end;
  std::vector<TextEdit> moved = edits;
  for (TextEdit& edit : moved) {
    edit.begin -= begin;
    edit.end -= begin;
  }
  const std::string replaced =
      apply_edits(std::string_view(*text).substr(begin, end - begin), moved);
  if (!is_utf8(replaced)) return nullptr;
  return {{"range", {{"start", position(*text, begin)}, {"end", position(*text, end)}}},
          {"text", replaced}};
}

Json range_of(const SourceRange& where) {
  Json json = {{"start", {{"line", where.line}, {"column", where.column}}}};
  const bool ends = where.end_line > where.line ||
                    (where.end_line == where.line && where.end_column > where.column);
  if (ends) json["end"] = {{"line", where.end_line}, {"column", where.end_column}};
  return json;
}

Json diagnostic(const LintEntry& entry, const Report& report) {
  Json json = {
      {"message", entry.details.empty() ? entry.message : entry.message + '\n' + entry.details},
      {"location", {{"path", entry.path}, {"range", range_of(entry.where)}}},
      {"severity", rdjson_severity(entry.level)},
      {"code", {{"value", entry.check}}}};
  if (entry.finding == nullptr || entry.finding->fixes.empty()) return json;
  if (Json edit = suggestion(entry.finding->fixes.front(), report); !edit.is_null()) {
    json["suggestions"] = Json::array({std::move(edit)});
  }
  return json;
}

}  // namespace

void write_rdjson(const Report& report, std::ostream& out) {
  out << "{\"source\": {\"name\": \"snug\"}, \"severity\": \"WARNING\", \"diagnostics\": [";
  const char* separator = "\n  ";
  for (const LintEntry& entry : lint_entries(report)) {
    out << separator << dump(diagnostic(entry, report));
    separator = ",\n  ";
  }
  out << "\n]}\n";
}

}  // namespace snug
