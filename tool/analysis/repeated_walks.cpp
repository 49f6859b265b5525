#include "analysis/repeated_walks.hpp"

#include <algorithm>
#include <optional>

#include "analysis/call_graph.hpp"

namespace snug {

namespace {

constexpr int deepest_call = 6;
constexpr int most_sites = 400;

const Loop& loop_at(const Function& function, std::int32_t loop) {
  return function.loops[static_cast<std::size_t>(loop)];
}

bool is_own(const Function& function, const Root& root) {
  return root.id.empty() || root.id == function.id;
}

bool varies(const Function& function, const Path& path, std::int32_t around);

/// True if the loop, which lies in `around`, comes to other elements on another round of that.
bool varies(const Function& function, std::int32_t loop, std::int32_t around) {
  if (loop == around) return true;
  if (loop < 0 || !reach::encloses(function, around, loop)) return false;
  const Loop& inner = loop_at(function, loop);
  if (inner.kind == LoopKind::While || inner.kind == LoopKind::Do) return true;  // not known
  if (inner.bounds_from >= 0 && varies(function, inner.bounds_from, around)) return true;
  return inner.range.root.kind != RootKind::Unknown && varies(function, inner.range, around);
}

bool varies(const Function& function, const Root& root, std::int32_t around) {
  switch (root.kind) {
    case RootKind::Unknown:
    case RootKind::Result:
    case RootKind::Heap:
      return true;
    case RootKind::LoopVariable:
      return is_own(function, root) &&
             varies(function, static_cast<std::int32_t>(root.number), around);
    case RootKind::Local: {
      if (!is_own(function, root) || root.number >= function.locals.size()) return false;
      const Local& local = function.locals[root.number];
      if (local.reassigned || reach::encloses(function, around, local.loop)) return true;
      return local.loop_variable >= 0 && varies(function, local.loop_variable, around);
    }
    default:
      return false;
  }
}

bool varies(const Function& function, const Path& path, std::int32_t around) {
  return varies(function, path.root, around) ||
         std::any_of(path.steps.begin(), path.steps.end(), [&](const Step& step) {
           const bool indexed = step.kind == StepKind::Element || step.kind == StepKind::Item;
           return indexed && varies(function, step.index, around);
         });
}

/// The path as the caller sees it; empty if it does not lead out of the function.
std::optional<Path> seen_by_caller(const Function& function, const Call& call, const Path& path) {
  Path outer = path;
  if (path.root.kind == RootKind::This) {
    outer = call.object.path;
  } else if (path.root.kind == RootKind::Parameter && is_own(function, path.root)) {
    if (path.root.number >= call.arguments.size()) return std::nullopt;
    outer = call.arguments[path.root.number].path;
  } else if (path.root.kind != RootKind::Global && is_own(function, path.root)) {
    return std::nullopt;
  } else {
    return outer;
  }
  outer.steps.insert(outer.steps.end(), path.steps.begin(), path.steps.end());
  // Indices that are the function's own mean nothing to its caller.
  const bool indexed = std::any_of(path.steps.begin(), path.steps.end(), [](const Step& step) {
    return step.index.kind == RootKind::Local || step.index.kind == RootKind::Parameter;
  });
  if (indexed) return std::nullopt;
  return outer;
}

}  // namespace

bool is_counted(const Function& function, std::int32_t loop) {
  const Loop& made = loop_at(function, loop);
  if (made.kind != LoopKind::While && made.kind != LoopKind::Do) return true;
  if (made.linked) return true;
  return std::any_of(function.locals.begin(), function.locals.end(),
                     [&](const Local& local) { return local.loop_variable == loop; });
}

RepeatedWalks::RepeatedWalks(const Model& model) {
  for (const Function& function : model.functions) {
    for (const Call& call : function.calls) {
      if (!call.callee.empty() && call.callee != function.id) {
        callers_[call.callee].push_back({&function, &call});
      }
    }
  }
}

bool RepeatedWalks::again_from(const Function& function, Recurrence recurs, const Path& elements,
                               std::int32_t walk, Search& search) const {
  for (; recurs.loop >= 0; recurs = loop_at(function, recurs.loop).recurs) {
    if (recurs.often != Often::EachTime) return false;
    // Where the walk starts and ends may differ from one round of a loop around it to the next.
    if (is_counted(function, recurs.loop) && !varies(function, elements, recurs.loop) &&
        (walk < 0 || !varies(function, walk, recurs.loop))) {
      return true;
    }
  }
  const auto callers = callers_.find(function.id);
  if (recurs.often != Often::EachTime || callers == callers_.end() ||
      search.depth >= deepest_call) {
    return false;
  }
  ++search.depth;
  bool found = false;
  for (const Site& site : callers->second) {
    if (found || ++search.sites > most_sites) break;
    const std::optional<Path> seen = seen_by_caller(function, *site.call, elements);
    found = seen && again_from(*site.caller, site.call->recurs, *seen, -1, search);
  }
  --search.depth;
  return found;
}

bool RepeatedWalks::again(const Function& function, std::int32_t loop, const Path& elements) const {
  Search search;
  return again_from(function, loop_at(function, loop).recurs, elements, loop, search);
}

}  // namespace snug
