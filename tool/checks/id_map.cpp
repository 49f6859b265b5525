// Maps under numbers that the same record counts up, and vectors with a free list.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array id_map_options = {
    CheckOption{"ordered", 0, "1 to report std::map, too, whose order may be needed"}};

using Calls = std::vector<const ContainerCall*>;

bool is_insertion(const ContainerCall& call) {
  return call.method == "emplace" || call.method == "insert" || call.method == "try_emplace" ||
         call.method == "insert_or_assign";
}

std::string name_of(const Record& record) {
  return record.template_name.empty() ? record.name : record.template_name;
}

class Search {
 public:
  explicit Search(Pass& pass) : pass_(pass) {
    for (const ContainerCall& call : pass.model.ownership.calls) {
      calls_[{call.record_id, call.field}].push_back(&call);
    }
    for (const HeldContainer& held : pass.model.ownership.containers) {
      if (!held.record_id.empty() && !held.referred) by_record_[held.record_id].push_back(&held);
    }
  }

  void run() {
    for (const auto& [id, containers] : by_record_) {
      for (const HeldContainer* held : containers) {
        look_at_map(*held);
        look_at_vector(*held, containers);
      }
    }
  }

 private:
  [[nodiscard]] const Calls& calls_of(const HeldContainer& held) {
    return calls_[{held.record_id, held.name}];
  }

  /// One finding for all instantiations of a template.
  bool is_first(const HeldContainer& held) {
    return told_.insert(fmt::format("{}:{}", held.where.file, held.where.begin)).second;
  }

  void look_at_map(const HeldContainer& held) {
    const bool ordered = pass_.known.type(held.container).is(TypeRole::Ordered);
    if (!held.integer_key || (ordered && pass_.option("ordered") == 0) ||
        held.pointer.strength == Strength::Weak ||
        (!held.pointer.family.empty() && held.pointer.strength == Strength::Counted) ||
        held.element_id.empty()) {
      return;
    }
    const ContainerCall* made = nullptr;
    for (const ContainerCall* call : calls_of(held)) {
      const bool indexed = call->method == "operator[]" && !call->counter.empty();
      if (!is_insertion(*call) && !indexed) continue;
      if (call->counter.empty()) return;  // a key from outside
      if (made != nullptr && made->counter != call->counter) return;
      if (made == nullptr) made = call;
    }
    if (made == nullptr || !is_first(held)) return;
    Finding finding = finding_on(held);
    finding.message = fmt::format(
        "'{}' maps numbers that '{}' counts up to '{}': a hash and {} for each look-up of a number "
        "that the record made itself",
        held.name, made->counter, held.element,
        ordered ? "a walk down a tree" : "a walk along a bucket");
    finding.evidence.push_back(
        {"key", fmt::format("the key comes from '{}' here, in '{}'", made->counter, made->function),
         made->where});
    finding.evidence.push_back(
        {"alternative",
         "snug::gen_arena (stable addresses) or snug::slot_map (dense) give handles out that are "
         "an index and a generation: a look-up is one access, and a stale handle finds nothing",
         {}});
    pass_.report(std::move(finding));
  }

  /// A generation in the element: handles that are checked already.
  [[nodiscard]] bool has_generation(const std::string& element_id) const {
    const Record* record = pass_.model.find(element_id);
    if (record == nullptr) return false;
    return std::any_of(record->slots.begin(), record->slots.end(), [](const Slot& slot) {
      std::string name;
      for (const char c : slot.name) {
        name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      }
      return name.find("gen") != std::string::npos || name.find("version") != std::string::npos ||
             name.find("epoch") != std::string::npos || name.find("serial") != std::string::npos;
    });
  }

  static const ContainerCall* find(const Calls& calls,
                                   std::initializer_list<std::string_view> methods,
                                   std::string_view function = {}) {
    const auto found = std::find_if(calls.begin(), calls.end(), [&](const ContainerCall* call) {
      return (function.empty() || call->function == function) &&
             std::find(methods.begin(), methods.end(), call->method) != methods.end();
    });
    return found == calls.end() ? nullptr : *found;
  }

  void look_at_vector(const HeldContainer& held,
                      const std::vector<const HeldContainer*>& containers) {
    const bool sequence = pass_.known.type(held.container).is(TypeRole::Indexed);
    if (!sequence || held.integer_element || held.element_id.empty() ||
        !held.pointer.family.empty() || has_generation(held.element_id)) {
      return;
    }
    for (const HeldContainer* free : containers) {
      if (!free->integer_element || free == &held) continue;
      const Calls& freed = calls_of(*free);
      const ContainerCall* take = find(freed, {"pop_back", "pop_front", "pop"});
      if (take == nullptr || find(freed, {"back", "front", "top"}, take->function) == nullptr) {
        continue;
      }
      const ContainerCall* give = find(freed, {"push_back", "push", "emplace_back", "emplace"});
      const ContainerCall* use = find(
          calls_of(held), {"operator[]", "emplace_back", "push_back", "resize"}, take->function);
      if (give == nullptr || use == nullptr || !is_first(held)) continue;
      report_free_list(held, *free, *take, *give);
      return;
    }
  }

  void report_free_list(const HeldContainer& held, const HeldContainer& free,
                        const ContainerCall& take, const ContainerCall& give) {
    Finding finding = finding_on(held);
    finding.message = fmt::format(
        "'{}' gives its places out as plain indices and takes them back in '{}': an index that is "
        "kept too long finds another '{}'",
        held.name, free.name, held.element);
    finding.evidence.push_back({"free-list",
                                fmt::format("a free place is taken here, in '{}'", take.function),
                                take.where});
    finding.evidence.push_back({"free-list",
                                fmt::format("a place is given back here, in '{}'", give.function),
                                give.where});
    finding.evidence.push_back(
        {"alternative",
         "snug::gen_arena and snug::slot_map keep a generation of 4 bytes with each place, so that "
         "a stale handle never validates",
         {}});
    pass_.report(std::move(finding));
  }

  Finding finding_on(const HeldContainer& held) const {
    Finding finding;
    finding.level = Level::Note;
    finding.where = held.where;
    finding.record_id = held.record_id;
    const Record* record = pass_.model.find(held.record_id);
    finding.subject =
        fmt::format("{}\n{}", record == nullptr ? held.holder : name_of(*record), held.name);
    return finding;
  }

  Pass& pass_;
  std::map<std::pair<std::string, std::string>, Calls> calls_;
  std::map<std::string, std::vector<const HeldContainer*>> by_record_;
  std::set<std::string> told_;
};

void run_id_map(Pass& pass) {
  Search(pass).run();
}

}  // namespace

extern const Check id_map;
const Check id_map = {
    .id = "id-map",
    .summary = "objects looked up by integer id",
    .doc =
        "`std::unordered_map<std::uint64_t, Session>` with keys from a counter of the same record "
        "pays for a hash, a bucket and a node, although the record chooses the keys itself and "
        "could choose places. A vector with a list of free indices is fast, but an index that is "
        "kept after its element went finds the next one in its place.\n\n"
        "Reported, as notes, are maps with integer keys where every analyzed insertion takes "
        "its key from one counter of the same record, and vectors of records with a container of "
        "free indices whose elements carry no generation. Silent are keys that come from outside, "
        "maps of shared pointers, and std::map (its order may be needed) unless the option says "
        "otherwise.\n\n"
        "Ignore it where the numbers leave the program, or where they must never come back.\n\n"
        "The fix types are snug::gen_arena<T> (addresses stay) and snug::slot_map<T> (elements are "
        "densely): a handle is an index and a generation, and a stale one finds nothing.\n",
    .options = id_map_options,
    .run = run_id_map,
    .needs_bodies = true,
};

}  // namespace snug::checks
