#include <catch2/catch.hpp>

#include "support/element_model.hpp"
#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// { double price; char client[120]; double quantity; char comment[120]; }
ElementModel orders() {
  ElementModel model;
  model.record = model.builder.add({.name = "Order",
                                    .fields = {real("price"),
                                               {"char [120]", "client", 120, 1},
                                               real("quantity"),
                                               {"char [120]", "comment", 120, 1}}});
  return model;
}

ElementModel trades() {
  ElementModel model = orders();
  const auto loop = model.loop();
  model.touch(loop, "price");
  model.touch(loop, "quantity");
  return model;
}

}  // namespace

TEST_CASE("hot-cold: hot fields on two lines fit in one") {
  ElementModel model = trades();
  auto findings = model.builder.run("hot-cold");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message ==
        "'Order' has 256 bytes on 4 lines; its loops load 2 lines per element for 'price' and "
        "'quantity' (16 bytes), which fit in 1");
  CHECK(has_evidence(findings[0], "cold", "'client' and 'comment' (240 bytes)"));
  CHECK(has_evidence(findings[0], "suggestion", "snug::box"));
  CHECK(has_evidence(findings[0], "suggestion", "snug::soa_vector<Order>"));
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].promise.order ==
        std::vector<std::string>{"price", "quantity", "client", "comment"});
  CHECK(findings[0].fixes[0].promise.sizes[0].after == 256);
  const std::string text = model.builder.fixed(findings[0]);
  CHECK(text.find("quantity") < text.find("client"));
  model.nest(0);
  CHECK(model.builder.run("hot-cold")[0].level == Level::Warning);
  CHECK(model.builder.run("hot-cold", {{"hot-cold.warn-repeated", 0}})[0].level == Level::Note);
}

TEST_CASE("hot-cold: nodes of a list count, a contiguous order does not matter") {
  ElementModel model = trades();
  model.function().loops[0].linked = true;
  CHECK(model.builder.run("hot-cold").size() == 1);
  CHECK(model.builder.run("soa-candidate").empty());  // never both
}

TEST_CASE("hot-cold: silent where the hot fields are together, or there is one only") {
  ElementModel together;
  together.record = together.builder.add(
      {.name = "Order",
       .fields = {real("price"), real("quantity"), {"char [240]", "client", 240, 1}}});
  const auto loop = together.loop();
  together.touch(loop, "price");
  together.touch(loop, "quantity");
  CHECK(together.builder.run("hot-cold").empty());
  ElementModel one = orders();
  one.touch(one.loop(), "quantity");
  CHECK(one.builder.run("hot-cold").empty());
}

TEST_CASE("hot-cold: a loop that touches all weighs against it, a hot one for it") {
  ElementModel model = trades();
  const auto init = model.loop();
  for (const char* field : {"price", "client", "quantity", "comment"}) model.touch(init, field);
  CHECK(model.builder.run("hot-cold").empty());
  model.nest(0);
  const auto findings = model.builder.run("hot-cold");
  REQUIRE(findings.size() == 1);
  CHECK(has_evidence(findings[0], "loop", "this loop touches 256 of 256 bytes on 4 lines"));
  CHECK(has_evidence(findings[0], "loop", "this loop touches 16 of 256 bytes on 2 lines"));
}

TEST_CASE("hot-cold: silent for whole elements handed out, tiny loops, small records") {
  ElementModel handed = trades();
  handed.call(0, "", "send");
  CHECK(handed.builder.run("hot-cold").empty());
  ElementModel tiny = trades();
  tiny.function().loops[0].trip_count = 4;
  CHECK(tiny.builder.run("hot-cold").empty());
  ElementModel small;
  small.record = small.builder.add(
      {.name = "Small", .fields = {real("a"), {"char [40]", "b", 40, 1}, real("c")}});
  const auto loop = small.loop();
  small.touch(loop, "a");
  small.touch(loop, "c");
  CHECK(small.builder.run("hot-cold").empty());
}

TEST_CASE("hot-cold: fields of other access, bit-fields and fields set apart stay") {
  ElementModel access = trades();
  for (Slot& slot : access.builder.record("Order").slots) {
    if (slot.name == "quantity") slot.access = Access::Private;
  }
  const auto findings = access.builder.run("hot-cold");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes.empty());  // told, but no edit that changes the access
  ElementModel apart;
  apart.record = apart.builder.add({.name = "Shared",
                                    .fields = {real("price"),
                                               {"char [56]", "padding", 56, 1},
                                               real("quantity"),
                                               real("more"),
                                               {"char [56]", "reserved", 56, 1}}});
  const auto loop = apart.loop();
  apart.touch(loop, "price");
  apart.touch(loop, "quantity");
  CHECK(apart.builder.run("hot-cold").empty());
}
