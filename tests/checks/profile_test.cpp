// What the counts of a run change for the checks that go by them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

#include "support/element_model.hpp"
#include "support/model_builder.hpp"
#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// The counts of one record: by name of the field.
RecordAccesses counts(const Record& record, const std::map<std::string, Accesses>& fields) {
  RecordAccesses made{record.id, std::vector<Accesses>(record.slots.size())};
  for (std::size_t i = 0; i < record.slots.size(); ++i) {
    const auto field = fields.find(record.slots[i].name);
    if (field != fields.end()) made.slots[i] = field->second;
  }
  return made;
}

AccessProfile profile_of(std::vector<RecordAccesses> records) {
  std::sort(records.begin(), records.end(), [](const RecordAccesses& a, const RecordAccesses& b) {
    return a.record_id < b.record_id;
  });
  return {std::move(records)};
}

/// { double price; char client[120]; double quantity; char comment[120]; } with a loop over all.
ElementModel counted_orders() {
  ElementModel model;
  model.record = model.builder.add({.name = "Order",
                                    .fields = {real("price"),
                                               {"char [120]", "client", 120, 1},
                                               real("quantity"),
                                               {"char [120]", "comment", 120, 1}}});
  const auto loop = model.loop();
  for (const char* field : {"price", "client", "quantity", "comment"}) model.touch(loop, field);
  return model;
}

ElementModel counted_particles() {
  ElementModel model;
  model.record = model.builder.add(
      {.name = "Particle",
       .fields = {real("x"), real("y"), real("mass"), real("charge"), real("spin"), real("age")},
       .change = [](Record& r) { r.traits.aggregate = true; }});
  return model;
}

RecordDraft wasteful(const std::string& name) {
  return {.name = name, .fields = {chr("live"), real("price"), chr("hidden")}};
}

}  // namespace

TEST_CASE("profile: hot-cold goes by the counts where the loops touch everything") {
  ElementModel model = counted_orders();
  CHECK(model.builder.run("hot-cold").empty());
  const Record& order = model.builder.record("Order");
  const AccessProfile profile = profile_of(
      {counts(order, {{"price", {90, 10}}, {"quantity", {25, 0}}, {"client", {24, 0}}})});
  const auto findings = model.builder.run("hot-cold", {}, profile);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "'Order' has 256 bytes on 4 lines; the profiled run loads 2 lines of it for 'price' and "
        "'quantity' (16 bytes), which fit in 1");
  CHECK(has_evidence(findings[0], "cold",
                     "seldom or never touched in the profiled run: 'client' and 'comment'"));
  CHECK(has_evidence(findings[0], "profile",
                     "profile: 'price' read 90 times, written 10 times; 'quantity' read 25 times; "
                     "'client' read 24 times"));
  CHECK(findings[0].observed == Accesses{139, 10});
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].promise.order ==
        std::vector<std::string>{"price", "quantity", "client", "comment"});
}

TEST_CASE("profile: hot-cold is silent where the counts say that cold fields are hot") {
  ElementModel model;
  model.record = counted_orders().record;
  model = counted_orders();
  model.function().accesses.clear();
  model.touch(0, "price");
  model.touch(0, "quantity");
  REQUIRE(model.builder.run("hot-cold").size() == 1);
  const Record& order = model.builder.record("Order");
  const Accesses often{100, 0};
  CHECK(
      model.builder
          .run(
              "hot-cold", {},
              profile_of({counts(
                  order,
                  {{"price", often}, {"client", often}, {"quantity", often}, {"comment", often}})}))
          .empty());
  // Counts of zero, and those of other records, tell nothing.
  const auto untouched = model.builder.run("hot-cold", {}, profile_of({counts(order, {})}));
  REQUIRE(untouched.size() == 1);
  CHECK(untouched[0].level == Level::Note);
  CHECK(untouched[0].message.find("its loops load") != std::string::npos);
  CHECK_FALSE(model.builder.run("hot-cold", {}, profile_of({{"other", {often}}}))[0].observed);
}

TEST_CASE("profile: soa-candidate uses visits, an update is one of them") {
  ElementModel model = counted_particles();
  const auto loop = model.loop();
  for (const char* field : {"x", "y", "mass", "charge", "spin", "age"}) model.touch(loop, field);
  CHECK(model.builder.run("soa-candidate").empty());
  const Record& particle = model.builder.record("Particle");
  const auto run = [&](const std::map<std::string, Accesses>& fields) {
    return model.builder.run("soa-candidate", {}, profile_of({counts(particle, fields)}));
  };
  const auto findings = run({{"mass", {100, 100}}, {"x", {50, 0}}});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "the profiled run uses 12 of the 48 bytes of a 'Particle' that it visits: 'x' and 'mass'");
  CHECK(has_evidence(findings[0], "unused",
                     "the profile counted no access to 'y', 'charge', 'spin' and 'age'"));
  CHECK(run({{"x", {9, 0}}, {"y", {9, 0}}, {"mass", {9, 0}}}).size() == 1);
  CHECK(run({{"x", {9, 0}}, {"y", {9, 0}}, {"mass", {9, 0}}, {"age", {1, 0}}}).empty());
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  CHECK(run({{"x", {most, most}}, {"y", {most / 2, 0}}}).size() == 1);
}

TEST_CASE("profile: a record that the run seldom touches stays a note") {
  ElementModel model = counted_particles();
  model.touch(model.loop(), "mass");
  model.builder.add(wasteful("Busy"));
  const Record& particle = model.builder.record("Particle");
  const Record& busy = model.builder.record("Busy");
  const auto level = [&](std::uint64_t reads) {
    return model.builder
        .run("soa-candidate", {},
             profile_of(
                 {counts(particle, {{"mass", {reads, 0}}}), counts(busy, {{"price", {1000, 0}}})}))
        .at(0)
        .level;
  };
  CHECK(level(99) == Level::Note);
  CHECK(level(100) == Level::Warning);
}

TEST_CASE("profile: findings of padding come in the order of the counts, then by place") {
  ModelBuilder builder;
  for (const char* name : {"A", "B", "C", "D"}) builder.add(wasteful(name));
  const auto names = [&](const AccessProfile& profile) {
    std::string all;
    for (const Finding& finding : builder.run("padding", {}, profile)) all += finding.subject;
    return all;
  };
  CHECK(names({}) == "ABCD");
  const AccessProfile profile = profile_of({counts(builder.record("C"), {{"price", {5, 5}}}),
                                            counts(builder.record("D"), {{"live", {0, 11}}})});
  CHECK(names(profile) == "DCAB");
  const auto findings = builder.run("padding", {}, profile);
  CHECK(findings[0].observed == Accesses{0, 11});
  CHECK_FALSE(findings[2].observed);
  // The proof may let the finding speak for another fix.
  Finding finding = findings[0];
  REQUIRE_FALSE(finding.fixes.empty());
  speak_for(finding.fixes.front(), finding);
  CHECK(has_evidence(finding, "profile", "'live' written 11 times"));
}

TEST_CASE("profile: false-sharing counts the accesses to the fields that it is about") {
  const TextUnit unit(
      "#include <thread>\nstruct Totals { long a; long b; long seldom; };\n"
      "void first(Totals& t) { for (int i = 0; i < 1000000; ++i) ++t.a; }\n"
      "void second(Totals& t) { for (int i = 0; i < 1000000; ++i) ++t.b; }\n"
      "int main() {\n  Totals t{};\n  std::thread one(first, std::ref(t));\n"
      "  std::thread two(second, std::ref(t));\n  one.join();\n  two.join();\n}\n");
  const Model model = merge({unit.scan()});
  const auto totals = std::find_if(model.records.begin(), model.records.end(),
                                   [](const Record& record) { return record.name == "Totals"; });
  REQUIRE(totals != model.records.end());
  std::vector<const Check*> checks;
  for (const Check* check : all_checks()) {
    if (check->id == "false-sharing") checks.push_back(check);
  }
  const AccessProfile profile =
      profile_of({counts(*totals, {{"a", {7, 7}}, {"b", {1, 2}}, {"seldom", {100, 0}}})});
  const auto findings = run_checks(checks, model, DiskFiles(), {}, profile);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].observed == Accesses{8, 9});
  CHECK(has_evidence(findings[0], "profile",
                     "'a' read 7 times, written 7 times; 'b' read 1 time, written 2 times"));
}
