#include "model/merge.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "base/error.hpp"
#include "scan/parts/model_file.hpp"

namespace snug::test {
namespace {

Record record(const std::string& id, std::uint64_t size) {
  Record result;
  result.id = id;
  result.name = id;
  result.size = size;
  Slot slot;
  slot.name = "a";
  slot.extent = {0, size * 8};
  result.slots = {slot};
  return result;
}

Model unit(const std::string& file, std::vector<Record> records,
           const std::string& flags_key = "") {
  Model model;
  model.abi.target = "x86_64-unknown-linux-gnu";
  Unit one;
  one.file = file;
  one.flags_key = flags_key;
  model.units = {one};
  for (Record& each : records) each.units = {0};
  model.records = std::move(records);
  return model;
}

using Numbers = std::vector<std::uint32_t>;

TEST_CASE("equal definitions become one record with the units that see it") {
  const Model model = merge({unit("/b.cpp", {record("S", 4), record("T", 8)}),
                             unit("/a.cpp", {record("S", 4)}), unit("/c.cpp", {record("R", 1)})});
  REQUIRE(model.units.size() == 3);
  CHECK(model.units[0].file == "/a.cpp");
  CHECK(model.units[2].file == "/c.cpp");
  REQUIRE(model.records.size() == 3);
  CHECK(model.records[0].id == "R");
  CHECK(model.find("S")->units == Numbers{0, 1});
  CHECK(model.find("T")->units == Numbers{1});
  CHECK(model.find("U") == nullptr);
  CHECK(model.conflicts.empty());
}

TEST_CASE("another layout of one id is a conflict, once per layout, with its units") {
  const Model model = merge({unit("/a.cpp", {record("S", 8)}), unit("/b.cpp", {record("S", 4)}),
                             unit("/c.cpp", {record("S", 4)}), unit("/d.cpp", {record("S", 8)}),
                             unit("/e.cpp", {record("S", 4)}), unit("/f.cpp", {record("S", 16)})});
  REQUIRE(model.find("S") != nullptr);
  CHECK(model.find("S")->size == 4);  // most units see it
  CHECK(model.find("S")->units == Numbers{1, 2, 4});
  REQUIRE(model.conflicts.size() == 2);
  CHECK(model.conflicts[0].other.size == 8);
  CHECK(model.conflicts[0].other.units == Numbers{0, 3});
  CHECK(model.conflicts[1].other.units == Numbers{5});
}

TEST_CASE("a layout is more than its size") {
  Record renamed = record("S", 4);
  renamed.slots[0].name = "b";
  CHECK_FALSE(same_layout(renamed, record("S", 4)));
  Record aligned = record("S", 4);
  aligned.align = 4;
  CHECK_FALSE(same_layout(aligned, record("S", 4)));
  Record nested = record("S", 4);
  nested.slots[0].members.emplace_back();
  CHECK_FALSE(same_layout(nested, record("S", 4)));
  Record elsewhere = record("S", 4);
  elsewhere.where.line = 7;
  CHECK(same_layout(elsewhere, record("S", 4)));
  const auto typed = [](const std::string& type) {
    Record made = record("S", 8);
    made.slots[0].type = type;
    return made;
  };
  CHECK(same_layout(typed("_Bool"), typed("bool")));
  CHECK(same_layout(typed("struct point *(*)(const union u *, enum e)"),
                    typed("point *(*)(const u *, e)")));
  CHECK_FALSE(same_layout(typed("structure"), typed("ure")));
  CHECK_FALSE(same_layout(typed("long"), typed("double")));
}

TEST_CASE("a layout is in doubt where units read different texts of a file") {
  const auto with = [](Model model, std::map<std::string, std::string> hashes) {
    model.file_hashes = std::move(hashes);
    return model;
  };
  const auto a = with(unit("/a.cpp", {record("S", 8), record("T", 8)}),
                      {{"/s.hpp", "old"}, {"/t.hpp", "same"}});
  const auto b = with(unit("/b.cpp", {record("S", 16)}), {{"/s.hpp", "new"}});
  const auto c = with(unit("/c.cpp", {record("T", 16)}), {{"/t.hpp", "same"}});
  const Model model = merge({a, b, c});
  REQUIRE(model.conflicts.size() == 2);
  CHECK(model.conflicts[0].other.id == "S");
  CHECK(model.conflicts[0].doubtful);
  CHECK(model.conflicts[1].other.id == "T");
  CHECK_FALSE(model.conflicts[1].doubtful);
  CHECK(model.file_hashes ==
        std::map<std::string, std::string>{{"/s.hpp", ""}, {"/t.hpp", "same"}});
  REQUIRE(model.units[0].problems.size() == 1);
  CHECK(model.units[0].problems[0].starts_with("/s.hpp changed while it was being read"));

  // Some unit that read the same text still sees the other layout.
  const auto d = with(unit("/d.cpp", {record("S", 8)}), {{"/s.hpp", "new"}});
  CHECK_FALSE(merge({a, b, d}).conflicts.at(0).doubtful);

  // The doubt and the note survive a file and a second merge.
  const auto stored = model_from_bytes(to_bytes(merge({a, b})), "ab.snug");
  const Model again = merge({stored, c});
  REQUIRE(again.conflicts.size() == 2);
  CHECK(again.conflicts[0].doubtful);
  CHECK_FALSE(again.conflicts[1].doubtful);
  CHECK(again.units[0].problems.size() == 1);
}

TEST_CASE("configurations of one file stay apart") {
  const Model model = merge(
      {unit("/a.cpp", {record("S", 4)}, "debug"), unit("/a.cpp", {record("S", 8)}, "release")});
  CHECK(model.units.size() == 2);
  CHECK(model.conflicts.size() == 1);
}

TEST_CASE("the same unit in two parts counts once, with all its problems") {
  Model failed = unit("/a.cpp", {});
  failed.units[0].status = UnitStatus::Failed;
  failed.units[0].problems = {"broken"};
  const Model model = merge({unit("/a.cpp", {record("S", 4)}), failed});
  REQUIRE(model.units.size() == 1);
  CHECK(model.units[0].status == UnitStatus::Failed);
  CHECK(model.units[0].problems == std::vector<std::string>{"broken"});
}

TEST_CASE("the careful reading of a use wins, and each place counts once") {
  Model a = unit("/a.cpp", {});
  Use use;
  use.record_id = "S";
  use.where.file = "/h.hpp";
  use.keeps_meaning = true;
  a.uses = {use};
  Model b = unit("/b.cpp", {});
  use.keeps_meaning = false;
  use.asserted = true;
  b.uses = {use, use};
  const Model model = merge({a, b});
  REQUIRE(model.uses.size() == 1);
  CHECK_FALSE(model.uses[0].keeps_meaning);
  CHECK(model.uses[0].asserted);
}

TEST_CASE("every order of the parts gives the same model") {
  std::vector<Model> parts;
  for (int at = 0; at < 5; ++at) {
    Record common = record("S", at == 3 ? 8 : 4);
    common.where.line = static_cast<std::uint32_t>(10 - at);  // copies that differ beyond layout
    Model part = unit("/u" + std::to_string(at) + ".cpp", {common, record(std::to_string(at), 2)});
    Use use;
    use.record_id = "S";
    use.detail = std::to_string(at);
    part.uses = {use};
    part.file_hashes = {{"/h.hpp", at == 4 ? "other" : "same"}};
    parts.push_back(part);
  }
  const std::string expected = to_bytes(merge(parts));
  std::vector<int> order{0, 1, 2, 3, 4};
  do {
    std::vector<Model> shuffled;
    for (const int at : order) shuffled.push_back(parts[static_cast<std::size_t>(at)]);
    REQUIRE(to_bytes(merge(shuffled)) == expected);
  } while (std::next_permutation(order.begin(), order.end()));
  const Model model = merge(parts);
  CHECK(model.find("S")->where.line == 10);
  CHECK(model.uses[0].detail == "0");
  CHECK_THAT(model.units[0].problems.at(0), Catch::Contains("/h.hpp changed"));
}

TEST_CASE("joining joined models equals joining all at once") {
  const Model a = unit("/a.cpp", {record("S", 4)});
  const Model b = unit("/b.cpp", {record("S", 8)});
  const Model c = unit("/c.cpp", {record("S", 8)});
  CHECK(to_bytes(merge({merge({a, b}), c})) == to_bytes(merge({a, b, c})));
}

TEST_CASE("models of different targets are not joined, failed units have no target") {
  Model other = unit("/b.cpp", {});
  other.abi.target = "aarch64-unknown-linux-gnu";
  CHECK_THROWS_WITH(merge({unit("/a.cpp", {}), other}), Catch::Contains("different targets"));
  other.units[0].status = UnitStatus::Failed;
  CHECK(merge({unit("/a.cpp", {}), other}).abi.target == "x86_64-unknown-linux-gnu");
  CHECK(merge({other, unit("/a.cpp", {})}).abi.target == "x86_64-unknown-linux-gnu");
  CHECK(merge({}).units.empty());
}

TEST_CASE("every status has the name of the report") {
  CHECK(to_string(UnitStatus::Ok) == "ok");
  CHECK(to_string(UnitStatus::MemoryLimit) == "memory-limit");
  CHECK(to_string(UnitStatus::Skipped) == "skipped");
}

}  // namespace
}  // namespace snug::test
