#include "model/use_merge.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace snug {
namespace {

constexpr std::string_view read_in_two_ways = "two units read it in different ways";

/// Uses of one place that find different fields in the same text: the units that see them do not
/// agree which values are meant. REQUIRES: sorted by place, kind and record.
void mark_disagreements(std::vector<Use>& uses) {
  const auto place = [](const Use& use) { return std::tie(use.where, use.kind, use.record_id); };
  for (auto first = uses.begin(); first != uses.end();) {
    const auto last = std::find_if(first, uses.end(),
                                   [&](const Use& use) { return place(use) != place(*first); });
    const bool differ = std::any_of(first, last, [&](const Use& use) {
      return !use.items.empty() && use.items != first->items;
    });
    for (; first != last; ++first) {
      if (differ && first->obstacle.empty()) first->obstacle = read_in_two_ways;
    }
  }
}

/// What one unit compiled is compiled, and a name means what any unit knows it to mean.
void join_uncompiled(Use& known, const Use& other) {
  known.keeps_meaning = known.keeps_meaning || other.keeps_meaning;
  known.fields.insert(known.fields.end(), other.fields.begin(), other.fields.end());
  std::sort(known.fields.begin(), known.fields.end());
  known.fields.erase(std::unique(known.fields.begin(), known.fields.end()), known.fields.end());
}

}  // namespace

void UseMerger::add(Use use, std::uint32_t from, const Before& before) {
  const bool uncompiled = use.kind == UseKind::Uncompiled || use.kind == UseKind::OtherDefinition;
  const auto [place, added] = uses_.try_emplace(
      Key{use.where, use.kind, use.record_id, uncompiled ? std::vector<std::string>{} : use.fields},
      Copy{use, from});
  if (added) return;
  Use& known = place->second.value;
  if (uncompiled) {
    join_uncompiled(known, use);
    return;
  }
  const bool keeps_meaning = known.keeps_meaning && use.keeps_meaning;
  const bool asserted = known.asserted || use.asserted;
  const bool repeats = known.repeats && use.repeats;
  const std::string obstacle =
      known.items != use.items && known.obstacle.empty() && use.obstacle.empty()
          ? std::string(read_in_two_ways)
      : known.obstacle.empty() ? use.obstacle
                               : known.obstacle;
  if (before(from, place->second.from)) place->second = {std::move(use), from};
  place->second.value.keeps_meaning = keeps_meaning;
  place->second.value.asserted = asserted;
  place->second.value.repeats = repeats;
  place->second.value.obstacle = obstacle;
}

std::vector<Use> UseMerger::finish() {
  std::vector<Use> uses;
  uses.reserve(uses_.size());
  for (auto& [key, copy] : std::exchange(uses_, {})) uses.push_back(std::move(copy.value));
  mark_disagreements(uses);
  return uses;
}

}  // namespace snug
