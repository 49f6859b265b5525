// The rows of soa_vector and aosoa_vector: what dereferencing their iterators gives.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

#include <snug/detail/aggregate.hpp>
#include <snug/detail/answers.hpp>
#include <snug/detail/arrow.hpp>

namespace snug {

template <class S, class Layout, bool Const>
class soa_row;
template <class S, class Layout, bool Const>
class soa_iterator;
template <class S>
class soa_row_view;
template <class S>
class soa_value;
template <class S, class Layout>
class soa_moving_row;

namespace detail {

// An S whose lifetime never begins: its members have addresses, which is all that is asked of it.
template <class S>
union unmade {
  constexpr unmade() noexcept : nothing() {}
  constexpr ~unmade() {}
  char nothing;
  S value;
};
template <class S>
inline constexpr unmade<S> unmade_object{};

// The position of the member M among the fields of S, found at compile time by address.
template <class S, auto M>
constexpr std::size_t find_member() {
  return detail::with_fields(unmade_object<S>.value, [](const auto&... fields) {
    const void* wanted = std::addressof(unmade_object<S>.value.*M);
    std::size_t at = 0;
    std::size_t found = sizeof...(fields);
    ((found = static_cast<const void*>(std::addressof(fields)) == wanted ? at : found, ++at), ...);
    return found;
  });
}

template <class S, auto M>
struct member_index {
  static_assert(
      std::is_member_object_pointer_v<decltype(M)>,
      "snug::soa_vector: a column is named by a pointer to a data member, as in col<&S::x>()");
  static_assert(
      requires { unmade_object<S>.value.*M; },
      "snug::soa_vector: the member pointer belongs to another struct");
  static constexpr std::size_t value = find_member<S, M>();
  static_assert(value < field_count<S>,
                "snug::soa_vector: the member is not a field of its own, but inside of one");
};

template <class List>
struct fields_of;
template <class... F>
struct fields_of<type_list<F...>> {
  static constexpr std::size_t count = sizeof...(F);
  template <std::size_t I>
  using type = std::tuple_element_t<I, std::tuple<F...>>;
  static constexpr bool copyable = (std::is_copy_constructible_v<F> && ...);
  static constexpr bool nothrow_movable = (std::is_nothrow_move_constructible_v<F> && ...);
  static constexpr bool movable = (std::is_move_constructible_v<F> && ...);
  static constexpr bool plain = (std::is_trivially_copyable_v<F> && ...);
  static constexpr bool copy_assignable = (std::is_copy_assignable_v<F> && ...);
  static constexpr bool move_assignable = (std::is_move_assignable_v<F> && ...);
  static constexpr bool swappable = (std::is_swappable_v<F> && ...);
  static constexpr bool nothrow_swappable = (std::is_nothrow_swappable_v<F> && ...);
  static constexpr bool equality_comparable = (std::equality_comparable<F> && ...);
  static constexpr bool three_way_comparable = (ordered<F> && ...);
  template <class... G>
  struct ordering {
    using type = void;
  };
  template <class... G>
    requires(ordered<G> && ...)
  struct ordering<G...> {
    using type = std::common_comparison_category_t<order_of<G>...>;
  };
  // Of rows: that of the field with the weakest.
  using order = typename ordering<F...>::type;
  using pointers = std::tuple<const F*...>;
  static constexpr bool arrays = (std::is_array_v<F> || ...);
  static constexpr bool constants = (std::is_const_v<F> || ...);
  static constexpr bool references = (std::is_reference_v<F> || ...);
};

template <class S>
using fields = fields_of<field_types<S>>;

// Whether all fields of two rows are equal, and how the first that differ are ordered. A and B have
// get<I>().
template <class S, class A, class B>
constexpr bool equal_rows(const A& a, const B& b) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return ((a.template get<I>() == b.template get<I>()) && ...);
  }(std::make_index_sequence<fields<S>::count>{});
}
template <class S, class A, class B>
constexpr auto compare_rows(const A& a, const B& b) {
  typename fields<S>::order result = std::strong_ordering::equal;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_cast<void>(
        ((result = three_way(a.template get<I>(), b.template get<I>()), result == 0) && ...));
  }(std::make_index_sequence<fields<S>::count>{});
  return result;
}

// Calls f(std::integral_constant<std::size_t, I>) for every field, in order.
template <class S, class F>
constexpr void for_each_field(F&& f) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f(std::integral_constant<std::size_t, I>{}), ...);
  }(std::make_index_sequence<fields<S>::count>{});
}

template <auto M>
struct member_of;
template <class S, class F, F S::* M>
struct member_of<M> {
  using type = S;
};

}  // namespace detail

// Reads the member M of an S or of a row of S: a projection for algorithms.
//   std::ranges::sort(v, {}, snug::field<&particle::mass>);
template <auto M>
struct field_t {
  template <class Row>
  constexpr decltype(auto) operator()(Row&& row) const noexcept {
    if constexpr (requires { row.*M; }) {
      return (std::forward<Row>(row).*M);
    } else {
      return row.template get<M>();
    }
  }
};
template <auto M>
inline constexpr field_t<M> field{};

// A reference to one row: to the fields of an S that lie apart. Copying it copies the reference;
// assigning to it assigns the fields, as with a reference to an S. It converts to S.
//
//   row.get<&S::x>()          the field x
//   auto [x, y] = row;        x and y are references to the fields
//   S s = row;  row = s;      reads, writes all fields
//
// `auto row = v[0]` is a reference too. Valid as long as an iterator to the row.
template <class S, class Layout, bool Const>
class soa_row {
 public:
  using value_type = S;
  template <std::size_t I>
  using field_reference =
      std::conditional_t<Const, const typename detail::fields<S>::template type<I>&,
                         typename detail::fields<S>::template type<I>&>;

  constexpr soa_row(const Layout& layout, std::size_t index) noexcept
      : layout_(&layout), index_(index) {}
  constexpr soa_row(const soa_row&) noexcept = default;
  template <bool C>
    requires(Const && !C)
  constexpr soa_row(const soa_row<S, Layout, C>& other) noexcept
      : layout_(other.layout_), index_(other.index_) {}

  // The field, by member pointer or by number.
  template <auto M>
    requires std::is_member_object_pointer_v<decltype(M)>
  [[nodiscard]] constexpr auto& get() const noexcept {
    return get<detail::member_index<S, M>::value>();
  }
  template <std::size_t I>
  [[nodiscard]] constexpr field_reference<I> get() const noexcept {
    return *layout_->template at<I>(index_);
  }

  // A copy of the row as a struct.
  constexpr operator S() const
    requires(detail::fields<S>::copyable)
  {
    return make([](auto& f) -> auto& { return f; });
  }
  // The row as a struct, the fields moved out of the columns.
  [[nodiscard]] constexpr S take() const
    requires(!Const)
  {
    return make([](auto& f) -> auto&& { return std::move(f); });
  }

  // Assigns the fields, in order. Basic guarantee: a throw leaves the earlier fields assigned.
  constexpr const soa_row& operator=(const S& value) const
    requires(!Const && detail::fields<S>::copy_assignable)
  {
    detail::with_fields(value, [&](const auto&... f) { assign(f...); });
    return *this;
  }
  constexpr const soa_row& operator=(S&& value) const
    requires(!Const && detail::fields<S>::move_assignable)
  {
    detail::with_fields(value, [&](auto&... f) { assign(std::move(f)...); });
    return *this;
  }
  constexpr const soa_row& operator=(const soa_row& other) const
    requires(!Const && detail::fields<S>::copy_assignable)
  {
    assign_row(other);
    return *this;
  }
  constexpr soa_row& operator=(const soa_row& other)
    requires(!Const && detail::fields<S>::copy_assignable)
  {
    assign_row(other);
    return *this;
  }
  template <bool C>
    requires(!Const && C && detail::fields<S>::copy_assignable)
  constexpr const soa_row& operator=(const soa_row<S, Layout, C>& other) const {
    assign_row(other);
    return *this;
  }

  // Exchanges the fields of two rows. Basic guarantee: a throw leaves the earlier fields exchanged.
  // Behind `using std::swap`, too; std::swap itself would exchange references.
  friend constexpr void swap(const soa_row& a,
                             const soa_row& b) noexcept(detail::fields<S>::nothrow_swappable)
    requires(!Const && detail::fields<S>::swappable)
  {
    a.exchange(b);
  }
  friend constexpr void swap(soa_row& a, soa_row& b) noexcept(detail::fields<S>::nothrow_swappable)
    requires(!Const && detail::fields<S>::swappable)
  {
    a.exchange(b);
  }
  friend void swap(soa_row&, soa_row&)
    requires(!Const && !detail::fields<S>::swappable)
  = delete;

  // Field by field; so is the order, in which the first fields that differ decide.
  template <bool C>
    requires(detail::fields<S>::equality_comparable)
  friend constexpr bool operator==(const soa_row& a, const soa_row<S, Layout, C>& b) {
    return detail::equal_rows<S>(a, b);
  }
  friend constexpr bool operator==(const soa_row& a, const S& b)
    requires(detail::fields<S>::equality_comparable)
  {
    return detail::equal_rows<S>(a, soa_row_view<S>(b));
  }
  template <bool C>
    requires(detail::fields<S>::three_way_comparable)
  friend constexpr auto operator<=>(const soa_row& a, const soa_row<S, Layout, C>& b) {
    return detail::compare_rows<S>(a, b);
  }
  friend constexpr auto operator<=>(const soa_row& a, const S& b)
    requires(detail::fields<S>::three_way_comparable)
  {
    return detail::compare_rows<S>(a, soa_row_view<S>(b));
  }

 private:
  template <class, class, bool>
  friend class soa_row;
  template <class, class>
  friend class soa_moving_row;

  template <class F>
  constexpr S make(F how) const {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return S{how(*layout_->template at<I>(index_))...};
    }(std::make_index_sequence<detail::fields<S>::count>{});
  }
  template <class... V>
  constexpr void assign(V&&... values) const {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (static_cast<void>(get<I>() = std::forward<V>(values)), ...);
    }(std::make_index_sequence<sizeof...(V)>{});
  }
  constexpr void exchange(const soa_row& other) const {
    detail::for_each_field<S>([&](auto i) {
      using std::swap;
      swap(get<i()>(), other.template get<i()>());
    });
  }
  template <class Row>
  constexpr void assign_row(const Row& other) const {
    detail::for_each_field<S>([&](auto i) { get<i()>() = other.template get<i()>(); });
  }
  constexpr void assign_moved(const soa_row& other) const {
    if (layout_ == other.layout_ && index_ == other.index_) return;
    detail::for_each_field<S>([&](auto i) { get<i()>() = std::move(other.template get<i()>()); });
  }

  const Layout* layout_;
  std::size_t index_;
};

// What a row and an S have in common: const references to the fields of either. The algorithms of
// std::ranges ask for it; programs see it in comparisons and projections of their own.
template <class S>
class soa_row_view {
 public:
  using value_type = S;

  template <class Layout, bool Const>
  constexpr soa_row_view(const soa_row<S, Layout, Const>& row) noexcept
      : fields_([&]<std::size_t... I>(std::index_sequence<I...>) {
          return typename detail::fields<S>::pointers(std::addressof(row.template get<I>())...);
        }(std::make_index_sequence<detail::fields<S>::count>{})) {}
  constexpr soa_row_view(const soa_value<S>& value) noexcept
      : soa_row_view(static_cast<const S&>(value.value)) {}
  constexpr soa_row_view(const S& value) noexcept
      : fields_(detail::with_fields(value, [](const auto&... f) {
          return typename detail::fields<S>::pointers(std::addressof(f)...);
        })) {}

  template <auto M>
    requires std::is_member_object_pointer_v<decltype(M)>
  [[nodiscard]] constexpr const auto& get() const noexcept {
    return get<detail::member_index<S, M>::value>();
  }
  template <std::size_t I>
  [[nodiscard]] constexpr const auto& get() const noexcept {
    return *std::get<I>(fields_);
  }

  friend constexpr bool operator==(const soa_row_view& a, const soa_row_view& b)
    requires(detail::fields<S>::equality_comparable)
  {
    return detail::equal_rows<S>(a, b);
  }
  friend constexpr auto operator<=>(const soa_row_view& a, const soa_row_view& b)
    requires(detail::fields<S>::three_way_comparable)
  {
    return detail::compare_rows<S>(a, b);
  }

 private:
  typename detail::fields<S>::pointers fields_;
};

// What iterators over rows of an S that cannot be copied call their value: an S that was taken out
// of a row. The algorithms of the standard library make it from std::move(*it); programs name it
// seldom, and v[0] does not convert to it.
template <class S>
class soa_value {
 public:
  template <class Layout>
  constexpr soa_value(const soa_moving_row<S, Layout>& row) : value(row.take()) {}
  constexpr soa_value(S&& from) noexcept(detail::fields<S>::nothrow_movable)
      : value(std::move(from)) {}

  template <auto M>
    requires std::is_member_object_pointer_v<decltype(M)>
  [[nodiscard]] constexpr const auto& get() const noexcept {
    return value.*M;
  }
  friend constexpr bool operator==(const soa_value& a, const soa_value& b)
    requires(detail::fields<S>::equality_comparable)
  {
    return soa_row_view<S>(a) == soa_row_view<S>(b);
  }
  friend constexpr auto operator<=>(const soa_value& a, const soa_value& b)
    requires(detail::fields<S>::three_way_comparable)
  {
    return soa_row_view<S>(a) <=> soa_row_view<S>(b);
  }

  S value;
};

// What such an iterator refers to: a row that is assigned to from another one by moving its fields,
// as `*to = std::move(*from)` of the algorithms means it.
template <class S, class Layout>
class soa_moving_row : public soa_row<S, Layout, false> {
  using row = soa_row<S, Layout, false>;

 public:
  using row::row;
  constexpr soa_moving_row(const soa_moving_row&) noexcept = default;
  using row::operator=;
  constexpr const soa_moving_row& operator=(const soa_moving_row& other) const {
    this->assign_moved(other);
    return *this;
  }
  constexpr soa_moving_row& operator=(const soa_moving_row& other) {
    this->assign_moved(other);
    return *this;
  }
  constexpr const soa_moving_row& operator=(soa_value<S>&& other) const {
    row::operator=(std::move(other.value));
    return *this;
  }
};

template <std::size_t I, class S, class Layout, bool Const>
[[nodiscard]] constexpr decltype(auto) get(const soa_row<S, Layout, Const>& row) noexcept {
  return row.template get<I>();
}

// A random-access iterator over rows: value_type is S, the reference is a soa_row. It has what
// std::ranges::sort and the other algorithms ask for.
template <class S, class Layout, bool Const>
class soa_iterator {
 public:
  using iterator_concept = std::random_access_iterator_tag;
  using iterator_category = std::random_access_iterator_tag;
  using value_type = std::conditional_t<detail::fields<S>::copyable, S, soa_value<S>>;
  using difference_type = std::ptrdiff_t;
  using reference = std::conditional_t<detail::fields<S>::copyable || Const,
                                       soa_row<S, Layout, Const>, soa_moving_row<S, Layout>>;
  using pointer = detail::arrow<reference>;

  constexpr soa_iterator() noexcept = default;
  constexpr soa_iterator(const Layout& layout, std::size_t index) noexcept
      : layout_(&layout), index_(static_cast<difference_type>(index)) {}
  template <bool C>
    requires(Const && !C)
  constexpr soa_iterator(const soa_iterator<S, Layout, C>& other) noexcept
      : layout_(other.layout_), index_(other.index_) {}

  constexpr reference operator*() const noexcept {
    return reference(*layout_, static_cast<std::size_t>(index_));
  }
  constexpr pointer operator->() const noexcept { return {**this}; }
  constexpr reference operator[](difference_type n) const noexcept { return *(*this + n); }
  // The field M of the row.
  template <auto M>
  [[nodiscard]] constexpr decltype(auto) get() const noexcept {
    return (**this).template get<M>();
  }

  constexpr soa_iterator& operator++() noexcept { return *this += 1; }
  constexpr soa_iterator& operator--() noexcept { return *this -= 1; }
  constexpr soa_iterator operator++(int) noexcept {
    auto old = *this;
    ++*this;
    return old;
  }
  constexpr soa_iterator operator--(int) noexcept {
    auto old = *this;
    --*this;
    return old;
  }
  constexpr soa_iterator& operator+=(difference_type n) noexcept {
    index_ += n;
    return *this;
  }
  constexpr soa_iterator& operator-=(difference_type n) noexcept { return *this += -n; }
  friend constexpr soa_iterator operator+(soa_iterator it, difference_type n) noexcept {
    return it += n;
  }
  friend constexpr soa_iterator operator+(difference_type n, soa_iterator it) noexcept {
    return it += n;
  }
  friend constexpr soa_iterator operator-(soa_iterator it, difference_type n) noexcept {
    return it -= n;
  }
  friend constexpr difference_type operator-(const soa_iterator& a,
                                             const soa_iterator& b) noexcept {
    return a.index_ - b.index_;
  }
  friend constexpr bool operator==(const soa_iterator& a, const soa_iterator& b) noexcept {
    return a.index_ == b.index_;
  }
  friend constexpr std::strong_ordering operator<=>(const soa_iterator& a,
                                                    const soa_iterator& b) noexcept {
    return a.index_ <=> b.index_;
  }

  // The row's fields moved into an S: what algorithms hold while they shift elements.
  friend constexpr value_type iter_move(const soa_iterator& it) noexcept(
      detail::fields<S>::nothrow_movable)
    requires(!Const)
  {
    return (*it).take();
  }
  friend constexpr void iter_swap(const soa_iterator& a, const soa_iterator& b) noexcept(
      detail::fields<S>::nothrow_swappable)
    requires(!Const && detail::fields<S>::swappable)
  {
    swap(*a, *b);
  }

 private:
  template <class, class, bool>
  friend class soa_iterator;
  const Layout* layout_ = nullptr;
  difference_type index_ = 0;
};

}  // namespace snug

template <class S, class Layout, bool Const, template <class> class Q, template <class> class R>
struct std::basic_common_reference<snug::soa_row<S, Layout, Const>, S, Q, R> {
  using type = snug::soa_row_view<S>;
};
template <class S, class Layout, bool Const, template <class> class Q, template <class> class R>
struct std::basic_common_reference<S, snug::soa_row<S, Layout, Const>, Q, R> {
  using type = snug::soa_row_view<S>;
};
template <class S, class Layout, bool Const, template <class> class Q, template <class> class R>
struct std::basic_common_reference<snug::soa_row<S, Layout, Const>, snug::soa_value<S>, Q, R> {
  using type = snug::soa_row_view<S>;
};
template <class S, class Layout, bool Const, template <class> class Q, template <class> class R>
struct std::basic_common_reference<snug::soa_value<S>, snug::soa_row<S, Layout, Const>, Q, R> {
  using type = snug::soa_row_view<S>;
};
template <class S, class Layout, template <class> class Q, template <class> class R>
struct std::basic_common_reference<snug::soa_moving_row<S, Layout>, snug::soa_value<S>, Q, R> {
  using type = snug::soa_row_view<S>;
};
template <class S, class Layout, template <class> class Q, template <class> class R>
struct std::basic_common_reference<snug::soa_value<S>, snug::soa_moving_row<S, Layout>, Q, R> {
  using type = snug::soa_row_view<S>;
};

template <class S, class Layout, bool Const>
struct std::tuple_size<snug::soa_row<S, Layout, Const>>
    : std::integral_constant<std::size_t, snug::detail::fields<S>::count> {};
template <std::size_t I, class S, class Layout, bool Const>
struct std::tuple_element<I, snug::soa_row<S, Layout, Const>> {
  using type = typename snug::soa_row<S, Layout, Const>::template field_reference<I>;
};
template <class S, class Layout>
struct std::tuple_size<snug::soa_moving_row<S, Layout>>
    : std::tuple_size<snug::soa_row<S, Layout, false>> {};
template <std::size_t I, class S, class Layout>
struct std::tuple_element<I, snug::soa_moving_row<S, Layout>>
    : std::tuple_element<I, snug::soa_row<S, Layout, false>> {};
