// One copy of every string, and a number of 4 bytes to stand for it.
//
// Example:
//
//     #include <snug/interner.hpp>
//     #include <string>
//
//     struct person { snug::symbol name, city; };  // 8 bytes instead of two strings
//
//     int main() {
//       snug::interner names;
//       person a{names.intern("Ada"), names.intern("London")};
//       person b{names.intern("Alan"), names.intern(std::string("London"))};
//       bool ok = a.city == b.city && a.name != b.name;  // compares two numbers
//       ok = ok && names.resolve(a.city) == "London";
//       ok = ok && !names.find("Paris");  // looks, and keeps nothing
//       return ok && names.size() == 3 ? 0 : 1;
//     }
//
//   interner       for one thread.
//   sync_interner  for many: intern() locks one of 16 parts, resolve() never locks.
//
// Both cost at most about 12 bytes and the length for each different string of up to 254
// characters: 4 for its place, 1 for its length, the rest for the hash table. A longer one costs at
// most 24 bytes and a thirty-second of its length more than its length. Beside that, 16 KiB or a
// thirty-second of all characters is allocated in advance. Nothing is given back before the
// interner dies; the views of resolve() are valid until then. Up to 2^32 - 2 strings with some 3.5
// GiB of characters (4 GiB where most strings are short).
//
// freeze() ends the adding: then intern() of a new string throws, and sync_interner's find() and
// intern() do not lock either.
//
// Symbols are ordered by their first interning, not by their text. They mean nothing in another
// interner. Thread-safety: interner as a standard container; sync_interner: every function at any
// time, except the destructor. A symbol must reach another thread as any other value does: by a
// mutex, a release and an acquire, the start or the end of a thread; a relaxed atomic may deliver
// it before its string.
//
// Early and late: `constinit snug::sync_interner names;` is ready before the first constructor
// runs. It dies with the other static objects; one that their destructors, detached threads or
// thread_local objects of the main thread still use must not: make it
// `static auto& names = *new snug::sync_interner`.
//
// Coming back: Hash must not use the interner; the function of for_each may. Views of its own
// strings, and parts of them, may be interned. Ideas: lasso (Rust: symbols, frozen readers),
// servo/string-cache (locks by part).
#pragma once

#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>
#include <snug/detail/segments.hpp>
#include <snug/detail/string_table.hpp>

namespace snug {

// Stands for a string of one interner: equal symbols, equal strings. 4 bytes; the default one is
// null and stands for none.
class symbol {
 public:
  constexpr symbol() noexcept = default;
  [[nodiscard]] explicit constexpr operator bool() const noexcept { return value_ != 0; }
  // The symbol as a number and back: 0 for null, then 1, 2, ... in the order of first interning.
  [[nodiscard]] constexpr std::uint32_t to_number() const noexcept { return value_; }
  [[nodiscard]] static constexpr symbol from_number(std::uint32_t n) noexcept {
    symbol s;
    s.value_ = n;
    return s;
  }
  friend constexpr auto operator<=>(const symbol&, const symbol&) noexcept = default;

 private:
  std::uint32_t value_ = 0;
};

namespace detail {

struct shared_atomics {
  template <class T>
  using atomic = std::atomic<T>;
  using mutex = std::mutex;
};

}  // namespace detail

// The common part of interner and sync_interner; `Atomics` is a parameter for tests.
template <class Atomics, std::size_t Parts, class Hash = std::hash<std::string_view>>
class basic_interner {
  using mutex = typename Atomics::mutex;

 public:
  basic_interner() = default;
  explicit basic_interner(Hash hash) : hash_(std::move(hash)) {}
  basic_interner(const basic_interner&) = delete;
  basic_interner& operator=(const basic_interner&) = delete;
  // Takes over all strings; their symbols and views stay valid. Only the interner of one thread
  // moves.
  basic_interner(basic_interner&& other) noexcept(std::is_nothrow_copy_constructible_v<Hash>)
    requires(Parts == 1)
      : hash_(other.hash_) {
    swap_strings(other);
  }
  basic_interner& operator=(basic_interner&& other) noexcept(
      std::is_nothrow_copy_constructible_v<Hash> && std::is_nothrow_swappable_v<Hash>)
    requires(Parts == 1 && std::is_swappable_v<Hash>)
  {
    basic_interner taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~basic_interner() = default;

  // The symbol of `text`, which is copied if it is new. Amortised O(length). Strong guarantee;
  // throws std::bad_alloc, std::length_error past the limits, std::logic_error for a new string
  // when frozen.
  symbol intern(std::string_view text) {
    std::uint64_t hash = hash_of(text);
    part& p = part_of(hash);
    auto same = [&](std::uint32_t number) { return strings_.view(number) == text; };
    if (frozen()) {
      if (symbol known = lookup(p, hash, text)) return known;
      raise_frozen();
    }
    std::lock_guard lock(p.guard);
    std::size_t place = p.table.find(hash, same);
    if (std::uint32_t known = p.table.at(place)) return symbol::from_number(known);
    if (frozen()) raise_frozen();
    auto rehash = [&](std::uint32_t number) { return hash_of(strings_.view(number)); };
    if (p.table.reserve_one(rehash, Parts == 1)) {
      place = p.table.find(hash, same);
    }
    std::uint32_t number = add(text);
    p.table.put(place, hash, number);
    return symbol::from_number(number + 1);
  }
  // The symbol of `text`, or null if it was not interned. Keeps nothing.
  [[nodiscard]] symbol find(std::string_view text) const {
    std::uint64_t hash = hash_of(text);
    part& p = part_of(hash);
    if (frozen()) return lookup(p, hash, text);
    std::lock_guard lock(p.guard);
    return lookup(p, hash, text);
  }
  // The string of a symbol; empty for the null symbol. O(1), never locks.
  // REQUIRES: the symbol came from this interner.
  [[nodiscard]] std::string_view resolve(symbol s) const noexcept {
    return s ? strings_.view(s.to_number() - 1) : std::string_view();
  }

  // No new strings from now on.
  void freeze() {
    std::array<std::unique_lock<mutex>, Parts> locks;
    for (std::size_t i = 0; i < Parts; ++i) locks[i] = std::unique_lock(parts_[i].guard);
    frozen_.store(true, std::memory_order_release);
  }
  [[nodiscard]] bool frozen() const noexcept { return frozen_.load(std::memory_order_acquire); }

  // How many different strings there are.
  [[nodiscard]] std::size_t size() const {
    std::lock_guard lock(storing_);
    return strings_.size();
  }
  [[nodiscard]] bool empty() const { return size() == 0; }
  // Bytes allocated for the strings and the tables.
  [[nodiscard]] std::size_t memory_bytes() const {
    std::size_t sum = 0;
    for (part& p : parts_) {
      std::lock_guard lock(p.guard);
      sum += p.table.bytes();
    }
    std::lock_guard lock(storing_);
    return sum + strings_.bytes();
  }
  // Calls f(symbol, string) for every string that was there at the call, in the order of first
  // interning.
  template <class F>
  void for_each(F f) const {
    auto count = static_cast<std::uint32_t>(size());
    for (std::uint32_t n = 1; n <= count; ++n) {
      f(symbol::from_number(n), strings_.view(n - 1));
    }
  }

  void swap(basic_interner& other) noexcept(std::is_nothrow_swappable_v<Hash>)
    requires(Parts == 1 && std::is_swappable_v<Hash>)
  {
    using std::swap;
    swap(hash_, other.hash_);  // first, as it may throw
    swap_strings(other);
  }
  friend void swap(basic_interner& a, basic_interner& b) noexcept(std::is_nothrow_swappable_v<Hash>)
    requires(Parts == 1 && std::is_swappable_v<Hash>)
  {
    a.swap(b);
  }

 private:
  void swap_strings(basic_interner& other) noexcept {
    strings_.swap(other.strings_);
    parts_[0].table.swap(other.parts_[0].table);
    bool mine = frozen();
    frozen_.store(other.frozen(), std::memory_order_relaxed);
    other.frozen_.store(mine, std::memory_order_relaxed);
  }

  struct part {
    SNUG_NO_UNIQUE_ADDRESS mutable mutex guard;  // empty for one thread
    detail::string_table table;
  };

  std::uint64_t hash_of(std::string_view text) const {
    return static_cast<std::uint64_t>(hash_(text)) * 0x9e3779b97f4a7c15u;
  }
  // By bits of the hash that neither the place nor the tag are made of.
  part& part_of(std::uint64_t hash) const noexcept { return parts_[(hash >> 8) % Parts]; }

  symbol lookup(const part& p, std::uint64_t hash, std::string_view text) const {
    auto same = [&](std::uint32_t number) { return strings_.view(number) == text; };
    return symbol::from_number(p.table.at(p.table.find(hash, same)));
  }
  std::uint32_t add(std::string_view text) {
    std::lock_guard lock(storing_);
    return strings_.add(text);
  }
  [[noreturn]] static void raise_frozen() {
    detail::raise<std::logic_error>("snug::interner: a new string after freeze()");
  }

  detail::string_store<Atomics> strings_;
  mutable std::array<part, Parts> parts_;
  mutable mutex storing_;
  typename Atomics::template atomic<bool> frozen_{false};
  SNUG_NO_UNIQUE_ADDRESS Hash hash_;
};

// For one thread at a time.
using interner = basic_interner<detail::plain_atomics, 1>;
// For many threads. An intern() of a known string locks one of 16 parts; resolve() never locks.
using sync_interner = basic_interner<detail::shared_atomics, 16>;

}  // namespace snug

template <>
struct std::hash<snug::symbol> {
  std::size_t operator()(snug::symbol s) const noexcept {
    return static_cast<std::size_t>(s.to_number() * std::uint64_t{0x9e3779b97f4a7c15u});
  }
};
