// secondary_map: values beside the elements of a slot_map or gen_arena; part of
// <snug/slot_map.hpp>.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/arrow.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/slot_handle.hpp>

namespace snug {

// Further data for the elements of a slot_map or gen_arena, under the handles of that container.
//
// A value is found only with the handle it was stored under: when the slot has been reused since,
// the old value is out of reach, and it is replaced when one is stored under the newer handle. A
// vector indexed by slot: good when most elements have a value.
//
// Pointers, references and iterators are valid until the next insertion; the iterator of an erased
// value goes on. Coming back: V's constructors and destructor may use the map, by the rule of
// slot_map.hpp, if V moves without throwing; its moves and assignments must not. Thread-safety: as
// a vector. Idea: slotmap::SecondaryMap (Rust).
template <class Handle, class V>
class secondary_map {
  static_assert(std::is_object_v<V> && !std::is_array_v<V> && !std::is_const_v<V>,
                "snug::secondary_map<H, V> holds objects: V must not be a reference, an array or "
                "const");
  // As in slot_map.
  enum : bool { known = requires { sizeof(V); } };
  struct entry {
    std::uint32_t generation = 0;
    std::optional<V> value;
  };

  // By slot. What it points to has two members: `handle` and `value`, a reference.
  template <bool Const>
  class basic_iterator {
    using map = std::conditional_t<Const, const secondary_map, secondary_map>;

   public:
    struct reference {
      Handle handle;
      std::conditional_t<Const, const V&, V&> value;
    };
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using value_type = reference;
    using difference_type = std::ptrdiff_t;
    using pointer = detail::arrow<reference>;

    basic_iterator() noexcept = default;
    template <bool C>
      requires(Const && !C)
    basic_iterator(const basic_iterator<C>& other) noexcept
        : map_(other.map_), index_(other.index_) {}

    reference operator*() const noexcept {
      auto& e = map_->entries_[index_];
      return {Handle(static_cast<std::uint32_t>(index_), e.generation), *e.value};
    }
    pointer operator->() const noexcept { return {**this}; }
    basic_iterator& operator++() noexcept {
      ++index_;
      seek();
      return *this;
    }
    basic_iterator operator++(int) noexcept {
      auto old = *this;
      ++*this;
      return old;
    }
    friend bool operator==(const basic_iterator& a, const basic_iterator& b) noexcept {
      return a.index_ == b.index_;
    }

   private:
    friend class secondary_map;
    template <bool>
    friend class basic_iterator;
    basic_iterator(map* of, std::size_t index) noexcept : map_(of), index_(index) { seek(); }
    void seek() noexcept {
      while (index_ < map_->entries_.size() && !map_->entries_[index_].value) ++index_;
      if (index_ >= map_->entries_.size()) index_ = end_index;
    }
    static constexpr std::size_t end_index = static_cast<std::size_t>(-1);
    map* map_ = nullptr;
    std::size_t index_ = end_index;
  };

 public:
  using key_type = Handle;
  using mapped_type = V;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using iterator = basic_iterator<false>;
  using const_iterator = basic_iterator<true>;
  using value_type = std::iter_value_t<const_iterator>;
  using reference = std::iter_reference_t<iterator>;
  using const_reference = std::iter_reference_t<const_iterator>;

  secondary_map() noexcept = default;
  secondary_map(const secondary_map& other)
    requires(!known || std::is_copy_constructible_v<V>)
      : size_(other.size_) {
    const entry* const from = other.entries_.data();
    const std::size_t n = other.entries_.size();
    entries_.reserve(n);
    while (entries_.size() < n) {
      entries_.push_back(from[entries_.size()]);
      if (other.entries_.data() != from || other.size_ != size_)
        detail::fatal("secondary_map: changed while it is copied");
    }
  }
  secondary_map(secondary_map&& other) noexcept { swap(other); }
  secondary_map& operator=(const secondary_map& other)
    requires(!known || std::is_copy_constructible_v<V>)
  {
    secondary_map copy(other);
    swap(copy);
    return *this;
  }
  secondary_map& operator=(secondary_map&& other) noexcept {
    secondary_map taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~secondary_map() { clear(); }

  // Stores `value`, which may be a value of this map, under `handle`. Returns its address, or null
  // when nothing was stored: the handle is null, or older than the one the slot's value is stored
  // under. Amortised O(1), O(handle.index()) for the first value of a high slot. Strong guarantee,
  // if V moves without throwing; otherwise V's assignment may leave a value half assigned (without
  // one, the old value is gone when V's move throws).
  template <class U = V>
    requires std::is_constructible_v<V, U>
  V* insert_or_assign(Handle handle, U&& value) {
    if (!handle || holds_newer(handle)) return nullptr;
    V fresh = detail::made_of<V>(std::forward<U>(value));
    if (handle.index() >= entries_.size()) entries_.resize(std::size_t{handle.index()} + 1);
    if (holds_newer(handle)) return nullptr;  // stored by V's constructor
    entry& e = entries_[handle.index()];
    if (!e.value) {
      e.value.emplace(std::move(fresh));
      ++size_;
      e.generation = handle.generation();
    } else if constexpr (std::is_nothrow_move_constructible_v<V>) {
      std::optional<V> old(std::move(*e.value));
      e.value.emplace(std::move(fresh));
      e.generation = handle.generation();
      old.reset();  // the map is whole: what is destroyed may use it
      return get(handle);
    } else if constexpr (std::is_move_assignable_v<V>) {
      *e.value = std::move(fresh);
      e.generation = handle.generation();
    } else {
      erase(handle_of(e, handle.index()));
      e.value.emplace(std::move(fresh));
      ++size_;
      e.generation = handle.generation();
    }
    return std::addressof(*e.value);
  }

  // Makes room for the values of handles whose index() is below `n`: no allocation for them. Strong
  // guarantee, if V moves without throwing or can be copied.
  void reserve(size_type n) { entries_.reserve(n); }

  // The value under `handle`, or null. O(1).
  [[nodiscard]] V* get(Handle handle) noexcept {
    return contains(handle) ? std::addressof(*entries_[handle.index()].value) : nullptr;
  }
  [[nodiscard]] const V* get(Handle handle) const noexcept {
    return contains(handle) ? std::addressof(*entries_[handle.index()].value) : nullptr;
  }
  [[nodiscard]] bool contains(Handle handle) const noexcept {
    return handle.index() < entries_.size() && entries_[handle.index()].value &&
           entries_[handle.index()].generation == handle.generation();
  }

  // Removes the value under `handle`; false when there was none. O(1).
  bool erase(Handle handle) noexcept {
    if (!contains(handle)) return false;
    if constexpr (std::is_nothrow_move_constructible_v<V>) {
      take(handle);  // destroyed when the map is whole
    } else {
      --size_;
      entries_[handle.index()].value.reset();
    }
    return true;
  }
  // Removes the value at `it` and returns the iterator after it.
  iterator erase(const_iterator it) noexcept {
    std::size_t index = it.index_;
    SNUG_EXPECTS(index < entries_.size() && entries_[index].value,
                 "secondary_map: erase at an iterator without a value");
    erase((*it).handle);
    return iterator(this, index + 1);
  }
  // Removes the value under `handle` and returns it; empty when there was none.
  [[nodiscard]] std::optional<V> extract(Handle handle) noexcept(
      std::is_nothrow_move_constructible_v<V>) {
    if (!contains(handle)) return std::nullopt;
    return take(handle);
  }
  // Removes the values whose handle `owner` (a slot_map or gen_arena) no longer knows. O(slots).
  template <class Owner>
  size_type erase_stale(const Owner& owner) noexcept {
    size_type erased = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!entries_[i].value) continue;
      Handle handle(static_cast<std::uint32_t>(i), entries_[i].generation);
      if (!owner.contains(handle) && erase(handle)) ++erased;
    }
    return erased;
  }
  // Removes all values, also those that their destructors put in, and gives the memory back. V's
  // destructors find the map empty.
  void clear() noexcept {
    while (!entries_.empty()) {
      std::vector<entry> dead;
      dead.swap(entries_);
      size_ = 0;
    }
  }

  // Calls f(handle, value) for every value, by slot. `f` may erase values. O(slots).
  template <class F>
  void for_each(F f) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].value) {
        f(Handle(static_cast<std::uint32_t>(i), entries_[i].generation), *entries_[i].value);
      }
    }
  }
  template <class F>
  void for_each(F f) const {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].value) {
        f(Handle(static_cast<std::uint32_t>(i), entries_[i].generation), *entries_[i].value);
      }
    }
  }
  [[nodiscard]] iterator begin() noexcept { return iterator(this, 0); }
  [[nodiscard]] iterator end() noexcept { return iterator(this, iterator::end_index); }
  [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(this, 0); }
  [[nodiscard]] const_iterator end() const noexcept {
    return const_iterator(this, const_iterator::end_index);
  }
  [[nodiscard]] const_iterator cbegin() const noexcept { return begin(); }
  [[nodiscard]] const_iterator cend() const noexcept { return end(); }

  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  void swap(secondary_map& other) noexcept {
    entries_.swap(other.entries_);
    std::swap(size_, other.size_);
  }
  friend void swap(secondary_map& a, secondary_map& b) noexcept { a.swap(b); }

 private:
  bool holds_newer(Handle handle) const noexcept {
    return handle.index() < entries_.size() && entries_[handle.index()].value &&
           entries_[handle.index()].generation > handle.generation();
  }
  static Handle handle_of(const entry& e, std::uint32_t index) noexcept {
    return Handle(index, e.generation);
  }
  // REQUIRES: contains(handle).
  std::optional<V> take(Handle handle) noexcept(std::is_nothrow_move_constructible_v<V>) {
    entry& e = entries_[handle.index()];
    std::optional<V> out(std::move(*e.value));
    --size_;
    e.value.reset();
    return out;
  }

  std::vector<entry> entries_;
  size_type size_ = 0;
};

}  // namespace snug
