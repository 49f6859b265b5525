// Accesses as threads see them: which field of which object, under which locks.
#include <algorithm>
#include <tuple>

#include "analysis/threads/reach_follower.hpp"

namespace snug::reach {

namespace {

IndexClass class_of(const Root& index) {
  switch (index.kind) {
    case RootKind::Constant:
      return IndexClass::Constant;
    case RootKind::ThreadNumber:
      return IndexClass::PerThread;
    case RootKind::LoopVariable:
      return IndexClass::Running;
    default:
      return IndexClass::Unknown;
  }
}

/// The array that step number `at` goes into.
TouchedElement element_of(const Object& object, std::size_t at) {
  const Step& step = object.steps[at];
  TouchedElement element;
  element.array = key_of(object, at);
  element.index = class_of(step.index);
  element.number = step.index.number;
  element.stride_bytes = step.size * step.stride;
  element.inside = step.kind == StepKind::Element;
  const bool named = !object.block || object.root.starts_with(mapping_key);
  element.root = named ? object.root : std::string();
  element.maker = object.maker;
  element.made_by = object.made_by;
  for (std::size_t i = at; i > 0; --i) {
    if (object.steps[i - 1].kind != StepKind::Field) continue;
    element.record_id = object.steps[i - 1].record_id;
    element.field = object.steps[i - 1].field;
    break;
  }
  if (element.field.empty()) std::tie(element.record_id, element.field) = object.named;
  return element;
}

std::vector<ReachStep> path_of(const Frame& frame) {
  std::vector<ReachStep> path;
  for (const Frame* at = &frame; at->caller != nullptr; at = at->caller) {
    path.push_back({at->caller->function, at->function, at->called_at});
  }
  std::reverse(path.begin(), path.end());
  return path;
}

/// Where in the code a field was named: in the access itself, or in what a caller handed over.
void name_site(const Frame& frame, const FieldAccess& access, const Step* field, Touch& touch) {
  const auto names = [&](const Path& path) {
    return field != nullptr &&
           std::any_of(path.steps.begin(), path.steps.end(), [&](const Step& step) {
             return step.kind == StepKind::Field && step.record_id == field->record_id &&
                    step.field == field->field;
           });
  };
  touch.function = frame.function;
  touch.where = access.where;
  if (names(access.path)) return;
  for (const Frame* at = &frame; at->caller != nullptr && at->call != nullptr; at = at->caller) {
    const bool here = names(at->call->object.path) ||
                      std::any_of(at->call->arguments.begin(), at->call->arguments.end(),
                                  [&](const Argument& one) { return names(one.path); });
    if (!here) continue;
    touch.function = at->caller->function;
    touch.where = at->called_at;
    return;
  }
}

/// What tells touches apart.
std::uint64_t key_of_touch(const Touch& touch) {
  std::uint64_t key = mixed_in(0, std::uint64_t{touch.thread});
  key = mixed_in(key, touch.object);
  key = mixed_in(key, touch.field);
  key = mixed_in(key, touch.record_id);
  key = mixed_in(key, touch.function);
  key = mixed_in(key, touch.anchor);
  key = mixed_in(key, static_cast<std::uint64_t>(touch.kind) * 4096 +
                          static_cast<std::uint64_t>(touch.sharing) * 256 +
                          static_cast<std::uint64_t>(touch.element.index) * 8 +
                          std::uint64_t{touch.hot} * 4 + std::uint64_t{touch.steady} * 2 +
                          std::uint64_t{touch.branched} * 8192 + std::uint64_t{touch.spun} * 16384 +
                          std::uint64_t{touch.exact});
  key = mixed_in(key, std::uint64_t{touch.element.number});
  key = mixed_in(key, std::uint64_t{touch.offset_bits});
  key = mixed_in(key, std::uint64_t{touch.locks.size()});
  for (const std::string& lock : touch.locks) key = mixed_in(key, lock);
  for (const std::uint32_t thread : touch.live) key = mixed_in(key, std::uint64_t{thread});
  return key;
}

}  // namespace

std::vector<std::string> Follower::locks_at(const Frame& frame, const Spot& spot) const {
  std::vector<std::string> locks = frame.locks;
  for (const LockHold& hold : frame.function->locks) {
    if (!holds(hold, spot)) continue;
    if (hold.lock.root.kind == RootKind::Global && hold.lock.root.id == "omp critical") {
      locks.emplace_back("omp critical");
      continue;
    }
    const Object lock = objects_.resolve(hold.lock, frame);
    if (lock.known()) locks.push_back(key_of(lock));
  }
  std::sort(locks.begin(), locks.end());
  locks.erase(std::unique(locks.begin(), locks.end()), locks.end());
  return locks;
}

/// The one store of a parallel algorithm's element that comes behind a loop over its work.
bool Follower::ends_work(const Frame& frame, const FieldAccess& access) const {
  const ReachThread& thread = result_.threads[frame.thread];
  if (frame.caller != nullptr || thread.start == nullptr || access.loop >= 0) return false;
  if (!thread.start->many || !thread.start->waits) return false;
  constexpr std::uint64_t few_rounds = 16;
  const std::vector<Loop>& loops = frame.function->loops;
  return std::any_of(loops.begin(), loops.end(), [&](const Loop& loop) {
    return loop.end <= access.where.offset &&
           (loop.trip_count == 0 || loop.trip_count > few_rounds);
  });
}

/// A task that counts in the place of the thread that runs it, which runs one after the other.
bool Follower::counts_for_runner(const Frame& frame, const FieldAccess& access) const {
  const ReachThread& thread = result_.threads[frame.thread];
  if (thread.start == nullptr || !thread.start->pool || !thread.many) return false;
  if (access.recurs.often != Often::EachTime || frame.detours > 0) return false;
  return std::any_of(access.path.steps.begin(), access.path.steps.end(),
                     [](const Step& step) { return step.index.kind == RootKind::ThreadNumber; });
}

/// How often code of the frame runs: over the loops around it, here and in the callers.
Often Follower::repeats(const Frame& frame, const Recurrence& recurs) const {
  if (frame.detours >= Frame::seldom) return Often::Seldom;
  Often often = graph_.repeats(*frame.function, recurs);
  if (often == Often::Seldom && frame.from_loop < Frame::far) {
    often = inside(frame.often, recurs.often);
  }
  // A long way through branches is one that hardly ever comes.
  return frame.detours > Frame::most_detours ? std::max(often, Often::AtTimes) : often;
}

void Follower::touch(const Frame& frame, const FieldAccess& access) {
  objects_.point(access, frame);
  const FunctionKind kind = frame.function->kind;
  if ((kind == FunctionKind::Constructor || kind == FunctionKind::Destructor) &&
      access.path.root.kind == RootKind::This) {
    return;  // nobody else sees the object yet, or any more
  }
  Object object = objects_.resolve(access.path, frame);
  if (!object.known() || access.kind == AccessKind::Address) return;
  if (!frame.certain) object.exact = false;
  const ReachThread& thread = result_.threads[frame.thread];
  if (thread.kind == ThreadKind::Main && live_.empty()) return;  // alone in the process
  if (object.root == "private") return;
  Touch made;
  made.thread = frame.thread;
  made.kind = access.kind;
  made.atomic = access.atomic;
  made.lock = access.lock;
  const Often often = ends_work(frame, access)           ? Often::Seldom
                      : counts_for_runner(frame, access) ? Often::EachTime
                                                         : repeats(frame, access.recurs);
  made.hot = often != Often::Seldom;
  // A lock of those who wait for work is taken once for each piece of it.
  const bool idle = access.lock && graph_.waits(*frame.function);
  made.steady = often == Often::EachTime && !idle;
  made.branched = often == Often::OneBranch && !idle;
  made.spun = access.atomic && !made.writes() && CallGraph::spins(*frame.function, access.loop);
  made.sharing = object.sharing;
  made.anchor = object.anchor;
  if (!scouting_) made.through = object.through;
  if (!scouting_) made.locks = locks_at(frame, access.where);
  if (access.lock && !scouting_) {
    const std::string own = key_of(object);
    if (!std::binary_search(made.locks.begin(), made.locks.end(), own)) {
      made.locks.insert(std::upper_bound(made.locks.begin(), made.locks.end(), own), own);
    }
  }
  made.live = live_;
  add_levels(frame, access, object, std::move(made));
}

void Follower::add_levels(const Frame& frame, const FieldAccess& access, const Object& object,
                          Touch made) {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  bool first = true;
  for (std::size_t i = object.steps.size(); i > 0; --i) {
    const Step& step = object.steps[i - 1];
    if (step.kind == StepKind::Pointed) return;
    if (step.kind == StepKind::Field) {
      const Slot* slot = objects_.slot(step);
      if (slot == nullptr) return;
      if (first) size = slot->extent.size_bits;
      first = false;
      offset += slot->extent.offset_bits;
      made.record_id = step.record_id;
      made.field = step.field;
      made.offset_bits = offset;
      made.size_bits = size;
      emit(made, frame, access, object, i - 1);
      continue;
    }
    if (first) size = 8 * step.size;
    first = false;
    made.record_id.clear();
    made.field.clear();
    made.offset_bits = offset;
    made.size_bits = size;
    emit(made, frame, access, object, i - 1);
    if (step.kind == StepKind::Item) return;
    // Behind an array the place is not known: what lies around it sees all of it.
    offset = 0;
    const Step* around = i >= 2 ? &object.steps[i - 2] : nullptr;
    const Slot* slot =
        around != nullptr && around->kind == StepKind::Field ? objects_.slot(*around) : nullptr;
    if (slot != nullptr) size = slot->extent.size_bits;
  }
  if (object.block) return;
  made.offset_bits = offset;
  made.size_bits = size == 0 ? 8 * size_of_root(object) : size;
  made.global = object.global;
  made.record_id.clear();
  made.field.clear();
  emit(made, frame, access, object, {});
}

/// Bytes of the variable that an object begins with; 0: not known.
std::uint64_t Follower::size_of_root(const Object& object) const {
  if (!object.global.empty()) {
    const Variable* variable = model_.find_variable(object.global);
    return variable == nullptr ? 0 : variable->size;
  }
  const LocalKey key = local_key(object.root);
  const Function* function = model_.find_function(key.function);
  if (function == nullptr || key.number >= function->locals.size()) return 0;
  return function->locals[key.number].size;
}

/// In the first round it is noted which records started threads touch. Others are nothing to them,
/// but for the atomics of an interface, whose callers may be threads. Of variables and arrays the
/// neighbours count too, while threads run.
bool Follower::matters(const Touch& made) const {
  const ThreadKind kind = result_.threads[made.thread].kind;
  return kind == ThreadKind::Started || met_.contains(made.record_id) ||
         (made.record_id.empty() && !live_.empty()) ||
         (kind == ThreadKind::External && (made.atomic || made.lock));
}

bool Follower::notes(const Touch& made) {
  if (made.hot && made.writes()) result_.moving.emplace(made.record_id, made.field);
  const bool started = result_.threads[made.thread].kind == ThreadKind::Started;
  if (started && !made.record_id.empty()) met_.insert(made.record_id);
  return !scouting_ && matters(made);
}

void Follower::emit(Touch& made, const Frame& frame, const FieldAccess& access,
                    const Object& object, std::optional<std::size_t> step) {
  if (!notes(made)) return;
  // Texts and paths only of what is kept: most touches are not.
  const bool field = step && object.steps[*step].kind == StepKind::Field;
  made.object = step ? key_of(object, *step) : object.root;
  made.exact = step ? is_exact(object, *step) : object.exact;
  made.element = step && !field ? element_of(object, *step) : TouchedElement{};
  name_site(frame, access, field ? &object.steps[*step] : nullptr, made);
  if (!touched_.insert(key_of_touch(made)).second) return;
  if (result_.touches.size() >= most_touches) {
    cut_ = true;
    return;
  }
  made.path = path_of(frame);
  result_.touches.push_back(made);
}

}  // namespace snug::reach
