// How many fields an aggregate has and what their types are, without macros in the aggregate.
//
// The number is found by asking how many initialisers `T{any, any, ...}` takes; arrays, whose
// elements the language lets be initialised without braces, are then taken together by trying `{}`
// in their place. The fields come from a structured binding with that many names. After Boost.PFR.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <snug/detail/config.hpp>

namespace snug::detail {

inline constexpr std::size_t max_fields = 64;
// Initialisers, that is fields with the elements of arrays counted one by one.
inline constexpr std::size_t max_initialisers = 1024;

// Converts to the type of any field, but not to T itself (that would be a copy of T). It is only
// asked whether it does; the body is for compilers that look for one (std::optional makes them).
template <class T>
struct any_field {
  constexpr any_field() = default;
  constexpr explicit any_field(std::size_t) {}
  template <class U>
    requires(!std::is_same_v<std::remove_cv_t<U>, T>)
  operator U() const noexcept {
    fatal("a field was made of nothing");
  }
};

// Which of two conversions the compiler takes does not matter here.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#endif
template <class T, class Before, class After, class = void>
struct takes_braces_between : std::false_type {};
template <class T, std::size_t... B, std::size_t... A>
struct takes_braces_between<T, std::index_sequence<B...>, std::index_sequence<A...>,
                            std::void_t<decltype(T{any_field<T>(B)..., {}, any_field<T>(A)...})>>
    : std::true_type {};

template <class T, class Indices, class = void>
struct takes_initialisers : std::false_type {};
template <class T, std::size_t... I>
struct takes_initialisers<T, std::index_sequence<I...>,
                          std::void_t<decltype(T{any_field<T>(I)...})>> : std::true_type {};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

template <class T, std::size_t N>
inline constexpr bool takes = takes_initialisers<T, std::make_index_sequence<N>>::value;

// The first N >= From that T takes: more than 0 if a field cannot be left out.
template <class T, std::size_t From>
constexpr std::size_t first_taken() {
  if constexpr (From > max_fields)
    return From;
  else if constexpr (takes<T, From>)
    return From;
  else
    return first_taken<T, From + 1>();
}

// The largest N in [Low, High) that T takes, where it takes Low and does not take High.
template <class T, std::size_t Low, std::size_t High>
constexpr std::size_t last_taken_between() {
  if constexpr (High - Low == 1)
    return Low;
  else if constexpr (takes<T, (Low + High) / 2>)
    return last_taken_between<T, (Low + High) / 2, High>();
  else
    return last_taken_between<T, Low, (Low + High) / 2>();
}

template <class T, std::size_t Low, std::size_t Step>
constexpr std::size_t last_taken() {
  if constexpr (Low + Step > max_initialisers)
    return max_initialisers + 1;
  else if constexpr (takes<T, Low + Step>)
    return last_taken<T, Low + Step, Step * 2>();
  else
    return last_taken_between<T, Low, Low + Step>();
}

// Whether T can be made with {} for `Width` of its Total initialisers, those from Position on.
template <class T, std::size_t Total, std::size_t Position, std::size_t Width>
constexpr bool braces_take() {
  if constexpr (Position + Width > Total)
    return false;
  else
    return takes_braces_between<T, std::make_index_sequence<Position>,
                                std::make_index_sequence<Total - Position - Width>>::value;
}

// The smallest such width in (Low, High], where Low is too small and High is not.
template <class T, std::size_t Total, std::size_t Position, std::size_t Low, std::size_t High>
constexpr std::size_t width_between() {
  constexpr std::size_t middle = (Low + High) / 2;
  if constexpr (High - Low == 1)
    return High;
  else if constexpr (braces_take<T, Total, Position, middle>())
    return width_between<T, Total, Position, Low, middle>();
  else
    return width_between<T, Total, Position, middle, High>();
}

// One after the other, for what the search by halves cannot see (a later field that cannot be left
// out).
template <class T, std::size_t Total, std::size_t Position, std::size_t Width>
constexpr std::size_t width_one_by_one() {
  if constexpr (Width > max_fields || Position + Width > Total)
    return 1;
  else if constexpr (braces_take<T, Total, Position, Width>())
    return Width;
  else
    return width_one_by_one<T, Total, Position, Width + 1>();
}

// How many initialisers the field takes that begins at initialiser Position: 1, or the elements of
// an array.
template <class T, std::size_t Total, std::size_t Position, std::size_t Width = 1>
constexpr std::size_t width_of_field() {
  if constexpr (braces_take<T, Total, Position, Width>())
    return width_between<T, Total, Position, Width / 2, Width>();
  else if constexpr (Position + 2 * Width <= Total)
    return width_of_field<T, Total, Position, 2 * Width>();
  else if constexpr (braces_take<T, Total, Position, Total - Position>())
    return width_between<T, Total, Position, Width, Total - Position>();
  else
    return width_one_by_one<T, Total, Position, 2>();
}

template <class T, std::size_t Total, std::size_t Position>
constexpr std::size_t fields_from() {
  if constexpr (Position >= Total)
    return 0;
  else
    return 1 + fields_from<T, Total, Position + width_of_field<T, Total, Position>()>();
}

template <class T>
constexpr std::size_t count_fields() {
  static_assert(std::is_aggregate_v<T> && !std::is_array_v<T> && !std::is_union_v<T>,
                "only the fields of an aggregate are known: a struct without constructors, private "
                "members and "
                "virtual functions");
  if constexpr (std::is_empty_v<T>) {
    return 0;
  } else {
    constexpr std::size_t first = first_taken<T, 0>();
    static_assert(first <= max_fields,
                  "the fields of this aggregate cannot be counted (a reference among them?)");
    constexpr std::size_t total = last_taken<T, first, 1>();
    static_assert(
        total <= max_initialisers,
        "the fields of this aggregate cannot be counted: its arrays have more than 1024 elements");
    return fields_from<T, total, 0>();
  }
}

// The number of fields of the aggregate T, an array being one.
template <class T>
inline constexpr std::size_t field_count = count_fields<std::remove_cv_t<T>>();

template <class... Ts>
struct type_list {
  static constexpr std::size_t size = sizeof...(Ts);
};

// clang-format off
#define SNUG_FIELDS_1 f1
#define SNUG_FIELDS_2 SNUG_FIELDS_1, f2
#define SNUG_FIELDS_3 SNUG_FIELDS_2, f3
#define SNUG_FIELDS_4 SNUG_FIELDS_3, f4
#define SNUG_FIELDS_5 SNUG_FIELDS_4, f5
#define SNUG_FIELDS_6 SNUG_FIELDS_5, f6
#define SNUG_FIELDS_7 SNUG_FIELDS_6, f7
#define SNUG_FIELDS_8 SNUG_FIELDS_7, f8
#define SNUG_FIELDS_9 SNUG_FIELDS_8, f9
#define SNUG_FIELDS_10 SNUG_FIELDS_9, f10
#define SNUG_FIELDS_11 SNUG_FIELDS_10, f11
#define SNUG_FIELDS_12 SNUG_FIELDS_11, f12
#define SNUG_FIELDS_13 SNUG_FIELDS_12, f13
#define SNUG_FIELDS_14 SNUG_FIELDS_13, f14
#define SNUG_FIELDS_15 SNUG_FIELDS_14, f15
#define SNUG_FIELDS_16 SNUG_FIELDS_15, f16
#define SNUG_FIELDS_17 SNUG_FIELDS_16, f17
#define SNUG_FIELDS_18 SNUG_FIELDS_17, f18
#define SNUG_FIELDS_19 SNUG_FIELDS_18, f19
#define SNUG_FIELDS_20 SNUG_FIELDS_19, f20
#define SNUG_FIELDS_21 SNUG_FIELDS_20, f21
#define SNUG_FIELDS_22 SNUG_FIELDS_21, f22
#define SNUG_FIELDS_23 SNUG_FIELDS_22, f23
#define SNUG_FIELDS_24 SNUG_FIELDS_23, f24
#define SNUG_FIELDS_25 SNUG_FIELDS_24, f25
#define SNUG_FIELDS_26 SNUG_FIELDS_25, f26
#define SNUG_FIELDS_27 SNUG_FIELDS_26, f27
#define SNUG_FIELDS_28 SNUG_FIELDS_27, f28
#define SNUG_FIELDS_29 SNUG_FIELDS_28, f29
#define SNUG_FIELDS_30 SNUG_FIELDS_29, f30
#define SNUG_FIELDS_31 SNUG_FIELDS_30, f31
#define SNUG_FIELDS_32 SNUG_FIELDS_31, f32
#define SNUG_FIELDS_33 SNUG_FIELDS_32, f33
#define SNUG_FIELDS_34 SNUG_FIELDS_33, f34
#define SNUG_FIELDS_35 SNUG_FIELDS_34, f35
#define SNUG_FIELDS_36 SNUG_FIELDS_35, f36
#define SNUG_FIELDS_37 SNUG_FIELDS_36, f37
#define SNUG_FIELDS_38 SNUG_FIELDS_37, f38
#define SNUG_FIELDS_39 SNUG_FIELDS_38, f39
#define SNUG_FIELDS_40 SNUG_FIELDS_39, f40
#define SNUG_FIELDS_41 SNUG_FIELDS_40, f41
#define SNUG_FIELDS_42 SNUG_FIELDS_41, f42
#define SNUG_FIELDS_43 SNUG_FIELDS_42, f43
#define SNUG_FIELDS_44 SNUG_FIELDS_43, f44
#define SNUG_FIELDS_45 SNUG_FIELDS_44, f45
#define SNUG_FIELDS_46 SNUG_FIELDS_45, f46
#define SNUG_FIELDS_47 SNUG_FIELDS_46, f47
#define SNUG_FIELDS_48 SNUG_FIELDS_47, f48
#define SNUG_FIELDS_49 SNUG_FIELDS_48, f49
#define SNUG_FIELDS_50 SNUG_FIELDS_49, f50
#define SNUG_FIELDS_51 SNUG_FIELDS_50, f51
#define SNUG_FIELDS_52 SNUG_FIELDS_51, f52
#define SNUG_FIELDS_53 SNUG_FIELDS_52, f53
#define SNUG_FIELDS_54 SNUG_FIELDS_53, f54
#define SNUG_FIELDS_55 SNUG_FIELDS_54, f55
#define SNUG_FIELDS_56 SNUG_FIELDS_55, f56
#define SNUG_FIELDS_57 SNUG_FIELDS_56, f57
#define SNUG_FIELDS_58 SNUG_FIELDS_57, f58
#define SNUG_FIELDS_59 SNUG_FIELDS_58, f59
#define SNUG_FIELDS_60 SNUG_FIELDS_59, f60
#define SNUG_FIELDS_61 SNUG_FIELDS_60, f61
#define SNUG_FIELDS_62 SNUG_FIELDS_61, f62
#define SNUG_FIELDS_63 SNUG_FIELDS_62, f63
#define SNUG_FIELDS_64 SNUG_FIELDS_63, f64
#define SNUG_CASE_FIELDS(n)                       \
  else if constexpr (field_count<T> == n) {       \
    auto& [SNUG_FIELDS_##n] = aggregate;          \
    return function(SNUG_FIELDS_##n);             \
  }

// Calls function(field...) with references to the fields of the aggregate, in order. A bit-field has no address;
// an aggregate with one does not compile here.
template <class T, class Function>
constexpr decltype(auto) with_fields(T& aggregate, Function&& function) {
  static_assert(field_count<T> <= max_fields, "aggregates with more than 64 fields are not supported");
  if constexpr (field_count<T> == 0) {
    return function();
  }
  SNUG_CASE_FIELDS(1)
  SNUG_CASE_FIELDS(2)
  SNUG_CASE_FIELDS(3)
  SNUG_CASE_FIELDS(4)
  SNUG_CASE_FIELDS(5)
  SNUG_CASE_FIELDS(6)
  SNUG_CASE_FIELDS(7)
  SNUG_CASE_FIELDS(8)
  SNUG_CASE_FIELDS(9)
  SNUG_CASE_FIELDS(10)
  SNUG_CASE_FIELDS(11)
  SNUG_CASE_FIELDS(12)
  SNUG_CASE_FIELDS(13)
  SNUG_CASE_FIELDS(14)
  SNUG_CASE_FIELDS(15)
  SNUG_CASE_FIELDS(16)
  SNUG_CASE_FIELDS(17)
  SNUG_CASE_FIELDS(18)
  SNUG_CASE_FIELDS(19)
  SNUG_CASE_FIELDS(20)
  SNUG_CASE_FIELDS(21)
  SNUG_CASE_FIELDS(22)
  SNUG_CASE_FIELDS(23)
  SNUG_CASE_FIELDS(24)
  SNUG_CASE_FIELDS(25)
  SNUG_CASE_FIELDS(26)
  SNUG_CASE_FIELDS(27)
  SNUG_CASE_FIELDS(28)
  SNUG_CASE_FIELDS(29)
  SNUG_CASE_FIELDS(30)
  SNUG_CASE_FIELDS(31)
  SNUG_CASE_FIELDS(32)
  SNUG_CASE_FIELDS(33)
  SNUG_CASE_FIELDS(34)
  SNUG_CASE_FIELDS(35)
  SNUG_CASE_FIELDS(36)
  SNUG_CASE_FIELDS(37)
  SNUG_CASE_FIELDS(38)
  SNUG_CASE_FIELDS(39)
  SNUG_CASE_FIELDS(40)
  SNUG_CASE_FIELDS(41)
  SNUG_CASE_FIELDS(42)
  SNUG_CASE_FIELDS(43)
  SNUG_CASE_FIELDS(44)
  SNUG_CASE_FIELDS(45)
  SNUG_CASE_FIELDS(46)
  SNUG_CASE_FIELDS(47)
  SNUG_CASE_FIELDS(48)
  SNUG_CASE_FIELDS(49)
  SNUG_CASE_FIELDS(50)
  SNUG_CASE_FIELDS(51)
  SNUG_CASE_FIELDS(52)
  SNUG_CASE_FIELDS(53)
  SNUG_CASE_FIELDS(54)
  SNUG_CASE_FIELDS(55)
  SNUG_CASE_FIELDS(56)
  SNUG_CASE_FIELDS(57)
  SNUG_CASE_FIELDS(58)
  SNUG_CASE_FIELDS(59)
  SNUG_CASE_FIELDS(60)
  SNUG_CASE_FIELDS(61)
  SNUG_CASE_FIELDS(62)
  SNUG_CASE_FIELDS(63)
  SNUG_CASE_FIELDS(64)
}

#undef SNUG_CASE_FIELDS
#undef SNUG_FIELDS_1
#undef SNUG_FIELDS_2
#undef SNUG_FIELDS_3
#undef SNUG_FIELDS_4
#undef SNUG_FIELDS_5
#undef SNUG_FIELDS_6
#undef SNUG_FIELDS_7
#undef SNUG_FIELDS_8
#undef SNUG_FIELDS_9
#undef SNUG_FIELDS_10
#undef SNUG_FIELDS_11
#undef SNUG_FIELDS_12
#undef SNUG_FIELDS_13
#undef SNUG_FIELDS_14
#undef SNUG_FIELDS_15
#undef SNUG_FIELDS_16
#undef SNUG_FIELDS_17
#undef SNUG_FIELDS_18
#undef SNUG_FIELDS_19
#undef SNUG_FIELDS_20
#undef SNUG_FIELDS_21
#undef SNUG_FIELDS_22
#undef SNUG_FIELDS_23
#undef SNUG_FIELDS_24
#undef SNUG_FIELDS_25
#undef SNUG_FIELDS_26
#undef SNUG_FIELDS_27
#undef SNUG_FIELDS_28
#undef SNUG_FIELDS_29
#undef SNUG_FIELDS_30
#undef SNUG_FIELDS_31
#undef SNUG_FIELDS_32
#undef SNUG_FIELDS_33
#undef SNUG_FIELDS_34
#undef SNUG_FIELDS_35
#undef SNUG_FIELDS_36
#undef SNUG_FIELDS_37
#undef SNUG_FIELDS_38
#undef SNUG_FIELDS_39
#undef SNUG_FIELDS_40
#undef SNUG_FIELDS_41
#undef SNUG_FIELDS_42
#undef SNUG_FIELDS_43
#undef SNUG_FIELDS_44
#undef SNUG_FIELDS_45
#undef SNUG_FIELDS_46
#undef SNUG_FIELDS_47
#undef SNUG_FIELDS_48
#undef SNUG_FIELDS_49
#undef SNUG_FIELDS_50
#undef SNUG_FIELDS_51
#undef SNUG_FIELDS_52
#undef SNUG_FIELDS_53
#undef SNUG_FIELDS_54
#undef SNUG_FIELDS_55
#undef SNUG_FIELDS_56
#undef SNUG_FIELDS_57
#undef SNUG_FIELDS_58
#undef SNUG_FIELDS_59
#undef SNUG_FIELDS_60
#undef SNUG_FIELDS_61
#undef SNUG_FIELDS_62
#undef SNUG_FIELDS_63
#undef SNUG_FIELDS_64
// clang-format on

struct list_types {
  template <class... Fields>
  constexpr type_list<Fields...> operator()(Fields&...) const {
    return {};
  }
};

// The types of the fields of T, as type_list<...>.
template <class T>
using field_types = decltype(with_fields(std::declval<T&>(), list_types()));

}  // namespace snug::detail
