#include "gate/baseline.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

Finding finding(std::string check, std::string subject) {
  Finding one;
  one.check = std::move(check);
  one.subject = std::move(subject);
  return one;
}

/// A fingerprint that shows what it is made of.
std::vector<std::string> prints(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& one : findings) out.push_back(one.check + "/" + one.subject);
  return out;
}

Model frozen_model(std::uint64_t price_at) {
  Model model =
      model_of({record("Order", 24,
                       {field("live", "bool", price_at == 0 ? 8 : 0, 1),
                        field("price", "double", price_at, 8), field("side", "Side", 16, 1)})});
  RecordRules rules;
  rules.record_id = model.records[0].id;
  rules.frozen = at("/project/order.hpp", 11);
  model.rules.records.push_back(rules);
  return model;
}

std::string reading_error(std::string_view text) {
  try {
    (void)read_baseline(text, "base.json");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a baseline knows its own run, and tells what is new and what is gone") {
  const Model model = model_of({});
  std::vector<Finding> before = {finding("padding", "A"), finding("padding", "A"),
                                 finding("odr-layout", "B")};
  const Baseline written = baseline_of(model, before, prints(before));
  const Baseline baseline = read_baseline(to_text(written), "base.json");
  CHECK(baseline.target == model.abi.target);
  CHECK(compare(baseline, prints(before), before).empty());
  CHECK(std::all_of(before.begin(), before.end(),
                    [](const Finding& one) { return one.state == FindingState::Known; }));

  std::vector<Finding> after = {finding("padding", "A"), finding("padding", "A"),
                                finding("padding", "A"), finding("padding", "C")};
  const auto gone = compare(baseline, prints(after), after);
  CHECK(after[0].state == FindingState::Known);
  CHECK(after[1].state == FindingState::Known);
  CHECK(after[2].state == FindingState::New);  // the third of two that are known
  CHECK(after[3].state == FindingState::New);
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].subject == "B");
}

TEST_CASE("baselines are compared as multisets") {
  CHECK(rc::check("known + new = findings, known + gone = baseline", [] {
    const auto subjects = rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5));
    const std::vector<int> before = *subjects;
    const std::vector<int> after = *subjects;
    const auto findings_of = [](const std::vector<int>& numbers) {
      std::vector<Finding> out;
      for (const int number : numbers) out.push_back(finding("padding", std::to_string(number)));
      return out;
    };
    const Model model = model_of({});
    const std::vector<Finding> old_findings = findings_of(before);
    const Baseline baseline =
        read_baseline(to_text(baseline_of(model, old_findings, prints(old_findings))), "base.json");
    std::vector<Finding> findings = findings_of(after);
    const auto gone = compare(baseline, prints(findings), findings);
    for (int subject = 0; subject < 5; ++subject) {
      const std::string name = std::to_string(subject);
      const auto known = std::count_if(findings.begin(), findings.end(), [&](const Finding& one) {
        return one.subject == name && one.state == FindingState::Known;
      });
      std::int64_t lost = 0;
      for (const KnownFinding& one : gone) {
        if (one.subject == name) lost += static_cast<std::int64_t>(one.count);
      }
      const auto was = std::count(before.begin(), before.end(), subject);
      const auto is = std::count(after.begin(), after.end(), subject);
      RC_ASSERT(known == std::min(was, is));
      RC_ASSERT(lost == was - std::min(was, is));
    }
  }));
}

TEST_CASE("the order of findings does not change the text of a baseline") {
  const Model model = model_of({});
  std::vector<Finding> findings = {finding("padding", "B"), finding("padding", "A"),
                                   finding("budget", "C")};
  const std::string text = to_text(baseline_of(model, findings, prints(findings)));
  std::reverse(findings.begin(), findings.end());
  CHECK(to_text(baseline_of(model, findings, prints(findings))) == text);
  CHECK(std::count(text.begin(), text.end(), '\n') == 7);  // one finding a line
}

TEST_CASE("a baseline keeps the layouts of frozen records") {
  const Model model = frozen_model(8);
  const Baseline baseline = read_baseline(to_text(baseline_of(model, {}, {})), "base.json");
  REQUIRE(baseline.frozen.size() == 1);
  CHECK(baseline.frozen[0].name == "Order");
  CHECK(baseline.frozen[0].layout.size == 24);
  CHECK(baseline.frozen[0].layout.slots.size() == model.records[0].slots.size());

  Model changed = frozen_model(0);
  agree(changed, baseline, changed.rules);
  CHECK(changed.rules.baseline_read);
  REQUIRE(changed.rules.records[0].agreed);
  CHECK(changed.rules.records[0].agreed->slots[0].name == "live");
  CHECK(vanished_frozen(baseline, changed).empty());
  changed.rules.records[0].frozen.reset();
  CHECK(vanished_frozen(baseline, changed) == std::vector<std::string>{"Order"});
}

TEST_CASE("what is no baseline is refused with the place of the mistake") {
  CHECK(reading_error("") == "base.json:1: this is no valid JSON; the text ends too early");
  CHECK(reading_error("{\n\"schema\": nul}").starts_with("base.json:2: "));
  CHECK(reading_error("[]") == "base.json: the whole text: has to be an object");
  CHECK(reading_error("{}") == "base.json: the whole text: lacks the key 'schema'");
  CHECK(reading_error(R"({"schema": "snug-report/1"})").find("--write-baseline") !=
        std::string::npos);
  const std::string start = R"({"schema": "snug-baseline/1", "target": "t", )";
  CHECK(reading_error(start + R"("findings": 3, "frozen": []})") ==
        "base.json: findings: has to be a list");
  CHECK(reading_error(start + R"("findings": [{"fingerprint": 1}], "frozen": []})") ==
        "base.json: findings[0].fingerprint: has to be a string");
  const std::string entry = R"({"fingerprint": "f", "check": "c", "level": "warning",
      "subject": "s", "count": )";
  CHECK(reading_error(start + R"("findings": [)" + entry + R"(-1}], "frozen": []})")
            .find("findings[0].count: has to be a whole number") != std::string::npos);
  CHECK(reading_error(start + R"("findings": [)" + entry + R"(0}], "frozen": []})")
            .find("cannot be 0") != std::string::npos);
  CHECK(reading_error(start + R"("findings": [)" + entry + R"(1e999}], "frozen": []})")
            .find("too large") != std::string::npos);
}
