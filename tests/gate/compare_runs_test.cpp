#include "gate/compare_runs.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "base/error.hpp"
#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

using Kind = RecordDiff::Kind;

RunResult run_of(std::vector<Record> records) {
  RunResult run;
  run.name = "run";
  std::sort(records.begin(), records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  run.model = model_of(std::move(records));
  run.has_findings = true;
  return run;
}

Record named(std::string name, std::uint64_t size, std::vector<std::string> fields = {"a", "b"}) {
  std::vector<Slot> slots;
  for (const std::string& one : fields) {
    slots.push_back(field(one, "int", 4 * slots.size(), 4));
  }
  return record(std::move(name), size, std::move(slots));
}

std::string words(const RunDiff& diff) {
  std::string out;
  for (const RecordDiff& one : diff.records) {
    const bool gone = one.kind == Kind::Vanished;
    out +=
        std::string(to_string(one.kind)) + " " + (gone ? one.before.name : one.after.name) + "; ";
  }
  return out;
}

std::string compare_words(std::vector<Record> before, std::vector<Record> after) {
  return words(compare_runs(run_of(std::move(before)), run_of(std::move(after))));
}

Finding finding(std::string message) {
  Finding one;
  one.check = "padding";
  one.message = std::move(message);
  return one;
}

}  // namespace

TEST_CASE("records that grew, shrank, changed, appeared and vanished are told in that order") {
  CHECK(compare_words({named("Same", 8), named("Grows", 8), named("Shrinks", 16),
                       named("Swaps", 8, {"a", "b"}), named("Goes", 8, {"x", "y"})},
                      {named("Same", 8), named("Grows", 16), named("Shrinks", 8),
                       named("Swaps", 8, {"b", "a"}), named("Comes", 8, {"p", "q"})}) ==
        "grew Grows; shrank Shrinks; changed Swaps; appeared Comes; vanished Goes; ");
}

TEST_CASE("a record that moved to another file or namespace is recognised") {
  Record before = named("old::Order", 8);
  Record after = named("market::Order", 8);
  after.where.file = "/project/market.hpp";
  const RunDiff moved = compare_runs(run_of({before}), run_of({after}));
  REQUIRE(moved.records.size() == 1);
  CHECK(moved.records[0].kind == Kind::Moved);
  CHECK(moved.records[0].before.name == "old::Order");
  CHECK(moved.records[0].after.where.file == "/project/market.hpp");
  // With other fields too, as long as half of them are the same.
  CHECK(compare_words({named("old::Order", 8)}, {named("market::Order", 12, {"a", "b", "c"})}) ==
        "grew market::Order; ");
  CHECK(compare_words({named("old::Order", 8)}, {named("market::Order", 8, {"x", "y"})}) ==
        "appeared market::Order; vanished old::Order; ");
  // Two that could be meant: no guess.
  CHECK(compare_words({named("old::Order", 8)}, {named("a::Order", 12, {"a", "b", "c"}),
                                                 named("b::Order", 12, {"a", "b", "d"})}) ==
        "appeared a::Order; appeared b::Order; vanished old::Order; ");
}

TEST_CASE("types of one name belong together by their layouts first") {
  Record one = named("(anonymous)::T", 8, {"a"});
  Record two = named("(anonymous)::T", 8, {"b"});
  one.id = "x1";
  two.id = "x2";
  Record new_two = two;
  Record new_one = one;
  new_two.id = "y1";  // the order of the files has changed
  new_one.id = "y2";
  CHECK(compare_words({one, two}, {new_two, new_one}).empty());
}

TEST_CASE("unnamed types are recognised when lines move") {
  Record before = named("Outer::(anonymous struct at a.hpp:3:5)", 8);
  Record after = named("Outer::(anonymous struct at a.hpp:9:5)", 8);
  CHECK(compare_words({before}, {after}).empty());
}

TEST_CASE("findings are compared by fingerprint, as multisets") {
  RunResult before = run_of({});
  before.findings = {finding("one"), finding("one"), finding("two")};
  before.fingerprints = {"1", "1", "2"};
  RunResult after = run_of({});
  after.findings = {finding("one"), finding("three")};
  after.fingerprints = {"1", "3"};
  const RunDiff diff = compare_runs(before, after);
  REQUIRE(diff.new_findings.size() == 1);
  CHECK(diff.new_findings[0].message == "three");
  CHECK(diff.gone_fingerprints == std::vector<std::string>{"1", "2"});
  after.has_findings = false;
  CHECK(!compare_runs(before, after).has_findings);
}

TEST_CASE("runs for different targets are refused") {
  const RunResult before = run_of({});
  RunResult after = run_of({});
  after.model.abi.target = "i686-linux-gnu";
  CHECK_THROWS_AS(compare_runs(before, after), Error);
}

TEST_CASE("differences add up whatever the runs") {
  CHECK(rc::check("bytes after - bytes before = sum of growths", [] {
    const auto records = rc::gen::map(
        rc::gen::container<std::vector<std::tuple<int, int, int>>>(
            rc::gen::tuple(rc::gen::inRange(0, 3), rc::gen::inRange(0, 4), rc::gen::inRange(1, 4))),
        [](const std::vector<std::tuple<int, int, int>>& drafts) {
          std::vector<Record> out;
          for (const auto& [space, name, fields] : drafts) {
            const std::string full = "n" + std::to_string(space) + "::T" + std::to_string(name);
            std::vector<std::string> names;
            for (int i = 0; i < fields; ++i)
              names.push_back(std::string(1, static_cast<char>('a' + i)));
            out.push_back(named(full, 4 * static_cast<std::uint64_t>(fields), names));
            out.back().id += "#" + std::to_string(out.size());
          }
          return out;
        });
    const RunResult before = run_of(*records);
    const RunResult after = run_of(*records);
    const RunDiff diff = compare_runs(before, after);
    std::int64_t growth = 0, appeared = 0, vanished = 0;
    for (const RecordDiff& one : diff.records) {
      growth += one.growth();
      appeared += one.kind == Kind::Appeared ? 1 : 0;
      vanished += one.kind == Kind::Vanished ? 1 : 0;
    }
    RC_ASSERT(growth == static_cast<std::int64_t>(diff.after.bytes) -
                            static_cast<std::int64_t>(diff.before.bytes));
    RC_ASSERT(appeared - vanished == static_cast<std::int64_t>(after.model.records.size()) -
                                         static_cast<std::int64_t>(before.model.records.size()));
    RC_ASSERT(compare_runs(before, before).records.empty());
  }));
}
