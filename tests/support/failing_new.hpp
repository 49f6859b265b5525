// Replaces the global operator new, so that it is a throwing point (see throw_at.hpp) and is
// counted. Include it in exactly one file of a test program.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "support/throw_at.hpp"

#if defined(__SANITIZE_THREAD__)
#define SNUG_OWN_NEW 0
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define SNUG_OWN_NEW 0
#endif
#endif
#ifndef SNUG_OWN_NEW
#define SNUG_OWN_NEW 1
#endif

namespace snug::testing {

// Counted since the start of the program: `news` calls of operator new, `news - deletes` still
// alive.
struct heap {
  // ThreadSanitizer brings its own operator new; then no allocation throws or is counted.
  static constexpr bool counted = SNUG_OWN_NEW != 0;
  static inline std::atomic<long> news = 0;
  static inline std::atomic<long> deletes = 0;
  static inline std::atomic<std::size_t> bytes = 0;  // asked for, in total

  // Throws `fault` where the attempt asks for it, in the place of std::bad_alloc.
  static void* take(std::size_t size, std::size_t align) {
    faults::point();
    void* const memory = take_or_null(size, align);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
  static void* take_or_null(std::size_t size, std::size_t align) noexcept {
    const std::size_t rounded = (size + align - 1) / align * align;
    void* const memory = align > alignof(std::max_align_t) ? std::aligned_alloc(align, rounded)
                                                           : std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) return nullptr;
    ++news;
    bytes += size;
    return memory;
  }
  static void give(void* memory) noexcept {
    if (memory == nullptr) return;
    ++deletes;
    std::free(memory);
  }
};

}  // namespace snug::testing

#if SNUG_OWN_NEW
void* operator new(std::size_t size) {
  return snug::testing::heap::take(size, 1);
}
void* operator new[](std::size_t size) {
  return snug::testing::heap::take(size, 1);
}
void* operator new(std::size_t size, std::align_val_t align) {
  return snug::testing::heap::take(size, static_cast<std::size_t>(align));
}
void* operator new[](std::size_t size, std::align_val_t align) {
  return snug::testing::heap::take(size, static_cast<std::size_t>(align));
}
void operator delete(void* memory) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete[](void* memory) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete[](void* memory, std::align_val_t) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
  snug::testing::heap::give(memory);
}

// The whole set, or a sanitizer's runtime brings its own for the rest.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return snug::testing::heap::take_or_null(size, 1);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return snug::testing::heap::take_or_null(size, 1);
}
void* operator new(std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
  return snug::testing::heap::take_or_null(size, static_cast<std::size_t>(align));
}
void* operator new[](std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
  return snug::testing::heap::take_or_null(size, static_cast<std::size_t>(align));
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete(void* memory, std::align_val_t, const std::nothrow_t&) noexcept {
  snug::testing::heap::give(memory);
}
void operator delete[](void* memory, std::align_val_t, const std::nothrow_t&) noexcept {
  snug::testing::heap::give(memory);
}

#endif  // SNUG_OWN_NEW
