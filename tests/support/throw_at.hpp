// Makes the k-th operation throw, for every k: the test of exception guarantees.
//
//     const long points = throw_at_every_point([](attempt& attempt) {
//       std::vector<fragile> v(3);                          // set up: nothing throws here
//       const bool done = attempt([&] { v.push_back(fragile(7)); });
//       REQUIRE(v.size() == (done ? 4u : 3u));              // what the guarantee promises
//     });                                                   // and nothing leaked
//     REQUIRE(points > 0);
//
// `fragile` is an element whose construction, copy, move, assignment, comparison and hash are such
// points; `sturdy` is the same with operations that are noexcept where it moves.
// `fragile_allocator` is an allocator whose allocation is such a point. All count what is alive,
// and end the program when an object is used after its death or destroyed twice.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <new>
#include <stdexcept>
#include <utility>

namespace snug::testing {

// What the chosen operation throws.
struct fault : std::exception {
  const char* what() const noexcept override { return "the fault the test asked for"; }
};

// The countdown and the census. Tests of one program run one after another, so plain variables do.
struct faults {
  static inline long until = 0;  // operations until the throw; 0: none is armed
  static inline long objects = 0;
  static inline long allocations = 0;
  static inline long copies = 0;

  // An operation that may throw.
  static void point() {
    if (until > 0 && --until == 0) throw fault();
  }
  [[noreturn]] static void misuse(const char* what) noexcept {
    std::fprintf(stderr, "misuse of a test element: %s\n", what);
    std::abort();
  }
};

// An element that may throw wherever the language lets it. Moved from, it holds -1.
template <bool NothrowMove>
class basic_fragile {
 public:
  basic_fragile() : basic_fragile(0) {}
  basic_fragile(int value) {
    faults::point();
    set_alive(value);
  }
  basic_fragile(const basic_fragile& other) {
    const int value = other.value();
    faults::point();
    ++faults::copies;
    set_alive(value);
  }
  basic_fragile(basic_fragile&& other) noexcept(NothrowMove) {
    const int value = other.value();
    if constexpr (!NothrowMove) faults::point();
    other.value_ = -1;
    set_alive(value);
  }
  basic_fragile& operator=(const basic_fragile& other) {
    check();
    const int value = other.value();
    faults::point();
    ++faults::copies;
    value_ = value;
    return *this;
  }
  basic_fragile& operator=(basic_fragile&& other) noexcept(NothrowMove) {
    check();
    const int value = other.value();
    if constexpr (!NothrowMove) faults::point();
    if (this != &other) other.value_ = -1;
    value_ = value;
    return *this;
  }
  ~basic_fragile() {
    check();
    magic_ = dead;
    self_ = nullptr;
    --faults::objects;
  }

  int value() const {
    check();
    return value_;
  }

  friend bool operator==(const basic_fragile& a, const basic_fragile& b) {
    faults::point();
    return a.value() == b.value();
  }
  friend auto operator<=>(const basic_fragile& a, const basic_fragile& b) {
    faults::point();
    return a.value() <=> b.value();
  }

 private:
  static constexpr std::uint32_t alive = 0xA11FE000u;
  static constexpr std::uint32_t dead = 0xDEADDEADu;

  void set_alive(int value) noexcept {
    value_ = value;
    magic_ = alive;
    self_ = this;
    ++faults::objects;
  }
  // `self_` finds objects that were moved as bytes.
  void check() const noexcept {
    if (magic_ == dead) faults::misuse("used after its death");
    if (magic_ != alive || self_ != this)
      faults::misuse("used without having been constructed here");
  }

  int value_;
  std::uint32_t magic_;
  const void* self_;
};

using fragile = basic_fragile<false>;
using sturdy = basic_fragile<true>;

// An allocator whose allocations may throw; it knows what is still allocated.
template <class T>
struct fragile_allocator {
  using value_type = T;

  fragile_allocator() = default;
  template <class U>
  fragile_allocator(const fragile_allocator<U>&) noexcept {}

  T* allocate(std::size_t n) {
    faults::point();
    void* const memory = ::operator new(n * sizeof(T), std::align_val_t(alignof(T)));
    ++faults::allocations;
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t n) noexcept {
    --faults::allocations;
    ::operator delete(memory, n * sizeof(T), std::align_val_t(alignof(T)));
  }
  friend bool operator==(fragile_allocator, fragile_allocator) noexcept { return true; }
};

// Runs an operation with the fault armed. Call it once in a scenario.
class attempt {
 public:
  explicit attempt(long k) : k_(k) {}

  // -> whether the operation came to its end. Other exceptions than `fault` pass through.
  template <class Operation>
  bool operator()(Operation&& operation) {
    faults::until = k_;
    try {
      std::forward<Operation>(operation)();
      // Not reached the k-th point, or swallowed the fault: `until` tells.
      swallowed_ = faults::until == 0;
      faults::until = 0;
      return true;
    } catch (const fault&) {
      faults::until = 0;
      threw_ = true;
      return false;
    } catch (...) {
      faults::until = 0;
      throw;
    }
  }

  bool threw() const { return threw_; }
  bool swallowed() const { return swallowed_; }

 private:
  long k_;
  bool threw_ = false;
  bool swallowed_ = false;
};

// Runs the scenario with a fault at the 1st, 2nd, ... operation until none is left to throw; -> how
// many there were. Throws std::logic_error when a scenario leaves objects or allocations behind.
template <class Scenario>
long throw_at_every_point(Scenario scenario) {
  for (long k = 1;; ++k) {
    const long objects = faults::objects;
    const long allocations = faults::allocations;
    attempt now(k);
    scenario(now);
    if (faults::objects != objects) throw std::logic_error("elements leaked");
    if (faults::allocations != allocations) throw std::logic_error("allocations leaked");
    if (!now.threw() && !now.swallowed()) return k - 1;
  }
}

// Runs operation() with the 1st, 2nd, ... point throwing until none throws, and after(threw) behind
// each: for an operation on what outlives it. -> how many runs threw.
template <class Operation, class After>
long throw_at_each(Operation operation, After after) {
  for (long k = 1;; ++k) {
    faults::until = k;
    bool threw = false;
    try {
      operation();
    } catch (const fault&) {
      threw = true;
    }
    faults::until = 0;
    after(threw);
    if (!threw) return k - 1;
  }
}

}  // namespace snug::testing

template <bool NothrowMove>
struct std::hash<snug::testing::basic_fragile<NothrowMove>> {
  std::size_t operator()(const snug::testing::basic_fragile<NothrowMove>& element) const {
    snug::testing::faults::point();
    return std::hash<int>()(element.value());
  }
};
