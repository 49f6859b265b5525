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
// Exceptions: insert, emplace, merge, reserve, sort and shrink_to_fit have the strong guarantee;
// get, contains and erase throw nothing.
// Coming back: an element's constructor and destructor, and what is passed to erase_if, for_each
// and merge, may use the container: an element that is destroyed has left it, and ~slot_map,
// ~gen_arena and clear() destroy until nothing is left; only a gen_arena must not be moved, swapped
// or merged from there (the program ends), as the element's place is in it. While a slot_map or
// secondary_map is copied or sorted, the copies and comparisons of elements may read it, but must
// not change it (the program ends where that is noticed); nor must T's moves and the destructors of
// what was moved from, ever. Thread-safety: as a std::vector: concurrent readers, or one writer.
// Ideas: orlp/slotmap (parity of generations, secondary maps), SergeyMakeev/SlotMap (retired
// slots).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/dense_array.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/gen_arena.hpp>
#include <snug/detail/secondary_map.hpp>
#include <snug/detail/slot_handle.hpp>

namespace snug {

// A dense array of T under checked handles.
//
// Iterators, pointers and references are invalid after an insertion (when size() reaches
// capacity()) and after any erasure; handles are not. Overhead: 12 bytes an element.
template <class T, class Tag = T, unsigned GenerationBits = 32>
class slot_map {
  static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T>,
                "snug::slot_map<T> holds objects: T must not be a reference, an array or const");
  // An enumerator, since it is worked out with the class, when T may not be complete yet: its
  // copies are believed then.
  enum : bool { known = requires { sizeof(T); } };

 public:
  using value_type = T;
  using handle = slot_handle<Tag, GenerationBits>;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = T*;
  using const_iterator = const T*;
  using reverse_iterator = std::reverse_iterator<iterator>;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;

  slot_map() noexcept = default;
  // A copy has the same elements under the same handles.
  // Not defaulted, for the compiler would ask for T with the class, when T may not be able to say.
  slot_map(const slot_map& other)
    requires(!known || std::is_copy_constructible_v<T>)
      : values_(other.values_),
        slot_of_(other.slot_of_),
        slots_(other.slots_),
        first_free_(other.first_free_),
        retired_(other.retired_) {}
  slot_map& operator=(const slot_map& other)
    requires(!known || std::is_copy_constructible_v<T>)
  {
    slot_map copy(other);
    swap(copy);
    return *this;
  }
  slot_map(slot_map&& other) noexcept { swap(other); }
  slot_map& operator=(slot_map&& other) noexcept {
    slot_map taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~slot_map() {  // here T is complete
    static_assert(std::is_nothrow_move_constructible_v<T>,
                  "snug::slot_map<T>: an erasure moves the last element into the gap, so T must be "
                  "nothrow move constructible; use snug::gen_arena<T>, which never moves elements");
    if constexpr (!std::is_trivially_destructible_v<T>) {
      clear();
    }
  }

  // Puts an element in and returns its handle. Amortised O(1). Strong guarantee; throws what T's
  // constructor and the allocations throw, std::length_error past 2^32 - 2 slots. The arguments may
  // refer to elements of the map, and T's constructor may use it.
  template <class... Args>
  handle emplace(Args&&... args) {
    if constexpr (sizeof...(Args) == 1 && (std::is_same_v<std::remove_cvref_t<Args>, T> && ...) &&
                  std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T>) {
      if (first_free_ != none && values_.size() != values_.capacity()) [[likely]] {
        return (place(static_cast<const T&>(args)), ...);
      }
    }
    if constexpr (std::is_constructible_v<T, Args&&...>) {
      return make_room_and_place(T(std::forward<Args>(args)...));
    } else {
      return make_room_and_place(T{std::forward<Args>(args)...});
    }
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
  // Takes the element at `it` out and returns the iterator to what is in its place then: the
  // element that was last, or end(). O(1).
  iterator erase(const_iterator it) noexcept {
    auto position = static_cast<size_type>(it - values_.data());
    erase(handle_at(position));
    return begin() + std::min(position, size());
  }
  // Erases the elements for which drop(element) is true; returns their number. `drop` may erase
  // elements itself. O(size()).
  template <class F>
  size_type erase_if(F drop) {
    size_type erased = 0;
    for (std::size_t i = 0; i < values_.size();) {
      handle h = handle_at(i);
      bool dropped = drop(std::as_const(values_[i])) && erase(h);
      erased += dropped;
      if (!dropped && i < size() && handle_at(i) == h) ++i;  // else another one is here now
    }
    return erased;
  }
  // Erases all elements, also those that their destructors put in; no handle given so far is ever
  // valid again. O(size()). Memory is kept.
  void clear() noexcept {
    while (!empty()) {
      for (std::uint32_t index : slot_of_) release_slot(index);
      slot_of_.clear();
      detail::dense_array<T> dead;
      dead.swap(values_);
      dead.clear();                                     // destructors see an empty map
      if (values_.capacity() == 0) values_.swap(dead);  // and the memory is kept
    }
  }

  // Makes room for `n` elements: no allocation until then. Strong guarantee.
  void reserve(size_type n) {
    if (n > max_size()) {
      detail::raise<std::length_error>("snug::slot_map: more than 2^32 - 2 slots");
    }
    values_.reserve(n);
    slot_of_.reserve(n);
    slots_.reserve(n + retired_);
  }
  // Gives back the memory that the elements do not need. That of slots (8 bytes each) stays, as
  // they know which handles are stale. Strong guarantee.
  void shrink_to_fit() {
    values_.shrink_to_fit();
    slot_of_.shrink_to_fit();
  }
  // Puts the elements in the order of `less`; equal ones keep theirs. Handles stay valid. O(n log
  // n) comparisons, then each element moves once. Allocates 4 bytes an element. When `less` throws,
  // nothing has changed.
  template <class Less = std::less<>>
  void sort(Less less = {}) {
    std::vector<std::uint32_t> order(size());
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    const T* const first = values_.data();
    auto before = [&](std::uint32_t a, std::uint32_t b) -> bool {
      const bool result =
          static_cast<bool>(less(std::as_const(values_[a]), std::as_const(values_[b])));
      if (order.size() != size() || values_.data() != first) {
        detail::fatal("slot_map: a comparison of sort() changed the map");
      }
      return result;
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return before(a, b) || (!before(b, a) && a < b);
    });
    for (std::uint32_t start = 0; start < order.size(); ++start) {
      if (order[start] == start) continue;
      T held(std::move(values_[start]));
      std::uint32_t slot_held = slot_of_[start];
      std::uint32_t to = start;
      for (std::uint32_t from = order[to]; from != start; from = order[from]) {
        replace(values_[to], values_[from]);
        slot_of_[to] = slot_of_[from];
        order[to] = to;
        to = from;
      }
      replace(values_[to], held);
      slot_of_[to] = slot_held;
      order[to] = to;
    }
    for (std::uint32_t i = 0; i < order.size(); ++i) slots_[slot_of_[i]].place = i;
  }
  // Takes over the elements of `other`, which is left empty; they move, and get new handles.
  // `renamed(old, fresh)` is called for each of them at the end. O(other.size()). Strong guarantee,
  // as far as `renamed` throws nothing.
  template <class F>
  void merge(slot_map& other, F renamed) {
    if (std::addressof(other) == this) return;
    std::vector<std::pair<handle, handle>> names(other.size());
    if (size_type wanted = size() + other.size(); wanted > capacity()) {
      reserve(std::max(wanted, 2 * size()));  // so that many small merges cost what insertions do
    } else {
      reserve(wanted);
    }
    if (none - slots_.size() < other.size()) {
      detail::raise<std::length_error>("snug::slot_map: more than 2^32 - 2 slots");
    }
    for (size_type i = 0; i < names.size(); ++i) {
      handle fresh = make_room_and_place(std::move(other.values_[i]));
      names[i] = {other.handle_at(i), fresh};
    }
    other.clear();
    for (const auto& [old, fresh] : names) renamed(old, fresh);
  }
  void merge(slot_map& other) {
    merge(other, [](handle, handle) {});
  }

  [[nodiscard]] size_type size() const noexcept { return values_.size(); }
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }
  [[nodiscard]] static constexpr size_type max_size() noexcept { return none; }
  [[nodiscard]] size_type capacity() const noexcept { return values_.capacity(); }
  // How many slots have used up their generations; 8 bytes each, until the map is destroyed.
  [[nodiscard]] size_type retired_slots() const noexcept { return retired_; }

  // The elements, side by side. The order is that of insertion, until an erasure.
  [[nodiscard]] std::span<T> values() noexcept { return {values_.data(), size()}; }
  [[nodiscard]] std::span<const T> values() const noexcept { return {values_.data(), size()}; }
  [[nodiscard]] T* begin() noexcept { return values_.data(); }
  [[nodiscard]] T* end() noexcept { return values_.data() + values_.size(); }
  [[nodiscard]] const T* begin() const noexcept { return values_.data(); }
  [[nodiscard]] const T* end() const noexcept { return values_.data() + values_.size(); }
  [[nodiscard]] const_iterator cbegin() const noexcept { return begin(); }
  [[nodiscard]] const_iterator cend() const noexcept { return end(); }
  [[nodiscard]] reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
  [[nodiscard]] reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
  [[nodiscard]] const_reverse_iterator rbegin() const noexcept {
    return const_reverse_iterator(end());
  }
  [[nodiscard]] const_reverse_iterator rend() const noexcept {
    return const_reverse_iterator(begin());
  }
  [[nodiscard]] const_reverse_iterator crbegin() const noexcept { return rbegin(); }
  [[nodiscard]] const_reverse_iterator crend() const noexcept { return rend(); }
  [[nodiscard]] T* data() noexcept { return values_.data(); }
  [[nodiscard]] const T* data() const noexcept { return values_.data(); }
  // The first and the last element. REQUIRES: not empty; checked when SNUG_CHECKED.
  [[nodiscard]] T& front() noexcept {
    SNUG_EXPECTS(!empty(), "slot_map: front() of an empty map");
    return values_[0];
  }
  [[nodiscard]] const T& front() const noexcept { return const_cast<slot_map&>(*this).front(); }
  [[nodiscard]] T& back() noexcept {
    SNUG_EXPECTS(!empty(), "slot_map: back() of an empty map");
    return values_[size() - 1];
  }
  [[nodiscard]] const T& back() const noexcept { return const_cast<slot_map&>(*this).back(); }
  // The handle of the element at a position of values(), or of an element. O(1).
  // REQUIRES: it is an element of this map.
  [[nodiscard]] handle handle_at(size_type position) const noexcept {
    SNUG_EXPECTS(position < size(), "slot_map: the handle of no element");
    std::uint32_t index = slot_of_[position];
    return handle(index, slots_[index].generation);
  }
  [[nodiscard]] handle handle_of(const T& element) const noexcept {
    return handle_at(static_cast<size_type>(std::addressof(element) - values_.data()));
  }

  // The iterator of the element of `h`, or end(). O(1).
  [[nodiscard]] iterator iterator_to(handle h) noexcept {
    return contains(h) ? begin() + slots_[h.index()].place : end();
  }
  [[nodiscard]] const_iterator iterator_to(handle h) const noexcept {
    return contains(h) ? begin() + slots_[h.index()].place : end();
  }
  // Calls f(element) for every element, in the order of values(). `f` may erase elements and
  // insert: what is moved to where the walk has been is not met again.
  template <class F>
  void for_each(F f) {
    for (std::size_t i = 0; i < values_.size(); ++i) f(values_[i]);
  }
  template <class F>
  void for_each(F f) const {
    for (std::size_t i = 0; i < values_.size(); ++i) f(values_[i]);
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

  handle make_room_and_place(T&& made) {
    if (first_free_ == none) add_slot();
    if (slot_of_.size() == slot_of_.capacity()) slot_of_.reserve(2 * slot_of_.size() + 4);
    values_.reserve_one();
    return place(std::move(made));
  }
  // REQUIRES: there is room, and a free slot.
  template <class U>
  handle place(U&& made) noexcept {
    std::uint32_t index = first_free_;
    slot& s = slots_[index];
    auto position = static_cast<std::uint32_t>(values_.size());
    values_.push(std::forward<U>(made));
    slot_of_.push_back(index);
    first_free_ = s.place;
    s.place = position;
    return handle(index, ++s.generation);
  }
  static void replace(T& old, T& fresh) noexcept {
    std::destroy_at(std::addressof(old));
    std::construct_at(std::addressof(old), std::move(fresh));
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
      replace(*at, *last);
      slot_of_[place] = slot_of_.back();
      slots_[slot_of_[place]].place = place;
    }
    values_.pop();
    slot_of_.pop_back();
    release_slot(h.index());
    receive(std::move(taken));
    return true;
  }

  detail::dense_array<T> values_;
  std::vector<std::uint32_t> slot_of_;  // the slot of each element
  std::vector<slot> slots_;
  std::uint32_t first_free_ = none;
  std::size_t retired_ = 0;
};

}  // namespace snug
