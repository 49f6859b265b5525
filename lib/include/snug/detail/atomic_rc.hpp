// An rc that several threads read and replace: atomic_rc, atomic_weak_rc, and std::atomic of both.
//
// Reading the pointer and counting the new owner must be one step, else the object may go between
// the two. The two lowest bits of the pointer (counts are aligned to 4 bytes) are a lock and the
// mark that somebody sleeps for it. Under the lock only a count is changed: what is let go is
// released after it, so that no foreign code ever runs locked.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <snug/detail/config.hpp>
#include <snug/detail/rc_block.hpp>

namespace snug {
namespace detail {

template <class Owner>
class atomic_counted {
  using object = typename Owner::element_type;
  static_assert(Owner::is_shared_by_threads,
                "atomic_rc is for threads: the policy must be sync or no_weak<sync>");

 public:
  using value_type = Owner;
  static constexpr bool is_always_lock_free = false;

  constexpr atomic_counted() noexcept = default;
  constexpr atomic_counted(std::nullptr_t) noexcept {}
  atomic_counted(Owner owner) noexcept : word_(give(owner)) {}
  atomic_counted(const atomic_counted&) = delete;
  atomic_counted& operator=(const atomic_counted&) = delete;
  ~atomic_counted() {
    // Empty while the object's destructor runs; what that puts in is let go, too.
    while (const std::uintptr_t word = word_.exchange(0, std::memory_order_acq_rel))
      static_cast<void>(take(word));
  }

  bool is_lock_free() const noexcept { return false; }

  // An owner more of what is there. All operations are sequentially consistent whatever order is
  // asked for, as a lock is.
  Owner load(std::memory_order = std::memory_order_seq_cst) const noexcept {
    const std::uintptr_t now = lock();
    Owner owner = take(now);
    if (now != 0) owner.retain();
    unlock(now);
    return owner;
  }
  operator Owner() const noexcept { return load(); }

  void store(Owner owner, std::memory_order = std::memory_order_seq_cst) noexcept {
    const Owner old = exchange(std::move(owner));
  }
  Owner operator=(Owner owner) noexcept {
    store(owner);
    return owner;
  }
  Owner exchange(Owner owner, std::memory_order = std::memory_order_seq_cst) noexcept {
    const std::uintptr_t before = lock();
    unlock(give(owner));
    return take(before);
  }

  // Puts `wanted` there if `expected` is there -> whether it was; if not, `expected` is an owner of
  // what is. Never fails without a reason.
  bool compare_exchange_strong(Owner& expected, Owner wanted,
                               std::memory_order = std::memory_order_seq_cst,
                               std::memory_order = std::memory_order_seq_cst) noexcept {
    const std::uintptr_t before = lock();
    if (before == address(expected)) {
      unlock(give(wanted));
      const Owner old = take(before);
      return true;
    }
    Owner seen = take(before);
    if (before != 0) seen.retain();
    unlock(before);
    expected = std::move(seen);
    return false;
  }
  bool compare_exchange_weak(Owner& expected, Owner wanted,
                             std::memory_order = std::memory_order_seq_cst,
                             std::memory_order = std::memory_order_seq_cst) noexcept {
    return compare_exchange_strong(expected, std::move(wanted));
  }

  // Sleeps until something else than `old` is there and a notify call said so.
  void wait(const Owner& old, std::memory_order = std::memory_order_seq_cst) const noexcept {
    for (;;) {
      const std::uintptr_t now = lock();
      unlock(now);
      if (now != address(old)) return;
      word_.wait(now, std::memory_order_seq_cst);
    }
  }
  // All, since those who sleep for the lock wait at the same place.
  void notify_one() noexcept { word_.notify_all(); }
  void notify_all() noexcept { word_.notify_all(); }

 private:
  static constexpr std::uintptr_t locked = 1, awaited = 2;

  static std::uintptr_t address(const Owner& owner) noexcept {
    return reinterpret_cast<std::uintptr_t>(owner.object_);
  }
  // The ownership as a number, and back.
  static std::uintptr_t give(Owner& owner) noexcept {
    return reinterpret_cast<std::uintptr_t>(std::exchange(owner.object_, nullptr));
  }
  static Owner take(std::uintptr_t word) noexcept { return Owner(reinterpret_cast<object*>(word)); }

  std::uintptr_t lock() const noexcept {
    std::uintptr_t seen = word_.load(std::memory_order_relaxed);
    for (;;) {
      if ((seen & locked) == 0) {
        if (word_.compare_exchange_weak(seen, seen | locked, std::memory_order_seq_cst,
                                        std::memory_order_relaxed))
          return seen;
      } else if ((seen & awaited) != 0 ||
                 word_.compare_exchange_weak(seen, seen | awaited, std::memory_order_relaxed,
                                             std::memory_order_relaxed)) {
        word_.wait(seen | awaited, std::memory_order_relaxed);
        seen = word_.load(std::memory_order_relaxed);
      }
    }
  }
  void unlock(std::uintptr_t word) const noexcept {
    if ((word_.exchange(word, std::memory_order_seq_cst) & awaited) != 0) word_.notify_all();
  }

  mutable std::atomic<std::uintptr_t> word_{0};
};

}  // namespace detail

// A place that many threads read owners from and put owners into, as std::atomic<std::shared_ptr>:
// load, store, exchange, compare_exchange, wait. One pointer wide. Each operation takes a short
// lock, in which nothing but a count changes. std::atomic<rc<T>> is the same.
template <class T, class Policy = sync>
using atomic_rc = detail::atomic_counted<rc<T, Policy>>;
// The same for weak references.
template <class T, class Policy = sync>
using atomic_weak_rc = detail::atomic_counted<weak_rc<T, Policy>>;

}  // namespace snug

template <class T, class Policy>
class std::atomic<snug::rc<T, Policy>> : public snug::atomic_rc<T, Policy> {
  using base = snug::atomic_rc<T, Policy>;

 public:
  using base::base;
  using base::operator=;
};
template <class T, class Policy>
class std::atomic<snug::weak_rc<T, Policy>> : public snug::atomic_weak_rc<T, Policy> {
  using base = snug::atomic_weak_rc<T, Policy>;

 public:
  using base::base;
  using base::operator=;
};
