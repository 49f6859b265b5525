#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <snug/padded.hpp>

#include <algorithm>
#include <any>
#include <atomic>
#include <compare>
#include <concepts>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "padded_ops.hpp"

using snug::line;
using snug::padded;
using snug::padded_array;

namespace {

struct seventy {
  char bytes[70];
};
struct alignas(256) wide {
  char byte;
};
struct derived : padded<std::string> {
  char more;
};
struct holds_it {
  [[no_unique_address]] padded<std::string> first;
  char more;
};

static_assert(line == 64, "this platform's line is 64 bytes; the tests are written for it");
static_assert(sizeof(padded<char>) == line && alignof(padded<char>) == line, "a char gets a line");
static_assert(sizeof(padded<seventy>) == 2 * line, "seventy bytes get two lines");
static_assert(sizeof(padded<char, 128>) == 128, "the line can be chosen");
static_assert(sizeof(padded<wide>) == 256 && alignof(padded<wide>) == 256,
              "a wider alignment stays");
static_assert(sizeof(padded<wide, 16>) == 256, "a wider alignment stays, whatever the line");
static_assert(sizeof(derived) == 2 * line, "a derived class puts nothing into the padding");
static_assert(sizeof(holds_it) == 2 * line, "a neighbour puts nothing into the padding");
static_assert(sizeof(padded_array<char, 5>) == 5 * line, "one line for each element");
static_assert(std::is_trivially_copyable_v<padded<int>>, "padding keeps triviality");
static_assert(std::is_trivially_destructible_v<padded<int>>, "padding keeps triviality");
static_assert(!std::is_copy_constructible_v<padded<std::atomic<int>>>,
              "what cannot be copied stays so");
static_assert(!std::is_copy_constructible_v<padded<std::unique_ptr<int>>>,
              "what cannot be copied stays so");
static_assert(std::is_nothrow_move_constructible_v<padded<std::string>>,
              "a move that cannot throw stays so");
static_assert(std::is_convertible_v<int, padded<long>>, "what converts to T converts to padded<T>");
static_assert(!std::is_convertible_v<std::size_t, padded<std::vector<int>>>,
              "explicit stays explicit");
static_assert(std::random_access_iterator<padded_array<int, 3>::iterator>);
static_assert(std::random_access_iterator<padded_array<int, 3>::const_iterator>);

constexpr padded<int> at_compile_time{41};
static_assert(*at_compile_time == 41, "usable in constant expressions");
static_assert([] {
  padded_array<int, 4> a{3, 1, 2};
  std::ranges::sort(a);
  padded<int> copy(a[3]);
  ++*copy;
  return a[0] == 0 && a[1] == 1 && a[3] == 3 && *copy == 4 && padded<int>() == padded<int>(0) &&
         padded<int>(1) < padded<int>(2);
}());

std::uintptr_t line_of(const void* p) {
  return reinterpret_cast<std::uintptr_t>(p) / line;
}

}  // namespace

TEST_CASE("padded: the value begins on a line and is reached by * and ->") {
  padded<std::string> p("text");
  CHECK(static_cast<void*>(&p) == static_cast<void*>(&*p));
  CHECK(reinterpret_cast<std::uintptr_t>(&*p) % line == 0);
  CHECK(p->size() == 4);
  CHECK(p.get() == "text");
  const padded<std::string> copy = p;
  CHECK(copy == p);
  CHECK(std::hash<padded<std::string>>()(copy) == std::hash<std::string>()("text"));
  const padded<std::string> three(3u, 'x');
  CHECK(*three == "xxx");
  static_assert(std::is_same_v<decltype(*three), const std::string&>, "constness goes through");
}

TEST_CASE("padded: a default padded<int> is 0, whatever the memory held") {
  alignas(line) unsigned char memory[sizeof(padded<int>)];
  std::fill(std::begin(memory), std::end(memory), static_cast<unsigned char>(0xAA));
  auto* const p = new (memory) padded<int>();
  CHECK(**p == 0);
}

TEST_CASE("padded: on the heap and in a vector every element has its own line") {
  std::vector<padded<char>> v(7);
  std::unordered_set<std::uintptr_t> lines;
  for (const auto& p : v) lines.insert(line_of(&*p));
  CHECK(lines.size() == v.size());
  const auto one = std::make_unique<padded<int>>(3);
  CHECK(reinterpret_cast<std::uintptr_t>(one.get()) % line == 0);
}

TEST_CASE("padded_array: elements share no line and keep their values") {
  CHECK(rc::check("as a vector", [](const std::vector<std::pair<std::uint8_t, int>>& writes) {
    padded_array<int, 9> a{};
    std::vector<int> model(9);
    for (const auto& [at, value] : writes) {
      a[at % 9u] = value;
      model[at % 9u] = value;
    }
    RC_ASSERT(std::equal(a.begin(), a.end(), model.begin(), model.end()));
    const auto& constant = a;
    RC_ASSERT(std::equal(constant.begin(), constant.end(), model.rbegin(), model.rend()) ==
              std::equal(model.begin(), model.end(), model.rbegin()));
    for (std::size_t i = 1; i < a.size(); ++i) RC_ASSERT(line_of(&a[i - 1]) + 1 == line_of(&a[i]));
  }));
}

TEST_CASE("padded_array: iterators walk in both directions") {
  padded_array<int, 5> a{1, 2, 3, 4, 5};
  auto i = a.begin() + 2;
  CHECK(*i == 3);
  CHECK(i[-1] == 2);
  CHECK(*i++ == 3);
  CHECK(*--i == 3);
  CHECK(a.end() - a.begin() == 5);
  CHECK(a.end() - 5 == a.begin());
  CHECK(*(1 + a.begin()) == 2);
  padded_array<int, 5>::const_iterator c = i;
  CHECK(c == padded_array<int, 5>::const_iterator(i));
  CHECK(a.begin() < a.end());
}

TEST_CASE("padded: two threads count on their own lines") {
  padded_array<std::atomic<long>, 2> counters;
  std::thread a([&] {
    for (int i = 0; i < 10000; ++i) counters[0].fetch_add(1, std::memory_order_relaxed);
  });
  std::thread b([&] {
    for (int i = 0; i < 10000; ++i) counters[1].fetch_add(1, std::memory_order_relaxed);
  });
  a.join();
  b.join();
  CHECK(counters[0] == 10000);
  CHECK(counters[1] == 10000);
}

TEST_CASE("padded_array: compares its values, in order") {
  const snug::padded_array<int, 2> a{1, 2}, b{1, 3};
  CHECK(a == a);
  CHECK(a != b);
  CHECK(a < b);
  CHECK(std::is_eq(a <=> a));
  struct no_default {
    explicit no_default(int) {}
  };
  STATIC_REQUIRE(!std::is_default_constructible_v<snug::padded_array<no_default, 2>>);
  STATIC_REQUIRE(!std::equality_comparable<snug::padded<no_default>>);
  STATIC_REQUIRE(!std::equality_comparable<snug::padded_array<no_default, 2>>);
  STATIC_REQUIRE(std::is_copy_constructible_v<snug::padded_array<std::any, 2>>);
  snug::padded_array<std::any, 1> any{5};
  snug::padded_array<std::any, 1> copy = any;  // of the array, not of an any with the array
  CHECK(std::any_cast<int>(copy[0]) == 5);
  std::ostringstream out;
  out << snug::padded<int>(5);
  CHECK(out.str() == "5");
}

TEST_CASE("negative control: unpadded neighbours do share a line") {
  struct {
    alignas(line) char a;
    char b;
  } pair{};
  CHECK(line_of(&pair.a) == line_of(&pair.b));
}

TEST_CASE("padded_array: random operations behave like a std::array") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& in) {
    snug_test::padded_operations({in.data(), in.size()});
  }));
}
