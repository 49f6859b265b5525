#include "analysis/orders/orders.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "analysis/groups.hpp"
#include "analysis/orders/deliberate.hpp"
#include "analysis/orders/order_memory.hpp"
#include "analysis/orders/order_search.hpp"
#include "analysis/other_layouts.hpp"
#include "analysis/reorder/hazards.hpp"
#include "analysis/reorder/reorder_edit.hpp"
#include "analysis/threads/contention.hpp"

namespace snug {

namespace {

/// So many orders are offered at most.
constexpr std::size_t most_candidates = 4;
/// States that the search visits for each of those behind the best one.
constexpr std::uint64_t states_of_others = 20'000;

/// How many kinds of access there are.
constexpr std::uint32_t accesses = static_cast<std::uint32_t>(Access::Private) + 1;

std::optional<std::string> why_silent(const Record& record, const Model& model) {
  if (record.kind == RecordKind::Union) return "a union has no order";
  if (record.traits.lambda) return "its fields are captures";
  if (record.traits.invalid) return "its declaration has errors";
  if (record.traits.from_macro) return "it comes out of a macro";
  const RecordRules* const rules = model.rules.of(record.id);
  if (rules != nullptr && rules->frozen) return "its layout is frozen";
  return padding_by_hand(record);
}

std::optional<std::string> why_refused(const Record& record, const Model& model) {
  // An order that is right for one of them may be wrong for another.
  if (const auto others = other_layouts(record, model); !others.empty()) {
    return fmt::format("its layout differs between units: {}",
                       layouts_text(record, *others.front(), model));
  }
  for (const Slot& slot : record.slots) {
    if (!slot.from_macro) continue;
    return slot.name.empty() ? std::string("a field comes out of a macro")
                             : fmt::format("'{}' comes out of a macro", slot.name);
  }
  return std::nullopt;
}

/// Two fields that threads may fight over, as far as their types tell.
bool is_contended(const Slot& slot) {
  return slot.is_atomic || slot.is_lock;
}

/// True if the two extents (bits) can share a line (bytes) in some object.
bool may_share_line(Extent a, Extent b, const Record& record, std::uint64_t line) {
  return shared_line_share(a.offset_bits, a.end_bits(), b.offset_bits, b.end_bits(), record.align,
                           line) > 0;
}

class OrderFinder {
 public:
  OrderFinder(std::span<const Record* const> records, const Model& model,
              const AskContended& contended, const HeldFields* held, const FieldNames& pinned,
              OrderMemory* memory)
      : records_(records),
        model_(model),
        contended_(contended),
        held_(held),
        pinned_(pinned),
        search_(memory) {}

  Orders find() {
    Orders orders;
    for (const Record* record : records_) {
      orders.silent = why_silent(*record, model_);
      if (orders.silent) return orders;
    }
    if (movable_slots(*records_.front()).size() < 2) {
      orders.silent = "it has fewer than two fields";
      return orders;
    }
    orders.silent = make_problem();
    if (orders.silent) return orders;
    const OrderProblem free = problem_;
    if (held_ != nullptr && hold_places(*held_)) {
      orders.ranked = candidates();
      if (orders.ranked.empty()) problem_ = free;
    }
    if (orders.ranked.empty()) orders.ranked = candidates();
    if (orders.ranked.empty() && parts_group_ && hold_groups()) orders.ranked = candidates();
    if (orders.ranked.empty() && parts_group_) {
      orders.silent = "a smaller order would take a group of fields apart";
    } else if (orders.ranked.empty() && brings_together_) {
      orders.silent = "a smaller order would bring contended fields onto one line";
    }
    for (const Record* record : records_) {
      if (!orders.refused) orders.refused = why_refused(*record, model_);
    }
    return orders;
  }

 private:
  /// Fills in the problem, equal layouts once; the reason if that cannot be done.
  std::optional<std::string> make_problem() {
    problem_.abi = model_.abi;
    std::map<std::vector<std::uint64_t>, std::size_t> seen;
    for (const Record* record : records_) {
      std::string why;
      std::optional<RecordSpec> spec = spec_of(*record, model_, &why);
      if (!spec) return why;
      const std::vector<std::uint64_t> key = fingerprint(*spec);
      if (!problem_.specs.empty() &&
          spec->members.size() != problem_.specs.front().members.size()) {
        return "its instantiations have different fields";
      }
      const auto [at, fresh] = seen.try_emplace(key, problem_.specs.size());
      spec_of_record_.push_back(at->second);
      if (fresh) problem_.specs.push_back(std::move(*spec));
    }
    add_walls();
    return std::nullopt;
  }

  /// What nothing crosses: a zero-width bit-field, and a field that stands on a line of its own on
  /// purpose. Bit-fields beside the first, and fields under #if, stay where they are.
  void add_walls() {
    const bool zero_width = records_.front()->traits.bit_field_wall;
    parts_ = 1;
    for (const Slot* slot : movable_slots(*records_.front())) {
      const bool wall = std::any_of(records_.begin(), records_.end(), [&](const Record* record) {
        const auto same = std::find_if(
            record->slots.begin(), record->slots.end(),
            [&](const Slot& other) { return other.name == slot->name && !slot->name.empty(); });
        return same != record->slots.end() && is_separated_field(*same, model_);
      });
      parts_ += wall || slot->after_zero_width ? 1 : 0;
      problem_.groups.push_back(static_cast<std::uint32_t>(slot->access) + (parts_ - 1) * accesses);
      problem_.fixed.push_back(wall || slot->flexible_array || is_among(*slot, pinned_) ||
                               (zero_width && slot->kind == SlotKind::BitField));
    }
  }

  /// Lets the fields of groups keep their places in the sequence. False without groups.
  bool hold_groups() {
    const Record& record = *records_.front();
    const std::vector<const Slot*> slots = movable_slots(record);
    const RecordRules* const rules = model_.rules.of(record.id);
    bool any = false;
    for (const FieldGroup& group : groups_of(record, rules)) {
      for (const std::uint32_t index : group.slots) {
        const auto at = std::find(slots.begin(), slots.end(), &record.slots[index]);
        if (at == slots.end()) continue;
        problem_.fixed[static_cast<std::size_t>(at - slots.begin())] = true;
        any = true;
      }
    }
    return any;
  }

  /// Lets fields hold their places, and keeps the others on their side of them. False if it
  /// concerns none of the fields.
  bool hold_places(const HeldFields& held) {
    const std::vector<const Slot*> slots = movable_slots(*records_.front());
    std::uint32_t part = 0;
    bool any = false;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const bool border = is_among(*slots[i], held.borders);
      part += border ? 1 : 0;
      problem_.groups[i] += part * parts_ * accesses;
      if (!border && !is_among(*slots[i], held.fixed)) continue;
      problem_.fixed[i] = true;
      any = true;
    }
    return any;
  }

  /// The field or, of an anonymous struct or union, one of its members is among the names.
  static bool is_among(const Slot& slot, const FieldNames& names) {
    return names.contains(slot.name) ||
           std::any_of(slot.members.begin(), slot.members.end(),
                       [&](const Slot& member) { return is_among(member, names); });
  }

  /// Equal for specs that every order treats alike. Empty subobjects make a spec its own.
  [[nodiscard]] std::vector<std::uint64_t> fingerprint(const RecordSpec& spec) const {
    std::vector<std::uint64_t> key = {spec.min_align_bits, spec.prefix.data_bits,
                                      spec.prefix.size_bits, spec.keeps_tail,
                                      empties_may_meet(spec) ? problem_.specs.size() + 1 : 0};
    for (const VirtualBaseSpec& base : spec.virtual_bases) {
      key.insert(key.end(),
                 {base.nonvirtual_bits, base.nonvirtual_align_bits, base.is_empty, base.size_bits});
    }
    for (const MemberSpec& m : spec.members) {
      key.insert(key.end(),
                 {m.size_bits, m.type_align_bits, m.explicit_align_bits, m.bit_width.value_or(~0U),
                  m.named, m.packed, m.no_unique_address, m.data_bits, m.is_empty, m.flexible});
    }
    return key;
  }

  std::vector<CandidateOrder> candidates() {
    std::vector<CandidateOrder> out;
    problem_.states = OrderProblem().states;
    const auto best = search_.smallest(problem_);
    if (!best) return out;
    consider(*best, out);
    if (const auto other = search_.any(problem_, best->size_bits)) consider(*other, out);
    std::vector<std::uint64_t> targets = best->size_bits;
    problem_.states = states_of_others;
    while (out.size() < most_candidates && grow(targets)) {
      if (const auto next = search_.fewest_moves(problem_, targets)) consider(*next, out);
    }
    return out;
  }

  /// The next larger sizes that still are an improvement somewhere.
  bool grow(std::vector<std::uint64_t>& targets) const {
    bool better = false;
    for (std::size_t s = 0; s < targets.size(); ++s) {
      const Placement declared = lay_out(problem_.specs[s], problem_.abi);
      targets[s] = std::min(targets[s] + declared.align_bits, declared.size_bits);
      better = better || targets[s] < declared.size_bits;
    }
    return better;
  }

  void consider(const FoundOrder& found, std::vector<CandidateOrder>& out) {
    if (found.moved == 0 || !harmless(found.order)) return;
    CandidateOrder candidate;
    candidate.order = found.order;
    candidate.moved = found.moved;
    candidate.exact = found.exact;
    bool better = false;
    for (std::size_t r = 0; r < records_.size(); ++r) {
      candidate.sizes.push_back(found.size_bits[spec_of_record_[r]] / 8);
      better = better || candidate.sizes.back() < records_[r]->size;
    }
    const bool known = std::any_of(out.begin(), out.end(), [&](const CandidateOrder& other) {
      return other.order == candidate.order;
    });
    if (better && !known) out.push_back(std::move(candidate));
  }

  /// Nobody who derives from it, embeds it or shares it between threads is worse off.
  bool harmless(const std::vector<std::uint32_t>& order) {
    for (std::size_t r = 0; r < records_.size(); ++r) {
      const RecordSpec& spec = problem_.specs[spec_of_record_[r]];
      const Placement before = lay_out(spec, problem_.abi);
      const Placement after = lay_out(spec, problem_.abi, order);
      if (after.size_bits > before.size_bits || after.data_bits > before.data_bits ||
          after.nonvirtual_bits > before.nonvirtual_bits) {
        return false;
      }
      if (joins_contended(*records_[r], before, after)) {
        brings_together_ = true;
        return false;
      }
      if (!keeps_groups(*records_[r], model_, movable_slots(*records_[r]), after.offset_bits)) {
        parts_group_ = true;
        return false;
      }
    }
    return true;
  }

  /// Only neighbours are looked at, so that it takes time for each field and those on its line.
  [[nodiscard]] bool joins_contended(const Record& record, const Placement& before,
                                     const Placement& after) const {
    const std::uint64_t line = model_.abi.cache_line_bytes;
    const std::vector<const Slot*> slots = movable_slots(record);
    std::vector<std::size_t> order(slots.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(after.offset_bits[a], a) < std::pair(after.offset_bits[b], b);
    });
    for (std::size_t p = 0; p < order.size(); ++p) {
      const std::size_t i = order[p];
      const Extent here{after.offset_bits[i], slots[i]->extent.size_bits};
      for (std::size_t q = p + 1; q < order.size(); ++q) {
        const std::size_t j = order[q];
        if (after.offset_bits[j] >= here.end_bits() + 8 * line) break;
        const Extent there{after.offset_bits[j], slots[j]->extent.size_bits};
        if (may_share_line(here, there, record, line) &&
            !may_share_line({before.offset_bits[i], here.size_bits},
                            {before.offset_bits[j], there.size_bits}, record, line) &&
            contended(record, *slots[i], *slots[j])) {
          return true;
        }
      }
    }
    return false;
  }

  [[nodiscard]] bool contended(const Record& record, const Slot& a, const Slot& b) const {
    return (is_contended(a) && is_contended(b)) ||
           (contended_ && contended_().contains(record.id, a.name, b.name));
  }

  std::span<const Record* const> records_;
  const Model& model_;
  const AskContended& contended_;
  const HeldFields* held_;
  const FieldNames& pinned_;
  OrderSearch search_;
  OrderProblem problem_;
  std::vector<std::size_t> spec_of_record_;
  std::uint32_t parts_ = 1;  ///< Between walls.
  bool brings_together_ = false;
  bool parts_group_ = false;
};

}  // namespace

Orders find_orders(std::span<const Record* const> records, const Model& model,
                   const AskContended& contended, const HeldFields* held, const FieldNames& pinned,
                   OrderMemory* memory) {
  return OrderFinder(records, model, contended, held, pinned, memory).find();
}

std::vector<std::vector<const Record*>> definitions_of(const Model& model) {
  std::map<std::tuple<std::string, std::uint64_t, std::string>, std::vector<const Record*>> found;
  for (const Record& record : model.records) {
    if (!record.reported) continue;
    // Only instantiations share a place (and a header that C and C++ both read); what macros wrote
    // stands at the place of the macro, whatever it is.
    const bool shared = record.where.known() && !record.traits.from_macro;
    const std::string own = shared ? std::string() : record.id;
    found[{record.where.file, record.where.begin, own}].push_back(&record);
  }
  std::vector<std::vector<const Record*>> out;
  out.reserve(found.size());
  for (auto& [place, records] : found) out.push_back(std::move(records));
  return out;
}

}  // namespace snug
