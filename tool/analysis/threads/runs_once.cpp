#include "analysis/threads/runs_once.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "analysis/call_graph.hpp"
#include "known/known.hpp"

namespace snug {

namespace {

/// Handed over to be called when a program or a part of it starts, by its name.
bool runs_at_start(std::string_view function) {
  std::string name(last_scope(function));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::array<std::string_view, 6> words = {"init",   "setup",    "startup",
                                                     "config", "register", "main"};
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace

RunCounts::RunCounts(const Model& model, const TestFiles& tests) {
  for (const Function& function : model.functions) {
    if (tests.contains(function.where.file)) continue;
    for (const Call& call : function.calls) {
      if (!call.callee.empty()) sites_[call.callee].push_back({&function, call.loop >= 0});
      // What is handed over may be called any number of times.
      for (const Argument& argument : call.arguments) {
        if (!argument.callable.empty()) sites_[argument.callable].push_back({&function, true});
      }
    }
    for (const ThreadStart& start : function.starts) {
      if (!start.entry.empty()) {
        sites_[start.entry].push_back({&function, start.many || start.pool || start.loop >= 0});
      }
    }
  }
}

RunsAgain RunCounts::reason(const Function& function) const {
  if (reach::CallGraph::is_main(function)) return {};
  if (function.address_taken || function.is_virtual || function.kind == FunctionKind::Lambda) {
    return {fmt::format("'{}' is called through a pointer or a table", function.name),
            !runs_at_start(function.name)};
  }
  const auto found = sites_.find(function.id);
  if (found == sites_.end()) {
    return {fmt::format("no callers of '{}' were analyzed", function.name), false};
  }
  const std::vector<Site>& sites = found->second;
  for (const Site& site : sites) {
    if (!site.again) continue;
    return {fmt::format("'{}' is called in a loop of '{}'", function.name, site.caller->name),
            true};
  }
  RunsAgain most;
  for (const Site& site : sites) {
    const RunsAgain& caller = runs_again(*site.caller);
    if (most.why.empty() || caller.surely) most = caller;
    if (most.surely) return most;
  }
  if (sites.size() == 1) return most;
  return {fmt::format("'{}' is called from {} places", function.name, sites.size()), false};
}

const RunsAgain& RunCounts::runs_again(const Function& function) const {
  // What is met again below itself is recursive.
  const auto [place, added] = known_.try_emplace(
      &function, RunsAgain{fmt::format("'{}' calls itself", function.name), true});
  if (!added) return place->second;
  RunsAgain why = reason(function);
  return known_[&function] = std::move(why);
}

}  // namespace snug
