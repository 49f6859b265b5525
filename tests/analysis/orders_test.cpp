// What a record's orders may be: the constraints that the search itself does not know.
#include "analysis/orders/orders.hpp"

#include <catch2/catch.hpp>

#include "analysis/orders/deliberate.hpp"
#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

Orders orders_of(ModelBuilder& builder, const std::string& name) {
  const Record* const records[] = {&builder.record(name)};
  return find_orders(records, builder.model());
}

Slot named(std::string type, std::string name) {
  Slot slot;
  slot.type = std::move(type);
  slot.name = std::move(name);
  return slot;
}

}  // namespace

TEST_CASE("orders: ranked by size, then by moves, with alternatives behind") {
  ModelBuilder builder;
  builder.add(
      {.name = "S", .fields = {chr("a"), real("b"), chr("c"), real("d"), chr("e"), real("f")}});
  const Orders orders = orders_of(builder, "S");
  REQUIRE(orders.ranked.size() >= 2);
  CHECK(orders.ranked[0].sizes == std::vector<std::uint64_t>{32});
  CHECK(orders.ranked[0].moved == 2);
  CHECK(orders.ranked[0].exact);
  for (const CandidateOrder& order : orders.ranked) CHECK(order.sizes.front() < 48);
  CHECK(orders.ranked.back().sizes.front() >= orders.ranked.front().sizes.front());
}

TEST_CASE("orders: a flexible array stays last") {
  ModelBuilder builder;
  RecordDraft draft{.name = "S", .fields = {chr("a"), real("b"), int32("n")}};
  draft.fields.push_back({"char[]", "data", 0, 1, [](Slot& slot) { slot.flexible_array = true; }});
  builder.add(draft);
  const Orders orders = orders_of(builder, "S");
  REQUIRE_FALSE(orders.ranked.empty());
  for (const CandidateOrder& order : orders.ranked) CHECK(order.order.back() == 3);
}

TEST_CASE("orders: bit-fields move as one and never meet another run") {
  ModelBuilder builder;
  builder.add({.name = "S",
               .fields = {bits("a", 3), bits("b", 5), real("x"), chr("c"), bits("d", 7), real("y"),
                          chr("e")}});
  const Orders orders = orders_of(builder, "S");
  REQUIRE_FALSE(orders.ranked.empty());
  for (const CandidateOrder& order : orders.ranked) {
    for (std::size_t i = 0; i + 1 < order.order.size(); ++i) {
      const auto run = [](std::uint32_t index) { return index <= 1 ? 1 : index == 4 ? 2 : 0; };
      if (order.order[i] == 0) CHECK(order.order[i + 1] == 1);
      const int here = run(order.order[i]);
      const int next = run(order.order[i + 1]);
      CHECK((here == 0 || next == 0 || here == next));
    }
  }
}

TEST_CASE("orders: every field keeps its access, position by position") {
  ModelBuilder builder;
  const auto hidden = [](FieldDraft field) {
    field.change = [](Slot& slot) { slot.access = Access::Private; };
    return field;
  };
  builder.add({.name = "S",
               .fields = {chr("a"), real("b"), chr("c"), hidden(chr("d")), hidden(real("e")),
                          hidden(chr("f"))}});
  const Orders orders = orders_of(builder, "S");
  REQUIRE_FALSE(orders.ranked.empty());
  for (const CandidateOrder& order : orders.ranked) {
    for (std::size_t i = 0; i < 6; ++i) CHECK((order.order[i] < 3) == (i < 3));
  }
}

TEST_CASE("orders: an anonymous union moves as one") {
  ModelBuilder builder;
  RecordDraft draft{.name = "S", .fields = {chr("a")}};
  draft.fields.push_back({"union (anonymous)", "", 8, 8, [](Slot& slot) {
                            slot.members = {named("double", "d"), named("int", "i")};
                          }});
  draft.fields.push_back(int32("b"));
  builder.add(draft);
  const Orders orders = orders_of(builder, "S");
  REQUIRE_FALSE(orders.ranked.empty());
  CHECK(orders.ranked[0].sizes.front() == 16);
}

TEST_CASE("orders: unions, captures and records that were not understood are left alone") {
  ModelBuilder builder;
  builder.add({.name = "S", .fields = {chr("a"), real("b"), chr("c")}});
  builder.record("S").kind = RecordKind::Union;
  CHECK(orders_of(builder, "S").silent);
  builder.record("S").kind = RecordKind::Struct;
  CHECK_FALSE(orders_of(builder, "S").silent);
  builder.record("S").traits.lambda = true;
  CHECK(orders_of(builder, "S").silent);
  builder.record("S").traits.lambda = false;
  builder.record("S").size += 8;
  CHECK(orders_of(builder, "S").silent ==
        "its layout does not follow from what was declared alone");
}

TEST_CASE("orders: instantiations with different fields are left alone") {
  ModelBuilder builder;
  builder.add({.name = "A", .fields = {chr("a"), real("b"), chr("c")}});
  builder.add({.name = "B", .fields = {chr("a"), real("b")}});
  const Record* const records[] = {&builder.record("A"), &builder.record("B")};
  CHECK(find_orders(records, builder.model()).silent == "its instantiations have different fields");
}

TEST_CASE("deliberate padding is known by name and type") {
  for (const char* name : {"pad", "_pad", "__pad1", "padding", "reserved2", "m_unused_", "spare",
                           "pad_to_line", "head_padding"}) {
    CHECK(is_padding_field(named("char[7]", name)));
    CHECK(is_padding_field(named("uint32_t", name)));
    CHECK(is_padding_field(named("std::array<unsigned char, 7>", name)));
  }
  CHECK_FALSE(is_padding_field(named("double", "padding")));
  CHECK_FALSE(is_padding_field(named("char *", "pad")));
  CHECK_FALSE(is_padding_field(named("Insets", "padding")));
  CHECK_FALSE(is_padding_field(named("char[7]", "paddle")));
  CHECK_FALSE(is_padding_field(named("int", "spread")));
}

TEST_CASE("definitions: what shares a place stands together, what a macro wrote does not") {
  ModelBuilder builder;
  builder.add({.name = "A", .fields = {chr("a")}});
  builder.add({.name = "B", .fields = {chr("a")}});
  builder.add({.name = "C", .fields = {chr("a")}});
  builder.record("B").where = builder.record("A").where;
  CHECK(definitions_of(builder.model()).size() == 2);
  CHECK(definitions_of(builder.model()).front().size() == 2);
  builder.record("A").traits.from_macro = builder.record("B").traits.from_macro = true;
  CHECK(definitions_of(builder.model()).size() == 3);
  builder.record("C").reported = false;
  CHECK(definitions_of(builder.model()).size() == 2);
}
