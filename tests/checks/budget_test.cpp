#include <catch2/catch.hpp>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

SourceRange at(std::string file, std::uint32_t line, std::uint32_t column = 1) {
  SourceRange where;
  where.file = std::move(file);
  where.line = line;
  where.column = column;
  return where;
}

/// 24 bytes with 7 + 3 bytes of padding.
const RecordDraft draft = {.name = "Order",
                           .fields = {chr("live"), real("price"), int32("count"), chr("side")}};

struct Budgeted : ModelBuilder {
  Budgeted() { add(draft); }
  RecordRules& rules() {
    if (model().rules.records.empty()) {
      model().rules.records.push_back({});
      model().rules.records[0].record_id = record("Order").id;
    }
    return model().rules.records[0];
  }
};

Limit limit(std::uint64_t most) {
  return {most, at("/p/.snug.toml", 3)};
}

}  // namespace

TEST_CASE("budget: limits that hold are silent, one byte less is a finding") {
  Budgeted builder;
  builder.rules().max_size = limit(24);
  builder.rules().max_padding = limit(10);
  builder.rules().max_lines = limit(1);
  CHECK(builder.run("budget").empty());
  builder.rules().max_size = limit(23);
  std::vector<Finding> findings = builder.run("budget");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message == "'Order' is 24 bytes, 1 over its 23-byte budget");
  CHECK(has_evidence(findings[0], "limit", "budget declared here"));
  CHECK(has_evidence(findings[0], "member", "'price' (double) takes 8 bytes"));
  CHECK(has_evidence(findings[0], "hole", "10 bytes of it are padding"));
  builder.rules().max_size.reset();
  builder.rules().max_padding = limit(9);
  findings = builder.run("budget");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message == "'Order' has 10 bytes of padding, 1 over its 9-byte budget");
  CHECK(has_evidence(findings[0], "hole", "7 bytes after 'live'"));
  CHECK(has_evidence(findings[0], "tail-padding", "3 bytes at the end"));
}

TEST_CASE("budget: lines are those of the target") {
  Budgeted builder;
  builder.rules().max_lines = limit(1);
  builder.model().abi.cache_line_bytes = 16;
  const std::vector<Finding> findings = builder.run("budget");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message == "'Order' (24 bytes) takes 2 cache lines, its budget is 1");
  CHECK(has_evidence(findings[0], "member", "'count' ends at byte 20"));
}

TEST_CASE("budget: a group on two lines is a finding at its first field") {
  Budgeted builder;
  builder.model().abi.cache_line_bytes = 16;
  builder.rules().groups = {"", "", "g", "g", "", ""};  // live, hole, price, count, side, tail
  const std::vector<Finding> findings = builder.run("budget");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message == "the group 'g' of 'Order' is on 2 cache lines, from byte 8 to 20");
  builder.rules().groups = {"", "", "", "g", "g", ""};
  CHECK(builder.run("budget").empty());
}

TEST_CASE("budget: a frozen layout that changed is told slot by slot") {
  Budgeted builder;
  builder.rules().frozen = at("/p/a.hpp", 1);
  CHECK(builder.run("budget").empty());  // no baseline, nothing to compare with
  builder.model().rules.baseline_read = true;
  std::vector<Finding> findings = builder.run("budget");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);

  const Record now = builder.record("Order");
  builder.rules().agreed = AgreedLayout{now.size, now.align, now.slots};
  CHECK(builder.run("budget").empty());
  builder.rules().agreed->slots[0].name = "alive";  // another name is no change of layout
  CHECK(builder.run("budget").empty());
  builder.rules().agreed->slots[2].extent.offset_bits = 0;
  builder.rules().agreed->slots[0].extent.offset_bits = 64;
  builder.rules().agreed->slots[0].name = "live";
  builder.rules().agreed->size = 16;
  findings = builder.run("budget");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "the layout of 'Order' is frozen and has changed: 24 bytes instead of 16");
  CHECK(has_evidence(findings[0], "member", "'price' moved from byte 0 to byte 8"));
}
