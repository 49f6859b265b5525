// Where the objects of a function come from: its own object, arguments, variables, the heap, and
// what pointers and containers of things that can be called were given.
#include <algorithm>

#include "analysis/threads/reach_objects.hpp"
#include "model/processes.hpp"

namespace snug::reach {

namespace {

constexpr int deepest_result = 6;  ///< Functions that return what another one returns.

bool is_plain(const std::string& type) {
  return type.find_first_of("*&") == std::string::npos;
}

}  // namespace

Object Objects::any_of(const std::string& record_id) {
  Object object;
  object.root = "?" + record_id;
  object.block = true;
  return object;
}

Object Objects::given_to(const Function& function, const std::string& record_id) {
  Object object = any_of(record_id);
  object.exact = true;
  object.anchor = &function;
  return object;
}

const Frame* Objects::frame_of(const std::string& id, const Frame& frame) {
  for (const Frame* at = &frame; at != nullptr; at = at->outer) {
    if (id.empty() || at->function->id == id) return at;
  }
  return nullptr;
}

Object Objects::this_of(const Frame& frame) const {
  for (const Frame* at = &frame; at != nullptr; at = at->outer) {
    const FunctionKind kind = at->function->kind;
    if (kind != FunctionKind::Lambda && kind != FunctionKind::Region) {
      return seen_from(at->self, *at, frame);
    }
  }
  return any_of(frame.function->record_id);
}

Object Objects::parameter(const Root& root, const Frame& frame) const {
  const Frame* owner = frame_of(root.id, frame);
  if (owner == nullptr || root.number >= owner->parameters.size()) return {};
  const Object& bound = owner->parameters[root.number];
  if (!bound.known() && bound.number == IndexClass::Unknown && bound.callable.empty() &&
      root.number < owner->function->parameters.size()) {
    const Parameter& parameter = owner->function->parameters[root.number];
    if (parameter.by_reference && !parameter.record_id.empty()) {
      return any_of(parameter.record_id);
    }
  }
  return seen_from(bound, *owner, frame);
}

Object Objects::seen_from(Object object, const Frame& owner, const Frame& frame) const {
  const ReachThread& thread = threads_[frame.thread];
  if (owner.thread == frame.thread || thread.start == nullptr) return object;
  const bool starter = thread.starter == owner.function;
  return handed_over(std::move(object), starter ? thread.start->loop : -1, owner);
}

/// A number that is drawn from a counter: one that the thread draws once is its own.
Object Objects::ticket(const Root& root, const Frame& frame) const {
  const Frame* owner = frame_of(root.id, frame);
  Object object;
  if (owner == nullptr) return object;
  const std::int32_t loop = static_cast<std::int32_t>(root.number) - 1;
  const bool again = repetition_of(*owner, loop).frame != nullptr;
  object.number = again ? IndexClass::Running : IndexClass::PerThread;
  return object;
}

/// The call whose result is meant, in the function of the frame or in one around it.
const Call* Objects::call_of(const Root& root, const Frame*& frame) {
  for (const Frame* at = frame; at != nullptr; at = at->outer) {
    const std::vector<Call>& calls = at->function->calls;
    frame = at;
    if (root.number < calls.size() && calls[root.number].callee == root.id) {
      return &calls[root.number];
    }
    const auto found = std::find_if(calls.begin(), calls.end(),
                                    [&](const Call& call) { return call.callee == root.id; });
    if (found != calls.end()) return &*found;
  }
  return nullptr;
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
  object.exact = true;
  if (root.number >= function.locals.size()) return object;
  const Local& local = function.locals[root.number];
  if (is_plain(local.type) && local.array_elements == 0) object.made_as = local.record_id;
  object.born_loop = local.loop;
  // A pointer stands for what it points to, which outlives the call: another one for each.
  const bool pointer = !is_plain(local.type) || local.type.find("_ptr<") != std::string::npos;
  if (local.reassigned || (pointer && called_again_.contains(&function))) object.exact = false;
  if (owner->thread == frame.thread) {
    object.born = owner;
    object.sharing = Sharing::Private;
    object.number = local.loop_variable >= 0 ? IndexClass::Running : IndexClass::Unknown;
    return object;
  }
  // Of a function that started this thread: made once for each thread if the loop around the start
  // makes it, itself or in a call.
  const ReachThread& thread = threads_[frame.thread];
  const bool starter = thread.start != nullptr && thread.starter == &function;
  const std::int32_t start_loop = starter ? thread.start->loop : -1;
  const bool runs = local.loop_variable >= 0 && encloses(function, local.loop_variable, start_loop);
  const bool inside = local.loop >= 0 && encloses(function, local.loop, start_loop);
  const Repetition around = starter ? repetition_of(*owner, start_loop) : Repetition{};
  const bool in_call = around.frame != nullptr && around.frame != owner;
  if (runs || inside || in_call) {
    object.number = IndexClass::PerThread;
    object.sharing = Sharing::Private;
  }
  return object;
}

Object Objects::global(const Root& root) const {
  Object object;
  object.root = "G:" + root.id;
  object.global = root.id;
  object.exact = true;
  const Variable* variable = model_.find_variable(root.id);
  if (variable == nullptr) return object;
  if (is_plain(variable->type) && variable->array_elements == 0) {
    object.made_as = variable->record_id;
  }
  if (variable->thread_local_storage) {
    object.sharing = Sharing::Private;
    object.number = IndexClass::PerThread;
  }
  return object;
}

Object Objects::result(const Root& root, const Frame& frame) const {
  const Function* callee = model_.find_function(root.id);
  const Frame* at = &frame;
  const Call* made_by = callee == nullptr || depth_ > deepest_result || callee->returns.size() != 1
                            ? nullptr
                            : call_of(root, at);
  if (made_by == nullptr) {
    Object object;
    object.root = "?" + root.id + "()";
    object.sharing = Sharing::Private;  // nothing says that anyone else has it
    object.block = true;
    return object;
  }
  const Call& call = *made_by;
  Frame inner;
  inner.function = callee;
  inner.thread = at->thread;
  ++depth_;
  inner.self = resolve(call.object.path, *at);
  for (const Argument& one : call.arguments) inner.parameters.push_back(argument(one, *at));
  Object result = resolve(callee->returns.front(), inner);
  --depth_;
  if (result.closure == &inner) result.closure = nullptr;  // it ends here
  if (result.born != &inner) return result;
  // What a call makes is made where it is called, another one at each place.
  result.born = at;
  result.born_loop = call.loop;
  const bool block = result.root.starts_with("L:") && result.steps.empty();
  if (!block && !result.root.starts_with("H:")) return result;
  result.root =
      "H:" + result.root + "@" + at->function->id + ":" + std::to_string(call.where.offset);
  if (block) {
    // A pointer that the callee has got from code that was not read, malloc() as a rule.
    result.block = true;
    result.exact = !called_again_.contains(at->function);
    result.maker = at->function;
    result.made_by = &call;
  }
  return result;
}

Object Objects::heap(const Root& root, const Frame& frame) const {
  Object object;
  if (root.number == shared_mapping) {
    object.root = std::string(mapping_key) + root.id;
    object.block = object.exact = true;
    return object;
  }
  object.root = "H:" + frame.function->id + ":" + root.id;
  object.sharing = Sharing::Private;
  object.block = true;
  object.born = &frame;
  object.made_as = root.id;
  int places = 0;
  for (const Construction& one : frame.function->constructions) {
    if (one.kind != ConstructionKind::Heap || one.record_id != root.id) continue;
    ++places;
    object.born_loop = one.loop;
  }
  // Another one at each place, and for each call.
  object.exact = places <= 1 && !called_again_.contains(frame.function);
  return object;
}

Object Objects::root_of(const Path& path, const Frame& frame) const {
  const Root& root = path.root;
  Object object;
  switch (root.kind) {
    case RootKind::This:
      return this_of(frame);
    case RootKind::Parameter:
      return parameter(root, frame);
    case RootKind::Local:
      return local(root, frame);
    case RootKind::Global:
      return global(root);
    case RootKind::Result:
      return result(root, frame);
    case RootKind::Heap:
      return heap(root, frame);
    case RootKind::Constant:
      object.number = IndexClass::Constant;
      object.constant = root.number;
      return object;
    case RootKind::ThreadNumber:
      object.number = IndexClass::PerThread;
      return object;
    case RootKind::Ticket:
      return ticket(root, frame);
    case RootKind::Function:
      object.callable = root.id;
      object.closure = &frame;
      return object;
    case RootKind::LoopVariable: {
      const Frame* owner = frame_of(root.id, frame);
      const bool of_starter = owner != nullptr && owner->thread != frame.thread;
      object.number = of_starter ? IndexClass::PerThread : IndexClass::Running;
      return object;
    }
    case RootKind::Member: {
      // A number that a worker keeps: as much its own as the worker is.
      const Object self = this_of(frame);
      const bool own =
          self.sharing == Sharing::PerThread ||
          (self.sharing == Sharing::Private && threads_[frame.thread].kind == ThreadKind::Started);
      if (own) object.number = IndexClass::PerThread;
      return object;
    }
    case RootKind::Unknown:
      return object;
  }
  return object;
}

const Objects::Pointee* Objects::pointee_of(const Object& object) const {
  const bool variable = object.steps.empty() && !object.global.empty();
  if (!variable && (object.steps.empty() || object.steps.back().kind != StepKind::Field)) {
    return nullptr;
  }
  const auto known =
      variable ? points_to_.find({object.root, std::string()})
               : points_to_.find({object.steps.back().record_id, object.steps.back().field});
  if (known == points_to_.end()) return nullptr;
  const Pointee* found = known->second.size() == 1 ? &known->second.front() : nullptr;
  if (known->second.size() > 1 && is_exact(object, object.steps.size())) {
    const auto held = held_pointees_.find(key_of(object));
    if (held != held_pointees_.end() && held->second.object.known()) found = &held->second;
  }
  return found != nullptr && made_once(*found) ? found : nullptr;
}

void Objects::point_holder(const FieldAccess& access, const Frame& frame, Pointee pointee) {
  const Object holder = resolve(access.path, frame);
  if (!holder.known() || holder.root.starts_with("?") || !is_exact(holder, holder.steps.size())) {
    return;
  }
  const std::string value = key_of(pointee.object);
  const auto [place, added] = held_pointees_.try_emplace(key_of(holder), std::move(pointee));
  if (!added && key_of(place->second.object) != value) place->second.object = {};
}

/// One more callable that a container holds: a variable, or a field.
void Objects::point_element(const FieldAccess& access, const Frame& frame) {
  Object holder = resolve(access.path, frame);
  while (!holder.steps.empty() && holder.steps.back().kind != StepKind::Field) {
    holder.steps.pop_back();
  }
  if (!holder.known()) return;
  const bool field = !holder.steps.empty();
  if (!field && !holder.root.starts_with("L:")) return;
  std::vector<Kept>& kept =
      field ? callables_[{holder.steps.back().record_id, holder.steps.back().field}]
            : callables_[{holder.root, ""}];
  const std::string key = key_of(holder);
  const bool met = std::any_of(kept.begin(), kept.end(), [&](const Kept& one) {
    return one.function == access.value.root.id && one.holder == key;
  });
  if (met || kept.size() >= most_kept) return;
  keep_frames(&frame);
  kept.push_back({access.value.root.id, &frame, key, is_exact(holder, holder.steps.size())});
}

}  // namespace snug::reach
