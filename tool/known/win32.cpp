// Windows.
#include <array>

#include "known/families.hpp"

namespace snug::families {
namespace {

using enum Effect;

constexpr auto win32_functions = std::to_array<KnownFunction>({
    {"", "CreateThread", StartsThread, 2},
    {"", "_beginthreadex", StartsThread, 2},
    {"", "_beginthread", {StartsThread, HandsOver}, 0, 2},
    {"", "CreateRemoteThread", StartsThread, 3},
    {"", "QueueUserWorkItem", HandsToPool, 0},
    {"", "TrySubmitThreadpoolCallback", HandsToPool, 0},
    {"", "CreateThreadpoolWork", HandsToPool, 0},
    {"", "WaitForSingleObject", Joins, -1, 0},
    {"", "WaitForSingleObjectEx", Joins, -1, 0},
    {"", "WaitForMultipleObjects", Joins, -1, 1},
    {"", "WaitForMultipleObjectsEx", Joins, -1, 1},
    {"", "EnterCriticalSection", TakesLock, -1, 0},
    {"", "TryEnterCriticalSection", TakesLock, -1, 0},
    {"", "LeaveCriticalSection", ReleasesLock, -1, 0},
    {"", "AcquireSRWLockExclusive", TakesLock, -1, 0},
    {"", "TryAcquireSRWLockExclusive", TakesLock, -1, 0},
    {"", "ReleaseSRWLockExclusive", ReleasesLock, -1, 0},
    {"", "AcquireSRWLockShared", {TakesLock, SharedLock}, -1, 0},
    {"", "TryAcquireSRWLockShared", {TakesLock, SharedLock}, -1, 0},
    {"", "ReleaseSRWLockShared", ReleasesLock, -1, 0},
    {"", "Interlocked*", AtomicBoth, -1, 0},
    {"", "_Interlocked*", AtomicBoth, -1, 0},
});

}  // namespace

Family windows() {
  return {{}, win32_functions};
}

}  // namespace snug::families
