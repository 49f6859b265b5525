#include "scan/parts/model_file.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "base/error.hpp"

namespace snug::test {
namespace {

void add_ownership(Ownership& facts, const SourceRange& where) {
  const OwnerType type{"std::shared_ptr", "T", "c:@S@T", Strength::Unique, true};
  const DeclaratorPlace place{where, 1, 2, true, true, {0}};
  OwnerParameter parameter;
  parameter.type = type;
  parameter.use = OwnerUse::Stored;
  parameter.lambda = true;
  facts.parameters = {parameter};
  facts.declarations = {{"f", 3, place}};
  facts.arguments = {{where, "f", 1, true, true, "g"}};
  facts.named_functions = {"f"};
  OwnerCopy copy;
  copy.kind = OwnerCopyKind::Walk;
  copy.place = place;
  facts.copies = {copy};
  OwnerNew made;
  made.form = OwnerNewForm::Reset;
  made.arguments = where;
  made.units = {0};
  facts.news = {made};
  OwnerUnwrap unwrap;
  unwrap.source = UnwrapSource::Made;
  unwrap.size = 24;
  facts.unwraps = {unwrap};
  facts.fields = {{"R", "R", "p", where, type, "std::vector"}};
  facts.stores = {{where, "f", "R", "p", "a", "b", OwnerStoreKind::Reset, true}};
  HeldContainer held;
  held.pointer = type;
  held.integer_key = true;
  facts.containers = {held};
  facts.calls = {{where, "R", "m", "f", "emplace", "id", "next"}};
  facts.touches = {{where, "R", "s", "f", StringTouchKind::Changed}};
}

/// A model in which every kind of thing occurs, none with its default value.
Model rich_model() {
  Model model;
  model.abi = {"x86_64-pc-windows-msvc", 4, 128, true};
  Unit unit;
  unit.file = "/caf\xe9.cpp";  // not UTF-8
  unit.status = UnitStatus::MemoryLimit;
  unit.problems = {"first", ""};
  unit.flags_key = "key";
  unit.flags = {"-DX"};
  unit.files = {0};
  unit.searched = true;
  model.units = {unit};
  Record record;
  record.id = "c:@S@A";
  record.name = "A<0>";
  record.kind = RecordKind::Union;
  record.where = {"/a.hpp", 1, 2, 3, 4, 5, 0xffffffffffffffff};
  record.size = std::uint64_t{1} << 40U;
  record.traits.polymorphic = true;
  record.traits.invalid = true;
  record.units = {0};
  record.reported = false;
  Slot slot;
  slot.kind = SlotKind::TailPadding;
  slot.extent = {7, 300};
  slot.access = Access::Private;
  slot.align_certain = false;
  slot.from_macro = true;
  Slot member = slot;
  member.name = "inner";
  slot.members = {member};
  record.slots = {slot};
  model.records = {record};
  model.conflicts = {{record}};
  Use use;
  use.kind = UseKind::FirstMember;
  use.fields = {"a", "b"};
  use.keeps_meaning = true;
  use.repeats = true;
  use.items = {{"a", 1, 2, {}}, {"b", 3, 4, {0}}};
  use.obstacle = "something";
  model.uses = {use};
  InitializerList list;
  list.record_id = "c:@S@A";
  list.items = {{"a", true, record.where, {"b"}}};
  list.from_macro = true;
  model.initializers = {list};
  model.file_hashes = {{"/a.hpp", "abc"}};
  add_ownership(model.ownership, record.where);
  return model;
}

TEST_CASE("a model comes back as it was") {
  const std::string bytes = to_bytes(rich_model());
  const Model model = model_from_bytes(bytes, "f");
  CHECK(to_bytes(model) == bytes);
  CHECK(model.abi == rich_model().abi);
  CHECK(model.units[0].file == "/caf\xe9.cpp");
  CHECK(model.units[0].status == UnitStatus::MemoryLimit);
  CHECK(model.records[0].where == rich_model().records[0].where);
  CHECK(model.records[0].size == std::uint64_t{1} << 40U);
  CHECK(model.records[0].traits.invalid);
  CHECK_FALSE(model.records[0].traits.empty);
  CHECK_FALSE(model.records[0].reported);
  CHECK(model.records[0].slots[0].members[0].name == "inner");
  CHECK_FALSE(model.records[0].slots[0].align_certain);
  CHECK(model.uses[0].keeps_meaning);
  CHECK(model.initializers[0].items[0].reads == std::vector<std::string>{"b"});
  CHECK(model.ownership.parameters[0].use == OwnerUse::Stored);
  CHECK(model.ownership.declarations[0].place == rich_model().ownership.declarations[0].place);
  CHECK(model.ownership.news[0].arguments == rich_model().ownership.news[0].arguments);
  CHECK(model.ownership.fields[0].type == rich_model().ownership.fields[0].type);
  CHECK(model.ownership.calls[0].counter == "next");
  CHECK(to_bytes(model_from_bytes(to_bytes(Model{}), "f")) == to_bytes(Model{}));
}

TEST_CASE("what is no model file is told so") {
  CHECK_FALSE(is_model_file(""));
  CHECK_FALSE(is_model_file("{}"));
  CHECK(is_model_file(to_bytes(Model{})));
  CHECK_THROWS_WITH(model_from_bytes("{}", "x.json"),
                    Catch::StartsWith("x.json: not a model file"));
  CHECK_THROWS_AS(model_from_bytes("", "x"), Error);
}

TEST_CASE("another version is refused by its number") {
  std::string bytes = to_bytes(Model{});
  bytes[11] = 99;
  CHECK_THROWS_WITH(model_from_bytes(bytes, "old.snug"), Catch::Contains("version 99"));
}

TEST_CASE("every truncation and every changed byte is found") {
  const std::string bytes = to_bytes(rich_model());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    REQUIRE_THROWS_AS(model_from_bytes(std::string_view(bytes).substr(0, size), "f"), Error);
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    REQUIRE_THROWS_AS(model_from_bytes(damaged, "f"), Error);
  }
  REQUIRE_THROWS_AS(model_from_bytes(bytes + "x", "f"), Error);
}

TEST_CASE("records that name units which are not there are damage") {
  Model model = rich_model();
  model.records[0].units = {1};
  CHECK_THROWS_WITH(model_from_bytes(to_bytes(model), "f"), Catch::Contains("damaged"));
  model = rich_model();
  model.ownership.news[0].units = {1};
  CHECK_THROWS_WITH(model_from_bytes(to_bytes(model), "f"), Catch::Contains("damaged"));
}

TEST_CASE("garbage behind a right beginning never does more than throw") {
  CHECK(rc::check([](const std::string& garbage) {
    try {
      (void)model_from_bytes("snug-model\n\x01" + garbage, "f");
      RC_FAIL("garbage was read as a model");
    } catch (const Error&) {
    }
  }));
}

}  // namespace
}  // namespace snug::test
