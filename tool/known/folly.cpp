// Folly.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

constexpr auto folly_types = std::to_array<KnownType>({
    {"Function", TypeRole::Callable},
});

constexpr auto folly_functions = std::to_array<KnownFunction>({
    {"folly::Executor", "add", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"folly::ThreadPoolExecutor", "add", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"folly::CPUThreadPoolExecutor", "add", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"folly::IOThreadPoolExecutor", "add", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"folly::CPUThreadPoolExecutor",
     "addWithPriority",
     {Effect::HandsToPool, Effect::FirstCallable},
     0},
    {"folly::ThreadedExecutor", "add", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"folly::EDFThreadPoolExecutor", "add", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"folly::InlineExecutor", "add", {Effect::CallsNow}, 0},
    {"folly::SerialExecutor",
     "add",
     {Effect::HandsToPool, Effect::FirstCallable, Effect::MayRunInOrder},
     0},
    {"folly", "via", {Effect::HandsToPool, Effect::FirstCallable}, 1},
    {"folly::EventBase",
     "runInEventBaseThread",
     {Effect::HandsToPool, Effect::FirstCallable, Effect::MayRunInOrder},
     0},
});

}  // namespace

Family folly() {
  return {folly_types, folly_functions};
}

}  // namespace snug::families
