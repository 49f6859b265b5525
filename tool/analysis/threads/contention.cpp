#include "analysis/threads/contention.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "analysis/threads/contention_arrays.hpp"
#include "analysis/threads/contention_clash.hpp"

namespace snug {

namespace {

using contention::Clash;
using contention::Judge;
using contention::Range;
using contention::Touches;

using Fields = std::map<std::string, Touches>;
using ObjectsOf = std::map<std::string, Fields>;  ///< By the key of the object.
using Pairs = std::map<std::pair<std::string, std::string>, Contention>;

/// "condition_variable" of "std::condition_variable[4]", "pthread_cond_t" of "const pthread_cond_t
/// *".
std::string_view last_word(std::string_view type) {
  type = type.substr(0, type.find_first_of("<[*&"));
  while (type.ends_with(' ')) type.remove_suffix(1);
  const std::size_t before = type.find_last_of(" :");
  return before == std::string_view::npos ? type : type.substr(before + 1);
}

/// To wait and to notify is no traffic of its own: it goes with the lock.
bool is_condition(const Record& record, const std::string& name) {
  return std::any_of(record.slots.begin(), record.slots.end(), [&](const Slot& slot) {
    return slot.name == name &&
           KnownNames::built_in()->type(last_word(slot.type)).is(TypeRole::Condition);
  });
}

class Finder {
 public:
  Finder(const Model& model, const ReachMap& reach) : model_(model), reach_(reach), judge_(reach) {}

  std::vector<Contention> run() {
    group();
    find_shared();
    for (auto& [record_id, objects] : records_) fields_of(record_id, objects);
    for (const auto& [array, touches] : arrays_) elements_of(touches);
    for (Contention& one : contention::variable_clashes(model_, judge_, variables_)) {
      found_.push_back(std::move(one));
    }
    std::sort(found_.begin(), found_.end(), [](const Contention& a, const Contention& b) {
      return std::tie(a.record_id, a.array_root, a.kind, a.first.name, a.second.name) <
             std::tie(b.record_id, b.array_root, b.kind, b.first.name, b.second.name);
    });
    return std::move(found_);
  }

 private:
  void group() {
    for (const Touch& touch : reach_.touches) {
      if (!touch.record_id.empty()) types_of_[touch.object].insert(touch.record_id);
    }
    for (const Touch& touch : reach_.touches) {
      if (!touch.record_id.empty()) add_as_part(touch);
      if (!touch.record_id.empty()) {
        records_[touch.record_id][touch.object][touch.field].push_back(&touch);
      } else if (touch.element.index != IndexClass::None) {
        arrays_[touch.element.array].push_back(&touch);
      } else {
        variables_[touch.object].push_back(&touch);
      }
    }
  }

  /// What is touched in a base lies in the objects of the classes made from it, too.
  void add_as_part(const Touch& touch) {
    for (const std::string& type : types_of_[touch.object]) {
      if (type == touch.record_id) continue;
      const Record* record = model_.find(type);
      const std::optional<std::uint64_t> offset =
          record == nullptr ? std::nullopt : base_offset(*record, touch.record_id, 0);
      if (!offset) continue;
      Touch& part = parts_.emplace_back(touch);
      part.record_id = type;
      part.offset_bits += *offset;
      const Record* base = model_.find(touch.record_id);
      originals_[&part] = &touch;
      part.field = (base == nullptr ? "" : base->name + "::") + touch.field;
      records_[type][touch.object][part.field].push_back(&part);
    }
  }

  /// Bits from the start of the record to its base; none if it is not made from that.
  [[nodiscard]] std::optional<std::uint64_t> base_offset(const Record& record,
                                                         const std::string& base, int depth) const {
    constexpr int deepest = 6;
    for (const Slot& slot : record.slots) {
      if (slot.kind != SlotKind::Base || slot.type_id.empty()) continue;
      if (slot.type_id == base) return slot.extent.offset_bits;
      const Record* inner = depth < deepest ? model_.find(slot.type_id) : nullptr;
      if (inner == nullptr) continue;
      if (const auto offset = base_offset(*inner, base, depth + 1)) {
        return slot.extent.offset_bits + *offset;
      }
    }
    return std::nullopt;
  }

  /// A record is visibly shared if some object of it is global, held by shared pointers, or met by
  /// a thread.
  void find_shared() {
    for (const Holding& holding : model_.holdings) {
      if (holding.place == HoldingPlace::Global ||
          KnownNames::built_in()->type(holding.holder).is(TypeRole::ControlBlock)) {
        visibly_shared_.insert(holding.record_id);
      }
    }
    for (const Touch& touch : reach_.touches) {
      if (touch.sharing == Sharing::Shared && judge_.is_started(touch)) {
        visibly_shared_.insert(touch.record_id);
      }
    }
  }

  void fields_of(const std::string& record_id, const ObjectsOf& objects) {
    const Record* record = model_.find(record_id);
    if (record == nullptr) return;
    // The same pair may clash in several objects: one finding with the strongest.
    Pairs pairs;
    for (const auto& [key, fields] : objects) {
      for (auto a = fields.begin(); a != fields.end(); ++a) {
        for (auto b = std::next(a); b != fields.end(); ++b) {
          pair(*record, a->first, a->second, b->first, b->second, pairs);
        }
      }
      steals(*record, key, objects, pairs);
    }
    for (auto& [names, contention] : pairs) found_.push_back(std::move(contention));
  }

  /// What each thread does with an object of its own, against what it does with those of the
  /// others.
  void steals(const Record& record, const std::string& key, const ObjectsOf& objects,
              Pairs& pairs) const {
    const std::string own_index = "[thread]";
    const std::size_t at = key.find(own_index);
    if (at == std::string::npos) return;
    const auto others = objects.find(key.substr(0, at) + "[?]" + key.substr(at + own_index.size()));
    if (others == objects.end()) return;
    const Fields& mine = objects.at(key);
    const auto touches_in = [](const Fields& fields, const std::string& name) {
      const auto found = fields.find(name);
      return found == fields.end() ? Touches{} : found->second;
    };
    for (const auto& [a_name, a] : mine) {
      for (const auto& [b_name, b] : others->second) {
        if (a_name == b_name) continue;
        keep(record, a_name, b_name,
             judge_.steals(a, b, touches_in(others->second, a_name), touches_in(mine, b_name)),
             ContentionKind::Fields, pairs);
      }
    }
  }

  /// The strongest of what two fields have against each other; `swapped` if the second is written.
  [[nodiscard]] Clash clash_of(const Record& record, const Touches& a, const Touches& b,
                               ContentionKind& kind, bool& swapped) const {
    Clash clash = judge_.writes(a, b);
    if (!clash.found) {
      kind = ContentionKind::ReadBeside;
      clash = judge_.reads(a, b);
      if (!clash.found) {
        clash = judge_.reads(b, a);
        swapped = true;
      }
    }
    if (clash.found && clash.tier == ContentionTier::Proven) return clash;
    for (const bool other : {false, true}) {
      Clash spun = other ? judge_.spins(b, a) : judge_.spins(a, b);
      if (!spun.found || (clash.found && spun.tier <= clash.tier)) continue;
      kind = ContentionKind::ReadBeside;
      swapped = other;
      clash = std::move(spun);
    }
    if (clash.found && clash.tier != ContentionTier::Possible) return clash;
    Clash updates = judge_.updates(a, b, visibly_shared_.contains(record.id));
    if (updates.found && (!clash.found || updates.tier > clash.tier)) {
      kind = ContentionKind::Fields;
      swapped = false;
      clash = std::move(updates);
    }
    return clash;
  }

  void pair(const Record& record, const std::string& a_name, const Touches& a,
            const std::string& b_name, const Touches& b, Pairs& pairs) const {
    // Two fields of one base are told of the base.
    const auto scope_of = [](const std::string& name) {
      const std::size_t colons = name.rfind("::");
      return colons == std::string::npos ? std::string_view()
                                         : std::string_view(name).substr(0, colons);
    };
    if (!scope_of(a_name).empty() && scope_of(a_name) == scope_of(b_name)) return;
    if (is_condition(record, a_name) || is_condition(record, b_name)) return;
    ContentionKind kind = ContentionKind::Fields;
    bool swapped = false;
    Clash clash = clash_of(record, a, b, kind, swapped);
    keep(record, swapped ? b_name : a_name, swapped ? a_name : b_name, std::move(clash), kind,
         pairs);
  }

  /// Keeps the clash of two fields unless a stronger one is known.
  void keep(const Record& record, const std::string& first_name, const std::string& second_name,
            Clash clash, ContentionKind kind, Pairs& pairs) const {
    Contention made;
    made.record_id = record.id;
    made.kind = kind;
    const Range first = clash.first_range;
    const Range second = clash.second_range;
    if (!clash.found || !first.known() || !second.known()) return;
    made.line_share = shared_line_share(first.begin, first.end, second.begin, second.end,
                                        record.align, model_.abi.cache_line_bytes);
    for (std::vector<const Touch*>* uses : {&clash.first, &clash.second}) {
      for (const Touch*& use : *uses) {
        const auto part = originals_.find(use);
        if (part != originals_.end()) use = part->second;
      }
    }
    made.tier = clash.tier;
    made.first = {first_name, {}, std::move(clash.first)};
    made.second = {second_name, {}, std::move(clash.second)};
    auto [place, added] = pairs.try_emplace(std::minmax(first_name, second_name), made);
    if (!added && place->second.tier < made.tier) place->second = std::move(made);
  }

  /// The arrays of one name in several objects: one finding with the strongest.
  void elements_of(const Touches& touches) {
    std::optional<Contention> made = contention::element_clash(model_, reach_, judge_, touches);
    if (!made) return;
    const auto known = std::find_if(found_.begin(), found_.end(), [&](const Contention& other) {
      return other.kind == ContentionKind::Elements && other.record_id == made->record_id &&
             other.array_root == made->array_root && other.first.name == made->first.name;
    });
    if (known == found_.end()) {
      found_.push_back(std::move(*made));
    } else if (known->tier < made->tier) {
      *known = std::move(*made);
    }
  }

  const Model& model_;
  const ReachMap& reach_;
  Judge judge_;
  std::map<std::string, ObjectsOf> records_;
  std::map<std::string, std::set<std::string>> types_of_;  ///< Records, by the key of an object.
  std::deque<Touch> parts_;  ///< Touches of bases as those of the whole object.
  std::unordered_map<const Touch*, const Touch*> originals_;  ///< Those that the parts stand for.
  std::map<std::string, Touches> arrays_;
  std::map<std::string, Touches> variables_;
  std::set<std::string> visibly_shared_;  ///< Ids of records.
  std::vector<Contention> found_;
};

}  // namespace

double shared_line_share(std::uint64_t a_begin, std::uint64_t a_end, std::uint64_t b_begin,
                         std::uint64_t b_end, std::uint64_t align, std::uint64_t line) {
  if (a_end <= a_begin || b_end <= b_begin || line == 0) return 0;
  align = std::max<std::uint64_t>(align, 1);
  std::uint64_t shifts = 0;
  std::uint64_t shared = 0;
  for (std::uint64_t shift = 0; shift < line; shift += align) {
    ++shifts;
    const std::uint64_t a_first = (8 * shift + a_begin) / (8 * line);
    const std::uint64_t a_last = (8 * shift + a_end - 1) / (8 * line);
    const std::uint64_t b_first = (8 * shift + b_begin) / (8 * line);
    const std::uint64_t b_last = (8 * shift + b_end - 1) / (8 * line);
    if (a_first <= b_last && b_first <= a_last) ++shared;
    if (align >= line) break;
  }
  return static_cast<double>(shared) / static_cast<double>(shifts);
}

ContendedFields::ContendedFields(const std::vector<Contention>& contention) {
  for (const Contention& one : contention) {
    if (one.tier == ContentionTier::Possible || one.record_id.empty()) continue;
    if (one.kind != ContentionKind::Fields && one.kind != ContentionKind::ReadBeside) continue;
    pairs_.emplace(one.record_id, std::min(one.first.name, one.second.name),
                   std::max(one.first.name, one.second.name));
  }
}

bool ContendedFields::contains(const std::string& record_id, const std::string& a,
                               const std::string& b) const {
  return pairs_.contains({record_id, std::min(a, b), std::max(a, b)});
}

std::vector<Contention> find_contention(const Model& model, const ReachMap& reach) {
  return Finder(model, reach).run();
}

}  // namespace snug
