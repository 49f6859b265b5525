// What an interner is made of: the characters of its strings, and a table of their numbers by hash.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <snug/detail/fail.hpp>
#include <snug/detail/segments.hpp>

namespace snug::detail {

// The characters of all strings, by number. One writer at a time, any readers.
//
// The place of a string is an address of 32 bits. Addresses are cut into pages of 16 KiB, of which
// a table knows the memory; pages that follow one another in a region of memory are followed
// through by the strings in it. Regions grow with the number of characters, and a string that is
// long for a region has one of its own, so that what is left over at the end of a region is little.
template <class Atomics>
class string_store {
  static constexpr unsigned offset_bits = 14;
  static constexpr std::size_t page_bytes = std::size_t{1} << offset_bits;
  static constexpr std::size_t max_region = std::size_t{1} << 20;
  static constexpr std::uint32_t max_pages = std::uint32_t{1} << (32 - offset_bits);
  static constexpr std::size_t short_length = 255;  // below it the length is one byte

 public:
  string_store() = default;
  string_store(const string_store&) = delete;
  string_store& operator=(const string_store&) = delete;
  // REQUIRES: number was returned by add, here or in a thread that handed it over.
  std::string_view view(std::uint32_t number) const noexcept {
    std::uint32_t address = places_.get(number);
    const char* at = pages_.get(address >> offset_bits) + (address & (page_bytes - 1));
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
    char* at = pages_.get(address >> offset_bits) + (address & (page_bytes - 1));
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
  std::size_t bytes() const noexcept {
    return bytes_ + places_.bytes() + pages_.bytes() + regions_.capacity() * sizeof(regions_[0]);
  }

  void swap(string_store& other) noexcept {
    places_.swap(other.places_);
    pages_.swap(other.pages_);
    regions_.swap(other.regions_);
    std::swap(size_, other.size_);
    std::swap(page_count_, other.page_count_);
    std::swap(next_, other.next_);
    std::swap(left_, other.left_);
    std::swap(bytes_, other.bytes_);
  }

 private:
  std::uint32_t room_for(std::size_t n) {
    if (n <= left_) return take(n);
    std::size_t region = std::clamp(bytes_ / 32 / page_bytes * page_bytes, page_bytes, max_region);
    if (n > region / 32) {
      return add_region(n) << offset_bits;
    }
    next_ = add_region(region) << offset_bits;
    left_ = region;
    return take(n);
  }
  std::uint32_t take(std::size_t n) noexcept {
    left_ -= n;
    return static_cast<std::uint32_t>(std::exchange(next_, static_cast<std::uint32_t>(next_ + n)));
  }
  // Allocates `bytes` bytes and returns the number of their first page. Strong guarantee.
  std::uint32_t add_region(std::size_t bytes) {
    std::size_t pages = (bytes + page_bytes - 1) / page_bytes;
    if (pages > max_pages - page_count_) {
      raise<std::length_error>("snug::interner: more than 4 GiB of characters");
    }
    if (regions_.size() == regions_.capacity()) {
      regions_.reserve(regions_.size() + regions_.size() / 8 + 1);
    }
    for (std::size_t i = 0; i < pages; ++i) {
      pages_.reserve(page_count_ + static_cast<std::uint32_t>(i));
    }
    regions_.emplace_back(new char[bytes]);
    bytes_ += bytes;
    std::uint32_t first = page_count_;
    for (std::size_t i = 0; i < pages; ++i) {
      pages_.publish(page_count_++, regions_.back().get() + i * page_bytes);
    }
    return first;
  }

  segments<std::uint32_t, Atomics> places_;  // of the strings
  segments<char*, Atomics> pages_;
  std::vector<std::unique_ptr<char[]>> regions_;
  std::uint32_t size_ = 0;
  std::uint32_t page_count_ = 0;
  std::uint32_t next_ = 0;  // the address where the next string goes, if it fits
  std::size_t left_ = 0;    // behind it
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
    const std::size_t before = count_;
    larger.allocate(places_ == 0 ? 16 : places_ + places_ / 10 + 4);
    auto enter = [&](std::uint32_t number) {
      std::uint64_t hash = hash_of(number);
      if (count_ != before) fatal("interner: the hash used the interner");
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

}  // namespace snug::detail
