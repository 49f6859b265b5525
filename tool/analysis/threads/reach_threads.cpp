// Where threads start, how many there are of each, and what waits for their end.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/threads/reach_follower.hpp"
#include "model/processes.hpp"

namespace snug::reach {

namespace {

/// A handle without the element that it names: joining one element in a loop joins all.
std::string handle_key(Object handle) {
  while (!handle.steps.empty() && handle.steps.back().kind != StepKind::Field) {
    handle.steps.pop_back();
  }
  return key_of(handle);
}

bool same_handle(const Path& a, const Path& b) {
  const auto trimmed = [](Path path) {
    while (!path.steps.empty() && path.steps.back().kind != StepKind::Field) path.steps.pop_back();
    return path;
  };
  return a.root.kind != RootKind::Unknown && trimmed(a) == trimmed(b);
}

/// The library's queue has one thread or many.
bool may_be_serial(const ThreadStart& start, const KnownNames& known) {
  return known.starter(start.kind).does(Effect::MayRunInOrder);
}

/// std::async whose future nobody keeps: it waits at once.
bool waits_at_once(const ThreadStart& start, const KnownNames& known) {
  return start.handle.root.kind == RootKind::Unknown && !start.pool &&
         known.starter(start.kind).does(Effect::WaitsAtOnce);
}

/// The handle is one variable of the function itself, which waits for the end (or ends the program)
/// when it goes; a container may have been moved from.
bool keeps_in_local(const Function& function, const ThreadStart& start, const KnownNames& known) {
  const Root& root = start.handle.root;
  if (root.kind != RootKind::Local || !start.handle.steps.empty() || start.detached) return false;
  if (!root.id.empty() && root.id != function.id) return false;
  return root.number < function.locals.size() &&
         !known.starter(start.kind).does(Effect::KeepsHandle);
}

}  // namespace

/// True if each round of the loop waits for the thread that it started.
bool Follower::ends_in_loop(const Frame& frame, const ThreadStart& start,
                            const Repetition& around) const {
  const Function& function = *frame.function;
  const KnownNames& known = *options_.known;
  if (start.waits || waits_at_once(start, *options_.known)) return true;
  const auto joins = [&](std::int32_t loop) {
    return std::any_of(function.joins.begin(), function.joins.end(), [&](const ThreadJoin& join) {
      return (loop < 0 || join.loop == loop) && join.where.offset > start.where.offset &&
             same_handle(join.handle, start.handle);
    });
  };
  if (around.frame == &frame) {
    // A future or a jthread waits when its round of the loop ends.
    const bool waits = keeps_in_local(function, start, *options_.known) &&
                       (known.starter(start.kind).does(Effect::WaitsAtOnce) ||
                        known.type(start.kind).is(TypeRole::WaitsAtEnd)) &&
                       function.locals[start.handle.root.number].loop >= 0;
    return start.loop >= 0 && (waits || joins(start.loop));
  }
  // The loop is in a caller: what the function keeps for itself has ended when it returns.
  return joins(-1) || keeps_in_local(function, start, *options_.known);
}

ReachThread Follower::thread_of(const Frame& frame, const ThreadStart& start, const Function& entry,
                                bool parallel) {
  const Repetition around = repetition_of(frame, start.loop);
  const bool serial =
      may_be_serial(start, *options_.known) && !(crowded_ && start.kind.starts_with("asio::"));
  const bool in_order = start.pool && (!parallel || serial);
  ReachThread thread;
  thread.kind = ThreadKind::Started;
  thread.entry = &entry;
  thread.starter = frame.function;
  thread.start = &start;
  thread.queued = in_order;
  thread.many =
      start.many || (around.frame != nullptr && !ends_in_loop(frame, start, around) && !in_order);
  // Nobody waits for a task whose result was dropped, other than for all of its pool.
  const bool dropped = start.pool && start.handle.root.kind == RootKind::Unknown;
  const bool process = start.kind == process_start;  // runs until it ends
  thread.ends_unseen = !start.waits && !start.detached && !dropped && !process &&
                       !handle_object(frame, start.handle).known() &&
                       !waits_at_once(start, *options_.known);
  thread.again = start.pool && again_.contains(&entry);
  thread.many = thread.many || (thread.again && !in_order);
  thread.after = done_;
  thread.roots = *roots_;
  return thread;
}

void Follower::add_root(std::uint32_t thread) {
  std::vector<const Function*>& roots = result_.threads[thread].roots;
  for (const Function* root : *roots_) {
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
  }
}

void Follower::add_returned(const Path& path, std::vector<Target>& targets) const {
  const Function* giver =
      path.root.kind == RootKind::Result ? model_.find_function(path.root.id) : nullptr;
  if (giver == nullptr) return;
  for (const Path& given : giver->returns) {
    const Function* target =
        given.root.kind == RootKind::Function ? model_.find_function(given.root.id) : nullptr;
    if (target != nullptr) targets.push_back({target});
  }
}

/// A virtual method and what overrides it; of an object whose type is known, its own.
std::vector<Follower::Target> Follower::virtual_entries(const Frame& frame,
                                                        const ThreadStart& start) {
  std::vector<Target> targets;
  const std::vector<const Function*>& over = graph_.overriders(start.entry);
  if (over.empty()) return targets;
  if (const Function* entry = model_.find_function(start.entry)) targets.push_back({entry});
  for (const Function* one : over) targets.push_back({one});
  const std::string made_as = objects_.resolve(start.object.path, frame).made_as;
  const auto own = std::find_if(targets.begin(), targets.end(), [&](const Target& target) {
    return !made_as.empty() && target.function->record_id == made_as;
  });
  if (own == targets.end()) return targets;
  return {*own};
}

std::vector<Follower::Target> Follower::entries_of(const Frame& frame, const ThreadStart& start) {
  if (std::vector<Target> any = virtual_entries(frame, start); !any.empty()) return any;
  if (const Function* entry = model_.find_function(start.entry)) return {{entry}};
  const Object called = objects_.resolve(start.object.path, frame);
  if (const Function* entry = model_.find_function(called.callable)) {
    return {{entry, called.closure}};
  }
  std::vector<Target> targets;
  const std::vector<Objects::Kept> kept = objects_.kept_in(called);
  // Each function of a table or container is meant some time; of a field that is set here and
  // there, one.
  const auto last = std::find_if(called.steps.rbegin(), called.steps.rend(),
                                 [](const Step& step) { return step.kind != StepKind::Pointed; });
  const bool element = last != called.steps.rend() && last->kind == StepKind::Item;
  if (kept.size() == 1 || element || !called.global.empty()) {
    for (const Objects::Kept& one : kept) {
      const Function* entry = model_.find_function(one.function);
      if (entry != nullptr) targets.push_back({entry, one.closure});
    }
  }
  if (targets.empty()) add_returned(start.object.path, targets);
  return targets;
}

void Follower::start(const Frame& frame, const ThreadStart& start, bool parallel) {
  const std::vector<Target> targets = entries_of(frame, start);
  if (targets.empty()) note_unknown(frame, start.where, true);
  for (const Target& target : targets) {
    start_one(frame, start, target, parallel, targets.size() > 1);
  }
}

void Follower::start_one(const Frame& frame, const ThreadStart& start, const Target& target,
                         bool parallel, bool one_of_several) {
  const Function& function = *frame.function;
  const Function* entry = target.function;
  const Frame* closure = target.closure;
  if (start.pool && result_.threads[frame.thread].entry == entry) again_.insert(entry);
  std::vector<Object> parameters;
  parameters.reserve(start.arguments.size() + 1);
  for (const Argument& one : start.arguments) {
    parameters.push_back(objects_.handed_over(objects_.argument(one, frame), start.loop, frame));
  }
  Object self = objects_.handed_over(objects_.resolve(start.object.path, frame), start.loop, frame);
  if (!self.known()) {
    self = Objects::any_of(entry->record_id);
    self.sharing = Sharing::Private;  // a copy that the thread keeps
  }
  std::string key =
      fmt::format("{}|{}|{}|{}", function.id, start.where.offset, entry->id, key_of(self));
  for (const Object& one : parameters) key += "|" + key_of(one) + one.callable;
  if (entry->kind == FunctionKind::Lambda) {
    // It sees the object, and what can be called, of the function that it was written in.
    key += "|" + key_of(frame.self);
    for (const Object& one : frame.parameters) key += "|" + one.callable;
  }
  const auto number = static_cast<std::uint32_t>(result_.threads.size());
  const auto [place, added] = started_.try_emplace(std::move(key), number);
  if (!added) {
    add_root(place->second);
    note_live(frame, start, place->second);
    return;
  }
  // A stop token in front of the arguments.
  if (entry->parameters.size() == parameters.size() + 1 &&
      entry->parameters.front().type.find("stop_token") != std::string::npos) {
    parameters.insert(parameters.begin(), Object{});
  }
  parameters.resize(std::max(parameters.size(), entry->parameters.size()));
  result_.threads.push_back(thread_of(frame, start, *entry, parallel));
  // A loop that starts one function after the other: of each there is one.
  if (one_of_several) result_.threads.back().many = start.many;
  if (result_.threads.back().many && !start.many) {
    const Repetition around = repetition_of(frame, start.loop);
    keep_frames(around.frame);
    repetitions_[number] = around;
  }
  Frame& inner = entries_.emplace_back();
  inner.function = entry;
  inner.thread = number;
  inner.self = std::move(self);
  inner.parameters = std::move(parameters);
  inner.certain = frame.certain;
  // A parallel algorithm calls it for each element.
  if (start.many && start.waits && entry->kind != FunctionKind::Region) inner.from_loop = 1;
  if (result_.threads[number].again) inner.from_loop = 1;
  inner.outer = outer_of(*entry, frame, closure);
  keep_frames(&inner);
  queue_.push_back(&inner);
  note_live(frame, start, number);
}

void Follower::start_entry(const Frame& frame, bool many) {
  const Function& entry = *frame.function;
  ThreadStart made;
  made.kind = "thread entry";
  made.entry = entry.id;
  made.many = many;
  made.where = {entry.where.line, entry.where.column,
                static_cast<std::uint32_t>(entry.where.begin)};
  result_.pool_starts.push_back(std::make_shared<const ThreadStart>(std::move(made)));
  start(frame, *result_.pool_starts.back());
}

void Follower::hand_to_pool(const Frame& frame, const Call& call,
                            const std::vector<Object>& arguments) {
  if (!graph_.is_pool(call)) return;
  const FunctionMatch own = graph_.own(call);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (own.row != nullptr && own.row->entry >= 0 &&
        i != static_cast<std::size_t>(own.row->entry)) {
      continue;
    }
    if (model_.find_function(arguments[i].callable) == nullptr) continue;
    ThreadStart made;
    made.kind = "'" + call.name + (own.does(Effect::StartsThread) ? "'" : "' of a pool");
    made.entry = arguments[i].callable;
    made.pool = !own.does(Effect::StartsThread);
    made.many = own.row != nullptr && own.row->many;
    made.waits = own.row != nullptr && own.row->waits;
    made.loop = call.loop;
    made.where = call.where;
    made.object = call.arguments[i];
    for (std::size_t j = i + 1; j < call.arguments.size(); ++j) {
      made.arguments.push_back(call.arguments[j]);
    }
    result_.pool_starts.push_back(std::make_shared<const ThreadStart>(std::move(made)));
    start(frame, *result_.pool_starts.back(), graph_.is_parallel_pool(call));
  }
}

void Follower::note_live(const Frame& frame, const ThreadStart& start, std::uint32_t thread) {
  if (start.waits || waits_at_once(start, *options_.known)) {
    done_.push_back(thread);
    return;
  }
  live_.push_back(thread);
  std::sort(live_.begin(), live_.end());
  live_.erase(std::unique(live_.begin(), live_.end()), live_.end());
  const Object handle = handle_object(frame, start.handle);
  if (handle.known()) handles_[thread] = handle_key(handle);
}

Object Follower::handle_object(const Frame& frame, const Path& handle) const {
  const Frame* at = &frame;
  const Path* path = &handle;
  while (path->root.kind == RootKind::Result && path->root.id == at->function->id) {
    if (at->caller == nullptr || at->call == nullptr) return {};
    path = &at->call->handle;
    at = at->caller;
  }
  return objects_.resolve(*path, *at);
}

void Follower::end(std::uint32_t thread) {
  std::erase(live_, thread);
  done_.push_back(thread);
}

void Follower::end_locals(const Frame& frame) {
  const std::vector<std::uint32_t> live = live_;
  for (const std::uint32_t number : live) {
    const ReachThread& thread = result_.threads[number];
    if (thread.starter == frame.function &&
        keeps_in_local(*frame.function, *thread.start, *options_.known) &&
        frame.caller != nullptr) {
      end(number);
    }
  }
}

void Follower::note_runner(const Frame& frame, const Call& call) {
  if (!call.callee.empty() || call.name != "io_context::run") return;
  const Object queue = objects_.resolve(call.object.path, frame);
  if (!queue.known() || queue.sharing == Sharing::Private) {
    if (frame.thread > 1) return;  // each thread has a queue of its own
  }
  const ReachThread& thread = result_.threads[frame.thread];
  std::set<std::uint32_t>& threads = runners_[key_of(queue)];
  threads.insert(frame.thread);
  const bool many = thread.many && thread.kind == ThreadKind::Started;
  crowded_ = crowded_ || many || threads.size() > 1;
}

void Follower::join(const Frame& frame, const ThreadJoin& join) {
  const Object handle = objects_.resolve(join.handle, frame);
  if (!handle.known()) return;
  const std::string key = handle_key(handle);
  const std::vector<std::uint32_t> live = live_;
  for (const std::uint32_t thread : live) {
    const auto known = handles_.find(thread);
    if (known == handles_.end() || known->second != key) continue;
    end(thread);
    // A loop of a caller starts it and waits for it in a function of its own each time.
    const auto around = repetitions_.find(thread);
    if (around == repetitions_.end()) continue;
    std::int32_t loop = join.loop;
    for (const Frame* at = &frame; at != nullptr; at = at->caller) {
      const bool called = at != &frame || result_.threads[thread].starter != frame.function;
      if (at == around->second.frame && called &&
          encloses(*at->function, around->second.loop, loop)) {
        result_.threads[thread].many = false;
      }
      loop = at->call == nullptr ? -1 : at->call->loop;
    }
  }
}

}  // namespace snug::reach
