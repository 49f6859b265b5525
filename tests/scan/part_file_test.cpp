#include "scan/parts/part_file.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <functional>

#include "base/error.hpp"
#include "model/merge.hpp"
#include "scan/parts/model_file.hpp"

namespace snug::test {
namespace {

SourceRange at(const std::string& file, std::uint64_t begin) {
  SourceRange range;
  range.file = file;
  range.line = 1;
  range.begin = begin;
  range.end = begin + 1;
  return range;
}

/// A number from a stream that begins with the seed.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::size_t operator()(std::size_t sides) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33U) % sides;
  }
  std::string of(const std::vector<std::string>& words) { return words[(*this)(words.size())]; }

 private:
  std::uint64_t state_;
};

Record any_record(Dice& dice) {
  Record record;
  record.id = dice.of({"c:@S@A", "c:@S@B", "c:@S@C"});
  record.name = record.id;
  record.where = at("/p/h.hpp", 1 + dice(2));
  record.size = 4 + 4 * dice(2);
  record.reported = true;
  record.units = {0};
  return record;
}

Use any_use(Dice& dice) {
  Use use;
  use.record_id = dice.of({"c:@S@A", "c:@S@B"});
  use.where = at(dice.of({"/p/h.hpp", "/usr/include/s.h"}), dice(2));
  use.kind = dice(4) == 0 ? UseKind::Uncompiled : UseKind::InitReadsMember;
  use.fields = {dice.of({"a", "b"})};
  use.detail = dice.of({"one", "two", "three"});
  use.keeps_meaning = dice(2) == 0;
  use.asserted = dice(2) == 0;
  use.obstacle = dice.of({"", "", "macro", "array"});
  if (dice(3) == 0) use.items.emplace_back().field = dice.of({"a", "b"});
  return use;
}

/// What one unit of a project in /p may say: facts that units share, told in several ways.
Model any_unit(Dice& dice, std::size_t number) {
  Model model;
  model.abi.target = "x86_64-unknown-linux-gnu";
  Unit unit;
  unit.file = dice(8) == 0 ? "/build/gen" + std::to_string(number) + ".cpp"
                           : "/p/" + std::to_string(number) + ".cpp";
  unit.directory = "/p/build";
  unit.arguments = {"clang++", "-I/p/include"};
  unit.files = {0};
  model.units = {unit};
  model.file_hashes = {{"/p/h.hpp", dice.of({"text", "text", "other"})}};
  for (std::size_t i = dice(3); i-- > 0;) model.records.push_back(any_record(dice));
  for (std::size_t i = dice(5); i-- > 0;) model.uses.push_back(any_use(dice));
  for (std::size_t i = dice(3); i-- > 0;) {
    Function function;
    function.id = dice.of({"f", "g"});
    function.name = dice.of({"f", "g", "ns::f"});
    function.address_taken = dice(2) == 0;
    model.functions.push_back(function);
    Variable variable;
    variable.id = dice.of({"v", "w"});
    variable.type = dice.of({"int", "long"});
    model.variables.push_back(variable);
    Variant variant;
    variant.id = dice.of({"x", "y"});
    variant.name = dice.of({"", "Shape", "Form"});
    model.variants.push_back(variant);
    Enumeration enumeration;
    enumeration.id = dice.of({"e", "d"});
    enumeration.count = 1 + dice(3);
    model.enumerations.push_back(enumeration);
    InitializerList list;
    list.record_id = "c:@S@A";
    list.where = at("/p/h.hpp", dice(2));
    list.from_macro = dice(2) == 0;
    model.initializers.push_back(list);
  }
  return model;
}

std::string scanned(Model model) {
  Merger merger("/p");
  merger.add(std::move(model));
  Origins origins;
  const Model merged = merger.finish(&origins);
  return part_bytes({"/p", "", "known"}, merged, origins);
}

std::string merged(const std::vector<std::string>& parts) {
  PartMerger merger;
  for (const std::string& part : parts) merger.add(part, "a part");
  return merger.finish();
}

/// Merges in steps of at most `fan_in` parts until one is left.
std::string merged_in_a_tree(std::vector<std::string> parts, std::size_t fan_in) {
  while (parts.size() > 1) {
    std::vector<std::string> next;
    for (std::size_t i = 0; i < parts.size(); i += fan_in) {
      next.push_back(merged(
          {parts.begin() + static_cast<std::ptrdiff_t>(i),
           parts.begin() + static_cast<std::ptrdiff_t>(std::min(parts.size(), i + fan_in))}));
    }
    parts = std::move(next);
  }
  return merged(parts);
}

std::string read_here(const std::string& part) {
  Part read = part_at(part, "a part", "/p");
  Merger merger("/p");
  merger.add(std::move(read.model), read.origins);
  return to_bytes(merger.finish());
}

}  // namespace

TEST_CASE("any tree of merges in any order gives the bytes of one merge") {
  CHECK(rc::check("order and tree", [](std::uint64_t seed) {
    Dice dice(seed);
    std::vector<std::string> parts;
    std::vector<Model> units;
    for (std::size_t unit = 0, count = 1 + dice(9); unit < count; ++unit) {
      units.push_back(any_unit(dice, unit));
      parts.push_back(scanned(units.back()));
    }
    const std::string once = merged(parts);
    RC_ASSERT(merged_in_a_tree(parts, 2) == once);
    RC_ASSERT(merged_in_a_tree(parts, 32) == once);
    for (std::size_t i = parts.size(); i > 1; --i) std::swap(parts[i - 1], parts[dice(i)]);
    RC_ASSERT(merged(parts) == once);
    RC_ASSERT(merged_in_a_tree(parts, 3) == once);
    RC_ASSERT(merged({once}) == once);
    // And what is read from it is what one run over all units gives.
    Merger all("/p");
    for (const Model& unit : units) all.add(unit);
    RC_ASSERT(read_here(once) == to_bytes(all.finish()));
  }));
}

TEST_CASE("a part has the paths of the folder where it is read") {
  Model model;
  model.abi.target = "x86_64-unknown-linux-gnu";
  Unit unit;
  unit.file = "/p/src/a.cpp";
  unit.directory = "/p/build";
  unit.arguments = {"clang++", "-I/p/include", "-I/usr/include/x"};
  unit.files = {1, 2};
  model.units = {unit};
  model.file_hashes = {{"/b/x.h", "1"}, {"/p/a.h", "2"}, {"/p/b.h", "3"}};
  const std::string bytes = part_bytes({"/p", "", "known"}, model, {});
  const PartFacts facts = part_facts(bytes, "part");
  CHECK(facts == PartFacts{"/p", "src/a.cpp", "known"});

  const Part moved = part_at(bytes, "part", "/a/q");
  CHECK(moved.model.units[0].file == "/a/q/src/a.cpp");
  CHECK(moved.model.units[0].directory == "/a/q/build");
  CHECK(moved.model.units[0].arguments[1] == "-I/a/q/include");
  CHECK(moved.model.units[0].arguments[2] == "-I/usr/include/x");
  // The files are in another order now: the unit still names its own.
  CHECK(moved.model.file_hashes.begin()->first == "/a/q/a.h");
  CHECK(moved.model.units[0].files == std::vector<std::uint32_t>{0, 1});
  CHECK(to_bytes(part_at(bytes, "part", "/p").model) == to_bytes(model));
}

TEST_CASE("what is no whole part is an error that names it") {
  Dice dice(3);
  const std::string bytes = scanned(any_unit(dice, 1));
  CHECK_THROWS_WITH(part_at("{}", "x.json", "/p"), Catch::Contains("x.json: not a part"));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    REQUIRE_THROWS_AS(part_at(std::string_view(bytes).substr(0, size), "f", "/p"), Error);
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    REQUIRE_THROWS_AS(part_at(damaged, "f", "/p"), Error);
  }
  REQUIRE_THROWS_AS(part_at(bytes + "x", "f", "/p"), Error);
}

TEST_CASE("parts that were scanned with other knowledge are not joined") {
  Dice dice(5);
  const Model model = any_unit(dice, 1);
  PartMerger merger;
  merger.add(part_bytes({"/p", "", "old"}, model, {}), "a.snug");
  CHECK_THROWS_WITH(merger.add(part_bytes({"/p", "", "new"}, model, {}), "b.snug"),
                    Catch::Contains("a.snug and b.snug"));
}

}  // namespace snug::test
