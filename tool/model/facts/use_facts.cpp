#include "model/facts/use_facts.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace snug {
namespace {

constexpr std::string_view read_in_two_ways = "two units read it in different ways";
/// Said of what was found after all were joined: a larger merge may find something else.
constexpr std::string_view read_as_others = "units read it in different ways";

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
      if (differ && first->obstacle.empty()) first->obstacle = read_as_others;
    }
  }
}

/// What one unit compiled is compiled, and a name means what any unit knows it to mean.
void join_uncompiled(Use& first, const Use& other) {
  first.keeps_meaning = first.keeps_meaning || other.keeps_meaning;
  first.fields.insert(first.fields.end(), other.fields.begin(), other.fields.end());
  std::sort(first.fields.begin(), first.fields.end());
  first.fields.erase(std::unique(first.fields.begin(), first.fields.end()), first.fields.end());
}

/// What a unit says stands against an edit counts more than that units disagree; of two the lesser.
std::string joined_obstacle(const Use& first, const Use& other) {
  const auto said = [](const Use& use) {
    return use.obstacle.empty() || use.obstacle == read_in_two_ways ? std::string() : use.obstacle;
  };
  const std::string a = said(first), b = said(other);
  if (!a.empty() && !b.empty()) return std::min(a, b);
  if (!a.empty() || !b.empty()) return a + b;
  const bool differ =
      first.items != other.items || !first.obstacle.empty() || !other.obstacle.empty();
  return differ ? std::string(read_in_two_ways) : std::string();
}

/// Whether the copies of a place are one use whatever fields each of them names.
bool names_all_fields(UseKind kind) {
  return kind == UseKind::Uncompiled || kind == UseKind::OtherDefinition;
}

/// The copy of the first unit, with what the other one cannot exclude.
void join_copies(Use& first, const Use& other) {
  if (names_all_fields(first.kind)) return join_uncompiled(first, other);
  first.obstacle = joined_obstacle(first, other);
  first.keeps_meaning = first.keeps_meaning && other.keeps_meaning;
  first.asserted = first.asserted || other.asserted;
  first.repeats = first.repeats && other.repeats;
}

}  // namespace

std::tuple<SourceRange, UseKind, std::string, std::vector<std::string>> FactTraits<Use>::key(
    const Use& use) {
  std::vector<std::string> fields;
  if (!names_all_fields(use.kind)) fields = use.fields;
  if (is_half(use.kind)) fields.push_back(use.detail);  // one declaration may have two symbols
  return {use.where, use.kind, use.record_id, std::move(fields)};
}

bool FactTraits<Use>::join(Use& known, Use& other, bool first) {
  if (first) std::swap(known, other);
  join_copies(known, other);
  return first;
}

void FactTraits<Use>::arrive(Use& use) {
  if (use.obstacle == read_as_others) use.obstacle.clear();
}

void FactTraits<Use>::settle(std::vector<Use>& uses) {
  mark_disagreements(uses);
}

}  // namespace snug
