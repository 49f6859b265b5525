#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

FieldDraft lock(std::string name) {
  return {"std::mutex", std::move(name), 40, 8, [](Slot& slot) { slot.is_lock = true; }};
}

/// A lock behind 32 bytes: it ends at 72.
RecordDraft queue(std::uint64_t align) {
  RecordDraft draft{.name = "Queue", .fields = {}, .align = align};
  for (int i = 0; i < 4; ++i) draft.fields.push_back(real(fmt::format("f{}", i)));
  draft.fields.push_back(lock("mutex"));
  return draft;
}

std::vector<Finding> findings_of(const RecordDraft& draft) {
  ModelBuilder builder;
  builder.add(draft);
  return builder.run("line-straddle");
}

FieldDraft array(std::uint64_t element, std::uint64_t count) {
  return {fmt::format("char3[{}]", count), "items", element * count, 8, [count](Slot& slot) {
            slot.array_elements = count;
            slot.type_id = "c:@S@Item";
          }};
}

}  // namespace

TEST_CASE("line-straddle: a lock that crosses a line of a line-aligned object") {
  ModelBuilder builder;
  builder.add(queue(64));
  const auto findings = builder.run("line-straddle");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].message ==
        "lock 'mutex' of 'Queue' (40 bytes) crosses a cache line in every object, which are "
        "aligned to 64 bytes");
  CHECK(findings[0].level == Level::Warning);
  CHECK(has_evidence(findings[0], "member",
                     "'mutex' of 40 bytes at byte 32 ends at byte 72, behind the line boundary at "
                     "64"));
  // One field is moved: the lock two places up, or a double behind it.
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].promise.sizes.at(0).after == 128);
  CHECK(findings[0].fixes[0].promise.order ==
        std::vector<std::string>{"f0", "f1", "f2", "mutex", "f3"});
}

TEST_CASE("line-straddle: a note without an edit where units see several layouts") {
  ModelBuilder builder;
  builder.add(queue(64));
  Record other = builder.record("Queue");
  other.size = 192;
  builder.add_conflict(other);
  const auto findings = builder.run("line-straddle");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Note);
  CHECK(findings[0].fixes.at(0).safety == Safety::Refused);
  CHECK(findings[0].fixes[0].edits.empty());
  CHECK(findings[0].fixes[0].reasons.at(0).find("another layout, of 192 bytes") !=
        std::string::npos);
}

TEST_CASE("line-straddle: silent for objects that only some starts make cross") {
  CHECK(findings_of(queue(1)).empty());
  CHECK(findings_of(queue(16)).empty());
}

TEST_CASE("line-straddle: silent where nothing crosses") {
  RecordDraft draft{.name = "Queue", .fields = {lock("mutex"), real("a")}, .align = 64};
  CHECK(findings_of(draft).empty());
}

TEST_CASE("line-straddle: silent for ordinary arrays of 24- and 48-byte records") {
  CHECK(findings_of({.name = "Book", .fields = {array(24, 10)}}).empty());
  CHECK(findings_of({.name = "Book", .fields = {array(48, 10)}}).empty());
}

TEST_CASE("line-straddle: an array that starts at a line") {
  const auto findings = findings_of({.name = "Book", .fields = {array(24, 8)}, .align = 64});
  REQUIRE(findings.size() == 1);
  // 0-24-48-72-96-120-144-168-192: the third, the sixth.
  CHECK(findings[0].message ==
        "2 of the 8 elements of 'Book::items' (24 bytes each) cross a cache line although the "
        "array starts at one");
  CHECK(findings[0].fixes.empty());
  CHECK(has_evidence(findings[0], "cost", "64 bytes more"));
  CHECK(findings_of({.name = "Book", .fields = {array(32, 8)}, .align = 64}).empty());
}

TEST_CASE("line-straddle: alignas where no order helps") {
  RecordDraft draft{.name = "Block", .fields = {array(40, 1)}, .align = 64};
  draft.fields[0].change = {};
  draft.fields[0].name = "header";
  draft.fields.push_back(lock("mutex"));
  draft.fields[0].size = 40;
  // 40 + 40: whichever comes first, the other one crosses.
  draft.fields[0] = lock("first");
  const auto findings = findings_of(draft);
  REQUIRE(findings.size() == 1);
  REQUIRE(findings[0].fixes.size() == 1);
  CHECK(findings[0].fixes[0].title == "Align 'mutex' to 64 bytes");
  CHECK(findings[0].fixes[0].promise.sizes.at(0).after == 128);
}

TEST_CASE("line-straddle: a packed field that crosses in every shift of a packed record") {
  // Aligned to 1, some start always spares it.
  RecordDraft draft{.name = "Wire", .fields = {array(60, 1)}};
  draft.fields[0] = {"char[60]", "bytes", 60, 1};
  draft.fields.push_back({"double", "value", 8, 8, [](Slot& slot) {
                            slot.packed = true;
                            slot.align_bits = 8;
                          }});
  CHECK(findings_of(draft).empty());
  draft.align = 64;
  CHECK(findings_of(draft).size() == 1);
}
