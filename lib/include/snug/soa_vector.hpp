// Vectors of structs that keep each field in a column of its own: a loop over one field loads only
// that field. Made from a plain struct, without macros or a generator.
//
// Example:
//
//     #include <snug/soa_vector.hpp>
//     #include <algorithm>
//     #include <string>
//
//     struct particle { float x, y, mass; std::string name; };
//
//     int main() {
//       snug::soa_vector<particle> all;
//       all.push_back({1, 2, 9, "heavy"});
//       all.push_back({3, 4, 1, "light"});
//       float sum = 0;
//       for (float m : all.col<&particle::mass>()) sum += m;     // one column, a std::span
//       std::ranges::sort(all, {}, snug::field<&particle::mass>); // sorts whole rows
//       auto [x, y, mass, name] = all[0];                        // references to the fields
//       x += 10;
//       particle first = all[0];                                 // a copy of the row
//       return sum == 10 && first.x == 13 && name == "light" ? 0 : 1;
//     }
//
// S is an aggregate of 1 to 64 fields, which may be structs and std::arrays; raw arrays,
// references, const members, bit-fields and base classes are refused by the compiler.
//
//   soa_vector<S>       a column is contiguous: the best for loops over few fields.
//   aosoa_vector<S, N>  rows in blocks of N; in a block N values of each field lie together: one
//                       stream of memory however many fields a loop uses, and still whole vectors
//                       of each.
//
// All columns share one allocation and begin at multiples of column_alignment (64) bytes, or of the
// field's alignment if that is more; an aligned vector that begins in a column ends in the
// allocation. There is no allocator parameter: a program may replace the operator new for aligned
// memory, and an allocator of S could not make columns of its fields.
// push_back, emplace_back, assign, reserve, resize and shrink_to_fit have the strong guarantee,
// other changes the basic one, and algorithms that move rows that of their fields. Rows, iterators,
// columns and references are invalid when size() passes capacity(), behind an erased row, and when
// the vector object is moved or swapped. Loops over all fields of single rows at random are faster
// in a vector<S>: one line a row, not one a field.
//
// Coming back: where fields move without throwing, the constructors that emplace_back and push_back
// call, and destructors, may use the vector: a row that is destroyed has left it. Moves, copies,
// assignments and swaps of fields, comparisons and predicates may read it but must not change it; a
// copy of the vector or a sort_by() in which they do ends the program with a sentence.
//
// Thread-safety: as a std::vector; different columns may be written by different threads.
// Ideas: marzer/soagen (one allocation), Boost.PFR (fields of aggregates), Zig's MultiArrayList.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <numeric>
#include <ranges>
#include <span>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <snug/detail/fail.hpp>
#include <snug/detail/soa_layout.hpp>
#include <snug/detail/soa_row.hpp>
#include <snug/detail/soa_rows.hpp>

namespace snug {

// The common part of soa_vector and aosoa_vector.
template <class S, class Layout>
class basic_soa_vector : private detail::soa_rows<S, Layout> {
  using F = detail::fields<S>;
  static_assert(!F::references, "snug::soa_vector<S>: S has a reference member; use a pointer");
  static_assert(!F::arrays, "snug::soa_vector<S>: S has an array member; use std::array");
  static_assert(!F::constants,
                "snug::soa_vector<S>: S has a const member, which no row could assign");
  static_assert(F::count > 0, "snug::soa_vector<S>: S has no fields");
  static_assert(F::movable, "snug::soa_vector<S>: S has a field that cannot be moved");
  using storage = detail::soa_rows<S, Layout>;
  using storage::append_rows, storage::capacity_, storage::construct_columns,
      storage::construct_row, storage::destroy_rows, storage::destroyed_last, storage::drop_to,
      storage::holds, storage::layout_, storage::reallocate, storage::release, storage::remove_row,
      storage::rounded, storage::size_, storage::swap_rows, storage::turn;

 public:
  using value_type = S;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = soa_row<S, Layout, false>;
  using const_reference = soa_row<S, Layout, true>;
  using iterator = soa_iterator<S, Layout, false>;
  using const_iterator = soa_iterator<S, Layout, true>;
  using reverse_iterator = std::reverse_iterator<iterator>;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;
  static constexpr std::size_t fields = F::count;
  template <std::size_t I>
  using field_type = typename F::template type<I>;
  // What the columns of a soa_vector, and the blocks of an aosoa_vector, begin at multiples of.
  static constexpr std::size_t column_alignment = detail::column_alignment;

  basic_soa_vector() noexcept = default;
  explicit basic_soa_vector(size_type n)
    requires std::default_initializable<S>
      : basic_soa_vector() {
    resize(n);
  }
  basic_soa_vector(size_type n, const S& value)
    requires F::copyable
      : basic_soa_vector() {
    resize(n, value);
  }
  basic_soa_vector(std::initializer_list<S> rows)
    requires F::copyable
      : basic_soa_vector() {
    append_range(rows);
  }
  // The rows of any range of S: of a std::vector<S>, say.
  template <std::ranges::input_range R>
    requires(std::convertible_to<std::ranges::range_reference_t<R>, S> &&
             !std::derived_from<std::remove_cvref_t<R>, basic_soa_vector>)
  explicit basic_soa_vector(R&& rows) : basic_soa_vector() {
    append_range(std::forward<R>(rows));
  }
  template <std::input_iterator I>
    requires std::convertible_to<std::iter_reference_t<I>, S>
  basic_soa_vector(I first, I last)
      : basic_soa_vector(std::ranges::subrange(std::move(first), std::move(last))) {}
  basic_soa_vector(const basic_soa_vector& other)
    requires F::copyable
      : basic_soa_vector() {  // delegates: a throw below runs the destructor
    reserve(other.size_);
    append_rows(other.size_, [&](const Layout& to, size_type first, size_type n) {
      const void* const memory = other.layout_.memory();
      construct_columns(to, first, n, [&](auto i, auto* place, size_type k) {
        std::construct_at(place, std::as_const(*other.layout_.template at<i()>(k - first)));
        if constexpr (!std::is_trivially_copyable_v<field_type<i()>>) {
          if (other.layout_.memory() != memory || other.size_ != n)
            detail::fatal("soa_vector: changed while it is copied");
        }
      });
    });
  }
  basic_soa_vector(basic_soa_vector&& other) noexcept { storage::swap(other); }
  basic_soa_vector& operator=(const basic_soa_vector& other)
    requires F::copyable
  {
    basic_soa_vector copy(other);
    swap(copy);
    return *this;
  }
  basic_soa_vector& operator=(basic_soa_vector&& other) noexcept {
    basic_soa_vector taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~basic_soa_vector() { clear(); }

  [[nodiscard]] size_type size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] size_type capacity() const noexcept { return capacity_; }
  // The largest number of rows whose bytes can be counted.
  [[nodiscard]] static constexpr size_type max_size() noexcept { return storage::most_rows(); }

  // The row at `i`. REQUIRES: i < size(); checked when SNUG_CHECKED. O(1).
  [[nodiscard]] reference operator[](size_type i) noexcept {
    SNUG_EXPECTS(i < size_, "soa_vector: index past the end");
    return reference(layout_, i);
  }
  [[nodiscard]] const_reference operator[](size_type i) const noexcept {
    SNUG_EXPECTS(i < size_, "soa_vector: index past the end");
    return const_reference(layout_, i);
  }
  // The row at `i`; throws std::out_of_range past the end.
  [[nodiscard]] reference at(size_type i) {
    if (i >= size_) detail::raise<std::out_of_range>("snug::soa_vector::at: index past the end");
    return (*this)[i];
  }
  [[nodiscard]] const_reference at(size_type i) const {
    if (i >= size_) detail::raise<std::out_of_range>("snug::soa_vector::at: index past the end");
    return (*this)[i];
  }
  [[nodiscard]] reference front() noexcept { return (*this)[0]; }
  [[nodiscard]] const_reference front() const noexcept { return (*this)[0]; }
  [[nodiscard]] reference back() noexcept { return (*this)[size_ - 1]; }
  [[nodiscard]] const_reference back() const noexcept { return (*this)[size_ - 1]; }
  [[nodiscard]] iterator begin() noexcept { return iterator(layout_, 0); }
  [[nodiscard]] iterator end() noexcept { return iterator(layout_, size_); }
  [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(layout_, 0); }
  [[nodiscard]] const_iterator end() const noexcept { return const_iterator(layout_, size_); }
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

  // Adds a row. Amortised O(fields). Strong guarantee.
  void push_back(const S& value) {
    detail::with_fields(value, [&](const auto&... f) { emplace_back(f...); });
  }
  void push_back(S&& value) {
    detail::with_fields(value, [&](auto&... f) { emplace_back(std::move(f)...); });
  }
  // Adds a row of the given fields, one argument each. They may refer into this vector.
  template <class... V>
  reference emplace_back(V&&... values) {
    static_assert(sizeof...(V) == fields,
                  "snug::soa_vector::emplace_back: one argument for each field of S");
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      // Made before the vector is touched, as constructors may use it.
      std::tuple<made_first<field_type<I>, V&&>...> made(std::forward<V>(values)...);
      this->append_rows(1, [&](const Layout& to, size_type row, size_type) {
        storage::construct_row(to, row,
                               std::forward<made_first<field_type<I>, V&&>>(std::get<I>(made))...);
      });
    }(std::make_index_sequence<fields>{});
    return back();
  }
  // Adds the rows of a range, which may be one of this vector's or made of its columns. Strong
  // guarantee.
  template <std::ranges::input_range R>
    requires std::convertible_to<std::ranges::range_reference_t<R>, S>
  void append_range(R&& rows) {
    if constexpr (std::ranges::sized_range<R>) {
      if (static_cast<size_type>(std::ranges::size(rows)) <= capacity_ - size_) {
        const size_type before = size_;
        detail::rollback undo([&]() noexcept {
          if (size_ > before) drop_to(before);
        });
        push_all(std::forward<R>(rows));
        undo.dismiss();
        return;
      }
    }
    basic_soa_vector added;  // so that what the range reads stays until all of it was read
    if constexpr (std::ranges::sized_range<R>) {
      added.reserve(static_cast<size_type>(std::ranges::size(rows)));
    }
    added.push_all(std::forward<R>(rows));
    if (capacity_ == 0) return swap(added);
    append_rows(added.size_, [&](const Layout& to, size_type first, size_type n) {
      construct_columns(to, first, n, [&](auto i, auto* place, size_type k) {
        std::construct_at(place, std::move(*added.layout_.template at<i()>(k - first)));
      });
    });
  }
  // The rows of a range, or `n` copies of a row, instead of the own ones; they may be parts of this
  // vector. Strong guarantee.
  template <std::ranges::input_range R>
    requires std::convertible_to<std::ranges::range_reference_t<R>, S>
  void assign(R&& rows) {
    basic_soa_vector fresh;
    fresh.append_range(std::forward<R>(rows));
    swap(fresh);
  }
  template <std::input_iterator I>
    requires std::convertible_to<std::iter_reference_t<I>, S>
  void assign(I first, I last) {
    assign(std::ranges::subrange(std::move(first), std::move(last)));
  }
  void assign(std::initializer_list<S> rows) {
    basic_soa_vector fresh(rows);
    swap(fresh);
  }
  void assign(size_type n, const S& value) {
    basic_soa_vector fresh(n, value);
    swap(fresh);
  }

  // Inserts a row before `pos`. O(size() - pos) row swaps; basic guarantee.
  iterator insert(const_iterator pos, S value) {
    auto at = static_cast<size_type>(pos - cbegin());
    push_back(std::move(value));
    turn(at, size_ - 1);
    return begin() + static_cast<difference_type>(at);
  }
  // Inserts the rows of a range, which may be one of this vector's, or `n` copies of a row before
  // `pos`. O(size() - pos + n) row swaps; basic guarantee.
  template <std::ranges::input_range R>
    requires std::convertible_to<std::ranges::range_reference_t<R>, S>
  iterator insert_range(const_iterator pos, R&& rows) {
    auto at = static_cast<size_type>(pos - cbegin());
    size_type before = size_;
    append_range(std::forward<R>(rows));
    turn(at, before);
    return begin() + static_cast<difference_type>(at);
  }
  iterator insert(const_iterator pos, std::initializer_list<S> rows) {
    return insert_range(pos, rows);
  }
  iterator insert(const_iterator pos, size_type n, const S& value) {
    auto at = static_cast<size_type>(pos - cbegin());
    size_type before = size_;
    resize(size_ + n, value);
    turn(at, before);
    return begin() + static_cast<difference_type>(at);
  }
  template <std::input_iterator I, std::sentinel_for<I> E>
    requires std::convertible_to<std::iter_reference_t<I>, S>
  iterator insert(const_iterator pos, I first, E last) {
    return insert_range(pos, std::ranges::subrange(std::move(first), std::move(last)));
  }

  void pop_back() noexcept {
    SNUG_EXPECTS(size_ > 0, "soa_vector: pop_back of an empty vector");
    if constexpr (destroyed_last) {
      remove_row(size_ - 1);
    } else {
      destroy_rows(layout_, --size_, 1);
    }
  }
  // Removes rows; those behind them move up. O(rows behind). Basic guarantee.
  iterator erase(const_iterator pos) { return erase(pos, pos + 1); }
  iterator erase(const_iterator first, const_iterator last) {
    auto from = static_cast<size_type>(first - cbegin());
    auto n = static_cast<size_type>(last - first);
    SNUG_EXPECTS(from <= size_ && n <= size_ - from, "soa_vector: erase past the end");
    if (n != 0) {
      detail::for_each_field<S>([&](auto i) {
        for (size_type k = from; k + n < size_; ++k) this->template move_row_up<i()>(k, k + n);
      });
      drop_to(size_ - n);
    }
    return begin() + static_cast<difference_type>(from);
  }
  // Removes the rows (as const_reference) for which drop is true; the others keep their order.
  // Returns how many went. O(size()). Basic guarantee: when `drop` throws, no row is lost.
  template <class Drop>
  friend size_type erase_if(basic_soa_vector& v, Drop drop) {
    size_type kept = 0;
    const size_type before = v.size_;
    for (size_type row = 0; row < before; ++row) {
      if (drop(std::as_const(v)[row])) continue;
      if (row != kept) v.swap_rows(kept, row);
      ++kept;
    }
    v.drop_to(kept);
    return before - kept;
  }
  // Removes a row by moving the last one into its place. O(fields).
  void swap_erase(size_type i) {
    SNUG_EXPECTS(i < size_, "soa_vector: swap_erase past the end");
    if (i != size_ - 1) {
      detail::for_each_field<S>([&](auto f) { this->template move_row_up<f()>(i, size_ - 1); });
    }
    pop_back();
  }
  // Destroys all rows, also those that their destructors add; the memory is kept.
  void clear() noexcept {
    if constexpr (F::plain) size_ = 0;
    while (size_ != 0) {  // destructors see an empty vector
      Layout dead = std::exchange(layout_, Layout{});
      size_type rows = std::exchange(size_, 0);
      size_type capacity = std::exchange(capacity_, 0);
      destroy_rows(dead, 0, rows);
      if (capacity_ == 0) {
        layout_ = dead;
        capacity_ = capacity;
      } else {
        release(dead, capacity);
      }
    }
  }

  // Makes room for `n` rows. Strong guarantee.
  void reserve(size_type n) {
    if (n > capacity_) reallocate(rounded(n), 0, [](const Layout&, size_type, size_type) {});
  }
  // Gives memory back that size() does not need. Strong guarantee.
  void shrink_to_fit() {
    if (rounded(size_) < capacity_) {
      reallocate(rounded(size_), 0, [](const Layout&, size_type, size_type) {});
    }
  }
  // Drops rows, or adds rows equal to S{} (with its default member initialisers). Strong guarantee.
  void resize(size_type n) {
    if (n <= size_) return drop_to(n);
    if constexpr (F::copyable) {
      resize(n, S{});
    } else {
      append_rows(n - size_, [&](const Layout& to, size_type first, size_type count) {
        size_type made = 0;
        detail::rollback undo([&]() noexcept { destroy_rows(to, first, made); });
        for (; made < count; ++made) {
          S value{};
          detail::with_fields(value, [&](auto&... f) {
            storage::construct_row(to, first + made, std::move(f)...);
          });
        }
        undo.dismiss();
      });
    }
  }
  // Drops rows, or adds copies of `value`. Strong guarantee.
  void resize(size_type n, const S& value) {
    if (n <= size_) return drop_to(n);
    detail::with_fields(value, [&](const auto&... f) {
      auto fields_of_value = std::forward_as_tuple(f...);
      this->append_rows(n - this->size_, [&](const Layout& to, size_type first, size_type count) {
        storage::construct_columns(to, first, count, [&](auto i, auto* place, size_type) {
          std::construct_at(place, std::get<i()>(fields_of_value));
        });
      });
    });
  }
  // Drops rows, or adds rows whose trivial fields are left uninitialised. Strong guarantee.
  void resize_for_overwrite(size_type n) {
    if (n <= size_) return drop_to(n);
    append_rows(n - size_, [&](const Layout& to, size_type first, size_type count) {
      construct_columns(to, first, count, [&](auto, auto* place, size_type) {
        using T = std::remove_pointer_t<decltype(place)>;
        ::new (static_cast<void*>(place)) T;
      });
    });
  }

  // Puts the rows in the order: the new row i is the old row order[i]. Each row moves once: faster
  // than swapping rows while sorting when rows are wide. O(size()), allocates size() bits.
  // REQUIRES: `order` holds every number below size() once.
  void permute(std::span<const std::uint32_t> order) {
    SNUG_EXPECTS(order.size() == size_, "soa_vector: permute with an order of another length");
    if (holds(order.data())) {  // a column of this vector, which is about to change
      std::vector<std::uint32_t> copy(order.begin(), order.end());
      return permute(copy);
    }
    std::vector<bool> done(size_);
    for (size_type start = 0; start < size_; ++start) {
      if (done[start]) continue;
      done[start] = true;
      if (order[start] == start) continue;
      S held = (*this)[start].take();
      size_type to = start;
      for (size_type from = order[to]; from != start; from = order[from]) {
        detail::for_each_field<S>([&](auto i) {
          *this->layout_.template at<i()>(to) = std::move(*this->layout_.template at<i()>(from));
        });
        done[from] = true;
        to = from;
      }
      (*this)[to] = std::move(held);
    }
  }
  // Sorts the rows by the field M; equal ones keep their order. Works for rows that cannot be
  // copied. O(n log n) comparisons of one column, then each row moves once. Allocates 4 bytes a
  // row. When `less` throws, nothing has changed. REQUIRES: fewer than 2^32 rows.
  template <auto M, class Less = std::less<>>
  void sort_by(Less less = {}) {
    std::vector<std::uint32_t> order(size_);
    std::iota(order.begin(), order.end(), std::uint32_t{0});
    constexpr std::size_t column = detail::member_index<S, M>::value;
    const void* const memory = layout_.memory();
    auto before = [&](std::uint32_t a, std::uint32_t b) -> bool {
      const bool result = static_cast<bool>(less(std::as_const(*layout_.template at<column>(a)),
                                                 std::as_const(*layout_.template at<column>(b))));
      if (order.size() != size_ || layout_.memory() != memory) {
        detail::fatal("soa_vector: a comparison of sort_by() changed the vector");
      }
      return result;
    };
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return before(a, b) || (!before(b, a) && a < b);
    });
    permute(order);
  }

  void swap(basic_soa_vector& other) noexcept { storage::swap(other); }
  friend void swap(basic_soa_vector& a, basic_soa_vector& b) noexcept { a.swap(b); }

  // Whether the rows are equal, field by field.
  friend bool operator==(const basic_soa_vector& a, const basic_soa_vector& b)
    requires F::equality_comparable
  {
    return a.size_ == b.size_ && std::equal(a.begin(), a.end(), b.begin());
  }
  // By the first rows that differ, and in them by the first fields that do.
  friend auto operator<=>(const basic_soa_vector& a, const basic_soa_vector& b)
    requires F::three_way_comparable
  {
    for (size_type i = 0; i < a.size_ && i < b.size_; ++i) {
      if (auto order = detail::compare_rows<S>(a[i], b[i]); order != 0) return order;
    }
    return static_cast<typename F::order>(a.size_ <=> b.size_);
  }

 protected:
  const Layout& layout() const noexcept { return layout_; }

 private:
  // A field that has to be made from V before the row has a place.
  template <class T, class V>
  using made_first =
      std::conditional_t<std::is_trivially_copyable_v<T> || std::is_same_v<V, T&&>, V, T>;

  template <class R>
  void push_all(R&& rows) {
    auto last = std::ranges::end(rows);
    for (auto it = std::ranges::begin(rows); it != last; ++it) push_back(static_cast<S>(*it));
  }
};

// A vector of S in which every field has a contiguous column.
template <class S>
class soa_vector : public basic_soa_vector<S, detail::soa_layout<S>> {
  using base = basic_soa_vector<S, detail::soa_layout<S>>;

 public:
  using base::base;
  soa_vector() noexcept = default;

  // The column of the field M, or of field number I: size() values side by side. O(1).
  template <auto M>
    requires std::is_member_object_pointer_v<decltype(M)>
  [[nodiscard]] auto col() noexcept {
    return col<detail::member_index<S, M>::value>();
  }
  template <auto M>
    requires std::is_member_object_pointer_v<decltype(M)>
  [[nodiscard]] auto col() const noexcept {
    return col<detail::member_index<S, M>::value>();
  }
  template <std::size_t I>
  [[nodiscard]] std::span<typename base::template field_type<I>> col() noexcept {
    return {this->layout().template at<I>(0), this->size()};
  }
  template <std::size_t I>
  [[nodiscard]] std::span<const typename base::template field_type<I>> col() const noexcept {
    return {this->layout().template at<I>(0), this->size()};
  }
  // The first value of the column of M, with its alignment known to the compiler; for loops of
  // vector instructions. Null when capacity() is 0.
  template <auto M>
  [[nodiscard]] auto* aligned_col() noexcept {
    return std::assume_aligned<base::column_alignment>(col<M>().data());
  }
  template <auto M>
  [[nodiscard]] const auto* aligned_col() const noexcept {
    return std::assume_aligned<base::column_alignment>(col<M>().data());
  }
};

// A vector of S in blocks of N rows; in a block, the N values of each field lie side by side.
template <class S, std::size_t N>
class aosoa_vector : public basic_soa_vector<S, detail::aosoa_layout<S, N>> {
  using base = basic_soa_vector<S, detail::aosoa_layout<S, N>>;

 public:
  using base::base;
  aosoa_vector() noexcept = default;

  static constexpr std::size_t rows_per_block = N;
  // How many blocks have rows.
  [[nodiscard]] std::size_t blocks() const noexcept { return (this->size() + N - 1) / N; }
  // The values of the field M in block number `b`: N of them, fewer in the last block. O(1).
  // REQUIRES: b < blocks(); checked when SNUG_CHECKED.
  template <auto M>
  [[nodiscard]] auto block(std::size_t b) noexcept {
    constexpr std::size_t column = detail::member_index<S, M>::value;
    SNUG_EXPECTS(b < blocks(), "aosoa_vector: no such block");
    return std::span<typename base::template field_type<column>>(
        this->layout().template at<column>(b * N), std::min(N, this->size() - b * N));
  }
  template <auto M>
  [[nodiscard]] auto block(std::size_t b) const noexcept {
    constexpr std::size_t column = detail::member_index<S, M>::value;
    SNUG_EXPECTS(b < blocks(), "aosoa_vector: no such block");
    return std::span<const typename base::template field_type<column>>(
        this->layout().template at<column>(b * N), std::min(N, this->size() - b * N));
  }
};

}  // namespace snug
