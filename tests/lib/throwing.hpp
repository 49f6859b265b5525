#pragma once
// Throws at the k-th opportunity: elements, comparators and allocations of a test count as one
// each. Include it in one file of a program: it replaces the global operator new.

#include <cstdlib>
#include <new>

#include <snug/detail/config.hpp>

namespace snug_test {

struct injected {};

// The opportunities that are left before one throws; negative: none throws.
inline long faults_left = -1;
inline long allocations = 0;
// ThreadSanitizer brings its own operator new, in its library; then no allocation throws or is
// counted.
inline constexpr bool sees_allocations = !SNUG_TSAN;
inline void may_throw() {
  if (faults_left >= 0 && faults_left-- == 0) throw injected{};
}

// An element that owns memory, may throw when it is made or copied, and knows how many are alive.
// It moves without throwing, except the kind that says otherwise.
template <bool NothrowMove>
class basic_fragile {
 public:
  static inline long alive = 0;
  basic_fragile(int v = 0) : value_(make(v)) { ++alive; }
  basic_fragile(const basic_fragile& other) : value_(make(other.value())) { ++alive; }
  basic_fragile(basic_fragile&& other) noexcept(NothrowMove) : value_(steal(other)) { ++alive; }
  basic_fragile& operator=(const basic_fragile& other) {
    int* made = make(other.value());
    delete value_;
    value_ = made;
    return *this;
  }
  basic_fragile& operator=(basic_fragile&& other) noexcept(NothrowMove) {
    if (this == &other) return *this;
    int* stolen = steal(other);
    delete value_;
    value_ = stolen;
    return *this;
  }
  ~basic_fragile() {
    delete value_;
    --alive;
  }
  int value() const { return value_ ? *value_ : -1; }
  friend bool operator==(const basic_fragile& a, const basic_fragile& b) {
    may_throw_if_fragile();
    return a.value() == b.value();
  }
  friend bool operator<(const basic_fragile& a, const basic_fragile& b) {
    may_throw_if_fragile();
    return a.value() < b.value();
  }

 private:
  static void may_throw_if_fragile() { may_throw(); }
  static int* make(int v) {
    may_throw();
    return new int(v);
  }
  static int* steal(basic_fragile& other) noexcept(NothrowMove) {
    if constexpr (!NothrowMove) may_throw();
    int* p = other.value_;
    other.value_ = nullptr;
    return p;
  }
  int* value_;
};
using fragile = basic_fragile<true>;
using very_fragile = basic_fragile<false>;

// Runs body() with the first, second, ... opportunity throwing, until a run has none left; calls
// after(threw) behind each. Returns how many runs threw.
template <class Body, class After>
long throw_at_each(Body body, After after) {
  for (long k = 0;; ++k) {
    faults_left = k;
    bool threw = false;
    try {
      body();
    } catch (const injected&) {
      threw = true;
    } catch (const std::bad_alloc&) {
      threw = true;
    }
    faults_left = -1;
    after(threw);
    if (!threw) return k;
  }
}

}  // namespace snug_test

#if !SNUG_TSAN
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++snug_test::allocations;
  if (snug_test::faults_left >= 0 && snug_test::faults_left-- == 0) throw std::bad_alloc();
  if (void* p = std::malloc(size ? size : 1)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t align) {
  ++snug_test::allocations;
  if (snug_test::faults_left >= 0 && snug_test::faults_left-- == 0) throw std::bad_alloc();
  auto a = static_cast<std::size_t>(align);
  if (void* p = std::aligned_alloc(a, (size + a - 1) / a * a)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept {
  std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept {
  std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept {
  std::free(p);
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return std::malloc(size ? size : 1);
}
// The forms for arrays too: a sanitizer has its own, which would not come here.
[[gnu::noinline]] void* operator new[](std::size_t size) {
  return operator new(size);
}
[[gnu::noinline]] void operator delete[](void* p) noexcept {
  std::free(p);
}
[[gnu::noinline]] void operator delete[](void* p, std::size_t) noexcept {
  std::free(p);
}
#endif
