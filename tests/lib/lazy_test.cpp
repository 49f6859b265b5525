#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <snug/lazy.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/dies.hpp"
#include "support/interleave.hpp"
#include "support/throw_at.hpp"

using snug::lazy;
using snug::sync_lazy;
using namespace snug::testing;

namespace {

struct fixed {
  explicit fixed(int v) : value(v) {}
  fixed(fixed&&) = delete;
  int value;
};

static_assert(sizeof(lazy<int>) == 8 && sizeof(lazy<char>) == 2, "lazy: the value and a byte");
static_assert(sizeof(sync_lazy<int>) == 8 && sizeof(sync_lazy<long>) == 16,
              "sync_lazy: the value and four bytes");
static_assert(sizeof(sync_lazy<int>) == sizeof(int) + sizeof(std::once_flag),
              "not larger than with a once_flag");
static_assert(!std::is_copy_constructible_v<sync_lazy<int>> &&
              !std::is_move_constructible_v<sync_lazy<int>>);
static_assert(std::is_copy_constructible_v<lazy<std::string>> &&
              !std::is_copy_constructible_v<lazy<std::unique_ptr<int>>>);
static_assert(!std::is_move_constructible_v<lazy<fixed>>, "what cannot be moved stays so");
static_assert(std::is_nothrow_move_constructible_v<lazy<std::string>>);
static_assert([] {
  lazy<int> a;
  const bool before = a.has_value();
  a.get([] { return 4; });
  lazy<int> b = a;
  a.reset();
  return !before && !a.has_value() && *b.get_if() == 4 && b.take() == 4 && !b.take();
}());

}  // namespace

TEMPLATE_TEST_CASE("lazy: made once, on demand, in place", "", lazy<std::string>,
                   sync_lazy<std::string>) {
  TestType value;
  int calls = 0;
  const auto make = [&] {
    ++calls;
    return std::string("made");
  };
  CHECK(value.get_if() == nullptr);
  CHECK(!value.has_value());
  std::string& first = value.get(make);
  CHECK(&value.get(make) == &first);
  CHECK(calls == 1);
  CHECK(value.get_if() == &first);
  CHECK(!value.set("other"));
  CHECK(value.take() == "made");
  CHECK(!value.take());
  CHECK(value.set(3u, 'x'));
  CHECK(value.get(make) == "xxx");
  value.reset();
  value.reset();
  CHECK(value.get(make) == "made");
  CHECK(calls == 2);
}

TEMPLATE_TEST_CASE("lazy: a type that cannot move is made by its function", "", lazy<fixed>,
                   sync_lazy<fixed>) {
  TestType value;
  CHECK(value.get([] { return fixed(3); }).value == 3);
}

TEMPLATE_TEST_CASE("lazy: making the value while it is made ends the program", "", lazy<int>,
                   sync_lazy<int>) {
  CHECK(dies([] {
    TestType value;
    value.get([&] { return value.get([] { return 1; }); });
  }));
  CHECK(dies([] {
    TestType value;
    value.get([&] { return value.set(1) ? 1 : 2; });
  }));
  CHECK(dies([] {
    TestType value;
    value.get([&] {
      value.reset();
      return 1;
    });
  }));
  // Negative control, and: another lazy may be asked.
  CHECK(!dies([] {
    TestType value, other;
    value.get([&] { return other.get([] { return 1; }); });
  }));
}

TEMPLATE_TEST_CASE("lazy: after a throw it is empty and tries again", "", lazy<fragile>,
                   sync_lazy<fragile>) {
  CHECK(throw_at_every_point([](attempt& attempt) {
          TestType value;
          const bool done = attempt([&] { value.get([] { return 1; }); });
          CHECK(value.has_value() == done);
          CHECK(value.get([] { return 1; }).value() == 1);
        }) == 1);
  CHECK(throw_at_every_point([](attempt& attempt) {
          TestType value;
          value.set(5);
          const bool done = attempt([&] { value.take(); });
          CHECK(value.has_value() == !done);
        }) == 1);
}

TEST_CASE("lazy: copies and assignments that throw leave the target as it was") {
  CHECK(throw_at_every_point([](attempt& attempt) {
          lazy<fragile> a, b;
          a.set(1);
          attempt([&] { lazy<fragile> c = a; });
          const bool done = !b.has_value();
          CHECK(done);
        }) == 1);
  throw_at_every_point([](attempt& attempt) {
    lazy<sturdy> a, b;
    a.set(1);
    b.set(2);
    const bool done = attempt([&] { b = a; });
    CHECK(b.get_if()->value() == (done ? 1 : 2));
    CHECK(a.get_if()->value() == 1);
  });
}

TEST_CASE("lazy: random operations do as optional does") {
  CHECK(
      rc::check("model", [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& operations) {
        std::array<lazy<std::string>, 3> lazies;
        std::array<std::optional<std::string>, 3> model;
        sync_lazy<std::string> shared;
        std::optional<std::string> shared_model;
        for (const auto& [what, where] : operations) {
          const std::size_t i = where % 3u, j = where / 3u % 3u;
          const std::string text = std::to_string(where);
          switch (what % 6) {
            case 0:
              RC_ASSERT(lazies[i].get([&] { return text; }) == (model[i] ? *model[i] : text));
              if (!model[i]) model[i] = text;
              RC_ASSERT(shared.get([&] { return text; }) == (shared_model ? *shared_model : text));
              if (!shared_model) shared_model = text;
              break;
            case 1:
              lazies[i] = lazies[j];
              model[i] = model[j];
              break;
            case 2:
              RC_ASSERT(lazies[i].set(text) == !model[i].has_value());
              if (!model[i]) model[i] = text;
              break;
            case 3:
              RC_ASSERT(lazies[i].take() == std::exchange(model[i], std::nullopt));
              break;
            case 4:
              lazies[i].reset();
              model[i].reset();
              shared.reset();
              shared_model.reset();
              break;
            case 5:
              RC_ASSERT(shared.take() == std::exchange(shared_model, std::nullopt));
              break;
          }
          for (std::size_t n = 0; n < 3; ++n) {
            RC_ASSERT(lazies[n].has_value() == model[n].has_value());
            if (model[n]) RC_ASSERT(*lazies[n].get_if() == *model[n]);
          }
          RC_ASSERT((shared.get_if() != nullptr) == shared_model.has_value());
        }
      }));
}

// ---- sync_lazy in every interleaving ----

namespace {

struct lazy_model : model_atomics {
  static snug::detail::making*& innermost() noexcept {
    static std::array<snug::detail::making*, max_threads> tops{};
    scheduler* const s = scheduler::current();
    return tops[s == nullptr ? 0 : s->running()];
  }
};
using model_lazy = sync_lazy<model_data<int>, snug::no_function, lazy_model>;

void all_schedules_hold(const explore_result& result) {
  CHECK(result.failure == "");
  CHECK(result.exhausted);
  CHECK(result.schedules > 1);
}

explore_result ask(int threads, int failures) {
  return explore([threads, failures](scenario& s) {
    auto value = std::make_shared<model_lazy>();
    auto calls = std::make_shared<int>(0);
    for (int i = 0; i < threads; ++i)
      s.thread([value, calls, failures] {
        try {
          const auto& made = value->get([&] {
            interleave_here();
            if (++*calls <= failures) throw fault();
            return model_data<int>(7);
          });
          require(made.read() == 7, "the value is whole when it is seen");
        } catch (const fault&) {
        }
        if (const auto* seen = value->get_if())
          require(seen->read() == 7, "what is there is whole");
      });
    s.finally([value, calls, failures, threads] {
      require(*calls <= failures + 1, "the value is made once");
      require(value->has_value() == (*calls > failures), "the value is there if it was made");
      require(threads <= failures || value->has_value(), "somebody tried again");
    });
  });
}

}  // namespace

TEST_CASE("sync_lazy: two threads ask") {
  all_schedules_hold(ask(2, 0));
}
TEST_CASE("sync_lazy: two threads ask, the first call throws") {
  all_schedules_hold(ask(2, 1));
}
TEST_CASE("sync_lazy: three threads ask, in every schedule with two preemptions") {
  const auto three = [](int failures) {
    return explore(
        [failures](scenario& s) {
          auto value = std::make_shared<model_lazy>();
          auto calls = std::make_shared<int>(0);
          for (int i = 0; i < 3; ++i)
            s.thread([value, calls, failures] {
              try {
                const auto& made = value->get([&] {
                  interleave_here();
                  if (++*calls <= failures) throw fault();
                  return model_data<int>(7);
                });
                require(made.read() == 7, "the value is whole when it is seen");
              } catch (const fault&) {
              }
            });
          s.finally([value, calls, failures] {
            require(*calls == failures + 1, "made once, tried again after a throw");
          });
        },
        {.preemptions = 2});
  };
  all_schedules_hold(three(0));
  all_schedules_hold(three(1));
}

TEST_CASE("lazy: keeps its function") {
  int calls = 0;
  snug::lazy number([&calls] { return ++calls; });
  STATIC_REQUIRE(std::is_same_v<decltype(number)::value_type, int>);
  CHECK(!number.has_value());
  CHECK(*number == 1);
  CHECK(number.get() == 1);
  number.reset();
  CHECK(*number == 2);
  CHECK(number.take() == 2);
  CHECK(number.set(7));
  CHECK(*number == 7);
  snug::lazy<std::string, std::string (*)()> text([] { return std::string("made"); });
  CHECK(text->size() == 4);
  const auto captureless = [] { return 'c'; };
  STATIC_REQUIRE(sizeof(snug::lazy<char, decltype(captureless)>) == 2);
  snug::lazy throws([&calls]() -> int {
    if (++calls < 5) throw calls;
    return calls;
  });
  CHECK_THROWS_AS(throws.get(), int);
  CHECK_THROWS_AS(throws.get(), int);
  CHECK(*throws == 5);
  const snug::sync_lazy shared([&calls] { return std::string("made ") + std::to_string(++calls); });
  CHECK(*shared == "made 6");
  CHECK(shared->size() == 6);
  CHECK(&shared.get() == shared.get_if());
}

TEST_CASE("lazy: what comes back while the value is made, moved or destroyed is told") {
  struct asks {
    snug::lazy<asks>* home = nullptr;
    asks() = default;
    asks(asks&& o) noexcept : home(o.home) { ask(); }
    asks& operator=(asks&& o) noexcept {
      home = o.home;
      ask();
      return *this;
    }
    ~asks() { ask(); }
    void ask() {
      if (home == nullptr || home->has_value()) return;
      home->get([] { return asks(); });
    }
  };
  const auto full = [](snug::lazy<asks>& l) { l.get([] { return asks(); }).home = &l; };
  CHECK(dies([&] {
    snug::lazy<asks> l;
    full(l);
    l.reset();
  }));
  CHECK(dies([&] {
    snug::lazy<asks> l;
    full(l);
    l.take();
  }));
  CHECK(dies([&] {
    snug::lazy<asks> l, other;
    full(l);
    other.get([] { return asks(); }).home = &l;
    l = std::move(other);
  }));
  struct asks_shared {
    snug::sync_lazy<asks_shared>* home = nullptr;
    ~asks_shared() {
      if (home != nullptr) home->get([] { return asks_shared(); });
    }
  };
  CHECK(dies([&] {
    snug::sync_lazy<asks_shared> l;
    l.get([] { return asks_shared(); }).home = &l;
    l.reset();
  }));
}

namespace {
// Looks at its lazy while it is moved and assigned.
struct looks {
  snug::lazy<looks>* home = nullptr;
  static inline bool found = false;
  static inline int looked = 0;
  looks() = default;
  looks(looks&& other) noexcept : home(other.home) { look(); }
  looks& operator=(looks&&) noexcept {
    look();
    return *this;
  }
  void look() const noexcept {
    if (home == nullptr) return;
    ++looked;
    found = found || home->get_if() != nullptr || home->has_value();
  }
};
}  // namespace

TEST_CASE("lazy: there is no value to look at while it is moved out or assigned") {
  snug::lazy<looks> l, other;
  l.get([] { return looks(); }).home = &l;
  other.get([] { return looks(); });
  l = std::move(other);  // assigns to the value, whose home is l
  CHECK(looks::looked == 1);
  l.take();
  CHECK(looks::looked >= 2);
  CHECK(!looks::found);
}

TEST_CASE("lazy: noexcept says what T's operations say") {
  struct assign_throws {
    assign_throws() = default;
    assign_throws(assign_throws&&) noexcept {}
    assign_throws& operator=(assign_throws&&) noexcept(false) { throw 1; }
  };
  lazy<assign_throws> a, b;
  a.set();
  b.set();
  STATIC_REQUIRE(!noexcept(a = std::move(b)));
  CHECK_THROWS_AS(a = std::move(b), int);
  CHECK(a.has_value());
  lazy<std::string> c, d;
  STATIC_REQUIRE(noexcept(c = std::move(d)));
  STATIC_REQUIRE(!std::is_copy_assignable_v<lazy<std::unique_ptr<int>>>);
  struct holder {
    lazy<std::unique_ptr<int>> member;
  };
  STATIC_REQUIRE(!std::is_copy_assignable_v<holder>);
}

TEST_CASE("negative control: a flag that is set before the value is found") {
  const auto result = explore([](scenario& s) {
    auto flag = std::make_shared<model_atomic<int>>(0);
    auto value = std::make_shared<model_data<int>>(0);
    s.thread([flag, value] {
      flag->store(1, std::memory_order_release);
      value->write() = 7;
    });
    s.thread([flag, value] {
      if (flag->load(std::memory_order_acquire) == 1) value->read();
    });
  });
  CHECK(result.failure.find("data race") == 0);
}

TEST_CASE("negative control: a lost wake-up is a deadlock") {
  const auto result = explore([](scenario& s) {
    auto flag = std::make_shared<model_atomic<int>>(0);
    s.thread([flag] { flag->store(1); });
    s.thread([flag] { flag->wait(0); });
  });
  CHECK(result.failure.find("deadlock") == 0);
}

// ---- with real threads, for ThreadSanitizer ----

TEST_CASE("sync_lazy: threads ask under contention, some calls throw") {
  for (int round = 0; round < 100; ++round) {
    sync_lazy<std::string> value;
    std::atomic<int> calls{0}, caught{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (int i = 0; i < 3; ++i) {
          try {
            const std::string& made = value.get([&]() -> std::string {
              const int call = ++calls;
              if (round % 2 == 1) std::this_thread::sleep_for(std::chrono::microseconds(50));
              if (call == 1) throw fault();
              return "the value that is long enough for the heap";
            });
            if (made.size() != 42) std::abort();
          } catch (const fault&) {
            ++caught;
          }
        }
      });
    for (auto& thread : threads) thread.join();
    CHECK(calls == 2);
    CHECK(caught == 1);
  }
}
