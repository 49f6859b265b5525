#include <catch2/catch.hpp>

#include <algorithm>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

FieldDraft of_enum(std::string name) {
  return {"Side", std::move(name), 4, 4, [](Slot& slot) { slot.enumeration = "/p/e.hpp:5"; }};
}

Enumeration side() {
  Enumeration result;
  result.id = "/p/e.hpp:5";
  result.usr = "c:@E@Side";
  result.name = "Side";
  result.underlying = "int";
  result.where.file = result.type_text.file = "/p/e.hpp";
  result.where.line = result.type_text.line = 1;
  result.where.begin = 5;
  result.type_text.begin = result.type_text.end = result.where.end = 9;
  result.size = result.align = 4;
  result.count = 2;
  result.greatest = 1;
  result.scoped = true;
  return result;
}

/// A record that shrinks from 8 to 2 bytes.
ModelBuilder order(Enumeration enumeration = side()) {
  ModelBuilder builder;
  builder.model().enumerations.push_back(std::move(enumeration));
  builder.add({.name = "Order", .fields = {of_enum("side"), chr("venue")}});
  return builder;
}

void use(ModelBuilder& builder, EnumUseKind kind, std::int64_t value = 0) {
  EnumUse added;
  added.enumeration = "/p/e.hpp:5";
  added.kind = kind;
  added.value = value;
  added.where.file = "/p/use.cpp";
  added.where.line = 7;
  builder.model().enum_uses.push_back(added);
}

}  // namespace

TEST_CASE("enum-size: names the record that shrinks and edits the enumeration") {
  ModelBuilder builder = order();
  // Of a library's type nobody knows how many there are.
  CHECK(builder.run("enum-size").at(0).level == Level::Warning);
  Holding many;
  many.record_id = builder.model().records.at(0).id;
  builder.model().holdings.push_back(many);
  Holding& held = builder.model().holdings.back();
  held.place = HoldingPlace::Global;
  CHECK(builder.run("enum-size").at(0).level == Level::Note);
  held.kind = HoldingKind::Array;
  held.count = 16;
  CHECK(builder.run("enum-size").at(0).level == Level::Note);
  held.count = 17;
  CHECK(builder.run("enum-size").at(0).level == Level::Warning);
  held.kind = HoldingKind::Container;
  builder.model().enumerations.at(0).fixed = true;
  CHECK(builder.run("enum-size").at(0).level == Level::Note);
  builder.model().enumerations.at(0).fixed = false;
  const auto findings = builder.run("enum-size");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "the 2 values of 'Side' fit 1 byte, but it takes 4 bytes; as 'unsigned char' it makes "
        "'Order' 2 bytes instead of 8");
  CHECK(findings[0].bytes_saved == 6);
  CHECK(findings[0].needs_proof);
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].safety == Safety::Safe);
  CHECK(findings[0].fixes[0].promise.sizes.at(0).after == 2);
  REQUIRE(findings[0].fixes[0].edits.size() == 1);
  CHECK(findings[0].fixes[0].edits[0].text == " : unsigned char");
}

TEST_CASE("enum-size: the narrowest type that holds the values, with a sign where one is needed") {
  Enumeration enumeration = side();
  enumeration.least = -128;
  enumeration.greatest = 127;
  CHECK(order(enumeration).run("enum-size").at(0).fixes.at(0).edits.at(0).text == " : signed char");
  enumeration.greatest = 128;
  CHECK(order(enumeration).run("enum-size").at(0).fixes.at(0).edits.at(0).text == " : short");
  enumeration.least = 0;
  enumeration.greatest = 255;
  enumeration.standard_integers = true;
  CHECK(order(enumeration).run("enum-size").at(0).fixes.at(0).edits.at(0).text ==
        " : std::uint8_t");
  enumeration.greatest = 256;
  CHECK(order(enumeration).run("enum-size").at(0).fixes.at(0).edits.at(0).text ==
        " : std::uint16_t");
  enumeration.greatest = 65536;
  CHECK(order(enumeration).run("enum-size").empty());
}

TEST_CASE("enum-size: a written type is replaced, opaque declarations too") {
  Enumeration definition = side();
  definition.fixed = true;
  definition.type_text.begin = 12;
  definition.type_text.end = 15;
  Enumeration ahead = definition;
  ahead.opaque = true;
  ahead.count = 0;
  ahead.id = "/p/fwd.hpp:5";
  ahead.type_text.file = "/p/fwd.hpp";
  ModelBuilder builder = order(definition);
  builder.model().enumerations.push_back(ahead);
  const auto findings = builder.run("enum-size");
  REQUIRE(findings.size() == 1);
  REQUIRE(findings[0].fixes[0].edits.size() == 2);
  CHECK(findings[0].fixes[0].edits[0].text == "unsigned char");
  CHECK(findings[0].fixes[0].edits[1].file == "/p/fwd.hpp");
}

TEST_CASE("enum-size: two fields of one enumeration count together") {
  ModelBuilder builder;
  builder.model().enumerations.push_back(side());
  builder.add({.name = "Cell", .fields = {of_enum("ink"), of_enum("paper")}});
  const auto findings = builder.run("enum-size");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].bytes_saved == 6);
  CHECK(has_evidence(findings[0], "member", "'paper' of 'Cell'"));
}

TEST_CASE("enum-size: silent where nothing shrinks, or by less than the least") {
  ModelBuilder builder;
  builder.model().enumerations.push_back(side());
  builder.add({.name = "Task", .fields = {real("when"), of_enum("phase")}});
  CHECK(builder.run("enum-size").empty());
  CHECK(order().run("enum-size", {{"enum-size.min-bytes", 7}}).empty());
}

TEST_CASE("enum-size: silent where the width is an interface") {
  Enumeration linked = side();
  linked.c_linkage = true;
  CHECK(order(linked).run("enum-size").empty());
  Enumeration exact = side();
  exact.exact = true;
  CHECK(order(exact).run("enum-size").empty());
  Enumeration marked = side();
  marked.attribute = true;
  CHECK(order(marked).run("enum-size").empty());
  ModelBuilder called = order();
  use(called, EnumUseKind::Linkage);
  CHECK(called.run("enum-size").empty());
}

TEST_CASE("enum-size: silent where values beyond the enumerators are made") {
  ModelBuilder complemented = order();
  use(complemented, EnumUseKind::Complement);
  CHECK(complemented.run("enum-size").empty());
  ModelBuilder outside = order();
  use(outside, EnumUseKind::ConstantCast, 256);
  CHECK(outside.run("enum-size").empty());
  ModelBuilder negative = order();
  use(negative, EnumUseKind::ConstantCast, -1);
  CHECK(negative.run("enum-size").empty());
  ModelBuilder inside = order();
  use(inside, EnumUseKind::ConstantCast, 255);
  CHECK(inside.run("enum-size").size() == 1);
}

TEST_CASE("enum-size: casts from numbers and char overloads ask for a review") {
  ModelBuilder wide = order();
  use(wide, EnumUseKind::WideCast);
  const auto findings = wide.run("enum-size");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes[0].safety == Safety::Review);
  CHECK(has_evidence(findings[0], "hazard", "would be cut"));
  Enumeration unscoped = side();
  unscoped.scoped = false;
  CHECK(order(unscoped).run("enum-size").at(0).fixes.at(0).safety == Safety::Review);
  unscoped.greatest = 300;
  CHECK(order(unscoped).run("enum-size").at(0).fixes.at(0).safety == Safety::Safe);
}

TEST_CASE("enum-size: what cannot be edited with certainty is a note") {
  for (const auto change :
       {+[](Enumeration& e) { e.from_macro = true; }, +[](Enumeration& e) { e.conditional = true; },
        +[](Enumeration& e) { e.c = true; }}) {
    Enumeration enumeration = side();
    change(enumeration);
    const auto findings = order(enumeration).run("enum-size");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].level == Level::Note);
    CHECK(findings[0].fixes.at(0).safety == Safety::Refused);
    CHECK(findings[0].fixes[0].edits.empty());
    CHECK_FALSE(findings[0].fixes[0].reasons.empty());
  }
}

TEST_CASE("enum-size: bytes that leave the program make it an ABI change") {
  ModelBuilder builder = order();
  Use written;
  written.kind = UseKind::BytesIo;
  written.record_id = builder.record("Order").id;
  written.where.file = "/project/other.cpp";
  written.where.line = 3;
  builder.model().uses.push_back(written);
  CHECK(builder.run("enum-size").at(0).fixes.at(0).safety == Safety::Abi);
}

TEST_CASE("enum-size: bytes of what holds the record count as well") {
  ModelBuilder builder = order();
  Use written;
  written.kind = UseKind::BytesIo;
  written.record_id = "holder";
  written.where.file = "/project/other.cpp";
  written.where.line = 3;
  Record holder = builder.record("Order");
  holder.id = holder.name = "holder";
  holder.slots.clear();
  SECTION("as a part") {
    Slot part;
    part.name = "order";
    part.type_id = builder.record("Order").id;
    holder.slots.push_back(part);
  }
  SECTION("as memory of its size") {
    Use size;
    size.kind = UseKind::AssertedSize;
    size.keeps_meaning = true;
    size.record_id = builder.record("Order").id;
    size.fields = {"holder"};
    builder.model().uses.push_back(size);
  }
  builder.model().records.push_back(holder);
  std::sort(builder.model().records.begin(), builder.model().records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  builder.model().uses.push_back(written);
  CHECK(builder.run("enum-size").at(0).fixes.at(0).safety == Safety::Abi);
}
