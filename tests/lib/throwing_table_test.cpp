// Throwing: each operation of the element and each allocation throws once, in each operation of
// each type. What was promised holds (strong: nothing changed; basic: whole, and as good as new
// with a new value), nothing leaks, and what is noexcept throws nothing.
#include <catch2/catch.hpp>

#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/lazy.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/tracked_ptr.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lib/table.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;

enum class promise { strong, basic, nothing_thrown };

template <class Type>
struct operation {
  const char* name;
  promise promised;
  void (*run)(Type& target, Type& other);
};
// `noexcept` of the expression, so that a row cannot promise what the compiler does not know of.
#define SNUG_OPERATION(promised, ...)                                                   \
  {#__VA_ARGS__,                                                                        \
   noexcept([](auto& a, auto& b) noexcept(noexcept(__VA_ARGS__)) { (void)a, (void)b; }( \
                std::declval<type&>(), std::declval<type&>()))                          \
       ? promise::nothing_thrown                                                        \
       : promised,                                                                      \
   [](type& a, type& b) {                                                               \
     (void)b;                                                                           \
     (void)(__VA_ARGS__);                                                               \
   }}

// One type: how an object with a value is made, and what its value is (-1: none). -> places.
template <class Type, class Make, class Value>
void check_table(Make make, Value value, const std::vector<operation<Type>>& operations) {
  for (const auto& one : operations) {
    INFO(name_of<Type>() << ": " << one.name);
    const long news = heap::news - heap::deletes;
    const long places = throw_at_every_point([&](attempt& attempt) {
      std::optional<Type> target(make(1)), other(make(2));
      const bool done = attempt([&] { one.run(*target, *other); });
      if (!done && one.promised == promise::strong) {
        CHECK(value(*target) == 1);
        CHECK(value(*other) == 2);
      }
      (void)value(*target);
      *target = make(5);  // as good as new
      CHECK(value(*target) == 5);
    });
    if (one.promised == promise::nothing_thrown) CHECK(places == 0);
    CHECK(heap::news - heap::deletes == news);
  }
}

}  // namespace

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
