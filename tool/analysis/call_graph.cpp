#include "analysis/call_graph.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace snug::reach {

namespace {

constexpr std::size_t most_overriders = 12;
constexpr std::uint64_t few_times = 16;
constexpr int deepest_wait = 3;  ///< Calls between a loop and what waits in it.

}  // namespace

std::string qualified_name(std::string_view function_id) {
  std::string name;
  if (function_id.find("@lambda:") != std::string_view::npos) return name;
  std::size_t at = function_id.find("@");
  while (at != std::string_view::npos && at + 1 < function_id.size()) {
    // "@N@app", "@S@Pool>#I", "@ST>1#T@Pool", "@F@post#I#"
    const std::size_t kind_end = function_id.find('@', at + 1);
    if (kind_end == std::string_view::npos) break;
    const std::string_view kind = function_id.substr(at + 1, kind_end - at - 1);
    if (kind == "aN") {  // an anonymous namespace
      at = kind_end;
      continue;
    }
    std::size_t end = kind_end + 1;
    while (end < function_id.size() &&
           (std::isalnum(static_cast<unsigned char>(function_id[end])) != 0 ||
            function_id[end] == '_' || function_id[end] == '~' || function_id[end] == '=')) {
      ++end;
    }
    const std::string_view part = function_id.substr(kind_end + 1, end - kind_end - 1);
    const bool function = kind == "F" || kind.starts_with("FT");
    const bool scope = kind == "N" || kind == "S" || kind == "C" || kind.starts_with("ST") ||
                       kind.starts_with("SP");
    if (function || (scope && !part.empty())) {
      name += (name.empty() ? "" : "::") + std::string(part);
    }
    if (function) return name;
    at = function_id.find('@', end);
  }
  return name;
}

bool encloses(const Function& function, std::int32_t loop, std::int32_t inner) {
  while (inner >= 0 && static_cast<std::size_t>(inner) < function.loops.size()) {
    if (inner == loop) return true;
    inner = function.loops[static_cast<std::size_t>(inner)].parent;
  }
  return false;
}

CallGraph::CallGraph(const Model& model, const KnownNames& known) : model_(model), known_(known) {
  for (const Function& function : model.functions) {
    for (const std::string& overridden : function.overrides) {
      overriders_[overridden].push_back(&function);
    }
    for (const Construction& one : function.constructions) made_.insert(one.record_id);
    for (const ThreadStart& start : function.starts) {
      if (runs_again(function, start.loop)) parallel_records_.insert(function.record_id);
    }
  }
  parallel_records_.erase("");
  find_starters();
  find_waits();
}

bool CallGraph::is_main(const Function& function) {
  return function.name == "main()" || function.name == "main" ||
         function.kind == FunctionKind::Initializer;
}

std::vector<const Function*> CallGraph::roots() {
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
  std::vector<const Function*> roots;
  for (const bool main : {true, false}) {
    for (const Function& function : model_.functions) {
      if (is_main(function) != main || function.kind == FunctionKind::Lambda ||
          function.kind == FunctionKind::Region) {
        continue;
      }
      if (main || !called.contains(function.id) || thread_entry(function)) {
        roots.push_back(&function);
      }
    }
  }
  return roots;
}

const std::vector<const Function*>& CallGraph::overriders(const std::string& id) {
  const auto [place, added] = all_overriders_.try_emplace(id);
  std::vector<const Function*>& all = place->second;
  if (!added) return all;
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
  return all;
}

void CallGraph::find_starters() {
  std::unordered_map<std::string_view, std::vector<const Function*>> callers;
  std::vector<const Function*> open;
  const auto add = [&](const Function* function) {
    if (function != nullptr && starters_.insert(function).second) open.push_back(function);
  };
  for (const Function& function : model_.functions) {
    if (!function.starts.empty() || thread_entry(function)) add(&function);
    for (const Call& call : function.calls) {
      callers[call.callee].push_back(&function);
      for (const Argument& argument : call.arguments) {
        if (argument.callable.empty()) continue;
        callers[argument.callable].push_back(&function);
        if (is_pool(call)) add(&function);
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

WaitKind CallGraph::wait_of(const Call& call) const {
  constexpr Effects waiting{Effect::Waits, Effect::WaitsMethod};
  Effects effects = own(call).effects;
  if (call.callee.empty() && !call.indirect)
    effects |= known_.function("", call.name, false).effects;
  if (effects.has(Effect::Sleeps)) return WaitKind::Sleep;
  if (effects.has_any(waiting)) {
    return effects.has(Effect::FromOutside) ? WaitKind::Outside : WaitKind::Work;
  }
  if (call.callee.empty()) return WaitKind::None;
  const auto known = waits_.find(model_.find_function(call.callee));
  return known == waits_.end() ? WaitKind::None : known->second;
}

/// Loops with something in them that waits, itself or a few calls down; the longest wait counts.
void CallGraph::find_waits() {
  for (int depth = 0; depth < deepest_wait; ++depth) {
    std::vector<std::pair<const Function*, WaitKind>> found;
    for (const Function& function : model_.functions) {
      WaitKind longest = WaitKind::None;
      for (const Call& call : function.calls) longest = std::max(longest, wait_of(call));
      if (longest != WaitKind::None) found.emplace_back(&function, longest);
    }
    for (const auto& [function, kind] : found) waits_[function] = kind;
  }
  for (const Function& function : model_.functions) {
    std::vector<WaitKind> waiting(function.loops.size());
    bool any = false;
    for (const Call& call : function.calls) {
      const WaitKind kind = call.recurs.loop < 0 ? WaitKind::None : wait_of(call);
      if (kind == WaitKind::None) continue;
      any = true;
      for (std::int32_t loop = call.recurs.loop;
           loop >= 0 && static_cast<std::size_t>(loop) < waiting.size();
           loop = function.loops[static_cast<std::size_t>(loop)].recurs.loop) {
        WaitKind& longest = waiting[static_cast<std::size_t>(loop)];
        longest = std::max(longest, kind);
      }
    }
    if (any) waiting_loops_[&function] = std::move(waiting);
  }
}

/// Work that follows a wait is work: how much of it there is, the others or the world decide. What
/// sleeps comes seldom.
Often CallGraph::repeats(const Function& function, Recurrence recurs) const {
  const auto waiting = waiting_loops_.find(&function);
  std::uint64_t times = 1;
  while (recurs.loop >= 0 && static_cast<std::size_t>(recurs.loop) < function.loops.size()) {
    const auto number = static_cast<std::size_t>(recurs.loop);
    const WaitKind wait =
        waiting == waiting_loops_.end() ? WaitKind::None : waiting->second[number];
    if (wait == WaitKind::Sleep) break;
    const Loop& loop = function.loops[number];
    if (loop.trip_count == 0) return recurs.often;
    times *= loop.trip_count;
    recurs = {loop.recurs.loop, std::max(recurs.often, loop.recurs.often)};
  }
  return times >= few_times ? recurs.often : Often::Seldom;
}

bool CallGraph::runs_again(const Function& function, std::int32_t loop) {
  while (loop >= 0 && static_cast<std::size_t>(loop) < function.loops.size()) {
    const Loop& one = function.loops[static_cast<std::size_t>(loop)];
    if (one.trip_count != 1) return true;
    loop = one.parent;
  }
  return false;
}

bool CallGraph::spins(const Function& function, std::int32_t loop) {
  if (loop < 0) return false;
  const auto in_loop = [&](const auto& item) { return encloses(function, loop, item.loop); };
  const auto& accesses = function.accesses;
  const auto& calls = function.calls;
  return std::none_of(accesses.begin(), accesses.end(),
                      [&](const FieldAccess& access) {
                        const bool writes = access.kind == AccessKind::Write ||
                                            access.kind == AccessKind::ReadWrite;
                        return writes && in_loop(access);
                      }) &&
         std::none_of(calls.begin(), calls.end(), [&](const Call& call) {
           return in_loop(call) && (!call.callee.empty() || call.indirect);
         });
}

std::optional<bool> CallGraph::thread_entry(const Function& function) const {
  const auto matches = [&](const std::string& id) -> std::optional<bool> {
    const std::string name = qualified_name(id);
    const std::size_t colons = name.rfind("::");
    if (name.empty()) return std::nullopt;
    const FunctionMatch found =
        colons == std::string::npos
            ? known_.function("", name, false)
            : known_.function(name.substr(0, colons), name.substr(colons + 2), true);
    if (!found.does(Effect::ThreadEntry)) return std::nullopt;
    return found.row != nullptr && found.row->many;
  };
  if (!function.is_virtual || function.overrides.empty()) return matches(function.id);
  for (const std::string& id : function.overrides) {
    if (const auto entry = matches(id)) return entry;
    const Function* overridden = model_.find_function(id);
    if (overridden == nullptr) continue;
    if (const auto entry = thread_entry(*overridden)) return entry;
  }
  return matches(function.id);
}

FunctionMatch CallGraph::own(const Call& call) const {
  if (!known_.has_own()) return {};
  const std::string name = qualified_name(call.callee);
  return known_.own_function(name.empty() ? call.name : name);
}

bool CallGraph::is_configured(const Call& call) const {
  return own(call).effects.has_any({Effect::StartsThread, Effect::HandsToPool});
}

/// The method keeps what it is given to call in a container of its object, whose class starts
/// threads: they run it.
bool CallGraph::keeps_work(const std::string& id) const {
  const auto [place, added] = keepers_.try_emplace(id, false);
  if (!added) return place->second;
  const Function* function = model_.find_function(id);
  if (function == nullptr || !parallel_records_.contains(function->record_id)) return false;
  const auto keeps = [&](const Call& call) {
    const bool own =
        call.object.path.root.kind == RootKind::This && !call.object.path.steps.empty();
    return own && call.callee.empty() && known_.named(call.name).has(Effect::Adds) &&
           std::any_of(call.arguments.begin(), call.arguments.end(), [](const Argument& one) {
             return one.path.root.kind == RootKind::Parameter;
           });
  };
  place->second = std::any_of(function->calls.begin(), function->calls.end(), keeps);
  return place->second;
}

bool CallGraph::is_pool(const Call& call) const {
  if (!call.callee.empty() && keeps_work(call.callee)) return true;
  return known_.function("", call.name, false).does(Effect::LikePool) || is_configured(call);
}

bool CallGraph::is_parallel_pool(const Call& call) {
  if (is_configured(call)) return true;
  const auto parallel = [&](const Function* function) {
    return function != nullptr && parallel_records_.contains(function->record_id);
  };
  if (parallel(model_.find_function(call.callee))) return true;
  const auto& over = overriders(call.callee);
  return call.is_virtual && over.size() == 1 && parallel(over.front());
}

}  // namespace snug::reach
