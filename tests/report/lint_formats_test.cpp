// GitLab's code quality, JUnit, Checkstyle and rdjson: lists of findings for services.
#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/files.hpp"
#include "base/visible_text.hpp"
#include "report/formats/formats.hpp"
#include "report/formats/lint_entries.hpp"
#include "report/formats/xml_text.hpp"
#include "support/findings.hpp"
#include "support/schema.hpp"
#include "support/temp_folder.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;

namespace {

std::string written(const Report& report, Format format) {
  std::ostringstream out;
  format_spec(format).write(report, {}, out);
  return out.str();
}

/// A report with two like warnings, a note without a place, a known finding and a lost unit.
struct Sample {
  Model model = model_of({wasteful_record()});
  MemoryFiles files{{{"/project/order.hpp", wasteful_source}}};
  Report report;

  Sample() {
    model.file_hashes["/project/order.hpp"] = sha256_hex(wasteful_source);
    Unit lost;
    lost.file = "/project/lost.cpp";
    lost.status = UnitStatus::Failed;
    lost.problems = {"lost.cpp:1: 'none.hpp' file not found"};
    model.units.push_back(lost);
    report = report_of(model, &files);
    report.findings = {reorder_finding(), reorder_finding(), reorder_finding(), reorder_finding()};
    report.findings[2].level = Level::Note;
    report.findings[2].where = {};
    report.findings[2].fixes.clear();
    report.findings[3].state = FindingState::Known;
  }
};

/// Findings whose every text is hostile to XML, JSON, terminals and logs.
Report hostile_report(const Model& model) {
  const std::string text = "a<b>&\"'\x1b[31m\x01\xff]]>\n::error::x\xe2\x80\xae##[y]\xef\xbf\xbf{}";
  Report report = report_of(model);
  Finding finding = reorder_finding();
  finding.message = text;
  finding.subject = text;
  finding.check = "padding";
  finding.where.file = "/project/" + text;
  finding.evidence[0].message = text;
  finding.fixes[0].title = text;
  report.findings = {finding};
  return report;
}

/// What xmllint says of the text; empty: it is well-formed and, with a schema, valid.
std::string xml_error(const std::string& xml, const std::string& schema) {
  const TempFolder folder;
  const std::string file = folder.write("report.xml", xml);
  const std::string log = folder.path("log");
  const std::string schema_file = std::string(SNUG_SOURCE_DIR) + "/tests/report/schemas/" + schema;
  const std::string command =
      "xmllint --noout --nonet --schema '" + schema_file + "' '" + file + "' > '" + log + "' 2>&1";
  return std::system(command.c_str()) == 0 ? "" : read_file(log);
}

/// Applies an rdjson suggestion by its lines and columns.
std::string applied(const json& suggestion, const std::string& text) {
  const auto offset = [&](const json& position) {
    std::size_t at = 0;
    for (int line = 1; line < position["line"].get<int>(); ++line) at = text.find('\n', at) + 1;
    return at + position["column"].get<std::size_t>() - 1;
  };
  const std::size_t begin = offset(suggestion["range"]["start"]);
  const std::size_t end = offset(suggestion["range"]["end"]);
  std::string out = text;
  return out.replace(begin, end - begin, suggestion["text"].get<std::string>());
}

}  // namespace

TEST_CASE("GitLab's report: one object for each finding, with fingerprints of its own") {
  const Sample sample;
  const std::string text = written(sample.report, Format::Gitlab);
  CHECK(gitlab_error(text).empty());
  const json list = json::parse(text);
  REQUIRE(list.size() == 4);
  CHECK(list[0]["severity"] == "major");
  CHECK(list[0]["check_name"] == "snug/unit-not-analysed");
  CHECK(list[0]["location"]["path"] == "lost.cpp");
  CHECK(list[0]["location"]["lines"]["begin"] == 1);
  CHECK(list[1]["severity"] == "minor");
  CHECK(list[1]["check_name"] == "snug/padding");
  CHECK(list[1]["description"] == "'Order' is 24 bytes, 16 would do");
  CHECK(list[1]["location"]["path"] == "order.hpp");
  CHECK(list[3]["severity"] == "info");
  CHECK(list[3]["location"]["path"] == ".");
  std::set<std::string> fingerprints;
  for (const json& issue : list) fingerprints.insert(issue["fingerprint"].get<std::string>());
  CHECK(fingerprints.size() == list.size());
}

TEST_CASE("JUnit: a warning fails, a lost unit is an error, a note passes") {
  const Sample sample;
  const std::string text = written(sample.report, Format::Junit);
  CHECK(xml_error(text, "junit.xsd").empty());
  CHECK(text.find("<testsuite name=\"snug\" tests=\"4\" failures=\"2\" errors=\"1\" time=\"0\">") !=
        std::string::npos);
  CHECK(text.find("<testcase classname=\"order.hpp\" name=\"padding: Order live price hidden\" "
                  "time=\"0\">") != std::string::npos);
  CHECK(text.find("name=\"padding: Order live price hidden #2\"") != std::string::npos);
  CHECK(text.find("<failure type=\"padding\" message=\"'Order' is 24 bytes, 16 would do\">"
                  "order.hpp:1:8: 'Order' is 24 bytes, 16 would do&#10;"
                  "order.hpp:3: 7 bytes before 'price'&#10;") != std::string::npos);
  CHECK(text.find("<error type=\"unit-not-analysed\"") != std::string::npos);
}

TEST_CASE("JUnit: a run without findings has one test, which passed") {
  const Model model = model_of({wasteful_record()});
  const std::string text = written(report_of(model), Format::Junit);
  CHECK(xml_error(text, "junit.xsd").empty());
  CHECK(text.find("tests=\"1\" failures=\"0\" errors=\"0\"") != std::string::npos);
  CHECK(text.find("<testcase classname=\"snug\" name=\"no findings\" time=\"0\"/>") !=
        std::string::npos);
}

TEST_CASE("Checkstyle: the errors of each file") {
  const Sample sample;
  const std::string text = written(sample.report, Format::Checkstyle);
  CHECK(xml_error(text, "checkstyle.xsd").empty());
  CHECK(text.find("  <file name=\"lost.cpp\">\n    <error line=\"1\" column=\"1\" "
                  "severity=\"error\" message=\"the unit could not be analysed") !=
        std::string::npos);
  CHECK(text.find("    <error line=\"1\" column=\"8\" severity=\"warning\" message=\"'Order' is 24 "
                  "bytes, 16 would do&#10;order.hpp:3: 7 bytes before 'price'&#10;") !=
        std::string::npos);
  CHECK(text.find("source=\"snug.padding\"/>") != std::string::npos);
}

TEST_CASE("rdjson: the suggestion does what the edits of the fix do") {
  const Sample sample;
  const std::string text = written(sample.report, Format::Rdjson);
  CHECK(rdjson_error(text).empty());
  const json log = json::parse(text);
  REQUIRE(log["diagnostics"].size() == 4);
  const json& warning = log["diagnostics"][1];
  CHECK(warning["location"]["path"] == "order.hpp");
  CHECK(warning["location"]["range"] ==
        json{{"start", {{"line", 1}, {"column", 8}}}, {"end", {{"line", 1}, {"column", 13}}}});
  CHECK(warning["severity"] == "WARNING");
  CHECK(warning["code"]["value"] == "padding");
  REQUIRE(warning["suggestions"].size() == 1);
  CHECK(applied(warning["suggestions"][0], wasteful_source) ==
        apply_edits(wasteful_source, reorder_finding().fixes[0].edits));
}

TEST_CASE("rdjson suggests nothing that is not proven, not in one file, or not as it was scanned") {
  Sample sample;
  const auto suggestions = [&] {
    const json log = json::parse(written(sample.report, Format::Rdjson));
    return log["diagnostics"][1].contains("suggestions");
  };
  REQUIRE(suggestions());
  SuggestedFix& fix = sample.report.findings[0].fixes[0];
  SECTION("rejected by the compiler") {
    fix.proof->verified = false;
  }
  SECTION("never compiled") {
    fix.proof.reset();
  }
  SECTION("a place to change by hand") {
    fix.by_hand = {"a.cpp:3"};
  }
  SECTION("two files") {
    fix.edits[1].file = "/project/other.hpp";
    fix.edits[1].begin = fix.edits[1].end = 0;
  }
  SECTION("changed since") {
    sample.model.file_hashes["/project/order.hpp"] = "other";
  }
  SECTION("gone") {
    sample.report.files = nullptr;
  }
  CHECK(!suggestions());
}

TEST_CASE("hostile text is text in every list") {
  const Model model = model_of({wasteful_record()});
  const Report report = hostile_report(model);
  CHECK(xml_error(written(report, Format::Junit), "junit.xsd").empty());
  CHECK(xml_error(written(report, Format::Checkstyle), "checkstyle.xsd").empty());
  CHECK(gitlab_error(written(report, Format::Gitlab)).empty());
  CHECK(rdjson_error(written(report, Format::Rdjson)).empty());
  for (const FormatSpec& spec : report_formats()) {
    INFO(spec.name);
    std::ostringstream out;
    {
      const VisibleOutput visible(out);
      spec.write(report, {}, out);
    }
    for (const char* bad : {"\x1b", "\x01", "\xff", "\xe2\x80\xae"}) {
      CHECK(out.str().find(bad) == std::string::npos);
    }
  }
}

TEST_CASE("XML text has no markup, no raw line ends and only characters of XML") {
  CHECK(xml_text("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
  CHECK(xml_text("a\nb\tc\r\nd") == "a&#10;b&#9;c&#13;&#10;d");
  CHECK(xml_text("\xef\xbf\xbe|\xef\xbf\xbf|\xef\xbf\xbd") == "\\ufffe|\\uffff|\xef\xbf\xbd");
  CHECK(xml_text(std::string_view("\0", 1)) == "\\u0000");
}

TEST_CASE("every format has one row, its own name and a summary") {
  std::set<std::string_view> names;
  for (const FormatSpec& spec : report_formats()) {
    CHECK(names.insert(spec.name).second);
    CHECK(!spec.summary.empty());
    CHECK(&format_spec(spec.format) == &spec);
  }
  CHECK(names.size() == static_cast<std::size_t>(Format::Html) + 1);
}

TEST_CASE("the concise format is one line for each finding, without colours unless asked for") {
  const Sample sample;
  CHECK(written(sample.report, Format::Concise) ==
        "order.hpp:1:8: warning: 'Order' is 24 bytes, 16 would do [padding]\n"
        "order.hpp:1:8: warning: 'Order' is 24 bytes, 16 would do [padding]\n"
        "snug: note: 'Order' is 24 bytes, 16 would do [padding]\n");
}

TEST_CASE("the text format can leave the edits out") {
  const Sample sample;
  std::ostringstream with, without;
  write_text(sample.report, {}, with);
  write_text(sample.report, {.diffs = false}, without);
  CHECK(with.str().find("@@") != std::string::npos);
  CHECK(without.str().find("@@") == std::string::npos);
  CHECK(without.str().find("fix (review): Reorder the fields of 'Order'") != std::string::npos);
}
