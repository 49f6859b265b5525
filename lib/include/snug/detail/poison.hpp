// Tells AddressSanitizer which memory of an arena is handed out; nothing in other builds.
#pragma once

#include <cstddef>

#include <snug/detail/config.hpp>

#if SNUG_ASAN
extern "C" void __asan_poison_memory_region(void const volatile* address, std::size_t size);
extern "C" void __asan_unpoison_memory_region(void const volatile* address, std::size_t size);
#endif

namespace snug::detail {

// No access to [p, p + bytes) is right until it is unpoisoned.
inline void poison([[maybe_unused]] const void* p, [[maybe_unused]] std::size_t bytes) noexcept {
#if SNUG_ASAN
  __asan_poison_memory_region(p, bytes);
#endif
}
inline void unpoison([[maybe_unused]] const void* p, [[maybe_unused]] std::size_t bytes) noexcept {
#if SNUG_ASAN
  __asan_unpoison_memory_region(p, bytes);
#endif
}

}  // namespace snug::detail
