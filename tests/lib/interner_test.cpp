#include <snug/interner.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <unordered_set>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "interner_ops.hpp"
#include "support/failing_new.hpp"
#include "support/interleave.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;

static_assert(sizeof(snug::symbol) == 4, "a symbol is 4 bytes");
static_assert(std::is_trivially_copyable_v<snug::symbol>, "and plain data");
static_assert(std::is_nothrow_move_constructible_v<snug::interner>);
static_assert(!std::is_move_constructible_v<snug::sync_interner>,
              "threads know a sync_interner by its place");
static_assert(!std::is_constructible_v<snug::symbol, int>, "a number is no symbol");
static_assert(noexcept(std::declval<snug::interner&>().resolve(snug::symbol())));

TEST_CASE("random strings behave like a map") {
  auto run = [](void (*operations)(op_stream)) {
    return rc::check(
        [=](const std::vector<std::uint8_t>& in) { operations({in.data(), in.size()}); });
  };
  CHECK(run(interner_operations<snug::interner>));
  CHECK(run(interner_operations<snug::sync_interner>));
  CHECK(run(interner_operations<poor_interner>));
}

TEST_CASE("many strings: symbols stay, the cost is at most 12 bytes each and the length") {
  snug::interner names;
  std::size_t length = 0;
  double worst = 0;
  double sum = 0;
  for (int i = 0; i < 100000; ++i) {
    std::string text = "w" + std::to_string(i * 7919);
    length += text.size();
    REQUIRE(names.intern(text).to_number() == std::uint32_t(i + 1));
    if (i >= 50000) {
      double cost = double(names.memory_bytes() - length) / (i + 1);
      worst = std::max(worst, cost);
      sum += cost;
    }
  }
  CAPTURE(worst, sum / 50000);
  CHECK(worst <= 12);
  CHECK(sum / 50000 <= 11.7);
  for (int i = 0; i < 60000; i += 7) {
    REQUIRE(names.resolve(snug::symbol::from_number(std::uint32_t(i + 1))) ==
            "w" + std::to_string(i * 7919));
  }
}

TEST_CASE("strings of every length, and with zeros") {
  snug::interner names;
  constexpr std::size_t lengths[] = {0,    1,    253,  254,   255,   256,   257,
                                     8191, 8192, 8193, 16383, 16384, 16385, 100000};
  for (std::size_t n : lengths) {
    std::string text(n, '\0');
    auto s = names.intern(text);
    CHECK(names.resolve(s) == text);
    CHECK(names.intern(text) == s);
  }
  CHECK(names.size() == 14);
  CHECK(names.resolve(snug::symbol()).empty());
  CHECK_FALSE(snug::symbol());
}

TEST_CASE("symbols are ordered by their first interning and hashed") {
  snug::interner names;
  auto z = names.intern("z");
  auto a = names.intern("a");
  CHECK(z < a);
  CHECK(std::unordered_set<snug::symbol>{z, a, names.intern("z")}.size() == 2);
}

TEST_CASE("a frozen interner refuses new strings and knows the old ones") {
  snug::sync_interner names;
  auto a = names.intern("a");
  names.freeze();
  CHECK(names.intern("a") == a);
  CHECK(names.find("a") == a);
  CHECK_FALSE(names.find("b"));
  CHECK_THROWS_AS(names.intern("b"), std::logic_error);
  CHECK(names.size() == 1);
}

TEST_CASE("a moved interner keeps symbols and views") {
  snug::interner names;
  auto s = names.intern("some text");
  auto view = names.resolve(s);
  snug::interner other = std::move(names);
  CHECK(other.resolve(s).data() == view.data());
  CHECK(other.find("some text") == s);
  CHECK(names.empty());
  CHECK_FALSE(names.find("some text"));
  CHECK(names.intern("x").to_number() == 1);
  names = std::move(other);
  CHECK(names.find("some text") == s);
}

TEST_CASE("every allocation may fail: the string is in completely, or not at all") {
  snug::interner names;
  std::vector<std::string> known;
  long throws = 0;
  for (int i = 0; i < 400; ++i) {
    std::string text(std::size_t(i % 50 == 0 ? 20000 + i : i % 90 + 20), 'x');
    text += std::to_string(i);
    throws += throw_at_each([&] { names.intern(text); },
                            [&](bool threw) {
                              REQUIRE(names.size() == known.size() + (threw ? 0 : 1));
                              REQUIRE(bool(names.find(text)) == !threw);
                            });
    known.push_back(text);
  }
  CHECK((!heap::counted || throws > 20));  // the control: there were throws
  for (std::size_t i = 0; i < known.size(); ++i) REQUIRE(names.find(known[i]).to_number() == i + 1);
}

TEST_CASE("threads that intern the same strings get the same symbols") {
  snug::sync_interner names;
  constexpr int count = 3000;
  std::vector<std::vector<snug::symbol>> got(3);
  // Symbols cross over by relaxed atomics: what they stand for must be visible all the same.
  std::atomic<std::uint32_t> newest{0};
  auto work = [&](std::size_t me) {
    for (int i = 0; i < count; ++i) {
      auto s =
          names.intern("string number " + std::to_string((std::size_t(i) * (me + 1) * 17) % count));
      got[me].push_back(s);
      newest.store(s.to_number(), std::memory_order_relaxed);
      auto other = snug::symbol::from_number(newest.load(std::memory_order_relaxed));
      if (names.resolve(other).substr(0, 14) != "string number ") std::abort();
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 3; ++t) threads.emplace_back(work, t);
  for (auto& t : threads) t.join();
  for (std::size_t t = 0; t < 3; ++t) {
    for (int i = 0; i < count; ++i) {
      REQUIRE(names.resolve(got[t][std::size_t(i)]) ==
              "string number " + std::to_string((std::size_t(i) * (t + 1) * 17) % count));
    }
  }
  CHECK(names.size() == std::size_t(count));
}

TEST_CASE("freezing while others intern and look up") {
  for (int round = 0; round < 30; ++round) {
    snug::sync_interner names;
    names.intern("known");
    std::atomic<bool> stop{false};
    std::thread writer([&] {
      try {
        for (int i = 0; i < 100000; ++i) names.intern(std::to_string(i));
      } catch (const std::logic_error&) {
      }
    });
    std::thread reader([&] {
      while (!stop) {
        if (names.resolve(names.find("known")) != "known") std::abort();
      }
    });
    names.freeze();
    auto size = names.size();
    writer.join();
    stop = true;
    reader.join();
    CHECK(names.size() == size);
  }
}

struct counting_atomics : snug::detail::plain_atomics {
  static inline int locks = 0;
  struct mutex {
    void lock() noexcept { ++locks; }
    void unlock() noexcept {}
  };
};
TEST_CASE("looking up locks until the freeze, and never after it") {
  snug::basic_interner<counting_atomics, 2> names;
  names.intern("known");
  int before = counting_atomics::locks;
  CHECK(names.find("known"));
  CHECK(counting_atomics::locks == before + 1);
  names.freeze();
  before = counting_atomics::locks;
  CHECK(names.find("known"));
  CHECK(counting_atomics::locks == before);
}

using model_interner = snug::basic_interner<snug::testing::model_atomics, 2>;
TEST_CASE("every interleaving of two threads gives one symbol for one string") {
  using namespace snug::testing;
  auto result = explore(
      [](scenario& s) {
        struct state {
          model_interner names;
          snug::symbol a, b, c;
        };
        auto it = std::make_shared<state>();
        s.thread([it] {
          it->a = it->names.intern("x");
          require(it->names.resolve(it->a) == "x", "resolves its own symbol");
        });
        s.thread([it] {
          it->c = it->names.intern("y");
          it->b = it->names.intern("x");
          require(it->names.resolve(it->b) == "x", "resolves the other's symbol");
        });
        s.finally([it] {
          require(it->a == it->b && it->a != it->c, "equal strings have equal symbols");
          require(it->names.size() == 2, "no string is stored twice");
        });
      },
      {.preemptions = 3});
  CHECK(result.failure == "");
}

TEST_CASE("every interleaving of a freeze with an intern is all or nothing") {
  using namespace snug::testing;
  auto result = explore(
      [](scenario& s) {
        auto names = std::make_shared<model_interner>();
        auto got = std::make_shared<snug::symbol>();
        s.thread([=] {
          try {
            *got = names->intern("x");
          } catch (const std::logic_error&) {
          }
        });
        s.thread([=] {
          names->freeze();
          auto seen = names->find("x");
          auto again = names->find("x");
          require(seen == again, "nothing is added after the freeze");
        });
        s.finally([=] {
          require(names->find("x") == *got, "the string is in exactly when intern said so");
        });
      },
      {.preemptions = 3});
  CHECK(result.failure == "");
}

TEST_CASE("negative control: a store that forgets the last character fails the model") {
  struct forgetful : snug::interner {
    snug::symbol intern(std::string_view s) {
      return snug::interner::intern(s.substr(0, s.size() / 2));
    }
  };
  std::vector<std::uint8_t> in{0, 10, 0, 11, 0, 12, 0, 13, 0, 100};
  CHECK_THROWS_AS(interner_operations<forgetful>(op_stream(in.data(), in.size())),
                  std::logic_error);
  CHECK_NOTHROW(interner_operations<snug::interner>(op_stream(in.data(), in.size())));
}

TEST_CASE("a string of any length costs what the header says") {
  for (std::size_t length :
       {2u,    10u,   100u,  254u,  255u,  400u,  510u,  511u,   520u,   1000u, 2000u,
        5000u, 5500u, 6000u, 8000u, 8187u, 8193u, 9000u, 16384u, 20000u, 70000u}) {
    snug::interner names;
    std::string text(length, 'x');
    std::size_t count = std::clamp<std::size_t>(2'000'000 / length, 40, 100);
    for (std::size_t target : {count, 4 * count}) {
      while (names.size() < target) {
        std::size_t n = names.size();
        for (std::size_t at = 0; n != 0 && at < length; n /= 64, ++at) {
          text[at] = char('0' + n % 64);
        }
        names.intern(text);
      }
      double characters = double(names.size()) * double(length);
      double each = length < 255 ? 12 : 24 + double(length) / 32;
      double in_advance = std::max(16384.0, characters / 32) + 512;
      CAPTURE(length, names.size());
      CHECK(double(names.memory_bytes()) <= characters + each * double(names.size()) + in_advance);
    }
  }
}

TEST_CASE("parts of the interner's own strings may be interned") {
  snug::interner names;
  snug::symbol whole = names.intern(std::string(300, 'a') + "tail");
  for (int i = 0; i < 2000; ++i) {
    std::string_view own = names.resolve(whole);
    snug::symbol part = names.intern(own.substr(std::size_t(i) % 300));
    CHECK(names.resolve(part) == own.substr(std::size_t(i) % 300));
    names.intern(std::to_string(i));
  }
  CHECK(names.intern(names.resolve(whole)) == whole);
  std::size_t walked = 0;
  names.for_each([&](snug::symbol, std::string_view s) {
    names.intern(std::string(s) + "+");
    ++walked;
  });
  CHECK(names.size() == 2 * walked);
  auto& alias = names;
  names = std::move(alias);
  CHECK(names.size() == 2 * walked);
  static_assert(std::is_nothrow_move_constructible_v<snug::interner>);
}

// Ready before any constructor runs, and used by a thread_local object that dies with its thread.
constinit snug::sync_interner early;
const snug::symbol before_main = early.intern("before main");
TEST_CASE("an interner is there before main and while threads end") {
  CHECK(early.resolve(before_main) == "before main");
  struct late {
    std::string text;
    ~late() { early.intern(text); }
  };
  std::thread([] {
    thread_local late object;
    object.text = "at the end of a thread";
  }).join();
  CHECK(early.find("at the end of a thread"));
}

}  // namespace
