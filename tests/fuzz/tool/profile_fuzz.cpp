// Any bytes as a profile: it is refused with its place, or each of its names is itself, and counts
// go to slots that are there.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "gate/match_profile.hpp"
#include "gate/printed_name.hpp"
#include "gate/read_profile.hpp"

namespace {

snug::Record record(const std::string& id, const std::string& name) {
  snug::Record made;
  made.id = id;
  made.name = name;
  made.reported = true;
  for (const char* field : {"x", "", "price"}) {
    snug::Slot slot;
    slot.name = field;
    slot.extent = {made.slots.size() * 64, 64};
    made.slots.push_back(slot);
  }
  made.slots[1].members = {made.slots[0]};
  made.slots[1].members[0].name = "inner";
  return made;
}

const snug::Model& model() {
  static const snug::Model model = [] {
    snug::Model made;
    made.records = {record("1", "a::S"), record("2", "a::V<a::S, unsigned long>"),
                    record("3", "(anonymous namespace)::S"), record("4", "f()::L")};
    return made;
  }();
  return model;
}

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const std::vector<snug::ProfiledType> types = snug::read_profile(text, "p.json");
    for (const snug::ProfiledType& type : types) {
      require(snug::may_be_printed_as(type.name, type.name));
      const std::string canonical = snug::canonical_name(type.name);
      require(snug::last_name(canonical) == snug::last_name(type.name));
    }
    const snug::MatchedProfile matched = snug::match_profile(types, model());
    require(matched.profile.records.size() <= model().records.size());
    for (const snug::RecordAccesses& one : matched.profile.records) {
      require(one.slots.size() == 3 && matched.profile.of(one.record_id) == &one);
      require(one.sum().total() >= one.sum().visits());
    }
  } catch (const snug::Error& error) {
    require(std::string_view(error.what()).starts_with("p.json:"));
  }
  return 0;
}
