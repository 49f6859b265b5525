#include "analysis/threads/runs_once.hpp"

#include <fmt/format.h>

#include "analysis/call_graph.hpp"

namespace snug {

RunCounts::RunCounts(const Model& model) {
  for (const Function& function : model.functions) {
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

std::string RunCounts::reason(const Function& function) const {
  if (reach::CallGraph::is_main(function)) return {};
  if (function.address_taken || function.is_virtual || function.kind == FunctionKind::Lambda) {
    return fmt::format("'{}' is called through a pointer or a table", function.name);
  }
  const auto found = sites_.find(function.id);
  if (found == sites_.end()) {
    return fmt::format("no callers of '{}' were analyzed", function.name);
  }
  const std::vector<Site>& sites = found->second;
  if (sites.size() > 1) {
    return fmt::format("'{}' is called from {} places", function.name, sites.size());
  }
  if (sites.front().again) {
    return fmt::format("'{}' is called in a loop of '{}'", function.name,
                       sites.front().caller->name);
  }
  return runs_again(*sites.front().caller);
}

const std::string& RunCounts::runs_again(const Function& function) const {
  // What is met again below itself is recursive.
  const auto [place, added] =
      known_.try_emplace(&function, fmt::format("'{}' calls itself", function.name));
  if (!added) return place->second;
  std::string why = reason(function);
  return known_[&function] = std::move(why);
}

}  // namespace snug
