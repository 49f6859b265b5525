// Smaller libraries, systems, and what several libraries call the same.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum TypeRole;
using enum Effect;

constexpr auto other_types = std::to_array<KnownType>({
    {"mpark::variant", Variant},
    {"nonstd::variant", Variant},
    {"unique_function", Callable},
    {"hpx::thread", Thread, -1},
    {"hpx::jthread", {Thread, WaitsAtEnd}, -1},
    {"Optional", Refers},
    {"thread_pool", WaitsAtEnd, -1},
});

constexpr auto other_functions = std::to_array<KnownFunction>({
    // Taskflow
    {"Executor", "async", {HandsToPool, FirstCallable}, 0, -1, false, false, "tf::Executor::async"},
    {"Executor",
     "silent_async",
     {HandsToPool, FirstCallable},
     0,
     -1,
     false,
     false,
     "tf::Executor::silent_async"},
    // HPX
    {"hpx", "async", {HandsToPool, FirstCallable}, 0},
    {"hpx", "post", {HandsToPool, FirstCallable}, 0},
    {"hpx", "apply", {HandsToPool, FirstCallable}, 0},
    {"hpx::execution::experimental", "for_loop", {StartsThread, FirstCallable}, 3, -1, true, true},
    {"hpx::experimental", "for_loop", {StartsThread, FirstCallable}, 3, -1, true, true},
    {"hpx", "for_loop", {StartsThread, FirstCallable}, 3, -1, true, true},
    {"hpx::threads", "register_thread", {HandsToPool, FirstCallable}, 0},
    // POCO, wxWidgets, JUCE, ACE
    {.scope = "Poco::Runnable", .name = "run", .effects = ThreadEntry, .many = true},
    {"Poco::Thread", "start", StartsThread, 0},
    {"Poco::Thread", "join", JoinsObject},
    {"Poco::ThreadPool", "start", HandsToPool, 0},
    {"wxThread", "Entry", ThreadEntry},
    {"wxThread", "Run", {StartsThread, RunsObject}},
    {"wxThread", "Wait", JoinsObject},
    {"juce::Thread", "run", ThreadEntry},
    {"juce::Thread", "startThread", {StartsThread, RunsObject}},
    {"ACE_Task_Base", "svc", ThreadEntry},
    // Grand Central Dispatch
    {"dispatch",
     "dispatch_apply",
     {StartsThread, FirstCallable},
     2,
     -1,
     true,
     true,
     "dispatch_apply"},
    {"", "dispatch_async", {HandsToPool, FirstCallable, MayRunInOrder}, 1},
});

}  // namespace

Family others() {
  return {other_types, other_functions};
}

}  // namespace snug::families
