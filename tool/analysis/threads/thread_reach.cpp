#include "analysis/threads/thread_reach.hpp"

#include <algorithm>

#include "analysis/threads/reach_follower.hpp"
#include "model/processes.hpp"

namespace snug {

namespace {

bool contains(const std::vector<std::uint32_t>& numbers, std::uint32_t number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

/// Some run of the code was seen to start both.
bool one_run(const ReachThread& a, const ReachThread& b) {
  return std::any_of(a.roots.begin(), a.roots.end(), [&](const Function* root) {
    return std::find(b.roots.begin(), b.roots.end(), root) != b.roots.end();
  });
}

/// Between the starts of two tasks of a function something was called that may wait for the first.
bool may_wait_between(const ReachThread& a, const ReachThread& b) {
  const KnownNames& known = *KnownNames::built_in();
  if (a.starter != b.starter) return true;
  const auto [from, to] = std::minmax(a.start->where.offset, b.start->where.offset);
  return std::any_of(a.starter->calls.begin(), a.starter->calls.end(), [&](const Call& call) {
    const bool between = from < call.where.offset && call.where.offset < to;
    return between && (call.name.find("wait") != std::string::npos ||
                       call.name.find("Wait") != std::string::npos ||
                       known.function("", call.name, false).does(Effect::WaitsMethod));
  });
}

Together of_started(const ReachThread& first, std::uint32_t a, const ReachThread& second,
                    std::uint32_t b) {
  if (first.part_of != 0) a = first.part_of;
  if (second.part_of != 0) b = second.part_of;
  if (contains(first.after, b) || contains(second.after, a)) return Together::Never;
  const ReachThread& earlier = a < b ? first : second;
  if (!one_run(first, second) || earlier.ends_unseen || (first.queued && second.queued)) {
    return Together::Maybe;
  }
  if (first.again && second.again) return Together::Surely;
  const bool tasks = first.start->pool && second.start->pool;
  return tasks && may_wait_between(first, second) ? Together::Maybe : Together::Surely;
}

bool is_process(const ReachThread& thread) {
  return thread.start != nullptr && thread.start->kind == process_start;
}

bool is_mapped(const Touch& touch) {
  return touch.object.starts_with(reach::mapping_key) ||
         touch.element.array.starts_with(reach::mapping_key);
}

}  // namespace

Together ReachMap::together(const Touch& a, const Touch& b) const {
  const ReachThread& first = threads[a.thread];
  const ReachThread& second = threads[b.thread];
  if ((is_process(first) || is_process(second)) && !(is_mapped(a) && is_mapped(b))) {
    return Together::Never;
  }
  if (a.thread == b.thread) {
    if (!first.many || first.kind != ThreadKind::Started) return Together::Never;
    return first.queued ? Together::Maybe : Together::Surely;
  }
  const bool first_started = first.kind == ThreadKind::Started;
  const bool second_started = second.kind == ThreadKind::Started;
  if (first_started && second_started) return of_started(first, a.thread, second, b.thread);
  if (!first_started && !second_started) return Together::Never;
  // Main and whoever calls the interface run beside the threads that they have started by then.
  const Touch& caller = first_started ? b : a;
  std::uint32_t started = first_started ? a.thread : b.thread;
  if (threads[started].part_of != 0) started = threads[started].part_of;
  if (contains(caller.live, started)) {
    // For all tasks of a pool one may wait in ways that are not known.
    const bool task = threads[started].start->pool;
    return threads[started].ends_unseen || task ? Together::Maybe : Together::Surely;
  }
  // Of an object of the interface nobody knows what else is going on with it.
  const bool open = threads[caller.thread].kind == ThreadKind::External;
  return open && caller.object.starts_with("?") ? Together::Maybe : Together::Never;
}

ReachMap thread_reach(const Model& model, const ReachOptions& options) {
  ReachMap reach;
  reach::Follower(model, options, reach).run();
  return reach;
}

}  // namespace snug
