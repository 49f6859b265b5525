#include "analysis/reach_objects.hpp"

#include <algorithm>

namespace snug::reach {

namespace {

constexpr std::size_t most_steps = 7;  ///< Deeper paths stand for any object of the record.
constexpr std::uint64_t few_times = 16;

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

}  // namespace

bool encloses(const Function& function, std::int32_t loop, std::int32_t inner) {
  while (inner >= 0 && static_cast<std::size_t>(inner) < function.loops.size()) {
    if (inner == loop) return true;
    inner = function.loops[static_cast<std::size_t>(inner)].parent;
  }
  return false;
}

bool is_hot(const Function& function, std::int32_t loop) {
  std::uint64_t times = 1;
  while (loop >= 0 && static_cast<std::size_t>(loop) < function.loops.size()) {
    const Loop& one = function.loops[static_cast<std::size_t>(loop)];
    if (one.trip_count == 0) return true;
    times *= one.trip_count;
    loop = one.parent;
  }
  return times >= few_times;
}

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
        key += "[" + index_key(step.index) + "]";
        break;
    }
  }
  return key;
}

Object Objects::any_of(const std::string& record_id) {
  Object object;
  object.root = "?" + record_id;
  object.block = true;
  return object;
}

const Frame* Objects::frame_of(const std::string& id, const Frame& frame) {
  for (const Frame* at = &frame; at != nullptr; at = at->outer) {
    if (id.empty() || at->function->id == id) return at;
  }
  return nullptr;
}

const Slot* Objects::slot(const Step& field) const {
  const Record* record = model_.find(field.record_id);
  return record == nullptr ? nullptr : find_slot(record->slots, field.field);
}

std::uint64_t Objects::offset_bits(const Step& field) const {
  const Slot* found = slot(field);
  return found == nullptr ? 0 : found->extent.offset_bits;
}

/// A local: of this thread, or of the one that started it.
Object Objects::local(const Root& root, const Frame& frame) const {
  const Frame* owner = frame_of(root.id, frame);
  Object object;
  object.root =
      "L:" + (owner == nullptr ? root.id : owner->function->id) + "#" + std::to_string(root.number);
  if (owner == nullptr) {
    object.sharing = Sharing::Private;
    return object;
  }
  const Function& function = *owner->function;
  if (root.number >= function.locals.size()) return object;
  const Local& local = function.locals[root.number];
  object.number = IndexClass::Unknown;
  if (owner->thread == frame.thread) {
    object.sharing = Sharing::Private;
    object.number = local.loop_variable >= 0 ? IndexClass::Running : IndexClass::Unknown;
    return object;
  }
  // Of a function that started this thread: made once for each thread if the loop around the start
  // makes it.
  const ReachThread& thread = threads_[frame.thread];
  const std::int32_t start_loop =
      thread.start != nullptr && thread.starter == &function ? thread.start->loop : -1;
  const bool each = local.loop >= 0 && encloses(function, local.loop, start_loop);
  if (local.loop_variable >= 0 && encloses(function, local.loop_variable, start_loop)) {
    object.number = IndexClass::PerThread;
    object.sharing = Sharing::Private;
  } else if (each) {
    object.number = IndexClass::PerThread;
    object.sharing = Sharing::Private;
  }
  return object;
}

Object Objects::root_of(const Path& path, const Frame& frame) const {
  const Root& root = path.root;
  Object object;
  switch (root.kind) {
    case RootKind::This: {
      for (const Frame* at = &frame; at != nullptr; at = at->outer) {
        const FunctionKind kind = at->function->kind;
        if (kind != FunctionKind::Lambda && kind != FunctionKind::Region) return at->self;
      }
      return any_of(frame.function->record_id);
    }
    case RootKind::Parameter: {
      const Frame* owner = frame_of(root.id, frame);
      if (owner == nullptr || root.number >= owner->parameters.size()) return object;
      const Object& bound = owner->parameters[root.number];
      if (!bound.known() && bound.number == IndexClass::Unknown && bound.callable.empty() &&
          root.number < owner->function->parameters.size()) {
        const Parameter& parameter = owner->function->parameters[root.number];
        if (parameter.by_reference && !parameter.record_id.empty()) {
          return any_of(parameter.record_id);
        }
      }
      // A captured number of the function around: seen from here it is what the start makes of it.
      return bound;
    }
    case RootKind::Local:
      return local(root, frame);
    case RootKind::Global: {
      object.root = "G:" + root.id;
      object.global = root.id;
      const Variable* variable = model_.find_variable(root.id);
      if (variable != nullptr && variable->thread_local_storage) {
        object.sharing = Sharing::Private;
        object.number = IndexClass::PerThread;
      }
      return object;
    }
    case RootKind::Result: {
      const Function* callee = model_.find_function(root.id);
      const Frame* owner = &frame;
      if (callee == nullptr || depth_ > 6 || root.number >= owner->function->calls.size() ||
          callee->returns.size() != 1) {
        object.root = "?" + root.id + "()";
        object.sharing = Sharing::Private;  // nothing says that anyone else has it
        object.block = true;
        return object;
      }
      const Call& call = owner->function->calls[root.number];
      Frame inner;
      inner.function = callee;
      inner.thread = frame.thread;
      ++depth_;
      inner.self = resolve(call.object.path, frame);
      for (const Argument& one : call.arguments) inner.parameters.push_back(argument(one, frame));
      Object result = resolve(callee->returns.front(), inner);
      --depth_;
      return result;
    }
    case RootKind::Heap:
      object.root = "H:" + frame.function->id + ":" + root.id;
      object.sharing = Sharing::Private;
      object.block = true;
      return object;
    case RootKind::Constant:
      object.number = IndexClass::Constant;
      object.constant = root.number;
      return object;
    case RootKind::ThreadNumber:
      object.number = IndexClass::PerThread;
      return object;
    case RootKind::LoopVariable: {
      const Frame* owner = frame_of(root.id, frame);
      object.number = IndexClass::Running;
      if (owner != nullptr && owner->thread != frame.thread) object.number = IndexClass::PerThread;
      return object;
    }
    case RootKind::Member: {
      // A number that a worker keeps: as much its own as the worker is.
      const Object self = root_of({{RootKind::This, "", 0}, {}}, frame);
      if (self.sharing == Sharing::PerThread) object.number = IndexClass::PerThread;
      if (self.sharing == Sharing::Private && threads_[frame.thread].kind == ThreadKind::Started) {
        object.number = IndexClass::PerThread;
      }
      return object;
    }
    case RootKind::Unknown:
      return object;
  }
  return object;
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

void Objects::append(Object& object, const Step& step, const Frame& frame) const {
  Step made = step;
  if (step.kind == StepKind::Element || step.kind == StepKind::Item) {
    made.index = index(step.index, frame);
    if (made.index.kind == RootKind::ThreadNumber && object.sharing == Sharing::Shared) {
      object.sharing = Sharing::PerThread;
    }
    if (made.index.kind == RootKind::LoopVariable && object.sharing == Sharing::Shared) {
      // The iterations of a parallel loop are shared among threads: each element has one.
      const Frame* owner = frame_of(step.index.id, frame);
      if (step.index.kind == RootKind::LoopVariable && owner != nullptr &&
          step.index.number < owner->function->loops.size() &&
          owner->function->loops[step.index.number].parallel) {
        object.sharing = Sharing::Private;
      }
    }
  }
  if (step.kind == StepKind::Pointed && !object.steps.empty() &&
      object.steps.back().kind == StepKind::Field) {
    const Step& field = object.steps.back();
    const auto known = points_to_.find({field.record_id, field.field});
    if (known != points_to_.end() && known->second.size() == 1) {
      object = known->second.front();
      return;
    }
  }
  object.steps.push_back(std::move(made));
  if (object.steps.size() > most_steps) {
    const bool global = !object.global.empty();
    Object any = any_of(object.steps.back().record_id + "/" + key_of(object).substr(0, 200));
    any.sharing = object.sharing;
    object = global ? object : any;
  }
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
  if (!argument.callable.empty()) {
    Object object = resolve(argument.path, frame);
    object.callable = argument.callable;
    object.closure = &frame;
    return object;
  }
  Object object = resolve(argument.path, frame);
  if (!argument.by_reference && object.known() && object.callable.empty() &&
      object.number == IndexClass::Unknown && object.sharing == Sharing::Shared &&
      argument.path.root.kind != RootKind::Parameter) {
    object.sharing = Sharing::Private;  // a copy
  }
  return object;
}

Object Objects::handed_over(Object object, const ThreadStart& start, const Frame& frame) const {
  const Function& function = *frame.function;
  // What runs with a loop around the start is another one for each thread.
  for (Step& step : object.steps) {
    if (step.index.kind == RootKind::LoopVariable) {
      step.index = {RootKind::ThreadNumber, "", 0};
      if (object.sharing == Sharing::Shared) object.sharing = Sharing::PerThread;
    }
  }
  if (object.number == IndexClass::Running) object.number = IndexClass::PerThread;
  const bool in_loop = start.loop >= 0;
  if (object.root.starts_with("L:")) {
    // A local of the starter: the threads share it, unless the loop makes one for each.
    const std::size_t hash = object.root.rfind('#');
    const std::string owner = object.root.substr(2, hash - 2);
    const std::size_t number = std::stoul(object.root.substr(hash + 1));
    bool own = false;
    if (owner == function.id && number < function.locals.size()) {
      const Local& local = function.locals[number];
      own = local.loop >= 0 && encloses(function, local.loop, start.loop);
      if (object.number == IndexClass::Unknown && own) object.number = IndexClass::PerThread;
    }
    if (object.sharing == Sharing::Private && !own) object.sharing = Sharing::Shared;
    for (const Step& step : object.steps) {
      if (step.index.kind == RootKind::ThreadNumber && !own) object.sharing = Sharing::PerThread;
    }
  } else if (object.root.starts_with("H:")) {
    object.sharing = in_loop ? Sharing::Private : Sharing::Shared;
  }
  return object;
}

void Objects::point(const FieldAccess& access, const Frame& frame) {
  if (access.field.empty() || access.value.root.kind == RootKind::Unknown) return;
  Object value = resolve(access.value, frame);
  if (!value.known() || value.root.starts_with("?")) return;
  value.callable.clear();
  value.closure = nullptr;
  // Seen from a thread, a local of the function that sets the pointer is shared.
  const Object target = resolve(access.path, frame);
  if (value.root.starts_with("L:")) {
    bool running = false;
    for (Step& step : value.steps) {
      if (step.index.kind == RootKind::LoopVariable) {
        step.index = {RootKind::ThreadNumber, "", 0};
        running = true;
      }
    }
    const std::size_t hash = value.root.rfind('#');
    const std::size_t number = std::stoul(value.root.substr(hash + 1));
    const bool each = number < frame.function->locals.size() &&
                      value.root.substr(2, hash - 2) == frame.function->id &&
                      frame.function->locals[number].loop >= 0;
    value.sharing = running ? Sharing::PerThread : each ? Sharing::Private : Sharing::Shared;
  }
  std::vector<Object>& known = points_to_[{access.record_id, access.field}];
  const std::string key = key_of(value);
  if (std::none_of(known.begin(), known.end(),
                   [&](const Object& one) { return key_of(one) == key; })) {
    known.push_back(std::move(value));
  }
}

}  // namespace snug::reach
