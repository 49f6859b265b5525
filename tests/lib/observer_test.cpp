#include <rapidcheck.h>
#include <catch2/catch.hpp>

#define SNUG_CHECKED 1
#include <snug/observer.hpp>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "support/dies.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

using snug::observable;
using snug::observable_value;
using snug::observer;
using namespace snug::testing;

namespace {

struct widget : observable_value<widget> {
  explicit widget(int v = 0) : value(v) {}
  int value;
};
struct other_base {
  long pad = 1;
};
// Observed as they are, since observers stay with the object.
struct control : observable {
  explicit control(int v = 0) : value(v) {}
  int value;
};
struct button : other_base, control {
  using control::control;
};
struct incomplete;

static_assert(sizeof(observer<widget>) == sizeof(void*), "an observer is one pointer");
static_assert(sizeof(observer<incomplete>) == sizeof(void*),
              "an observer may be declared of an incomplete type");
static_assert(sizeof(observable) == sizeof(void*), "being observable costs one pointer");
static_assert(std::is_nothrow_move_constructible_v<widget> &&
              std::is_nothrow_move_assignable_v<widget>);
static_assert(std::is_nothrow_copy_constructible_v<observer<widget>>);
static_assert(std::is_convertible_v<observer<button>, observer<control>>);
static_assert(std::is_convertible_v<observer<widget>, observer<const widget>>);
static_assert(!std::is_convertible_v<observer<const widget>, observer<widget>>);
static_assert(!std::is_convertible_v<observer<control>, observer<button>>);
struct unobserved_base {
  int before = 0;
};
struct watched_by_member : unobserved_base {
  snug::observable_member<watched_by_member> observers{this};
};
static_assert(!std::is_convertible_v<observer<watched_by_member>, observer<unobserved_base>>,
              "a base that is not observable may be elsewhere");

}  // namespace

TEST_CASE("observer: knows whether the object is alive, whoever owns it") {
  observer<widget> o;
  CHECK(!o);
  CHECK(o == nullptr);
  {
    widget local(3);
    o = &local;
    CHECK(o.get() == &local);
    CHECK(o->value == 3);
    CHECK((*o).value == 3);
    CHECK(local.is_observed());
  }
  CHECK(!o);
  auto owned = std::make_unique<widget>(4);
  o = owned.get();
  CHECK(o->value == 4);
  owned.reset();
  CHECK(o.get() == nullptr);
  const widget never;
  CHECK(!never.is_observed());
}

TEST_CASE("observer: an object that is never observed allocates nothing, the first observer once",
          "[heap]") {
  const long before = heap::news;
  widget a;
  CHECK(heap::news == before);
  const observer<widget> first = &a, second = &a, third = first;
  CHECK(heap::news == before + 1);
  CHECK(first == third);
}

TEST_CASE("observer: to base classes and constants") {
  button b(5);
  const observer<button> exact = &b;
  const observer<control> base = exact;
  const observer<const control> constant = base;
  CHECK(base.get() == &b);
  CHECK(constant.get() == &b);
  CHECK(exact == base);
  const widget w(6);
  CHECK(observer(&w)->value == 6);
}

TEST_CASE("observer: moves follow the value, copies do not") {
  widget a(1);
  observer<widget> o = &a;
  widget copy = a;
  CHECK(o.get() == &a);
  CHECK(!copy.is_observed());
  widget b = std::move(a);
  CHECK(o.get() == &b);
  widget c(3);
  observer<widget> of_c = &c;
  c = b;
  CHECK(of_c.get() == &c);
  CHECK(o.get() == &b);
  c = std::move(b);
  CHECK(!of_c);
  CHECK(o.get() == &c);
  CHECK(o->value == 1);
  widget& same = c;
  c = std::move(same);
  CHECK(o.get() == &c);
  c.forget_observers();
  CHECK(!o);
  o = &c;
  CHECK(o);

  std::vector<widget> v;
  std::vector<observer<widget>> watch;
  for (int i = 0; i < 10; ++i) {
    v.emplace_back(i);
    watch.emplace_back(&v.back());
  }
  v.erase(v.begin() + 3);
  for (int i = 0; i < 10; ++i) {
    CHECK(static_cast<bool>(watch[static_cast<std::size_t>(i)]) == (i != 3));
    if (i != 3) CHECK(watch[static_cast<std::size_t>(i)]->value == i);
  }
}

TEST_CASE("observer: those of an observable stay with the object") {
  button a(1);
  const observer<button> o = &a;
  const observer<const observable> least = o;
  button b = std::move(a);
  CHECK(o.get() == &a);
  CHECK(least.get() == &a);
  CHECK(!b.is_observed());
  const observer<button> of_b = &b;
  b = std::move(a);
  CHECK(of_b.get() == &b);
  CHECK(o.get() == &a);
  std::swap(a, b);
  CHECK(of_b.get() == &b);
  std::vector<button> v(1);
  const observer<button> first = &v.front();
  v.reserve(v.capacity() + 1);
  CHECK(!first);
}

TEST_CASE("observer: a destructor that asks has forgotten first") {
  struct asks : observable {
    observer<asks> self;
    bool* null_in_destructor = nullptr;
    ~asks() {
      forget_observers();
      *null_in_destructor = !self;
    }
  };
  bool null = false;
  {
    asks a;
    a.null_in_destructor = &null;
    a.self = &a;
  }
  CHECK(null);
}

namespace {
struct plain {
  int value = 0;
  snug::observable_member<plain> observers{this};
};
}  // namespace

TEST_CASE("observer: an object without a base class is watched through a member") {
  observer<plain> seen;
  {
    plain a{5};
    seen = a.observers.observe();
    CHECK(seen.get() == &a);
    CHECK(a.observers.is_observed());
    plain copy = a;
    CHECK(!copy.observers.is_observed());
    CHECK(seen.get() == &a);
    plain b = std::move(a);
    CHECK(seen.get() == &b);
    const observer<const plain> constant = std::as_const(b).observers.observe();
    CHECK(constant == seen);
    const observer<plain> of_a = a.observers.observe();
    a = std::move(b);
    CHECK(!of_a);
    CHECK(seen.get() == &a);
    copy = a;
    CHECK(seen.get() == &a);
    std::vector<plain> many(3);
    const observer<plain> last = many[2].observers.observe();
    many.erase(many.begin());
    CHECK(last.get() == &many[1]);
    many.reserve(many.capacity() + 1);
    CHECK(last.get() == &many[1]);
  }
  CHECK(!seen);
  STATIC_REQUIRE(sizeof(observer<plain>) == sizeof(void*));
  STATIC_REQUIRE(!std::is_convertible_v<observer<button>, observer<plain>>);
}

TEST_CASE("observer: a member of nobody ends the program in the checked mode") {
  plain somewhere;
  snug::observable_member<plain> alone(&somewhere);
  CHECK(dies([&] { alone.observe(); }));
}

TEST_CASE("observer: an object is replaced by one that it owns") {
  struct chain : observable_value<chain> {
    std::unique_ptr<chain> next;
  };
  chain root;
  root.next = std::make_unique<chain>();
  const observer<chain> first = &root, second = root.next.get();
  root = std::move(*root.next);
  CHECK(!first);
  CHECK(second.get() == &root);
  std::ostringstream out;
  out << second << first;
  std::ostringstream expected;
  expected << static_cast<const void*>(&root) << static_cast<const void*>(nullptr);
  CHECK(out.str() == expected.str());
}

TEST_CASE("observer: misuse ends the program in the checked mode") {
  widget w(1);
  observer<widget> o = &w;
  CHECK(dies([&] { std::thread([&] { o.get(); }).join(); }));
  CHECK(dies([&] { std::thread([&] { const auto copy = o; }).join(); }));
  CHECK(dies([&] { std::thread([&] { const widget taken = std::move(w); }).join(); }));
  CHECK(dies([&] {
    w.forget_observers();
    return o->value;
  }));
  // Negative control: the same in the right thread.
  CHECK(!dies([&] {
    o.get();
    const auto copy = o;
    const widget taken = std::move(w);
  }));
}

TEST_CASE("observer: out of memory changes nothing", "[heap]") {
  CHECK(throw_at_every_point([](attempt& attempt) {
          widget a, b;
          observer<widget> o = &a;
          const bool done = attempt([&] { o = &b; });
          CHECK(o.get() == (done ? &b : &a));
        }) == 1);
}

TEST_CASE("observer: random lives, deaths and moves do as a table of names does") {
  CHECK(
      rc::check("model", [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& operations) {
        const long alive = heap::news - heap::deletes;
        {
          // Objects carry a name; an observer knows the name it watches; the model says which slot
          // holds it.
          std::array<std::optional<widget>, 4> objects;
          std::map<int, std::size_t> where_is;
          std::array<observer<widget>, 4> observers;
          std::array<int, 4> watched{};
          int next_name = 1;
          const auto forget = [&](std::size_t slot) {
            std::erase_if(where_is, [&](const auto& entry) { return entry.second == slot; });
          };
          for (const auto& [what, where] : operations) {
            const std::size_t i = where % 4u, j = where / 4u % 4u;
            switch (what % 7) {
              case 0:
                forget(i);
                objects[i].emplace(next_name);
                where_is[next_name++] = i;
                break;
              case 1:
                objects[i].reset();
                forget(i);
                break;
              case 2:
                if (i == j || !objects[j]) break;
                forget(i);
                if (objects[i])
                  *objects[i] = std::move(*objects[j]);
                else
                  objects[i].emplace(std::move(*objects[j]));
                for (auto& [name, slot] : where_is)
                  if (slot == j) slot = i;
                // What was moved from is a new object as far as observers go.
                objects[j]->value = next_name;
                where_is[next_name++] = j;
                break;
              case 3:
                observers[i] = objects[j] ? &*objects[j] : nullptr;
                watched[i] = objects[j] ? objects[j]->value : 0;
                break;
              case 4:
                observers[i] = observers[j];
                watched[i] = watched[j];
                break;
              case 5:
                if (i == j) break;
                observers[i] = std::move(observers[j]);
                watched[i] = std::exchange(watched[j], 0);
                break;
              case 6:
                swap(observers[i], observers[j]);
                std::swap(watched[i], watched[j]);
                break;
            }
            for (std::size_t n = 0; n < 4; ++n) {
              const auto found = where_is.find(watched[n]);
              widget* const expected = found == where_is.end() ? nullptr : &*objects[found->second];
              RC_ASSERT(observers[n].get() == expected);
              if (expected != nullptr) RC_ASSERT(observers[n]->value == watched[n]);
            }
          }
          where_is.clear();
        }
        const long left = heap::news - heap::deletes;  // before the assertion makes its texts
        RC_ASSERT(left == alive);
      }));
}
