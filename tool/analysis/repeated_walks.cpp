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

/// Whether one round of a loop comes to other objects than the next one.
class Rounds {
 public:
  Rounds(const Function& function, std::int32_t around) : function_(function), around_(around) {}

  [[nodiscard]] bool vary(const Path& path) {
    return vary(path.root) ||
           std::any_of(path.steps.begin(), path.steps.end(), [&](const Step& step) {
             const bool indexed = step.kind == StepKind::Element || step.kind == StepKind::Item;
             return indexed && vary(step.index);
           });
  }

  /// What a loop inside of it walks over.
  [[nodiscard]] bool vary(std::int32_t loop) {
    if (loop == around_) return true;
    if (loop < 0 || !reach::encloses(function_, around_, loop)) return false;
    if (++depth_ > deepest) return true;
    const Loop& inner = loop_at(function_, loop);
    const bool unknown = inner.kind == LoopKind::While || inner.kind == LoopKind::Do;
    const bool varies = unknown || (inner.bounds_from >= 0 && vary(inner.bounds_from)) ||
                        (inner.range.root.kind != RootKind::Unknown && vary(inner.range));
    --depth_;
    return varies;
  }

 private:
  static constexpr int deepest = 16;  ///< Loops that ask for each other.

  [[nodiscard]] bool vary(const Root& root) {
    switch (root.kind) {
      case RootKind::Unknown:
      case RootKind::Result:
      case RootKind::Heap:
        return true;
      case RootKind::LoopVariable:
        return is_own(function_, root) && root.number < function_.loops.size() &&
               vary(static_cast<std::int32_t>(root.number));
      case RootKind::Local: {
        if (!is_own(function_, root) || root.number >= function_.locals.size()) return false;
        const Local& local = function_.locals[root.number];
        if (local.reassigned || reach::encloses(function_, around_, local.loop)) return true;
        return local.loop_variable >= 0 && vary(local.loop_variable);
      }
      default:
        return false;
    }
  }

  const Function& function_;
  std::int32_t around_;
  int depth_ = 0;
};

/// The path as the caller sees it; empty if it does not lead out of the function.
std::optional<Path> seen_by_caller(const Function& function, const Call& call, const Path& path) {
  Path outer;
  if (path.root.kind == RootKind::This) {
    outer = call.object.path;
  } else if (path.root.kind == RootKind::Parameter && is_own(function, path.root)) {
    if (path.root.number >= call.arguments.size()) return std::nullopt;
    outer = call.arguments[path.root.number].path;
  } else if (path.root.kind == RootKind::Global || !is_own(function, path.root)) {
    outer.root = path.root;
  } else {
    return std::nullopt;
  }
  for (Step step : path.steps) {
    const RootKind index = step.index.kind;
    // Which one is meant does not depend on the caller's loops, or nobody knows.
    if (index == RootKind::Local || index == RootKind::Parameter) return std::nullopt;
    if (index == RootKind::LoopVariable && step.index.id.empty()) step.index.id = function.id;
    outer.steps.push_back(std::move(step));
  }
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
    Rounds rounds(function, recurs.loop);
    if (is_counted(function, recurs.loop) && !rounds.vary(elements) &&
        (walk < 0 || !rounds.vary(walk))) {
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
