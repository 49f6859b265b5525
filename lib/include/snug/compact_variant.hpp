// A variant whose rare large alternatives live on the heap, so that the common small ones do not
// pay for them, and which always holds a value.
//
// Example:
//
//     #include <snug/compact_variant.hpp>
//     #include <array>
//     #include <string_view>
//
//     using report = std::array<char, 200>;                 // rare
//     using event = snug::compact_variant<int, double, report>;
//     static_assert(sizeof(event) <= 16, "a std::variant of these would have 208 bytes");
//
//     // An alternative may contain the variant itself: boxed<T> may be incomplete.
//     struct sum;
//     using expression = snug::compact_variant<int, snug::boxed<sum>>;
//     struct sum { expression left, right; };
//     int value_of(const expression& e);
//     struct evaluate {
//       int operator()(int n) const { return n; }
//       int operator()(const sum& s) const { return value_of(s.left) + value_of(s.right); }
//     };
//     int value_of(const expression& e) { return e.visit(evaluate{}); }
//
//     int main() {
//       event e = 1.5;
//       bool ok = e.get<double>() == 1.5 && !event::is_boxed<1> && event::is_boxed<2>;
//       e = report{'a', 'b'};                               // one allocation
//       ok = ok && e.get<report>()[1] == 'b';               // the box is invisible
//       expression x = sum{2, sum{3, 4}};
//       return ok && value_of(x) == 9 ? 0 : 1;
//     }
//
// An alternative is boxed when it is larger than two pointers, aligned to more than a pointer
// needs, when its move may throw (that is what makes the variant never valueless), or when it is
// written boxed<T>. basic_compact_variant takes the limit in bytes as its first argument.
//
// Boxing pays when the large alternatives are rare: as a rule below 30 % of the values. Each costs
// an allocation and a pointer to follow, where std::variant has the bytes at hand.
//
// Exceptions: every operation has the strong guarantee, emplace and assignment too.
// A variant that was moved from holds a value: if it held a small one, that in its moved-from
// state; if it held a boxed one, a default-made value of the first small alternative that can be
// made without throwing, so that a move allocates nothing (without such an alternative, a
// moved-from box of its own, and the move may throw std::bad_alloc). Thread-safety: as
// std::variant. Ideas: boost::variant2 (never valueless), std::indirect.
//
// Arguments inside of the variant: what is assigned or emplaced may be the variant, its value or a
// part of it (`e = std::move(e.get<sum>().left)`): the new value is made before the old one goes.
// Only swap is for variants of which neither is inside of the other.
//
// Coming back: constructors of a new value and the destructor of a boxed old one may use the
// variant, which has the old value until the new one is whole, and then the new one. The move
// constructor and the destructor of an alternative that is not boxed must not, nor the destructor
// of the last value: the checked mode ends the program, without it assigning does and visit is
// undefined. Comparisons, hashes, visitors and copies must not change the variants they read.
//
// Concepts are answered for the alternatives: copyable, comparable (strongly where all are),
// hashable, default-made if the first is. Of a boxed<T> that is not complete where the variant is
// first needed, copies and comparisons are believed, and asked for where they are used.
//
// As for std::variant there are free get, get_if, holds_alternative, visit of any number of
// variants and visit<R>, variant_size and variant_alternative. No std::monostate is needed, nor
// valueless_by_exception: there is always a value. Not constexpr: a box in raw bytes cannot be.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <variant>

#include <snug/detail/alternatives.hpp>
#include <snug/detail/construct.hpp>
#include <snug/detail/fail.hpp>
#include <snug/detail/switch.hpp>

namespace snug {

template <std::size_t InlineLimit, class... As>
class basic_compact_variant {
  template <std::size_t I>
  using written = detail::nth<I, As...>;

 public:
  static constexpr std::size_t alternatives = sizeof...(As);
  // The type of alternative number I.
  template <std::size_t I>
  using alternative = typename detail::unboxed<written<I>>::type;
  // Whether alternative number I lives on the heap.
  template <std::size_t I>
  static constexpr bool is_boxed = !detail::fits_inline<written<I>, InlineLimit>();

 private:
  static_assert(sizeof...(As) >= 1 && sizeof...(As) <= 255,
                "snug::compact_variant: between 1 and 255 alternatives");
  static_assert((std::is_object_v<typename detail::unboxed<As>::type> && ...) &&
                    (!std::is_array_v<typename detail::unboxed<As>::type> && ...),
                "snug::compact_variant: an alternative must be an object type and no array");
  static constexpr bool any_boxed = (!detail::fits_inline<As, InlineLimit>() || ...);

  template <class A>
  static constexpr std::size_t stored_size() {
    if constexpr (detail::fits_inline<A, InlineLimit>())
      return sizeof(A);
    else
      return sizeof(void*);
  }
  template <class A>
  static constexpr std::size_t stored_align() {
    if constexpr (detail::fits_inline<A, InlineLimit>())
      return alignof(A);
    else
      return alignof(void*);
  }
  static constexpr std::size_t largest(std::initializer_list<std::size_t> sizes) {
    std::size_t most = 1;
    for (std::size_t s : sizes) most = s > most ? s : most;
    return most;
  }
  // The first small alternative that can be made without throwing, for variants that were moved
  // from.
  static constexpr std::size_t find_fallback() {
    std::size_t at = 0;
    std::size_t found = alternatives;
    auto look = [&]<class A>() {
      if constexpr (detail::fits_inline<A, InlineLimit>()) {
        if (found == alternatives && std::is_nothrow_default_constructible_v<A>) found = at;
      }
      ++at;
    };
    (look.template operator()<As>(), ...);
    return found;
  }
  static constexpr std::size_t fallback = find_fallback();

  template <template <class> class Trait>
  static constexpr bool all_inline = !any_boxed && (detail::trait_of<Trait, As, false>() && ...);
  // An enumerator, since it is worked out with the class, when a boxed<T> may not be complete.
  enum : bool { known = ((requires { sizeof(typename detail::unboxed<As>::type); }) && ...) };
  template <template <class> class Trait>
  static constexpr bool all = (detail::trait_of<Trait, As, known>() && ...);
  static constexpr std::uint8_t busy = 255;
  static constexpr bool nothrow_move = !any_boxed || fallback < alternatives;

  // Whether making alternative I of these arguments throws nothing: no box, no throwing
  // constructor.
  template <std::size_t I, class... Args>
  static constexpr bool makes_nothrow() {
    if constexpr (is_boxed<I>) {
      return false;
    } else {
      return std::is_nothrow_constructible_v<alternative<I>, Args...>;
    }
  }

  template <class T>
  static constexpr std::size_t count_of =
      (std::size_t{std::is_same_v<T, typename detail::unboxed<As>::type>} + ... + 0);
  template <class T>
  static constexpr std::size_t find_type() {
    static_assert(
        count_of<T> == 1,
        "snug::compact_variant: the type is not exactly one of the alternatives; use the number");
    std::size_t at = 0;
    std::size_t found = 0;
    ((found = std::is_same_v<T, typename detail::unboxed<As>::type> ? at : found, ++at), ...);
    return found;
  }

 public:
  // Holds a value-initialised first alternative.
  basic_compact_variant() noexcept(!is_boxed<0> &&
                                   std::is_nothrow_default_constructible_v<alternative<0>>)
    requires(detail::trait_of<std::is_default_constructible, written<0>, known>())
  {
    construct<0>();
    index_ = 0;
  }
  // Holds `value`, as the alternative that std::variant would choose: never by narrowing.
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, basic_compact_variant> &&
             detail::chosen_alternative<U, typename detail::unboxed<As>::type...>() < sizeof...(As))
  basic_compact_variant(U&& value) noexcept(
      makes_nothrow<detail::chosen_alternative<U, typename detail::unboxed<As>::type...>(), U>()) {
    constexpr std::size_t I =
        detail::chosen_alternative<U, typename detail::unboxed<As>::type...>();
    construct<I>(std::forward<U>(value));
    index_ = I;
  }
  // Holds alternative number I, or T, made from `args`.
  template <std::size_t I, class... Args>
    requires(I < sizeof...(As) && detail::makes<alternative<I>, Args...>)
  explicit basic_compact_variant(std::in_place_index_t<I>,
                                 Args&&... args) noexcept(makes_nothrow<I, Args...>()) {
    construct<I>(std::forward<Args>(args)...);
    index_ = I;
  }
  template <std::size_t I, class E, class... Args>
    requires(I < sizeof...(As) && detail::makes<alternative<I>, std::initializer_list<E>&, Args...>)
  explicit basic_compact_variant(std::in_place_index_t<I>, std::initializer_list<E> list,
                                 Args&&... args) {
    construct<I>(list, std::forward<Args>(args)...);
    index_ = I;
  }
  template <class T, class... Args>
    requires(count_of<T> == 1 && detail::makes<T, Args...>)
  explicit basic_compact_variant(std::in_place_type_t<T>,
                                 Args&&... args) noexcept(makes_nothrow<find_type<T>(), Args...>())
      : basic_compact_variant(std::in_place_index<find_type<T>()>, std::forward<Args>(args)...) {}
  template <class T, class E, class... Args>
    requires(count_of<T> == 1 && detail::makes<T, std::initializer_list<E>&, Args...>)
  explicit basic_compact_variant(std::in_place_type_t<T>, std::initializer_list<E> list,
                                 Args&&... args)
      : basic_compact_variant(std::in_place_index<find_type<T>()>, list,
                              std::forward<Args>(args)...) {}

  basic_compact_variant(const basic_compact_variant&)
    requires(all_inline<std::is_trivially_copy_constructible>)
  = default;
  basic_compact_variant(const basic_compact_variant& other)
    requires(all<std::is_copy_constructible> && !all_inline<std::is_trivially_copy_constructible>)
  {
    other.with_index([&](auto i) { construct<i()>(other.unchecked<i()>()); });
    index_ = other.index_;
  }
  basic_compact_variant(basic_compact_variant&&)
    requires(all_inline<std::is_trivially_move_constructible>)
  = default;
  basic_compact_variant(basic_compact_variant&& other) noexcept(nothrow_move)
    requires(!all_inline<std::is_trivially_move_constructible>)
  {
    other.with_index([&](auto i) {
      if constexpr (!is_boxed<i()>) {
        construct<i()>(std::move(other.template unchecked<i()>()));
        index_ = other.index_;
      } else if constexpr (fallback < alternatives) {
        std::construct_at(box<i()>(), *other.template box<i()>());
        index_ = other.index_;
        other.template construct<fallback>();
        other.index_ = static_cast<std::uint8_t>(fallback);
      } else {
        construct<i()>(std::move(other.template unchecked<i()>()));
        index_ = other.index_;
      }
    });
  }
  basic_compact_variant& operator=(const basic_compact_variant&)
    requires(all_inline<std::is_trivially_copyable>)
  = default;
  basic_compact_variant& operator=(const basic_compact_variant& other)
    requires(all<std::is_copy_constructible> && !all_inline<std::is_trivially_copyable>)
  {
    basic_compact_variant copy(other);
    swap(copy);
    return *this;
  }
  basic_compact_variant& operator=(basic_compact_variant&&)
    requires(all_inline<std::is_trivially_copyable>)
  = default;
  basic_compact_variant& operator=(basic_compact_variant&& other) noexcept(nothrow_move)
    requires(!all_inline<std::is_trivially_copyable>)
  {
    basic_compact_variant taken(std::move(other));
    swap(taken);
    return *this;
  }
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, basic_compact_variant> &&
             detail::chosen_alternative<U, typename detail::unboxed<As>::type...>() < sizeof...(As))
  basic_compact_variant& operator=(U&& value) noexcept(
      makes_nothrow<detail::chosen_alternative<U, typename detail::unboxed<As>::type...>(), U>()) {
    basic_compact_variant made(std::forward<U>(value));
    swap(made);
    return *this;
  }
  ~basic_compact_variant()
    requires(all_inline<std::is_trivially_destructible>)
  = default;
  ~basic_compact_variant() { destroy(); }

  // Replaces the value by alternative number I, or T, made from `args`, which may refer to the old
  // value. Strong guarantee: the new value is made first.
  template <std::size_t I, class... Args>
    requires detail::makes<alternative<I>, Args...>
  alternative<I>& emplace(Args&&... args) {
    basic_compact_variant made(std::in_place_index<I>, std::forward<Args>(args)...);
    swap(made);
    return unchecked<I>();
  }
  template <std::size_t I, class E, class... Args>
    requires detail::makes<alternative<I>, std::initializer_list<E>&, Args...>
  alternative<I>& emplace(std::initializer_list<E> list, Args&&... args) {
    basic_compact_variant made(std::in_place_index<I>, list, std::forward<Args>(args)...);
    swap(made);
    return unchecked<I>();
  }
  template <class T, class... Args>
    requires detail::makes<T, Args...>
  T& emplace(Args&&... args) {
    return emplace<find_type<T>()>(std::forward<Args>(args)...);
  }
  template <class T, class E, class... Args>
    requires detail::makes<T, std::initializer_list<E>&, Args...>
  T& emplace(std::initializer_list<E> list, Args&&... args) {
    return emplace<find_type<T>()>(list, std::forward<Args>(args)...);
  }

  // The number of the alternative that is held.
  [[nodiscard]] std::size_t index() const noexcept { return index_; }
  template <class T>
  [[nodiscard]] bool holds() const noexcept {
    return index_ == find_type<T>();
  }
  // The value, if it is alternative number I, or T; null otherwise.
  template <std::size_t I>
  [[nodiscard]] alternative<I>* get_if() noexcept {
    return index_ == I ? std::addressof(unchecked<I>()) : nullptr;
  }
  template <std::size_t I>
  [[nodiscard]] const alternative<I>* get_if() const noexcept {
    return index_ == I ? std::addressof(unchecked<I>()) : nullptr;
  }
  template <class T>
  [[nodiscard]] T* get_if() noexcept {
    return get_if<find_type<T>()>();
  }
  template <class T>
  [[nodiscard]] const T* get_if() const noexcept {
    return get_if<find_type<T>()>();
  }
  // The value as alternative number I, or T; throws std::bad_variant_access if it is another one.
  template <std::size_t I>
  [[nodiscard]] alternative<I>& get() & {
    if (index_ != I)
      detail::raise<std::bad_variant_access>("compact_variant: get of another alternative");
    return unchecked<I>();
  }
  template <std::size_t I>
  [[nodiscard]] const alternative<I>& get() const& {
    return const_cast<basic_compact_variant&>(*this).template get<I>();
  }
  template <std::size_t I>
  [[nodiscard]] alternative<I>&& get() && {
    return std::move(get<I>());
  }
  template <std::size_t I>
  [[nodiscard]] const alternative<I>&& get() const&& {
    return std::move(get<I>());
  }
  template <class T>
  [[nodiscard]] T& get() & {
    return get<find_type<T>()>();
  }
  template <class T>
  [[nodiscard]] const T& get() const& {
    return get<find_type<T>()>();
  }
  template <class T>
  [[nodiscard]] T&& get() && {
    return std::move(get<find_type<T>()>());
  }
  template <class T>
  [[nodiscard]] const T&& get() const&& {
    return std::move(get<find_type<T>()>());
  }

  // Calls f(value) and returns what it returns. A switch, which the compiler sees through. All
  // alternatives must give the same type.
  template <class F>
  SNUG_ALWAYS_INLINE decltype(auto) visit(F&& f) & {
    return visit_as<basic_compact_variant&>(*this, std::forward<F>(f));
  }
  template <class F>
  SNUG_ALWAYS_INLINE decltype(auto) visit(F&& f) const& {
    return visit_as<const basic_compact_variant&>(*this, std::forward<F>(f));
  }
  template <class F>
  SNUG_ALWAYS_INLINE decltype(auto) visit(F&& f) && {
    return visit_as<basic_compact_variant&&>(*this, std::forward<F>(f));
  }
  template <class F>
  SNUG_ALWAYS_INLINE decltype(auto) visit(F&& f) const&& {
    return visit_as<const basic_compact_variant&&>(*this, std::forward<F>(f));
  }
  // The same with the result converted to R (dropped, if R is void): the alternatives may give
  // different types.
  template <class R, class F>
  SNUG_ALWAYS_INLINE R visit(F&& f) & {
    return visit_to<R, basic_compact_variant&>(*this, std::forward<F>(f));
  }
  template <class R, class F>
  SNUG_ALWAYS_INLINE R visit(F&& f) const& {
    return visit_to<R, const basic_compact_variant&>(*this, std::forward<F>(f));
  }
  template <class R, class F>
  SNUG_ALWAYS_INLINE R visit(F&& f) && {
    return visit_to<R, basic_compact_variant&&>(*this, std::forward<F>(f));
  }
  template <class R, class F>
  SNUG_ALWAYS_INLINE R visit(F&& f) const&& {
    return visit_to<R, const basic_compact_variant&&>(*this, std::forward<F>(f));
  }

  // Exchanges the values. Throws nothing: small ones move without throwing, boxes change hands.
  // REQUIRES: neither is inside of the other's value, which would then own itself.
  void swap(basic_compact_variant& other) noexcept {
    if (this == std::addressof(other)) return;
    const std::uint8_t mine = index_, others = other.index_;
    if (mine == busy || others == busy) [[unlikely]]
      detail::fatal(own_alternative);
    index_ = other.index_ = busy;
    slot held;
    relocate(held, storage_, mine);
    relocate(storage_, other.storage_, others);
    relocate(other.storage_, held, mine);
    index_ = others;
    other.index_ = mine;
  }
  friend void swap(basic_compact_variant& a, basic_compact_variant& b) noexcept { a.swap(b); }

  // Prints the value, whichever it is.
  template <class Char, class Traits>
    requires(detail::printable<typename detail::unboxed<As>::type, Char, Traits> && ...)
  friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                      const basic_compact_variant& v) {
    v.template visit<void>([&out](const auto& value) { out << value; });
    return out;
  }

 private:
  friend struct detail::answers;
  template <class Result, class F>
  Result compare_same(const basic_compact_variant& other, F f) const {
    return with_index([&](auto i) -> Result {
      return f(this->template unchecked<i()>(), other.template unchecked<i()>());
    });
  }
  // Which alternatives are boxed stands in its name for debuggers.
  template <bool... Boxed>
  struct slot_of {
    alignas(largest({stored_align<As>()...})) std::byte bytes[largest({stored_size<As>()...})];
  };
  using slot = slot_of<!detail::fits_inline<As, InlineLimit>()...>;

  template <std::size_t I>
  alternative<I>** box() noexcept {
    return std::launder(reinterpret_cast<alternative<I>**>(storage_.bytes));
  }
  template <std::size_t I>
  alternative<I>& unchecked() noexcept {
    if constexpr (is_boxed<I>) {
      return **box<I>();
    } else {
      return *std::launder(reinterpret_cast<alternative<I>*>(storage_.bytes));
    }
  }
  template <std::size_t I>
  const alternative<I>& unchecked() const noexcept {
    return const_cast<basic_compact_variant&>(*this).template unchecked<I>();
  }

  static constexpr const char* own_alternative =
      "compact_variant: used by an alternative of its own that is being moved or destroyed";

  template <class F>
  SNUG_ALWAYS_INLINE decltype(auto) with_index(F&& f) const {
    SNUG_EXPECTS(index_ != busy, own_alternative);
    return detail::switch_index<alternatives>(index_, std::forward<F>(f));
  }
  template <class Self, class F>
  SNUG_ALWAYS_INLINE static decltype(auto) visit_as(std::remove_reference_t<Self>& self, F&& f) {
    SNUG_EXPECTS(self.index_ != busy, own_alternative);
    using first =
        std::invoke_result_t<F, decltype(detail::like<Self>(self.template unchecked<0>()))>;
    return detail::switch_index<alternatives>(self.index_, [&](auto i) -> first {
      static_assert(
          std::is_same_v<first, std::invoke_result_t<F, decltype(detail::like<Self>(
                                                            self.template unchecked<i()>()))>>,
          "snug::compact_variant::visit: the function must return the same type for all "
          "alternatives");
      return std::invoke(std::forward<F>(f), detail::like<Self>(self.template unchecked<i()>()));
    });
  }

  template <class R, class Self, class F>
  SNUG_ALWAYS_INLINE static R visit_to(std::remove_reference_t<Self>& self, F&& f) {
    SNUG_EXPECTS(self.index_ != busy, own_alternative);
    return detail::switch_index<alternatives>(self.index_, [&](auto i) -> R {
      if constexpr (std::is_void_v<R>) {
        static_cast<void>(
            std::invoke(std::forward<F>(f), detail::like<Self>(self.template unchecked<i()>())));
      } else {
        using got =
            std::invoke_result_t<F, decltype(detail::like<Self>(self.template unchecked<i()>()))>;
        static_assert(
            std::is_convertible_v<got, R>,
            "snug::compact_variant::visit<R>: what the function returns must convert to R");
        return static_cast<R>(
            std::invoke(std::forward<F>(f), detail::like<Self>(self.template unchecked<i()>())));
      }
    });
  }

  // Makes alternative I in the storage, which holds nothing. The caller sets index_.
  template <std::size_t I, class... Args>
  void construct(Args&&... args) {
    using T = alternative<I>;
    void* place = storage_.bytes;
    if constexpr (!is_boxed<I>) {
      detail::construct<T>(place, std::forward<Args>(args)...);
    } else {
      T* made = nullptr;
      if constexpr (std::is_constructible_v<T, Args&&...>)
        made = std::make_unique<T>(std::forward<Args>(args)...).release();
      else
        made = new T{std::forward<Args>(args)...};
      ::new (place) T*(made);
    }
  }
  void destroy() noexcept {
    SNUG_EXPECTS(index_ != busy, own_alternative);
    detail::switch_index<alternatives>(std::exchange(index_, busy), [&](auto i) {
      if constexpr (is_boxed<i()>)
        std::default_delete<alternative<i()>>()(*box<i()>());
      else
        std::destroy_at(std::addressof(unchecked<i()>()));
    });
  }
  static void relocate(slot& to, slot& from, std::uint8_t index) noexcept {
    detail::switch_index<alternatives>(index, [&](auto i) {
      using T = alternative<i()>;
      if constexpr (is_boxed<i()>) {
        ::new (static_cast<void*>(to.bytes)) T*(*std::launder(reinterpret_cast<T**>(from.bytes)));
      } else {
        T* old = std::launder(reinterpret_cast<T*>(from.bytes));
        ::new (static_cast<void*>(to.bytes)) T(std::move(*old));
        std::destroy_at(old);
      }
    });
  }

  slot storage_;
  std::uint8_t index_;
};

// The usual variant: alternatives of more than two pointers are boxed.
template <class... As>
using compact_variant = basic_compact_variant<2 * sizeof(void*), As...>;

// Equal when both hold the same alternative with equal values. Also with what converts to a
// variant.
template <std::size_t L, class... As>
  requires(detail::trait_of<detail::compares_equal, As,
                            detail::answers::known<basic_compact_variant<L, As...>>>() &&
           ...)
bool operator==(const basic_compact_variant<L, As...>& a,
                const std::type_identity_t<basic_compact_variant<L, As...>>& b) {
  return detail::answers::compare<bool>(a, b, false,
                                        [](const auto& x, const auto& y) { return x == y; });
}
// Ordered by alternative, then by value: strongly if all alternatives are.
template <std::size_t L, class... As>
  requires(detail::ordered<typename detail::unboxed<As>::type> && ...)
auto operator<=>(const basic_compact_variant<L, As...>& a,
                 const std::type_identity_t<basic_compact_variant<L, As...>>& b) {
  using order =
      std::common_comparison_category_t<detail::order_of<typename detail::unboxed<As>::type>...>;
  return detail::answers::compare<order>(
      a, b, a.index() <=> b.index(),
      [](const auto& x, const auto& y) { return detail::three_way(x, y); });
}

namespace detail {
template <std::size_t L, class... As>
inline constexpr bool is_compact_variant<basic_compact_variant<L, As...>> = true;
}  // namespace detail

}  // namespace snug

#include <snug/detail/variant_access.hpp>

// Hashes the value and which alternative it is, if all alternatives can be hashed.
template <std::size_t L, class... As>
  requires(snug::detail::hashable<typename snug::detail::unboxed<As>::type> && ...)
struct std::hash<snug::basic_compact_variant<L, As...>> {
  std::size_t operator()(const snug::basic_compact_variant<L, As...>& v) const {
    return v.visit([&](const auto& value) -> std::size_t {
      return std::hash<std::remove_cvref_t<decltype(value)>>{}(value) * 31 + v.index();
    });
  }
};
