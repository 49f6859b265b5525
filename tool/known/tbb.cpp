// Threading Building Blocks, and the Parallel Patterns Library, which has the same words.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto tbb_functions = std::to_array<KnownFunction>({
    {"tbb", "parallel_for", {StartsThread, FirstCallable}, 1, -1, true, true},
    {"tbb", "parallel_for_each", {StartsThread, FirstCallable}, 2, -1, true, true},
    {"tbb", "parallel_reduce", {StartsThread, FirstCallable}, 2, -1, true, true},
    {"tbb", "parallel_invoke", {StartsThread, RunsEach}, 0, -1, false, true},
    {"task_group", "run", {HandsToPool, FirstCallable}, 0, -1, false, false, "tbb::task_group"},
    {"task_arena", "enqueue", {HandsToPool, FirstCallable}, 0, -1, false, false, "tbb::task_arena"},
    {"concurrency", "parallel_for", {StartsThread, FirstCallable}, 2, -1, true, true},
});

}  // namespace

Family tbb() {
  return {{}, tbb_functions};
}

}  // namespace snug::families
