#include "analysis/threads/reach_follower.hpp"

#include <algorithm>

namespace snug::reach {

namespace {

constexpr std::uint32_t deepest = 48;  ///< Calls inside each other.
constexpr std::uint32_t deepest_external = 14;
/// Of one function on one thread.
constexpr std::uint32_t most_contexts = 24;
/// Code that takes more visits than this is followed with fewer of them, so that every thread gets
/// a turn before the budget ends.
constexpr std::uint64_t many_visits = 16'000;
constexpr std::uint32_t few_contexts = 4;

/// Something that happens in a body, in the order of the text.
struct Event {
  enum Kind { Access, Call, Start, Join };
  std::uint32_t offset = 0;
  Kind kind = Access;
  std::size_t index = 0;
};

std::vector<Event> events_of(const Function& function) {
  std::vector<Event> events;
  const auto add = [&](Event::Kind kind, const auto& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      events.push_back({items[i].where.offset, kind, i});
    }
  };
  add(Event::Access, function.accesses);
  add(Event::Call, function.calls);
  add(Event::Start, function.starts);
  add(Event::Join, function.joins);
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.offset < b.offset; });
  return events;
}

/// No thread runs and none is started from here: which local object is meant does not matter.
void forget_private(Frame& frame) {
  const auto forget = [](Object& object) {
    if (object.sharing != Sharing::Private || !object.known()) return;
    object.steps.clear();
    object.root = "private";
    object.block = true;
    object.born = nullptr;
  };
  forget(frame.self);
  for (Object& parameter : frame.parameters) forget(parameter);
  frame.locks.clear();
  frame.from_loop = Frame::far;
}

/// Fields are given objects here, which a thread may meet there later.
bool stores_pointers(const Function& function) {
  return std::any_of(
      function.accesses.begin(), function.accesses.end(), [](const FieldAccess& access) {
        const RootKind value = access.value.root.kind;
        return value == RootKind::Function || (!access.field.empty() && value != RootKind::Unknown);
      });
}

}  // namespace

void Follower::run() {
  result_.threads.push_back({});  // Main
  ReachThread external;
  external.kind = ThreadKind::External;
  external.many = true;
  result_.threads.push_back(external);
  // What pointers are given, and what threads touch, is known only after the code was followed
  // once.
  contexts_each_ = most_contexts;
  round(std::min(options_.budget, many_visits));
  if (cut_) {
    contexts_each_ = few_contexts;
    round(options_.budget);
  }
  scouting_ = false;
  round(options_.budget);
  result_.complete = !cut_;
  result_.unknown_calls.assign(unknown_.begin(), unknown_.end());
}

void Follower::round(std::uint64_t budget) {
  begin_round();
  const auto leave = [&](std::uint64_t percent) { limit_ = budget * (100 - percent) / 100; };
  // The threads first: of code that is too large to follow all, they tell most.
  leave(60);
  follow_roots(Roots::Starters);
  leave(20);
  follow_threads();
  leave(0);
  follow_roots(Roots::Others);
  follow_threads();
}

/// A frame that nothing refers to any more is the last one: what it called has gone or was kept,
/// and would have kept it.
void Follower::drop(const Frame& frame) {
  if (!frame.kept) frames_.pop_back();
}

void Follower::begin_round() {
  frames_.clear();
  entries_.clear();
  result_.threads.resize(2);
  result_.touches.clear();
  result_.pool_starts.clear();
  unknown_.clear();
  seen_.clear();
  contexts_.clear();
  touched_.clear();
  queue_.clear();
  objects_.begin_round();
  // Tables of functions are there before anything runs.
  for (const Function& function : model_.functions) {
    if (function.kind != FunctionKind::Initializer) continue;
    for (const FieldAccess& access : function.accesses) {
      if (access.value.root.kind != RootKind::Function) continue;
      Frame& frame = make_frame();
      frame.function = &function;
      frame.kept = true;
      objects_.point(access, frame);
    }
  }
  runners_.clear();
  started_.clear();
  parts_.clear();
  handles_.clear();
  repetitions_.clear();
  live_.clear();
  done_.clear();
  visits_ = 0;
  cut_ = false;
}

void Follower::follow_threads() {
  while (!queue_.empty()) {
    Frame* entry = queue_.front();
    queue_.pop_front();
    live_.clear();
    const ReachThread& thread = result_.threads[entry->thread];
    done_ = thread.after;
    const std::vector<const Function*> roots = thread.roots;
    roots_ = &roots;
    (void)follow(*entry);
  }
}

void Follower::follow_roots(Roots which) {
  // main first: what it makes is then known by its own name.
  for (const Function* root : graph_.roots()) {
    if ((which == Roots::Starters) != graph_.may_start(*root)) continue;
    Frame& frame = make_frame();
    frame.function = root;
    frame.thread = CallGraph::is_main(*root) ? 0 : 1;
    if (!root->record_id.empty()) frame.self = Objects::given_to(*root, root->record_id);
    for (const Parameter& parameter : root->parameters) {
      frame.parameters.push_back(parameter.by_reference && !parameter.record_id.empty()
                                     ? Objects::given_to(*root, parameter.record_id)
                                     : Object{});
    }
    live_.clear();
    done_.clear();
    const std::vector<const Function*> roots{root};
    roots_ = &roots;
    if (const std::optional<bool> many = graph_.thread_entry(*root)) {
      start_entry(frame, *many);
    } else {
      (void)follow(frame);
    }
    drop(frame);
  }
}

std::uint64_t Follower::memo_key(const Frame& frame) const {
  const std::uint32_t from_loop = std::min(frame.from_loop, Frame::far);
  const Often often = from_loop == Frame::far ? Often::EachTime : frame.often;
  std::uint64_t key = mixed_in(0, frame.function);
  key = mixed_in(key, std::uint64_t{frame.thread});
  key = mixed_in(key, std::uint64_t{from_loop} * 64 + static_cast<std::uint64_t>(often) * 16 +
                          std::uint64_t{frame.detours} * 2 + std::uint64_t{frame.certain});
  key = mixed_in(key, hash_of(frame.self));
  for (const Object& parameter : frame.parameters) key = mixed_in(key, hash_of(parameter));
  key = mixed_in(key, std::uint64_t{frame.locks.size()});
  for (const std::string& lock : frame.locks) key = mixed_in(key, lock);
  for (const std::uint32_t thread : live_) key = mixed_in(key, std::uint64_t{thread});
  if (frame.outer == nullptr) return key;
  // Of the function around, which object it is, and what it was given to call.
  for (const Object& parameter : frame.outer->parameters) {
    key = mixed_in(key, parameter.callable);
  }
  return mixed_in(key, key_of(frame.outer->self));
}

bool Follower::follow(Frame& frame) {
  const ThreadKind kind = result_.threads[frame.thread].kind;
  const std::uint32_t limit = kind == ThreadKind::External ? deepest_external : deepest;
  if (visits_ >= limit_) cut_ = true;
  if (frame.depth > limit || visits_ >= limit_) return false;
  objects_.enter(frame);
  if (kind != ThreadKind::Started && live_.empty() && !graph_.may_start(*frame.function) &&
      !stores_pointers(*frame.function)) {
    forget_private(frame);
  }
  if (!seen_.insert(memo_key(frame)).second) return false;
  if (++contexts_[{frame.function, frame.thread}] > contexts_each_) return false;
  ++visits_;
  const Function& function = *frame.function;
  for (const Event& event : events_of(function)) {
    switch (event.kind) {
      case Event::Access:
        touch(frame, function.accesses[event.index]);
        break;
      case Event::Call:
        call(frame, function.calls[event.index]);
        break;
      case Event::Start:
        start(frame, function.starts[event.index]);
        break;
      case Event::Join:
        join(frame, function.joins[event.index]);
        break;
    }
  }
  end_locals(frame);
  return true;
}

void Follower::note_unknown(const Frame& frame, const Spot& where, bool starts_thread) {
  unknown_.insert({frame.thread, frame.function, where, starts_thread});
}

std::vector<Follower::Target> Follower::targets_of(const Frame& frame, const Call& call,
                                                   bool& certain) {
  std::vector<Target> targets;
  if (!call.callee.empty()) {
    if (const Function* target = model_.find_function(call.callee)) targets.push_back({target});
    if (call.is_virtual) {
      for (const Function* over : graph_.overriders(call.callee)) targets.push_back({over});
      const std::string made_as = objects_.resolve(call.object.path, frame).made_as;
      const auto own = std::find_if(targets.begin(), targets.end(), [&](const Target& target) {
        return !made_as.empty() && target.function->record_id == made_as;
      });
      if (own != targets.end()) {
        const Target only = *own;
        targets = {only};
      }
    }
  }
  if (call.indirect) {
    const Object called = objects_.resolve(call.object.path, frame);
    if (const Function* target = model_.find_function(called.callable)) {
      targets.push_back({target, called.closure});
    } else {
      for (const Objects::Kept& kept : objects_.kept_in(called)) {
        const Function* one = model_.find_function(kept.function);
        if (one != nullptr) targets.push_back({one, kept.closure});
      }
      if (targets.empty()) add_returned(call.object.path, targets);
      if (targets.empty()) note_unknown(frame, call.where, false);
    }
  }
  certain = targets.size() == 1;
  return targets;
}

void Follower::call(const Frame& frame, const Call& call) {
  note_runner(frame, call);
  note_resumer(frame, call);
  bool certain = true;
  const std::vector<Target> targets = targets_of(frame, call, certain);
  std::vector<Object> arguments;
  arguments.reserve(call.arguments.size());
  for (const Argument& one : call.arguments) arguments.push_back(objects_.argument(one, frame));
  hand_to_pool(frame, call, arguments);
  for (const Target& target : targets) {
    enter_target(frame, call, *target.function, arguments, target.closure, certain);
  }
}

void Follower::enter_target(const Frame& frame, const Call& call, const Function& target,
                            const std::vector<Object>& arguments, const Frame* closure,
                            bool certain) {
  if (start_coroutine(frame, call, target)) return;
  Frame& inner = make_frame();
  inner.function = &target;
  inner.thread = frame.thread;
  inner.caller = &frame;
  inner.called_at = call.where;
  inner.call = &call;
  inner.depth = frame.depth + 1;
  const Often here = graph_.repeats(*frame.function, call.recurs);
  if (here != Often::Seldom) {
    inner.from_loop = 1;
    inner.often = here;
  } else if (call.recurs.often != Often::Seldom) {
    inner.from_loop = std::min(frame.from_loop + 1, Frame::far);
    inner.often = inside(frame.often, call.recurs.often);
  }
  inner.detours = frame.detours;
  if (call.recurs.often == Often::Seldom) inner.detours = Frame::seldom;
  const bool branch = call.recurs.often == Often::OneBranch || call.recurs.often == Often::AtTimes;
  if (branch && inner.detours <= Frame::most_detours) ++inner.detours;
  inner.locks = locks_at(frame, call.where);
  inner.self = call.indirect ? Object{} : objects_.resolve(call.object.path, frame);
  if (!inner.self.known() && !target.record_id.empty()) {
    inner.self = Objects::any_of(target.record_id);
    inner.self.sharing = Sharing::Private;
  }
  inner.certain = frame.certain && (certain || part_threads(inner, call, target));
  inner.parameters = arguments;
  inner.parameters.resize(std::max(arguments.size(), target.parameters.size()));
  inner.outer = outer_of(target, frame, closure);
  (void)follow(inner);
  drop(inner);
}

bool Follower::part_threads(Frame& inner, const Call& call, const Function& target) {
  const ReachThread& thread = result_.threads[inner.thread];
  if (!call.is_virtual || thread.kind != ThreadKind::Started || !thread.many ||
      inner.self.sharing != Sharing::PerThread || !graph_.is_made(target.record_id)) {
    return false;
  }
  const auto number = static_cast<std::uint32_t>(result_.threads.size());
  const auto [place, added] = parts_.try_emplace({inner.thread, &target}, number);
  if (added) {
    ReachThread part = thread;
    part.part_of = thread.part_of != 0 ? thread.part_of : inner.thread;
    part.entry = &target;
    part.many = thread.start->many;
    result_.threads.push_back(std::move(part));
  }
  inner.thread = place->second;
  return true;
}

const Frame* Follower::outer_of(const Function& target, const Frame& frame, const Frame* closure) {
  if (target.outer.empty() || target.kind == FunctionKind::Initializer) return nullptr;
  if (closure != nullptr) {
    if (const Frame* found = Objects::frame_of(target.outer, *closure)) return found;
  }
  // The frames around, those that called them, and those that the callables were written in which
  // they were given: the closure may lie in any of them.
  constexpr std::size_t most_looked_at = 64;
  std::vector<const Frame*> open{&frame};
  for (std::size_t i = 0; i < open.size() && i < most_looked_at; ++i) {
    const Frame* at = open[i];
    const auto add = [&](const Frame* next) {
      if (next != nullptr && std::find(open.begin(), open.end(), next) == open.end()) {
        open.push_back(next);
      }
    };
    if (const Frame* found = Objects::frame_of(target.outer, *at)) return found;
    for (const Object& parameter : at->parameters) {
      if (parameter.callable != target.id || parameter.closure == nullptr) continue;
      if (const Frame* found = Objects::frame_of(target.outer, *parameter.closure)) return found;
    }
    add(at->caller);
    add(at->outer);
    for (const Object& parameter : at->parameters) add(parameter.closure);
  }
  return nullptr;
}

}  // namespace snug::reach
