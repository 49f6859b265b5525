// GLib.
#include <array>

#include "known/data_pools.hpp"
#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto glib_functions = std::to_array<KnownFunction>({
    {"", "g_thread_new", StartsThread, 1},
    {"", "g_thread_try_new", StartsThread, 1},
    {"", "g_thread_create", StartsThread, 0},
    {"", "g_thread_join", Joins, -1, 0},
    {"", "g_thread_unref", Detaches, -1, 0},
    {"", "g_thread_pool_new", StartsThread, 0, -1, true},
    {"", "g_thread_pool_new_full", StartsThread, 0, -1, true},
    {"", "g_task_run_in_thread", HandsToPool, 1},
    {"", "g_mutex_lock", TakesLock, -1, 0},
    {"", "g_mutex_trylock", TakesLock, -1, 0},
    {"", "g_mutex_unlock", ReleasesLock, -1, 0},
    {"", "g_rec_mutex_lock", TakesLock, -1, 0},
    {"", "g_rec_mutex_unlock", ReleasesLock, -1, 0},
    {"", "g_rw_lock_writer_lock", TakesLock, -1, 0},
    {"", "g_rw_lock_writer_unlock", ReleasesLock, -1, 0},
    {"", "g_rw_lock_reader_lock", {TakesLock, SharedLock}, -1, 0},
    {"", "g_rw_lock_reader_unlock", ReleasesLock, -1, 0},
    {"", "g_atomic_*", AtomicBoth, -1, 0},
    {"", "g_atomic_int_get", AtomicRead, -1, 0},
    {"", "g_atomic_pointer_get", AtomicRead, -1, 0},
    {"", "g_atomic_int_set", AtomicWrite, -1, 0},
    {"", "g_atomic_pointer_set", AtomicWrite, -1, 0},
});

}  // namespace

Family glib() {
  return {{}, glib_functions};
}

}  // namespace snug::families

namespace snug {

bool makes_data_pool(std::string_view function) {
  return function.starts_with("g_thread_pool_new");
}

bool pushes_to_data_pool(std::string_view function) {
  return function == "g_thread_pool_push";
}

}  // namespace snug
