// Checkstyle's XML, which review tools of many kinds read: the files, and in each its errors.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <map>
#include <ostream>
#include <vector>

#include "report/formats/lint_entries.hpp"
#include "report/formats/xml_text.hpp"

namespace snug {
namespace {

std::string_view checkstyle_severity(EntryLevel level) {
  switch (level) {
    case EntryLevel::Note:
      return "info";
    case EntryLevel::Warning:
      return "warning";
    case EntryLevel::Error:
      return "error";
  }
  return "info";
}

}  // namespace

void write_checkstyle(const Report& report, std::ostream& out) {
  std::map<std::string, std::vector<LintEntry>> files;
  for (LintEntry& entry : lint_entries(report)) files[entry.path].push_back(std::move(entry));
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const auto& [path, entries] : files) {
    fmt::print(out, "  <file name=\"{}\">\n", xml_text(path));
    for (const LintEntry& entry : entries) {
      const std::string text =
          entry.details.empty() ? entry.message : entry.message + '\n' + entry.details;
      fmt::print(out,
                 "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" "
                 "source=\"snug.{}\"/>\n",
                 entry.where.line, entry.where.column, checkstyle_severity(entry.level),
                 xml_text(text), xml_text(entry.check));
    }
    out << "  </file>\n";
  }
  out << "</checkstyle>\n";
}

}  // namespace snug
