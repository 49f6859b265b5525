#include <snug/soa_vector.hpp>

#include <algorithm>
#include <memory>
#include <numeric>
#include <random>
#include <ranges>
#include <string>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "death.hpp"
#include "soa_vector_ops.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;
using soa = snug::soa_vector<record>;
using blocks = snug::aosoa_vector<record, 8>;

constexpr auto any_order = [](const auto&, const auto&) { return false; };
static_assert(std::random_access_iterator<soa::iterator> &&
              std::random_access_iterator<blocks::iterator>);
static_assert(std::random_access_iterator<soa::const_iterator>);
static_assert(std::sortable<soa::iterator, decltype(any_order)>,
              "std::ranges::sort accepts the iterators");
static_assert(std::sortable<soa::iterator, std::ranges::less, snug::field_t<&record::text>>,
              "and a projection to a field");
static_assert(!std::sortable<soa::const_iterator, decltype(any_order)>, "but not constant ones");
static_assert(std::is_same_v<std::iter_value_t<soa::iterator>, record>,
              "the value type is the struct");
static_assert(!std::is_same_v<std::iter_reference_t<soa::iterator>, record&>);
static_assert(std::indirectly_writable<soa::iterator, record>);
static_assert(!std::indirectly_writable<soa::const_iterator, record>, "a const row is read-only");
static_assert(std::indirectly_swappable<soa::iterator> &&
              !std::indirectly_swappable<soa::const_iterator>);
static_assert(std::indirectly_movable_storable<soa::iterator, soa::iterator>);
static_assert(std::is_convertible_v<soa::iterator, soa::const_iterator>);
static_assert(!std::is_convertible_v<soa::const_iterator, soa::iterator>);
static_assert(std::ranges::random_access_range<soa> && std::ranges::sized_range<soa>);
static_assert(std::is_nothrow_move_constructible_v<soa> && std::is_nothrow_move_assignable_v<soa>);
static_assert(sizeof(soa) == (4 + 2) * sizeof(void*),
              "a pointer for each column, size and capacity");
static_assert(sizeof(blocks) == 3 * sizeof(void*), "a pointer, size and capacity");
static_assert(std::tuple_size_v<soa::reference> == 4, "a row is a tuple of its fields");
static_assert(std::is_same_v<std::tuple_element_t<1, soa::const_reference>, const std::string&>);
static_assert(snug::detail::member_index<record, &record::marks>::value == 3);

TEST_CASE("random operations behave like a vector of structs") {
  auto run = [](void (*operations)(op_stream)) {
    return rc::check(
        [=](const std::vector<std::uint8_t>& in) { operations({in.data(), in.size()}); });
  };
  CHECK(run(soa_operations<soa>));
  CHECK(run(soa_operations<blocks>));
}

struct wide {  // 32 fields
  int f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14, f15, f16;
  int f17, f18, f19, f20, f21, f22, f23, f24, f25, f26, f27, f28, f29, f30, f31;
  std::string f32;
};
TEST_CASE("a struct may have 32 fields") {
  snug::soa_vector<wide> v;
  wide w{};
  w.f01 = 1;
  w.f31 = 31;
  w.f32 = "last";
  for (int i = 0; i < 20; ++i) v.push_back(w);
  CHECK(v.fields == 32);
  CHECK(v.col<&wide::f31>()[19] == 31);
  CHECK(v.col<&wide::f32>()[7] == "last");
  CHECK(snug::detail::member_index<wide, &wide::f32>::value == 31);
}

struct odd_alignments {
  char a;
  alignas(32) float b;
  struct alignas(128) line {
    char c[3];
  } d;
  bool e;
};
TEMPLATE_TEST_CASE("columns are aligned, also over-aligned ones, and do not overlap", "",
                   snug::soa_vector<odd_alignments>, (snug::aosoa_vector<odd_alignments, 4>)) {
  TestType v;
  for (int i = 0; i < 37; ++i) {
    v.push_back({char(i), float(i), {{char(i + 1)}}, i % 2 == 0});
    for (std::size_t k = 0; k < v.size(); ++k) {
      auto [a, b, d, e] = v[k];
      REQUIRE((a == char(k) && b == float(k) && d.c[0] == char(k + 1) && e == (k % 2 == 0)));
      REQUIRE(reinterpret_cast<std::uintptr_t>(&d) % 128 == 0);
    }
  }
}

TEST_CASE("every column begins at a multiple of 64 bytes, all in one allocation") {
  long before = heap::news;
  soa v;
  v.reserve(13);
  CHECK((!heap::counted || heap::news == before + 1));
  v.push_back({});
  snug::detail::for_each_field<record>(
      [&](auto i) { CHECK(reinterpret_cast<std::uintptr_t>(v.col<i()>().data()) % 64 == 0); });
  const auto& c = v;
  CHECK(static_cast<const void*>(c.col<&record::text>().data()) == v.col<1>().data());
  static_assert(std::is_same_v<decltype(c.col<&record::weight>()), std::span<const double>>);
  static_assert(std::is_same_v<decltype(v.col<&record::weight>()), std::span<double>>);
}

TEST_CASE("blocks hold the values of each field side by side") {
  blocks v;
  for (std::size_t i = 0; i < 19; ++i) v.push_back(record_of(i));
  CHECK(v.blocks() == 3);
  CHECK(v.block<&record::weight>(0).size() == 8);
  CHECK(v.block<&record::weight>(2).size() == 3);
  CHECK(&v.block<&record::weight>(1)[3] == &v[11].get<&record::weight>());
  double sum = 0;
  for (std::size_t b = 0; b < v.blocks(); ++b) {
    for (double w : std::as_const(v).block<&record::weight>(b)) sum += w;
  }
  double expected = 0;
  for (const auto& row : v) expected += row.get<&record::weight>();
  CHECK(sum == expected);
}

TEST_CASE("new rows have the default member initialisers") {
  soa v(3);
  CHECK(v[2].get<&record::weight>() == 0.5);
  CHECK(v[2].get<&record::tag>() == 'x');
  v.resize_for_overwrite(5);
  CHECK(v[4].get<&record::text>().empty());
}

struct unique_row {
  int key = 3;
  std::unique_ptr<int> value = std::make_unique<int>(7);
};
TEST_CASE("rows that only move can be stored, resized and sorted") {
  snug::soa_vector<unique_row> v;
  for (int i = 0; i < 50; ++i) v.push_back({(i * 37) % 50, std::make_unique<int>(i)});
  v.sort_by<&unique_row::key>(std::greater<>());
  for (std::size_t i = 0; i + 1 < v.size(); ++i) {
    CHECK(v.col<&unique_row::key>()[i] > v.col<&unique_row::key>()[i + 1]);
    CHECK(*v[i].get<&unique_row::value>() * 37 % 50 == v[i].get<&unique_row::key>());
  }
  v.resize(60);
  CHECK(*v.back().get<&unique_row::value>() == 7);
  auto moved = std::move(v);
  CHECK(v.empty());
  CHECK(moved.size() == 60);
  moved.erase(moved.begin() + 1);
  unique_row out = moved.front().take();
  CHECK(*out.value * 37 % 50 == 49);
}

TEST_CASE("rows convert, compare and bind like structs") {
  soa v{record_of(1), record_of(2), record_of(3)};
  auto [tag, text, weight, marks] = v[1];
  text = "changed";
  CHECK(v[1].get<&record::text>() == "changed");
  CHECK(get<1>(v[1]) == "changed");
  const auto& c = v;
  soa::const_reference row = v[1];
  CHECK(row == c[1]);
  CHECK_FALSE(v[0] == c[1]);
  CHECK(v == soa(std::vector<record>{v.begin(), v.end()}));
  v[0] = c[2];
  CHECK(v[0] == record_of(3));
  CHECK_THROWS_AS(v.at(3), std::out_of_range);
  CHECK_THROWS_AS(v.reserve(SIZE_MAX / 2), std::length_error);
  CHECK_THROWS_AS(v.resize_for_overwrite(SIZE_MAX), std::length_error);
  CHECK(v.size() == 3);
}

struct fragile_row {
  int id = 0;
  sturdy a{};
  fragile b{};
  fragile c{};
};
template <class Vector>
std::vector<int> ids(const Vector& v) {
  std::vector<int> out;
  for (std::size_t i = 0; i < v.size(); ++i) {
    auto [id, a, b, c] = v[i];
    if (a.value() != id || b.value() != id || c.value() != id) return {-1};
    out.push_back(id);
  }
  return out;
}
TEMPLATE_TEST_CASE("push, reserve and resize have the strong guarantee at every throw", "",
                   snug::soa_vector<fragile_row>, (snug::aosoa_vector<fragile_row, 4>)) {
  {
    TestType v;
    std::vector<int> expected;
    long throws = 0;
    auto strong = [&](auto change, auto becomes) {
      throws += throw_at_each([&] { change(); },
                              [&](bool threw) {
                                if (!threw) becomes();
                                REQUIRE(ids(v) == expected);
                              });
    };
    for (int i = 0; i < 20; ++i) {
      strong([&] { v.push_back({i, i, i, i}); }, [&] { expected.push_back(i); });
      strong([&] { v.emplace_back(i, i, i, i); }, [&] { expected.push_back(i); });
    }
    strong([&] { v.reserve(100); }, [] {});
    CHECK(v.capacity() >= 100);
    strong([&] { v.shrink_to_fit(); }, [] {});
    CHECK(v.capacity() < 50);
    strong([&] { v.resize(v.size() + 5); }, [&] { expected.resize(45); });
    strong([&] { v.resize(50, {6, 6, 6, 6}); }, [&] { expected.resize(50, 6); });
    strong([&] { v.resize(70, {6, 6, 6, 6}); }, [&] { expected.resize(70, 6); });
    strong([&] { TestType copy(v); }, [] {});
    TestType copy;
    strong([&] { copy = v; }, [] {});
    CHECK(ids(copy) == expected);
    CHECK(throws > 500);  // the control: there were throws
    // The basic guarantee of the others: whatever they leave is destroyed once.
    auto basic = [&](auto change) {
      TestType victim;
      throw_at_each(
          [&] {
            victim.clear();
            for (int i = 0; i < 9; ++i)
              victim.push_back({i * 5 % 9, i * 5 % 9, i * 5 % 9, i * 5 % 9});
            change(victim);
          },
          [&](bool) { REQUIRE(victim.size() <= 10); });
    };
    basic([](TestType& w) { w.erase(w.begin() + 3); });
    basic([](TestType& w) { w.insert(w.begin() + 3, {1, 1, 1, 1}); });
    basic([](TestType& w) { w.swap_erase(1); });
    basic([](TestType& w) { w.template sort_by<&fragile_row::a>(); });
    basic([](TestType& w) { std::ranges::sort(w, std::less<>(), snug::field<&fragile_row::b>); });
  }
  CHECK(faults::objects == 0);
}

TEST_CASE("permute puts the rows in any order") {
  CHECK(rc::check([](std::vector<int> keys) {
    soa v;
    for (std::size_t i = 0; i < keys.size(); ++i) v.push_back(record_of(i));
    std::vector<std::uint32_t> order(keys.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return std::pair(keys[a], a) < std::pair(keys[b], b); });
    v.permute(order);
    for (std::size_t i = 0; i < keys.size(); ++i) RC_ASSERT(v[i] == record_of(order[i]));
  }));
}

TEST_CASE("an index past the end stops a checked program") {
#if SNUG_CHECKED
  CHECK(dies_with("index past the end", [] {
    soa v(2);
    (void)v[2];
  }));
#endif
}

TEST_CASE("negative control: a vector that loses a field fails the model") {
  struct lossy : soa {
    using soa::soa;
    void push_back(record r) {
      r.weight = 0;
      soa::push_back(std::move(r));
    }
  };
  std::vector<std::uint8_t> in(40, 0);
  CHECK_THROWS_AS(soa_operations<lossy>(op_stream(in.data(), in.size())), std::logic_error);
  CHECK_NOTHROW(soa_operations<soa>(op_stream(in.data(), in.size())));
}

static_assert(std::sortable<snug::soa_vector<unique_row>::iterator, std::ranges::less,
                            snug::field_t<&unique_row::key>>,
              "rows that only move are sorted");
static_assert(std::ranges::random_access_range<snug::soa_vector<unique_row>> &&
              std::ranges::random_access_range<const snug::soa_vector<unique_row>> &&
              std::ranges::random_access_range<snug::aosoa_vector<unique_row, 4>>);
static_assert(!std::is_constructible_v<unique_row, snug::soa_vector<unique_row>::reference>,
              "v[0] of rows that cannot be copied is not silently emptied");
static_assert(
    !std::is_constructible_v<unique_row, decltype(*snug::soa_vector<unique_row>().begin())>);
static_assert(!std::is_assignable_v<snug::soa_vector<unique_row>::reference,
                                    snug::soa_vector<unique_row>::reference>);

TEMPLATE_TEST_CASE("the algorithms take rows that only move", "", snug::soa_vector<unique_row>,
                   (snug::aosoa_vector<unique_row, 4>)) {
  TestType v;
  for (int i = 0; i < 50; ++i) v.push_back({(i * 37) % 50, std::make_unique<int>((i * 37) % 50)});
  auto whole = [&] {
    for (auto row : v) {
      if (row.template get<&unique_row::value>() == nullptr ||
          *row.template get<&unique_row::value>() != row.template get<&unique_row::key>()) {
        return false;
      }
    }
    return v.size() > 0;
  };
  auto key = [&](std::size_t i) { return v[i].template get<&unique_row::key>(); };
  std::ranges::sort(v, {}, snug::field<&unique_row::key>);
  CHECK(whole());
  for (int i = 0; i < 50; ++i) REQUIRE(key(std::size_t(i)) == i);
  std::ranges::reverse(v);
  CHECK((whole() && key(0) == 49));
  std::ranges::rotate(v, v.begin() + 10);
  CHECK((whole() && key(0) == 39));
  std::ranges::stable_sort(v, std::ranges::greater{}, snug::field<&unique_row::key>);
  CHECK((whole() && key(0) == 49));
  std::ranges::partition(
      v, [](const auto& row) { return snug::field<&unique_row::key>(row) % 2 == 0; });
  CHECK((whole() && key(0) % 2 == 0 && key(49) % 2 == 1));
  std::ranges::partial_sort(v, v.begin() + 5, {}, snug::field<&unique_row::key>);
  CHECK((whole() && key(4) == 4));
  std::mt19937 random(1);
  std::ranges::shuffle(v, random);
  CHECK(whole());
  std::ranges::make_heap(v, {}, snug::field<&unique_row::key>);
  std::ranges::sort_heap(v, {}, snug::field<&unique_row::key>);
  CHECK((whole() && key(49) == 49));
  CHECK(erase_if(v, [](const auto& row) { return row.template get<&unique_row::key>() >= 10; }) ==
        40);
  CHECK((whole() && v.size() == 10));
  *v.begin() = std::move(*(v.begin() + 1));
  CHECK(v[1].template get<&unique_row::value>() == nullptr);
}

// A field whose copies, assignments and swaps may throw: a sort lets them through.
TEST_CASE("what a field's operations throw in an algorithm arrives at the caller") {
  struct row {
    int k;
    fragile x;
  };
  static_assert(!noexcept(swap(std::declval<snug::soa_vector<row>::reference>(),
                               std::declval<snug::soa_vector<row>::reference>())));
  static_assert(noexcept(swap(std::declval<soa::reference>(), std::declval<soa::reference>())));
  long points = throw_at_every_point([](attempt& attempt) {
    snug::soa_vector<row> v;
    v.reserve(20);
    for (int i = 0; i < 20; ++i) v.emplace_back(i * 7 % 20, i * 7 % 20);
    bool done = attempt([&] { std::ranges::sort(v, {}, snug::field<&row::k>); });
    CHECK(v.size() == 20);
    if (done) CHECK(std::ranges::is_sorted(v.col<&row::k>()));
  });
  CHECK(points > 50);
}

// A field whose destructor adds a row.
struct adding;
struct adding_row {
  int number = 0;
  std::unique_ptr<adding> field;
  std::string name = "a name that is on the heap, so that it matters";
};
struct adding {
  snug::soa_vector<adding_row>* to;
  ~adding() {
    if (to != nullptr) to->push_back({100, nullptr, "added by a destructor, on the heap"});
  }
};
TEST_CASE("destructors of fields may use the vector, however their rows go") {
  using vector = snug::soa_vector<adding_row>;
  auto filled = [](vector& v, int n) {
    for (int i = 0; i < n; ++i) v.push_back({i, std::unique_ptr<adding>(new adding{&v})});
  };
  auto whole = [](const vector& v) {
    for (auto row : v) {
      if (row.get<&adding_row::name>().size() < 30) return false;
    }
    return true;
  };
  for (int how = 0; how < 7; ++how) {
    CAPTURE(how);
    vector v;
    filled(v, 8);
    if (how == 0) v.pop_back();
    if (how == 1) v.erase(v.begin() + 2);
    if (how == 2) v.swap_erase(2);
    if (how == 3) v.clear();
    if (how == 4)
      erase_if(v, [](auto row) { return row.template get<&adding_row::number>() == 3; });
    if (how == 5) v = vector();
    CHECK(whole(v));
    if (how <= 4) CHECK(v.size() == (how == 3 ? 0u : 8u));
  }
}
TEST_CASE("rows with names are exchanged as rows, whichever swap is found") {
  struct named {
    int number;
    std::string text;
  };
  const auto is = [](const auto& v, int first, const char* text) {
    return v[0].template get<0>() == first && v[0].template get<1>() == text &&
           v[1].template get<0>() == 3 - first;
  };
  snug::soa_vector<named> v{{1, "a"}, {2, "b"}};
  auto a = v[0];
  auto b = v[1];
  const auto c = v[0];
  const auto d = v[1];
  swap(a, b);
  CHECK(is(v, 2, "b"));
  {
    using std::swap;
    swap(a, b);
    CHECK(is(v, 1, "a"));
    swap(c, d);
    CHECK(is(v, 2, "b"));
    swap(v[0], v[1]);
    CHECK(is(v, 1, "a"));
  }
  std::ranges::swap(a, b);
  CHECK(is(v, 2, "b"));
  std::ranges::swap(v[0], v[1]);
  CHECK(is(v, 1, "a"));
  std::iter_swap(v.begin(), v.begin() + 1);
  CHECK(is(v, 2, "b"));
  CHECK(v.begin()->get<&named::number>() == 2);
  CHECK(std::as_const(v).begin()->get<&named::text>() == "b");
}
TEST_CASE("constructors of fields may use the vector") {
  struct row;
  using vector = snug::soa_vector<row>;
  struct family {
    family(vector* v, int n);
    family(int n) : text(std::to_string(n) + " on the heap, as it is a long text") {}
    std::string text;
  };
  struct row {
    family first;
    std::string second;
  };
  vector v;
  struct maker {
    vector* v;
    int n;
    operator family() const {
      for (int i = 0; i < n; ++i) v->emplace_back(maker{v, i}, std::to_string(i));
      return family(n);
    }
  };
  v.emplace_back(maker{&v, 4}, "last");
  CHECK(v.size() == 16);
  CHECK(v.back().get<&row::second>() == "last");
  for (auto r : v) CHECK(r.get<&row::first>().text.size() > 20);
}

TEST_CASE("rows and ranges of the vector itself are inserted, appended and assigned") {
  soa v;
  std::vector<record> m;
  for (std::size_t i = 0; i < 5; ++i) {
    v.push_back(record_of(i));
    m.push_back(record_of(i));
  }
  auto same = [&] { return std::equal(v.begin(), v.end(), m.begin(), m.end()); };
  auto insert = [&](std::size_t at, const std::vector<record>& rows) {
    m.insert(m.begin() + std::ptrdiff_t(at), rows.begin(), rows.end());
  };
  std::vector<record> copy = m;
  CHECK(v.insert_range(v.begin() + 2, v) == v.begin() + 2);
  insert(2, copy);
  CHECK(same());
  copy = {m.begin() + 1, m.begin() + 4};
  v.insert(v.begin() + 1, v.begin() + 1, v.begin() + 4);
  insert(1, copy);
  CHECK(same());
  copy.assign(3, m[2]);
  v.insert(v.begin(), 3, v[2]);
  insert(0, copy);
  CHECK(same());
  v.insert(v.end(), {record_of(50), record_of(51)});
  insert(m.size(), {record_of(50), record_of(51)});
  v.insert(v.begin() + 1, v[4]);
  insert(1, {m[4]});
  CHECK(same());
  copy = m;
  v.append_range(v);
  insert(m.size(), copy);
  CHECK(same());
  v.resize(40, v[3]);
  m.resize(40, record(m[3]));
  CHECK(same());
  auto alias = &v;
  v = *alias;
  v = std::move(*alias);
  v.swap(v);
  std::swap(v, *alias);
  v[3] = v[3];
  swap(v[3], v[3]);
  CHECK(same());
  v.assign(v | std::views::drop(30));
  m.erase(m.begin(), m.begin() + 30);
  CHECK(same());
  v.assign(3, v[1]);
  m.assign(3, record(m[1]));
  CHECK(same());
  v.assign({record_of(1)});
  CHECK((v.size() == 1 && v[0] == record_of(1)));

  struct numbered {
    std::uint32_t order;
    int n;
  };
  snug::soa_vector<numbered> own{{2, 10}, {0, 11}, {1, 12}};
  own.permute(own.col<&numbered::order>());
  CHECK(std::ranges::equal(own.col<&numbered::n>(), std::vector{12, 10, 11}));
}

TEST_CASE("vectors are ordered by rows, rows by fields; only where the fields are") {
  struct pair {
    int a;
    double b;
  };
  snug::soa_vector<pair> x{{1, 2}, {3, 4}}, y{{1, 2}, {3, 5}};
  CHECK((x < y && y > x && x <= x && x == x));
  x.push_back({0, 0});
  CHECK(x < y);
  y[1].get<&pair::b>() = 4;
  CHECK(x > y);
  CHECK((x[0] < x[1] && x[0] == pair{1, 2} && x[0] < pair{2, 0} && pair{0, 9} < x[0]));
  static_assert(std::same_as<decltype(x <=> y), std::partial_ordering>);
  struct strong {
    int a;
    std::string b;
    auto operator<=>(const strong&) const = default;
  };
  static_assert(std::same_as<decltype(snug::soa_vector<strong>() <=> snug::soa_vector<strong>()),
                             std::strong_ordering>);
  struct neither {
    struct {
    } a;
    int b;
  };
  static_assert(!std::equality_comparable<snug::soa_vector<neither>> &&
                !std::three_way_comparable<snug::soa_vector<neither>>);
  static_assert(std::equality_comparable<soa> && std::copyable<soa> &&
                !std::copyable<snug::soa_vector<unique_row>> &&
                std::movable<snug::soa_vector<unique_row>>);
  snug::soa_vector<strong> words{{2, "b"}, {1, "z"}, {2, "a"}};
  std::ranges::sort(words);
  CHECK(std::ranges::equal(words.col<&strong::b>(), std::vector<std::string>{"z", "a", "b"}));
}

TEST_CASE("a vector load that begins in a column ends in the allocation") {
  struct bytes_and_shorts {
    char c;
    short s;
  };
  std::size_t before = heap::bytes;
  snug::soa_vector<bytes_and_shorts> v;
  v.resize(70);
  const auto* last = reinterpret_cast<const std::byte*>(v.aligned_col<&bytes_and_shorts::s>() + 70);
  const auto* first = reinterpret_cast<const std::byte*>(v.aligned_col<&bytes_and_shorts::c>());
  auto used = static_cast<std::size_t>(last - first);
  if (heap::counted) CHECK(heap::bytes - before >= (used + 63) / 64 * 64);
  CHECK(reinterpret_cast<std::uintptr_t>(first) % v.column_alignment == 0);
}

TEST_CASE("a comparison that changes the vector ends the program") {
  CHECK(dies_with("a comparison of sort_by() changed the vector", [] {
    soa v;
    for (std::size_t i = 0; i < 10; ++i) v.push_back(record_of(i));
    v.reserve(20);
    v.sort_by<&record::weight>([&](double a, double b) {
      if (v.size() == 10) v.push_back(record_of(1));
      return a < b;
    });
  }));
}

}  // namespace
