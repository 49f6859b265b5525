#include <catch2/catch.hpp>

#include <algorithm>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

Alternative alternative(std::string type, std::uint64_t size, std::uint64_t align = 4) {
  return {std::move(type), "", size, align};
}

/// A model with one variant, laid out as the libraries do: the largest, then an index of a byte.
struct Variants {
  explicit Variants(std::vector<Alternative> alternatives) {
    Variant variant;
    variant.id = "c:v";
    variant.name = "Event";
    variant.type = "std::variant<...>";
    variant.family = "std::variant";
    variant.where.file = "/project/types.hpp";
    variant.where.line = 1;
    for (const Alternative& one : alternatives) {
      variant.size = std::max(variant.size, one.size);
      variant.align = std::max(variant.align, one.align);
    }
    variant.size = (variant.size + variant.align) / variant.align * variant.align;
    variant.alternatives = std::move(alternatives);
    builder.model().variants.push_back(std::move(variant));
    builder.model().functions.emplace_back().id = "c:f";
  }

  void hold(HoldingKind kind, HoldingPlace place = HoldingPlace::Global,
            const std::string& owner = "c:g") {
    Holding holding;
    holding.record_id = "c:v";
    holding.kind = kind;
    holding.place = place;
    holding.holder = kind == HoldingKind::Container ? "std::vector" : "";
    holding.owner = owner;
    holding.name = "log";
    builder.model().holdings.push_back(holding);
  }

  void build(const std::string& type, bool in_loop = false) {
    Construction one;
    one.record_id = "c:v";
    one.source_type = type;
    one.loop = in_loop ? 0 : -1;
    one.where.line = ++line;
    builder.model().functions[0].constructions.push_back(one);
  }

  ModelBuilder builder;
  std::uint32_t line = 0;
};

Variants event() {
  return Variants({alternative("Key", 4), alternative("Move", 8), alternative("Picture", 256)});
}

}  // namespace

TEST_CASE("large-variant: a rare large alternative in a container is a warning") {
  Variants variants = event();
  variants.hold(HoldingKind::Container);
  variants.build("Key", true);
  variants.build("const Picture &");
  const auto findings = variants.builder.run("large-variant");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "'Event' is 260 bytes because of 'Picture' (256 bytes); boxing it reduces this to 16");
  CHECK(findings[0].bytes_saved == 244);
  CHECK(findings[0].subject == "Event");
  CHECK(findings[0].fixes.empty());
  CHECK(has_evidence(findings[0], "alternative", "'Picture': 256 bytes, built at 1 place"));
  CHECK(has_evidence(findings[0], "alternative", "'Key': 4 bytes, built at 1 place, 1 in a loop"));
  CHECK(has_evidence(findings[0], "alternative", "'Move': 8 bytes, never constructed"));
  CHECK(has_evidence(findings[0], "saving", "boxing the largest alternative makes it 16 bytes"));
  CHECK(has_evidence(findings[0], "held", "'log' holds them in a std::vector"));
  CHECK(has_evidence(findings[0], "suggestion", "snug::box<Picture>"));
}

TEST_CASE("large-variant: what is not known to be many or to be built is a note") {
  Variants one = event();
  one.hold(HoldingKind::Value);
  one.build("Key");
  REQUIRE(one.builder.run("large-variant").size() == 1);
  CHECK(one.builder.run("large-variant")[0].level == Level::Note);
  Variants unbuilt = event();
  unbuilt.hold(HoldingKind::Container);
  REQUIRE(unbuilt.builder.run("large-variant").size() == 1);
  CHECK(unbuilt.builder.run("large-variant")[0].level == Level::Note);
}

TEST_CASE("large-variant: locals are silent, a field is what its record is") {
  Variants variants = event();
  variants.build("Key");
  CHECK(variants.builder.run("large-variant").empty());
  variants.hold(HoldingKind::Value, HoldingPlace::Local);
  CHECK(variants.builder.run("large-variant").empty());

  const std::string id = variants.builder.add({.name = "Line", .fields = {int32("number")}});
  variants.hold(HoldingKind::Value, HoldingPlace::Field, id);
  REQUIRE(variants.builder.run("large-variant").size() == 1);
  CHECK(variants.builder.run("large-variant")[0].level == Level::Note);
  Holding array;
  array.record_id = id;
  array.kind = HoldingKind::Array;
  array.count = 17;
  array.place = HoldingPlace::Global;
  variants.builder.model().holdings.push_back(array);
  CHECK(variants.builder.run("large-variant")[0].level == Level::Warning);
}

TEST_CASE("large-variant: an optional around a variant is one object") {
  Variants variants = event();
  variants.hold(HoldingKind::Container);
  variants.builder.model().holdings[0].holder = "std::optional";
  variants.build("Key");
  CHECK(variants.builder.run("large-variant")[0].level == Level::Note);
}

TEST_CASE("large-variant: silent where the large alternative is common") {
  Variants variants = event();
  variants.hold(HoldingKind::Container);
  variants.build("Key", true);
  for (int i = 0; i < 4; ++i) variants.build("Picture");
  CHECK(variants.builder.run("large-variant").size() == 1);  // 4 of 14: 28 %
  variants.build("Picture");
  CHECK(variants.builder.run("large-variant").empty());  // 5 of 15: 33 %
  CHECK(variants.builder.run("large-variant", {{"large-variant.common-percent", 40}}).size() == 1);
}

TEST_CASE("large-variant: one place for each alternative says nothing of how common it is") {
  Variants variants = event();
  variants.hold(HoldingKind::Container);
  for (const char* type : {"Key", "Move", "Picture"}) variants.build(type);
  CHECK(variants.builder.run("large-variant").size() == 1);  // 33 %
  variants.build("Picture");
  CHECK(variants.builder.run("large-variant").empty());
}

TEST_CASE("large-variant: the smallest number of boxes that pays, at most half of them") {
  Variants two(
      {alternative("A", 4), alternative("B", 4), alternative("C", 400), alternative("D", 500)});
  two.hold(HoldingKind::Container);
  two.build("A");
  const auto findings = two.builder.run("large-variant");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message.find("'D' and 'C' (up to 500 bytes); boxing them reduces this to 16") !=
        std::string::npos);
  Variants three({alternative("A", 4), alternative("C", 400), alternative("D", 500)});
  three.hold(HoldingKind::Container);
  three.build("A");
  CHECK(three.builder.run("large-variant").empty());
}

TEST_CASE("large-variant: an optional in disguise, and small savings, are silent") {
  Variants optional({alternative("std::monostate", 1, 1), alternative("Picture", 256)});
  optional.hold(HoldingKind::Container);
  optional.build("std::monostate", true);
  CHECK(optional.builder.run("large-variant").empty());
  Variants small({alternative("Key", 4), alternative("Text", 64)});
  small.hold(HoldingKind::Container);
  small.build("Key");
  CHECK(small.builder.run("large-variant").empty());
  CHECK(small.builder.run("large-variant", {{"large-variant.min-bytes", 48}}).size() == 1);
}

TEST_CASE("large-variant: a layout that no rule explains is left alone") {
  Variants variants = event();
  variants.hold(HoldingKind::Container);
  variants.build("Key");
  variants.builder.model().variants[0].size += 4;
  CHECK(variants.builder.run("large-variant").empty());
}

namespace {

/// struct Token { Kind kind; int line; union U { double number; char blob[256]; } u; }, held in a
/// vector.
struct Tokens {
  Tokens(std::string large_type = "char [256]", std::string small_type = "double") {
    const std::string id = builder.add({.name = "U",
                                        .fields = {{std::move(small_type), "number", 8, 8},
                                                   {std::move(large_type), "blob", 256, 1}}});
    Record& u = builder.record("U");
    u.kind = RecordKind::Union;
    u.size = 256;
    std::erase_if(u.slots, [](const Slot& slot) { return slot.kind != SlotKind::Field; });
    for (Slot& slot : u.slots) slot.extent.offset_bits = 0;
    FieldDraft field = of_record(u, "u");
    token = builder.add({.name = "Token", .fields = {kind(), int32("line"), field}});
    Holding holding;
    holding.record_id = token;
    holding.kind = HoldingKind::Container;
    holding.holder = "std::vector";
    holding.place = HoldingPlace::Global;
    builder.model().holdings.push_back(holding);
    write(id, "number");
  }

  static FieldDraft kind() {
    return {"Kind", "kind", 4, 4, [](Slot& slot) { slot.enumeration = "/p/e.hpp:5"; }};
  }

  void write(const std::string& id, const std::string& field, std::int32_t loop = -1) {
    Function& function = builder.model().functions.emplace_back();
    function.id = "c:f" + std::to_string(builder.model().functions.size());
    FieldAccess access;
    access.kind = AccessKind::Write;
    access.loop = loop;
    access.path.steps = {{StepKind::Field, token, "u", {}, 1}, {StepKind::Field, id, field, {}, 1}};
    function.accesses.push_back(access);
  }

  ModelBuilder builder;
  std::string token;
};

}  // namespace

TEST_CASE("large-variant: a tagged union") {
  Tokens tokens;
  const auto findings = tokens.builder.run("large-variant");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].message ==
        "'Token' is 264 bytes because of 'blob' (256 bytes); boxing it reduces this to 16");
  CHECK(findings[0].subject == "Token|u");
  CHECK(has_evidence(findings[0], "alternative", "'number': 8 bytes, built at 1 place"));
  CHECK(has_evidence(findings[0], "suggestion", "snug::box"));
  tokens.builder.model().units[0].file = "/project/main.c";
  CHECK_FALSE(has_evidence(tokens.builder.run("large-variant")[0], "suggestion", "snug::box"));
}

TEST_CASE("large-variant: a union that is common, untagged or a small buffer is silent") {
  Tokens common;
  common.write("c:@S@U", "blob", 0);
  CHECK(common.builder.run("large-variant").empty());
  Tokens untagged;
  for (Slot& slot : untagged.builder.record("Token").slots) slot.enumeration.clear();
  CHECK(untagged.builder.run("large-variant").empty());
  CHECK(Tokens("char [256]", "char *").builder.run("large-variant").empty());
  CHECK(Tokens("char [256]", "long *").builder.run("large-variant").size() == 1);
}
