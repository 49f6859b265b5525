// The reference counts of rc.hpp and cow.hpp: how many owners an object has, and who frees it.
//
// Four protocols behind one interface, chosen by the policies in rc.hpp:
//
//                    with weak references     without
//   many threads     shared_counts     8 B    shared_count     4 B
//   one thread       plain_counts      8 B    plain_count      4 B
//
// The interface, where `strong` is the number of owners:
//   start at one owner (no increment for the first)
//   add()               one owner more; aborts before the number could wrap
//   release()           one owner less; says what is left to do
//   release_weak()      -> whether the memory is to be freed
//   upgrade()           one owner more unless there is none -> whether there was one
//   take_last()         the last owner claims the object, against any upgrade -> whether it was the
//   last give_back()         undoes take_last unique()            one owner and no weak reference
//
// All owners together hold one weak reference, so that the memory outlives the object while a weak
// reference is left. In shared_counts both numbers are one 64-bit word, the owners in the upper
// half: releasing the last owner sees in the same instruction whether a weak reference exists, and
// the sign of the word is the overflow check. After PyTorch's fused count; the orders are those of
// Rust's Arc, without fences (ThreadSanitizer does not know them).
#pragma once

#include <atomic>
#include <cstdint>

#include <snug/detail/config.hpp>

namespace snug::detail {

// What the owner that let go has to do.
enum class duty { none, destroy, destroy_and_free };

// The atomics of the standard; tests put model_atomics in their place.
struct std_atomics {
  template <class T>
  using atomic = std::atomic<T>;
};

[[noreturn]] SNUG_NOINLINE inline void too_many_owners() noexcept {
  fatal("rc: more than 2147483647 references to one object (references are leaked)");
}
[[noreturn]] SNUG_NOINLINE inline void resurrected() noexcept {
  fatal("rc: an owner was made of an object whose last owner is gone (from its destructor?)");
}

template <class Atomics>
class shared_counts {
 public:
  static constexpr bool for_threads = true;
  static constexpr bool has_weak = true;

  void add() noexcept {
    const std::uint64_t now = word_.fetch_add(one_strong, std::memory_order_relaxed) + one_strong;
    if (static_cast<std::int64_t>(now) < 0) too_many_owners();
    if (SNUG_CHECKED && !(now >= 2 * one_strong)) resurrected();
  }
  duty release() noexcept {
    // The only reference of any kind: nobody else can reach the counts, so that no locked
    // instruction is needed. Acquire, for the writes of the owners before.
    if (word_.load(std::memory_order_acquire) == one_strong + one_weak) {
      mark_dead();
      return duty::destroy_and_free;
    }
    // Release: what this owner wrote is done. Acquire: the last one sees what all others wrote.
    const std::uint64_t before = word_.fetch_sub(one_strong, std::memory_order_acq_rel);
    if (before >= 2 * one_strong) return duty::none;
    return before == one_strong + one_weak ? duty::destroy_and_free : duty::destroy;
  }
  void add_weak() noexcept {
    const std::uint64_t before = word_.fetch_add(one_weak, std::memory_order_relaxed);
    if ((before & weak_mask) >= weak_limit) too_many_owners();
  }
  bool release_weak() noexcept {
    if (word_.load(std::memory_order_acquire) == one_weak) return true;
    return word_.fetch_sub(one_weak, std::memory_order_acq_rel) == one_weak;
  }
  bool upgrade() noexcept {
    std::uint64_t seen = word_.load(std::memory_order_relaxed);
    do {
      if (seen < one_strong) return false;
      if (static_cast<std::int64_t>(seen + one_strong) < 0) too_many_owners();
    } while (!word_.compare_exchange_weak(seen, seen + one_strong, std::memory_order_acquire,
                                          std::memory_order_relaxed));
    return true;
  }
  bool take_last() noexcept {
    std::uint64_t seen = word_.load(std::memory_order_relaxed);
    do {
      if (seen >= 2 * one_strong) return false;
    } while (!word_.compare_exchange_weak(seen, seen - one_strong, std::memory_order_acquire,
                                          std::memory_order_relaxed));
    return true;
  }
  void give_back() noexcept { word_.fetch_add(one_strong, std::memory_order_release); }
  bool unique() const noexcept {
    return word_.load(std::memory_order_acquire) == one_strong + one_weak;
  }
  std::uint32_t owners() const noexcept {
    return static_cast<std::uint32_t>(word_.load(std::memory_order_relaxed) >> 32);
  }
  std::uint32_t weaks() const noexcept {
    const std::uint64_t seen = word_.load(std::memory_order_relaxed);
    return static_cast<std::uint32_t>((seen & weak_mask) - (seen >= one_strong ? 1u : 0u));
  }

 private:
  static constexpr std::uint64_t one_weak = 1;
  static constexpr std::uint64_t one_strong = std::uint64_t{1} << 32;
  static constexpr std::uint64_t weak_mask = one_strong - 1;
  static constexpr std::uint64_t weak_limit = 0x7fffffff;

  // So that the object's destructor, should it ask for an owner of its own object, finds none.
  void mark_dead() noexcept { word_.store(one_weak, std::memory_order_relaxed); }

  typename Atomics::template atomic<std::uint64_t> word_{one_strong + one_weak};
};

template <class Atomics>
class shared_count {
 public:
  static constexpr bool for_threads = true;
  static constexpr bool has_weak = false;

  void add() noexcept {
    const std::uint32_t now = owners_.fetch_add(1, std::memory_order_relaxed) + 1;
    if (static_cast<std::int32_t>(now) < 0) too_many_owners();
    if (SNUG_CHECKED && !(now >= 2)) resurrected();
  }
  duty release() noexcept {
    return owners_.fetch_sub(1, std::memory_order_acq_rel) == 1 ? duty::destroy_and_free
                                                                : duty::none;
  }
  bool upgrade() noexcept {
    std::uint32_t seen = owners_.load(std::memory_order_relaxed);
    do {
      if (seen == 0) return false;
      if (static_cast<std::int32_t>(seen + 1) < 0) too_many_owners();
    } while (!owners_.compare_exchange_weak(seen, seen + 1, std::memory_order_acquire,
                                            std::memory_order_relaxed));
    return true;
  }
  bool take_last() noexcept { return unique(); }
  void give_back() noexcept {}
  bool unique() const noexcept { return owners_.load(std::memory_order_acquire) == 1; }
  std::uint32_t owners() const noexcept { return owners_.load(std::memory_order_relaxed); }

 private:
  typename Atomics::template atomic<std::uint32_t> owners_{1};
};

class plain_counts {
 public:
  static constexpr bool for_threads = false;
  static constexpr bool has_weak = true;

  void add() noexcept {
    if (SNUG_CHECKED && !(owners_ > 0)) resurrected();
    if (static_cast<std::int32_t>(++owners_) < 0) too_many_owners();
  }
  duty release() noexcept {
    if (--owners_ > 0) return duty::none;
    return weaks_ == 1 ? duty::destroy_and_free : duty::destroy;
  }
  void add_weak() noexcept {
    if (static_cast<std::int32_t>(++weaks_) < 0) too_many_owners();
  }
  bool release_weak() noexcept { return --weaks_ == 0; }
  bool upgrade() noexcept {
    if (owners_ == 0) return false;
    add();
    return true;
  }
  bool take_last() noexcept {
    if (owners_ != 1) return false;
    owners_ = 0;
    return true;
  }
  void give_back() noexcept { owners_ = 1; }
  bool unique() const noexcept { return owners_ == 1 && weaks_ == 1; }
  std::uint32_t owners() const noexcept { return owners_; }
  std::uint32_t weaks() const noexcept { return weaks_ - (owners_ > 0 ? 1u : 0u); }

 private:
  std::uint32_t owners_ = 1;
  std::uint32_t weaks_ = 1;
};

class plain_count {
 public:
  static constexpr bool for_threads = false;
  static constexpr bool has_weak = false;

  void add() noexcept {
    if (SNUG_CHECKED && !(owners_ > 0)) resurrected();
    if (static_cast<std::int32_t>(++owners_) < 0) too_many_owners();
  }
  duty release() noexcept { return --owners_ == 0 ? duty::destroy_and_free : duty::none; }
  bool upgrade() noexcept {
    if (owners_ == 0) return false;
    add();
    return true;
  }
  bool take_last() noexcept { return owners_ == 1; }
  void give_back() noexcept {}
  bool unique() const noexcept { return owners_ == 1; }
  std::uint32_t owners() const noexcept { return owners_; }

 private:
  std::uint32_t owners_ = 1;
};

}  // namespace snug::detail
