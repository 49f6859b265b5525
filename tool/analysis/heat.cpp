// Which fields are hot: those that the loops over elements touch most, and for objects that a loop
// comes back to on each round (a look-up that is done for each packet touches the table's fields on
// as many lines as they lie) those that the loop touches:
//
// 1. In each loop the objects are looked for that no step of the loop changes: what a parameter,
// the
//    object of the method or a global leads to by fields alone.
// 2. What the loop touches of them by itself, and what the functions do that it hands them to, is
//    summed up for each loop.
#include "analysis/heat.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>

#include "analysis/groups.hpp"
#include "analysis/reorder/reorder_edit.hpp"
#include "analysis/threads/part_touches.hpp"
#include "layout/lay_out.hpp"

namespace snug {

namespace {

std::uint64_t begin_of(const Slot& slot) {
  return slot.extent.offset_bits / 8;
}

std::uint64_t end_of(const Slot& slot) {
  return (slot.extent.end_bits() + 7) / 8;
}

bool has_bytes(const Slot& slot) {
  return slot.kind != SlotKind::Hole && slot.kind != SlotKind::TailPadding &&
         slot.extent.size_bits > 0;
}

bool is_member(const Slot& slot) {
  return slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
}

/// Of the loops that touch the slot.
std::uint64_t weight_of(const Slot& slot, const ElementType& type) {
  std::uint64_t weight = 0;
  for (const ElementLoop& loop : type.loops) {
    if (loop.used.touches(begin_of(slot), end_of(slot))) weight += loop.weight();
  }
  return weight;
}

/// The bytes of a loop where the fields lie elsewhere.
ByteSet moved(const ByteSet& used, const Record& record, const std::vector<std::uint32_t>& fields,
              const Placement& placement) {
  ByteSet result;
  for (const ByteSet::Range& range : used.ranges()) {
    for (std::size_t i = 0; i < record.slots.size(); ++i) {
      const Slot& slot = record.slots[i];
      if (!has_bytes(slot)) continue;
      const std::uint64_t first = std::max(range.first, begin_of(slot));
      const std::uint64_t end = std::min(range.second, end_of(slot));
      if (first >= end) continue;
      const auto field = std::find(fields.begin(), fields.end(), i);
      std::uint64_t at = begin_of(slot);
      if (field != fields.end()) {
        at = placement.offset_bits[static_cast<std::size_t>(field - fields.begin())] / 8;
      }
      result.add(at + first - begin_of(slot), at + end - begin_of(slot));
    }
  }
  return result;
}

/// The same object on each round, as far as its path tells.
bool stays(const Function& function, const Path& path) {
  const Root& root = path.root;
  if (root.kind == RootKind::Local && root.id.empty()) {
    const bool known = root.number < function.locals.size();
    if (!known || function.locals[root.number].loop >= 0 ||
        function.locals[root.number].loop_variable >= 0 ||
        function.locals[root.number].reassigned) {
      return false;
    }
  } else if (root.kind != RootKind::This && root.kind != RootKind::Parameter &&
             root.kind != RootKind::Global) {
    return false;
  }
  return std::all_of(path.steps.begin(), path.steps.end(), [](const Step& step) {
    return step.kind == StepKind::Field || step.kind == StepKind::Pointed;
  });
}

class PathCollector {
 public:
  PathCollector(const Model& model, std::uint64_t tiny)
      : model_(model), tiny_(tiny), touches_(model) {}

  void read(const Function& function) {
    if (function.kind == FunctionKind::Constructor || function.kind == FunctionKind::Destructor) {
      return;
    }
    for (const FieldAccess& access : function.accesses) {
      if (!runs(function, access.loop) || access.field.empty()) continue;
      if (!stays(function, access.path) || access.kind == AccessKind::Address) continue;
      // The innermost object: behind the last pointer.
      std::size_t first = access.path.steps.size();
      while (first > 0 && access.path.steps[first - 1].kind == StepKind::Field) --first;
      if (first == access.path.steps.size()) continue;
      const std::vector<Step> inside(access.path.steps.begin() + static_cast<std::ptrdiff_t>(first),
                                     access.path.steps.end());
      note(function, access.loop, inside.front().record_id, {inside, false, false, ""});
    }
    for (const Call& call : function.calls) {
      if (!runs(function, call.loop)) continue;
      const Function* callee = model_.find_function(call.callee);
      if (callee == nullptr || call.is_virtual) continue;
      if (stays(function, call.object.path)) hand(function, call, callee->record_id, -1);
      for (std::size_t i = 0; i < call.arguments.size() && i < callee->parameters.size(); ++i) {
        const Argument& one = call.arguments[i];
        if (!one.by_reference || !stays(function, one.path)) continue;
        hand(function, call, callee->parameters[i].record_id, static_cast<std::int32_t>(i));
      }
    }
  }

  std::vector<ElementType> finish() {
    std::map<std::string_view, ElementType> types;
    for (auto& [key, loop] : loops_) {
      ElementType& type = types[std::get<0>(key)];
      type.record = model_.find(std::get<0>(key));
      type.loops.push_back(std::move(loop));
    }
    std::vector<ElementType> result;
    for (auto& [id, type] : types) {
      if (!unread_.contains(id)) result.push_back(std::move(type));
    }
    std::sort(result.begin(), result.end(), [](const ElementType& a, const ElementType& b) {
      return std::tie(a.record->where, a.record->id) < std::tie(b.record->where, b.record->id);
    });
    return result;
  }

 private:
  [[nodiscard]] bool runs(const Function& function, std::int32_t loop) const {
    if (loop < 0 || static_cast<std::size_t>(loop) >= function.loops.size()) return false;
    const std::uint64_t rounds = function.loops[static_cast<std::size_t>(loop)].trip_count;
    return rounds == 0 || rounds > tiny_;
  }

  void hand(const Function& function, const Call& call, std::string_view record,
            std::int32_t argument) {
    if (record.empty()) return;
    for (const PartTouch& touch : touches_.by_call(call, argument)) {
      note(function, call.loop, record, touch);
    }
  }

  void note(const Function& function, std::int32_t loop, std::string_view id,
            const PartTouch& touch) {
    const Record* record = model_.find(id);
    if (record == nullptr || record->kind == RecordKind::Union) return;
    if (touch.steps.empty()) {
      unread_.emplace(record->id, true);
      return;
    }
    const auto bytes = bytes_of(touch.steps, *record, model_);
    if (!bytes) return;
    const Loop& made = function.loops[static_cast<std::size_t>(loop)];
    ElementLoop& found = loops_[{record->id, function.where.file, made.where.offset}];
    found.function = &function;
    found.loop = loop;
    found.where = range_of(function, made.where);
    found.used.add(bytes->first, bytes->second);
  }

  const Model& model_;
  std::uint64_t tiny_;
  PartTouches touches_;
  std::map<std::tuple<std::string_view, std::string, std::uint32_t>, ElementLoop> loops_;
  std::map<std::string_view, bool> unread_;  ///< Handed whole to code that was not read.
};

}  // namespace

Heat heat_of(const ElementType& type, const RecordAccesses* counted) {
  std::map<const Slot*, std::uint64_t> heat;
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < type.record->slots.size(); ++i) {
    const Slot& slot = type.record->slots[i];
    if (!has_bytes(slot)) continue;
    heat[&slot] = counted != nullptr ? counted->slots.at(i).total() : weight_of(slot, type);
    most = std::max(most, heat[&slot]);
  }
  Heat result;
  result.counted = counted != nullptr;
  for (const Slot& slot : type.record->slots) {
    if (!has_bytes(slot)) continue;
    // A quarter, rounded up: counts may be as large as the type.
    const bool hot = most > 0 && heat[&slot] >= most / 4 + (most % 4 == 0 ? 0 : 1);
    if (hot) {
      result.hot.push_back(&slot);
      result.hot_bytes += end_of(slot) - begin_of(slot);
    } else if (is_member(slot)) {
      result.cold.push_back(&slot);
      result.cold_bytes += end_of(slot) - begin_of(slot);
    }
  }
  return result;
}

std::uint64_t lines_loaded(const ElementType& type, const Abi& abi) {
  std::uint64_t sum = 0;
  for (const ElementLoop& loop : type.loops) {
    sum += loop.weight() * loop.used.lines(abi.cache_line_bytes);
  }
  return sum;
}

/// Cold fields that fit behind the hot ones come next, up to the alignment of the largest cold one.
template <class IsHot>
std::vector<std::uint32_t> with_filled_gap(const Record& record,
                                           const std::vector<std::uint32_t>& fields,
                                           std::vector<std::uint32_t> order, IsHot&& is_hot) {
  const auto slot = [&](std::uint32_t field) -> const Slot& { return record.slots[fields[field]]; };
  const auto cold = std::find_if_not(order.begin(), order.end(), is_hot);
  if (cold == order.end()) return order;
  std::uint64_t end = 0;
  for (auto one = order.begin(); one != cold; ++one) {
    const std::uint64_t align = std::max<std::uint64_t>(8, slot(*one).align_bits);
    end = (end + align - 1) / align * align + slot(*one).extent.size_bits;
  }
  const std::uint64_t align = std::max<std::uint64_t>(8, slot(*cold).align_bits);
  std::uint64_t room = (align - end % align) % align;
  std::stable_partition(cold, order.end(), [&](std::uint32_t field) {
    const Slot& one = slot(field);
    const bool fits = one.extent.size_bits > 0 && one.extent.size_bits <= room &&
                      one.align_bits <= one.extent.size_bits &&
                      (align - room) % std::max<std::uint64_t>(8, one.align_bits) == 0;
    if (fits) room -= one.extent.size_bits;
    return fits;
  });
  return order;
}

/// Objects of other types may lie in its tail padding.
bool lends_its_tail(const Record& record, const Model& model) {
  return std::any_of(model.records.begin(), model.records.end(), [&](const Record& other) {
    return std::any_of(other.slots.begin(), other.slots.end(), [&](const Slot& slot) {
      return slot.type_id == record.id && (slot.kind != SlotKind::Field || slot.no_unique_address);
    });
  });
}

std::optional<HotOrder> hot_first(const ElementType& type, const Heat& heat, const Model& model) {
  const Record& record = *type.record;
  const std::vector<std::uint32_t> fields = own_fields(record);
  const std::optional<RecordSpec> spec = spec_of(record, model);
  const bool bits = std::any_of(fields.begin(), fields.end(), [&](std::uint32_t i) {
    return record.slots[i].kind == SlotKind::BitField || record.slots[i].flexible_array;
  });
  if (!spec || bits || record.traits.packed || record.traits.pragma_pack) return std::nullopt;
  const auto is_hot = [&](std::uint32_t field) {
    return std::find(heat.hot.begin(), heat.hot.end(), &record.slots[fields[field]]) !=
           heat.hot.end();
  };
  std::vector<std::uint32_t> declared(fields.size());
  std::iota(declared.begin(), declared.end(), 0U);
  std::stable_partition(declared.begin(), declared.end(), is_hot);
  // The same with both parts sorted by alignment, where the first one makes holes.
  std::vector<std::uint32_t> dense = declared;
  std::stable_sort(dense.begin(), dense.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (is_hot(a) != is_hot(b)) return is_hot(a);
    return record.slots[fields[a]].align_bits > record.slots[fields[b]].align_bits;
  });
  const std::vector<std::uint32_t> filled = with_filled_gap(record, fields, dense, is_hot);
  std::optional<HotOrder> best;
  const bool lends = lends_its_tail(record, model);
  for (const std::vector<std::uint32_t>& order : {declared, dense, filled}) {
    const Placement placement = lay_out(*spec, model.abi, order);
    HotOrder one{order, placement.size_bits / 8, 0, 0};
    if (one.size > record.size) continue;
    if (lends && (placement.data_bits > 8 * record.data_size ||
                  placement.nonvirtual_bits > 8 * record.nonvirtual_size)) {
      continue;
    }
    if (!keeps_groups(record, model, movable_slots(record), placement.offset_bits)) continue;
    ByteSet hot;
    for (const Slot* slot : heat.hot) hot.add(begin_of(*slot), end_of(*slot));
    one.hot_lines = moved(hot, record, fields, placement).lines(model.abi.cache_line_bytes);
    for (const ElementLoop& loop : type.loops) {
      one.loaded += loop.weight() *
                    moved(loop.used, record, fields, placement).lines(model.abi.cache_line_bytes);
    }
    const bool better =
        !best || (heat.counted ? one.hot_lines < best->hot_lines : one.loaded < best->loaded);
    if (better) best = one;
  }
  return best;
}

std::vector<ElementType> find_hot_paths(const Model& model, std::uint64_t tiny) {
  PathCollector collector(model, tiny);
  for (const Function& function : model.functions) collector.read(function);
  return collector.finish();
}

}  // namespace snug
