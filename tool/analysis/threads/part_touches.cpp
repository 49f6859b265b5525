#include "analysis/threads/part_touches.hpp"

#include <algorithm>

namespace snug {

namespace {

/// More parts than this are as good as all.
constexpr std::size_t most_touches = 200;
constexpr int most_depth = 8;

bool is_root(const Root& root, std::int32_t parameter) {
  if (parameter < 0) return root.kind == RootKind::This;
  return root.kind == RootKind::Parameter && root.id.empty() &&
         root.number == static_cast<std::uint64_t>(parameter);
}

std::optional<ByteSet::Range> field_bytes(const std::vector<Slot>& slots, const Step& step,
                                          const Slot** found) {
  for (const Slot& slot : slots) {
    if (slot.kind != SlotKind::Field && slot.kind != SlotKind::BitField) continue;
    if (slot.name == step.field && !slot.name.empty()) {
      *found = &slot;
      return ByteSet::Range{slot.extent.offset_bits / 8, (slot.extent.end_bits() + 7) / 8};
    }
    if (const auto inner = field_bytes(slot.members, step, found)) return inner;
  }
  return std::nullopt;
}

/// The field in the record or in a base of it; offsets count from the record.
std::optional<ByteSet::Range> find_field(const Record& record, const Step& step, const Model& model,
                                         const Slot** found, int depth) {
  if (step.record_id == record.id) {
    return field_bytes(record.slots, step, found);
  }
  if (depth > 6) return std::nullopt;
  for (const Slot& slot : record.slots) {
    if (slot.kind != SlotKind::Base && slot.kind != SlotKind::VirtualBase) continue;
    const Record* base = model.find(slot.type_id);
    if (base == nullptr) continue;
    if (auto range = find_field(*base, step, model, found, depth + 1)) {
      const std::uint64_t offset = slot.extent.offset_bits / 8;
      return ByteSet::Range{range->first + offset, range->second + offset};
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Step> steps_inside(const std::vector<Step>& steps, std::size_t count) {
  std::vector<Step> inside;
  for (std::size_t i = count; i < steps.size(); ++i) {
    if (steps[i].kind == StepKind::Pointed || steps[i].kind == StepKind::Item) break;
    inside.push_back(steps[i]);
  }
  return inside;
}

std::optional<ByteSet::Range> bytes_of(const std::vector<Step>& steps, const Record& record,
                                       const Model& model) {
  ByteSet::Range range{0, record.size};
  const Record* at = &record;
  const Slot* slot = nullptr;
  for (const Step& step : steps) {
    if (step.kind == StepKind::Element) {
      if (slot == nullptr || slot->array_elements == 0) return range;
      const std::uint64_t size = slot->type_size_bits / 8 / slot->array_elements;
      if (step.index.kind == RootKind::Constant && step.index.number < slot->array_elements) {
        range.first += step.index.number * size;
        range.second = range.first + size;
      }
      at = model.find(slot->type_id);
      slot = nullptr;
      // Of which element of several a field is touched is not known: all of it may be.
      if (step.index.kind != RootKind::Constant) return range;
      continue;
    }
    if (at == nullptr) return range;  // a type of a library: all of the field
    const Slot* next = nullptr;
    const auto field = find_field(*at, step, model, &next, 0);
    if (!field) return slot == nullptr && at == &record ? std::nullopt : std::optional(range);
    range = {range.first + field->first, range.first + field->second};
    slot = next;
    at = next == nullptr || next->array_elements != 0 || next->is_reference
             ? nullptr
             : model.find(next->type_id);
  }
  return range;
}

std::vector<PartTouch> PartTouches::by_call(const Call& call, std::int32_t argument) {
  return follow(call, argument, 0);
}

std::vector<PartTouch> PartTouches::follow(const Call& call, std::int32_t argument, int depth) {
  const Function* callee = call.callee.empty() ? nullptr : model_.find_function(call.callee);
  if (callee != nullptr && !call.is_virtual && depth < most_depth) {
    return by_function(*callee, argument, depth + 1);
  }
  PartTouch touch;
  touch.write = true;
  touch.to = call.name;
  // What the compiler writes by itself copies or makes the object, and nothing else.
  const bool implicit = !call.callee.empty() && callee == nullptr &&
                        (call.name == "operator=" || call.callee.find("@F@~") != std::string::npos);
  touch.unread = !implicit;
  return {touch};
}

const std::vector<PartTouch>& PartTouches::by_function(const Function& function,
                                                       std::int32_t parameter, int depth) {
  const auto [place, added] = known_.try_emplace({&function, parameter});
  if (!added) return place->second;  // also a function that calls itself: nothing new
  std::vector<PartTouch> touches;
  for (const FieldAccess& access : function.accesses) {
    if (!is_root(access.path.root, parameter)) continue;
    std::vector<Step> steps = steps_inside(access.path.steps, 0);
    const bool address =
        access.kind == AccessKind::Address && steps.size() == access.path.steps.size();
    touches.push_back(
        {std::move(steps), address, access.kind != AccessKind::Read, address ? "a pointer" : ""});
  }
  const auto through = [&](const Call& call, const Argument& argument, std::int32_t number) {
    if (!is_root(argument.path.root, parameter)) return;
    const std::vector<Step> steps = steps_inside(argument.path.steps, 0);
    if (steps.size() != argument.path.steps.size()) return;  // another object
    if (!argument.by_reference && number >= 0) return;       // its value: an access tells that
    for (PartTouch& touch : follow(call, number, depth)) {
      PartTouch inner{steps, touch.unread, touch.write, touch.to};
      inner.steps.insert(inner.steps.end(), touch.steps.begin(), touch.steps.end());
      touches.push_back(std::move(inner));
    }
  };
  for (const Call& call : function.calls) {
    through(call, call.object, -1);
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      through(call, call.arguments[i], static_cast<std::int32_t>(i));
    }
  }
  std::sort(touches.begin(), touches.end());
  touches.erase(std::unique(touches.begin(), touches.end()), touches.end());
  if (touches.size() > most_touches) touches = {PartTouch{{}, false, true, ""}};
  return known_[{&function, parameter}] = std::move(touches);
}

}  // namespace snug
