// Keeps what different threads write on different cache lines.
//
// Two counters on one line make every write of one thread throw the line out of the other's cache,
// although no datum is shared ("false sharing"). padded<T> gives a T whole lines of its own.
//
// Example:
//
//     #include <snug/padded.hpp>
//
//     #include <atomic>
//     #include <cassert>
//     #include <thread>
//
//     // One line for each thread; without padded<> both counters would share one.
//     struct Totals {
//       snug::padded<std::atomic<long>> read;
//       snug::padded<std::atomic<long>> written;
//     };
//     static_assert(sizeof(Totals) == 2 * snug::line);
//
//     int main() {
//       Totals totals;
//       std::thread reader([&] { for (int i = 0; i < 1000; ++i) ++*totals.read; });
//       std::thread writer([&] { for (int i = 0; i < 1000; ++i) ++*totals.written; });
//       reader.join();
//       writer.join();
//       assert(*totals.read == 1000 && totals.written->load() == 1000);
//
//       snug::padded_array<int, 4> one_for_each_worker{};
//       one_for_each_worker[3] = 7;
//       assert(one_for_each_worker[3] == 7);
//     }
//
// When not: data of one thread (it only gets bigger), data that is written rarely, and tables of
// many small entries. After crossbeam's CachePadded and folly's cacheline_aligned.
//
// A padded<T> runs nothing but T's own operations: aliasing, coming back, throwing and what is left
// of a padded that was moved from are T's.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include <snug/detail/answers.hpp>
#include <snug/detail/config.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/fail.hpp>

namespace snug {

// The cache line in bytes: what two threads fight over. 64, on Apple arm64 128; another value is
// chosen for a whole program by defining SNUG_CACHE_LINE (with CMake: -DSNUG_CACHE_LINE=128). A
// constant of this project and not std::hardware_destructive_interference_size, which changes with
// compiler flags and so would change layouts from one file of a program to the next.
inline constexpr std::size_t line =
#if defined(SNUG_CACHE_LINE)
    SNUG_CACHE_LINE;
#elif defined(__APPLE__) && defined(__aarch64__)
    128;
#else
    64;
#endif

static_assert(line >= 16 && line <= 4096 && (line & (line - 1)) == 0,
              "SNUG_CACHE_LINE must be a power of two between 16 and 4096");

namespace detail {

// The bytes from the end of a T to the end of its lines. Real members, since a compiler may put the
// members of a derived class into padding, but never into a member.
template <std::size_t Bytes>
struct filler {
  unsigned char bytes[Bytes];
  constexpr void settle() noexcept {
    for (unsigned char& byte : bytes) byte = 0;
  }
};
template <>
struct filler<0> {
  constexpr void settle() noexcept {}
};

constexpr std::size_t larger(std::size_t a, std::size_t b) {
  return a > b ? a : b;
}

}  // namespace detail

// A T that begins on a line and shares none of its lines with anything else.
//
// The address of the T is the address of the padded<T>. The size is the next multiple of Line; the
// tail is never reused, neither by a derived class nor by [[no_unique_address]]. Copying, moving
// and triviality are those of T (of a trivial T the whole lines are copied); `*p` and `p->` give
// the T, constant if p is. Thread-safety: that of T.
template <class T, std::size_t Line = line>
class alignas(detail::larger(Line, alignof(T))) padded {
  static_assert(std::is_object_v<T> && !std::is_array_v<T>,
                "padded<T> holds an object: T must not be a reference, a function or an array");
  static_assert((Line & (Line - 1)) == 0 && Line != 0,
                "the line of padded<T> must be a power of two");

 public:
  using value_type = T;

  // A value-initialised T: a padded<int> is 0.
  constexpr padded() noexcept(std::is_nothrow_default_constructible_v<T>)
    requires std::is_default_constructible_v<T>
      : value_() {
    if (std::is_constant_evaluated()) filler_.settle();
  }

  // A T made from the arguments, as `T(args...)`; also of a type that cannot be moved.
  template <class First, class... Rest>
    requires(!std::is_same_v<std::remove_cvref_t<First>, padded> &&
             std::is_constructible_v<T, First, Rest...>)
  constexpr explicit(sizeof...(Rest) != 0 || !std::is_convertible_v<First, T>)
      padded(First&& first,
             Rest&&... rest) noexcept(std::is_nothrow_constructible_v<T, First, Rest...>)
      : value_(detail::made_of<T>(std::forward<First>(first), std::forward<Rest>(rest)...)) {
    if (std::is_constant_evaluated()) filler_.settle();
  }

  constexpr T& operator*() noexcept { return value_; }
  constexpr const T& operator*() const noexcept { return value_; }
  constexpr T* operator->() noexcept { return std::addressof(value_); }
  constexpr const T* operator->() const noexcept { return std::addressof(value_); }
  constexpr T& get() noexcept { return value_; }
  constexpr const T& get() const noexcept { return value_; }

  // Prints the value; the fmt library does, too.
  template <class Char, class Traits>
    requires detail::printable<T, Char, Traits>
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const padded& p) {
    out << p.value_;
    return out;
  }
  friend constexpr const T& format_as(const padded& p) noexcept { return p.value_; }

 private:
  static constexpr std::size_t alignment = detail::larger(Line, alignof(T));
  static constexpr std::size_t tail = (alignment - sizeof(T) % alignment) % alignment;

  T value_;
  SNUG_NO_UNIQUE_ADDRESS detail::filler<tail> filler_;
};

template <class T>
padded(T) -> padded<T>;

// Compares the values. Also with what converts to a padded.
template <class T, std::size_t Line>
  requires detail::equal_to_itself<T>
constexpr bool operator==(const padded<T, Line>& a,
                          const std::type_identity_t<padded<T, Line>>& b) {
  return *a == *b;
}
template <class T, std::size_t Line>
  requires detail::ordered<T>
constexpr auto operator<=>(const padded<T, Line>& a,
                           const std::type_identity_t<padded<T, Line>>& b) {
  return detail::three_way(*a, *b);
}

// N values of T, each on lines of its own: one for each worker thread. `a[i]` and iteration give
// T&. Elements are value-initialised; `padded_array<T, N> a{}`. Thread-safety: that of T for each
// element; different elements never disturb each other.
template <class T, std::size_t N, std::size_t Line = line>
class padded_array {
  static_assert(N > 0, "padded_array<T, N> holds at least one element");

  template <class Element, class Cell>
  class basic_iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = Element*;
    using reference = Element&;

    constexpr basic_iterator() = default;
    constexpr explicit basic_iterator(Cell* at) noexcept : at_(at) {}
    // An iterator becomes a const_iterator.
    template <class E, class C>
      requires(std::is_convertible_v<C*, Cell*> && !std::is_same_v<C, Cell>)
    constexpr basic_iterator(basic_iterator<E, C> other) noexcept : at_(other.at_) {}

    constexpr reference operator*() const noexcept { return **at_; }
    constexpr pointer operator->() const noexcept { return std::addressof(**at_); }
    constexpr reference operator[](difference_type n) const noexcept { return *at_[n]; }
    constexpr basic_iterator& operator+=(difference_type n) noexcept {
      at_ += n;
      return *this;
    }
    constexpr basic_iterator& operator-=(difference_type n) noexcept { return *this += -n; }
    constexpr basic_iterator& operator++() noexcept { return *this += 1; }
    constexpr basic_iterator& operator--() noexcept { return *this += -1; }
    constexpr basic_iterator operator++(int) noexcept { return basic_iterator(at_++); }
    constexpr basic_iterator operator--(int) noexcept { return basic_iterator(at_--); }
    friend constexpr basic_iterator operator+(basic_iterator i, difference_type n) noexcept {
      return i += n;
    }
    friend constexpr basic_iterator operator+(difference_type n, basic_iterator i) noexcept {
      return i += n;
    }
    friend constexpr basic_iterator operator-(basic_iterator i, difference_type n) noexcept {
      return i -= n;
    }
    friend constexpr difference_type operator-(basic_iterator a, basic_iterator b) noexcept {
      return a.at_ - b.at_;
    }
    friend constexpr bool operator==(basic_iterator, basic_iterator) = default;
    friend constexpr auto operator<=>(basic_iterator, basic_iterator) = default;

   private:
    template <class, class>
    friend class basic_iterator;
    Cell* at_ = nullptr;
  };

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = basic_iterator<T, padded<T, Line>>;
  using const_iterator = basic_iterator<const T, const padded<T, Line>>;
  using reverse_iterator = std::reverse_iterator<iterator>;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;

  constexpr padded_array() noexcept(std::is_nothrow_default_constructible_v<T>)
    requires std::is_default_constructible_v<T>
      : cells_{} {}
  // The first elements are given, the rest value-initialised. Too many do not compile.
  template <class... Values>
    requires(sizeof...(Values) > 0 && sizeof...(Values) <= N &&
             (!std::is_same_v<std::remove_cvref_t<Values>, padded_array> && ...) &&
             (std::is_convertible_v<Values, T> && ...) &&
             (sizeof...(Values) == N || std::is_default_constructible_v<T>))
  constexpr padded_array(Values&&... values)
      : cells_{padded<T, Line>(std::forward<Values>(values))...} {}

  // REQUIRES: i < N.
  constexpr T& operator[](std::size_t i) noexcept {
    SNUG_EXPECTS(i < N, "padded_array: index out of range");
    return *cells_[i];
  }
  constexpr const T& operator[](std::size_t i) const noexcept {
    SNUG_EXPECTS(i < N, "padded_array: index out of range");
    return *cells_[i];
  }
  // Throws std::out_of_range unless i < N.
  constexpr T& at(std::size_t i) {
    if (i >= N) detail::raise<std::out_of_range>("snug::padded_array::at: index out of range");
    return *cells_[i];
  }
  constexpr const T& at(std::size_t i) const { return const_cast<padded_array&>(*this).at(i); }
  constexpr T& front() noexcept { return *cells_[0]; }
  constexpr const T& front() const noexcept { return *cells_[0]; }
  constexpr T& back() noexcept { return *cells_[N - 1]; }
  constexpr const T& back() const noexcept { return *cells_[N - 1]; }
  static constexpr std::size_t size() noexcept { return N; }
  static constexpr std::size_t max_size() noexcept { return N; }
  static constexpr bool empty() noexcept { return false; }

  // Every element becomes a copy of `value`, which may be one of them or a part of one.
  constexpr void fill(const T& value)
    requires std::is_copy_constructible_v<T> && std::is_copy_assignable_v<T>
  {
    const T copy(value);
    for (padded<T, Line>& cell : cells_) *cell = copy;
  }
  // Exchanges the elements, one by one. O(N).
  constexpr void swap(padded_array& other) noexcept(std::is_nothrow_swappable_v<T>)
    requires std::is_swappable_v<T>
  {
    using std::swap;
    for (std::size_t i = 0; i < N; ++i) swap(*cells_[i], *other.cells_[i]);
  }
  friend constexpr void swap(padded_array& a,
                             padded_array& b) noexcept(std::is_nothrow_swappable_v<T>)
    requires std::is_swappable_v<T>
  {
    a.swap(b);
  }

  // Element number I, as of a std::array: `auto& [read, written] = counters;`.
  template <std::size_t I>
  friend constexpr T& get(padded_array& a) noexcept {
    static_assert(I < N, "padded_array: index out of range");
    return *a.cells_[I];
  }
  template <std::size_t I>
  friend constexpr const T& get(const padded_array& a) noexcept {
    static_assert(I < N, "padded_array: index out of range");
    return *a.cells_[I];
  }
  template <std::size_t I>
  friend constexpr T&& get(padded_array&& a) noexcept {
    return std::move(get<I>(a));
  }
  template <std::size_t I>
  friend constexpr const T&& get(const padded_array&& a) noexcept {
    return std::move(get<I>(a));
  }

  constexpr iterator begin() noexcept { return iterator(cells_); }
  constexpr iterator end() noexcept { return iterator(cells_ + N); }
  constexpr const_iterator begin() const noexcept { return const_iterator(cells_); }
  constexpr const_iterator end() const noexcept { return const_iterator(cells_ + N); }
  constexpr const_iterator cbegin() const noexcept { return begin(); }
  constexpr const_iterator cend() const noexcept { return end(); }
  constexpr reverse_iterator rbegin() noexcept { return reverse_iterator(end()); }
  constexpr reverse_iterator rend() noexcept { return reverse_iterator(begin()); }
  constexpr const_reverse_iterator rbegin() const noexcept { return const_reverse_iterator(end()); }
  constexpr const_reverse_iterator rend() const noexcept { return const_reverse_iterator(begin()); }
  constexpr const_reverse_iterator crbegin() const noexcept { return rbegin(); }
  constexpr const_reverse_iterator crend() const noexcept { return rend(); }

 private:
  padded<T, Line> cells_[N];
};

// Compares the values, in order.
template <class T, std::size_t N, std::size_t Line>
  requires detail::equal_to_itself<T>
constexpr bool operator==(const padded_array<T, N, Line>& a, const padded_array<T, N, Line>& b) {
  for (std::size_t i = 0; i < N; ++i)
    if (!(a[i] == b[i])) return false;
  return true;
}
template <class T, std::size_t N, std::size_t Line>
  requires detail::ordered<T>
constexpr auto operator<=>(const padded_array<T, N, Line>& a, const padded_array<T, N, Line>& b) {
  using order = detail::order_of<T>;
  for (std::size_t i = 0; i < N; ++i)
    if (const order cell = detail::three_way(a[i], b[i]); cell != 0) return cell;
  return order(std::strong_ordering::equal);
}

}  // namespace snug

template <class T, std::size_t N, std::size_t Line>
struct std::tuple_size<snug::padded_array<T, N, Line>> : std::integral_constant<std::size_t, N> {};
template <std::size_t I, class T, std::size_t N, std::size_t Line>
struct std::tuple_element<I, snug::padded_array<T, N, Line>> {
  static_assert(I < N, "padded_array: index out of range");
  using type = T;
};

// A padded<T> hashes as its T.
template <class T, std::size_t Line>
  requires snug::detail::hashable<T>
struct std::hash<snug::padded<T, Line>> {
  constexpr std::size_t operator()(const snug::padded<T, Line>& p) const
      noexcept(noexcept(std::hash<T>()(*p))) {
    return std::hash<T>()(*p);
  }
};
