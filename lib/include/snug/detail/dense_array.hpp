// The elements of slot_map, side by side: a vector that is one for bool too, and that is whole
// whenever code of an element runs.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>

namespace snug::detail {

// REQUIRES: T moves without throwing. T may be incomplete where only the type is named.
template <class T>
class dense_array {
 public:
  dense_array() noexcept = default;
  dense_array(const dense_array& other) : dense_array() {  // delegates: a throw runs the destructor
    const T* const from = other.data_;
    const std::size_t n = other.size_;
    reserve(n);
    while (size_ < n) {
      std::construct_at(data_ + size_, std::as_const(from[size_]));
      ++size_;
      if (other.data_ != from || other.size_ != n) fatal("slot_map: changed while it is copied");
    }
  }
  dense_array(dense_array&& other) noexcept { swap(other); }
  dense_array& operator=(const dense_array&) = delete;
  dense_array& operator=(dense_array&&) = delete;
  ~dense_array() {
    std::destroy_n(data_, size_);
    release(data_);
  }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  T& operator[](std::size_t i) noexcept { return data_[i]; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bool empty() const noexcept { return size_ == 0; }

  // Makes room for one more. Strong guarantee.
  void reserve_one() {
    if (size_ == capacity_) grow();
  }
  void reserve(std::size_t n) {
    if (n > capacity_) reallocate(n);
  }
  void shrink_to_fit() {
    if (size_ < capacity_) reallocate(size_);
  }
  // Adds an element made from `arg`. REQUIRES: there is room. Strong guarantee.
  template <class U>
  void push(U&& arg) noexcept(std::is_nothrow_constructible_v<T, U&&>) {
    std::construct_at(data_ + size_, std::forward<U>(arg));
    ++size_;
  }
  void pop() noexcept { std::destroy_at(data_ + --size_); }
  // Takes the elements and leaves the memory: whoever destroys them finds this array empty.
  void swap(dense_array& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  // Destroys all elements; the memory is kept.
  void clear() noexcept { std::destroy_n(data_, std::exchange(size_, 0)); }

 private:
  static constexpr std::size_t most =
      static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());

  static constexpr bool over_aligned() noexcept {
    return alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__;
  }
  static T* allocate(std::size_t n) {
    if (n == 0) return nullptr;
    if (n > most / sizeof(T)) {
      raise<std::bad_array_new_length>("slot_map: more elements than memory");
    }
    if constexpr (over_aligned()) {
      return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t{alignof(T)}));
    } else {
      return static_cast<T*>(::operator new(n * sizeof(T)));
    }
  }
  static void release(T* data) noexcept {
    if constexpr (over_aligned()) {
      ::operator delete(static_cast<void*>(data), std::align_val_t{alignof(T)});
    } else {
      ::operator delete(static_cast<void*>(data));
    }
  }
  SNUG_OUT_OF_LINE void grow() {
    if (capacity_ > most / sizeof(T) / 2) {
      raise<std::bad_array_new_length>("slot_map: more elements than memory");
    }
    reallocate(std::max<std::size_t>(2 * capacity_, 4));
  }
  void reallocate(std::size_t n) {
    T* fresh = allocate(n);
    const std::size_t moved = size_;
    for (std::size_t i = 0; i < moved; ++i) std::construct_at(fresh + i, std::move(data_[i]));
    T* const old = std::exchange(data_, fresh);
    capacity_ = n;
    std::destroy_n(old, moved);  // when the array is whole again
    release(old);
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace snug::detail
