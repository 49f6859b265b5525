#include <catch2/catch.hpp>

#include "support/element_model.hpp"
#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// A particle of 48 bytes, six fields of eight.
ElementModel particles() {
  ElementModel model;
  model.record = model.builder.add(
      {.name = "Particle",
       .fields = {real("x"), real("y"), real("mass"), real("charge"), real("spin"), real("age")},
       .change = [](Record& r) { r.traits.aggregate = true; }});
  return model;
}

}  // namespace

TEST_CASE("soa-candidate: a loop that uses one field of six, alone and inside another loop") {
  ElementModel model = particles();
  const auto loop = model.loop();
  model.touch(loop, "mass");
  auto findings = model.builder.run("soa-candidate");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message ==
        "loops over 'Particle' use 8 of the 48 bytes that they load per element: 'mass'");
  CHECK(findings[0].subject == "Particle");
  CHECK(has_evidence(findings[0], "loop", "this loop uses 8 of 48 bytes: 'mass'"));
  CHECK(has_evidence(findings[0], "unused", "'x', 'y', 'charge', 'spin' and 'age'"));
  CHECK(has_evidence(findings[0], "suggestion", "snug::soa_vector<Particle>"));
  model.nest(0);
  findings = model.builder.run("soa-candidate");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK(has_evidence(findings[0], "loop",
                     "it runs inside another loop, which comes to the same elements again"));
  findings = model.builder.run("soa-candidate", {{"soa-candidate.warn-repeated", 0}});
  CHECK(findings.at(0).level == Level::Note);
  Holding few;
  few.record_id = model.record;
  few.kind = HoldingKind::Array;
  few.count = 64;
  ElementModel small = model;
  small.builder.model().holdings.push_back(few);
  CHECK(small.builder.run("soa-candidate").at(0).level == Level::Note);
  CHECK(small.builder.run("soa-candidate", {{"soa-candidate.few-elements", 63}}).at(0).level ==
        Level::Warning);
  CHECK(model.builder.run("soa-candidate", {{"soa-candidate.warn-percent", 16}}).at(0).level ==
        Level::Note);  // 8 of 48: 16.7 %
  // L->current->mass: an array for each field has nothing to point to.
  ElementModel pointed = model;
  FieldAccess access;
  access.path.root = {RootKind::Parameter, "", 1};
  Step current;
  current.record_id = "c:@S@State";
  current.field = "current";
  access.path.steps = {current, {StepKind::Pointed, "", "", {}, 1, 0}, model.field("mass")};
  pointed.function().accesses.push_back(access);
  CHECK(pointed.builder.run("soa-candidate").at(0).level == Level::Note);
  // Each round of the loop around it has other elements: it comes to each of them once.
  model.function().loops[0].bounds_from = 1;
  CHECK(model.builder.run("soa-candidate").at(0).level == Level::Note);
}

TEST_CASE("soa-candidate: a call out of a loop makes a loop hot, a wait for the end does not") {
  ElementModel model = particles();
  model.touch(model.loop(), "mass");
  const std::string callee = model.function().id;
  Function caller;
  caller.id = "c:@F@main#";
  caller.loops.emplace_back().kind = LoopKind::For;
  Call call;
  call.callee = callee;
  call.loop = call.recurs.loop = 0;
  caller.calls.push_back(call);
  model.builder.model().functions.push_back(caller);
  model.sort();
  CHECK(model.builder.run("soa-candidate")[0].level == Level::Note);  // of what is not known
  Argument all;
  all.path.root = {RootKind::Local, "", 0};
  for (Function& function : model.builder.model().functions) {
    if (function.id != caller.id) continue;
    function.locals.emplace_back().name = "all";
    function.calls[0].arguments.push_back(all);
  }
  CHECK(model.builder.run("soa-candidate")[0].level == Level::Warning);
  for (Function& function : model.builder.model().functions) {
    if (function.id == caller.id) function.loops[0].kind = LoopKind::While;
  }
  REQUIRE(model.builder.run("soa-candidate").size() == 1);
  CHECK(model.builder.run("soa-candidate")[0].level == Level::Note);
}

TEST_CASE("soa-candidate: used bytes are summed over all loops on the type") {
  ElementModel model = particles();
  model.touch(model.loop(), "mass");
  const auto full = model.loop();
  for (const char* field : {"x", "y", "mass", "charge", "spin"}) model.touch(full, field);
  CHECK(model.builder.run("soa-candidate").size() == 1);  // 8 + 40 of 96: 50 %
  model.touch(full, "age");
  CHECK(model.builder.run("soa-candidate").empty());
  // A loop inside another one weighs ten times as much.
  model.nest(0);
  CHECK(model.builder.run("soa-candidate").size() == 1);
  CHECK(model.builder.run("soa-candidate")[0].message.find("on average") != std::string::npos);
}

TEST_CASE("soa-candidate: fields are followed through calls") {
  ElementModel model = particles();
  const auto loop = model.loop();
  model.call(loop, "c:@F@step#", "step");
  CHECK(model.builder.run("soa-candidate").empty());  // the body was not read
  Function step;
  step.id = "c:@F@step#";
  FieldAccess access;
  access.path.root = {RootKind::This, "", 0};
  access.path.steps = {model.field("spin")};
  step.accesses.push_back(access);
  model.builder.model().functions.push_back(step);
  model.sort();
  const auto findings = model.builder.run("soa-candidate");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message.find("use 8 of the 48 bytes") != std::string::npos);
  for (Function& function : model.builder.model().functions) {
    for (Call& call : function.calls) call.is_virtual = true;
  }
  CHECK(model.builder.run("soa-candidate").empty());
}

TEST_CASE("soa-candidate: silent for nodes, small elements, tiny loops, whole elements") {
  {
    ElementModel model = particles();
    model.touch(model.loop(), "mass");
    model.function().loops[0].linked = true;
    CHECK(model.builder.run("soa-candidate").empty());
  }
  {
    ElementModel model = particles();
    model.touch(model.loop(), "mass");
    model.function().loops[0].trip_count = 16;
    CHECK(model.builder.run("soa-candidate").empty());
    model.function().loops[0].trip_count = 17;
    CHECK(model.builder.run("soa-candidate").size() == 1);
    CHECK(model.builder.run("soa-candidate", {{"soa-candidate.tiny-loop", 20}}).empty());
  }
  {
    ElementModel model = particles();
    const auto loop = model.loop();
    model.touch(loop, "mass");
    model.touch(loop, "");
    CHECK(model.builder.run("soa-candidate").empty());
  }
  {
    ElementModel model;
    model.record = model.builder.add({.name = "Pair", .fields = {real("a"), real("b")}});
    model.touch(model.loop(), "a");
    CHECK(model.builder.run("soa-candidate", {{"soa-candidate.min-element", 1}}).empty());
  }
}

TEST_CASE("soa-candidate: an address that goes elsewhere, and an index in any order") {
  ElementModel model = particles();
  model.touch(model.loop(), "mass");
  CHECK(model.builder.run("soa-candidate").size() == 1);
  model.touch(0, "", AccessKind::Address);
  CHECK(model.builder.run("soa-candidate").empty());

  ElementModel random = particles();
  random.touch(random.loop(), "mass");
  random.function().accesses[0].path.steps[0].index = {};
  random.function().accesses[0].loop = 0;
  CHECK(random.builder.run("soa-candidate").empty());
}

TEST_CASE("soa-candidate: deliberate distance and polymorphic types are left alone") {
  ElementModel model = particles();
  model.touch(model.loop(), "mass");
  model.builder.record("Particle").traits.polymorphic = true;
  CHECK(model.builder.run("soa-candidate").empty());
  ElementModel padded;
  padded.record =
      padded.builder.add({.name = "Slot", .fields = {real("x"), {"char [40]", "padding", 40, 1}}});
  padded.touch(padded.loop(), "x");
  CHECK(padded.builder.run("soa-candidate").empty());
}

TEST_CASE("soa-candidate: linked elements, few elements and while loops are left alone") {
  ElementModel linked;
  linked.record = linked.builder.add(
      {.name = "Edge", .fields = {{"Edge *", "next", 8, 8}, real("a"), real("b"), real("c")}});
  linked.touch(linked.loop(), "a");
  CHECK(linked.builder.run("soa-candidate").empty());
  linked.builder.record("Edge").slots[0].type = "Node *";
  CHECK(linked.builder.run("soa-candidate").size() == 1);

  ElementModel few = particles();
  few.touch(few.loop(), "mass");
  Holding holding;
  holding.record_id = few.record;
  holding.kind = HoldingKind::Array;
  holding.count = 3;
  few.builder.model().holdings.push_back(holding);
  CHECK(few.builder.run("soa-candidate").empty());
  few.builder.model().holdings[0].count = 300;
  CHECK(few.builder.run("soa-candidate").size() == 1);

  ElementModel waiting = particles();
  waiting.touch(waiting.loop(), "mass");
  waiting.function().loops[0].kind = LoopKind::While;
  CHECK(waiting.builder.run("soa-candidate").empty());
}
