#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "report/fingerprint.hpp"
#include "report/report.hpp"
#include "support/hand_made.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;

namespace {

Finding example_finding() {
  Finding finding;
  finding.check = "padding";
  finding.where = at("/project/order.hpp", 12, 8);
  finding.message = "'Order' is 24 bytes, 16 would do";
  finding.record_id = "c:@S@Order";
  finding.subject = "Order live price side";
  finding.bytes_saved = 8;
  finding.evidence.push_back({"hole", "7 bytes of padding", at("/project/order.hpp", 13)});
  finding.evidence.push_back({"hazard", "no place", {}});
  SuggestedFix fix;
  fix.title = "Reorder the fields of 'Order'";
  fix.safety = Safety::Safe;
  fix.edits.push_back({"/project/order.hpp", 10, 20, "text"});
  fix.proof = Proof{true, 1, 1, 24, 16, {{"c:@S@Book", "Book", 80, 56}}};
  finding.fixes.push_back(fix);
  SuggestedFix refused;
  refused.title = "Reorder the fields of 'Order'";
  refused.safety = Safety::Refused;
  refused.reasons = {"the fields stand under #if"};
  finding.fixes.push_back(refused);
  return finding;
}

Model example_model() {
  Model model = model_of({record("Order", 24,
                                 {field("live", "bool", 0, 1), field("price", "double", 8, 8),
                                  field("side", "Side", 16, 1)})});
  model.file_hashes["/project/order.hpp"] = std::string(64, 'a');
  return model;
}

std::string written(const Report& report) {
  std::ostringstream out;
  write_json(report, out);
  return out.str();
}

Report json_report_of(const Model& model) {
  Report report;
  report.tool = {"0.1.0", "22.1.8"};
  report.root = "/project";
  report.model = &model;
  return report;
}

}  // namespace

TEST_CASE("a JSON report keeps to its schema and holds what the contract names") {
  const Model model = example_model();
  Report report = json_report_of(model);
  report.findings.push_back(example_finding());
  const std::string text = written(report);
  CHECK(schema_error(text).empty());

  const auto json = nlohmann::json::parse(text);
  CHECK(json["schema"] == "snug-report/1");
  CHECK(json["tool"]["version"] == "0.1.0");
  CHECK(json["abi"]["target"] == "x86_64-unknown-linux-gnu");
  CHECK(json["summary"]["records"] == 1);
  CHECK(json["summary"]["record_bytes"] == 24);
  CHECK(json["summary"]["padding_bytes"] == 14);
  CHECK(json["units"][0]["file"] == "order.cpp");
  const auto& record_json = json["records"][0];
  CHECK(record_json["location"]["file"] == "order.hpp");
  CHECK(record_json["padding"]["holes"] == 7);
  CHECK(record_json["padding"]["tail"] == 7);
  CHECK(record_json["cache_lines"] == 1);
  CHECK(record_json["slots"].size() == 5);
  CHECK(record_json["slots"][1]["kind"] == "hole");
  const auto& finding = json["findings"][0];
  CHECK(finding["instances"].is_null());
  CHECK(finding["evidence"][1]["location"].is_null());
  CHECK(finding["fixes"][0]["edits"][0]["sha256"] == std::string(64, 'a'));
  CHECK(finding["fixes"][0]["proof"]["knock_on"][0]["record"] == "Book");
  CHECK(finding["fixes"][1]["safety"] == "refused");
  CHECK(finding["fixes"][1]["proof"].is_null());
}

TEST_CASE("a JSON report tells editors where things are and what is suggested") {
  Model model = example_model();
  Record& record = model.records[0];
  record.definition = at("/project/order.hpp", 12, 1);
  Slot& live = record.slots[0];
  live.where = at("/project/order.hpp", 13, 8);
  live.declaration = at("/project/order.hpp", 13, 3);
  record.slots[2].type_id = "c:@S@Price";
  model.file_hashes["/project/twice.hpp"] = "";  // read in several versions
  Report report = json_report_of(model);
  Record moved = record;
  moved.size = 16;
  report.better[record.id] = {moved, nullptr};
  const std::string text = written(report);
  CHECK(schema_error(text).empty());
  const auto json = nlohmann::json::parse(text);
  CHECK(json["root"] == "/project");
  REQUIRE(json["files"].size() == 2);
  CHECK(json["files"][0]["file"] == "order.hpp");
  CHECK(json["files"][0]["sha256"] == std::string(64, 'a'));
  CHECK(!json["files"][1].contains("sha256"));
  const auto& shown = json["records"][0];
  CHECK(shown["definition"]["line"] == 12);
  CHECK(shown["definition"]["end_column"] == 2);
  CHECK(shown["slots"][0]["location"]["column"] == 8);
  CHECK(shown["slots"][0]["declaration"]["column"] == 3);
  CHECK(!shown["slots"][0].contains("record"));
  CHECK(!shown["slots"][1].contains("location"));  // padding
  CHECK(shown["slots"][2]["record"] == "c:@S@Price");
  CHECK(shown["suggested"]["size"] == 16);
  CHECK(shown["suggested"]["slots"].size() == shown["slots"].size());
}

TEST_CASE("the schema rejects what is no report") {
  CHECK(schema_error("{}") != "");
  CHECK(schema_error("[") == "not JSON");
  const Model model = example_model();
  auto json = nlohmann::json::parse(written(json_report_of(model)));
  REQUIRE(schema_error(json.dump()).empty());
  json["records"][0]["size"] = -1;
  CHECK(schema_error(json.dump()) != "");
  json["records"][0]["size"] = 1;
  json["records"][0]["slots"][0]["kind"] = "gap";
  CHECK(schema_error(json.dump()) != "");
}

TEST_CASE("a report without units, records and findings is valid") {
  const Model model;
  CHECK(schema_error(written(json_report_of(model))).empty());
}

TEST_CASE("records that are not reported are left out and not counted") {
  Model model = example_model();
  model.records[0].reported = false;
  const auto json = nlohmann::json::parse(written(json_report_of(model)));
  CHECK(json["records"].empty());
  CHECK(json["summary"]["records"] == 0);
}

TEST_CASE("paths and texts that are no UTF-8 make valid JSON") {
  Model model = example_model();
  model.units[0].file = "/project/caf\xe9.cpp";
  Report report = json_report_of(model);
  Finding finding = example_finding();
  finding.fixes[0].edits[0].text = "// caf\xe9\n";
  report.findings.push_back(finding);
  const std::string text = written(report);
  CHECK(schema_error(text).empty());
  const auto json = nlohmann::json::parse(text);
  CHECK(json["units"][0]["file"] == "caf%E9.cpp");
  CHECK(json["findings"][0]["fixes"][0]["edits"][0]["text_base64"] == "Ly8gY2Fm6Qo=");
}

TEST_CASE("times appear only when asked for") {
  const Model model = example_model();
  Report report = json_report_of(model);
  CHECK(!nlohmann::json::parse(written(report)).contains("timings"));
  report.timings = {{"scan", 1.5}};
  const std::string text = written(report);
  CHECK(schema_error(text).empty());
  CHECK(nlohmann::json::parse(text)["timings"]["scan"] == 1.5);
}

TEST_CASE("a fingerprint follows check and subject and nothing else") {
  const Finding finding = example_finding();
  Finding moved = finding;
  moved.where = at("/elsewhere/order.hpp", 99);
  moved.message = "other";
  moved.record_id = "c:elsewhere";
  CHECK(fingerprint_of(moved) == fingerprint_of(finding));
  Finding other = finding;
  other.subject += " hidden";
  CHECK(fingerprint_of(other) != fingerprint_of(finding));
  other = finding;
  other.check = "line-straddle";
  CHECK(fingerprint_of(other) != fingerprint_of(finding));
}
