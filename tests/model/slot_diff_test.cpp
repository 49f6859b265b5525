#include "model/slot_diff.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <set>

#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::vector<std::string> words(const std::vector<Slot>& before, const std::vector<Slot>& after) {
  std::vector<std::string> out;
  for (const SlotChange& change : slot_changes(before, after)) out.push_back(describe(change));
  return out;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("the spelling of C is no change of the type") {
  SlotChange change;
  change.before.type = "struct point *";
  change.after.type = "point *";
  CHECK_FALSE(change.retyped());
  change.after.type = "size *";
  CHECK(change.retyped());
}

TEST_CASE("equal slots have no changes") {
  const std::vector<Slot> slots = {field("a", "int", 0, 4), field("b", "long", 8, 8)};
  CHECK(words(slots, slots).empty());
}

TEST_CASE("what was added, removed, moved, resized, retyped or renamed is told") {
  CHECK(words({field("a", "int", 0, 4)}, {field("b", "long", 0, 8), field("a", "int", 8, 4)}) ==
        Words{"'b' is new: 8 bytes at byte 0", "'a' moved from byte 0 to byte 8"});
  CHECK(words({field("a", "int", 0, 4), field("b", "int", 4, 4)}, {field("a", "int", 0, 4)}) ==
        Words{"'b' is gone: 4 bytes at byte 4"});
  CHECK(words({field("a", "int", 0, 4)}, {field("a", "long", 0, 8)}) ==
        Words{"'a' grew from 4 bytes to 8 bytes and changed its type from 'int' to 'long'"});
  CHECK(words({field("a", "int", 0, 4)}, {field("b", "int", 0, 4)}) ==
        Words{"'a' is called 'b' now"});
}

TEST_CASE(
    "members of anonymous structs are slots of their own, unnamed bit-fields keep their order") {
  Slot anonymous = field("", "(anonymous struct)", 0, 8);
  anonymous.members = {field("x", "int", 0, 4), field("y", "int", 4, 4)};
  CHECK(words({anonymous}, {field("x", "int", 0, 4), field("y", "int", 4, 4)}).empty());
  Slot bit = field("", "int", 0, 1);
  bit.kind = SlotKind::BitField;
  Slot later = bit;
  later.extent.offset_bits = 8;
  Slot moved = bit;
  moved.extent.offset_bits = 16;
  CHECK(words({bit, later}, {bit, moved}) ==
        Words{"an unnamed bit-field moved from byte 1 to byte 2"});
}

TEST_CASE("changes add up: every slot is kept, changed, added or removed") {
  CHECK(rc::check("slot changes add up", [] {
    const auto slots =
        rc::gen::map(rc::gen::container<std::vector<std::pair<int, int>>>(
                         rc::gen::pair(rc::gen::inRange(0, 6), rc::gen::inRange(0, 4))),
                     [](const std::vector<std::pair<int, int>>& drafts) {
                       std::vector<Slot> out;
                       for (const auto& [name, size] : drafts) {
                         out.push_back(field(std::string(1, static_cast<char>('a' + name)), "int",
                                             4 * out.size(), static_cast<std::uint64_t>(size)));
                       }
                       return out;
                     });
    const std::vector<Slot> before = *slots;
    const std::vector<Slot> after = *slots;
    std::size_t added = 0, removed = 0;
    for (const SlotChange& change : slot_changes(before, after)) {
      added += change.kind == SlotChange::Kind::Added ? 1 : 0;
      removed += change.kind == SlotChange::Kind::Removed ? 1 : 0;
    }
    RC_ASSERT(before.size() - removed == after.size() - added);
    RC_ASSERT(slot_changes(before, before).empty());
  }));
}
