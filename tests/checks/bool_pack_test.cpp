#include <catch2/catch.hpp>

#include "model/bool_type.hpp"
#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

FieldDraft flag(std::string name) {
  return {"bool", std::move(name), 1, 1};
}

std::vector<FieldDraft> flags(std::size_t count) {
  std::vector<FieldDraft> fields;
  for (std::size_t i = 0; i < count; ++i) fields.push_back(flag(std::string(1, char('a' + i))));
  return fields;
}

ModelBuilder options_record(std::size_t count = 8) {
  ModelBuilder builder;
  builder.model().units[0].flags = {"-std=c++20"};
  builder.add({.name = "Options", .fields = flags(count)});
  return builder;
}

FieldAccess access(const ModelBuilder& builder, const std::string& id, std::string field,
                   AccessKind kind) {
  (void)builder;
  FieldAccess result;
  result.record_id = id;
  result.field = std::move(field);
  result.kind = kind;
  result.where.offset = 5;
  return result;
}

}  // namespace

TEST_CASE("bool-pack: a note with a fix for review") {
  ModelBuilder builder = options_record();
  const auto findings = builder.run("bool-pack");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].message ==
        "8 fields of 'Options' hold 8 bits of information; as bit-fields they make it 1 byte "
        "instead of 8");
  CHECK(findings[0].bytes_saved == 7);
  CHECK(findings[0].needs_proof);
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].safety == Safety::Review);
  CHECK(findings[0].fixes[0].edits.size() == 8);
  CHECK(builder.fixed(findings[0]).find("bool a : 1;") != std::string::npos);
}

TEST_CASE("bool-pack: silent for fewer fields, and where nothing shrinks") {
  CHECK(options_record(7).run("bool-pack").empty());
  CHECK(options_record(7).run("bool-pack", {{"bool-pack.min-fields", 7}}).size() == 1);
  ModelBuilder roomy;
  std::vector<FieldDraft> fields = flags(8);
  fields.insert(fields.begin(), real("value"));
  fields.push_back(real("other"));
  roomy.add({.name = "Roomy", .fields = fields});
  CHECK(roomy.run("bool-pack").empty());
}

TEST_CASE("bool-pack: an alias of bool is bool, and an array becomes a bitset by hand") {
  const auto is_bool = [](Slot& slot) { slot.enumeration = bool_enumeration; };
  ModelBuilder aliases;
  std::vector<FieldDraft> fields;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    fields.push_back({"flag_t", name, 1, 1, is_bool});
  }
  aliases.add({.name = "Aliases", .fields = fields});
  CHECK(aliases.run("bool-pack").size() == 1);

  ModelBuilder board;
  const auto array = [&](Slot& slot) {
    is_bool(slot);
    slot.array_elements = 64;
  };
  board.add({.name = "Board", .fields = {{"bool [64]", "taken", 64, 1, array}}});
  const auto findings = board.run("bool-pack");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message ==
        "1 field of 'Board' holds 64 bits of information; as a std::bitset it makes it 8 bytes "
        "instead of 64");
  CHECK(findings[0].fixes.at(0).safety == Safety::Refused);
}

TEST_CASE("bool-pack: enumerations of up to four values need two bits") {
  Enumeration align;
  align.id = "/p/e.hpp:5";
  align.count = 4;
  align.greatest = 3;
  align.size = 4;
  ModelBuilder builder;
  std::vector<FieldDraft> fields = flags(7);
  fields.push_back({"Align", "align", 4, 4, [](Slot& slot) { slot.enumeration = "/p/e.hpp:5"; }});
  builder.add({.name = "Style", .fields = fields});
  builder.model().enumerations.push_back(align);
  CHECK(builder.run("bool-pack").size() == 1);
  builder.model().enumerations[0].greatest = 4;
  CHECK(builder.run("bool-pack").empty());
  builder.model().enumerations[0].greatest = 3;
  builder.model().enumerations[0].least = -1;
  CHECK(builder.run("bool-pack").empty());
}

TEST_CASE("bool-pack: a field whose address is taken stays as it is") {
  ModelBuilder builder = options_record();
  Function function;
  function.id = "c:@F@watch";
  function.accesses.push_back(
      access(builder, builder.record("Options").id, "a", AccessKind::Address));
  builder.model().functions.push_back(function);
  CHECK(builder.run("bool-pack").empty());
  builder.model().functions[0].accesses[0].kind = AccessKind::Write;
  CHECK(builder.run("bool-pack").size() == 1);
}

TEST_CASE("bool-pack: a field that is handed out by reference stays as it is") {
  ModelBuilder builder = options_record();
  Function function;
  function.id = "c:@F@prepare";
  Call call;
  Argument argument;
  argument.by_reference = true;
  Step step;
  step.record_id = builder.record("Options").id;
  step.field = "b";
  argument.path.steps.push_back(step);
  call.arguments.push_back(argument);
  function.calls.push_back(call);
  builder.model().functions.push_back(function);
  CHECK(builder.run("bool-pack").empty());
  builder.model().functions[0].calls[0].arguments[0].by_reference = false;
  CHECK(builder.run("bool-pack").size() == 1);
}

TEST_CASE("bool-pack: silent where threads may write two of the fields") {
  ModelBuilder locked = options_record();
  Function function;
  function.id = "c:@F@set";
  function.accesses.push_back(access(locked, locked.record("Options").id, "a", AccessKind::Write));
  LockHold lock;
  lock.begin = 0;
  lock.end = 9;
  function.locks.push_back(lock);
  locked.model().functions.push_back(function);
  CHECK(locked.run("bool-pack").empty());

  ModelBuilder threaded = options_record();
  function.locks.clear();
  Function starter;
  starter.id = "c:@F@start";
  ThreadStart start;
  start.entry = function.id;
  starter.starts.push_back(start);
  threaded.model().functions = {function, starter};
  CHECK(threaded.run("bool-pack").empty());

  ModelBuilder with_lock = options_record();
  with_lock.record("Options").slots[0].is_atomic = true;
  CHECK(with_lock.run("bool-pack").empty());
}

TEST_CASE("bool-pack: default initialisers need C++20") {
  ModelBuilder builder = options_record();
  for (Slot& slot : builder.record("Options").slots) slot.default_initializer = slot.name == "a";
  CHECK(builder.run("bool-pack").at(0).fixes.at(0).safety == Safety::Review);
  builder.model().units[0].flags = {"-std=c++17"};
  const auto findings = builder.run("bool-pack");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].fixes.at(0).safety == Safety::Refused);
  CHECK(findings[0].fixes[0].edits.empty());
  CHECK_FALSE(findings[0].needs_proof);
}

TEST_CASE("bool-pack: silent for records that C, macros or #if shape") {
  for (const auto change :
       {+[](Traits& t) { t.c_linkage = true; }, +[](Traits& t) { t.packed = true; },
        +[](Traits& t) { t.from_macro = true; }, +[](Traits& t) { t.conditional_fields = true; }}) {
    ModelBuilder builder = options_record();
    change(builder.record("Options").traits);
    CHECK(builder.run("bool-pack").empty());
  }
}
