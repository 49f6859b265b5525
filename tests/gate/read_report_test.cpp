#include "gate/read_report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/error.hpp"
#include "report/fingerprint.hpp"
#include "report/report.hpp"
#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;

namespace {

std::string report_text() {
  Slot anonymous = field("", "(anonymous union)", 16, 8);
  anonymous.members = {field("a", "long", 16, 8), field("b", "double", 16, 8)};
  const Model model = model_of({record(
      "Order", 24, {field("live", "bool", 0, 1), field("price", "double", 8, 8), anonymous})});
  Finding finding;
  finding.check = "padding";
  finding.where = at("/project/order.hpp", 12, 8);
  finding.message = "'Order' wastes";
  finding.record_id = model.records[0].id;
  finding.subject = "Order";
  finding.bytes_saved = -3;
  finding.instances = 7;
  finding.state = FindingState::Known;
  Report report;
  report.root = "/project";
  report.model = &model;
  report.findings = {finding};
  std::ostringstream out;
  write_json(report, out);
  return out.str();
}

/// What reading says to the report after a change.
template <class Change>
std::string error_after(const Change& change) {
  json report = json::parse(report_text());
  change(report);
  try {
    (void)read_report(report.dump(), "r.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a report is read back as it was written") {
  const RunResult run = read_report(report_text(), "r.json");
  CHECK(run.has_findings);
  CHECK(run.model.abi.target == "x86_64-unknown-linux-gnu");
  REQUIRE(run.model.records.size() == 1);
  const Record& order = run.model.records[0];
  CHECK(order.id == "c:@S@Order");
  CHECK(order.size == 24);
  CHECK(order.align == 8);
  CHECK(order.where.file == "order.hpp");
  CHECK(order.reported);
  REQUIRE(order.slots.size() == 4);
  CHECK(order.slots[1].kind == SlotKind::Hole);
  CHECK(order.slots[3].members.size() == 2);
  CHECK(padding_of(order).holes == 7);
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].message == "'Order' wastes");
  CHECK(run.findings[0].bytes_saved == -3);
  CHECK(run.findings[0].instances == 7);
  CHECK(run.findings[0].state == FindingState::Known);
  Finding same;
  same.check = "padding";
  same.subject = "Order";
  CHECK(run.fingerprints[0] == fingerprint_of(same));
}

TEST_CASE("keys of newer reports are passed over") {
  CHECK(error_after([](json& report) { report["records"][0]["colour"] = "red"; }).empty());
}

TEST_CASE("what is no report is refused with the path of the mistake") {
  CHECK(error_after([](json& report) {
          report["schema"] = "snug-report/2";
        }).find("r.json: schema: is 'snug-report/2'") == 0);
  CHECK(error_after([](json& report) { report.erase("abi"); }) ==
        "r.json: the whole text: lacks the key 'abi'");
  CHECK(error_after([](json& report) { report["records"][0]["size"] = -1; }) ==
        "r.json: records[0].size: has to be a whole number that is not negative");
  CHECK(error_after([](json& report) { report["records"][0]["size"] = 8; }) ==
        "r.json: records[0].slots[2]: ends behind its record");
  CHECK(error_after([](json& report) {
          report["records"][0]["slots"][0]["kind"] = "gap";
        }).find("r.json: records[0].slots[0].kind: cannot be 'gap': it is one of field") == 0);
  CHECK(error_after([](json& report) {
          report["records"][0]["slots"][0]["offset_bits"] = std::uint64_t{1} << 63U;
        }) == "r.json: records[0].slots[0].offset_bits: is too large");
  CHECK(error_after([](json& report) { report["findings"][0]["location"] = 3; }) ==
        "r.json: findings[0].location: has to be an object");
  CHECK(error_after([](json& report) { report["findings"][0]["state"] = "old"; }) ==
        "r.json: findings[0].state: cannot be 'old': it is new or known");
  CHECK(error_after([](json& report) { report["units"][0]["status"] = "fine"; }) ==
        "r.json: units[0].status: cannot be 'fine'");
  CHECK(error_after([](json& report) { report["records"] = "x"; }) ==
        "r.json: records: has to be a list");
}
