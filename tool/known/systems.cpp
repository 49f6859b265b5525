// Libraries of C that start threads and lock: SDL, libuv, DPDK.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto system_functions = std::to_array<KnownFunction>({
    // SDL 2 and 3; SDL_CreateThread is a macro of the function behind it there.
    {"", "SDL_CreateThread", {StartsThread, HandsOver}, 0, 2},
    {"", "SDL_CreateThreadWithStackSize", {StartsThread, HandsOver}, 0, 3},
    {"", "SDL_CreateThreadRuntime", {StartsThread, HandsOver}, 0, 2},
    {"", "SDL_WaitThread", Joins, -1, 0},
    {"", "SDL_DetachThread", Detaches, -1, 0},
    {"", "SDL_LockMutex", TakesLock, -1, 0},
    {"", "SDL_TryLockMutex", TakesLock, -1, 0},
    {"", "SDL_UnlockMutex", ReleasesLock, -1, 0},
    {"", "SDL_LockSpinlock", TakesLock, -1, 0},
    {"", "SDL_UnlockSpinlock", ReleasesLock, -1, 0},
    {"", "SDL_LockRWLockForReading", {TakesLock, SharedLock}, -1, 0},
    {"", "SDL_LockRWLockForWriting", TakesLock, -1, 0},
    {"", "SDL_UnlockRWLock", ReleasesLock, -1, 0},
    {"", "SDL_AtomicAdd", AtomicBoth, -1, 0},
    {"", "SDL_AtomicGet", AtomicRead, -1, 0},
    {"", "SDL_AtomicSet", AtomicWrite, -1, 0},
    {"", "SDL_AtomicCAS", AtomicBoth, -1, 0},
    // libuv
    {"", "uv_thread_create", {StartsThread, KeepsHandle}, 1, 0},
    {"", "uv_thread_create_ex", {StartsThread, KeepsHandle}, 2, 0},
    {"", "uv_thread_join", Joins, -1, 0},
    {"", "uv_thread_detach", Detaches, -1, 0},
    {"", "uv_queue_work", {HandsToPool, HandsOver}, 2, 1},
    {"", "uv_mutex_lock", TakesLock, -1, 0},
    {"", "uv_mutex_trylock", TakesLock, -1, 0},
    {"", "uv_mutex_unlock", ReleasesLock, -1, 0},
    {"", "uv_rwlock_rdlock", {TakesLock, SharedLock}, -1, 0},
    {"", "uv_rwlock_tryrdlock", {TakesLock, SharedLock}, -1, 0},
    {"", "uv_rwlock_rdunlock", ReleasesLock, -1, 0},
    {"", "uv_rwlock_wrlock", TakesLock, -1, 0},
    {"", "uv_rwlock_trywrlock", TakesLock, -1, 0},
    {"", "uv_rwlock_wrunlock", ReleasesLock, -1, 0},
    // DPDK: one call starts the function on each of the other cores.
    {"", "rte_eal_remote_launch", StartsThread, 0},
    {"", "rte_eal_mp_remote_launch", StartsThread, 0, -1, true},
    {"", "rte_thread_create", {StartsThread, KeepsHandle}, 2, 0},
    {"", "rte_thread_create_control", {StartsThread, KeepsHandle}, 2, 0},
    {"", "rte_ctrl_thread_create", {StartsThread, KeepsHandle}, 3, 0},
    {"", "rte_thread_join", Joins, -1, 0},
    {"", "rte_spinlock_lock", TakesLock, -1, 0},
    {"", "rte_spinlock_trylock", TakesLock, -1, 0},
    {"", "rte_spinlock_unlock", ReleasesLock, -1, 0},
    {"", "rte_rwlock_read_lock", {TakesLock, SharedLock}, -1, 0},
    {"", "rte_rwlock_read_unlock", ReleasesLock, -1, 0},
    {"", "rte_rwlock_write_lock", TakesLock, -1, 0},
    {"", "rte_rwlock_write_unlock", ReleasesLock, -1, 0},
    {"", "rte_atomic*", AtomicBoth, -1, 0},
});

}  // namespace

Family systems() {
  return {{}, system_functions};
}

}  // namespace snug::families
