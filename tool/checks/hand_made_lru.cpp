// A cache made of a list and a map of that list's iterators.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/check.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

using Calls = std::vector<const ContainerCall*>;

const ContainerCall* find_call(const Calls& calls, std::initializer_list<std::string_view> methods,
                               std::string_view function = {}) {
  const auto found = std::find_if(calls.begin(), calls.end(), [&](const ContainerCall* call) {
    return (function.empty() || call->function == function) &&
           std::find(methods.begin(), methods.end(), call->method) != methods.end();
  });
  return found == calls.end() ? nullptr : *found;
}

/// What makes a list a recency list: an entry that is used moves to one end, and the other end is
/// evicted.
struct Recency {
  const ContainerCall* move = nullptr;
  const ContainerCall* eviction = nullptr;
  [[nodiscard]] bool complete() const { return move != nullptr && eviction != nullptr; }
};

/// Erase and push in one function, to that end.
const ContainerCall* move_by_hand(const Calls& calls,
                                  std::initializer_list<std::string_view> pushes) {
  for (const ContainerCall* call : calls) {
    if (call->method != "erase") continue;
    if (find_call(calls, pushes, call->function) != nullptr) return call;
  }
  return nullptr;
}

Recency recency_of(const Calls& calls) {
  Recency found;
  found.move = find_call(calls, {"splice"});
  if (found.move != nullptr) {
    found.eviction = find_call(calls, {"pop_back", "pop_front"});
    if (found.eviction == nullptr) found.eviction = find_call(calls, {"back", "front"});
    return found;
  }
  found.move = move_by_hand(calls, {"push_front", "emplace_front"});
  found.eviction = find_call(calls, {"pop_back", "back"});
  if (found.complete()) return found;
  found.move = move_by_hand(calls, {"push_back", "emplace_back"});
  found.eviction = find_call(calls, {"pop_front", "front"});
  return found;
}

void report(Pass& pass, const HeldContainer& list, const HeldContainer& map,
            const Recency& recency) {
  const Record* record = pass.model.find(list.record_id);
  if (record == nullptr) return;
  Finding finding;
  finding.level = Level::Note;
  finding.where = record->where;
  finding.record_id = record->id;
  const std::string& name = record->template_name.empty() ? record->name : record->template_name;
  finding.subject = fmt::format("{}\n{}\n{}", name, list.name, map.name);
  const std::uint64_t pointer = pass.model.abi.pointer_bytes;
  finding.message = fmt::format(
      "'{}' is a cache made by hand of the list '{}' and the map '{}' of its iterators: each entry "
      "takes two allocations and {} bytes of links and iterator beside key and value",
      name, list.name, map.name,
      pointer * (pass.known.type(map.container).is(TypeRole::Ordered) ? 7 : 5));
  finding.evidence.push_back(
      {"move", fmt::format("an entry that is used moves here, in '{}'", recency.move->function),
       recency.move->where});
  finding.evidence.push_back({"eviction",
                              fmt::format("the entry unused for longest is taken here, "
                                          "in '{}'",
                                          recency.eviction->function),
                              recency.eviction->where});
  finding.evidence.push_back(
      {"alternative",
       fmt::format("snug::lru_cache<{}, ...> keeps both in one block that is allocated once",
                   map.key.empty() ? "K" : map.key),
       {}});
  pass.report(std::move(finding));
}

void run_hand_made_lru(Pass& pass) {
  std::map<std::string, std::vector<const HeldContainer*>> by_record;
  for (const HeldContainer& held : pass.model.ownership.containers) {
    if (!held.record_id.empty() && !held.referred) by_record[held.record_id].push_back(&held);
  }
  std::map<std::pair<std::string, std::string>, Calls> calls;
  for (const ContainerCall& call : pass.model.ownership.calls) {
    calls[{call.record_id, call.field}].push_back(&call);
  }
  std::set<std::string> told;  // places: instantiations of one template are one finding
  for (const auto& [id, containers] : by_record) {
    for (const HeldContainer* list : containers) {
      if (!pass.known.type(list->container).is(TypeRole::DoublyLinked)) continue;
      const auto map =
          std::find_if(containers.begin(), containers.end(),
                       [&](const HeldContainer* held) { return held->iterator_of == list->type; });
      if (map == containers.end() || (*map)->iterator_of.empty()) continue;
      const Recency recency = recency_of(calls[{id, list->name}]);
      if (!recency.complete()) continue;
      const std::string place = fmt::format("{}:{}", list->where.file, list->where.begin);
      if (told.insert(place).second) report(pass, *list, **map, recency);
    }
  }
}

}  // namespace

extern const Check hand_made_lru;
const Check hand_made_lru = {
    .id = "hand-made-lru",
    .summary = "a cache made of a list and a map of its iterators",
    .doc =
        "The classic cache of recently used entries is a std::list in order of use and a map from "
        "keys to iterators of that list. Each entry takes a node of the list and a node of the "
        "map, usually with the key in both, and each hit touches the lines of both and of the "
        "neighbours in the list.\n\n"
        "Reported, as a note, is a record that holds a std::list and a container of that list's "
        "iterators (directly, in a pair or in a struct), moves entries to one end (splice, or "
        "erase and push in one function) and evicts at the other. A list that is only filled at "
        "one end and emptied at the other is a queue, for example of timers, and is not "
        "reported.\n\n"
        "Ignore it where entries must stay at one address or are shared with other lists.\n\n"
        "The fix type is snug::lru_cache<K, V>: one block for all entries, allocated with the "
        "cache, 4-byte links, a callback for what is evicted.\n",
    .options = {},
    .run = run_hand_made_lru,
    .needs_bodies = true,
};

}  // namespace snug::checks
