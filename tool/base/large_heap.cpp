#include "base/large_heap.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define SNUG_OTHER_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SNUG_OTHER_ALLOCATOR
#endif

#if defined(__GLIBC__) && !defined(SNUG_OTHER_ALLOCATOR)

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace snug {
namespace {

constexpr std::uint64_t widest_step = 256U << 20U;  // Bytes
constexpr std::uint64_t large_page = 2U << 20U;     // Bytes
constexpr int mapped_alone = 32 << 20;              // Bytes; more glibc does not take

/// Asks for large pages in a part of the heap.
void advise(std::uintptr_t begin, std::uintptr_t end) {
  begin = (begin + large_page - 1) / large_page * large_page;
  end = end / large_page * large_page;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
}

}  // namespace

void prepare_large_heap(std::uint64_t most) {
  const std::uint64_t step = std::min(widest_step, most / 16);
  if (step < 2 * large_page) return;
  // The front end parses in a thread of its own, whose blocks would lie in another heap.
  const bool set =
      ::mallopt(M_ARENA_MAX, 1) == 1 && ::mallopt(M_TOP_PAD, static_cast<int>(step)) == 1 &&
      ::mallopt(M_TRIM_THRESHOLD, -1) == 1 && ::mallopt(M_MMAP_THRESHOLD, mapped_alone) == 1;
  if (!set) return;
  // A block that does not fit into the top of the heap makes it grow by the step. It goes back to
  // the top at once, untouched. Volatile, or compilers leave out both calls.
  void* const before = ::sbrk(0);
  void* volatile block = std::malloc(std::min<std::size_t>(step, mapped_alone - large_page));
  std::free(block);
  void* const after = ::sbrk(0);
  if (after > before) {
    advise(reinterpret_cast<std::uintptr_t>(before), reinterpret_cast<std::uintptr_t>(after));
  }
}

}  // namespace snug

#else

namespace snug {

void prepare_large_heap(std::uint64_t) {}

}  // namespace snug

#endif
