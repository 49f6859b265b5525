// gen_arena of slot_map.hpp: elements in blocks of 64, whose places are bits of a word.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/construct.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/held_places.hpp>
#include <snug/detail/slot_handle.hpp>

namespace snug {

// Elements of type T at fixed addresses under checked handles.
//
// There is no sort(), as no element ever moves: sort pointers or handles, or take a slot_map.
// Iterators go forwards alone: end() knows nothing of the arena, so that it survives its move.
//
// Pointers, references and iterators to an element are valid until it is erased, through every
// other operation, a move of the arena, swap() and merge(); erase(iterator) returns the next.
// Memory is given back by shrink_to_fit() and when the arena is destroyed. Overhead: 5 bytes an
// element and 56 bytes for 64 of them; free places of T are kept.
template <class T, class Tag = T, unsigned GenerationBits = 32>
class gen_arena {
  static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T>,
                "snug::gen_arena<T> holds objects: T must not be a reference, an array or const");
  static constexpr std::uint32_t block_size = 64;
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  struct block {
    detail::held_places held;    // which have an element
    std::uint64_t unusable = 0;  // the bits of places that are retired, or in between
    block* next = nullptr;       // by number
    block* next_with_space = nullptr;
    std::uint32_t number = 0;
    bool has_space = false;  // is in the chain of next_with_space
    std::uint32_t generations[block_size];
    alignas(T) std::byte storage[block_size * sizeof(T)];

    T* element(std::uint32_t i) noexcept {
      return std::launder(reinterpret_cast<T*>(storage + std::size_t{i} * sizeof(T)));
    }
    std::uint64_t available() const noexcept { return ~held.bits() & ~unusable; }
  };
  // A block, or in its place, when it was given back, what its successor must know: a generation
  // that is above all of its slots', or `lost`.
  struct seat {
    std::unique_ptr<block> held;
    std::uint32_t generation = 0;
  };
  static constexpr std::uint32_t lost = std::numeric_limits<std::uint32_t>::max();

  // The blocks are a chain, so that an iterator needs nothing of the arena object.
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
        : block_(other.block_), index_(other.index_) {}

    reference operator*() const noexcept { return *block_->element(index_); }
    pointer operator->() const noexcept { return block_->element(index_); }
    basic_iterator& operator++() noexcept {
      index_ = block_->held.next(index_ + 1);
      if (index_ == block_size) seek(block_->next);
      return *this;
    }
    basic_iterator operator++(int) noexcept {
      auto old = *this;
      ++*this;
      return old;
    }
    // The handle of the element.
    [[nodiscard]] slot_handle<Tag, GenerationBits> handle() const noexcept {
      return {block_->number * block_size + index_, block_->generations[index_]};
    }
    friend bool operator==(const basic_iterator& a, const basic_iterator& b) noexcept {
      return a.block_ == b.block_ && a.index_ == b.index_;
    }

   private:
    friend class gen_arena;
    template <bool>
    friend class basic_iterator;

    // At the first element in block `b` or a later one.
    explicit basic_iterator(block* b) noexcept { seek(b); }
    basic_iterator(block* b, std::uint32_t index) noexcept : block_(b), index_(index) {}
    void seek(block* b) noexcept {
      index_ = 0;
      while (b != nullptr && (index_ = b->held.next(0)) == block_size) b = b->next;
      block_ = b;
      if (b == nullptr) index_ = 0;
    }

    block* block_ = nullptr;
    std::uint32_t index_ = 0;  // in the block
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
  gen_arena(gen_arena&& other) noexcept { swap(other); }
  gen_arena& operator=(gen_arena&& other) noexcept {
    gen_arena taken(std::move(other));
    swap(taken);
    return *this;
  }
  gen_arena(const gen_arena&) = delete;
  gen_arena& operator=(const gen_arena&) = delete;
  ~gen_arena() {
    if constexpr (!std::is_trivially_destructible_v<T>) {
      clear();
    }
  }

  // Puts an element in and returns its handle. O(1), an allocation for each 64 elements. Strong
  // guarantee; throws what T's constructor and the allocation throw, std::length_error past 2^32 -
  // 64 slots. T's constructor may use the arena.
  template <class... Args>
  handle emplace(Args&&... args) {
    if (free_ == 0) [[unlikely]]
      go_to_space();
    block& b = *filling_;
    const std::uint32_t i = detail::lowest_bit(free_);
    free_ &= free_ - 1;
    if constexpr (detail::only_copies_bytes<T, Args&&...>) {
      detail::construct<T>(b.storage + std::size_t{i} * sizeof(T), std::forward<Args>(args)...);
    } else {
      b.unusable |= bit_of(i);  // for what its constructor inserts
      detail::rollback undo([&]() noexcept { make_available(b, i); });
      detail::construct<T>(b.storage + std::size_t{i} * sizeof(T), std::forward<Args>(args)...);
      require_here(b);
      undo.dismiss();
      b.unusable &= ~bit_of(i);
    }
    b.held.set(i);
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
    return *seats_[h.index() / block_size].held->element(h.index() % block_size);
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
    block* const b = block_of(h);
    if (b == nullptr) return false;
    erase_at(*b, h.index() % block_size);
    return true;
  }
  // Destroys the element at `it` and returns the iterator after it.
  iterator erase(const_iterator it) noexcept {
    SNUG_EXPECTS(it.block_ != nullptr && it.block_->held[it.index_],
                 "gen_arena: erase at an iterator without an element");
    iterator next(it.block_, it.index_);
    erase_at(*it.block_, it.index_);
    return ++next;
  }
  // Takes the element of `h` out and returns it. When T's move throws, it stays.
  [[nodiscard]] std::optional<T> extract(handle h) noexcept(
      std::is_nothrow_move_constructible_v<T>) {
    // One variable to return: g++ makes it in its place only then, and a move that throws behind
    // the erasure would lose the element.
    std::optional<T> out;
    if (T* element = find(h); element != nullptr) {
      out.emplace(std::move(*element));
      erase(h);
    }
    return out;
  }
  // Erases the elements for which drop(element) is true; returns their number. `drop` may erase
  // elements itself. O(slots).
  template <class F>
  size_type erase_if(F drop) {
    size_type erased = 0;
    for (auto it = begin(); it != end(); ++it) {
      handle h = it.handle();
      if (drop(std::as_const(*it)) && erase(h)) ++erased;
    }
    return erased;
  }
  // Destroys all elements, also those that their destructors put in; no handle given so far is ever
  // valid again. Memory is kept. O(slots).
  void clear() noexcept {
    while (size_ != 0) {
      for (auto it = begin(); it != end();) it = erase(it);
    }
  }
  // Calls f(element) for every element, by slot; the fastest walk. `f` may erase elements and
  // insert.
  template <class F>
  void for_each(F f) {
    for (block* b = first(); b != nullptr; b = b->next) walk_block<T>(*b, f);
  }
  template <class F>
  void for_each(F f) const {
    for (block* b = first(); b != nullptr; b = b->next) walk_block<const T>(*b, f);
  }

  // Makes room for `n` elements in all: no allocation until then. Strong guarantee.
  void reserve(size_type n) {
    if (n > max_size()) {  // not when the memory has been used up
      detail::raise<std::length_error>("snug::gen_arena: more than 2^32 - 64 slots");
    }
    while (capacity() < n) add_block();
    link_blocks_with_space();  // to be filled in the order of their numbers
  }
  // Gives back the blocks without an element; handles of erased elements stay invalid. A block with
  // a retired slot is kept. O(blocks), throws nothing. Must not be called from a function that
  // walks this arena.
  void shrink_to_fit() noexcept {
    for (seat& s : seats_) {
      if (s.held && s.held->available() == ~std::uint64_t{0}) leave(s);
    }
    link_all();
  }
  // Takes over the elements of `other`, which is left empty: their addresses and iterators stay,
  // their handles change. `renamed(old, fresh)` is called for each of them at the end. O(blocks),
  // and the calls. Strong guarantee, as far as `renamed` throws nothing; std::length_error past
  // 2^32 - 64 slots. No element of either arena may be in the making or dying.
  template <class F>
  void merge(gen_arena& other, F renamed) {
    if (std::addressof(other) == this) return;
    std::size_t from = seats_.size();
    if (other.seats_.size() > none / block_size - from) {
      detail::raise<std::length_error>("snug::gen_arena: more than 2^32 - 64 slots");
    }
    std::vector<std::uint32_t> old_numbers(other.seats_.size());
    seats_.reserve(from + other.seats_.size());
    for (seat& s : other.seats_) {
      if (!s.held || s.held->held.bits() == 0) continue;
      std::uint32_t old = s.held->number;
      seat taken{std::move(s.held), 0};
      s.generation = above_all(*taken.held);
      taken.held->number = static_cast<std::uint32_t>(seats_.size());
      old_numbers[seats_.size() - from] = old;
      auto retired = static_cast<size_type>(std::popcount(taken.held->unusable));
      retired_ += retired;
      other.retired_ -= retired;
      ++held_;
      --other.held_;
      seats_.push_back(std::move(taken));
    }
    size_ += std::exchange(other.size_, 0);
    link_all();
    other.link_all();
    for (std::size_t number = from; number < seats_.size(); ++number) {
      block* b = seats_[number].held.get();
      for (std::uint64_t left = b->held.bits(); left != 0; left &= left - 1) {
        const std::uint32_t i = detail::lowest_bit(left);
        renamed(handle(old_numbers[number - from] * block_size + i, b->generations[i]),
                handle(b->number * block_size + i, b->generations[i]));
      }
    }
  }
  void merge(gen_arena& other) {
    merge(other, [](handle, handle) {});
  }
  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] static constexpr size_type max_size() noexcept {
    return none / block_size * block_size;
  }
  [[nodiscard]] size_type capacity() const noexcept { return held_ * block_size - retired_; }
  // How many slots have used up their generations; their places are lost until the arena's end.
  [[nodiscard]] size_type retired_slots() const noexcept { return retired_; }

  [[nodiscard]] iterator begin() noexcept { return iterator(first()); }
  [[nodiscard]] iterator end() noexcept { return iterator(nullptr); }
  [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(first()); }
  [[nodiscard]] const_iterator end() const noexcept { return const_iterator(nullptr); }
  [[nodiscard]] const_iterator cbegin() const noexcept { return begin(); }
  [[nodiscard]] const_iterator cend() const noexcept { return end(); }
  // The iterator of the element of `h`, or end(). O(1).
  [[nodiscard]] iterator iterator_to(handle h) noexcept {
    return contains(h) ? iterator(seats_[h.index() / block_size].held.get(), h.index() % block_size)
                       : end();
  }
  [[nodiscard]] const_iterator iterator_to(handle h) const noexcept {
    return const_cast<gen_arena&>(*this).iterator_to(h);
  }
  // The handle of an element, null when it is none of this arena's. O(blocks): an iterator knows
  // its handle at once, and an element that needs its own is best told it.
  [[nodiscard]] handle handle_of(const T& element) const noexcept {
    auto at = reinterpret_cast<std::uintptr_t>(std::addressof(element));
    for (block* b = first(); b != nullptr; b = b->next) {
      std::uintptr_t offset = at - reinterpret_cast<std::uintptr_t>(b->storage);
      if (offset >= sizeof b->storage) continue;
      auto i = static_cast<std::uint32_t>(offset / sizeof(T));
      return b->held[i] ? handle(b->number * block_size + i, b->generations[i]) : handle();
    }
    return {};
  }

  void swap(gen_arena& other) noexcept {
    seats_.swap(other.seats_);
    std::swap(filling_, other.filling_);
    std::swap(free_, other.free_);
    std::swap(with_space_, other.with_space_);
    std::swap(held_, other.held_);
    std::swap(size_, other.size_);
    std::swap(retired_, other.retired_);
  }
  friend void swap(gen_arena& a, gen_arena& b) noexcept { a.swap(b); }

 private:
  // The block of the element of `h`, or null.
  block* block_of(handle h) const noexcept {
    std::size_t number = h.index() / block_size;
    if (number >= seats_.size()) return nullptr;
    block* b = seats_[number].held.get();
    if (b == nullptr) return nullptr;
    // Held slots have odd generations, so the null handle and those of free slots never match.
    return (b->generations[h.index() % block_size] == h.generation()) & (h.generation() & 1)
               ? b
               : nullptr;
  }
  T* find(handle h) const noexcept {
    block* const b = block_of(h);
    return b == nullptr ? nullptr : b->element(h.index() % block_size);
  }
  block* first() const noexcept {
    for (const seat& s : seats_) {
      if (s.held) return s.held.get();
    }
    return nullptr;
  }

  // What is there when the block is reached; whatever f erases is not met.
  template <class Element, class F>
  static void walk_block(block& b, F& f) {
    std::uint32_t i = 0;
    while (i < block_size && b.held.all_of_eight(i)) {  // as an array, where there are no holes
      const std::uint32_t first = i;
      do {
        f(static_cast<Element&>(*b.element(i++)));
      } while (i < first + 8 && b.held.all_of_eight(first));
      if (i < first + 8) break;
    }
    if (i == block_size) return;
    for (std::uint64_t left = b.held.bits() & (~std::uint64_t{0} << i); left != 0;
         left &= left - 1) {
      i = detail::lowest_bit(left);
      if (b.held[i]) f(static_cast<Element&>(*b.element(i)));
    }
  }

  // A new block, in the first seat that has none, else behind the others.
  SNUG_OUT_OF_LINE void add_block() {
    std::size_t number = seats_.size();
    if (held_ < seats_.size()) {
      auto free = [](const seat& s) { return !s.held && s.generation != lost; };
      number = static_cast<std::size_t>(std::find_if(seats_.begin(), seats_.end(), free) -
                                        seats_.begin());
    }
    if (number >= none / block_size) {
      detail::raise<std::length_error>("snug::gen_arena: more than 2^32 - 64 slots");
    }
    std::unique_ptr<block> made(new block);
    if (number == seats_.size()) seats_.emplace_back();
    std::fill(made->generations, made->generations + block_size, seats_[number].generation);
    made->number = static_cast<std::uint32_t>(number);
    list(*made);
    block* after = nullptr;
    for (std::size_t n = number + 1; n < seats_.size() && after == nullptr; ++n) {
      after = seats_[n].held.get();
    }
    made->next = after;
    for (std::size_t n = number; n-- > 0;) {
      if (!seats_[n].held) continue;
      seats_[n].held->next = made.get();
      break;
    }
    seats_[number].held = std::move(made);
    ++held_;
  }
  // An even generation that is above those of all slots, or `lost` when there is none.
  static std::uint32_t above_all(const block& b) noexcept {
    if (b.unusable != 0) return lost;
    std::uint32_t most = 0;
    for (std::uint32_t g : b.generations) {
      if ((g & 1) != 0) {
        g = detail::generation_after_erase(g, handle::last_generation);
        if (g == 0) return lost;
      }
      most = std::max(most, g);
    }
    return most;
  }
  // Gives the block back. REQUIRES: all its slots are available, so none is retired.
  void leave(seat& s) noexcept {
    std::uint32_t generation = 0;
    for (std::uint32_t g : s.held->generations) generation = std::max(generation, g);
    s.generation = generation;
    s.held.reset();
    --held_;
  }
  // The chain of all blocks, and that of the blocks with available slots, by number.
  void link_all() noexcept {
    block* after = nullptr;
    for (std::size_t n = seats_.size(); n-- > 0;) {
      if (seats_[n].held) seats_[n].held->next = std::exchange(after, seats_[n].held.get());
    }
    link_blocks_with_space();
  }
  void link_blocks_with_space() noexcept {
    with_space_ = filling_ = nullptr;
    free_ = 0;
    for (std::size_t n = seats_.size(); n-- > 0;) {
      block* b = seats_[n].held.get();
      if (b == nullptr) continue;
      b->has_space = false;
      if (b->available() != 0) list(*b);
    }
  }

  // After code of an element ran, which must not have taken the block away.
  void require_here([[maybe_unused]] const block& b) const noexcept {
    if constexpr (!std::is_trivially_copyable_v<T> || SNUG_CHECKED) {
      if (b.number >= seats_.size() || seats_[b.number].held.get() != &b)
        detail::fatal("gen_arena: moved by the constructor or destructor of an element");
    }
  }
  static std::uint64_t bit_of(std::uint32_t i) noexcept { return std::uint64_t{1} << i; }
  void list(block& b) noexcept {
    b.has_space = true;
    b.next_with_space = std::exchange(with_space_, &b);
  }
  // Makes the next block with space, or a new one, the one that is filled.
  SNUG_OUT_OF_LINE void go_to_space() {
    if (with_space_ == nullptr) add_block();
    filling_ = with_space_;
    with_space_ = filling_->next_with_space;
    filling_->has_space = false;
    free_ = filling_->available();
  }
  void make_available(block& b, std::uint32_t i) noexcept {
    b.unusable &= ~bit_of(i);
    free_again(b, i);
  }
  void free_again(block& b, std::uint32_t i) noexcept {
    if (b.has_space) [[likely]]
      return;
    if (&b == filling_) {
      free_ |= bit_of(i);
    } else if (free_ == 0) {  // neither block has another place
      filling_ = &b;
      free_ = bit_of(i);
    } else {
      list(b);
    }
  }

  void erase_at(block& b, std::uint32_t i) noexcept {
    std::uint32_t generation =
        detail::generation_after_erase(b.generations[i], handle::last_generation);
    b.held.reset(i);
    b.generations[i] = generation;
    --size_;
    const bool retire = generation == 0;
    if constexpr (std::is_trivially_destructible_v<T>) {
      if (!retire) free_again(b, i);
    } else {
      b.unusable |= bit_of(i);  // for what its destructor inserts
      std::destroy_at(b.element(i));
      require_here(b);
      if (!retire) make_available(b, i);
    }
    if (retire) [[unlikely]] {
      b.unusable |= bit_of(i);
      ++retired_;
    }
  }

  std::vector<seat> seats_;
  block* filling_ = nullptr;     // the block that insertions fill
  std::uint64_t free_ = 0;       // the places of it that they may still take
  block* with_space_ = nullptr;  // the first of the blocks that had an available place since
  std::size_t held_ = 0;         // seats with a block
  size_type size_ = 0;
  size_type retired_ = 0;
};

}  // namespace snug
