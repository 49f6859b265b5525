// secondary_map: values beside the elements of a slot_map or gen_arena; part of
// <snug/slot_map.hpp>.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <snug/detail/slot_handle.hpp>

namespace snug {

// Further data for the elements of a slot_map or gen_arena, under the handles of that container.
//
// A value is found only with the handle it was stored under: when the slot has been reused since,
// the old value is out of reach, and it is replaced when one is stored under the newer handle. A
// vector indexed by slot: good when most elements have a value.
//
// Pointers and references are valid until the next insertion. Thread-safety: as a vector.
// Idea: slotmap::SecondaryMap (Rust).
template <class Handle, class V>
class secondary_map {
  struct entry {
    std::uint32_t generation = 0;
    std::optional<V> value;
  };

 public:
  using key_type = Handle;
  using mapped_type = V;
  using size_type = std::size_t;

  // Stores `value` under `handle`. Returns its address, or null when nothing was stored: the handle
  // is null, or older than the one the slot's value is stored under. Amortised O(1),
  // O(handle.index()) for the first value of a high slot. Strong guarantee, except that V's
  // assignment may leave a value half assigned when it throws.
  template <class U = V>
  V* insert_or_assign(Handle handle, U&& value) {
    if (!handle) return nullptr;
    if (handle.index() >= entries_.size()) entries_.resize(std::size_t{handle.index()} + 1);
    entry& e = entries_[handle.index()];
    if (e.value && e.generation > handle.generation()) return nullptr;
    if (e.value && e.generation == handle.generation()) {
      *e.value = std::forward<U>(value);
      return &*e.value;
    }
    V fresh(std::forward<U>(value));  // before the old value goes: `value` may be it
    if (e.value) {
      e.value.reset();
      --size_;
    }
    e.value.emplace(std::move(fresh));
    e.generation = handle.generation();
    ++size_;
    return &*e.value;
  }

  // The value under `handle`, or null. O(1).
  [[nodiscard]] V* get(Handle handle) noexcept {
    return contains(handle) ? &*entries_[handle.index()].value : nullptr;
  }
  [[nodiscard]] const V* get(Handle handle) const noexcept {
    return contains(handle) ? &*entries_[handle.index()].value : nullptr;
  }
  [[nodiscard]] bool contains(Handle handle) const noexcept {
    return handle.index() < entries_.size() && entries_[handle.index()].value &&
           entries_[handle.index()].generation == handle.generation();
  }

  // Removes the value under `handle`; false when there was none. O(1).
  bool erase(Handle handle) noexcept {
    if (!contains(handle)) return false;
    --size_;
    entries_[handle.index()].value.reset();
    return true;
  }
  // Removes the values whose handle `owner` (a slot_map or gen_arena) no longer knows. O(slots).
  template <class Owner>
  size_type erase_stale(const Owner& owner) noexcept {
    size_type before = size_;
    for_each([&](Handle handle, V&) {
      if (!owner.contains(handle)) erase(handle);
    });
    return before - size_;
  }
  void clear() noexcept {
    entries_.clear();
    size_ = 0;
  }

  // Calls f(handle, value) for every value, by slot. O(slots).
  template <class F>
  void for_each(F f) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].value) {
        f(Handle(static_cast<std::uint32_t>(i), entries_[i].generation), *entries_[i].value);
      }
    }
  }

  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  std::vector<entry> entries_;
  size_type size_ = 0;
};

}  // namespace snug
