// Containers that hand out checked 8-byte handles: an erased element's handle never finds another
// one.
//
//   slot_map<T>    elements side by side in one array, in no particular order: the fastest to walk.
//                  An element moves when another one is erased. T must move without throwing.
//   gen_arena<T>   elements in blocks of 64 that never move: pointers stay valid until the erasure.
//   secondary_map  further values under the handles of either.
//
// Example:
//
//     #include <snug/slot_map.hpp>
//     #include <string>
//
//     struct monster { std::string name; int health; };
//
//     int main() {
//       snug::slot_map<monster> monsters;
//       auto orc = monsters.insert({"orc", 30});
//       auto elf = monsters.insert({"elf", 20});
//       monsters.erase(orc);
//       auto rat = monsters.insert({"rat", 1});          // reuses the slot of the orc ...
//       bool ok = monsters.get(orc) == nullptr;          // ... whose handle stays invalid
//       ok = ok && monsters.get(rat)->name == "rat";
//
//       snug::secondary_map<decltype(elf), int> gold;    // beside the elements
//       gold.insert_or_assign(elf, 7);
//       int health = 0;
//       for (const monster& m : monsters) health += m.health;
//       return ok && health == 21 && *gold.get(elf) == 7 ? 0 : 1;
//     }
//
// Handles: a slot whose generations are used up is retired instead of starting again, clear() makes
// all handles invalid, and a free slot matches none. Handles go with the elements: after a move or
// swap of the container they are looked up in the new one; handles of a container that was assigned
// to, and handles of another container of the same type, must not be used. `Tag` tells containers
// apart at compile time. `GenerationBits` (1 to 32) is for tests and for stored handles.
//
// Exceptions: insert and emplace have the strong guarantee; get, contains and erase throw nothing.
// Thread-safety: as a std::vector: concurrent readers, or one writer.
// Ideas: orlp/slotmap (parity of generations, secondary maps), SergeyMakeev/SlotMap (retired
// slots).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/fail.hpp>
#include <snug/detail/secondary_map.hpp>
#include <snug/detail/slot_handle.hpp>

namespace snug {

// A dense array of T under checked handles.
//
// Iterators, pointers and references are invalid after an insertion (when size() reaches
// capacity()) and after any erasure; handles are not. Overhead: 12 bytes an element.
template <class T, class Tag = T, unsigned GenerationBits = 32>
class slot_map {
 public:
  using value_type = T;
  using handle = slot_handle<Tag, GenerationBits>;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = T*;
  using const_iterator = const T*;

  slot_map() noexcept = default;
  // A copy has the same elements under the same handles.
  slot_map(const slot_map&) = default;
  slot_map& operator=(const slot_map& other) {
    slot_map copy(other);
    swap(copy);
    return *this;
  }
  slot_map(slot_map&& other) noexcept
      : values_(std::move(other.values_)),
        slot_of_(std::move(other.slot_of_)),
        slots_(std::move(other.slots_)),
        first_free_(std::exchange(other.first_free_, none)),
        retired_(std::exchange(other.retired_, 0)) {
    other.values_.clear();
    other.slot_of_.clear();
    other.slots_.clear();
  }
  slot_map& operator=(slot_map&& other) noexcept {
    slot_map taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~slot_map() {  // here T is complete
    static_assert(std::is_nothrow_move_constructible_v<T>,
                  "snug::slot_map<T>: an erasure moves the last element into the gap, so T must be "
                  "nothrow move constructible; use snug::gen_arena<T>, which never moves elements");
  }

  // Puts an element in and returns its handle. Amortised O(1). Strong guarantee; throws what T's
  // constructor and the allocations throw, std::length_error past 2^32 - 2 slots. The arguments may
  // refer to elements of the map; T's constructor must not use the map.
  template <class... Args>
  handle emplace(Args&&... args) {
    if (first_free_ == none) add_slot();
    std::uint32_t index = first_free_;
    slot_of_.push_back(index);
    detail::rollback undo([this]() noexcept { slot_of_.pop_back(); });
    if constexpr (std::is_constructible_v<T, Args&&...>) {
      values_.emplace_back(std::forward<Args>(args)...);
    } else {
      values_.push_back(T{std::forward<Args>(args)...});
    }
    undo.dismiss();
    slot& s = slots_[index];
    first_free_ = s.place;
    s.place = static_cast<std::uint32_t>(values_.size() - 1);
    ++s.generation;
    return handle(index, s.generation);
  }
  handle insert(const T& value) { return emplace(value); }
  handle insert(T&& value) { return emplace(std::move(value)); }

  // Whether the element of `h` is still here. O(1).
  [[nodiscard]] bool contains(handle h) const noexcept {
    // Held slots have odd generations, so the null handle and those of free slots never match.
    return h.index() < slots_.size() && slots_[h.index()].generation == h.generation() &&
           (h.generation() & 1) != 0;
  }
  // The element of `h`, or null when it was erased. O(1).
  [[nodiscard]] T* get(handle h) noexcept {
    return contains(h) ? values_.data() + slots_[h.index()].place : nullptr;
  }
  [[nodiscard]] const T* get(handle h) const noexcept {
    return contains(h) ? values_.data() + slots_[h.index()].place : nullptr;
  }
  // The element of `h`; throws std::out_of_range when it was erased.
  [[nodiscard]] T& at(handle h) {
    if (T* found = get(h)) return *found;
    detail::raise<std::out_of_range>("snug::slot_map::at: the handle's element was erased");
  }
  [[nodiscard]] const T& at(handle h) const { return const_cast<slot_map&>(*this).at(h); }
  // The element of `h`. REQUIRES: contains(h); checked when SNUG_CHECKED.
  [[nodiscard]] T& operator[](handle h) noexcept {
    SNUG_EXPECTS(contains(h), "slot_map: operator[] with the handle of an erased element");
    return values_[slots_[h.index()].place];
  }
  [[nodiscard]] const T& operator[](handle h) const noexcept {
    return const_cast<slot_map&>(*this)[h];
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

  // Takes the element of `h` out; false when it is gone already. O(1): the last element moves into
  // the gap. T's destructor runs last and may use the map.
  bool erase(handle h) noexcept {
    return take(h, [](T&&) noexcept {});
  }
  // Takes the element of `h` out and returns it.
  [[nodiscard]] std::optional<T> extract(handle h) noexcept {
    std::optional<T> out;
    take(h, [&](T&& value) noexcept { out.emplace(std::move(value)); });
    return out;
  }
  // Erases the elements for which drop(element) is true; returns their number. O(size()).
  template <class F>
  size_type erase_if(F drop) {
    size_type before = size();
    for (std::size_t i = 0; i < values_.size();) {
      if (drop(std::as_const(values_[i]))) {
        erase(handle_at(i));
      } else {
        ++i;
      }
    }
    return before - size();
  }
  // Erases all elements; no handle given so far is ever valid again. O(size()).
  void clear() noexcept {
    for (std::uint32_t index : slot_of_) release_slot(index);
    slot_of_.clear();
    std::vector<T> dead(std::move(values_));
    values_.clear();
    dead.clear();                             // destructors see an empty map
    if (values_.empty()) values_.swap(dead);  // and the memory is kept
  }

  // Makes room for `n` elements: no allocation until then. Strong guarantee.
  void reserve(size_type n) {
    values_.reserve(n);
    slot_of_.reserve(n);
    slots_.reserve(n + retired_);
  }

  [[nodiscard]] size_type size() const noexcept { return values_.size(); }
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  [[nodiscard]] size_type capacity() const noexcept { return values_.capacity(); }
  // How many slots have used up their generations; 8 bytes each, until the map is destroyed.
  [[nodiscard]] size_type retired_slots() const noexcept { return retired_; }

  // The elements, side by side. The order is that of insertion, until an erasure.
  [[nodiscard]] std::span<T> values() noexcept { return values_; }
  [[nodiscard]] std::span<const T> values() const noexcept { return values_; }
  [[nodiscard]] T* begin() noexcept { return values_.data(); }
  [[nodiscard]] T* end() noexcept { return values_.data() + values_.size(); }
  [[nodiscard]] const T* begin() const noexcept { return values_.data(); }
  [[nodiscard]] const T* end() const noexcept { return values_.data() + values_.size(); }
  // The handle of the element at a position of values(), or of an element. O(1).
  // REQUIRES: it is an element of this map.
  [[nodiscard]] handle handle_at(size_type position) const noexcept {
    std::uint32_t index = slot_of_[position];
    return handle(index, slots_[index].generation);
  }
  [[nodiscard]] handle handle_of(const T& element) const noexcept {
    return handle_at(static_cast<size_type>(std::addressof(element) - values_.data()));
  }

  void swap(slot_map& other) noexcept {
    values_.swap(other.values_);
    slot_of_.swap(other.slot_of_);
    slots_.swap(other.slots_);
    std::swap(first_free_, other.first_free_);
    std::swap(retired_, other.retired_);
  }
  friend void swap(slot_map& a, slot_map& b) noexcept { a.swap(b); }

 private:
  struct slot {
    std::uint32_t place;  // of the element in values_; in a free slot the next free one
    std::uint32_t generation;
  };
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  void add_slot() {
    if (slots_.size() >= none) {
      detail::raise<std::length_error>("snug::slot_map: more than 2^32 - 2 slots");
    }
    slots_.push_back({none, 0});
    first_free_ = static_cast<std::uint32_t>(slots_.size() - 1);
  }

  void release_slot(std::uint32_t index) noexcept {
    slot& s = slots_[index];
    s.generation = detail::generation_after_erase(s.generation, handle::last_generation);
    if (s.generation == 0) {
      ++retired_;
    } else {
      s.place = std::exchange(first_free_, index);
    }
  }

  // Removes the element and its slot from the books, then passes it to `receive`, then destroys it.
  template <class F>
  bool take(handle h, F receive) noexcept {
    if (!contains(h)) return false;
    std::uint32_t place = slots_[h.index()].place;
    T* at = values_.data() + place;
    T* last = values_.data() + values_.size() - 1;
    T taken(std::move(*at));
    if (at != last) {
      std::destroy_at(at);
      std::construct_at(at, std::move(*last));
      slot_of_[place] = slot_of_.back();
      slots_[slot_of_[place]].place = place;
    }
    values_.pop_back();
    slot_of_.pop_back();
    release_slot(h.index());
    receive(std::move(taken));
    return true;
  }

  std::vector<T> values_;
  std::vector<std::uint32_t> slot_of_;  // the slot of each element
  std::vector<slot> slots_;
  std::uint32_t first_free_ = none;
  std::size_t retired_ = 0;
};

// Elements of type T at fixed addresses under checked handles.
//
// Pointers and references to an element are valid until it is erased, through every other operation
// and a move of the arena. Iterators are valid until their element is erased; erase(iterator)
// returns the next. Memory is given back when the arena is destroyed. Overhead: 4 bytes an element
// and 32 bytes for 64 of them; free places of T are kept.
template <class T, class Tag = T, unsigned GenerationBits = 32>
class gen_arena {
  static constexpr std::uint32_t block_size = 64;
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  struct block {
    std::uint64_t occupied = 0;                   // has an element
    std::uint64_t available = ~std::uint64_t{0};  // may get one: not retired, nor in between
    std::uint32_t next_with_space = none;
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
        with_space_(std::exchange(other.with_space_, none)),
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
    while (size_ != 0) clear();  // more than once if destructors insert
  }

  // Puts an element in and returns its handle. O(1), an allocation for each 64 elements. Strong
  // guarantee; throws what T's constructor and the allocation throw, std::length_error past 2^32 -
  // 64 slots. T's constructor may use the arena.
  template <class... Args>
  handle emplace(Args&&... args) {
    if (with_space_ == none) add_block();
    std::uint32_t number = with_space_;
    block& b = *blocks_[number];
    auto i = static_cast<std::uint32_t>(std::countr_zero(b.available));
    std::uint64_t bit = std::uint64_t{1} << i;
    b.available &= ~bit;
    if (b.available == 0) with_space_ = b.next_with_space;
    detail::rollback undo([&]() noexcept { make_available(number, bit); });
    void* place = b.storage + std::size_t{i} * sizeof(T);
    if constexpr (std::is_constructible_v<T, Args&&...>) {
      ::new (place) T(std::forward<Args>(args)...);
    } else {
      ::new (place) T{std::forward<Args>(args)...};
    }
    undo.dismiss();
    b.occupied |= bit;
    ++size_;
    return handle(number * block_size + i, ++b.generations[i]);
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
      for (std::uint64_t left = b.occupied; left != 0;) {
        auto i = static_cast<std::uint32_t>(std::countr_zero(left));
        f(*b.element(i));
        left = b.occupied & (~std::uint64_t{1} << i);
      }
    }
  }

  // Makes room for `n` elements in all: no allocation until then. Strong guarantee.
  void reserve(size_type n) {
    std::size_t first = blocks_.size();
    std::uint32_t before = with_space_;
    while (capacity() < n) add_block();
    with_space_ = before;  // the new blocks are to be filled in the order of their numbers
    for (std::size_t number = blocks_.size(); number-- > first;) {
      blocks_[number]->next_with_space =
          std::exchange(with_space_, static_cast<std::uint32_t>(number));
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

  void add_block() {
    if (blocks_.size() >= none / block_size) {
      detail::raise<std::length_error>("snug::gen_arena: more than 2^32 - 64 slots");
    }
    blocks_.push_back(std::unique_ptr<block>(new block));
    block& b = *blocks_.back();
    b.next_with_space = std::exchange(with_space_, static_cast<std::uint32_t>(blocks_.size() - 1));
  }

  void make_available(std::uint32_t number, std::uint64_t bit) noexcept {
    block& b = *blocks_[number];
    if (b.available == 0) b.next_with_space = std::exchange(with_space_, number);
    b.available |= bit;
  }

  void erase_at(std::uint32_t index) noexcept {
    std::uint32_t number = index / block_size;
    std::uint32_t i = index % block_size;
    block& b = *blocks_[number];
    std::uint64_t bit = std::uint64_t{1} << i;
    b.occupied &= ~bit;
    b.generations[i] = detail::generation_after_erase(b.generations[i], handle::last_generation);
    --size_;
    bool retire = b.generations[i] == 0;
    if (retire) ++retired_;
    std::destroy_at(b.element(i));
    if (!retire) make_available(number, bit);
  }

  std::vector<std::unique_ptr<block>> blocks_;
  std::uint32_t with_space_ = none;  // the first of the blocks that have an available slot
  size_type size_ = 0;
  size_type retired_ = 0;
};

}  // namespace snug
