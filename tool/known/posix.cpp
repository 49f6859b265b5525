// POSIX threads.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto posix_functions = std::to_array<KnownFunction>({
    {"", "pthread_create", {StartsThread, KeepsHandle}, 2, 0},
    {"", "pthread_join", Joins, -1, 0},
    {"", "pthread_timedjoin_np", Joins, -1, 0},
    {"", "pthread_tryjoin_np", Joins, -1, 0},
    {"", "pthread_detach", Detaches, -1, 0},
    {"", "pthread_mutex_lock", TakesLock, -1, 0},
    {"", "pthread_mutex_trylock", TakesLock, -1, 0},
    {"", "pthread_mutex_timedlock", TakesLock, -1, 0},
    {"", "pthread_mutex_clocklock", TakesLock, -1, 0},
    {"", "pthread_mutex_unlock", ReleasesLock, -1, 0},
    {"", "pthread_spin_lock", TakesLock, -1, 0},
    {"", "pthread_spin_trylock", TakesLock, -1, 0},
    {"", "pthread_spin_unlock", ReleasesLock, -1, 0},
    {"", "pthread_rwlock_rdlock", {TakesLock, SharedLock}, -1, 0},
    {"", "pthread_rwlock_tryrdlock", {TakesLock, SharedLock}, -1, 0},
    {"", "pthread_rwlock_timedrdlock", {TakesLock, SharedLock}, -1, 0},
    {"", "pthread_rwlock_clockrdlock", {TakesLock, SharedLock}, -1, 0},
    {"", "pthread_rwlock_wrlock", TakesLock, -1, 0},
    {"", "pthread_rwlock_trywrlock", TakesLock, -1, 0},
    {"", "pthread_rwlock_timedwrlock", TakesLock, -1, 0},
    {"", "pthread_rwlock_clockwrlock", TakesLock, -1, 0},
    {"", "pthread_rwlock_unlock", ReleasesLock, -1, 0},
});

}  // namespace

Family posix() {
  return {{}, posix_functions};
}

}  // namespace snug::families
