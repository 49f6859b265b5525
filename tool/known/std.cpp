// The standard libraries of C++ and C. Names that libstdc++ and libc++ give to parts of their own
// begin with an underscore.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum TypeRole;

constexpr auto std_types = std::to_array<KnownType>({
    {"std::shared_ptr", {Counted, ControlBlock}, 0, -1, "std::make_shared", "std::weak_ptr"},
    {"std::weak_ptr", Weak},
    {"std::unique_ptr", Unique},
    {"std::basic_string", String},
    {"std::pair", Pair, 1, 0},
    {"std::vector", {Sequence, Indexed}},
    {"std::deque", {Sequence, Indexed}},
    {"std::list", {Sequence, Linked, DoublyLinked}},
    {"std::forward_list", {Sequence, Linked}},
    {"std::array", {Sequence, Inside}},
    {"std::set", Sequence},
    {"std::multiset", Sequence},
    {"std::unordered_set", Sequence},
    {"std::queue", Sequence},
    {"std::stack", Sequence},
    {"std::priority_queue", Sequence},
    {"std::map", {Map, Nodes, Ordered}, 1, 0},
    {"std::multimap", {Map, Nodes}, 1, 0},
    {"std::unordered_map", {Map, Nodes}, 1, 0},
    {"std::unordered_multimap", {Map, Nodes}, 1, 0},
    {"std::optional", {Optional, Wrapper}},
    {"std::atomic", Wrapper},
    {"std::variant", Variant},
    {"std::expected", {Expected, Variant}},
    {"std::_List_iterator", ListIterator},
    {"std::_List_const_iterator", ListIterator},
    {"std::__list_iterator", ListIterator},
    {"std::__list_const_iterator", ListIterator},
    {"std::thread", Thread, -1},
    {"std::jthread", Thread, -1},
    {"future", {Future, WaitsAtEnd}},
    {"shared_future", Future},
    {"promise", Future},
    {"jthread", WaitsAtEnd, -1},
    {"lock_guard", WaitsAtEnd},
    {"unique_lock", WaitsAtEnd},
    {"scoped_lock", WaitsAtEnd},
    {"shared_lock", WaitsAtEnd},
    {"parallel_policy", Parallel, -1},
    {"parallel_unsequenced_policy", Parallel, -1},
    {"atomic", {Atomic, HoldsOne}},
    {"atomic_ref", Atomic},
    {"atomic_flag", Atomic, -1},
    {"__atomic_base", Atomic},
    {"__atomic_flag_base", Atomic, -1},
    {"__atomic_float", Atomic},
    {"__atomic_ref", Atomic},
    {"function", Callable},
    {"move_only_function", Callable},
    {"copyable_function", Callable},
    {"packaged_task", Callable},
    {"allocator", HoldsNothing},
    {"less", HoldsNothing},
    {"greater", HoldsNothing},
    {"hash", HoldsNothing},
    {"equal_to", HoldsNothing},
    {"default_delete", HoldsNothing},
    {"char_traits", HoldsNothing},
    {"reference_wrapper", {HoldsNothing, Refers}},
    {"span", Span},
    {"optional", {HoldsOne, Refers}},
    {"pair", HoldsOne},
    {"tuple", HoldsOne},
    {"expected", HoldsOne},
    {"result", HoldsOne},
    {"variant", {HoldsOne, NamesOne}},
    {"any", {HoldsOne, NamesOne}, -1},
    {"monostate", Empty, -1},
    {"nullopt_t", Empty, -1},
    {"nullptr_t", Empty, -1},
});

constexpr auto std_functions = std::to_array<KnownFunction>({
    {"std", "async", {Effect::StartsThread, Effect::FirstCallable, Effect::WaitsAtOnce}, 0},
    {"", "thrd_create", {Effect::StartsThread, Effect::KeepsHandle}, 1, 0},
    {"", "thrd_join", Effect::Joins, -1, 0},
    {"", "mtx_lock", Effect::TakesLock, -1, 0},
    {"", "mtx_timedlock", Effect::TakesLock, -1, 0},
    {"", "mtx_trylock", Effect::TakesLock, -1, 0},
    {"", "mtx_unlock", Effect::ReleasesLock, -1, 0},
    {"", "atomic_*", Effect::AtomicBoth, -1, 0},
    {"", "atomic_load*", Effect::AtomicRead, -1, 0},
    {"", "atomic_flag_test", Effect::AtomicRead, -1, 0},
    {"", "atomic_store*", Effect::AtomicWrite, -1, 0},
    {"", "atomic_init*", Effect::AtomicWrite, -1, 0},
    {"", "atomic_flag_clear*", Effect::AtomicWrite, -1, 0},
    {"", "atomic_thread_fence", Effect::AtomicAside},
    {"", "atomic_signal_fence", Effect::AtomicAside},
    {"", "__sync_synchronize", Effect::AtomicAside},
    {"", "__sync_*", Effect::AtomicBoth, -1, 0},
    {"", "__sync_lock_release*", Effect::AtomicWrite, -1, 0},
});

}  // namespace

Family standard() {
  return {std_types, std_functions};
}

}  // namespace snug::families
