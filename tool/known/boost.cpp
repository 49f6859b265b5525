// Boost.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum TypeRole;

constexpr auto boost_types = std::to_array<KnownType>({
    {"boost::shared_ptr", {Counted, ControlBlock}, 0, -1, "boost::make_shared", "boost::weak_ptr"},
    {"boost::intrusive_ptr", Counted},
    {"boost::local_shared_ptr", {Counted, ControlBlock}, 0, -1, "boost::make_local_shared"},
    {"boost::weak_ptr", Weak},
    {"boost::scoped_ptr", Unique},
    {"boost::array", Inside},
    {"boost::container::small_vector", Sequence},
    {"boost::unordered_map", Map, 1, 0},
    {"boost::unordered::unordered_map", Map, 1, 0},
    {"boost::variant", Variant},
    {"boost::variant2::variant", Variant},
    {"boost::thread", Thread, -1},
    {"compressed_pair", HoldsOne},
    {"blank", Empty, -1},
});

constexpr auto boost_functions = std::to_array<KnownFunction>({
    {"boost", "async", {Effect::StartsThread, Effect::FirstCallable, Effect::WaitsAtOnce}, 0},
    {.scope = "boost::thread_group",
     .name = "create_thread",
     .effects = Effect::StartsThread,
     .entry = 0,
     .shown = "boost::thread_group"},
    {"asio", "post", {Effect::HandsToPool, Effect::FirstCallable, Effect::MayRunInOrder}, 1},
    {"asio", "defer", {Effect::HandsToPool, Effect::FirstCallable, Effect::MayRunInOrder}, 1},
    {"boost::basic_thread_pool", "submit", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"boost::executors", "submit", {Effect::HandsToPool, Effect::FirstCallable}, 0},
    {"asio", "dispatch", {Effect::HandsToPool, Effect::FirstCallable, Effect::MayRunInOrder}, 1},
});

}  // namespace

Family boost() {
  return {boost_types, boost_functions};
}

}  // namespace snug::families
