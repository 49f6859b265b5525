#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <snug/layout.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

using snug::layout_of;

namespace {

struct empty {};
struct one {
  char c;
};
struct mixed {
  char c;
  double d;
  int a[3];
  std::string s;
};
struct inner {
  int x, y;
};
struct nested {
  inner in;
  char name[16];
  inner pairs[2];
  std::unique_ptr<int> owned;
  std::atomic<int> count;
};
struct no_default {
  explicit no_default(int);
  int v;
};
struct needs_all {
  int a;
  no_default n;
  char c[3];
  no_default last;
};
struct big_array {
  char bytes[1000];
  int x;
};
struct matrix {
  int m[2][3];
  char c;
};
struct ten {
  char a;
  int b;
  char c;
  int d;
  char e;
  int f;
  char g;
  int h;
  char i;
  int j;
};
struct sixty_four {
  char a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14, a15;
  char b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14, b15;
  char c00, c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14, c15;
  char d00, d01, d02, d03, d04, d05, d06, d07, d08, d09, d10, d11, d12, d13, d14, d15;
};
struct alignas(64) widened {
  int a;
};
template <class T>
struct generic {
  char c;
  T t;
};
struct member_holds {
  char c;
  std::array<short, 3> shorts;
  std::vector<int> v;
  int* p;
  int (*f)(int);
  int inner::* m;
};

static_assert(layout_of<empty>::fields == 0 && layout_of<empty>::padding == 1);
static_assert(layout_of<one>::fields == 1 && layout_of<one>::padding == 0);
static_assert(layout_of<mixed>::fields == 4 && layout_of<mixed>::padding == 11);
static_assert(layout_of<nested>::fields == 5);
static_assert(layout_of<needs_all>::fields == 4);
static_assert(layout_of<big_array>::fields == 2 && layout_of<big_array>::padding == 0);
static_assert(layout_of<matrix>::fields == 2 && layout_of<matrix>::padding == 3);
static_assert(layout_of<sixty_four>::fields == 64 && layout_of<sixty_four>::padding == 0);
static_assert(layout_of<widened>::size == 64 && layout_of<widened>::padding == 60);
static_assert(layout_of<generic<long>>::padding == 7);
static_assert(layout_of<const generic<char>>::padding == 0);
static_assert(layout_of<member_holds>::fields == 6);
static_assert(layout_of<ten>::size == 40 && layout_of<ten>::best_size == 28);
static_assert(layout_of<ten>::padding == 15 && layout_of<ten>::tail == 0);
static_assert(layout_of<matrix>::tail == 3 && layout_of<mixed>::tail == 0);

using pair_of = generic<std::pair<int, char>>;
SNUG_ASSERT_LAYOUT(pair_of, 12, 3);
SNUG_ASSERT_LAYOUT(ten, 40, 15);

}  // namespace

TEST_CASE("layout: offsets are those of the compiler") {
  CHECK(layout_of<ten>::offsets[3] == offsetof(ten, d));
  CHECK(layout_of<ten>::offsets[8] == offsetof(ten, i));
  CHECK(layout_of<ten>::offsets[9] == offsetof(ten, j));
  CHECK(layout_of<matrix>::offsets[1] == offsetof(matrix, c));
  CHECK(layout_of<member_holds>::alignments[1] == 2);
  CHECK(layout_of<member_holds>::sizes[1] == 6);
  const ten t{};
  snug::detail::with_fields(t, [&](const auto&... fields) {
    std::size_t i = 0;
    const auto check = [&](const void* at) {
      CHECK(static_cast<std::size_t>(static_cast<const char*>(at) -
                                     static_cast<const char*>(static_cast<const void*>(&t))) ==
            layout_of<ten>::offsets[i++]);
    };
    (check(&fields), ...);
    CHECK(i == 10);
  });
}

TEST_CASE("layout: fields are visited in order, by reference") {
  CHECK(rc::check("written through", [](int a, int b) {
    inner value{a, b};
    snug::detail::with_fields(value, [](int& x, int& y) { std::swap(x, y); });
    RC_ASSERT(value.x == b);
    RC_ASSERT(value.y == a);
  }));
}

TEST_CASE("layout: sizes, padding and fields add up for every type") {
  const auto adds_up = []<class T>(std::type_identity<T>) {
    std::size_t sum = layout_of<T>::padding;
    for (const std::size_t size : layout_of<T>::sizes) sum += size;
    return sum == sizeof(T) && layout_of<T>::best_size <= layout_of<T>::size &&
           layout_of<T>::tail <= layout_of<T>::padding && layout_of<T>::alignment == alignof(T);
  };
  CHECK(adds_up(std::type_identity<empty>()));
  CHECK(adds_up(std::type_identity<mixed>()));
  CHECK(adds_up(std::type_identity<nested>()));
  CHECK(adds_up(std::type_identity<ten>()));
  CHECK(adds_up(std::type_identity<widened>()));
  CHECK(adds_up(std::type_identity<member_holds>()));
}

namespace {

template <class A, class B, class C>
struct three {
  A a;
  B b;
  C c;
};
template <class A, class B, class C, class D>
struct four {
  A a;
  B b;
  C c;
  D d;
};

// The bytes of the smallest struct that any order of these fields makes.
template <std::size_t N>
std::size_t smallest(const std::array<std::size_t, N>& sizes,
                     const std::array<std::size_t, N>& alignments) {
  std::array<std::size_t, N> order;
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto up = [](std::size_t n, std::size_t to) { return (n + to - 1) / to * to; };
  std::size_t best = SIZE_MAX;
  do {
    std::size_t end = 0;
    for (std::size_t i : order) end = up(end, alignments[i]) + sizes[i];
    best = std::min(best, up(end, *std::max_element(alignments.begin(), alignments.end())));
  } while (std::next_permutation(order.begin(), order.end()));
  return best;
}

// What layout_of says of T against the addresses of its fields and all orders of them.
template <class T>
bool layout_is_true() {
  using layout = layout_of<T>;
  static T object{};
  const auto address = [](const void* p) { return reinterpret_cast<std::uintptr_t>(p); };
  std::array<bool, sizeof(T)> covered{};
  std::size_t i = 0;
  bool same = true;
  snug::detail::with_fields(object, [&](const auto&... fields) {
    const auto one = [&](const auto& field) {
      const std::size_t offset = address(&field) - address(&object);
      same = same && layout::offsets[i] == offset && layout::sizes[i] == sizeof(field);
      std::fill_n(covered.begin() + static_cast<std::ptrdiff_t>(offset), sizeof(field), true);
      ++i;
    };
    (one(fields), ...);
  });
  const auto free = static_cast<std::size_t>(std::count(covered.begin(), covered.end(), false));
  const auto tail = static_cast<std::size_t>(std::find(covered.rbegin(), covered.rend(), true) -
                                             covered.rbegin());
  return same && i == layout::fields && free == layout::padding && tail == layout::tail &&
         layout::best_size == smallest(layout::sizes, layout::alignments);
}

template <class... Ts>
struct types {};
// Every struct of three or of four fields of the given types.
template <template <class...> class S, class... Chosen, class... Ts>
bool all_true(types<Ts...> choice, std::size_t& count) {
  if constexpr (requires { sizeof(S<Chosen...>); }) {
    ++count;
    return layout_is_true<S<Chosen...>>();
  } else {
    return (all_true<S, Chosen..., Ts>(choice, count) && ...);
  }
}

}  // namespace

TEST_CASE("layout: every struct of few fields is as its addresses say") {
  std::size_t threes = 0;
  std::size_t fours = 0;
  CHECK(all_true<three>(types<char, short[3], int, double, long double>(), threes));
  CHECK(all_true<four>(types<char, short, int[2], double>(), fours));
  CHECK(threes == 125);
  CHECK(fours == 256);
}
