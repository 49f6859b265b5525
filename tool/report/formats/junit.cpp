// JUnit's XML, for the test pages of CI services: each warning is a failed test, each unit that
// could not be analysed a test with an error, each note one that passed and printed something. A
// run without any has one test, which passed: services take an empty report for a broken job.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>
#include <vector>

#include "report/formats/lint_entries.hpp"
#include "report/formats/xml_text.hpp"

namespace snug {
namespace {

std::string place_of(const LintEntry& entry) {
  return fmt::format("{}:{}:{}", entry.path, entry.where.line, entry.where.column);
}

/// Names a test for good: neither lines nor sizes, which other commits change.
std::string test_name(const LintEntry& entry) {
  const std::string about =
      entry.finding == nullptr || entry.finding->subject.empty() ? "" : entry.finding->subject;
  const std::string copy = entry.fingerprint.find('-') == std::string::npos
                               ? ""
                               : " #" + entry.fingerprint.substr(entry.fingerprint.find('-') + 1);
  return entry.check + (about.empty() ? "" : ": " + lasting_name(about)) + copy;
}

void write_test(const LintEntry& entry, std::ostream& out) {
  const std::string text =
      place_of(entry) + ": " + entry.message + (entry.details.empty() ? "" : '\n' + entry.details);
  fmt::print(out, "    <testcase classname=\"{}\" name=\"{}\" time=\"0\">\n", xml_text(entry.path),
             xml_text(test_name(entry)));
  if (entry.level == EntryLevel::Note) {
    fmt::print(out, "      <system-out>{}</system-out>\n", xml_text(text));
  } else {
    const std::string_view element = entry.level == EntryLevel::Error ? "error" : "failure";
    fmt::print(out, "      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", element,
               xml_text(entry.check), xml_text(entry.message), xml_text(text));
  }
  out << "    </testcase>\n";
}

}  // namespace

void write_junit(const Report& report, std::ostream& out) {
  const std::vector<LintEntry> entries = lint_entries(report);
  const auto count = [&](EntryLevel level) {
    return std::count_if(entries.begin(), entries.end(),
                         [&](const LintEntry& entry) { return entry.level == level; });
  };
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"0\"",
                                         std::max<std::size_t>(entries.size(), 1),
                                         count(EntryLevel::Warning), count(EntryLevel::Error));
  fmt::print(out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"snug\" {0}>\n"
             "  <testsuite name=\"snug\" {0}>\n",
             counts);
  for (const LintEntry& entry : entries) write_test(entry, out);
  if (entries.empty()) {
    out << "    <testcase classname=\"snug\" name=\"no findings\" time=\"0\"/>\n";
  }
  out << "  </testsuite>\n</testsuites>\n";
}

}  // namespace snug
