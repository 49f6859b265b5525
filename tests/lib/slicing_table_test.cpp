// Sliced: a class derives from a type of the library, or from a class that does, and only the base
// part is copied, moved, assigned or swapped away. Whoever pointed to the whole must not point to
// the part; what keeps addresses of itself must keep its own.
//
// no row: layout.hpp: has constants and no objects.
// no row: box.hpp: holds no address of itself or of its owner.
// no row: compact_variant.hpp: holds no address of itself or of its owner.
// no row: cow.hpp: holds no address of itself or of its owner.
// no row: lazy.hpp: holds no address of itself or of its owner.
// no row: padded.hpp: holds no address of itself or of its owner.
// no row: interner.hpp: holds no address of itself or of its owner.
// no row: tracked_ptr.hpp: a pointer that nothing points back to.
// no row: soa_vector.hpp: rows refer to the vector's memory, which goes as a whole.
// no row: rc.hpp rc, weak_rc, unique_ref, borrow, atomic_rc: counts are beside the object.
// no row: arena.hpp arena_resource, arena_allocator: nothing points back to them.
// no row: slot_map.hpp slot_map, secondary_map: elements have no address of the container.
#include <catch2/catch.hpp>

#define SNUG_CHECKED 1
#include <snug/arena.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lru_cache.hpp>
#include <snug/observer.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

// The ways in which a Base part goes away from or comes to an object of a class derived from it.
// Each is called with new objects: way(whole, other).
template <class Base, class Derived, class Check>
void for_each_slice(Check check) {
  check("construct", [](Derived& whole, auto use) {
    Base part = std::move(whole);
    use(part);
  });
  check("assign", [](Derived& whole, auto use) {
    Base part;
    part = std::move(whole);
    use(part);
  });
  check("into a container that grows", [](Derived& whole, auto use) {
    std::vector<Base> parts;
    parts.push_back(std::move(whole));
    parts.reserve(parts.capacity() + 1);
    use(parts.front());
  });
  check("swap", [](Derived& whole, auto use) {
    Base part;
    std::swap(part, static_cast<Base&>(whole));
    use(part);
  });
  check("from another whole's part", [](Derived& whole, auto use) {
    Derived other;
    static_cast<Base&>(other) = std::move(static_cast<Base&>(whole));
    use(static_cast<Base&>(other));
  });
}

}  // namespace

// --- observer.hpp

namespace {
struct plain_base : snug::observable {
  int value = 1;
};
struct plain_derived : plain_base {
  int large[100] = {};
};
struct value_base : snug::observable_value<value_base> {
  int value = 1;
};
struct value_derived : value_base {
  int large[100] = {};
};
struct member_base {
  int value = 1;
  snug::observable_member<member_base> observers{this};
};
struct member_derived : member_base {
  int large[100] = {};
};
template <class T>
concept is_observed_as = requires(T* object) { snug::observer<T>(object); };
static_assert(is_observed_as<plain_derived> && is_observed_as<value_base>);
}  // namespace

TEST_CASE("sliced: observable: an observer of the whole stays with the whole") {
  for_each_slice<plain_base, plain_derived>([](const char* name, auto way) {
    INFO(name);
    std::optional<plain_derived> whole(std::in_place);
    whole->large[99] = 7;
    const snug::observer<plain_derived> seen = &*whole;
    const snug::observer<plain_base> as_base = seen;
    way(*whole, [&](plain_base& part) {
      CHECK(!part.is_observed());
      CHECK(seen.get() == &*whole);
      CHECK(as_base.get() == &*whole);
      CHECK(seen->large[99] == 7);
    });
    whole.reset();
    CHECK(!seen);
    CHECK(!as_base);
  });
}

TEST_CASE("sliced: observable_value: observers of the part follow it") {
  for_each_slice<value_base, value_derived>([](const char* name, auto way) {
    INFO(name);
    std::optional<value_derived> whole(std::in_place);
    whole->value = 7;
    const snug::observer<value_base> seen = static_cast<value_base*>(&*whole);
    way(*whole, [&](value_base& part) {
      CHECK(seen.get() == &part);
      CHECK(seen->value == 7);
      CHECK(!whole->is_observed());
    });
    CHECK(!seen);
  });
}

TEST_CASE("sliced: observable_member: observers of the part follow it") {
  for_each_slice<member_base, member_derived>([](const char* name, auto way) {
    INFO(name);
    std::optional<member_derived> whole(std::in_place);
    whole->value = 7;
    const snug::observer<member_base> seen = whole->observers.observe();
    way(*whole, [&](member_base& part) {
      CHECK(seen.get() == &part);
      CHECK(seen->value == 7);
      CHECK(!whole->observers.is_observed());
    });
    CHECK(!seen);
  });
}

// --- rc.hpp

namespace {
struct owned_base : snug::enable_rc_from_this<owned_base> {
  virtual ~owned_base() = default;
  int value = 1;
  owned_base() = default;
  owned_base(const owned_base&) = default;
  owned_base& operator=(const owned_base&) = default;
};
struct owned_derived : owned_base {
  int large[100] = {};
};
}  // namespace

TEST_CASE("sliced: enable_rc_from_this: a part that nobody owns has no owners") {
  for_each_slice<owned_base, owned_derived>([](const char* name, auto way) {
    INFO(name);
    const auto whole = snug::make_rc<owned_derived>();
    way(*whole, [&](owned_base& part) {
      CHECK(!part.weak_from_this().lock());
      CHECK_THROWS_AS(part.rc_from_this(), std::bad_weak_ptr);
      CHECK(whole->rc_from_this() == whole);
    });
    CHECK(whole.use_count() == 1);
  });
}

// --- intrusive_list.hpp

namespace {
template <class Hook>
struct linked_base : Hook {
  int value = 1;
};
template <class Hook>
struct linked_derived : linked_base<Hook> {
  int large[100] = {};
};

// `follows`: a moved part takes the place of the whole in the list, which is one of such parts.
template <class List, class Base, class Derived>
void check_elements(bool follows) {
  for_each_slice<Base, Derived>([&](const char* name, auto way) {
    INFO(name);
    Derived whole;
    whole.value = 7;
    List list;
    list.push_back(whole);
    way(whole, [&](Base& part) {
      CHECK(std::addressof(list.front()) ==
            (follows ? std::addressof(part) : std::addressof(whole)));
      CHECK(list.size() == 1);
      CHECK(part.is_linked() == follows);
      CHECK(whole.is_linked() != follows);
      if (follows) CHECK(list.front().value == 7);
      list.clear();
    });
  });
}

// The list itself as a base class.
template <class List>
struct named_list : List {
  int large[100] = {};
};
template <class List, class Element>
void check_lists() {
  for_each_slice<List, named_list<List>>([](const char* name, auto way) {
    INFO(name);
    Element first, second;
    named_list<List> whole;
    whole.push_back(first);
    if constexpr (requires(List& a, List& b) { swap(a, b); } || std::is_move_assignable_v<List>) {
      way(whole, [&](List& part) {
        CHECK(part.size() == 1);
        part.push_back(second);
        CHECK(std::addressof(part.back()) == std::addressof(second));
        CHECK(whole.empty());
        part.clear();
      });
    }
  });
}
}  // namespace

TEST_CASE(
    "sliced: list_hook and slist_hook: a part is linked in the place of the whole, or not at all") {
  using hook = snug::list_hook<snug::default_tag, true>;
  using one_way = snug::slist_hook<snug::default_tag, true>;
  check_elements<snug::intrusive_list<linked_base<hook>, snug::default_tag, true>,
                 linked_base<hook>, linked_derived<hook>>(true);
  check_elements<snug::intrusive_slist<linked_base<one_way>, snug::default_tag, true>,
                 linked_base<one_way>, linked_derived<one_way>>(false);
}

TEST_CASE("sliced: intrusive_list and intrusive_slist as base classes") {
  using element = linked_base<snug::list_hook<snug::default_tag, true>>;
  using one_way = linked_base<snug::slist_hook<snug::default_tag, true>>;
  check_lists<snug::intrusive_list<element, snug::default_tag, true>, element>();
  check_lists<snug::intrusive_slist<one_way, snug::default_tag, true>, one_way>();
}

// --- slot_map.hpp

TEST_CASE("sliced: gen_arena: iterators go with the elements") {
  struct named : snug::gen_arena<int> {
    int large[100] = {};
  };
  for_each_slice<snug::gen_arena<int>, named>([](const char* name, auto way) {
    INFO(name);
    named whole;
    const auto handle = whole.insert(7);
    const auto it = whole.begin();
    way(whole, [&](snug::gen_arena<int>& part) {
      CHECK(part[handle] == 7);
      CHECK(whole.empty());
      CHECK(part.size() == 1);
      if (part.begin() != part.end()) CHECK(*part.begin() == 7);
    });
    (void)it;
  });
}

// --- lru_cache.hpp

TEST_CASE("sliced: lru_cache: the order of entries goes with them") {
  struct named : snug::lru_cache<int, int> {
    named() : lru_cache(2) {}
    int large[100] = {};
  };
  struct part_of_two : snug::lru_cache<int, int> {
    part_of_two() : lru_cache(2) {}
    part_of_two(named&& whole) : lru_cache(std::move(whole)) {}
    part_of_two& operator=(named&& whole) {
      lru_cache::operator=(std::move(whole));
      return *this;
    }
  };
  const auto right = [](part_of_two& part, named& whole) {
    CHECK(part.size() == 1);
    part.put(2, 20);
    part.put(3, 30);
    CHECK(part.get(1) == nullptr);
    CHECK(part.get(3) != nullptr);
    CHECK(whole.size() == 0);
    whole.set_max_entries(1);
    whole.put(5, 50);
    CHECK(*whole.get(5) == 50);
  };
  named whole;
  whole.put(1, 10);
  part_of_two part = std::move(whole);
  right(part, whole);
  named other;
  other.put(1, 10);
  part = std::move(other);
  right(part, other);
}

// --- arena.hpp

TEST_CASE("sliced: arena: the objects go with the memory") {
  struct named : snug::arena {
    int large[100] = {};
  };
  for_each_slice<snug::arena, named>([](const char* name, auto way) {
    INFO(name);
    named whole;
    int* const number = whole.create<int>(7);
    way(whole, [&](snug::arena& part) {
      CHECK(*number == 7);
      CHECK(part.create<int>(8) != number);
      CHECK(*whole.create<int>(9) == 9);
    });
  });
}
