#include "report/diff.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/hand_made.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;

namespace {

RunDiff example() {
  RunDiff diff;
  diff.target = "x86_64-unknown-linux-gnu";
  diff.before = {10, 800, 90, 0};
  diff.after = {11, 816, 98, 1};
  RecordDiff grew;
  grew.kind = RecordDiff::Kind::Grew;
  grew.before = {"market::Order", at("order.hpp", 12), 56, 8, 25};
  grew.after = {"market::Order", at("order.hpp", 14), 64, 8, 25};
  SlotChange added;
  added.kind = SlotChange::Kind::Added;
  added.after = field("trigger", "double", 56, 8);
  grew.slots = {added};
  RecordDiff appeared;
  appeared.kind = RecordDiff::Kind::Appeared;
  appeared.after = {"V<a|b> *x* <script> @you `t`", {}, 8, 8, 0};
  diff.records = {grew, appeared};
  diff.has_findings = true;
  Finding finding;
  finding.check = "padding";
  finding.where = at("order.hpp", 14, 8);
  finding.message = "'market::Order' wastes";
  diff.new_findings = {finding};
  diff.new_fingerprints = {"0123456789abcdef"};
  return diff;
}

template <class Write>
std::string written_diff(const RunDiff& diff, const Write& write) {
  std::ostringstream out;
  write(DiffReport{"old.json", "new.json", &diff}, out);
  return out.str();
}

}  // namespace

TEST_CASE("a difference as text: a line for each record, its slots below, totals at the end") {
  const std::string text = written_diff(example(), [](const DiffReport& report, std::ostream& out) {
    write_diff_text(report, false, out);
  });
  CHECK(text ==
        "grew          +8  market::Order  56 -> 64 bytes  order.hpp:14\n"
        "                  'trigger' is new: 8 bytes at byte 56\n"
        "appeared      +8  V<a|b> *x* <script> @you `t`  8 bytes\n"
        "order.hpp:14:8: new warning: 'market::Order' wastes [padding]\n"
        "10 -> 11 records, 800 -> 816 bytes (+16), 90 -> 98 of padding (+8)\n"
        "findings: 1 new, 0 gone\n");
}

TEST_CASE("a difference as JSON keeps to its schema") {
  const std::string text = written_diff(example(), write_diff_json);
  CHECK(diff_schema_error(text).empty());
  const auto json = nlohmann::json::parse(text);
  CHECK(json["schema"] == "snug-diff/1");
  CHECK(json["records"][0]["growth"] == 8);
  CHECK(json["records"][0]["slots"][0]["before"].is_null());
  CHECK(json["records"][0]["slots"][0]["after"]["name"] == "trigger");
  CHECK(json["records"][1]["before"].is_null());
  CHECK(json["findings"]["new"].size() == 1);
  auto wrong = json;
  wrong["records"][0]["kind"] = "exploded";
  CHECK(diff_schema_error(wrong.dump()) != "");
  RunDiff models = example();
  models.has_findings = false;
  const std::string without = written_diff(models, write_diff_json);
  CHECK(diff_schema_error(without).empty());
  CHECK(nlohmann::json::parse(without)["findings"].is_null());
}

TEST_CASE("in Markdown another alignment is told, and no character of a long name is cut in two") {
  RunDiff diff = example();
  diff.records[0].after.align = 16;
  // Two bytes a character, the limit of 300 bytes amid one of them.
  std::string name = "x";
  for (int i = 0; i < 200; ++i) name += "\xc3\xa4";
  diff.records[1].after.name = name;
  const std::string text = written_diff(diff, write_diff_markdown);
  CHECK(text.find("aligned to 16 bytes, was 8") != std::string::npos);
  CHECK(text.find(name.substr(0, 299) + "...") != std::string::npos);
}

TEST_CASE("in Markdown no name can break the table or become markup") {
  const std::string text = written_diff(example(), write_diff_markdown);
  CHECK(text.find("### Layouts: 1 grew, 0 shrank, 1 appeared, 0 vanished") == 0);
  CHECK(text.find("<script>") == std::string::npos);
  // Every row of the table has the same number of bars that are not escaped.
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("|")) continue;
    std::size_t bars = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
    }
    INFO(line);
    CHECK(bars == 7);
  }
}

TEST_CASE("long tables are cut with the number of rows that are missing") {
  RunDiff diff = example();
  diff.records.resize(1);
  for (int i = 0; i < 99; ++i) diff.records.push_back(diff.records[0]);
  const std::string text = written_diff(diff, write_diff_markdown);
  CHECK(text.find("... and 40 more types.") != std::string::npos);
  RunDiff nothing;
  CHECK(written_diff(nothing, write_diff_markdown).find("No layout changed.") != std::string::npos);
}
