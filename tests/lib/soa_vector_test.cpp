#include <snug/soa_vector.hpp>

#include <memory>
#include <numeric>
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

}  // namespace
