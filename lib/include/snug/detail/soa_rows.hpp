// The rows of soa_vector and aosoa_vector: their memory, and how they are made, moved and
// destroyed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

#include <snug/detail/fail.hpp>
#include <snug/detail/soa_layout.hpp>
#include <snug/detail/soa_row.hpp>

namespace snug::detail {

// Owns the memory; its user destroys the rows.
template <class S, class Layout>
class soa_rows {
  using F = fields<S>;

 public:
  using size_type = std::size_t;
  template <std::size_t I>
  using field_type = typename F::template type<I>;

  soa_rows() noexcept = default;
  soa_rows(const soa_rows&) = delete;
  soa_rows& operator=(const soa_rows&) = delete;
  // REQUIRES: no row is left.
  ~soa_rows() { release(layout_, capacity_); }

  void swap(soa_rows& other) noexcept {
    std::swap(layout_, other.layout_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  // The largest number of rows whose bytes can be counted.
  static constexpr size_type most_rows() noexcept {
    constexpr std::size_t most =
        static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());
    return (most - Layout::alignment() * F::count) / Layout::bytes(Layout::group) * Layout::group;
  }
  static size_type rounded(size_type rows) {
    if (rows > most_rows()) raise<std::length_error>("snug::soa_vector: too many rows");
    return aligned_up(rows, Layout::group);
  }
  static Layout allocate(size_type capacity) {
    Layout layout;
    if (capacity != 0) {
      void* memory = ::operator new(Layout::bytes(capacity), std::align_val_t{Layout::alignment()});
      layout.place(static_cast<std::byte*>(memory), capacity);
    }
    return layout;
  }
  static void release(const Layout& layout, size_type capacity) noexcept {
    if (capacity != 0) ::operator delete(layout.memory(), std::align_val_t{Layout::alignment()});
  }

  static void destroy_rows(const Layout& layout, size_type first, size_type n) noexcept {
    for_each_field<S>([&](auto i) {
      if constexpr (!std::is_trivially_destructible_v<field_type<i()>>) {
        for (size_type k = first; k < first + n; ++k) std::destroy_at(layout.template at<i()>(k));
      }
    });
  }
  void drop_to(size_type n) noexcept {
    if constexpr (destroyed_last) {
      for (size_type row = size_; row > n; --row) {
        if (row <= size_) remove_row(row - 1);  // else a destructor has dropped it
      }
    } else {
      size_type dropped = size_ - n;
      size_ = n;
      destroy_rows(layout_, n, dropped);
    }
  }
  // Takes a row out and destroys its fields when the vector is whole. In its place comes the last,
  // if destructors have added one.
  void remove_row(size_type row) noexcept {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      size_type last = size_ - 1;
      [[maybe_unused]] std::tuple<field_type<I>...> dead(
          std::move(*layout_.template at<I>(row))...);
      if (row != last) {  // made anew: a field need not be assignable, nor assign without throwing
        (static_cast<void>(replace(layout_.template at<I>(row), *layout_.template at<I>(last))),
         ...);
      }
      size_ = last;
      destroy_rows(layout_, last, 1);
    }(std::make_index_sequence<F::count>{});
  }
  template <class T>
  static void replace(T* old, T& fresh) noexcept {
    std::destroy_at(old);
    std::construct_at(old, std::move(fresh));
  }
  // Whether a row leaves before its fields are destroyed, so that their destructors find the vector
  // whole.
  static constexpr bool destroyed_last = !F::plain && F::nothrow_movable;
  // Takes field I of row `from` to row `to`, and what is there to `from` if its end matters.
  template <std::size_t I>
  void move_row_up(size_type to, size_type from) {
    if constexpr (std::is_trivially_copyable_v<field_type<I>>) {
      *layout_.template at<I>(to) = std::move(*layout_.template at<I>(from));
    } else {
      using std::swap;
      swap(*layout_.template at<I>(to), *layout_.template at<I>(from));
    }
  }
  // Puts the rows from `middle` on before those from `first` on.
  void turn(size_type first, size_type middle) {
    SNUG_EXPECTS(first <= middle, "soa_vector: insert past the end");
    for_each_field<S>([&](auto i) {
      auto swap_rows = [&](size_type a, size_type b) {
        using std::swap;
        swap(*layout_.template at<i()>(a), *layout_.template at<i()>(b));
      };
      auto reverse = [&](size_type from, size_type to) {
        for (; from < to && from < --to; ++from) swap_rows(from, to);
      };
      if (middle + 1 == size_) {
        for (size_type k = middle; k > first; --k) swap_rows(k, k - 1);
      } else {
        reverse(first, middle);
        reverse(middle, size_);
        reverse(first, size_);
      }
    });
  }
  void swap_rows(size_type a, size_type b) {
    for_each_field<S>([&](auto i) {
      using std::swap;
      swap(*layout_.template at<i()>(a), *layout_.template at<i()>(b));
    });
  }
  bool holds(const void* p) const noexcept {
    auto first = reinterpret_cast<std::uintptr_t>(layout_.memory());
    return capacity_ != 0 && reinterpret_cast<std::uintptr_t>(p) - first < Layout::bytes(capacity_);
  }

  // Constructs the fields of one row; on a throw those that were made are destroyed.
  template <class... V>
  static void construct_row(const Layout& to, size_type row, V&&... values) {
    size_type made = 0;
    rollback undo([&]() noexcept {
      for_each_field<S>([&](auto i) {
        if (i() < made) std::destroy_at(to.template at<i()>(row));
      });
    });
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((std::construct_at(to.template at<I>(row), std::forward<V>(values)), ++made), ...);
    }(std::make_index_sequence<F::count>{});
    undo.dismiss();
  }
  // Constructs n rows from `first` on, column by column, with make(column, place, row); on a throw
  // those that were made are destroyed.
  template <class Make>
  static void construct_columns(const Layout& to, size_type first, size_type n, Make make) {
    size_type columns = 0;
    size_type rows = 0;
    rollback undo([&]() noexcept {
      for_each_field<S>([&](auto i) {
        size_type made = i() < columns ? n : i() == columns ? rows : 0;
        for (size_type k = 0; k < made; ++k) std::destroy_at(to.template at<i()>(first + k));
      });
    });
    for_each_field<S>([&](auto i) {
      for (rows = 0; rows < n; ++rows) make(i, to.template at<i()>(first + rows), first + rows);
      ++columns;
    });
    undo.dismiss();
  }

  // Adds n rows that construct(layout, first, n) makes, growing if needed. Strong guarantee.
  template <class Construct>
  void append_rows(size_type n, Construct construct) {
    if (n <= capacity_ - size_) [[likely]] {
      construct(layout_, size_, n);
      size_ += n;
      return;
    }
    if (n > most_rows() - size_) raise<std::length_error>("snug::soa_vector: too many rows");
    size_type grown = capacity_ > most_rows() / 2 ? most_rows() : capacity_ * 2;
    reallocate(rounded(std::max({size_ + n, grown, size_type{8}})), n, construct);
  }

  // Goes over to new memory with n further rows. They are made first, while what they may be copies
  // of is still in place; then columns whose move may throw are copied, and only then the others
  // move.
  template <class Construct>
  void reallocate(size_type capacity, size_type n, Construct construct) {
    Layout to = allocate(capacity);
    rollback undo_memory([&]() noexcept { release(to, capacity); });
    construct(to, size_, n);
    rollback undo_rows([&]() noexcept { destroy_rows(to, size_, n); });
    size_type columns = 0;  // of those that may throw
    size_type rows = 0;     // of the column in work
    rollback undo_copies([&]() noexcept {
      for_each_field<S>([&](auto i) {
        if constexpr (may_throw<i()>) {
          size_type made = i() < columns ? size_ : i() == columns ? rows : 0;
          for (size_type k = 0; k < made; ++k) std::destroy_at(to.template at<i()>(k));
        }
      });
    });
    for_each_field<S>([&](auto i) {
      if constexpr (may_throw<i()>) {
        for (rows = 0; rows < size_; ++rows) {
          std::construct_at(to.template at<i()>(rows),
                            std::move_if_noexcept(*layout_.template at<i()>(rows)));
        }
      }
      columns = i() + 1;
      rows = 0;
    });
    undo_copies.dismiss();
    undo_rows.dismiss();
    undo_memory.dismiss();
    for_each_field<S>([&](auto i) {
      if constexpr (!may_throw<i()>) {
        for (size_type k = 0; k < size_; ++k) {
          std::construct_at(to.template at<i()>(k), std::move(*layout_.template at<i()>(k)));
        }
      }
    });
    destroy_rows(layout_, 0, size_);
    release(layout_, capacity_);
    layout_ = to;
    capacity_ = capacity;
    size_ += n;
  }
  template <std::size_t I>
  static constexpr bool may_throw = !std::is_nothrow_move_constructible_v<field_type<I>>;

  Layout layout_;
  size_type size_ = 0;
  size_type capacity_ = 0;
};

}  // namespace snug::detail
