#include "analysis/threads/reach_objects.hpp"

#include <algorithm>

namespace snug::reach {

namespace {

constexpr std::size_t most_steps = 7;  ///< Deeper paths stand for any object of the record.

std::string index_key(const Root& index) {
  switch (index.kind) {
    case RootKind::Constant:
      return std::to_string(index.number);
    case RootKind::ThreadNumber:
      return "thread";
    default:
      return "?";
  }
}

const Slot* find_slot(const std::vector<Slot>& slots, const std::string& name) {
  for (const Slot& slot : slots) {
    if (slot.name == name) return &slot;
    if (const Slot* inner = find_slot(slot.members, name)) return inner;
  }
  return nullptr;
}

/// The steps that run with a loop are another one for each thread that the loop starts.
bool index_by_thread(Object& object) {
  bool any = false;
  for (Step& step : object.steps) {
    if (step.index.kind != RootKind::LoopVariable) continue;
    step.index = {RootKind::ThreadNumber, "", 0};
    any = true;
  }
  return any;
}

std::size_t way_to(const Frame& frame) {
  std::size_t hash = 0;
  for (const Frame* at = &frame; at->caller != nullptr; at = at->caller) {
    hash = hash * 31 + std::hash<const Function*>{}(at->caller->function) + at->called_at.offset;
  }
  return hash;
}

}  // namespace

std::string key_of(const Object& object, std::size_t count) {
  std::string key = object.root;
  for (std::size_t i = 0; i < count; ++i) {
    const Step& step = object.steps[i];
    switch (step.kind) {
      case StepKind::Field:
        key += "." + step.field;
        break;
      case StepKind::Pointed:
        key += "->";
        break;
      case StepKind::Element:
      case StepKind::Item:
        key += '[';
        key += index_key(step.index);
        key += ']';
        break;
    }
  }
  return key;
}

bool is_exact(const Object& object, std::size_t count) {
  return object.exact &&
         std::all_of(object.steps.begin(),
                     object.steps.begin() + static_cast<std::ptrdiff_t>(count),
                     [](const Step& step) {
                       return (step.kind != StepKind::Element && step.kind != StepKind::Item) ||
                              step.index.kind == RootKind::Constant ||
                              step.index.kind == RootKind::ThreadNumber;
                     });
}

void keep_frames(const Frame* frame) {
  // Of a frame that is kept the others are, too.
  for (; frame != nullptr && !frame->kept; frame = frame->caller) {
    frame->kept = true;
    keep_frames(frame->outer);
    keep_frames(frame->self.born);
    for (const Object& parameter : frame->parameters) {
      keep_frames(parameter.born);
      keep_frames(parameter.closure);
    }
  }
}

std::uint64_t hash_of(const Object& object) {
  std::uint64_t hash = mixed_in(1, object.root);
  for (const Step& step : object.steps) {
    hash = mixed_in(hash, static_cast<std::uint64_t>(step.kind == StepKind::Item ? StepKind::Element
                                                                                 : step.kind));
    if (step.kind == StepKind::Field) hash = mixed_in(hash, step.field);
    if (step.kind != StepKind::Element && step.kind != StepKind::Item) continue;
    const bool constant = step.index.kind == RootKind::Constant;
    const bool thread = step.index.kind == RootKind::ThreadNumber;
    hash = mixed_in(hash, std::uint64_t{constant} * 2 + std::uint64_t{thread});
    if (constant) hash = mixed_in(hash, std::uint64_t{step.index.number});
  }
  hash = mixed_in(hash, static_cast<std::uint64_t>(object.sharing) * 64 +
                            static_cast<std::uint64_t>(object.number) * 2 +
                            std::uint64_t{object.exact});
  return mixed_in(mixed_in(hash, object.anchor), object.callable);
}

LocalKey local_key(const std::string& root) {
  const std::size_t hash = root.rfind('#');
  if (!root.starts_with("L:") || hash == std::string::npos) return {};
  return {root.substr(2, hash - 2), std::stoul(root.substr(hash + 1))};
}

Repetition repetition_of(const Frame& frame, std::int32_t loop) {
  const Frame* at = &frame;
  while (at != nullptr) {
    if (CallGraph::runs_again(*at->function, loop)) return {at, loop};
    loop = at->call == nullptr ? -1 : at->call->loop;
    at = at->caller;
  }
  return {};
}

const Slot* Objects::slot(const Step& field) const {
  const Record* record = model_.find(field.record_id);
  return record == nullptr ? nullptr : find_slot(record->slots, field.field);
}

Root Objects::index(const Root& root, const Frame& frame) const {
  if (root.kind == RootKind::Unknown) return {};
  if (root.kind == RootKind::Constant || root.kind == RootKind::ThreadNumber) return root;
  const Object value = root_of({root, {}}, frame);
  switch (value.number) {
    case IndexClass::Constant:
      return {RootKind::Constant, "", value.constant};
    case IndexClass::PerThread:
      return {RootKind::ThreadNumber, "", 0};
    case IndexClass::Running:
      return {RootKind::LoopVariable, "", 0};
    default:
      break;
  }
  // A field of an argument that each thread has its own of.
  if (value.sharing == Sharing::PerThread) return {RootKind::ThreadNumber, "", 0};
  return {};
}

void Objects::append_index(Object& object, Step& made, const Step& step, const Frame& frame) const {
  made.index = index(step.index, frame);
  if (object.sharing != Sharing::Shared) {
    // An array that each thread has its own of: whose elements are meant says nothing of threads.
    if (made.index.kind == RootKind::ThreadNumber) made.index = {};
    return;
  }
  if (made.index.kind == RootKind::ThreadNumber) object.sharing = Sharing::PerThread;
  if (made.index.kind != RootKind::LoopVariable || step.index.kind != RootKind::LoopVariable) {
    return;
  }
  // The iterations of a parallel loop are shared among threads: each element has one.
  const Frame* owner = frame_of(step.index.id, frame);
  if (owner != nullptr && step.index.number < owner->function->loops.size() &&
      owner->function->loops[step.index.number].parallel) {
    object.sharing = Sharing::Private;
  }
}

bool Objects::made_once(const Pointee& pointee) const {
  const Object& object = pointee.object;
  return !object.root.starts_with("H:") ||
         (pointee.born_in != nullptr && object.exact && object.born_loop < 0 &&
          !called_again_.contains(pointee.born_in));
}

bool Objects::follow_pointer(Object& object, const Frame& frame) const {
  const Pointee* known = pointee_of(object);
  if (known == nullptr) return false;
  const Pointee& pointee = *known;
  const bool variable = object.steps.empty();
  std::pair<std::string, std::string> field;
  if (!variable) field = {object.steps.back().record_id, object.steps.back().field};
  const bool own = pointee.object.root.starts_with("L:") && pointee.thread == frame.thread;
  const bool each = object.sharing == Sharing::PerThread;
  object = pointee.object;
  // Of holders that each thread has its own of, each points to an element of its own.
  if (each && index_by_thread(object) && object.sharing == Sharing::Shared) {
    object.sharing = Sharing::PerThread;
  }
  if (!variable) object.named = field;
  if (own && object.sharing == Sharing::Shared) object.sharing = Sharing::Private;
  return true;
}

void Objects::append(Object& object, const Step& step, const Frame& frame) const {
  Step made = step;
  if (step.kind == StepKind::Element || step.kind == StepKind::Item) {
    append_index(object, made, step, frame);
  }
  if (step.kind == StepKind::Pointed) {
    if (follow_pointer(object, frame)) return;
    if (!object.steps.empty() && object.steps.back().kind == StepKind::Field) {
      object.through.emplace_back(object.steps.back().record_id, object.steps.back().field);
    }
  }
  object.made_as.clear();
  object.steps.push_back(std::move(made));
  if (object.steps.size() <= most_steps || !object.global.empty()) return;
  Object any = any_of(object.steps.back().record_id + "/" + key_of(object).substr(0, 200));
  any.sharing = object.sharing;
  object = std::move(any);
}

Object Objects::resolve(const Path& path, const Frame& frame) const {
  Object object = root_of(path, frame);
  for (const Step& step : path.steps) {
    if (!object.known()) {
      // What is not known may still be any object of the field's record.
      if (step.kind != StepKind::Field) continue;
      object = any_of(step.record_id);
      object.sharing = path.root.kind == RootKind::Parameter ? Sharing::Shared : Sharing::Private;
    }
    append(object, step, frame);
  }
  return object;
}

Object Objects::argument(const Argument& argument, const Frame& frame) const {
  Object object = resolve(argument.path, frame);
  if (!argument.callable.empty()) {
    object.callable = argument.callable;
    object.closure = &frame;
    return object;
  }
  if (!argument.by_reference && object.known() && object.callable.empty() &&
      object.number == IndexClass::Unknown && object.sharing == Sharing::Shared &&
      argument.path.root.kind != RootKind::Parameter) {
    object.sharing = Sharing::Private;  // a copy
  }
  return object;
}

Object Objects::handed_over(Object object, std::int32_t loop, const Frame& frame) const {
  // What runs with a loop around the start is another one for each thread.
  const bool indexed = index_by_thread(object);
  if (indexed && object.sharing == Sharing::Shared) object.sharing = Sharing::PerThread;
  if (object.number == IndexClass::Running) object.number = IndexClass::PerThread;
  if (object.born == nullptr) return object;
  // The threads share what the starter has made, unless the loop that starts them makes one for
  // each: itself, or in a call between the loop and the start.
  const Repetition around = repetition_of(frame, loop);
  bool own = false;
  if (around.frame != nullptr) {
    for (const Frame* at = &frame; at != around.frame; at = at->caller) {
      own = own || at == object.born;
    }
    own = own || (object.born == around.frame && object.born_loop >= 0 &&
                  encloses(*around.frame->function, object.born_loop, around.loop));
  }
  object.born = nullptr;
  if (own) {
    if (object.number == IndexClass::Unknown) object.number = IndexClass::PerThread;
    object.sharing = Sharing::Private;
    return object;
  }
  if (object.sharing == Sharing::Private) {
    object.sharing = indexed ? Sharing::PerThread : Sharing::Shared;
  }
  return object;
}

void Objects::enter(const Frame& frame) {
  const std::size_t way = way_to(frame);
  const auto [place, added] = callers_.try_emplace(frame.function, way);
  if (!added && place->second != way) called_again_.insert(frame.function);
  const std::int32_t loop = frame.call == nullptr ? -1 : frame.call->loop;
  const bool again = frame.caller != nullptr && repetition_of(*frame.caller, loop).frame != nullptr;
  const ReachThread& thread = threads_[frame.thread];
  if (again || (thread.many && thread.kind == ThreadKind::Started)) {
    called_again_.insert(frame.function);
  }
}

std::vector<Objects::Kept> Objects::kept_in(Object field) const {
  std::vector<Kept> found;
  // A pointer to a function is called through itself; of a container each element may be meant.
  bool element = false;
  while (!field.steps.empty() && field.steps.back().kind != StepKind::Field) {
    const bool pointer = field.steps.back().kind == StepKind::Pointed;
    if (!pointer && !field.global.empty()) break;
    element = element || !pointer;
    field.steps.pop_back();
  }
  const bool part = !field.steps.empty() && field.steps.back().kind == StepKind::Field;
  const bool local = element && field.steps.empty();
  if (!part && !local && field.global.empty()) return found;
  const auto known = part
                         ? callables_.find({field.steps.back().record_id, field.steps.back().field})
                         : callables_.find({local ? field.root : "G:" + field.global, ""});
  if (known == callables_.end()) return found;
  const std::string key = key_of(field);
  for (const Kept& one : known->second) {
    if (one.exact && one.holder == key) found.push_back(one);
  }
  return found.empty() ? known->second : found;
}

/// What the value is as seen from other threads, which meet it through a pointer.
void Objects::publish(Object& value, bool of_thread) const {
  if (of_thread) {
    // Each thread points to one of its own.
    bool any = false;
    for (Step& step : value.steps) {
      const bool index = step.kind == StepKind::Element || step.kind == StepKind::Item;
      if (!index || step.index.kind == RootKind::Constant) continue;
      step.index = {RootKind::ThreadNumber, "", 0};
      any = true;
    }
    if (any && value.sharing == Sharing::Shared) value.sharing = Sharing::PerThread;
    if (!any && value.born != nullptr) value.sharing = Sharing::Private;
    return;
  }
  // Seen from a thread, what the function that sets the pointer has made is shared.
  if (value.born == nullptr) return;
  const bool running = index_by_thread(value);
  const bool each = value.born_loop >= 0;
  value.sharing = running ? Sharing::PerThread : each ? Sharing::Private : Sharing::Shared;
}

void Objects::point(const FieldAccess& access, const Frame& frame) {
  const bool variable = access.field.empty() && access.path.root.kind == RootKind::Global &&
                        access.path.steps.empty();
  const bool table = access.field.empty() && !variable &&
                     access.path.root.kind == RootKind::Global &&
                     access.value.root.kind == RootKind::Function;
  const bool element = access.field.empty() && !variable && !table &&
                       access.value.root.kind == RootKind::Function && !access.path.steps.empty() &&
                       access.path.steps.back().kind == StepKind::Item;
  if (element) return point_element(access, frame);
  if (access.field.empty() && !variable && !table) return;
  if (access.value.root.kind == RootKind::Unknown) return;
  Object value = resolve(access.value, frame);
  if (!value.callable.empty() && !variable) {
    const Object holder = resolve(access.path, frame);
    std::vector<Kept>& kept = table ? callables_[{"G:" + access.path.root.id, ""}]
                                    : callables_[{access.record_id, access.field}];
    Kept made{value.callable, value.closure, key_of(holder),
              holder.known() && is_exact(holder, holder.steps.size())};
    const bool met = std::any_of(kept.begin(), kept.end(), [&](const Kept& one) {
      return one.function == made.function && one.holder == made.holder;
    });
    if (!met && kept.size() < most_kept) {
      if (table) made.exact = false;
      keep_frames(made.closure);
      kept.push_back(std::move(made));
    }
    return;
  }
  if (!value.known() || value.root.starts_with("?") || value.root == "private") return;
  value.callable.clear();
  value.closure = nullptr;
  publish(value, variable);
  std::vector<Pointee>& known = variable ? points_to_[{"G:" + access.path.root.id, ""}]
                                         : points_to_[{access.record_id, access.field}];
  const Function* born_in = value.born == nullptr ? nullptr : value.born->function;
  value.born = nullptr;
  if (known.size() > 1) {
    if (!variable) point_holder(access, frame, {std::move(value), frame.thread, born_in});
    return;
  }
  const std::string key = key_of(value);
  if (std::none_of(known.begin(), known.end(),
                   [&](const Pointee& one) { return key_of(one.object) == key; })) {
    known.push_back({std::move(value), frame.thread, born_in});
  }
}

}  // namespace snug::reach
