#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/files.hpp"
#include "report/fingerprint.hpp"
#include "support/findings.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;

namespace {

/// What the errata of the standard ask of a region beyond the schema.
void check_regions(const json& value) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      if (key == "region" || key == "deletedRegion") {
        INFO(inner.dump());
        CHECK((inner.contains("startLine") || inner.contains("byteOffset")));
      }
      check_regions(inner);
    }
  } else if (value.is_array()) {
    for (const json& inner : value) {
      check_regions(inner);
    }
  }
}

json sarif_log(const Report& report) {
  std::ostringstream out;
  write_sarif(report, out);
  CHECK(sarif_error(out.str()).empty());
  json log = json::parse(out.str());
  check_regions(log);
  return log;
}

/// What a consumer of the log would write: the replacement of each change done by its lines and
/// columns, and by its character offsets; both must say the same. ASCII and BMP texts only.
std::string applied(const json& fix, const std::u16string& before) {
  std::u16string by_offset = before;
  const json& replacements = fix["artifactChanges"][0]["replacements"];
  for (auto it = replacements.rbegin(); it != replacements.rend(); ++it) {
    const json& region = (*it)["deletedRegion"];
    std::size_t line = 1, at = 0;
    for (; line < region["startLine"]; ++line) {
      at = before.find(u'\n', at) + 1;
    }
    at += region["startColumn"].get<std::size_t>() - 1;
    CHECK(at == region["charOffset"]);
    const auto inserted = (*it)["insertedContent"]["text"].get<std::string>();
    by_offset.replace(at, region["charLength"], std::u16string(inserted.begin(), inserted.end()));
  }
  std::string narrow;
  for (const char16_t c : by_offset) {
    narrow += c < 128 ? static_cast<char>(c) : '?';
  }
  return narrow;
}

}  // namespace

TEST_CASE("a SARIF log keeps to the public schema and holds the finding") {
  Model model = model_of({wasteful_record()});
  model.file_hashes["/project/order.hpp"] = sha256_hex(wasteful_source);
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  report.findings.push_back(reorder_finding());
  report.exit_status = 1;
  const json log = sarif_log(report);
  CHECK(log["version"] == "2.1.0");
  const json& run = log["runs"][0];
  CHECK(run["columnKind"] == "utf16CodeUnits");
  CHECK(run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///project/");
  CHECK(run["invocations"][0]["executionSuccessful"] == true);
  CHECK(run["invocations"][0]["exitCode"] == 1);
  const json& rule = run["tool"]["driver"]["rules"][0];
  CHECK(rule["id"] == "padding");
  CHECK(rule["help"]["markdown"].get<std::string>().find("```\nstruct A") != std::string::npos);
  CHECK(!rule.contains("helpUri"));

  const json& result = run["results"][0];
  CHECK(result["ruleId"] == "padding");
  CHECK(result["ruleIndex"] == 0);
  CHECK(result["level"] == "warning");
  const std::string text = result["message"]["text"];
  CHECK(
      text.starts_with("'Order' is 24 bytes, 16 would do\n[7 bytes before 'price'](1)\n"
                       "a thousand objects are known\n"));
  CHECK(text.find("it is initialised by position") != std::string::npos);
  CHECK(text.find("'Book' shrinks with it, from 80 to 56 bytes") != std::string::npos);
  const json& place = result["locations"][0];
  CHECK(place["physicalLocation"]["artifactLocation"]["uri"] == "order.hpp");
  CHECK(place["physicalLocation"]["artifactLocation"]["uriBaseId"] == "%SRCROOT%");
  CHECK(place["physicalLocation"]["region"] ==
        json{{"startLine", 1}, {"startColumn", 8}, {"endLine", 1}, {"endColumn", 13}});
  CHECK(place["logicalLocations"][0]["fullyQualifiedName"] == "Order");
  CHECK(result["relatedLocations"].size() == 1);
  CHECK(result["relatedLocations"][0]["message"]["text"] == "7 bytes before 'price'");
  CHECK(result["partialFingerprints"]["snug/v1"] == fingerprint_of(reorder_finding()));
  CHECK(result["properties"]["bytesSaved"] == 8);
  CHECK(run["artifacts"][0]["hashes"]["sha-256"] == sha256_hex(wasteful_source));
}

TEST_CASE("a fix of a SARIF log does what the edit does, in LF, CR LF, UTF-8 and after a BOM") {
  for (const std::string_view kind : {"plain", "crlf", "utf8", "bom"}) {
    INFO(kind);
    std::string source = wasteful_source;
    std::u16string characters;
    if (kind == "crlf") {
      for (std::size_t at = 0; (at = source.find('\n', at)) != std::string::npos; at += 2) {
        source.replace(at, 1, "\r\n");
      }
    }
    if (kind == "utf8") {
      source = "// \xc3\xa4\xe2\x82\xac\n" + source;
    }
    if (kind == "bom") {
      source = "\xEF\xBB\xBF" + source;
    }
    for (std::size_t at = kind == "bom" ? 3 : 0; at < source.size();) {
      const auto lead = static_cast<unsigned char>(source[at]);
      characters += lead < 0x80 ? static_cast<char16_t>(lead) : u'?';
      at += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3;
    }
    Finding finding = reorder_finding();
    std::vector<TextEdit>& edits = finding.fixes[0].edits;
    const std::size_t live = source.find("  bool live;"), price = source.find("  double");
    const std::size_t hidden = source.find("  bool hidden;");
    edits[0] = {"/project/order.hpp", live, price, ""};
    edits[1] = {"/project/order.hpp", hidden, hidden, "  bool live;\n"};
    const Model model = model_of({wasteful_record()});
    const MemoryFiles files({{"/project/order.hpp", source}});
    Report report = report_of(model, &files);
    report.findings.push_back(finding);
    const json log = sarif_log(report);
    const json& fix = log["runs"][0]["results"][0]["fixes"][0];
    CHECK(fix["artifactChanges"][0]["replacements"].size() == 2);
    const std::string after = applied(fix, characters);
    CHECK(after.find("bool live") > after.find("double price"));
    CHECK(after.find("bool live") < after.find("bool hidden"));
  }
}

TEST_CASE("a file that changed since the scan gets no fix, one that cannot be read no columns") {
  Model model = model_of({wasteful_record()});
  model.file_hashes["/project/order.hpp"] = std::string(64, 'a');
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  report.findings.push_back(reorder_finding());
  CHECK(!sarif_log(report)["runs"][0]["results"][0].contains("fixes"));
  report.files = nullptr;
  const json log = sarif_log(report);
  const json& region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
  CHECK(region == json{{"startLine", 1}});
}

TEST_CASE("edits whose text is no UTF-8 are told as bytes") {
  const Model model = model_of({wasteful_record()});
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  report.findings.push_back(reorder_finding());
  report.findings[0].fixes[0].edits[1].text = "// \xe9\n";
  const json log = sarif_log(report);
  const json& change =
      log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][1];
  CHECK(change["insertedContent"]["binary"] == "Ly8g6Qo=");
  CHECK(change["deletedRegion"]["byteLength"] == 0);
}

TEST_CASE("units that failed are notifications of a run that did not succeed") {
  Model model = model_of({});
  model.units[0].file = "/project/a b.cpp";
  model.units[0].status = UnitStatus::Failed;
  model.units[0].problems = {"order.cpp:3:1: unknown type name 'Side'"};
  model.units.push_back({"/elsewhere/x.cpp",
                         UnitStatus::Ok,
                         false,
                         {"the flag -fx is not known"},
                         "",
                         {},
                         {},
                         {},
                         {}});
  Report report = report_of(model);
  report.exit_status = 2;
  const json log = sarif_log(report);
  const json& invocation = log["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  const json& told = invocation["toolExecutionNotifications"];
  REQUIRE(told.size() == 2);
  CHECK(told[0]["level"] == "error");
  CHECK(told[0]["message"]["text"].get<std::string>().find("unknown type name") !=
        std::string::npos);
  const auto uri = [&](std::size_t i) {
    return told[i]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
  };
  CHECK(uri(0) == "a%20b.cpp");
  CHECK(told[1]["level"] == "note");
  CHECK(uri(1) == "file:///elsewhere/x.cpp");
}

TEST_CASE("braces and brackets of names are no placeholders and links") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  report.findings.push_back(reorder_finding());
  report.findings[0].message = "'A<P{0}>::operator[](int)' is large";
  CHECK(
      sarif_log(report)["runs"][0]["results"][0]["message"]["text"].get<std::string>().starts_with(
          "'A<P{{0}}>::operator[] (int)' is large\n"));
}

TEST_CASE("a run without findings is a valid log") {
  const Model model;
  Report report;
  report.model = &model;
  CHECK(sarif_log(report)["runs"][0]["results"].empty());
}

TEST_CASE("the two threads of a finding become the thread flows of one code flow") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  Finding finding = reorder_finding();
  finding.evidence = {{"writer", "'a()' writes 'live'", at("/project/a.cpp", 3, 1)},
                      {"path", "reached by 'main()' -> 'a()'", at("/project/a.cpp", 9, 1)},
                      {"thread-entry", "'main()' starts it", at("/project/a.cpp", 12, 1)},
                      {"reader", "'b()' reads 'price'", at("/project/b.cpp", 4, 1)},
                      {"line", "they share a line", {}}};
  report.findings.push_back(finding);
  json flows = sarif_log(report)["runs"][0]["results"][0]["codeFlows"][0]["threadFlows"];
  REQUIRE(flows.size() == 2);
  std::vector<int> lines;
  for (const json& step : flows[0]["locations"]) {
    lines.push_back(step["location"]["physicalLocation"]["region"]["startLine"].get<int>());
  }
  CHECK(lines == std::vector<int>{12, 9, 3});
  CHECK(flows[1]["locations"].size() == 1);
  report.findings[0].evidence.erase(report.findings[0].evidence.begin() + 2);
  CHECK(!sarif_log(report)["runs"][0]["results"][0].contains("codeFlows"));
}

TEST_CASE("links in a message are to places alone, whatever the text") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  Finding finding = reorder_finding();
  finding.message = "[a](http://x.example) {0}";
  finding.evidence[0].message = "a[1](2)\\";
  report.findings.push_back(finding);
  const std::string text = sarif_log(report)["runs"][0]["results"][0]["message"]["text"];
  CHECK(text.starts_with("[a] (http://x.example) {{0}}\n[a\\[1\\] (2)\\\\](1)\n"));
}

TEST_CASE("a log has at most 25,000 results, those that save most, and counts the rest") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  Finding finding = reorder_finding();
  finding.evidence.clear();
  finding.fixes.clear();
  finding.instances = 2;
  report.findings.assign(25'001, finding);
  report.findings[7].instances = 1;
  std::ostringstream out;
  write_sarif(report, out);
  const json run = json::parse(out.str())["runs"][0];
  CHECK(run["results"].size() == 25'000);
  for (const json& result : run["results"]) CHECK(result["properties"]["instances"] == 2);
  const std::string told =
      run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
  CHECK(told.starts_with("25000 of 25001 findings are in this log"));
}
