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
// Both cost at most about 12 bytes and the length for each different string: 4 for its place, 1 for
// its length (5 from 255 on), the rest for the hash table. Nothing is given back before the
// interner dies; the views of resolve() are valid until then. Up to 2^32 - 2 strings with 4 GiB of
// characters.
//
// freeze() ends the adding: then intern() of a new string throws, and sync_interner's find() and
// intern() do not lock either.
//
// Symbols are ordered by their first interning, not by their text. They mean nothing in another
// interner. Thread-safety: interner as a standard container; sync_interner: every function at any
// time, except the destructor. A symbol may reach another thread in any way, even by a relaxed
// atomic. Ideas: lasso (Rust: symbols, frozen readers), servo/string-cache (locks by part).
#pragma once

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <new>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <snug/detail/fail.hpp>
#include <snug/detail/segments.hpp>

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

// The characters of all strings, by number. One writer at a time, any readers.
template <class Atomics>
class string_store {
  static constexpr unsigned offset_bits = 14;
  static constexpr std::size_t chunk_bytes = std::size_t{1} << offset_bits;
  static constexpr std::size_t short_length = 255;  // below it the length is one byte

 public:
  string_store() = default;
  string_store(const string_store&) = delete;
  string_store& operator=(const string_store&) = delete;
  ~string_store() {
    for (std::uint32_t i = 0; i < chunk_count_; ++i) delete[] chunks_.get(i);
  }

  // REQUIRES: number was returned by add, here or in a thread that handed it over.
  std::string_view view(std::uint32_t number) const noexcept {
    std::uint32_t address = places_.get(number);
    const char* at = chunks_.get(address >> offset_bits) + (address & (chunk_bytes - 1));
    std::uint32_t length = static_cast<unsigned char>(*at);
    ++at;
    if (length == short_length) {
      std::memcpy(&length, at, sizeof length);
      at += sizeof length;
    }
    return {at, length};
  }
  // Copies the text and returns its number, the next one. Strong guarantee.
  std::uint32_t add(std::string_view text) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max() - 16) {
      raise<std::length_error>("snug::interner: a string of 4 GiB or more");
    }
    if (size_ >= std::numeric_limits<std::uint32_t>::max() - 1) {
      raise<std::length_error>("snug::interner: more than 2^32 - 2 strings");
    }
    places_.reserve(size_);
    std::size_t header = text.size() < short_length ? 1 : 1 + sizeof(std::uint32_t);
    std::uint32_t address = room_for(header + text.size());
    char* at = chunks_.get(address >> offset_bits) + (address & (chunk_bytes - 1));
    if (header == 1) {
      *at = static_cast<char>(static_cast<unsigned char>(text.size()));
    } else {
      auto length = static_cast<std::uint32_t>(text.size());
      *at = static_cast<char>(static_cast<unsigned char>(short_length));
      std::memcpy(at + 1, &length, sizeof length);
    }
    if (!text.empty()) std::memcpy(at + header, text.data(), text.size());
    places_.publish(size_, address);
    return size_++;
  }
  std::uint32_t size() const noexcept { return size_; }
  std::size_t bytes() const noexcept { return bytes_ + places_.bytes() + chunks_.bytes(); }

  void swap(string_store& other) noexcept {
    places_.swap(other.places_);
    chunks_.swap(other.chunks_);
    std::swap(size_, other.size_);
    std::swap(chunk_count_, other.chunk_count_);
    std::swap(current_, other.current_);
    std::swap(used_, other.used_);
    std::swap(bytes_, other.bytes_);
  }

 private:
  std::uint32_t room_for(std::size_t n) {
    if (n <= chunk_bytes - used_) {
      auto address = static_cast<std::uint32_t>((current_ << offset_bits) + used_);
      used_ += n;
      return address;
    }
    bool own = n > chunk_bytes / 2;  // a long string has a chunk to itself
    if (chunk_count_ >= (std::uint32_t{1} << (32 - offset_bits))) {
      raise<std::length_error>("snug::interner: more than 4 GiB of characters");
    }
    std::size_t size = own ? n : chunk_bytes;
    chunks_.reserve(chunk_count_);
    chunks_.publish(chunk_count_, new char[size]);
    bytes_ += size;
    std::uint32_t made = chunk_count_++;
    if (!own) {
      current_ = made;
      used_ = n;
    }
    return made << offset_bits;
  }

  segments<std::uint32_t, Atomics> places_;  // of the strings: chunk and offset
  segments<char*, Atomics> chunks_;
  std::uint32_t size_ = 0;
  std::uint32_t chunk_count_ = 0;
  std::uint32_t current_ = 0;
  std::size_t used_ = chunk_bytes;  // bytes of the current chunk; at first there is none
  std::size_t bytes_ = 0;
};

// Numbers of strings by hash: linear probing over one byte of the hash, then the number. 5 bytes a
// place, at most 9 of 10 taken; grows by a tenth.
class string_table {
 public:
  // The place of the string for which same(number) is true; otherwise the free place where it
  // belongs.
  template <class Same>
  std::size_t find(std::uint64_t hash, Same same) const {
    if (places_ == 0) return 0;
    std::uint8_t tag = tag_of(hash);
    for (std::size_t at = start(hash);;) {
      if (std::endian::native == std::endian::little && at + 8 <= places_) {
        eight_tags eight(tags() + at);
        std::uint64_t free = eight.equal_to(0);
        // Of the tags before the first free place.
        std::uint64_t equal = eight.equal_to(tag) & ((free & -free) - 1);
        for (; equal != 0; equal &= equal - 1) {
          std::size_t place = at + eight_tags::first(equal);
          if (same(numbers()[place] - 1)) return place;
        }
        if (free != 0) return at + eight_tags::first(free);
        at += 8;
      } else {
        if (tags()[at] == 0) return at;
        if (tags()[at] == tag && same(numbers()[at] - 1)) return at;
        ++at;
      }
      if (at == places_) at = 0;
    }
  }
  // number + 1, or 0 when the place is free.
  std::uint32_t at(std::size_t place) const noexcept { return places_ == 0 ? 0 : numbers()[place]; }
  // Makes room for one more; hash_of(number) must give the hashes again. `all`: the table has the
  // numbers 0, 1, 2 ... without a gap, and is made anew in their order, in which the strings lie in
  // memory: much faster. Strong guarantee.
  template <class HashOf>
  bool reserve_one(HashOf hash_of, bool all) {
    if (count_ + 1 <= places_ - places_ / 10 && places_ != 0) return false;
    string_table larger;
    larger.allocate(places_ == 0 ? 16 : places_ + places_ / 10 + 4);
    auto enter = [&](std::uint32_t number) {
      std::uint64_t hash = hash_of(number);
      larger.put(larger.find(hash, [](std::uint32_t) { return false; }), hash, number);
    };
    if (all) {
      for (std::uint32_t number = 0; number < count_; ++number) enter(number);
    } else {
      for (std::size_t i = 0; i < places_; ++i) {
        if (numbers()[i] != 0) enter(numbers()[i] - 1);
      }
    }
    swap(larger);
    return true;
  }
  void put(std::size_t place, std::uint64_t hash, std::uint32_t number) noexcept {
    numbers()[place] = number + 1;
    tags()[place] = tag_of(hash);
    ++count_;
  }
  std::size_t bytes() const noexcept { return places_ * 5; }
  void swap(string_table& other) noexcept {
    memory_.swap(other.memory_);
    std::swap(places_, other.places_);
    std::swap(count_, other.count_);
  }

 private:
  // Eight tags in a word, the first in the lowest byte.
  class eight_tags {
    static constexpr std::uint64_t ones = 0x0101010101010101u;

   public:
    explicit eight_tags(const std::uint8_t* tags) noexcept { std::memcpy(&word_, tags, 8); }
    // The highest bit of each byte that is `tag`; after the first one others may be set too.
    std::uint64_t equal_to(std::uint8_t tag) const noexcept {
      std::uint64_t differing = word_ ^ (ones * tag);
      return (differing - ones) & ~differing & (ones << 7);
    }
    static std::size_t first(std::uint64_t found) noexcept {
      return static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }

   private:
    std::uint64_t word_;
  };

  void allocate(std::size_t places) {
    memory_ = std::make_unique<std::uint32_t[]>(places + (places + 3) / 4);
    places_ = places;
  }
  // The high half of the hash, scaled to the places; the tag is from the low half.
  std::size_t start(std::uint64_t hash) const noexcept {
    return static_cast<std::size_t>(((hash >> 32) * places_) >> 32);
  }
  // Never 0, the tag of a free place.
  static std::uint8_t tag_of(std::uint64_t hash) noexcept {
    return static_cast<std::uint8_t>((hash & 0xffff) % 255 + 1);
  }
  std::uint32_t* numbers() const noexcept { return memory_.get(); }
  std::uint8_t* tags() const noexcept {
    return reinterpret_cast<std::uint8_t*>(memory_.get() + places_);
  }

  std::unique_ptr<std::uint32_t[]> memory_;  // the numbers, then the tags
  std::size_t places_ = 0;
  std::size_t count_ = 0;
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
  basic_interner(basic_interner&& other) noexcept
    requires(Parts == 1)
      : hash_(other.hash_) {
    swap(other);
  }
  basic_interner& operator=(basic_interner&& other) noexcept
    requires(Parts == 1)
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

  void swap(basic_interner& other) noexcept
    requires(Parts == 1)
  {
    strings_.swap(other.strings_);
    parts_[0].table.swap(other.parts_[0].table);
    std::swap(hash_, other.hash_);
    bool mine = frozen();
    frozen_.store(other.frozen(), std::memory_order_relaxed);
    other.frozen_.store(mine, std::memory_order_relaxed);
  }

 private:
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
