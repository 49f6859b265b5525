#include "analysis/thread_reach.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "analysis/reach_objects.hpp"

namespace snug {

namespace {

using reach::Frame;
using reach::Object;
using reach::Objects;

constexpr std::uint32_t deepest = 48;  ///< Calls inside each other.
constexpr std::uint32_t deepest_external = 14;
constexpr std::size_t most_overriders = 12;
constexpr std::size_t most_touches = 200'000;
constexpr std::uint32_t most_contexts = 24;  ///< Of one function on one thread.

constexpr auto pool_names = std::to_array<std::string_view>(
    {"submit",       "Submit",      "enqueue",      "Enqueue",   "post",           "Post",
     "schedule",     "Schedule",    "AddTask",      "add_task",  "addTask",        "push_task",
     "pushTask",     "submit_task", "detach_task",  "run_async", "RunAsync",       "spawn",
     "Spawn",        "SubmitJob",   "ScheduleTask", "PostTask",  "QueueWork",      "queue_work",
     "silent_async", "async",       "add_job",      "addJob",    "thpool_add_work"});

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

/// A handle without the element that it names: joining one element in a loop joins all.
std::string handle_key(Object handle) {
  while (!handle.steps.empty() && handle.steps.back().kind != StepKind::Field) {
    handle.steps.pop_back();
  }
  return reach::key_of(handle);
}

bool same_handle(const Path& a, const Path& b) {
  const auto trimmed = [](Path path) {
    while (!path.steps.empty() && path.steps.back().kind != StepKind::Field) path.steps.pop_back();
    return path;
  };
  return a.root.kind != RootKind::Unknown && trimmed(a) == trimmed(b);
}

class Follower {
 public:
  Follower(const Model& model, const ReachOptions& options, ReachMap& result)
      : model_(model), options_(options), result_(result), objects_(model, result.threads) {
    for (const Function& function : model.functions) {
      for (const std::string& overridden : function.overrides) {
        overriders_[overridden].push_back(&function);
      }
    }
  }

  void run() {
    find_starters();
    result_.threads.push_back({});  // Main
    ReachThread external;
    external.kind = ThreadKind::External;
    external.many = true;
    result_.threads.push_back(external);
    // What pointers are given is known only after the code was followed once.
    for (int round = 0; round < 2; ++round) {
      result_.threads.resize(2);
      result_.touches.clear();
      unknown_.clear();
      seen_.clear();
      contexts_.clear();
      touched_.clear();
      queue_.clear();
      started_.clear();
      numbers_.clear();
      handles_.clear();
      live_.clear();
      done_.clear();
      visits_ = 0;
      follow_roots();
      while (!queue_.empty()) {
        Frame* entry = queue_.front();
        queue_.pop_front();
        live_.clear();
        done_ = result_.threads[entry->thread].after;
        (void)follow(*entry);
      }
    }
    result_.complete = visits_ < options_.budget && result_.touches.size() < most_touches;
    result_.unknown_calls.assign(unknown_.begin(), unknown_.end());
  }

 private:
  Frame& make_frame() { return frames_.emplace_back(); }

  void follow_roots() {
    std::unordered_set<std::string_view> called;
    for (const Function& function : model_.functions) {
      for (const Call& call : function.calls) {
        called.insert(call.callee);
        for (const Argument& argument : call.arguments) called.insert(argument.callable);
        if (!call.is_virtual) continue;
        for (const Function* over : overriders(call.callee)) called.insert(over->id);
      }
      for (const ThreadStart& start : function.starts) {
        called.insert(start.entry);
        for (const Argument& argument : start.arguments) called.insert(argument.callable);
      }
    }
    // main first: what it makes is then known by its own name.
    for (const bool main : {true, false}) {
      for (const Function& function : model_.functions) {
        const bool is_main = function.name == "main()" || function.name == "main" ||
                             function.kind == FunctionKind::Initializer;
        if (is_main != main) continue;
        const bool inner =
            function.kind == FunctionKind::Lambda || function.kind == FunctionKind::Region;
        if (inner || (!is_main && called.contains(function.id))) continue;
        Frame& frame = make_frame();
        frame.function = &function;
        frame.thread = is_main ? 0 : 1;
        frame.self = Objects::any_of(function.record_id);
        for (const Parameter& parameter : function.parameters) {
          frame.parameters.push_back(parameter.by_reference && !parameter.record_id.empty()
                                         ? Objects::any_of(parameter.record_id)
                                         : Object{});
        }
        live_.clear();
        done_.clear();
        if (!follow(frame)) frames_.pop_back();
      }
    }
  }

  const std::vector<const Function*>& overriders(const std::string& id) {
    static const std::vector<const Function*> none;
    const auto cached = all_overriders_.find(id);
    if (cached != all_overriders_.end()) return cached->second;
    std::vector<const Function*>& all = all_overriders_[id];
    std::vector<std::string> open{id};
    while (!open.empty() && all.size() < most_overriders) {
      const auto found = overriders_.find(open.back());
      open.pop_back();
      if (found == overriders_.end()) continue;
      for (const Function* function : found->second) {
        if (std::find(all.begin(), all.end(), function) != all.end()) continue;
        all.push_back(function);
        open.push_back(function->id);
      }
    }
    return all_overriders_[id];
  }

  [[nodiscard]] std::string memo_key(const Frame& frame) const {
    std::string key = fmt::format("{}|{}|{}|{}", frame.function->id, frame.thread, frame.hot,
                                  reach::key_of(frame.self));
    for (const Object& parameter : frame.parameters) {
      key += fmt::format("|{}{}{}{}", reach::key_of(parameter), static_cast<int>(parameter.sharing),
                         static_cast<int>(parameter.number), parameter.callable);
    }
    for (const std::string& lock : frame.locks) key += "!" + lock;
    key += "#";
    for (const std::uint32_t thread : live_) key += std::to_string(thread) + ",";
    if (frame.outer != nullptr) key += "^" + reach::key_of(frame.outer->self);
    return key;
  }

  /// False if there was nothing new to see: nothing refers to the frame then.
  bool follow(Frame& frame) {
    const ThreadKind kind = result_.threads[frame.thread].kind;
    const std::uint32_t limit = kind == ThreadKind::External ? deepest_external : deepest;
    if (frame.depth > limit || visits_ >= options_.budget) return false;
    if (kind != ThreadKind::Started && live_.empty() && !starters_.contains(frame.function)) {
      forget_private(frame);
    }
    if (!seen_.insert(std::hash<std::string>{}(memo_key(frame))).second) return false;
    if (++contexts_[{frame.function, frame.thread}] > most_contexts) return false;
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
    return true;
  }

  /// No thread runs and none is started from here: which local object is meant does not matter.
  static void forget_private(Frame& frame) {
    const auto forget = [](Object& object) {
      if (object.sharing != Sharing::Private || !object.known()) return;
      object.steps.clear();
      object.root = "private";
      object.block = true;
    };
    forget(frame.self);
    for (Object& parameter : frame.parameters) forget(parameter);
    frame.locks.clear();
    frame.hot = false;
  }

  /// Functions from which a thread may be started.
  void find_starters() {
    std::unordered_map<std::string_view, std::vector<const Function*>> callers;
    std::vector<const Function*> open;
    const auto add = [&](const Function* function) {
      if (function != nullptr && starters_.insert(function).second) open.push_back(function);
    };
    for (const Function& function : model_.functions) {
      if (!function.starts.empty()) add(&function);
      for (const Call& call : function.calls) {
        callers[call.callee].push_back(&function);
        for (const Argument& argument : call.arguments) {
          if (argument.callable.empty()) continue;
          callers[argument.callable].push_back(&function);
          if (is_pool(call.name)) add(&function);
        }
      }
    }
    while (!open.empty()) {
      const Function* function = open.back();
      open.pop_back();
      const auto callers_of = [&](const std::string& id) {
        const auto found = callers.find(id);
        if (found == callers.end()) return;
        for (const Function* caller : found->second) add(caller);
      };
      callers_of(function->id);
      for (const std::string& overridden : function->overrides) callers_of(overridden);
      add(model_.find_function(function->outer));
    }
  }

  [[nodiscard]] bool is_pool(const std::string& name) const {
    return std::find(pool_names.begin(), pool_names.end(), name) != pool_names.end() ||
           std::find(options_.pools.begin(), options_.pools.end(), name) != options_.pools.end();
  }

  [[nodiscard]] std::vector<std::string> locks_at(const Frame& frame, const Spot& spot) const {
    std::vector<std::string> locks = frame.locks;
    for (const LockHold& hold : frame.function->locks) {
      if (!holds(hold, spot)) continue;
      if (hold.lock.root.kind == RootKind::Global && hold.lock.root.id == "omp critical") {
        locks.emplace_back("omp critical");
        continue;
      }
      const Object lock = objects_.resolve(hold.lock, frame);
      if (lock.known()) locks.push_back(reach::key_of(lock));
    }
    std::sort(locks.begin(), locks.end());
    locks.erase(std::unique(locks.begin(), locks.end()), locks.end());
    return locks;
  }

  void call(const Frame& frame, const Call& call) {
    std::vector<const Function*> targets;
    const Frame* closure = nullptr;
    if (!call.callee.empty()) {
      if (const Function* target = model_.find_function(call.callee)) targets.push_back(target);
      if (call.is_virtual) {
        const auto& over = overriders(call.callee);
        targets.insert(targets.end(), over.begin(), over.end());
      }
    }
    Object called;
    if (call.indirect) {
      called = objects_.resolve(call.object.path, frame);
      if (const Function* target = model_.find_function(called.callable)) {
        targets.push_back(target);
        closure = called.closure;
      } else {
        unknown_.insert(fmt::format("{}:{}: '{}' calls something that is not known here",
                                    frame.function->where.file, call.where.line,
                                    frame.function->name));
      }
    }
    std::vector<Object> arguments;
    for (const Argument& one : call.arguments) arguments.push_back(objects_.argument(one, frame));
    hand_to_pool(frame, call, arguments);
    for (const Function* target : targets) {
      Frame& inner = make_frame();
      inner.function = target;
      inner.thread = frame.thread;
      inner.caller = &frame;
      inner.called_at = call.where;
      inner.call = &call;
      inner.depth = frame.depth + 1;
      inner.hot = frame.hot || reach::is_hot(*frame.function, call.loop);
      inner.locks = locks_at(frame, call.where);
      inner.self = call.indirect ? Object{} : objects_.resolve(call.object.path, frame);
      if (!inner.self.known() && !target->record_id.empty()) {
        inner.self = Objects::any_of(target->record_id);
        inner.self.sharing = Sharing::Private;
      }
      inner.parameters = arguments;
      inner.parameters.resize(std::max(arguments.size(), target->parameters.size()));
      inner.outer = outer_of(*target, frame, closure);
      if (!follow(inner)) frames_.pop_back();
    }
  }

  /// The frame that a lambda or region was written in.
  [[nodiscard]] const Frame* outer_of(const Function& target, const Frame& frame,
                                      const Frame* closure) const {
    if (target.outer.empty() || target.kind == FunctionKind::Initializer) return nullptr;
    if (closure != nullptr) {
      if (const Frame* found = Objects::frame_of(target.outer, *closure)) return found;
    }
    for (const Frame* at = &frame; at != nullptr; at = at->caller) {
      if (const Frame* found = Objects::frame_of(target.outer, *at)) return found;
      for (const Object& parameter : at->parameters) {
        if (parameter.callable != target.id || parameter.closure == nullptr) continue;
        if (const Frame* found = Objects::frame_of(target.outer, *parameter.closure)) return found;
      }
    }
    return nullptr;
  }

  /// submit(f), Schedule(&f, argument): the pool runs it some time.
  void hand_to_pool(const Frame& frame, const Call& call, const std::vector<Object>& arguments) {
    if (!is_pool(call.name)) return;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      if (model_.find_function(arguments[i].callable) == nullptr) continue;
      ThreadStart made;
      made.kind = "'" + call.name + "' of a pool";
      made.entry = arguments[i].callable;
      made.pool = true;
      made.loop = call.loop;
      made.where = call.where;
      made.object = call.arguments[i];
      for (std::size_t j = i + 1; j < call.arguments.size(); ++j) {
        made.arguments.push_back(call.arguments[j]);
      }
      result_.pool_starts.push_back(std::make_shared<const ThreadStart>(std::move(made)));
      start(frame, *result_.pool_starts.back());
    }
  }

  void start(const Frame& frame, const ThreadStart& start) {
    const Function& function = *frame.function;
    const Function* entry = model_.find_function(start.entry);
    const Frame* closure = nullptr;
    std::vector<Object> bound;
    if (entry == nullptr) {
      const Object called = objects_.resolve(start.object.path, frame);
      entry = model_.find_function(called.callable);
      closure = called.closure;
    }
    if (entry == nullptr) {
      unknown_.insert(fmt::format("{}:{}: '{}' starts a thread ({}) whose code is not known",
                                  function.where.file, start.where.line, function.name,
                                  start.kind));
      return;
    }
    const bool joined_in_loop =
        start.loop >= 0 &&
        std::any_of(function.joins.begin(), function.joins.end(), [&](const ThreadJoin& join) {
          return join.loop == start.loop && join.where.offset > start.where.offset &&
                 same_handle(join.handle, start.handle);
        });
    const bool unkept_async = start.kind.find("async") != std::string::npos && !start.pool &&
                              start.handle.root.kind == RootKind::Unknown;
    const bool loops = start.loop >= 0 && runs_again(function, start.loop);
    ReachThread thread;
    thread.kind = ThreadKind::Started;
    thread.entry = entry;
    thread.starter = &function;
    thread.start = &start;
    thread.many =
        start.many || start.pool || (!joined_in_loop && !unkept_async && (loops || frame.hot));
    thread.repeats = start.pool;
    thread.after = done_;

    const auto number = static_cast<std::uint32_t>(result_.threads.size());
    std::vector<Object> parameters;
    for (const Argument& one : start.arguments) {
      parameters.push_back(objects_.handed_over(objects_.argument(one, frame), start, frame));
    }
    Object self = objects_.handed_over(objects_.resolve(start.object.path, frame), start, frame);
    if (!self.known()) {
      self = Objects::any_of(entry->record_id);
      self.sharing = Sharing::Private;  // a copy that the thread keeps
    }
    std::string key =
        fmt::format("{}|{}|{}|{}", function.id, start.where.offset, entry->id, reach::key_of(self));
    for (const Object& one : parameters) key += "|" + reach::key_of(one);
    if (!started_.insert(key).second) {
      note_live(frame, start, key, unkept_async);
      return;
    }
    // A stop token in front of the arguments.
    if (entry->parameters.size() == parameters.size() + 1 &&
        entry->parameters.front().type.find("stop_token") != std::string::npos) {
      parameters.insert(parameters.begin(), Object{});
    }
    parameters.resize(std::max(parameters.size(), entry->parameters.size()));
    result_.threads.push_back(thread);
    numbers_[key] = number;
    Frame& inner = make_frame();
    inner.function = entry;
    inner.thread = number;
    inner.self = std::move(self);
    inner.parameters = std::move(parameters);
    inner.outer = outer_of(*entry, frame, closure);
    inner.hot = false;
    queue_.push_back(&inner);
    note_live(frame, start, key, unkept_async);
  }

  static bool runs_again(const Function& function, std::int32_t loop) {
    while (loop >= 0) {
      const Loop& one = function.loops[static_cast<std::size_t>(loop)];
      if (one.trip_count != 1) return true;
      loop = one.parent;
    }
    return false;
  }

  void note_live(const Frame& frame, const ThreadStart& start, const std::string& key,
                 bool unkept_async) {
    const auto number = numbers_.find(key);
    if (number == numbers_.end()) return;
    if (start.waits || unkept_async) {
      done_.push_back(number->second);
      return;
    }
    live_.push_back(number->second);
    std::sort(live_.begin(), live_.end());
    live_.erase(std::unique(live_.begin(), live_.end()), live_.end());
    const Object handle = objects_.resolve(start.handle, frame);
    if (handle.known()) handles_[number->second] = handle_key(handle);
  }

  void join(const Frame& frame, const ThreadJoin& join) {
    const Object handle = objects_.resolve(join.handle, frame);
    if (!handle.known()) return;
    const std::string key = handle_key(handle);
    std::erase_if(live_, [&](std::uint32_t thread) {
      const auto known = handles_.find(thread);
      if (known == handles_.end() || known->second != key) return false;
      done_.push_back(thread);
      return true;
    });
  }

  [[nodiscard]] std::vector<ReachStep> path_of(const Frame& frame) const {
    std::vector<ReachStep> path;
    for (const Frame* at = &frame; at->caller != nullptr; at = at->caller) {
      path.push_back({at->caller->function, at->function, at->called_at});
    }
    std::reverse(path.begin(), path.end());
    return path;
  }

  /// Where in the code a field was named: in the access itself, or in what a caller handed over.
  void name_site(const Frame& frame, const FieldAccess& access, const Step* field,
                 Touch& touch) const {
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

  void touch(const Frame& frame, const FieldAccess& access) {
    objects_.point(access, frame);
    const FunctionKind kind = frame.function->kind;
    if ((kind == FunctionKind::Constructor || kind == FunctionKind::Destructor) &&
        access.path.root.kind == RootKind::This) {
      return;  // nobody else sees the object yet, or any more
    }
    const Object object = objects_.resolve(access.path, frame);
    if (!object.known() || access.kind == AccessKind::Address) return;
    const ReachThread& thread = result_.threads[frame.thread];
    if (thread.kind == ThreadKind::Main && live_.empty()) return;  // alone in the process
    if (object.root == "private") return;
    Touch made;
    made.thread = frame.thread;
    made.kind = access.kind;
    made.atomic = access.atomic;
    made.lock = access.lock;
    made.hot = frame.hot || reach::is_hot(*frame.function, access.loop) || thread.repeats;
    made.sharing = object.sharing;
    made.locks = locks_at(frame, access.where);
    if (access.lock) {
      const std::string own = reach::key_of(object);
      if (!std::binary_search(made.locks.begin(), made.locks.end(), own)) {
        made.locks.insert(std::upper_bound(made.locks.begin(), made.locks.end(), own), own);
      }
    }
    made.live = live_;
    add_levels(frame, access, object, std::move(made));
  }

  /// One touch for each object around what is touched, as far as it lies in one piece of memory.
  void add_levels(const Frame& frame, const FieldAccess& access, const Object& object, Touch made) {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    bool first = true;
    std::vector<ReachStep> path;
    bool has_path = false;
    for (std::size_t i = object.steps.size(); i > 0; --i) {
      const Step& step = object.steps[i - 1];
      if (step.kind == StepKind::Pointed) return;
      if (step.kind == StepKind::Field) {
        const Slot* slot = objects_.slot(step);
        if (slot == nullptr) return;
        if (first) size = slot->extent.size_bits;
        offset += slot->extent.offset_bits;
        first = false;
        made.object = reach::key_of(object, i - 1);
        made.record_id = step.record_id;
        made.field = step.field;
        name_site(frame, access, &step, made);
      } else {
        if (first) size = 8 * step.size;
        first = false;
        made.element.array = reach::key_of(object, i - 1);
        made.element.stride_bytes = step.size * step.stride;
        made.element.inside = step.kind == StepKind::Element;
        made.element.number = step.index.number;
        switch (step.index.kind) {
          case RootKind::Constant:
            made.element.index = IndexClass::Constant;
            break;
          case RootKind::ThreadNumber:
            made.element.index = IndexClass::PerThread;
            break;
          case RootKind::LoopVariable:
            made.element.index = IndexClass::Running;
            break;
          default:
            made.element.index = IndexClass::Unknown;
            break;
        }
        made.element.record_id.clear();
        made.element.field.clear();
        made.element.root = object.block ? std::string() : object.root;
        for (std::size_t j = i - 1; j > 0; --j) {
          if (object.steps[j - 1].kind == StepKind::Field) {
            made.element.record_id = object.steps[j - 1].record_id;
            made.element.field = object.steps[j - 1].field;
            break;
          }
        }
        made.object = made.element.array;
        made.record_id.clear();
        made.field.clear();
        name_site(frame, access, nullptr, made);
      }
      made.offset_bits = offset;
      made.size_bits = size;
      if (step.kind != StepKind::Field) {
        // Behind an array the place is not known: what lies around it sees all of it.
        emit(made, frame, path, has_path);
        if (step.kind == StepKind::Item) return;
        offset = 0;
        const Step* around = i >= 2 ? &object.steps[i - 2] : nullptr;
        const Slot* slot =
            around != nullptr && around->kind == StepKind::Field ? objects_.slot(*around) : nullptr;
        if (slot != nullptr) size = slot->extent.size_bits;
        made.element = {};
        continue;
      }
      emit(made, frame, path, has_path);
    }
    if (object.block) return;
    // The variable that holds it all.
    if (size == 0) size = 8 * size_of_root(object);
    made.object = object.root;
    made.global = object.global;
    made.record_id.clear();
    made.field.clear();
    made.offset_bits = offset;
    made.size_bits = size;
    made.element = {};
    name_site(frame, access, nullptr, made);
    emit(made, frame, path, has_path);
  }

  /// Bytes of the variable that an object begins with; 0: not known.
  [[nodiscard]] std::uint64_t size_of_root(const Object& object) const {
    if (!object.global.empty()) {
      const Variable* variable = model_.find_variable(object.global);
      return variable == nullptr ? 0 : variable->size;
    }
    const std::size_t hash = object.root.rfind('#');
    if (!object.root.starts_with("L:") || hash == std::string::npos) return 0;
    const Function* function = model_.find_function(object.root.substr(2, hash - 2));
    const std::size_t number = std::stoul(object.root.substr(hash + 1));
    if (function == nullptr || number >= function->locals.size()) return 0;
    return function->locals[number].size;
  }

  void emit(Touch& made, const Frame& frame, std::vector<ReachStep>& path, bool& has_path) {
    std::string key =
        fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", made.thread, made.object, made.field,
                    static_cast<int>(made.kind), made.function->id, made.hot,
                    static_cast<int>(made.sharing), static_cast<int>(made.element.index));
    key += fmt::format("|{}|{}|{}", made.element.number, made.offset_bits, made.record_id);
    for (const std::string& lock : made.locks) key += "!" + lock;
    for (const std::uint32_t thread : made.live) key += "," + std::to_string(thread);
    if (result_.touches.size() >= most_touches ||
        !touched_.insert(std::hash<std::string>{}(key)).second) {
      return;
    }
    if (!has_path) {
      path = path_of(frame);
      has_path = true;
    }
    made.path = path;
    result_.touches.push_back(made);
  }

  const Model& model_;
  const ReachOptions& options_;
  ReachMap& result_;
  Objects objects_;
  std::deque<Frame> frames_;
  std::deque<Frame*> queue_;
  std::unordered_map<std::string, std::vector<const Function*>> overriders_;
  std::unordered_map<std::string, std::vector<const Function*>> all_overriders_;
  std::unordered_set<const Function*> starters_;
  std::map<std::pair<const Function*, std::uint32_t>, std::uint32_t> contexts_;
  /// Hashes of keys: the keys themselves are long.
  std::unordered_set<std::size_t> seen_;
  std::unordered_set<std::size_t> touched_;
  std::unordered_set<std::string> started_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::unordered_map<std::uint32_t, std::string> handles_;
  std::set<std::string> unknown_;
  std::vector<std::uint32_t> live_;
  std::vector<std::uint32_t> done_;
  std::uint64_t visits_ = 0;
};

bool contains(const std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

}  // namespace

bool ReachMap::concurrent(const Touch& a, const Touch& b) const {
  const ReachThread& first = threads[a.thread];
  const ReachThread& second = threads[b.thread];
  if (a.thread == b.thread) return first.many && first.kind == ThreadKind::Started;
  const bool first_started = first.kind == ThreadKind::Started;
  const bool second_started = second.kind == ThreadKind::Started;
  if (first_started && second_started) {
    return !contains(first.after, b.thread) && !contains(second.after, a.thread);
  }
  if (!first_started && !second_started) return false;
  // Main and whoever calls the interface run beside the threads that they have started by then.
  const Touch& caller = first_started ? b : a;
  const std::uint32_t started = first_started ? a.thread : b.thread;
  if (contains(caller.live, started)) return true;
  // Of an object of the interface nobody knows what else is going on with it.
  return threads[caller.thread].kind == ThreadKind::External && caller.object.starts_with("?");
}

ReachMap thread_reach(const Model& model, const ReachOptions& options) {
  ReachMap reach;
  Follower(model, options, reach).run();
  return reach;
}

}  // namespace snug
