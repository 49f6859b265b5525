// Re-entrance: constructors, destructors, assignments, comparisons and hashes of the element come
// back to the object that holds it, at every place where one of them runs, and look at it, replace
// its value or empty it. Each header has a rule of what they may do. Whatever they do, the object
// is whole afterwards, or the library ends the program with a sentence; nothing else happens.
//
// no row: layout.hpp: has constants and no objects.
// no row: padded.hpp: runs nothing but the operations of its element, which it holds as a member.
#include <catch2/catch.hpp>

#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/lazy.hpp>
#include <snug/observer.hpp>
#include <snug/rc.hpp>
#include <snug/tracked_ptr.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "lib/reentrance.hpp"

using namespace snug_test;

// --- box.hpp
// --------------------------------------------------------------------------------------

TEST_CASE("re-entrance: box") {
  using type = snug::box<intruder>;
  const auto look = [](type& a, type&) {
    if (!a.valueless_after_move()) a->value();
  };
  const reentrance<type> changing{
      .make = [](int value) { return new type(std::in_place, value); },
      .operations = {{"copy assignment", [](type& a, type& b) { a = b; }},
                     {"copy assignment into an empty one",
                      [](type& a, type& b) {
                        const type gone = std::move(a);
                        a = b;
                      }},
                     {"move assignment", [](type& a, type& b) { a = std::move(b); }},
                     {"assignment of a value", [](type& a, type&) { a = intruder(3); }},
                     {"emplace", [](type& a, type&) { a.emplace(3); }},
                     {"swap", [](type& a, type& b) { swap(a, b); }},
                     {"destroy", nothing<type>}},
      .actions = {{"look", look},
                  {"assign", [](type& a, type&) { a = type(std::in_place, 9); }},
                  {"emplace", [](type& a, type&) { a.emplace(9); }},
                  {"take", [](type& a, type&) { const type taken = std::move(a); }}},
#if SNUG_CHECKED
      // The assignment of the value replaces what it assigns to.
      .forbidden = {"copy assignment/assign", "copy assignment/emplace", "copy assignment/take",
                    "assignment of a value/assign", "assignment of a value/emplace",
                    "assignment of a value/take"}
#endif
  };
  check_row(changing);
  const reentrance<type> reading{
      .make = changing.make,
      .operations = {{"copy", [](type& a, type&) { const type copy = a; }},
                     {"compare", [](type& a, type& b) { (void)(a == b || a < b); }},
                     {"hash", [](type& a, type&) { (void)std::hash<type>()(a); }}},
      .actions = {{"look", look}, {"copy", [](type& a, type&) { const type copy = a; }}}};
  check_row(reading);
}

// --- rc.hpp
// ---------------------------------------------------------------------------------------

TEMPLATE_TEST_CASE("re-entrance: rc", "", snug::sync, snug::unsync, snug::no_weak<snug::sync>,
                   snug::no_weak<snug::unsync>) {
  using type = snug::rc<intruder, TestType>;
  const auto make = [](int value) { return snug::make_rc<intruder, TestType>(value); };
  check_row(reentrance<type>{
      .make = [make](int value) { return new type(make(value)); },
      .operations = {{"reset", [](type& a, type&) { a.reset(); }},
                     {"copy assignment", [](type& a, type& b) { a = b; }},
                     {"move assignment", [](type& a, type& b) { a = std::move(b); }},
                     {"make", [make](type& a, type&) { a = make(3); }},
                     {"try_unwrap", [](type& a, type&) { snug::try_unwrap(std::move(a)); }},
                     {"destroy", nothing<type>}},
      .actions = {{"look", [](type& a, type&) { (void)(a.use_count() + a.unique()); }},
                  {"copy", [](type& a, type& b) { const type other = a == b ? nullptr : b; }},
                  {"assign", [make](type& a, type&) { a = make(9); }},
                  {"reset", [](type& a, type&) { a.reset(); }}}});
}

TEMPLATE_TEST_CASE(
    "re-entrance: a weak reference that a destructor makes of its object finds nothing", "",
    snug::sync, snug::unsync) {
  struct leaving : snug::enable_rc_from_this<leaving, TestType> {
    snug::weak_rc<leaving, TestType>* kept;
    explicit leaving(snug::weak_rc<leaving, TestType>& k) : kept(&k) {}
    leaving(leaving&& other) noexcept : kept(other.kept) { *kept = other.weak_from_this(); }
    ~leaving() { *kept = this->weak_from_this(); }
  };
  // Kept longer than the memory.
  snug::weak_rc<leaving, TestType> kept, other;
  snug::make_rc<leaving, TestType>(kept).reset();
  CHECK((kept.expired() && !kept.lock() && kept.use_count() == 0));
  auto owner = snug::make_rc<leaving, TestType>(kept);
  other = owner;
  owner.reset();
  CHECK((kept.expired() && !other.lock()));
  owner = snug::make_rc<leaving, TestType>(kept);
  CHECK(snug::try_unwrap(std::move(owner)).has_value());
  CHECK(!kept.lock());
  {
    const auto alone = snug::make_unique_ref<leaving, TestType>(kept);
  }
  CHECK(!kept.lock());
}

TEST_CASE("re-entrance: an object asks for owners of itself while it comes and goes") {
  struct self : snug::enable_rc_from_this<self> {
    bool* asked;
    explicit self(bool& a) : asked(&a) { ask(); }
    ~self() { ask(); }
    void ask() {
      CHECK_THROWS_AS(rc_from_this(), std::bad_weak_ptr);
      CHECK(!weak_from_this().lock());
      *asked = true;
    }
  };
  bool asked = false;
  {
    const auto owner = snug::make_rc<self>(asked);
    CHECK(std::exchange(asked, false));
    CHECK(owner->rc_from_this() == owner);
  }
  CHECK(asked);
}

TEST_CASE("re-entrance: weak_rc, borrow and unique_ref while their object goes") {
  struct watching {
    snug::weak_rc<watching>* weak;
    bool* looked;
    ~watching() {
      *looked = !weak->lock() && weak->expired();
      weak->reset();
      *weak = snug::weak_rc<watching>();
    }
  };
  snug::weak_rc<watching> weak;
  bool looked = false;
  auto owner = snug::make_rc<watching>(&weak, &looked);
  weak = owner;
  const auto look = [](snug::borrow<watching> b) { return b.to_rc(); };
  CHECK(look(owner) == owner);
  owner.reset();
  CHECK(std::exchange(looked, false));
  // The next object is whole before the last one dies.
  struct chained {
    snug::unique_ref<chained>** place;
    int* seen;
    int number;
    ~chained() {
      if (*place != nullptr) *seen = (**place)->number;
    }
  };
  snug::unique_ref<chained>* place = nullptr;
  int seen = 0;
  auto unique = snug::make_unique_ref<chained>(&place, &seen, 1);
  place = &unique;
  unique = snug::make_unique_ref<chained>(&place, &seen, 2);
  CHECK(seen == 2);
  place = nullptr;
}

TEST_CASE("re-entrance: atomic_rc") {
  using type = snug::atomic_rc<intruder>;
  check_row(reentrance<type>{
      .make = [](int value) { return new type(snug::make_rc<intruder>(value)); },
      .operations = {{"store", [](type& a, type& b) { a.store(b.load()); }},
                     {"exchange", [](type& a, type&) { a.exchange(nullptr); }},
                     {"compare_exchange",
                      [](type& a, type& b) {
                        auto expected = a.load();
                        a.compare_exchange_strong(expected, b.load());
                      }},
                     {"destroy", nothing<type>}},
      .actions = {{"look", [](type& a, type&) { a.load(); }},
                  {"store", [](type& a, type&) { a.store(snug::make_rc<intruder>(9)); }}}});
}

// --- cow.hpp
// --------------------------------------------------------------------------------------

TEST_CASE("re-entrance: cow") {
  using type = snug::cow<intruder>;
  const auto look = [](type& a, type&) { a.read().value(); };
  const reentrance<type> changing{
      .make = [](int value) { return new type(std::in_place, value); },
      .operations = {{"write, shared",
                      [](type& a, type& b) {
                        b = a;
                        a.write();
                      }},
                     {"write, empty",
                      [](type& a, type&) {
                        a.reset();
                        a.write();
                      }},
                     {"write by a function",
                      [](type& a, type& b) {
                        b = a;
                        a.write([](const intruder& old) { return intruder(old.value() + 1); },
                                [](intruder&) {});
                      }},
                     {"copy assignment", [](type& a, type& b) { a = b; }},
                     {"move assignment", [](type& a, type& b) { a = std::move(b); }},
                     {"reset", [](type& a, type&) { a.reset(); }},
                     {"take, alone", [](type& a, type&) { std::move(a).take(); }},
                     {"take, shared",
                      [](type& a, type& b) {
                        b = a;
                        std::move(a).take();
                      }},
                     {"destroy", nothing<type>}},
      .actions = {{"look", look},
                  {"copy", [](type& a, type&) { const type copy = a; }},
                  {"assign", [](type& a, type&) { a = type(std::in_place, 9); }},
                  {"write", [](type& a, type&) { a.write(); }},
                  {"reset", [](type& a, type&) { a.reset(); }},
                  {"reset both", [](type& a, type& b) {
                     a.reset();
                     b.reset();
                   }}}};
  type().read();  // the value that empty ones read as stays for ever: made before the counting
  check_row(changing);
  check_row(reentrance<type>{
      .make = changing.make,
      .operations = {{"compare", [](type& a, type& b) { (void)(a == b || a < b); }},
                     {"hash", [](type& a, type&) { (void)std::hash<type>()(a); }}},
      .actions = {{"look", look}, {"copy", [](type& a, type&) { const type copy = a; }}}});
}

// --- lazy.hpp
// -------------------------------------------------------------------------------------

namespace {
template <class Type>
reentrance<Type> lazy_row() {
  const auto fill = [](Type& a, Type&) { a.get([] { return intruder(3); }); };
  return {.make = [](int) { return new Type; },
          .operations = {{"get", fill},
                         {"set", [](Type& a, Type&) { a.set(3); }},
                         {"reset",
                          [fill](Type& a, Type& b) {
                            fill(a, b);
                            a.reset();
                          }},
                         {"take",
                          [fill](Type& a, Type& b) {
                            fill(a, b);
                            a.take();
                          }},
                         {"destroy", fill}},
          .actions = {{"look",
                       [](Type& a, Type&) {
                         if (a.get_if() != nullptr && a.has_value()) a.get_if()->value();
                       }},
                      {"get", [](Type& a, Type&) { a.get([] { return intruder(9); }); }},
                      {"set", [](Type& a, Type&) { a.set(9); }},
                      {"reset", [](Type& a, Type&) { a.reset(); }}},
          .forbidden = {"get/get", "get/set", "get/reset", "set/get", "set/set", "set/reset",
                        "reset/get", "reset/set", "reset/reset", "take/get", "take/set",
                        "take/reset", "destroy/get", "destroy/set", "destroy/reset"}};
}
}  // namespace

TEST_CASE("re-entrance: lazy") {
  check_row(lazy_row<snug::lazy<intruder>>());
  check_row(lazy_row<snug::sync_lazy<intruder>>());
  using type = snug::lazy<intruder>;
  reentrance<type> assigning = lazy_row<type>();
  assigning.make = [](int value) {
    auto* const made = new type;
    made->set(value);
    return made;
  };
  assigning.operations = {{"copy assignment", [](type& a, type& b) { a = b; }},
                          {"move assignment", [](type& a, type& b) { a = std::move(b); }}};
  assigning.forbidden = {"copy assignment/reset", "move assignment/reset", "copy assignment/get",
                         "move assignment/get",   "copy assignment/set",   "move assignment/set"};
  check_row(assigning);
}

// --- compact_variant.hpp
// --------------------------------------------------------------------------

TEST_CASE("re-entrance: compact_variant") {
  using type = snug::compact_variant<int, snug::boxed<intruder>>;
  const auto look = [](type& a, type&) {
    a.visit<void>([](const auto& value) {
      if constexpr (requires { value.value(); }) value.value();
    });
  };
  const reentrance<type> boxed{
      .make = [](int value) { return new type(std::in_place_index<1>, value); },
      .operations = {{"copy assignment", [](type& a, type& b) { a = b; }},
                     {"move assignment", [](type& a, type& b) { a = std::move(b); }},
                     {"assignment of a value", [](type& a, type&) { a = intruder(3); }},
                     {"assignment of another", [](type& a, type&) { a = 3; }},
                     {"emplace", [](type& a, type&) { a.emplace<1>(3); }},
                     {"destroy", nothing<type>}},
      .actions = {{"look", look},
                  {"assign", [](type& a, type&) { a = 9; }},
                  {"emplace", [](type& a, type&) { a.emplace<1>(9); }},
                  {"take", [](type& a, type&) { const type taken = std::move(a); }}},
#if SNUG_CHECKED
      .forbidden = {"destroy/look", "destroy/assign", "destroy/emplace", "destroy/take"}
#endif
  };
#if SNUG_CHECKED
  check_row(boxed);
#else
  reentrance<type> defined = boxed;
  defined.operations.pop_back();
  check_row(defined);
#endif
  check_row(reentrance<type>{
      .make = boxed.make,
      .operations = {{"copy", [](type& a, type&) { const type copy = a; }},
                     {"compare", [](type& a, type& b) { (void)(a == b || a < b); }},
                     {"hash", [](type& a, type&) { (void)std::hash<type>()(a); }}},
      .actions = {{"look", look}, {"copy", [](type& a, type&) { const type copy = a; }}}});
  // Alternatives that are not boxed are moved about, and must not come back while they are: the
  // checked mode says so.
#if SNUG_CHECKED
  using inline_type = snug::basic_compact_variant<sizeof(intruder), int, intruder>;
  STATIC_REQUIRE(!inline_type::is_boxed<1>);
  const auto ends = ending_of([] {
    inline_type a(std::in_place_index<1>, 1);
    inline_type b = 2;
    events::come_back = [&a] { a = 9; };
    events::until = 1;
    a.swap(b);
    return true;
  });
  CHECK(ends == ending::sentence);
#endif
}

// --- observer.hpp
// ---------------------------------------------------------------------------------

TEST_CASE("re-entrance: observers are made and dropped while their object comes and goes") {
  struct follows : snug::observable_value<follows> {
    snug::observer<follows> inside{this};
    follows() = default;
    // The observers are there already when the rest of the value is taken.
    follows(follows&& other) noexcept
        : observable_value(std::move(other)), inside(std::move(other.inside)) {
      CHECK(inside.get() == this);
      other.inside = &other;
      CHECK(other.is_observed());
    }
  } first;
  follows second = std::move(first);
  CHECK(second.inside.get() == &second);
  CHECK(first.inside.get() == &first);
  struct self : snug::observable {
    snug::observer<self>* outside;
    snug::observer<self> inside{this};
    explicit self(snug::observer<self>& o) : outside(&o) { o = this; }
    ~self() {
      CHECK(*outside);
      forget_observers();
      CHECK(!*outside);
      *outside = this;
      CHECK(outside->get() == this);
    }
  };
  snug::observer<self> outside;
  {
    self object(outside);
  }
  CHECK(!outside);
  struct with_member {
    snug::observable_member<with_member> observers{this};
    snug::observer<with_member>* outside;
    explicit with_member(snug::observer<with_member>& o) : outside(&o) { o = observers.observe(); }
    ~with_member() {
      CHECK(outside->get() == this);
      observers.forget_observers();
      CHECK(!*outside);
      *outside = observers.observe();
    }
  };
  snug::observer<with_member> other;
  {
    with_member object(other);
  }
  CHECK(!other);
}

// --- tracked_ptr.hpp
// ------------------------------------------------------------------------------

TEST_CASE("re-entrance: a tracked field is used while it is changed") {
  struct record {
    int a = 1;
    int b = 2;
  };
  record r;
  const snug::basic_tracked_ptr<record, true> p = &r;
  p.update<&record::a>(
      [&](int& a) { p.update<&record::b>([&](int& b) { a = b = p.read<&record::b>(); }); });
  CHECK(r.a == 2);
  CHECK(snug::accesses_of<&record::b>() == snug::accesses{2, 1});
}

TEST_CASE("negative control: an object that is not whole is seen") {
  CHECK(ending_of([] {
          auto* const gone = new intruder(1);
          events::come_back = [&] { delete gone; };
          events::until = 1;
          const intruder copy = *gone;
          return true;
        }) == ending::broken);
  CHECK(ending_of([] { return false; }) == ending::broken);
  CHECK(ending_of([] { return true; }) == ending::done);
}
