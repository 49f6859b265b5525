#include <snug/lru_cache.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "death.hpp"
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

// A value whose destructor puts another one into its cache.
struct putting;
using putting_cache = snug::lru_cache<int, std::unique_ptr<putting>>;
struct putting {
  putting_cache* cache;
  int id;
  ~putting() {
    if (id >= 0) cache->put(1000 + id, nullptr);
  }
};
template <class Cache>
bool is_whole(const Cache& cache) {
  std::size_t n = 0;
  bool found = true;
  for (const auto& e : cache) {
    ++n;
    found = found && cache.peek(e.key) == &e.value;
  }
  return found && n == cache.size() && n <= cache.max_entries() && cache.weight() == n;
}

TEST_CASE("destructors of values may put into the cache, however the values go") {
  auto filled = [](putting_cache& cache, int n) {
    for (int i = 0; i < n; ++i) {
      cache.put(i, std::unique_ptr<putting>(new putting{&cache, i}));
      CHECK(is_whole(cache));
    }
  };
  putting_cache cache(3);
  filled(cache, 10);
  CHECK(cache.size() == 3);
  cache.clear();
  filled(cache, 2);
  cache.put(0, nullptr);  // replaced
  CHECK(is_whole(cache));
  CHECK((cache.contains(1000) && cache.contains(0) && cache.contains(1)));
  cache.clear();
  filled(cache, 2);
  CHECK(cache.erase(1));
  CHECK((cache.contains(1001) && cache.contains(0) && cache.size() == 2));
  CHECK(is_whole(cache));
  filled(cache, 3);
  cache.erase_if([](int key, const auto&) { return key < 100; });
  CHECK(is_whole(cache));
  filled(cache, 3);
  cache.pop_oldest();
  CHECK(is_whole(cache));
  filled(cache, 3);
  cache.set_max_entries(2);
  CHECK(is_whole(cache));
  CHECK(cache.max_entries() == 2);
  filled(cache, 3);
  cache.clear();
  CHECK(cache.empty());
  filled(cache, 3);
  cache = putting_cache(4);
  CHECK(is_whole(cache));
  filled(cache, 3);
}

// Replaces what moves may not: the value's own constructor.
struct nested {
  using cache = snug::lru_cache<int, nested>;
  cache* into = nullptr;
  int n = 0;
  nested() = default;
  nested(cache* c, int depth) : into(c), n(depth) {
    if (depth > 0) c->put(depth, nested(c, depth - 1));
    if (depth > 0) c->put(100, nested());  // the key of the outermost, too
  }
  ~nested() {}  // so that it is not trivial
  nested(const nested&) = default;
  nested& operator=(const nested&) = default;
};
TEST_CASE("constructors of values may use the cache") {
  nested::cache cache(5);
  for (int round = 0; round < 3; ++round) {
    auto [at, fresh] = cache.try_emplace(100, &cache, 8);
    CHECK(at->n == (round == 0 ? 8 : at->n));
    CHECK(is_whole(cache));
    CHECK(*&cache.peek(100)->n == at->n);
    cache.put(50, 1 == round ? nested(&cache, 2) : nested());
    CHECK(is_whole(cache));
    cache.erase(100);
  }
}

TEST_CASE("put returns null when what came back put the new entry out") {
  using strings =
      snug::lru_cache<int, std::string, snug::lru_hash<int>, std::equal_to<>, snug::unit_weight,
                      std::function<void(int, std::string, snug::removal)>>;
  strings* self = nullptr;
  strings cache(1, [&](int key, const std::string&, snug::removal) {
    if (key < 100) self->put(key + 100, "other");
  });
  self = &cache;
  CHECK(cache.put(1, "one") != nullptr);
  CHECK(cache.put(2, "two") == nullptr);
  CHECK(cache.contains(102));
  CHECK(cache.put(101, "again") != nullptr);
  CHECK(cache.put(3, "three") != nullptr);
  CHECK(cache.put(3, "four") == nullptr);
}

// lru_assign_throw: the value's assignment throws; its move constructor does not.
struct reluctant {
  static inline bool armed = false;
  std::string s;
  reluctant(const char* t) : s(t) {}
  reluctant(const reluctant&) = default;
  reluctant(reluctant&&) noexcept = default;
  reluctant& operator=(const reluctant& other) {
    if (armed) throw fault();
    s = other.s;
    return *this;
  }
};
struct keeps_nothing {
  void operator()(int&&, reluctant&&, snug::removal) const {}
};
TEMPLATE_TEST_CASE("put over a present key never leaves half a value", "",
                   (snug::lru_cache<int, reluctant>),
                   (snug::lru_cache<int, reluctant, snug::lru_hash<int>, std::equal_to<>,
                                    snug::unit_weight, keeps_nothing>)) {
  TestType cache(4);
  cache.put(1, reluctant("the old value, long enough for the heap"));
  reluctant::armed = true;
  cache.put(1, reluctant("the new value"));
  reluctant::armed = false;
  CHECK(cache.peek(1)->s == "the new value");
}

TEST_CASE("every operation of key and value throws once, and the cache stays whole") {
  using cache_t = snug::lru_cache<sturdy, sturdy, fragile_hash>;
  const long points = throw_at_every_point([](attempt& attempt) {
    cache_t cache(3);
    for (int i = 0; i < 3; ++i) cache.put(sturdy(i), sturdy(i * 10));
    int step = 0;
    attempt([&] {
      cache.put(sturdy(1), sturdy(11));
      step = 1;
      cache.put(sturdy(7), sturdy(70));
      step = 2;
      cache.get_or_add(sturdy(8), [](const sturdy&) { return sturdy(80); });
      step = 3;
      cache.set_max_entries(2);
      step = 4;
      cache.set_max_entries(9);
      step = 5;
    });
    CHECK(is_whole(cache));
    if (step < 4) CHECK(cache.peek(sturdy(1))->value() == (step >= 1 ? 11 : 10));
    CHECK((cache.peek(sturdy(7)) != nullptr) == (step >= 2 && step < 6));
    CHECK(cache.size() == (step >= 4 ? 2u : 3u));
    CHECK(cache.max_entries() == (step >= 5 ? 9u : step == 4 ? 2u : 3u));
  });
  CHECK(points > 20);
}

TEST_CASE("keys and values may be parts of the cache") {
  snug::lru_cache<std::string, std::string> cache(3);
  for (int i = 0; i < 3; ++i)
    cache.put("a key on the heap, number " + std::to_string(i), "v" + std::to_string(i));
  auto oldest = cache.oldest();
  cache.put((*oldest).key + "!", (*oldest).value);  // which leaves for it
  CHECK(*cache.peek("a key on the heap, number 0!") == "v0");
  cache.put((*cache.oldest()).key, (*cache.begin()).value);
  CHECK(*cache.peek("a key on the heap, number 1") == "v0");
  cache.put((*cache.begin()).key, (*cache.begin()).value);
  CHECK((*cache.begin()).value == "v0");
  cache.erase((*cache.oldest()).key);
  CHECK(is_whole(cache));
  snug::lru_cache<int, int> plain_cache(2);
  plain_cache.put(1, 10);
  plain_cache.put(2, 20);
  plain_cache.put(3, *plain_cache.peek(1));  // in the place of the entry that is read
  CHECK(*plain_cache.peek(3) == 10);
  plain_cache.put((*plain_cache.oldest()).key, (*plain_cache.begin()).value);
  CHECK(*plain_cache.peek(2) == 10);
}

TEST_CASE("an equality that changes the cache ends the program") {
  struct cache_equal {
    std::function<void()>* meddle;
    bool operator()(const std::string& a, const std::string& b) const {
      if (*meddle) std::exchange(*meddle, nullptr)();
      return a == b;
    }
  };
  using cache_t = snug::lru_cache<std::string, int, snug::lru_hash<std::string>, cache_equal>;
  for (int what = 0; what < 4; ++what) {
    CHECK(dies_with("the equality of keys changed the cache", [&] {
      std::function<void()> meddle;
      cache_t cache(3, {}, {}, cache_equal{&meddle});
      cache.put("a", 1);
      cache.put("b", 2);
      meddle = [&] {
        if (what == 0) cache.clear();
        if (what == 1) cache.put("c", 3);
        if (what == 2) (void)cache.get("b");
        if (what == 3) cache.set_max_entries(7);
      };
      (void)cache.get("a");
    }));
  }
}

TEST_CASE("walks, the oldest entry, limits that change, swap and assignment") {
  numbers cache(4);
  for (std::uint64_t i = 0; i < 6; ++i) cache.put(i, i * i);
  std::vector<std::uint64_t> order;
  for (auto [key, value] : cache) {
    order.push_back(key);
    value += 100;
  }
  CHECK(order == std::vector<std::uint64_t>{5, 4, 3, 2});
  CHECK((*std::as_const(cache).oldest()).value == 104);
  CHECK(*cache.get(2) == 104);
  CHECK((*cache.oldest()).key == 3);
  static_assert(std::forward_iterator<numbers::iterator> &&
                std::forward_iterator<numbers::const_iterator>);
  static_assert(std::is_convertible_v<numbers::iterator, numbers::const_iterator> &&
                !std::is_convertible_v<numbers::const_iterator, numbers::iterator>);

  cache.set_max_entries(2);
  CHECK((cache.size() == 2 && cache.contains(2) && cache.contains(5)));
  CHECK(cache.evictions() == 4);
  cache.set_max_entries(1000);
  for (std::uint64_t i = 10; i < 2000; ++i) cache.put(i, i);
  CHECK((cache.size() == 1000 && is_whole(cache) && !cache.contains(2)));
  CHECK(cache.erase_if([](std::uint64_t key, std::uint64_t) { return key % 2 == 1; }) == 500);
  CHECK(is_whole(cache));

  numbers other(3);
  other.put(7, 7);
  swap(cache, other);
  CHECK((cache.size() == 1 && other.size() == 500 && other.max_entries() == 1000));
  cache = std::move(other);
  CHECK((cache.size() == 500 && other.empty() && other.max_entries() == 0));
  CHECK(other.begin() == other.end());
  CHECK(other.oldest() == other.end());
  CHECK(other.put(1, 1) == nullptr);
  CHECK(other.get(1) == nullptr);
  other.set_max_entries(2);
  CHECK(*other.put(1, 5) == 5);
  cache.set_max_entries(0);
  CHECK((cache.empty() && cache.put(1, 1) == nullptr));

  numbers weighed(10, 3);  // every entry weighs 1
  for (std::uint64_t i = 0; i < 9; ++i) weighed.put(i, i);
  CHECK((weighed.size() == 3 && is_whole(weighed)));
  numbers nothing(10, 0);
  CHECK(nothing.put(1, 1) == nullptr);
  CHECK(nothing.empty());
}

TEST_CASE("a time to live, and values that are made in the cache") {
  struct page {
    std::string text;
    int until;
  };
  removed gone;
  snug::lru_cache<int, page> pages(5);
  int now = 10;
  auto fresh = [&](const page& p) { return now < p.until; };
  pages.put(1, page{"one", 20});
  CHECK(pages.get_if(1, fresh)->text == "one");
  now = 20;
  CHECK(pages.get_if(1, fresh) == nullptr);
  CHECK((pages.empty() && pages.hits() == 1 && pages.misses() == 1));
  page* made = pages.get_or_add(2, [](int) { return page{"two", 30}; });
  CHECK((made != nullptr && pages.get_or_add(2, [](int) { return page{}; }) == made));
  made = pages.get_or_add(3, [&](int key) {
    pages.put(key, page{"meanwhile", 0});
    return page{"three", 0};
  });
  CHECK(pages.peek(3)->text == "three");
  snug::lru_cache<int, std::unique_ptr<int>> owners(2);
  CHECK(**owners.get_or_add(1, [](int) { return std::make_unique<int>(5); }) == 5);
  watched_cache weighed(5, 10, {}, recorder{&gone});
  CHECK(weighed.get_or_add("key", [](auto&) { return std::string(11, 'x'); }) == nullptr);
  CHECK(weighed.get_or_make("key", [](auto&) { return std::string(11, 'x'); }).size() == 11);
  weighed.put("k", "v");
  CHECK(weighed.get_if("k", [](const std::string&) { return false; }) == nullptr);
  CHECK(gone == removed{{"k", "v", snug::removal::expired}});
  for (int i = 0; i < 4; ++i) weighed.put(std::to_string(i), "v");
  gone.clear();
  weighed.set_max_entries(1);
  CHECK(gone == removed{{"0", "v", snug::removal::too_many},
                        {"1", "v", snug::removal::too_many},
                        {"2", "v", snug::removal::too_many}});
}

struct counts_leaving {
  std::unique_ptr<int> told = std::make_unique<int>(0);
  void operator()(int&&, std::string&&, snug::removal) const { ++*told; }
};
TEST_CASE("a cache whose callback cannot be copied is resized") {
  snug::lru_cache<int, std::string, snug::lru_hash<int>, std::equal_to<>, snug::unit_weight,
                  counts_leaving>
      cache(3, counts_leaving{});
  for (int i = 0; i < 3; ++i) cache.put(i, std::to_string(i));
  cache.set_max_entries(1);
  CHECK((cache.size() == 1 && *cache.peek(2) == "2"));
  cache.set_max_entries(4);
  cache.put(7, "7");
  CHECK((cache.size() == 2 && cache.evictions() == 2));
  CHECK((cache.begin()->key == 7 && cache.oldest()->value == "2"));
}

// Keys that are counted, and values whose destructors resize the cache that is destroyed.
struct counted_key {
  static inline int alive = 0;
  std::string text = "a key that is on the heap, as it is long";
  int number;
  explicit counted_key(int n) : number(n) { ++alive; }
  counted_key(const counted_key& other) : text(other.text), number(other.number) { ++alive; }
  counted_key(counted_key&& other) noexcept : text(std::move(other.text)), number(other.number) {
    ++alive;
  }
  ~counted_key() { --alive; }
  bool operator==(const counted_key& other) const { return number == other.number; }
};
struct hash_number {
  std::size_t operator()(const counted_key& k) const { return std::hash<int>()(k.number); }
};
struct resizing {
  using cache = snug::lru_cache<counted_key, std::unique_ptr<resizing>, hash_number>;
  cache* of;
  std::size_t to;
  ~resizing() { of->set_max_entries(to); }
};
TEST_CASE("a destructor resizes the cache that is destroyed") {
  for (std::size_t to : {0, 1, 2, 100}) {
    {
      resizing::cache cache(8);
      for (int i = 0; i < 8; ++i)
        cache.put(counted_key(i), std::unique_ptr<resizing>(new resizing{&cache, to}));
    }
    CHECK(counted_key::alive == 0);
  }
}

}  // namespace
