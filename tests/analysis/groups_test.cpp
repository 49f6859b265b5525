#include "analysis/groups.hpp"

#include <catch2/catch.hpp>

#include "analysis/orders/orders.hpp"
#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// Bytes from the first to the last of the group's fields in every order that is offered.
std::vector<std::uint64_t> spans(const Orders& orders, ModelBuilder& builder, const Record& record,
                                 const std::vector<std::string>& groups) {
  std::vector<std::uint64_t> out;
  const auto spec = spec_of(record, builder.model());
  for (const CandidateOrder& candidate : orders.ranked) {
    const Placement placement = lay_out(*spec, Abi(), candidate.order);
    std::uint64_t first = ~std::uint64_t{0}, last = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (groups[i].empty()) continue;
      first = std::min(first, placement.offset_bits[i] / 8);
      last = std::max(last, (placement.offset_bits[i] + spec->members[i].size_bits) / 8);
    }
    out.push_back(last - first);
  }
  return out;
}

/// A record with its fields in these groups; `widest` gets the bytes that their group takes at
/// most.
Orders orders_of(const RecordDraft& draft, const std::vector<std::string>& groups,
                 bool frozen = false, std::uint64_t* widest = nullptr) {
  ModelBuilder builder;
  builder.add(draft);
  Record& record = builder.record(draft.name);
  RecordRules rules;
  rules.record_id = record.id;
  if (frozen) rules.frozen = SourceRange();
  rules.groups.resize(record.slots.size());
  std::size_t field = 0;
  for (std::size_t i = 0; i < record.slots.size(); ++i) {
    if (record.slots[i].kind == SlotKind::Field) rules.groups[i] = groups.at(field++);
  }
  builder.model().rules.records.push_back(rules);
  const Record* const records[] = {&record};
  Orders orders = find_orders(records, builder.model());
  if (widest != nullptr) {
    *widest = 0;
    for (const std::uint64_t span : spans(orders, builder, record, groups)) {
      *widest = std::max(*widest, span);
    }
  }
  return orders;
}

/// 40 bytes, 24 in the best order, which parts the first field from the last.
const RecordDraft parted = {.name = "P",
                            .fields = {real("a"), chr("x"), real("b"), chr("y"), int32("c")}};

}  // namespace

TEST_CASE("without groups the smallest order is found, with groups they stay together") {
  const Orders free = orders_of(parted, {"", "", "", "", ""});
  REQUIRE(!free.ranked.empty());
  CHECK(free.ranked.front().sizes == std::vector<std::uint64_t>{24});
  // x and b take 16 bytes together, from 8 to 24, and do so in every order that is offered.
  std::uint64_t widest = 0;
  const Orders held = orders_of(parted, {"", "g", "g", "", ""}, false, &widest);
  REQUIRE(!held.ranked.empty());
  CHECK(widest <= 16);
  (void)orders_of(parted, {"g", "", "", "", "g"}, false, &widest);
  CHECK(widest <= 32);
}

TEST_CASE("a group that every smaller order takes apart keeps the declared order") {
  // 24 bytes; 16 only if the two chars come together, which takes each from its neighbour.
  const RecordDraft draft = {.name = "Q", .fields = {chr("a"), real("b"), chr("c")}};
  CHECK(orders_of(draft, {"", "", ""}).ranked.front().sizes == std::vector<std::uint64_t>{16});
  // a next to b ends at 16 in the declared order; with a and c behind b it ends at 9.
  CHECK(!orders_of(draft, {"g", "g", ""}).ranked.empty());
  const RecordDraft apart = {
      .name = "R",
      .fields = {chr("a"), chr("b"), real("c"), chr("d"), int32("e"), real("f"), chr("g")}};
  const Orders orders = orders_of(apart, {"1", "1", "", "", "", "", ""});
  for (const CandidateOrder& candidate : orders.ranked) {
    std::vector<std::size_t> at(7);
    for (std::size_t i = 0; i < 7; ++i) at[candidate.order[i]] = i;
    CHECK((at[0] + 1 == at[1] || at[1] + 1 == at[0]));  // two bytes, no room between them
  }
}

TEST_CASE("a frozen record has no orders") {
  const Orders orders = orders_of(parted, {"", "", "", "", ""}, true);
  CHECK(orders.ranked.empty());
  CHECK(orders.silent == "its layout is frozen");
}

TEST_CASE("a group on one line may not come to lie on two") {
  ModelBuilder builder;
  RecordDraft draft{.name = "A", .fields = {}, .align = 64};
  for (int i = 0; i < 9; ++i) draft.fields.push_back(real("f" + std::to_string(i)));
  builder.add(draft);
  const Record& record = builder.record("A");
  RecordRules rules;
  rules.record_id = record.id;
  rules.groups.resize(record.slots.size());
  rules.groups[0] = rules.groups[7] = "g";
  builder.model().rules.records.push_back(rules);
  std::vector<const Slot*> slots;
  std::vector<std::uint64_t> offsets;
  for (const Slot& slot : record.slots) {
    if (slot.kind != SlotKind::Field) continue;
    slots.push_back(&slot);
    offsets.push_back(slot.extent.offset_bits);
  }
  CHECK(keeps_groups(record, builder.model(), slots, offsets));
  std::swap(offsets[7], offsets[8]);
  CHECK(!keeps_groups(record, builder.model(), slots, offsets));
  const auto groups = groups_of(record, &builder.model().rules.records[0]);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].slots == std::vector<std::uint32_t>{0, 7});
  CHECK(place_of(groups[0], record).lines(512) == 1);
}
