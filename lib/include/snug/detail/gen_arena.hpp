// gen_arena of slot_map.hpp: elements in blocks of 64, whose places are bits of a word.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/fail.hpp>
#include <snug/detail/slot_handle.hpp>

namespace snug {

// Elements of type T at fixed addresses under checked handles.
//
// Pointers and references to an element are valid until it is erased, through every other operation
// and a move of the arena. Iterators are valid until their element is erased; erase(iterator)
// returns the next. Memory is given back when the arena is destroyed. Overhead: 4 bytes an element
// and 40 bytes for 64 of them; free places of T are kept.
template <class T, class Tag = T, unsigned GenerationBits = 32>
class gen_arena {
  static constexpr std::uint32_t block_size = 64;
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  struct block {
    std::uint64_t occupied = 0;                   // has an element
    std::uint64_t available = ~std::uint64_t{0};  // may get one: not retired, nor in between
    block* next_with_space = nullptr;
    std::uint32_t number = 0;  // of the block
    std::uint32_t generations[block_size] = {};
    alignas(T) std::byte storage[block_size * sizeof(T)];

    T* element(std::uint32_t i) noexcept {
      return std::launder(reinterpret_cast<T*>(storage + std::size_t{i} * sizeof(T)));
    }
  };

  template <bool Const>
  class basic_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using reference = std::conditional_t<Const, const T&, T&>;
    using pointer = std::conditional_t<Const, const T*, T*>;

    basic_iterator() noexcept = default;
    template <bool C>
      requires(Const && !C)
    basic_iterator(const basic_iterator<C>& other) noexcept
        : arena_(other.arena_), block_(other.block_), index_(other.index_) {}

    reference operator*() const noexcept { return *block_->element(index_ % block_size); }
    pointer operator->() const noexcept { return block_->element(index_ % block_size); }
    basic_iterator& operator++() noexcept {
      std::uint32_t in_block = index_ % block_size;
      std::uint64_t later = block_->occupied & (~std::uint64_t{1} << in_block);
      if (later != 0) {
        index_ = index_ - in_block + static_cast<std::uint32_t>(std::countr_zero(later));
      } else {
        seek(index_ / block_size + 1);
      }
      return *this;
    }
    basic_iterator operator++(int) noexcept {
      auto old = *this;
      ++*this;
      return old;
    }
    // The handle of the element.
    [[nodiscard]] slot_handle<Tag, GenerationBits> handle() const noexcept {
      return {index_, block_->generations[index_ % block_size]};
    }
    friend bool operator==(const basic_iterator& a, const basic_iterator& b) noexcept {
      return a.index_ == b.index_;
    }

   private:
    friend class gen_arena;
    template <bool>
    friend class basic_iterator;

    // At the first element in block number `number` or a later one.
    basic_iterator(const gen_arena* arena, std::size_t number) noexcept : arena_(arena) {
      seek(number);
    }
    basic_iterator(const gen_arena* arena, block* b, std::uint32_t index) noexcept
        : arena_(arena), block_(b), index_(index) {}
    void seek(std::size_t number) noexcept {
      for (; number < arena_->blocks_.size(); ++number) {
        block_ = arena_->blocks_[number].get();
        if (block_->occupied != 0) {
          index_ = static_cast<std::uint32_t>(number) * block_size +
                   static_cast<std::uint32_t>(std::countr_zero(block_->occupied));
          return;
        }
      }
      index_ = none;
    }

    const gen_arena* arena_ = nullptr;
    block* block_ = nullptr;
    std::uint32_t index_ = none;
  };

 public:
  using value_type = T;
  using handle = slot_handle<Tag, GenerationBits>;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = basic_iterator<false>;
  using const_iterator = basic_iterator<true>;

  gen_arena() noexcept = default;
  // Takes over the elements; their addresses and handles stay. O(1).
  gen_arena(gen_arena&& other) noexcept
      : blocks_(std::move(other.blocks_)),
        with_space_(std::exchange(other.with_space_, nullptr)),
        size_(std::exchange(other.size_, 0)),
        retired_(std::exchange(other.retired_, 0)) {
    other.blocks_.clear();
  }
  gen_arena& operator=(gen_arena&& other) noexcept {
    gen_arena taken(std::move(other));
    swap(taken);
    return *this;
  }
  gen_arena(const gen_arena&) = delete;
  gen_arena& operator=(const gen_arena&) = delete;
  ~gen_arena() {
    if constexpr (!std::is_trivially_destructible_v<T>) {
      while (size_ != 0) clear();  // more than once if destructors insert
    }
  }

  // Puts an element in and returns its handle. O(1), an allocation for each 64 elements. Strong
  // guarantee; throws what T's constructor and the allocation throw, std::length_error past 2^32 -
  // 64 slots. T's constructor may use the arena.
  template <class... Args>
  handle emplace(Args&&... args) {
    if (with_space_ == nullptr) add_block();
    block& b = *with_space_;
    auto i = static_cast<std::uint32_t>(std::countr_zero(b.available));
    std::uint64_t bit = std::uint64_t{1} << i;
    b.available &= ~bit;
    if (b.available == 0) with_space_ = b.next_with_space;
    detail::rollback undo([&]() noexcept { make_available(b, bit); });
    void* place = b.storage + std::size_t{i} * sizeof(T);
    if constexpr (std::is_constructible_v<T, Args&&...>) {
      ::new (place) T(std::forward<Args>(args)...);
    } else {
      ::new (place) T{std::forward<Args>(args)...};
    }
    undo.dismiss();
    b.occupied |= bit;
    ++size_;
    return handle(b.number * block_size + i, ++b.generations[i]);
  }
  handle insert(const T& value) { return emplace(value); }
  handle insert(T&& value) { return emplace(std::move(value)); }

  // Whether the element of `h` is still here. O(1).
  [[nodiscard]] bool contains(handle h) const noexcept { return find(h) != nullptr; }
  // The element of `h`, or null when it was erased. O(1).
  [[nodiscard]] T* get(handle h) noexcept { return find(h); }
  [[nodiscard]] const T* get(handle h) const noexcept { return find(h); }
  // The element of `h`; throws std::out_of_range when it was erased.
  [[nodiscard]] T& at(handle h) {
    if (T* found = find(h)) return *found;
    detail::raise<std::out_of_range>("snug::gen_arena::at: the handle's element was erased");
  }
  [[nodiscard]] const T& at(handle h) const { return const_cast<gen_arena&>(*this).at(h); }
  // The element of `h`. REQUIRES: contains(h); checked when SNUG_CHECKED.
  [[nodiscard]] T& operator[](handle h) noexcept {
    SNUG_EXPECTS(contains(h), "gen_arena: operator[] with the handle of an erased element");
    return *blocks_[h.index() / block_size]->element(h.index() % block_size);
  }
  [[nodiscard]] const T& operator[](handle h) const noexcept {
    return const_cast<gen_arena&>(*this)[h];
  }
  // Pointers to the elements of several handles, which may all be changed together: they are
  // distinct. All null when one handle is invalid or two are equal. O(N^2), throws nothing.
  template <std::size_t N>
  [[nodiscard]] std::array<T*, N> get_many(const std::array<handle, N>& handles) noexcept {
    return detail::get_distinct(*this, handles);
  }
  template <std::size_t N>
  [[nodiscard]] std::array<const T*, N> get_many(
      const std::array<handle, N>& handles) const noexcept {
    return detail::get_distinct(*this, handles);
  }

  // Destroys the element of `h`; false when it is gone already. O(1). The handle is invalid before
  // T's destructor runs, which may use the arena.
  bool erase(handle h) noexcept {
    T* element = find(h);
    if (element == nullptr) return false;
    erase_at(h.index());
    return true;
  }
  // Destroys the element at `it` and returns the iterator after it.
  iterator erase(const_iterator it) noexcept {
    iterator next(it.arena_, it.block_, it.index_);
    erase_at(it.index_);
    return ++next;
  }
  // Erases the elements for which drop(element) is true; returns their number. O(slots).
  template <class F>
  size_type erase_if(F drop) {
    size_type before = size_;
    for (auto it = begin(); it != end();) {
      it = drop(std::as_const(*it)) ? erase(it) : std::next(it);
    }
    return before - size_;
  }
  // Destroys all elements; no handle given so far is ever valid again. Memory is kept. O(slots).
  void clear() noexcept {
    for (auto it = begin(); it != end();) it = erase(it);
  }
  // Calls f(element) for every element, by slot; the fastest walk. `f` may erase elements and
  // insert.
  template <class F>
  void for_each(F f) {
    for (std::size_t number = 0; number < blocks_.size(); ++number) {
      block& b = *blocks_[number];
      std::uint64_t seen = b.occupied;
      std::uint32_t i = 0;
      if (seen == ~std::uint64_t{0}) {  // full: as an array, as long as f erases nothing here
        for (; i < block_size && b.occupied == seen; ++i) f(*b.element(i));
        if (i == block_size) continue;
        seen = b.occupied;
      }
      for (std::uint64_t left = seen & (~std::uint64_t{0} << i); left != 0;) {
        i = static_cast<std::uint32_t>(std::countr_zero(left));
        f(*b.element(i));
        left &= left - 1;
        if (b.occupied != seen) {
          seen = b.occupied;
          left = seen & (~std::uint64_t{1} << i);
        }
      }
    }
  }

  // Makes room for `n` elements in all: no allocation until then. Strong guarantee.
  void reserve(size_type n) {
    std::size_t first = blocks_.size();
    block* before = with_space_;
    while (capacity() < n) add_block();
    with_space_ = before;  // the new blocks are to be filled in the order of their numbers
    for (std::size_t number = blocks_.size(); number-- > first;) {
      blocks_[number]->next_with_space = std::exchange(with_space_, blocks_[number].get());
    }
  }
  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] size_type capacity() const noexcept {
    return blocks_.size() * block_size - retired_;
  }
  // How many slots have used up their generations; their places are lost until the arena's end.
  [[nodiscard]] size_type retired_slots() const noexcept { return retired_; }

  [[nodiscard]] iterator begin() noexcept { return iterator(this, 0); }
  [[nodiscard]] iterator end() noexcept { return iterator(this, nullptr, none); }
  [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(this, 0); }
  [[nodiscard]] const_iterator end() const noexcept { return const_iterator(this, nullptr, none); }

  void swap(gen_arena& other) noexcept {
    blocks_.swap(other.blocks_);
    std::swap(with_space_, other.with_space_);
    std::swap(size_, other.size_);
    std::swap(retired_, other.retired_);
  }
  friend void swap(gen_arena& a, gen_arena& b) noexcept { a.swap(b); }

 private:
  T* find(handle h) const noexcept {
    std::size_t number = h.index() / block_size;
    std::uint32_t i = h.index() % block_size;
    if (number >= blocks_.size()) return nullptr;
    block& b = *blocks_[number];
    // Held slots have odd generations, so the null handle and those of free slots never match.
    return b.generations[i] == h.generation() && (h.generation() & 1) != 0 ? b.element(i) : nullptr;
  }

  SNUG_OUT_OF_LINE void add_block() {
    if (blocks_.size() >= none / block_size) {
      detail::raise<std::length_error>("snug::gen_arena: more than 2^32 - 64 slots");
    }
    blocks_.push_back(std::unique_ptr<block>(new block));
    block& b = *blocks_.back();
    b.number = static_cast<std::uint32_t>(blocks_.size() - 1);
    b.next_with_space = std::exchange(with_space_, &b);
  }

  void make_available(block& b, std::uint64_t bit) noexcept {
    if (b.available == 0) b.next_with_space = std::exchange(with_space_, &b);
    b.available |= bit;
  }

  void erase_at(std::uint32_t index) noexcept {
    std::uint32_t i = index % block_size;
    block& b = *blocks_[index / block_size];
    std::uint64_t bit = std::uint64_t{1} << i;
    b.occupied &= ~bit;
    b.generations[i] = detail::generation_after_erase(b.generations[i], handle::last_generation);
    --size_;
    bool retire = b.generations[i] == 0;
    if (retire) ++retired_;
    std::destroy_at(b.element(i));
    if (!retire) make_available(b, bit);
  }

  std::vector<std::unique_ptr<block>> blocks_;
  block* with_space_ = nullptr;  // the first of the blocks that have an available slot
  size_type size_ = 0;
  size_type retired_ = 0;
};

}  // namespace snug
