// The code quality report of GitLab: a JSON array with one object a finding. The service compares
// the reports of two branches by the fingerprints.
#include <ostream>

#include "report/formats/json_parts.hpp"
#include "report/formats/lint_entries.hpp"

namespace snug {
namespace {

/// The service knows info, minor, major, critical and blocker.
std::string_view severity_of(EntryLevel level) {
  switch (level) {
    case EntryLevel::Note:
      return "info";
    case EntryLevel::Warning:
      return "minor";
    case EntryLevel::Error:
      return "major";
  }
  return "info";
}

Json gitlab_issue(const LintEntry& entry) {
  Json json = {{"type", "issue"},
               {"check_name", "snug/" + entry.check},
               {"description", entry.message},
               {"categories", Json::array({"Performance"})},
               {"severity", severity_of(entry.level)},
               {"fingerprint", entry.fingerprint},
               {"location", {{"path", entry.path}, {"lines", {{"begin", entry.where.line}}}}}};
  if (entry.where.end_line > entry.where.line) {
    json["location"]["lines"]["end"] = entry.where.end_line;
  }
  if (!entry.details.empty()) json["content"] = {{"body", entry.details}};
  return json;
}

}  // namespace

void write_gitlab(const Report& report, std::ostream& out) {
  out << '[';
  const char* separator = "\n  ";
  for (const LintEntry& entry : lint_entries(report)) {
    out << separator << dump(gitlab_issue(entry));
    separator = ",\n  ";
  }
  out << "\n]\n";
}

}  // namespace snug
