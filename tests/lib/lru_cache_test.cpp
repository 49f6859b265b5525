#include <snug/lru_cache.hpp>

#include <memory>
#include <set>
#include <string>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "lru_cache_ops.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;
using numbers = snug::lru_cache<std::uint64_t, std::uint64_t>;

static_assert(!std::is_copy_constructible_v<numbers> && !std::is_copy_assignable_v<numbers>);
static_assert(std::is_nothrow_move_constructible_v<numbers> &&
                  std::is_nothrow_move_assignable_v<numbers> &&
                  std::is_nothrow_swappable_v<numbers>,
              "a cache moves without throwing");

TEST_CASE("random operations behave like a slow cache") {
  CHECK(rc::check(
      [](const std::vector<std::uint8_t>& in) { lru_operations({in.data(), in.size()}); }));
}

TEST_CASE("an entry of two 64-bit numbers costs at most 36 bytes, and nothing is allocated later") {
  long before = heap::news;
  numbers cache(10000);
  CHECK((!heap::counted || heap::news == before + 1));
  CHECK(cache.memory_bytes() <= 36 * 10000);
  for (std::uint64_t i = 0; i < 50000; ++i) {
    cache.put(i, i * 2);
    if (i % 3 == 0) (void)cache.get(i / 2);
  }
  CHECK((!heap::counted || heap::news == before + 1));
  CHECK(cache.size() == 10000);
  CHECK(*cache.peek(std::uint64_t{49999}) == 99998);
  CHECK(cache.evictions() == 40000);
}

TEST_CASE("caches of no entry and of one") {
  numbers none(0);
  CHECK(none.put(1, 2) == nullptr);
  CHECK(none.get(1) == nullptr);
  CHECK_FALSE(none.pop_oldest());
  numbers one(1);
  CHECK(*one.put(1, 2) == 2);
  CHECK(*one.put(2, 3) == 3);
  CHECK(one.peek(1) == nullptr);
  CHECK(*one.put(2, 4) == 4);
  CHECK(one.size() == 1);
  numbers moved = std::move(one);
  CHECK(*moved.get(2) == 4);
  CHECK(one.put(1, 1) == nullptr);
  CHECK(one.empty());
  CHECK_THROWS_AS(numbers(0x7ffffffe), std::length_error);
}

TEST_CASE("keys with equal hashes are different keys") {
  struct one_hash {
    std::size_t operator()(int) const { return 7; }
  };
  snug::lru_cache<int, int, one_hash> cache(10);
  for (int i = 0; i < 15; ++i) cache.put(i, i * i);
  CHECK(cache.size() == 10);
  for (int i = 5; i < 15; ++i) CHECK(*cache.peek(i) == i * i);
  CHECK(cache.peek(4) == nullptr);
}

TEST_CASE("a new value that is too heavy takes the old one along") {
  removed gone;
  watched_cache cache(5, 10, {}, recorder{&gone});
  CHECK(cache.put("a", "short") != nullptr);
  CHECK(cache.put("a", "too long for the limit") == nullptr);
  CHECK(cache.peek("a") == nullptr);
  CHECK(cache.weight() == 0);
  CHECK(gone == removed{{"a", "short", snug::removal::replaced}});
}

TEST_CASE("arguments may be parts of the entry that has to go") {
  snug::lru_cache<std::string, std::string> cache(1);
  cache.put("a key that lives on the heap of its own", "a value that lives there as well");
  std::string key = "another key that is long enough";
  cache.put(key, *cache.get("a key that lives on the heap of its own"));
  CHECK(*cache.get(key) == "a value that lives there as well");
}

TEST_CASE("entries that cannot move are made in place") {
  struct fixed {
    explicit fixed(int v) : value(v) {}
    fixed(fixed&&) = delete;
    int value;
  };
  snug::lru_cache<int, fixed> cache(2);
  for (int i = 0; i < 5; ++i) CHECK(cache.try_emplace(i, i * i).first->value == i * i);
  CHECK(cache.get(4)->value == 16);
  CHECK(cache.get(2) == nullptr);
}

TEST_CASE("the callback may use the cache") {
  struct keeper;
  using cache_t = snug::lru_cache<int, int, std::hash<int>, std::equal_to<>, snug::unit_weight,
                                  std::function<void(int, int, snug::removal)>>;
  cache_t* self = nullptr;
  std::set<int> seen;
  cache_t cache(3, [&](int key, int value, snug::removal) {
    seen.insert(key);
    if (key < 100) {
      self->put(key + 100, value);  // pushes another one out
      (void)self->peek(key);
    }
  });
  self = &cache;
  for (int i = 0; i < 10; ++i) {
    cache.put(i, i);
    REQUIRE(cache.size() <= 3);
  }
  CHECK(seen.size() > 6);
  cache.clear();
  CHECK(cache.empty());
}

struct fragile_hash {
  std::size_t operator()(const sturdy& f) const {
    faults::point();
    return std::size_t(f.value()) % 3;  // long chains
  }
};
struct fragile_weigher {
  std::uint64_t operator()(const sturdy&, const sturdy&) const {
    faults::point();
    return 2;
  }
};
struct fragile_listener {
  void operator()(sturdy&&, sturdy&&, snug::removal) const { faults::point(); }
};
TEST_CASE("whatever throws, the cache stays whole") {
  using cache_t = snug::lru_cache<sturdy, sturdy, fragile_hash, std::equal_to<>, fragile_weigher,
                                  fragile_listener>;
  {
    cache_t cache(6, 100);
    auto whole = [&] {
      std::vector<int> keys;
      cache.for_each([&](const sturdy& k, const sturdy& v) {
        REQUIRE(v.value() >= 0);
        keys.push_back(k.value());
      });
      REQUIRE(keys.size() == cache.size());
      REQUIRE(cache.size() <= 6);
      REQUIRE(cache.weight() == 2 * cache.size());
      REQUIRE(faults::objects == 2 * long(cache.size()));
      for (int k : keys) REQUIRE(cache.contains(sturdy(k)));
    };
    long throws = 0;
    auto each = [&](auto body) { throws += throw_at_each(body, [&](bool) { whole(); }); };
    for (int i = 0; i < 25; ++i) {
      each([&] { cache.put(sturdy(i), sturdy(i)); });
      each([&] { cache.put(sturdy(i), sturdy(i + 1)); });
      each([&] { (void)cache.get(sturdy(i - 2)); });
      each([&] { cache.try_emplace(sturdy(i + 100), i); });
      each([&] { cache.get_or_make(sturdy(i + 200), [](auto&) { return sturdy(5); }); });
      if (i % 4 == 0) each([&] { cache.erase(sturdy(i)); });
      if (i % 9 == 0) each([&] { cache.pop_oldest(); });
    }
    CHECK(throws > 300);  // the control: there were throws
    each([&] { cache.clear(); });
    CHECK(cache.empty());
  }
  CHECK(faults::objects == 0);
}

TEST_CASE("a put that throws before the eviction changes nothing") {
  snug::lru_cache<int, sturdy> cache(2);
  cache.try_emplace(1, 1);
  cache.try_emplace(2, 2);
  faults::until = 1;
  CHECK_THROWS_AS(cache.try_emplace(3, 3), fault);
  faults::until = 0;
  CHECK(cache.size() == 2);
  CHECK(cache.peek(1)->value() == 1);
  CHECK(cache.peek(2)->value() == 2);
  CHECK(cache.peek(3) == nullptr);
}

TEST_CASE("negative control: a model that forgets to promote differs") {
  slow_lru model{2, 100, {}, {}};
  model.put("a", "1");
  model.put("b", "2");
  model.put("c", "3");
  removed gone;
  watched_cache cache(2, 100, {}, recorder{&gone});
  cache.put("a", "1");
  cache.put("b", "2");
  (void)cache.get("a");
  cache.put("c", "3");
  CHECK(gone != model.gone);
}

}  // namespace
