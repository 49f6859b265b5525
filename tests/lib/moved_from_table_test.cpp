// Moved from: what is left of an object is empty, or what its header says; it can be looked at,
// copied, assigned, swapped and destroyed, and is as good as new with a new value.
//
// no row: layout.hpp: has constants and no objects.
// no row: lazy.hpp sync_lazy: cannot be moved.
// no row: rc.hpp borrow, atomic_rc: a pointer that is copied, and a place that cannot be moved.
// no row: tracked_ptr.hpp tracked_ptr: a pointer that is copied.
#if defined(__GNUC__) && !defined(__clang__)
// g++ 12 takes the counts in a block of the heap for a variable when all of it is inlined.
#pragma GCC diagnostic ignored "-Wfree-nonheap-object"
#endif
#include <catch2/catch.hpp>

#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/lazy.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/tracked_ptr.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/moved_from.hpp"

namespace {

using namespace snug_test;
using snug::testing::sturdy;

// Like check_moved_from, in the checked mode: using it where the header forbids is told.
template <class F>
bool told(F use) {
#if SNUG_CHECKED
  return ending_of([&] {
           use();
           return true;
         }) == ending::sentence;
#else
  (void)use;
  return true;
#endif
}

struct element : snug::observable_value<element> {
  sturdy value;
  element(int n) : value(n) {}
};

}  // namespace

// --- box.hpp
// --------------------------------------------------------------------------------------

TEST_CASE("moved from: box") {
  using type = snug::box<sturdy>;
  check_moved_from<type>([](int n) { return type(std::in_place, n); },
                         [](const type& b) { return b.valueless_after_move(); },
                         [](const type& b) { return b->value(); });
  type gone(std::in_place, 1);
  const type taken = std::move(gone);
  CHECK(told([&] { (void)*gone; }));
  gone.emplace(5);
  CHECK(gone->value() == 5);
}

// --- rc.hpp
// ---------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("moved from: rc", "", snug::sync, snug::unsync, snug::no_weak<snug::sync>,
                   snug::no_weak<snug::unsync>) {
  using type = snug::rc<sturdy, TestType>;
  check_moved_from<type>([](int n) { return snug::make_rc<sturdy, TestType>(n); },
                         [](const type& p) { return !p && p.use_count() == 0 && !p.unique(); },
                         [](const type& p) { return p->value(); });
  type gone = snug::make_rc<sturdy, TestType>(1);
  const type taken = std::move(gone);
  CHECK(told([&] { (void)*gone; }));
  CHECK(!snug::try_unwrap(std::move(gone)));
  CHECK(!std::move(gone).try_unique());
}

TEST_CASE("moved from: weak_rc and unique_ref") {
  const auto one = snug::make_rc<sturdy>(1), two = snug::make_rc<sturdy>(2),
             three = snug::make_rc<sturdy>(3), four = snug::make_rc<sturdy>(4);
  const snug::rc<sturdy> owners[] = {one, two, three, four};
  using type = snug::weak_rc<sturdy>;
  check_moved_from<type>([&](int n) { return type(owners[n - 1]); },
                         [](const type& w) { return w.expired() && !w.lock(); },
                         [](const type& w) { return w.lock()->value(); });
  auto unique = snug::make_unique_ref<sturdy>(1);
  auto taken = std::move(unique);
  CHECK(told([&] { (void)*unique; }));
  CHECK(!std::move(unique).share());
  unique = std::move(taken);
  CHECK(unique->value() == 1);
  // Owners belong to the object and not to its value: those of what was moved from stay.
  struct self : snug::enable_rc_from_this<self> {
    sturdy value = 1;
  };
  auto owner = snug::make_rc<self>();
  self local = std::move(*owner);
  CHECK(owner->rc_from_this() == owner);
  CHECK(!local.weak_from_this().lock());
  *owner = std::move(local);
  CHECK(owner->rc_from_this()->value.value() == 1);
}

// --- cow.hpp
// --------------------------------------------------------------------------------------

TEST_CASE("moved from: cow") {
  using type = snug::cow<sturdy>;
  type().read();  // stays: made before the census
  check_moved_from<type>([](int n) { return type(std::in_place, n); },
                         [](const type& c) { return c.use_count() == 0 && c->value() == 0; },
                         [](const type& c) { return c->value(); });
  type gone(std::in_place, 1);
  CHECK(std::move(gone).take().value() == 1);
  CHECK(std::move(gone).take().value() == 0);
  CHECK(gone.write().value() == 0);
  // A type that has no value to read as: never empty but when moved from, and told in all builds.
  struct no_default {
    explicit no_default(int n) : value(n) {}
    int value;
  };
  snug::cow<no_default> a(std::in_place, 7);
  const auto b = std::move(a);
  CHECK(b->value == 7);
  CHECK(ending_of([&] { return a->value == 0; }) == ending::sentence);
  CHECK(ending_of([&] { return a.write().value == 0; }) == ending::sentence);
  a = b;
  CHECK(a->value == 7);
}

// --- lazy.hpp
// -------------------------------------------------------------------------------------

TEST_CASE("moved from: lazy") {
  // Keeps the moved-from value, as std::optional does.
  using type = snug::lazy<sturdy>;
  const auto make = [](int n) {
    type made;
    made.set(n);
    return made;
  };
  check_moved_from<type>(
      make, [](const type& l) { return l.has_value() && l.get_if()->value() == -1; },
      [](const type& l) { return l.get_if()->value(); });
  type gone = make(1);
  CHECK(gone.take()->value() == 1);
  CHECK(!gone.has_value());
  CHECK(gone.get([] { return sturdy(5); }).value() == 5);
  type empty;
  type from_empty = std::move(empty);
  CHECK(!from_empty.has_value());
}

// --- observer.hpp
// ---------------------------------------------------------------------------------

TEST_CASE("moved from: observer, observable and observable_value") {
  element elements[] = {1, 2, 3, 4};
  using type = snug::observer<element>;
  check_moved_from<type>([&](int n) { return type(&elements[n - 1]); },
                         [](const type& o) { return !o; },
                         [](const type& o) { return o->value.value(); });
  // An object that was moved from is an object that nobody observes, and can be observed again.
  element a(5);
  const type first = &a;
  element b = std::move(a);
  CHECK(!a.is_observed());
  const type second = &a;
  CHECK(second.get() == &a);
  CHECK(first.get() == &b);
  // Those of an observable stay with the object, whatever becomes of its value.
  struct : snug::observable {
    sturdy value = 1;
  } stays;
  const snug::observer stayed = &stays;
  const auto went = std::move(stays);
  CHECK(stayed.get() == &stays);
  CHECK(!went.is_observed());
  struct with_member {
    sturdy value = 1;
    snug::observable_member<with_member> observers{this};
  } c;
  const auto third = c.observers.observe();
  with_member d = std::move(c);
  CHECK(third.get() == &d);
  CHECK(!c.observers.is_observed());
  CHECK(c.observers.observe().get() == &c);
  c = std::move(d);
  CHECK(third.get() == &c);
}

// --- compact_variant.hpp
// --------------------------------------------------------------------------

TEST_CASE("moved from: compact_variant") {
  // A boxed value leaves the first small one that can be made without throwing.
  using type = snug::compact_variant<int, snug::boxed<sturdy>>;
  check_moved_from<type>([](int n) { return type(std::in_place_index<1>, n); },
                         [](const type& v) { return v.index() == 0 && v.get<0>() == 0; },
                         [](const type& v) { return v.get<1>().value(); });
  // A small one leaves its moved-from value.
  using small = snug::basic_compact_variant<sizeof(sturdy), sturdy, char>;
  check_moved_from<small>([](int n) { return small(std::in_place_index<0>, n); },
                          [](const small& v) { return v.get<0>().value() == -1; },
                          [](const small& v) { return v.get<0>().value(); });
  // Boxes alone leave a box of their own.
  using boxes = snug::compact_variant<snug::boxed<sturdy>>;
  check_moved_from<boxes>([](int n) { return boxes(std::in_place_index<0>, n); },
                          [](const boxes& v) { return v.get<0>().value() == -1; },
                          [](const boxes& v) { return v.get<0>().value(); });
}

// --- padded.hpp, tracked_ptr.hpp
// ------------------------------------------------------------------

TEST_CASE("moved from: padded and tracked") {
  // What is left of the element.
  using type = snug::padded<sturdy>;
  check_moved_from<type>([](int n) { return type(n); },
                         [](const type& p) { return p->value() == -1; },
                         [](const type& p) { return p->value(); });
  using tracked = snug::basic_tracked<sturdy, true>;
  check_moved_from<tracked>([](int n) { return tracked(sturdy(n)); },
                            [](const tracked& t) { return t.get().value() == -1; },
                            [](const tracked& t) { return t.get().value(); });
  snug::padded_array<sturdy, 2> a{1, 2};
  snug::padded_array<sturdy, 2> b = std::move(a);
  CHECK(a[0].value() == -1);
  a = std::move(b);
  CHECK(a[1].value() == 2);
}
