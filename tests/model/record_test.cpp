#include "model/record.hpp"

#include <catch2/catch.hpp>

namespace snug {
namespace {

Slot slot(SlotKind kind, std::uint64_t offset_bits, std::uint64_t size_bits,
          const std::string& name = "f") {
  Slot made;
  made.kind = kind;
  made.extent = {offset_bits, size_bits};
  made.name = name;
  return made;
}

Record record(std::uint64_t size, std::vector<Slot> slots) {
  Record made;
  made.name = "R";
  made.size = size;
  made.slots = std::move(slots);
  return made;
}

}  // namespace

TEST_CASE("padding gets labels and every bit is covered") {
  Record made = record(24, {slot(SlotKind::Field, 64, 64), slot(SlotKind::BitField, 0, 3),
                            slot(SlotKind::Field, 128, 8)});
  CHECK_FALSE(coverage_error(made).empty());
  label_padding(made);
  CHECK(coverage_error(made).empty());
  REQUIRE(made.slots.size() == 5);
  CHECK(made.slots[1].kind == SlotKind::Hole);
  CHECK(made.slots[1].extent == Extent{3, 61});
  CHECK(made.slots[4].kind == SlotKind::TailPadding);
  CHECK(made.slots[4].extent == Extent{136, 56});
}

TEST_CASE("padding counts whole bytes, the rest is bits") {
  Record made = record(8, {slot(SlotKind::BitField, 0, 3), slot(SlotKind::Field, 16, 8)});
  label_padding(made);
  const PaddingSum sum = padding_of(made);
  CHECK(sum.holes == 1);
  CHECK(sum.bit_holes == 5);
  CHECK(sum.tail == 5);
}

TEST_CASE("an empty record is all tail padding, one of size 0 has no slot") {
  Record one = record(1, {});
  label_padding(one);
  REQUIRE(one.slots.size() == 1);
  CHECK(one.slots[0].kind == SlotKind::TailPadding);
  CHECK(coverage_error(one).empty());
  Record none = record(0, {});
  label_padding(none);
  CHECK(none.slots.empty());
  CHECK(coverage_error(none).empty());
}

TEST_CASE("what is wrong with a slot list is told") {
  CHECK(coverage_error(record(4, {slot(SlotKind::Field, 0, 64)})).find("ends at bit 64 of 32") !=
        std::string::npos);
  CHECK(coverage_error(record(8, {slot(SlotKind::Field, 0, 32), slot(SlotKind::Field, 16, 48)}))
            .find("overlaps field 'f' at bit 0") != std::string::npos);
  CHECK(coverage_error(record(8, {slot(SlotKind::Field, 32, 32)})).find("bits 0 to 32") !=
        std::string::npos);
  CHECK(coverage_error(record(8, {slot(SlotKind::Field, 0, 32)})).find("bits 32 to 64") !=
        std::string::npos);
  CHECK(coverage_error(record(8, {slot(SlotKind::Field, 0, 48), slot(SlotKind::Hole, 32, 32)}))
            .find("overlaps another slot") != std::string::npos);
  CHECK(coverage_error(record(8, {slot(SlotKind::Hole, 0, 40), slot(SlotKind::Field, 32, 32)}))
            .find("overlaps padding") != std::string::npos);
  CHECK(coverage_error(record(8, {slot(SlotKind::Field, 0, 32), slot(SlotKind::Field, 32, 32),
                                  slot(SlotKind::Field, 8, 8)}))
            .find("out of order") != std::string::npos);
}

TEST_CASE("slots overlap where the language lets them") {
  Record both = record(8, {slot(SlotKind::Field, 0, 64), slot(SlotKind::Field, 0, 8)});
  CHECK_FALSE(coverage_error(both).empty());
  both.kind = RecordKind::Union;
  CHECK(coverage_error(both).empty());
  Record tail = record(16, {slot(SlotKind::Field, 0, 128), slot(SlotKind::Field, 72, 8)});
  CHECK_FALSE(coverage_error(tail).empty());
  tail.slots[0].no_unique_address = true;
  CHECK(coverage_error(tail).empty());
  CHECK(coverage_error(record(8, {slot(SlotKind::Field, 0, 64), slot(SlotKind::Base, 0, 0)}))
            .empty());
  CHECK(
      coverage_error(record(16, {slot(SlotKind::Base, 0, 128), slot(SlotKind::VirtualBase, 0, 64)}))
          .empty());
}

TEST_CASE("traits are named in a fixed order, with dashes") {
  Traits traits;
  traits.abi_differs = traits.polymorphic = traits.c_linkage = true;
  CHECK(trait_names(traits) ==
        std::vector<std::string_view>{"polymorphic", "c-linkage", "abi-differs"});
  CHECK(trait_names({}).empty());
}

TEST_CASE("kinds have the names of the report") {
  CHECK(to_string(SlotKind::BitField) == "bit-field");
  CHECK(to_string(SlotKind::VirtualBase) == "virtual-base");
  CHECK(to_string(SlotKind::TailPadding) == "tail-padding");
  CHECK(to_string(RecordKind::Union) == "union");
  CHECK(to_string(Access::Protected) == "protected");
}

}  // namespace snug
