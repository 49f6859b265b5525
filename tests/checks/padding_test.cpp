#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "analysis/threads/contention.hpp"
#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// 24 bytes as declared, 16 in the best order.
RecordDraft an_order() {
  return {.name = "Order", .fields = {chr("flag"), real("price"), int32("count")}};
}

std::vector<Finding> padding_findings(const RecordDraft& draft, const OptionValues& options = {}) {
  ModelBuilder builder;
  builder.add(draft);
  return builder.run("padding", options);
}

}  // namespace

TEST_CASE("padding: tells bytes, holes and the edit that saves them") {
  ModelBuilder builder;
  builder.add(an_order());
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  const Finding& finding = findings.front();
  CHECK(finding.check == "padding");
  CHECK(finding.level == Level::Warning);
  CHECK(finding.message ==
        "'Order' wastes 11 of 24 bytes on padding; reordering its fields saves 8");
  CHECK(finding.bytes_saved == 8);
  CHECK(finding.subject == "Order");
  CHECK(finding.needs_proof);
  CHECK_FALSE(finding.instances);
  CHECK(has_evidence(finding, "hole", "7 bytes of padding after 'flag'"));
  CHECK(has_evidence(finding, "tail-padding", "4 bytes of padding at the end"));
  REQUIRE_FALSE(finding.fixes.empty());
  CHECK(finding.fixes[0].safety == Safety::Safe);
  REQUIRE(finding.fixes[0].promise.sizes.size() == 1);
  CHECK(finding.fixes[0].promise.sizes[0].after == 16);
  // One field moved, and the declared order kept as long as that is possible.
  CHECK(builder.fixed(finding) ==
        "struct Order {\n  char flag;\n  int count;\n  double price;\n};\n\n");
}

TEST_CASE("padding: each fix has the words for its own size") {
  ModelBuilder builder;
  builder.add(an_order());
  Use use;
  use.kind = UseKind::BytesIo;
  use.record_id = builder.record("Order").id;
  use.where.file = "/project/other.cpp";
  use.where.line = 7;
  builder.model().uses.push_back(use);
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  const Finding& finding = findings.front();
  for (const SuggestedFix& fix : finding.fixes) {
    REQUIRE(fix.words);
    const SizeChange& size = fix.promise.sizes.at(0);
    CHECK(fix.words->bytes_saved == static_cast<std::int64_t>(size.before - size.after));
    CHECK(fix.words->message.find(fmt::format("saves {}", size.before - size.after)) !=
          std::string::npos);
    Finding spoken;
    speak_for(fix, spoken);
    CHECK(has_evidence(spoken, "hole", "7 bytes of padding after 'flag'"));
    CHECK(has_evidence(spoken, "hazard", ""));
  }
  CHECK(finding.message == finding.fixes.at(0).words->message);
}

TEST_CASE("padding: counts the instances that arrays tell") {
  ModelBuilder builder;
  builder.add(an_order());
  FieldDraft array = of_record(builder.record("Order"), "orders");
  array.type = "Order[100]";
  array.size *= 100;
  const auto change = array.change;
  array.change = [change](Slot& slot) {
    change(slot);
    slot.array_elements = 100;
  };
  builder.add({.name = "Book", .fields = {array}});
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].instances == 100U);
  CHECK(has_evidence(findings[0], "instances", "'Book::orders' holds 100 of them"));
}

TEST_CASE("padding: a hazard sets the safety and is evidence") {
  ModelBuilder builder;
  builder.add(an_order());
  Use use;
  use.kind = UseKind::BytesIo;
  use.record_id = builder.record("Order").id;
  use.where.file = "/project/other.cpp";
  use.where.line = 7;
  builder.model().uses.push_back(use);
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes.at(0).safety == Safety::Abi);
  CHECK(has_evidence(findings[0], "hazard", ""));
}

TEST_CASE("padding: silent where no order is smaller") {
  CHECK(padding_findings({.name = "S", .fields = {chr("a"), real("b")}}).empty());
  CHECK(padding_findings({.name = "S", .fields = {real("b"), int32("a"), chr("c")}}).empty());
}

TEST_CASE("padding: silent below the threshold, unless a line is saved") {
  const RecordDraft small{.name = "S", .fields = {chr("a"), int32("b"), chr("c")}};
  CHECK(padding_findings(small).empty());
  CHECK(padding_findings(small, {{"padding.min-bytes", 4}}).size() == 1);
  // 68 bytes in two lines, 64 in one.
  RecordDraft long_one{.name = "L", .fields = {chr("a")}};
  for (int i = 0; i < 15; ++i) long_one.fields.push_back(int32(fmt::format("f{}", i)));
  long_one.fields.push_back(chr("b"));
  CHECK(padding_findings(long_one).size() == 1);
}

TEST_CASE("padding: silent for packed records") {
  RecordDraft draft = an_order();
  draft.change = [](Record& record) { record.traits.packed = true; };
  CHECK(padding_findings(draft).empty());
  draft.change = [](Record& record) { record.traits.pragma_pack = true; };
  CHECK(padding_findings(draft).empty());
}

TEST_CASE("padding: silent for fields that alignas sets apart") {
  RecordDraft draft = an_order();
  draft.fields.push_back({"long", "head", 8, 8, [](Slot& slot) {
                            slot.explicit_align = true;
                            slot.align_bits = 8 * 64;
                          }});
  CHECK(padding_findings(draft).empty());
}

TEST_CASE("padding: silent for a wrapper with a line of its own, not for a SIMD type") {
  ModelBuilder builder;
  builder.add({.name = "Padded", .fields = {real("value")}, .align = 64});
  RecordDraft draft = an_order();
  draft.fields.push_back(of_record(builder.record("Padded"), "head"));
  builder.add(draft);
  CHECK(builder.run("padding").empty());

  RecordDraft simd = an_order();
  simd.fields.push_back({"__m512", "lanes", 64, 64});
  simd.fields.push_back(real("other"));
  // 64 + 24 + 8 in the best order, 192 as declared.
  CHECK(padding_findings(simd).size() == 1);
}

TEST_CASE("padding: silent for records with fields that take room on purpose") {
  for (const char* name : {"pad", "_pad0", "reserved", "reserved_", "m_unused", "padding1"}) {
    RecordDraft draft = an_order();
    draft.fields.push_back({"char[3]", name, 3, 1});
    CHECK(padding_findings(draft).empty());
  }
  RecordDraft draft = an_order();
  draft.fields.push_back({"double", "pad", 8, 8});
  CHECK(padding_findings(draft).size() == 1);
}

TEST_CASE("padding: silent about padding inside a member") {
  ModelBuilder builder;
  builder.add({.name = "Inner", .fields = {real("a"), chr("b")}, .change = [](Record& record) {
                 record.reported = false;
               }});
  builder.add({.name = "Outer", .fields = {of_record(builder.record("Inner"), "inner")}});
  CHECK(builder.run("padding").empty());
}

TEST_CASE("padding: silent for records from macros and outside the project") {
  RecordDraft draft = an_order();
  draft.change = [](Record& record) { record.traits.from_macro = true; };
  CHECK(padding_findings(draft).empty());
  draft.change = [](Record& record) { record.reported = false; };
  CHECK(padding_findings(draft).empty());
}

TEST_CASE("padding: fields from a macro give a note without an order") {
  RecordDraft draft = an_order();
  draft.fields[1].change = [](Slot& slot) { slot.from_macro = true; };
  const auto findings = padding_findings(draft);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].fixes[0].reasons == std::vector<std::string>{"'price' comes out of a macro"});
}

TEST_CASE("padding: fields do not change access") {
  RecordDraft draft = an_order();
  draft.fields[1].change = [](Slot& slot) { slot.access = Access::Private; };
  CHECK(padding_findings(draft).empty());
}

TEST_CASE("padding: nothing crosses a zero-width bit-field") {
  RecordDraft draft = an_order();
  draft.change = [](Record& record) { record.traits.bit_field_wall = true; };
  for (const std::size_t wall : {std::size_t{1}, std::size_t{2}}) {
    draft.fields[1].change = draft.fields[2].change = {};
    draft.fields[wall].change = [](Slot& slot) { slot.after_zero_width = true; };
    const auto findings = padding_findings(draft);
    REQUIRE(findings.size() == 1);
    const auto& order = findings[0].fixes[0].promise.order;
    CHECK((wall == 1 ? order.front() == "flag" : order.back() == "count"));
  }
}

TEST_CASE("padding: fields are ordered within the lines that others keep") {
  const auto apart = [](std::string name) {
    return FieldDraft{"long", std::move(name), 8, 8, [](Slot& slot) {
                        slot.explicit_align = true;
                        slot.align_bits = 512;
                      }};
  };
  RecordDraft draft{.name = "Shared", .fields = {chr("a")}};
  for (int i = 0; i < 7; ++i) draft.fields.push_back(real(fmt::format("f{}", i)));
  draft.fields.push_back(chr("b"));
  draft.fields.push_back(apart("hot"));
  draft.fields.push_back(chr("c"));
  const auto findings = padding_findings(draft);
  REQUIRE(findings.size() == 1);
  const auto& order = findings[0].fixes[0].promise.order;
  CHECK(order.at(order.size() - 2) == "hot");
  CHECK(order.back() == "c");
  CHECK(findings[0].fixes[0].promise.sizes.at(0).after == 128);
}

TEST_CASE("padding: few objects make a note, and the finding says which") {
  ModelBuilder builder;
  const std::string id = builder.add(an_order());
  CHECK(builder.run("padding").at(0).level == Level::Warning);
  Holding one;
  one.record_id = id;
  one.place = HoldingPlace::Global;
  one.name = "last";
  one.where.file = "/project/a.cpp";
  one.where.line = 3;
  builder.model().holdings.push_back(one);
  auto findings = builder.run("padding");
  CHECK(findings.at(0).level == Level::Note);
  CHECK(findings[0].few);
  CHECK(has_evidence(findings[0], "held", "few objects were seen: 'last' holds one"));
  one.kind = HoldingKind::Container;
  one.holder = "std::vector";
  builder.model().holdings.push_back(one);
  findings = builder.run("padding");
  CHECK(findings.at(0).level == Level::Warning);
  CHECK(has_evidence(findings[0], "held", "'last' holds them in a std::vector"));
  const auto& words = findings[0].fixes.at(0).words;
  REQUIRE(words);
  CHECK(std::any_of(words->evidence.begin(), words->evidence.end(),
                    [](const Evidence& said) { return said.kind == "held"; }));
}

TEST_CASE("padding: an alignment that is not certain gives nothing") {
  RecordDraft draft = an_order();
  draft.fields[0].change = [](Slot& slot) { slot.align_certain = false; };
  CHECK(padding_findings(draft).empty());
}

TEST_CASE("padding: two contended fields never come onto one line") {
  const auto atomic = [](std::string name) {
    return FieldDraft{"std::atomic<long>", std::move(name), 8, 8,
                      [](Slot& slot) { slot.is_atomic = true; }};
  };
  RecordDraft draft{.name = "Queue", .fields = {atomic("head"), chr("a")}};
  for (int i = 0; i < 7; ++i) draft.fields.push_back(real(fmt::format("f{}", i)));
  draft.fields.push_back(chr("b"));
  draft.fields.push_back(atomic("tail"));
  ModelBuilder builder;
  builder.add(draft);
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  const Record& record = builder.record("Queue");
  const auto spec = spec_of(record, builder.model());
  REQUIRE(spec);
  for (const SuggestedFix& fix : findings[0].fixes) {
    std::vector<std::uint32_t> order;
    for (const std::string& name : fix.promise.order) {
      for (std::uint32_t i = 0; i < draft.fields.size(); ++i) {
        if (draft.fields[i].name == name) order.push_back(i);
      }
    }
    const Placement placement = lay_out(*spec, builder.model().abi, order);
    const std::uint64_t head = placement.offset_bits.front();
    const std::uint64_t tail = placement.offset_bits.back();
    CHECK(shared_line_share(head, head + 64, tail, tail + 64, record.align, 64) == 0);
  }
}

TEST_CASE("padding: an order has to help one instantiation and harm none") {
  const auto draft = [](const char* name, std::uint64_t size) {
    return RecordDraft{
        .name = name,
        .fields = {{"T", "value", size, size}, real("sum"), {"T", "last", size, size}},
        .change = [](Record& record) {
          record.template_id = "c:@ST>1#T@Box";
          record.template_name = "Box";
          record.where = {};
          record.where.file = "/project/types.hpp";
        }};
  };
  ModelBuilder builder;
  builder.add(draft("Box_char", 1));
  builder.add(draft("Box_double", 8));
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message ==
        "'Box_char' wastes 14 of 24 bytes on padding; reordering its fields saves 8");
  CHECK(findings[0].subject == "Box");
  REQUIRE(findings[0].fixes[0].promise.sizes.size() == 2);
}

TEST_CASE("padding: the tail of a base counts") {
  ModelBuilder builder;
  builder.add({.name = "Base", .fields = {real("a"), int32("b")}});
  REQUIRE(builder.record("Base").data_size == 12);
  // The int fits into the tail of the base: 32 bytes as declared, 24 with it first.
  builder.add({.name = "Derived", .fields = {real("x"), int32("y")}, .bases = {"Base"}});
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].bytes_saved == 8);
  CHECK(findings[0].fixes[0].promise.order == std::vector<std::string>{"y", "x"});
}

TEST_CASE("padding: a type with another layout in other units is judged by each, and not edited") {
  const RecordDraft small = {.name = "Order", .fields = {chr("flag"), real("price"), chr("kind")}};
  const RecordDraft large = {
      .name = "Order",
      .fields = {chr("flag"), real("price"), chr("kind"), real("trace"), chr("level")}};
  const RecordDraft tight = {.name = "Order", .fields = {real("price"), chr("flag"), chr("kind")}};
  struct Row {
    RecordDraft first, second;
    const char* message;
    const char* other;
  };
  const Row rows[] = {
      {small, large, "'Order' wastes 14 of 24 bytes on padding; reordering its fields saves 8",
       "in a.cpp with -DTRACE it has 40 bytes, 21 of them padding; reordering saves 16"},
      {tight, large, "'Order' wastes 21 of 40 bytes on padding; reordering its fields saves 16",
       "in a.cpp it has 16 bytes, 6 of them padding"},
      {small, tight, "'Order' wastes 14 of 24 bytes on padding; reordering its fields saves 8",
       "in a.cpp with -DTRACE it has 16 bytes, 6 of them padding"},
  };
  for (const Row& row : rows) {
    INFO(row.message << " / " << row.other);
    ModelBuilder builder;
    builder.model().units.clear();
    builder.add_unit("/project/a.cpp", {"-std=c++20"});
    builder.add_unit("/project/a.cpp", {"-std=c++20", "-DTRACE"});
    builder.add(row.first);
    ModelBuilder second;
    second.add(row.second);
    Record other = second.record("Order");
    other.units = {1};
    builder.add_conflict(other);
    const auto findings = builder.run("padding");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].message == row.message);
    CHECK(findings[0].level == Level::Warning);
    CHECK(has_evidence(findings[0], "layout", row.other));
    REQUIRE(findings[0].fixes.size() == 1);
    CHECK(findings[0].fixes[0].safety == Safety::Refused);
    CHECK(findings[0].fixes[0].edits.empty());
    CHECK_FALSE(findings[0].needs_proof);
    REQUIRE(findings[0].fixes[0].reasons.size() == 1);
    CHECK(findings[0].fixes[0].reasons[0].find("its layout differs between units: ") == 0);
    CHECK(findings[0].fixes[0].reasons[0].find("a.cpp with -DTRACE") != std::string::npos);
  }
  // The same layout twice is none of this: a copy of the text.
  ModelBuilder builder;
  builder.add(small);
  builder.add_conflict(builder.record("Order"));
  const auto findings = builder.run("padding");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes[0].safety != Safety::Refused);
}
