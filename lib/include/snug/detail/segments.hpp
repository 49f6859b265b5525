// An array that grows without moving its elements, so that readers need no lock.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace snug::detail {

// The atomics of data that one thread uses at a time.
struct plain_atomics {
  template <class T>
  struct atomic {
    T value{};
    T load(std::memory_order) const noexcept { return value; }
    void store(T v, std::memory_order) noexcept { value = v; }
  };
  struct mutex {
    void lock() noexcept {}
    void unlock() noexcept {}
  };
};

// Elements 0, 1, 2 ... of type Atomics::atomic<T> in segments of 32, 32, ... 64, 64, ... elements:
// eight of each size, so that at most an eighth is allocated in advance. One writer at a time; any
// readers.
template <class T, class Atomics>
class segments {
  using cell = typename Atomics::template atomic<T>;
  static constexpr unsigned first_level = 8;

  struct place {
    std::size_t segment;
    std::size_t offset;
    std::size_t size;  // of the segment
  };
  static constexpr place place_of(std::uint32_t index) noexcept {
    std::uint64_t n = std::uint64_t{index} + (1u << first_level);
    auto level = static_cast<unsigned>(std::bit_width(n)) - 1;
    std::uint64_t in_level = n - (std::uint64_t{1} << level);
    unsigned shift = level - 3;
    return {(level - first_level) * std::size_t{8} + static_cast<std::size_t>(in_level >> shift),
            static_cast<std::size_t>(in_level & ((std::uint64_t{1} << shift) - 1)),
            std::size_t{1} << shift};
  }

 public:
  segments() = default;
  segments(const segments&) = delete;
  segments& operator=(const segments&) = delete;
  ~segments() {
    for (auto& s : directory_) delete[] s.load(std::memory_order_relaxed);
  }

  // The element; acquires what was published with it. REQUIRES: it was published.
  T get(std::uint32_t index) const noexcept {
    place p = place_of(index);
    return directory_[p.segment].load(std::memory_order_acquire)[p.offset].load(
        std::memory_order_acquire);
  }
  // Makes room for the element. Throws std::bad_alloc; then nothing has changed.
  void reserve(std::uint32_t index) {
    place p = place_of(index);
    if (directory_[p.segment].load(std::memory_order_relaxed) != nullptr) return;
    directory_[p.segment].store(new cell[p.size](), std::memory_order_release);
    bytes_ += p.size * sizeof(cell);
  }
  // Sets the element, and releases what the writer wrote before. REQUIRES: reserve(index).
  void publish(std::uint32_t index, T value) noexcept {
    place p = place_of(index);
    directory_[p.segment].load(std::memory_order_relaxed)[p.offset].store(
        value, std::memory_order_release);
  }
  std::size_t bytes() const noexcept { return bytes_; }

  void swap(segments& other) noexcept {
    for (std::size_t i = 0; i < directory_.size(); ++i) {
      cell* mine = directory_[i].load(std::memory_order_relaxed);
      directory_[i].store(other.directory_[i].load(std::memory_order_relaxed),
                          std::memory_order_relaxed);
      other.directory_[i].store(mine, std::memory_order_relaxed);
    }
    std::swap(bytes_, other.bytes_);
  }

 private:
  std::array<typename Atomics::template atomic<cell*>, (33 - first_level) * 8> directory_{};
  std::size_t bytes_ = 0;
};

}  // namespace snug::detail
