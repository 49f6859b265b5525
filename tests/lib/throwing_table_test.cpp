// Throwing: each operation of the element and each allocation throws once, in each operation of
// each type. What was promised holds (strong: nothing changed; basic: whole, and as good as new
// with a new value), nothing leaks, and what is noexcept throws nothing.
//
// no row: layout.hpp: has constants and no objects.
// no row: rc.hpp borrow, atomic_rc, weak_rc: nothing of theirs throws (concepts_table_test.cpp
// asks).
#include <catch2/catch.hpp>

#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/lazy.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/tracked_ptr.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/throwing.hpp"

using namespace snug_test;
using namespace snug::testing;

// --- box.hpp
// --------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("throwing: box", "[heap]", fragile, sturdy) {
  using type = snug::box<TestType>;
  check_table<type>(
      [](int n) { return type(std::in_place, n); },
      [](const type& b) { return b.valueless_after_move() ? -1 : b->value(); },
      {SNUG_OPERATION(promise::strong, a = std::as_const(b)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, a = TestType(3)),
       SNUG_OPERATION(promise::strong, a = std::as_const(*b)),
       SNUG_OPERATION(promise::strong, a.emplace(3)),
       SNUG_OPERATION(promise::strong, type(std::as_const(a))),
       SNUG_OPERATION(promise::strong, a.swap(b)), SNUG_OPERATION(promise::strong, a == b),
       SNUG_OPERATION(promise::strong, a <=> b),
       SNUG_OPERATION(promise::strong, std::hash<type>()(a))});
}

// --- rc.hpp
// ---------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("throwing: rc", "[heap]", snug::sync, snug::unsync, snug::no_weak<snug::sync>,
                   snug::no_weak<snug::unsync>) {
  using type = snug::rc<fragile, TestType>;
  check_table<type>(
      [](int n) { return snug::make_rc<fragile, TestType>(n); },
      [](const type& p) { return p ? p->value() : -1; },
      {SNUG_OPERATION(promise::strong, a = std::as_const(b)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, a.reset()), SNUG_OPERATION(promise::strong, a.swap(b)),
       SNUG_OPERATION(promise::strong, a = snug::make_rc<fragile, TestType>(3)),
       SNUG_OPERATION(promise::strong, snug::try_unwrap(std::move(a))),
       SNUG_OPERATION(promise::strong, a == b), SNUG_OPERATION(promise::strong, a <=> b),
       SNUG_OPERATION(promise::strong, std::hash<type>()(a)),
       SNUG_OPERATION(promise::strong, std::move(a).try_unique())});
}

TEST_CASE("throwing: unique_ref and enable_rc_from_this", "[heap]") {
  CHECK(throw_at_every_point([](attempt& attempt) {
          auto kept = snug::make_unique_ref<fragile>(1);
          const bool done = attempt([&] { kept = snug::make_unique_ref<fragile>(2); });
          CHECK(kept->value() == (done ? 2 : 1));
        }) == 2);
  struct self : snug::enable_rc_from_this<self> {
    fragile value;
    explicit self(int n) : value(n) {}
  };
  throw_at_every_point([](attempt& attempt) {
    snug::rc<self> owner;
    const bool done = attempt([&] { owner = snug::make_rc<self>(1); });
    CHECK(static_cast<bool>(owner) == done);
    if (done) CHECK(owner->rc_from_this() == owner);
  });
  self local(1);
  CHECK_THROWS_AS(local.rc_from_this(), std::bad_weak_ptr);
  const auto owner = snug::make_rc<self>(2);
  CHECK(owner->rc_from_this().use_count() == 2);
}

// --- observer.hpp

TEST_CASE("throwing: observer, observable, observable_value and observable_member", "[heap]") {
  struct watched : snug::observable_value<watched> {};
  struct with_member {
    snug::observable_member<with_member> observers{this};
  };
  CHECK(throw_at_every_point([](attempt& attempt) {
          watched object;
          snug::observer<watched> seen;
          const bool done = attempt([&] { seen = &object; });
          CHECK((seen.get() == &object) == done);
          CHECK(object.is_observed() == done);
          seen = &object;
          CHECK(seen.get() == &object);
        }) == 1);
  CHECK(throw_at_every_point([](attempt& attempt) {
          with_member object;
          snug::observer<with_member> seen;
          const bool done = attempt([&] { seen = object.observers.observe(); });
          CHECK((seen.get() == &object) == done);
          seen = object.observers.observe();
          CHECK(seen.get() == &object);
        }) == 1);
}

// --- cow.hpp
// --------------------------------------------------------------------------------------

namespace {
template <class T>
T doubled(const T& old) {
  return T(2 * old.value());
}
template <class T>
void kept(T&) {}
template <class T>
T third() {
  return T(3);
}
}  // namespace

TEMPLATE_TEST_CASE("throwing: cow", "[heap]", fragile, sturdy) {
  using type = snug::cow<TestType>;
  (void)type().read();  // stays: made before the census
  const auto value = [](const type& c) { return c.use_count() == 0 ? -1 : c->value(); };
  check_table<type>(
      [](int n) { return type(std::in_place, n); }, value,
      {SNUG_OPERATION(promise::strong, a = std::as_const(b)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, a = type(std::in_place, 3)),
       SNUG_OPERATION(promise::strong, a.write()), SNUG_OPERATION(promise::strong, a.reset()),
       SNUG_OPERATION(promise::basic, std::move(a).take()), SNUG_OPERATION(promise::strong, a == b),
       SNUG_OPERATION(promise::strong, a <=> b),
       SNUG_OPERATION(promise::strong, std::hash<type>()(a))});
  // Shared: a copy has to be made.
  const type shared(std::in_place, 1);
  check_table<type>([&](int n) { return n == 1 ? shared : type(std::in_place, n); }, value,
                    {SNUG_OPERATION(promise::strong, a.write()),
                     SNUG_OPERATION(promise::strong, std::move(a).take()),
                     SNUG_OPERATION(promise::strong, a.write(doubled<TestType>, kept<TestType>))});
}

// --- lazy.hpp
// -------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("throwing: lazy", "[heap]", fragile, sturdy) {
  using type = snug::lazy<TestType>;
  const auto make = [](int n) {
    type made;
    made.set(n);
    return made;
  };
  constexpr promise assigned =
      std::is_nothrow_move_assignable_v<TestType> ? promise::strong : promise::basic;
  check_table<type>(make, [](const type& l) { return l.has_value() ? l.get_if()->value() : -1; },
                    {SNUG_OPERATION(assigned, a = std::as_const(b)),
                     SNUG_OPERATION(promise::basic, a = std::move(b)),
                     SNUG_OPERATION(promise::strong, type(std::as_const(a))),
                     SNUG_OPERATION(promise::basic, a.take()),
                     SNUG_OPERATION(promise::strong, a.get(third<TestType>)),
                     SNUG_OPERATION(promise::strong, a.reset())});
  CHECK(throw_at_every_point([](attempt& attempt) {
          snug::sync_lazy<TestType> l;
          const bool done = attempt([&] { l.get([] { return TestType(3); }); });
          CHECK(l.has_value() == done);
          CHECK(l.get([] { return TestType(4); }).value() == (done ? 3 : 4));
        }) == 1);
}

// --- compact_variant.hpp
// --------------------------------------------------------------------------

TEST_CASE("throwing: compact_variant", "[heap]") {
  using type = snug::compact_variant<int, fragile, snug::boxed<sturdy>>;
  STATIC_REQUIRE(type::is_boxed<1>);
  check_table<type>(
      [](int n) { return type(std::in_place_index<1>, n); },
      [](const type& v) { return v.index() == 1 ? v.get<1>().value() : -1; },
      {SNUG_OPERATION(promise::strong, a = std::as_const(b)),
       SNUG_OPERATION(promise::strong, a = std::move(b)),
       SNUG_OPERATION(promise::strong, a = fragile(3)), SNUG_OPERATION(promise::strong, a = 3),
       SNUG_OPERATION(promise::strong, a.template emplace<1>(3)),
       SNUG_OPERATION(promise::strong, a.template emplace<2>(3)),
       SNUG_OPERATION(promise::strong, a.swap(b)),
       SNUG_OPERATION(promise::strong, type(std::as_const(a))),
       SNUG_OPERATION(promise::strong, a == b), SNUG_OPERATION(promise::strong, a <=> b),
       SNUG_OPERATION(promise::strong, std::hash<type>()(a))});
}

// --- padded.hpp, tracked_ptr.hpp
// ------------------------------------------------------------------

TEMPLATE_TEST_CASE("throwing: padded and tracked", "[heap]", fragile, sturdy) {
  {
    using type = snug::padded<TestType>;
    check_table<type>(
        [](int n) { return type(n); }, [](const type& p) { return p->value(); },
        {SNUG_OPERATION(promise::basic, a = std::as_const(b)),
         SNUG_OPERATION(promise::basic, a = std::move(b)),
         SNUG_OPERATION(promise::strong, type(std::as_const(a))),
         SNUG_OPERATION(promise::strong, a == b), SNUG_OPERATION(promise::strong, a <=> b)});
  }
  {
    using type = snug::padded_array<TestType, 3>;
    check_table<type>(
        [](int n) { return type(n, n, n); },
        [](const type& p) { return p[0].value() == p[2].value() ? p[1].value() : -1; },
        {SNUG_OPERATION(promise::basic, a = std::as_const(b)),
         SNUG_OPERATION(promise::basic, a = std::move(b)),
         SNUG_OPERATION(promise::strong, type(std::as_const(a))),
         SNUG_OPERATION(promise::strong, a == b), SNUG_OPERATION(promise::strong, a <=> b)});
  }
  using type = snug::basic_tracked<TestType, true>;
  check_table<type>([](int n) { return type(TestType(n)); },
                    [](const type& t) { return t.get().value(); },
                    {SNUG_OPERATION(promise::basic, a = std::as_const(b)),
                     SNUG_OPERATION(promise::basic, a = std::move(b)),
                     SNUG_OPERATION(promise::strong, type(std::as_const(a)))});
}

TEST_CASE("throwing: there is no memory for a count", "[heap]") {
  struct record {
    int field = 1;
  };
  record r;
  const snug::basic_tracked_ptr<record, true> p = &r;
  // The access goes on; the count of it is lost.
  faults::until = 1;
  CHECK(p.read<&record::field>() == 1);
  faults::until = 0;
  CHECK(snug::accesses_of<&record::field>().reads == 0);
  (void)p.read<&record::field>();
  CHECK(snug::accesses_of<&record::field>().reads == 1);
}

TEST_CASE("negative control: a change that is lost in a throw is seen") {
  struct careless {
    fragile value;
  };
  int changed = 0;
  throw_at_every_point([&](attempt& attempt) {
    careless a{1}, b{2};
    if (!attempt([&] {
          a.value = fragile(3);
          b.value = fragile(4);
        }))
      changed += a.value.value() == 3 ? 1 : 0;
  });
  CHECK(changed > 0);
}
