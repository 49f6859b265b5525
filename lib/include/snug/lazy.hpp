// A value that is made when it is first asked for, in place, once.
//
// For members that are expensive and often not needed. lazy<T> is for one thread, sync_lazy<T> for
// many; both hold the T inside (no allocation), try again if making it failed, and stop the program
// with a sentence where making the value asks for the value.
//
// Example:
//
//     #include <snug/lazy.hpp>
//
//     #include <cassert>
//     #include <string>
//     #include <thread>
//
//     class Document {
//      public:
//       explicit Document(std::string text) : text_(std::move(text)) {}
//       // Many threads may ask; one of them counts, the others wait for it.
//       std::size_t words() const {
//         return words_.get([this] { return count(); });
//       }
//
//      private:
//       std::size_t count() const {
//         std::size_t n = 1;
//         for (char c : text_) n += c == ' ' ? 1 : 0;
//         return n;
//       }
//       std::string text_;
//       mutable snug::sync_lazy<std::size_t> words_;
//     };
//
//     int main() {
//       const Document document("one two three");
//       std::thread other([&] { assert(document.words() == 3); });
//       assert(document.words() == 3);
//       other.join();
//
//       snug::lazy<std::string> name;
//       assert(name.get_if() == nullptr);
//       assert(name.get([] { return "made"; }) == "made");
//       assert(name.get([] { return "not again"; }) == "made");
//       assert(name.take() == "made" && !name.has_value());
//
//       int calls = 0;
//       snug::lazy answer([&calls] { return ++calls, 42; });  // keeps its function
//       assert(calls == 0 && *answer == 42 && *answer == 42 && calls == 1);
//     }
//
// Sizes: T and one byte (lazy), T and four bytes (sync_lazy), rounded up to the alignment. Asking
// for a value that is there costs one test; with sync_lazy one acquire load, which on x86-64 and
// arm64 is a plain load.
//
// When not: values that are always needed (make them in the constructor), one value for the whole
// program (a static in a function). After Rust's OnceCell, OnceLock and LazyLock,
// folly::DelayedInit; waiters sleep in std::atomic::wait.
//
// Coming back: while the value is made, moved, assigned or destroyed, neither the function nor T's
// constructors and destructor may ask for it, set it or reset it: the program ends, in all builds.
// They may look (get_if, has_value), and find nothing. Two threads that make two values which ask
// for each other wait for ever. A sync_lazy needs no constructor or destructor to run but T's: as a
// static it may be used before main (it is constinit) and as long as it is not destroyed.
//
// A lazy that keeps its function (lazy<T, F>, sync_lazy<T, F>) keeps it beside the value, so that
// reset and a throw are followed by another try; a function without captures takes no space. There
// is no comparison and no hash: they would have to make the value, or to call what is not yet made
// different.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>

#include <snug/detail/config.hpp>

namespace snug {
namespace detail {

// A T that may be there; whether it is, is known by the owner.
template <class T>
union maybe {
  constexpr maybe() noexcept : none() {}
  constexpr ~maybe() {}
  maybe(const maybe&) = delete;
  maybe& operator=(const maybe&) = delete;

  // The call is the initialiser, so that its result is built in place (T need not be movable).
  template <class F>
  constexpr void make(F&& f) {
    struct from_call {
      F& f;
      constexpr operator std::invoke_result_t<F>() const { return std::forward<F>(f)(); }
    };
    if constexpr (std::is_same_v<std::remove_cv_t<std::invoke_result_t<F>>, T>) {
      // Not from_call where it can be helped: a T that is made from anything would be made from it.
      if (std::is_constant_evaluated()) {
        std::construct_at(std::addressof(value), from_call{f});
      } else {
        ::new (static_cast<void*>(std::addressof(value))) T(std::forward<F>(f)());
      }
    } else {
      std::construct_at(std::addressof(value), std::forward<F>(f)());
    }
  }

  // The value, where the compiler cannot follow that it is there, and would warn.
  constexpr T& there() noexcept { return *std::launder(std::addressof(value)); }

  char none;
  T value;
};

[[noreturn]] SNUG_NOINLINE inline void lazy_asked_itself() noexcept {
  fatal("lazy: the function that makes the value, or the value's destructor, asked for the value");
}

}  // namespace detail

// The type of a lazy's second argument if get is given the function.
struct no_function {};

// A T that is made by the first get(f). For one thread at a time, also where it is constant.
template <class T, class F = no_function>
class lazy;

template <class T>
class lazy<T, no_function> {
  static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> &&
                    !std::is_volatile_v<T>,
                "lazy<T> holds a value: T must not be a reference, an array, const or volatile");
  enum class state : std::uint8_t { empty, making, full };

 public:
  using value_type = T;

  constexpr lazy() noexcept = default;
  // Copies the value if there is one; the copy of an empty lazy is empty.
  constexpr lazy(const lazy& other)
    requires std::is_copy_constructible_v<T>
  {
    if (const T* const value = other.get_if()) set(*value);
  }
  // Moves the value if there is one; `other` keeps the moved-from value.
  constexpr lazy(lazy&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
    requires std::is_move_constructible_v<T>
  {
    if (T* const value = other.get_if()) set(std::move(*value));
  }
  // The other value is copied or moved out first: it may be a part of the own one. Strong guarantee
  // if T's moves throw nothing; else the value is as T's assignment leaves it, or there is none.
  constexpr lazy& operator=(const lazy& other)
    requires std::is_copy_constructible_v<T>
  {
    return *this = lazy(other);
  }
  constexpr lazy& operator=(lazy&& other) noexcept(std::is_nothrow_move_constructible_v<T> &&
                                                   (!std::is_move_assignable_v<T> ||
                                                    std::is_nothrow_move_assignable_v<T>))
    requires std::is_move_constructible_v<T>
  {
    lazy taken(std::move(other));
    if (taken.state_ != state::full) {
      reset();
      return *this;
    }
    if constexpr (std::is_move_assignable_v<T>) {
      if (state_ == state::full) {
        const guard assigning{state_, state::full};
        storage_.there() = std::move(taken.storage_.there());
        return *this;
      }
    }
    reset();
    set(std::move(taken.storage_.there()));
    return *this;
  }
  constexpr ~lazy() { reset(); }

  // The value; if there is none, it is made as f() first. If f throws, the lazy stays empty and the
  // next get tries again. If f asks this lazy for its value, the program ends.
  template <class F>
  constexpr T& get(F&& f) {
    if (state_ != state::full) [[unlikely]]
      fill(std::forward<F>(f));
    return storage_.value;
  }

  // The value, or null while there is none.
  constexpr T* get_if() noexcept {
    return state_ == state::full ? std::addressof(storage_.value) : nullptr;
  }
  constexpr const T* get_if() const noexcept {
    return state_ == state::full ? std::addressof(storage_.value) : nullptr;
  }
  constexpr bool has_value() const noexcept { return state_ == state::full; }

  // Makes the value T(args...) if there is none -> whether it did.
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  constexpr bool set(Args&&... args) {
    if (state_ == state::full) return false;
    fill([&] { return T(std::forward<Args>(args)...); });
    return true;
  }
  template <class I, class... Args>
    requires std::is_constructible_v<T, std::initializer_list<I>&, Args...>
  constexpr bool set(std::initializer_list<I> list, Args&&... args) {
    if (state_ == state::full) return false;
    fill([&] { return T(list, std::forward<Args>(args)...); });
    return true;
  }

  // The value, moved out; empty afterwards.
  constexpr std::optional<T> take() {
    std::optional<T> out;
    if (state_ == state::full) {
      {
        const guard moving{state_, state::full};
        out.emplace(std::move(storage_.there()));
      }
      reset();
    }
    return out;
  }
  // Destroys the value, if there is one; the next get makes a new one.
  constexpr void reset() noexcept {
    if (state_ == state::making) detail::lazy_asked_itself();
    if (state_ == state::full) {
      const guard destroying(state_);
      std::destroy_at(std::addressof(storage_.there()));
    }
  }

 private:
  // While T's own functions run: neither there nor to be made. At the end the state is `next`.
  struct guard {
    constexpr explicit guard(state& now, state then = state::empty) noexcept
        : current(now), next(then) {
      current = state::making;
    }
    guard(const guard&) = delete;
    guard& operator=(const guard&) = delete;
    constexpr ~guard() { current = next; }
    state& current;
    state next;
  };

  template <class F>
  SNUG_OUT_OF_LINE constexpr void fill(F&& f) {
    if (state_ == state::making) detail::lazy_asked_itself();
    guard making{state_};  // empty again when f throws
    storage_.make(std::forward<F>(f));
    making.next = state::full;
  }

  detail::maybe<T> storage_;
  state state_ = state::empty;
};

// A lazy that keeps the function: snug::lazy words([&] { return count(); }). The value is made by
// the first look at it.
template <class T, class F>
class lazy : private lazy<T> {
  using base = lazy<T>;

 public:
  using typename base::value_type;

  constexpr lazy()
    requires std::is_default_constructible_v<F>
  = default;
  constexpr explicit lazy(F make) noexcept(std::is_nothrow_move_constructible_v<F>)
      : make_(std::move(make)) {}

  // The value; if there is none, it is made first, as by get(f) of lazy<T>.
  constexpr T& get() { return base::get(make_); }
  constexpr T& operator*() { return get(); }
  constexpr T* operator->() { return std::addressof(get()); }

  using base::get_if;
  using base::has_value;
  using base::reset;
  using base::set;
  using base::take;

 private:
  SNUG_NO_UNIQUE_ADDRESS F make_;
};

template <class F>
lazy(F) -> lazy<std::remove_cvref_t<std::invoke_result_t<F&>>, F>;

namespace detail {

// The values a thread is making, innermost first: how a thread knows that it waits for itself.
struct making {
  const void* what;
  making* outer;
};

struct lazy_atomics {
  template <class U>
  using atomic = std::atomic<U>;
  static making*& innermost() noexcept {
    static thread_local constinit making* top = nullptr;
    return top;
  }
};

}  // namespace detail

// A T that is made once by the first get(f) of any thread. Threads that ask meanwhile sleep until
// it is there. get, get_if, has_value and set may be called by any threads at once, also on a
// constant sync_lazy; take, reset and the destructor need it alone. Neither copied nor moved.
// Atomics is for tests.
template <class T, class F = no_function, class Atomics = detail::lazy_atomics>
class sync_lazy;

template <class T, class Atomics>
class sync_lazy<T, no_function, Atomics> {
  static_assert(
      std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T> && !std::is_volatile_v<T>,
      "sync_lazy<T> holds a value: T must not be a reference, an array, const or volatile");
  static constexpr std::uint32_t empty = 0, making = 1, awaited = 2, full = 3;

 public:
  using value_type = T;

  constexpr sync_lazy() noexcept = default;
  sync_lazy(const sync_lazy&) = delete;
  sync_lazy& operator=(const sync_lazy&) = delete;
  ~sync_lazy() { reset(); }

  // The value; if there is none, one thread makes it as f() and the others wait. If f throws, that
  // thread gets the exception and one that waited tries its own f. If f asks for the value that it
  // makes, the program ends.
  template <class F>
  T& get(F&& f) {
    if (state_.load(std::memory_order_acquire) != full) [[unlikely]]
      fill(std::forward<F>(f));
    return storage_.value;
  }
  // The same on a constant object: the value is then constant, too, unless the member is mutable.
  template <class F>
  const T& get(F&& f) const {
    return const_cast<sync_lazy&>(*this).get(std::forward<F>(f));
  }

  // The value, or null while there is none. Never waits.
  T* get_if() noexcept { return has_value() ? std::addressof(storage_.value) : nullptr; }
  const T* get_if() const noexcept {
    return has_value() ? std::addressof(storage_.value) : nullptr;
  }
  bool has_value() const noexcept { return state_.load(std::memory_order_acquire) == full; }

  // Makes the value T(args...) if there is none -> whether this call did. Waits while another
  // thread makes it.
  template <class... Args>
    requires std::is_constructible_v<T, Args...>
  bool set(Args&&... args) {
    if (has_value()) return false;
    return fill([&] { return T(std::forward<Args>(args)...); });
  }
  template <class I, class... Args>
    requires std::is_constructible_v<T, std::initializer_list<I>&, Args...>
  bool set(std::initializer_list<I> list, Args&&... args) {
    if (has_value()) return false;
    return fill([&] { return T(list, std::forward<Args>(args)...); });
  }

  // The value, moved out; empty afterwards. REQUIRES: no other thread uses this object.
  std::optional<T> take() {
    std::optional<T> out;
    if (has_value()) {
      {
        state_.store(making, std::memory_order_relaxed);
        guard moving(*this);
        moving.next = full;
        out.emplace(std::move(storage_.there()));
      }
      reset();
    }
    return out;
  }
  // Destroys the value, if there is one. REQUIRES: no other thread uses this object.
  void reset() noexcept {
    const std::uint32_t now = state_.load(std::memory_order_acquire);
    if (now == making || now == awaited) detail::lazy_asked_itself();
    if (now != full) return;
    if constexpr (std::is_trivially_destructible_v<T>) {
      state_.store(empty, std::memory_order_relaxed);
    } else {
      // Not there, and not to be made over the one that goes.
      state_.store(making, std::memory_order_relaxed);
      const guard destroying(*this);
      std::destroy_at(std::addressof(storage_.there()));
    }
  }

 private:
  // While this thread makes the value. At the end the state is `next`, and who waits is woken.
  struct guard {
    explicit guard(sync_lazy& owner) noexcept : self(owner), entry{&owner, Atomics::innermost()} {
      Atomics::innermost() = &entry;
    }
    guard(const guard&) = delete;
    guard& operator=(const guard&) = delete;
    ~guard() {
      Atomics::innermost() = entry.outer;
      if (self.state_.exchange(next, std::memory_order_acq_rel) == awaited)
        self.state_.notify_all();
    }
    sync_lazy& self;
    detail::making entry;
    std::uint32_t next = empty;
  };

  bool is_made_by_this_thread() const noexcept {
    for (const detail::making* m = Atomics::innermost(); m != nullptr; m = m->outer)
      if (m->what == this) return true;
    return false;
  }

  // -> whether this thread made the value.
  template <class F>
  SNUG_OUT_OF_LINE bool fill(F&& f) {
    if (is_made_by_this_thread()) detail::lazy_asked_itself();
    for (;;) {
      std::uint32_t now = empty;
      if (state_.compare_exchange_strong(now, making, std::memory_order_acquire,
                                         std::memory_order_acquire)) {
        guard made(*this);
        storage_.make(std::forward<F>(f));
        made.next = full;
        return true;
      }
      if (now == full) return false;
      // Who makes the value must know that somebody waits.
      if (now == making && !state_.compare_exchange_strong(now, awaited, std::memory_order_relaxed,
                                                           std::memory_order_relaxed))
        continue;
      state_.wait(awaited, std::memory_order_relaxed);
    }
  }

  detail::maybe<T> storage_;
  typename Atomics::template atomic<std::uint32_t> state_{empty};
};

// A sync_lazy that keeps the function, which one thread calls: also where the sync_lazy is
// constant.
template <class T, class F, class Atomics>
class sync_lazy : private sync_lazy<T, no_function, Atomics> {
  using base = sync_lazy<T, no_function, Atomics>;

 public:
  using typename base::value_type;

  constexpr sync_lazy()
    requires std::is_default_constructible_v<F>
  = default;
  constexpr explicit sync_lazy(F make) noexcept(std::is_nothrow_move_constructible_v<F>)
      : make_(std::move(make)) {}

  // The value; if there is none, it is made first, as by get(f) of sync_lazy<T>.
  T& get() { return base::get(make_); }
  const T& get() const { return const_cast<sync_lazy&>(*this).get(); }
  T& operator*() { return get(); }
  const T& operator*() const { return get(); }
  T* operator->() { return std::addressof(get()); }
  const T* operator->() const { return std::addressof(get()); }

  using base::get_if;
  using base::has_value;
  using base::reset;
  using base::set;
  using base::take;

 private:
  SNUG_NO_UNIQUE_ADDRESS F make_;
};

template <class F>
sync_lazy(F) -> sync_lazy<std::remove_cvref_t<std::invoke_result_t<F&>>, F>;

}  // namespace snug
