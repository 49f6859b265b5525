#include "analysis/element_loops.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "analysis/repeated_walks.hpp"
#include "analysis/threads/part_touches.hpp"
#include "known/known.hpp"

namespace snug {

namespace {

constexpr std::uint32_t most_nested = 2;

/// Loops around a place: `loop` itself and those around it.
std::uint32_t depth_at(const Function& function, std::int32_t loop) {
  std::uint32_t depth = 0;
  for (; loop >= 0; loop = function.loops[static_cast<std::size_t>(loop)].parent) {
    if (is_counted(function, loop)) ++depth;
  }
  return depth;
}

/// How many loops a function is called from, over all ways to it, at most `most_nested`.
using Depths = std::unordered_map<std::string_view, std::uint32_t>;

Depths depths_of(const Model& model) {
  Depths depths;
  for (std::uint32_t round = 0; round < 16; ++round) {
    bool changed = false;
    for (const Function& function : model.functions) {
      const auto known = depths.find(function.id);
      const std::uint32_t own = known == depths.end() ? 0 : known->second;
      for (const Call& call : function.calls) {
        // A function that calls itself is no loop of its own.
        if (call.callee.empty() || call.callee == function.id) continue;
        const std::uint32_t at = std::min(most_nested, own + depth_at(function, call.loop));
        if (at == 0) continue;
        std::uint32_t& depth = depths[call.callee];
        if (at > depth) {
          depth = at;
          changed = true;
        }
      }
    }
    if (!changed) break;
  }
  return depths;
}

bool is_node_type(std::string_view type) {
  constexpr std::array<std::string_view, 8> words = {"list<", "list_", "map<",  "set<",
                                                     "_tree", "_Tree", "_Node", "Rb_tree"};
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return type.find(word) != std::string_view::npos;
  });
}

/// Algorithms that move whole elements about.
bool moves_elements(std::string_view name) {
  return effects_of_name(name).has(Effect::MovesElements);
}

class Collector {
 public:
  Collector(const Model& model, std::uint64_t tiny)
      : model_(model), tiny_(tiny), touches_(model), depths_(depths_of(model)), walks_(model) {}

  void read(const Function& function) {
    for (const FieldAccess& access : function.accesses) {
      note_pointed(access.path.steps);
      const bool address = access.kind == AccessKind::Address;
      add(function, access.path, access.loop, [&](std::vector<Step> steps, std::size_t) {
        PartTouch touch{std::move(steps), false, access.kind != AccessKind::Read, ""};
        if (address && touch.steps.empty()) {
          touch.unread = true;
          touch.to = pointer_kept;
        }
        return std::vector<PartTouch>{touch};
      });
    }
    for (const Call& call : function.calls) {
      hand(function, call, call.object, -1);
      for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        hand(function, call, call.arguments[i], static_cast<std::int32_t>(i));
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
      const auto handed = handed_.find(id);
      if (handed != handed_.end()) type.handed_to = handed->second;
      type.pointed = pointed_.contains(id);
      result.push_back(std::move(type));
    }
    std::sort(result.begin(), result.end(), [](const ElementType& a, const ElementType& b) {
      return std::tie(a.record->where, a.record->id) < std::tie(b.record->where, b.record->id);
    });
    return result;
  }

 private:
  /// `owner->current->field`: a pointer that is a field leads to one object.
  void note_pointed(const std::vector<Step>& steps) {
    for (std::size_t i = 0; i + 2 < steps.size(); ++i) {
      if (steps[i].kind == StepKind::Field && steps[i + 1].kind == StepKind::Pointed &&
          steps[i + 2].kind == StepKind::Field) {
        pointed_.insert(steps[i + 2].record_id);
      }
    }
  }

  /// What is known about one element in a path.
  struct Visit {
    std::string record_id;
    const Function* owner = nullptr;  ///< Of the loop.
    std::int32_t loop = -1;
    bool node = false;
    bool random = false;
    std::size_t inside = 0;  ///< Steps up to and with the element.
    Path elements;           ///< What they are elements of; Unknown if the loop's owner lacks it.
  };

  /// The elements that a path goes through, the loop variable itself included.
  [[nodiscard]] std::vector<Visit> visits(const Function& function, const Path& path,
                                          std::int32_t in_loop) const {
    std::vector<Visit> found;
    const Root& root = path.root;
    if (root.kind == RootKind::Local && root.id.empty() && root.number < function.locals.size()) {
      const Local& local = function.locals[root.number];
      const bool element = local.loop_variable >= 0 && !local.record_id.empty();
      const bool pointed = path.steps.empty() || path.steps.front().kind == StepKind::Field;
      if (element && pointed && runs_over_records(function, local)) {
        const Loop& loop = function.loops[static_cast<std::size_t>(local.loop_variable)];
        found.push_back({local.record_id, &function, local.loop_variable,
                         loop.linked || is_node_type(local.type), false, 0, loop.range});
      }
    }
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
      const Step& step = path.steps[i];
      if (step.kind == StepKind::Field) continue;
      Visit visit;
      visit.record_id = step.record_id;
      visit.inside = i + 1;
      if (step.kind == StepKind::Pointed) {
        if (step.record_id.empty() || in_loop < 0) continue;
        visit.owner = &function;  // a walk along links
        visit.loop = in_loop;
        visit.node = true;
      } else if (step.index.kind == RootKind::LoopVariable) {
        visit.owner = step.index.id.empty() ? &function : model_.find_function(step.index.id);
        visit.loop = static_cast<std::int32_t>(step.index.number);
        visit.random = is_looked_up(function, path, i);
      } else if (in_loop >= 0) {
        // A constant index is one certain element, no walk.
        if (step.index.kind == RootKind::Constant) continue;
        visit.owner = &function;
        visit.loop = in_loop;
        visit.random = true;
      }
      if (visit.owner == nullptr || visit.loop < 0) continue;
      if (static_cast<std::size_t>(visit.loop) >= visit.owner->loops.size()) continue;
      visit.node = visit.node || is_node_walk(*visit.owner, visit.loop);
      visit.elements.root = root;
      visit.elements.steps.assign(path.steps.begin(),
                                  path.steps.begin() + static_cast<std::ptrdiff_t>(i));
      if (visit.owner != &function && root.id.empty() && root.kind != RootKind::This) {
        visit.elements.root = {};
      }
      found.push_back(std::move(visit));
    }
    return found;
  }

  /// True for `a[i]` where `i` is no counter but what a loop finds in a range: any order may come.
  static bool is_looked_up(const Function& function, const Path& path, std::size_t at) {
    const Root& index = path.steps[at].index;
    if (!index.id.empty() || index.number >= function.loops.size()) return false;
    const Loop& loop = function.loops[index.number];
    // `while ((p = next()) != nullptr)` is no walk along a row either; the two look alike.
    if (loop.kind == LoopKind::While || loop.kind == LoopKind::Do) return true;
    if (loop.kind != LoopKind::RangeFor) return false;
    const auto end = path.steps.begin() + static_cast<std::ptrdiff_t>(at);
    return loop.range.root != path.root ||
           !std::equal(path.steps.begin(), end, loop.range.steps.begin(), loop.range.steps.end());
  }

  /// A loop variable that is the element itself, a reference or a pointer to it.
  static bool runs_over_records(const Function& function, const Local& local) {
    const Loop& loop = function.loops[static_cast<std::size_t>(local.loop_variable)];
    return loop.kind == LoopKind::RangeFor;
  }

  static bool is_node_walk(const Function& function, std::int32_t loop) {
    const Loop& made = function.loops[static_cast<std::size_t>(loop)];
    if (made.linked) return true;
    return std::any_of(function.locals.begin(), function.locals.end(), [&](const Local& local) {
      return local.loop_variable == loop && is_node_type(local.type);
    });
  }

  template <class Parts>
  void add(const Function& function, const Path& path, std::int32_t in_loop, Parts&& parts) {
    for (const Visit& visit : visits(function, path, in_loop)) {
      const std::vector<Step> inside = steps_inside(path.steps, visit.inside);
      const std::size_t behind = path.steps.size() - visit.inside;
      for (PartTouch& touch : parts(inside, behind)) {
        this->touch(visit, touch);
      }
    }
  }

  void hand(const Function& function, const Call& call, const Argument& argument,
            std::int32_t number) {
    if (argument.path.root.kind == RootKind::Unknown) return;
    if (!argument.by_reference && number >= 0) return;
    std::string element;  // of algorithms: what the lambda takes
    const Function* callee = model_.find_function(call.callee);
    if (callee != nullptr && number >= 0 &&
        static_cast<std::size_t>(number) < callee->parameters.size()) {
      element = callee->parameters[static_cast<std::size_t>(number)].record_id;
    }
    Path path = argument.path;
    if (!path.steps.empty() && path.steps.back().kind == StepKind::Item &&
        path.steps.back().record_id.empty()) {
      path.steps.back().record_id = element;
    }
    add(function, path, call.loop, [&](const std::vector<Step>& inside, std::size_t behind) {
      if (inside.size() != behind) return std::vector<PartTouch>{{inside, false, false, ""}};
      std::vector<PartTouch> touches = touches_.by_call(call, number);
      if (callee != nullptr && moves_elements(call.name)) touches.push_back({{}, false, true, ""});
      for (PartTouch& touch : touches) {
        touch.steps.insert(touch.steps.begin(), inside.begin(), inside.end());
        // Parts that are handed on are used; only whole elements may be anything's.
        touch.unread = touch.unread && touch.steps.empty();
      }
      return touches;
    });
  }

  void touch(const Visit& visit, const PartTouch& touch) {
    const Record* record = model_.find(visit.record_id);
    if (record == nullptr || record->kind == RecordKind::Union) return;
    const Loop& loop = visit.owner->loops[static_cast<std::size_t>(visit.loop)];
    if (loop.trip_count > 0 && loop.trip_count <= tiny_) return;
    if (touch.unread && touch.to == pointer_kept) {
      handed_.try_emplace(record->id, touch.to);  // where it leads to tells what is touched
      return;
    }
    const auto bytes = bytes_of(touch.steps, *record, model_);
    if (!bytes) return;
    const std::string& file = visit.owner->where.file;
    const auto [place, added] = loops_.try_emplace(
        std::tuple(std::string_view(record->id), file, loop.where.offset, visit.random));
    ElementLoop& found = place->second;
    const auto called = depths_.find(visit.owner->id);
    const std::uint32_t around =
        depth_at(*visit.owner, loop.parent) + (called == depths_.end() ? 0 : called->second);
    if (added) {
      found.function = visit.owner;
      found.loop = visit.loop;
      found.where = range_of(*visit.owner, loop.where);
    }
    found.nested = std::max(found.nested, std::min(most_nested, around));
    found.node = found.node || visit.node;
    found.random = visit.random;
    found.repeated =
        found.repeated || (!visit.random && walks_.again(*visit.owner, visit.loop, visit.elements));
    found.used.add(bytes->first, bytes->second);
    if (!touch.unread) return;
    std::string& to = handed_[record->id];
    if (to.empty() || to == pointer_kept) to = touch.to;
  }

  const Model& model_;
  std::uint64_t tiny_;
  PartTouches touches_;
  Depths depths_;
  RepeatedWalks walks_;
  /// By record, file, offset of the loop, and whether the index runs with it.
  std::map<std::tuple<std::string_view, std::string, std::uint32_t, bool>, ElementLoop> loops_;
  std::map<std::string_view, std::string> handed_;
  std::set<std::string_view> pointed_;
};

void fields_of(const std::vector<Slot>& slots, const ByteSet& bytes,
               std::vector<const Slot*>& found) {
  for (const Slot& slot : slots) {
    if (slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding) continue;
    const std::uint64_t begin = slot.extent.offset_bits / 8;
    if (!bytes.touches(begin, (slot.extent.end_bits() + 7) / 8)) continue;
    if (slot.name.empty() && !slot.members.empty()) {
      fields_of(slot.members, bytes, found);
    } else {
      found.push_back(&slot);
    }
  }
}

}  // namespace

std::string nesting_text(const ElementLoop& loop) {
  if (loop.nested == 0) return "";
  return fmt::format("; it runs inside {}{}",
                     loop.nested == 1 ? "another loop" : "two other loops or more",
                     loop.repeated ? ", which comes to the same elements again" : "");
}

std::vector<ElementType> find_element_loops(const Model& model, std::uint64_t tiny) {
  Collector collector(model, tiny);
  for (const Function& function : model.functions) collector.read(function);
  return collector.finish();
}

std::vector<const Slot*> fields_in(const Record& record, const ByteSet& bytes) {
  std::vector<const Slot*> found;
  fields_of(record.slots, bytes, found);
  return found;
}

}  // namespace snug
