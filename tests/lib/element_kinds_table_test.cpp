// Kinds of elements: what the language lets a class do to who holds it. Each type of the library
// holds each kind, and all its operations compile, without a warning, and give the right values: an
// element whose unary & and comma are not the language's, one that is made from anything, that is
// final, empty, over-aligned, that moves as bytes but has no copy, that is virtual without a
// virtual destructor, a bool.
#if defined(__clang__)  // which warns of virtual classes without a virtual destructor in the
                        // standard library, too
#pragma clang diagnostic ignored "-Wdelete-non-abstract-non-virtual-dtor"
#endif
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/box.hpp>
#include <snug/compact_variant.hpp>
#include <snug/cow.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/layout.hpp>
#include <snug/lazy.hpp>
#include <snug/lru_cache.hpp>
#include <snug/observer.hpp>
#include <snug/padded.hpp>
#include <snug/rc.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>
#include <snug/tracked_ptr.hpp>

#include <any>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "lib/table.hpp"

namespace snug_test::kinds {

// A kind is a type, how one is made of a number, and the number that it has.
template <class T>
struct plain_kind {
  using type = T;
  static T make(int n) { return T(n); }
  static int value(const T& t) { return t.number; }
};

// Its operators & and , belong to somebody else.
struct hostile {
  int number;
  explicit hostile(int n) : number(n) {}
  hostile() : number(0) {}
  void operator&() const = delete;
  template <class U>
  void operator,(U&&) const = delete;
  template <class U>
  friend void operator,(U&&, const hostile&) = delete;
  friend bool operator==(const hostile& a, const hostile& b) { return a.number == b.number; }
};
struct last final {
  int number;
  explicit last(int n = 0) : number(n) {}
  friend auto operator<=>(const last&, const last&) = default;
};
struct nothing final {
  explicit nothing(int) {}
  nothing() = default;
  friend bool operator==(nothing, nothing) { return true; }
};
struct alignas(256) wide {
  int number;
  explicit wide(int n = 0) : number(n) {}
  ~wide() { number = -1; }
  wide(const wide&) = default;
  wide& operator=(const wide&) = default;
  friend bool operator==(const wide& a, const wide& b) {
    return a.number == b.number && reinterpret_cast<std::uintptr_t>(&a) % 256 == 0 &&
           reinterpret_cast<std::uintptr_t>(&b) % 256 == 0;
  }
};
// Trivially copyable, says the compiler, and cannot be copied.
struct moves_as_bytes {
  int number;
  explicit moves_as_bytes(int n) : number(n) {}
  moves_as_bytes(moves_as_bytes&&) = default;
  moves_as_bytes& operator=(moves_as_bytes&&) = default;
  friend bool operator==(const moves_as_bytes& a, const moves_as_bytes& b) {
    return a.number == b.number;
  }
};
static_assert(std::is_trivially_copyable_v<moves_as_bytes> &&
              !std::is_copy_constructible_v<moves_as_bytes>);
struct without_virtual_destructor {
  int number;
  explicit without_virtual_destructor(int n = 0) : number(n) {}
  virtual int look() const { return number; }
  friend bool operator==(const without_virtual_destructor& a, const without_virtual_destructor& b) {
    return a.number == b.number;
  }
};
// Made from anything, as std::any is: what is passed must arrive as it is.
struct from_anything {
  int number = -1;
  from_anything() = default;
  explicit from_anything(int n) : number(n) {}
  template <class U>
    requires(!std::is_same_v<std::remove_cvref_t<U>, from_anything> &&
             !std::is_same_v<std::remove_cvref_t<U>, int>)
  from_anything(U&&) : number(-2) {}
  friend bool operator==(const from_anything& a, const from_anything& b) {
    return a.number == b.number;
  }
};
// No operator new for the public, and no way to assign.
struct fixed {
  const int number;
  explicit fixed(int n) : number(n) {}
  friend bool operator==(const fixed& a, const fixed& b) { return a.number == b.number; }
};
struct only_moves {
  std::unique_ptr<int> held;
  explicit only_moves(int n) : held(std::make_unique<int>(n)) {}
  friend bool operator==(const only_moves& a, const only_moves& b) { return *a.held == *b.held; }
};
template <class T>
struct kind : plain_kind<T> {};
template <>
struct kind<nothing> {
  using type = nothing;
  static nothing make(int n) { return nothing(n); }
  static int value(const nothing&) { return 0; }
};
template <>
struct kind<bool> {
  using type = bool;
  static bool make(int n) { return n % 2 != 0; }
  static int value(const bool& b) { return b; }
};
template <>
struct kind<std::any> {
  using type = std::any;
  static std::any make(int n) { return n; }
  static int value(const std::any& a) {
    const int* const n = std::any_cast<int>(std::addressof(a));
    return n == nullptr ? -2 : *n;
  }
};
template <>
struct kind<only_moves> {
  using type = only_moves;
  static only_moves make(int n) { return only_moves(n); }
  static int value(const only_moves& m) { return m.held ? *m.held : -1; }
};
template <class... T>
struct list {};
using all = list<hostile, last, nothing, wide, moves_as_bytes, without_virtual_destructor,
                 from_anything, fixed, only_moves, bool, std::any>;

// Calls check<kind>() for every kind.
template <class F, class... T>
void for_each_kind(F check, list<T...>) {
  (
      [&] {
        INFO(name_of<T>());
        check.template operator()<kind<T>>();
      }(),
      ...);
}
template <class F>
void for_each_kind(F check) {
  kinds::for_each_kind(check, all());
}

template <class T>
constexpr bool copied = std::is_copy_constructible_v<T>;
template <class T>
constexpr bool assigned = std::is_move_assignable_v<T>;

}  // namespace snug_test::kinds

using namespace snug_test;
using namespace snug_test::kinds;

// --- box.hpp

TEST_CASE("kinds of elements: box") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    using type = snug::box<T>;
    const int one = K::value(K::make(1)), two = K::value(K::make(2));
    type a(std::in_place, K::make(1)), b(K::make(2));
    a.swap(b);
    CHECK(K::value(*a) == two);
    a = std::move(b);
    CHECK(K::value(*a) == one);
    b.emplace(K::make(2));
    a.emplace(std::move(*b));
    CHECK(K::value(*a) == two);
    if constexpr (assigned<T>) {
      a = K::make(1);
      CHECK(K::value(*a) == one);
    }
    if constexpr (copied<T>) {
      type copy = std::as_const(a);
      copy = std::as_const(a);
      CHECK(K::value(*copy) == K::value(*a));
      if constexpr (std::equality_comparable<T>) CHECK(copy == a);
    }
  });
}

// --- rc.hpp

TEST_CASE("kinds of elements: rc, weak_rc, borrow, unique_ref, atomic_rc, enable_rc_from_this") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    auto a = snug::make_rc<T>(K::make(1));
    snug::rc<const T, snug::sync> constant = a;
    snug::weak_rc<T> weak = a;
    snug::borrow<T> look = a;
    CHECK(K::value(*look) == one);
    CHECK(weak.lock() == a);
    constant.reset();
    weak.reset();
    auto unique = std::move(a).try_unique();
    REQUIRE(unique);
    a = std::move(*unique).share();
    snug::atomic_rc<T> place(a);
    CHECK(place.exchange(nullptr) == a);
    auto taken = snug::try_unwrap(std::move(a));
    REQUIRE(taken);
    CHECK(K::value(*taken) == one);
    auto plain = snug::make_rc<T, snug::no_weak<snug::unsync>>(K::make(1));
    CHECK(K::value(*plain) == one);
    auto draft = snug::make_unique_ref<T>(K::make(1));
    CHECK(K::value(*draft) == one);
    struct self : snug::enable_rc_from_this<self> {
      T value = K::make(1);
    };
    CHECK(K::value(snug::make_rc<self>()->rc_from_this()->value) == one);
  });
}

// --- cow.hpp

TEST_CASE("kinds of elements: cow") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    snug::cow<T> a(std::in_place, K::make(1));
    const snug::cow<T> b = a;
    CHECK(K::value(b.read()) == one);
    if constexpr (copied<T>) {
      CHECK(K::value(a.write()) == one);
      CHECK(!a.same_object(b));
      CHECK(K::value(std::move(a).take()) == one);
    }
    CHECK(K::value(*b) == one);
  });
}

// --- lazy.hpp

TEST_CASE("kinds of elements: lazy and sync_lazy") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    const auto make = [] { return K::make(1); };
    snug::lazy<T> a;
    CHECK(K::value(a.get(make)) == one);
    snug::sync_lazy<T> b;
    CHECK(K::value(b.get(make)) == one);
    snug::lazy c(make);
    CHECK(K::value(*c) == one);
    snug::sync_lazy d(make);
    CHECK(K::value(*d) == one);
    snug::lazy<T> moved = std::move(a);
    CHECK(K::value(*moved.get_if()) == one);
    moved = std::move(moved);
    a = std::move(moved);
    CHECK(K::value(*a.take()) == one);
    a.set(K::make(1));
    CHECK(K::value(*a.get_if()) == one);
    if constexpr (copied<T>) {
      const snug::lazy<T> copy = a;
      CHECK(K::value(*copy.get_if()) == one);
    }
    CHECK(K::value(*b.take()) == one);
  });
}

// --- observer.hpp

TEST_CASE("kinds of elements: observable, observable_value, observable_member and observer") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    struct derived : snug::observable_value<derived> {
      T value = K::make(1);
    } object;
    snug::observer<derived> seen = std::addressof(object);
    CHECK(K::value(seen->value) == one);
    derived moved = std::move(object);
    CHECK(seen.get() == std::addressof(moved));
    struct with_member {
      T value = K::make(1);
      snug::observable_member<with_member> observers{this};
    } other;
    snug::observer<with_member> watched = other.observers.observe();
    CHECK(K::value(watched->value) == one);
    with_member taken = std::move(other);
    CHECK(watched.get() == std::addressof(taken));
  });
  // The object's own operator & is not asked.
  struct hidden : snug::observable_value<hidden> {
    void operator&() const = delete;
  } object;
  snug::observer<hidden> seen = std::addressof(object);
  hidden moved;
  moved = std::move(object);
  CHECK(seen.get() == std::addressof(moved));
}

// --- tracked_ptr.hpp

TEST_CASE("kinds of elements: tracked_ptr and tracked") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    snug::basic_tracked<T, true> value(K::make(1));
    CHECK(K::value(value.get()) == one);
    CHECK(K::value(*value.ptr().get()) == one);
    struct record {
      T field = K::make(2);
      T other = K::make(1);
    } r;
    snug::basic_tracked_ptr<record, true> p = std::addressof(r);
    if constexpr (assigned<T>) p.template write<&record::field>(K::make(1));
    CHECK(K::value(p.template read<&record::other>()) == one);
  });
}

// --- padded.hpp

TEST_CASE("kinds of elements: padded and padded_array") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1)), two = K::value(K::make(2));
    snug::padded<T> a(K::make(1));
    snug::padded<T> b = std::move(a);
    CHECK(K::value(*b) == one);
    CHECK(reinterpret_cast<std::uintptr_t>(std::addressof(b)) % snug::line == 0);
    snug::padded_array<T, 2> c{K::make(1), K::make(2)};
    CHECK(K::value(c[1]) == two);
    CHECK(K::value(*c.begin()) == one);
    CHECK(std::addressof(c[0]) == c.begin().operator->());
  });
}

// --- compact_variant.hpp

TEST_CASE("kinds of elements: compact_variant") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    const auto check = [&]<class type>(std::type_identity<type>) {
      type a(std::in_place_index<1>, K::make(1));
      type b = std::move(a);
      CHECK(K::value(*b.template get_if<1>()) == one);
      a = std::move(b);
      b.template emplace<1>(K::make(2));
      a.swap(b);
      a.template emplace<1>(std::move(b.template get<1>()));
      CHECK(K::value(get<1>(a)) == one);
      CHECK(a.template visit<int>([](const auto& value) {
        if constexpr (std::is_same_v<decltype(value), const T&>) return K::value(value);
        return -9;
      }) == one);
      if constexpr (copied<T>) {
        type copy = std::as_const(a);
        copy = std::as_const(a);
        CHECK(K::value(copy.template get<1>()) == one);
      }
    };
    check(std::type_identity<snug::compact_variant<char, T>>());
    check(std::type_identity<snug::compact_variant<char, snug::boxed<T>>>());
    check(std::type_identity<snug::basic_compact_variant<1, char, T>>());
  });
}

// --- slot_map.hpp

namespace {
template <class K, class Map>
void check_slots() {
  using T = typename K::type;
  const int one = K::value(K::make(1)), two = K::value(K::make(2)), three = K::value(K::make(3));
  Map map;
  auto a = map.insert(K::make(1));
  auto b = map.emplace(K::make(2));
  for (int i = 0; i < 70; ++i) map.insert(K::make(i));
  CHECK(K::value(map[a]) == one);
  CHECK(K::value(map.at(b)) == two);
  CHECK(map.iterator_to(b) != map.end());
  CHECK(map.handle_of(map[a]) == a);
  auto out = map.extract(a);
  REQUIRE(out);
  CHECK(K::value(*out) == one);
  CHECK(!map.contains(a));
  map.reserve(200);
  auto c = map.insert(std::move(*out));
  CHECK(K::value(*map.get(c)) == one);
  CHECK(map.erase(c));
  Map other;
  auto d = other.insert(K::make(3));
  map.merge(other, [&](auto old, auto fresh) {
    if (old == d) d = fresh;
  });
  CHECK(K::value(map[d]) == three);
  if constexpr (copied<T> && std::is_copy_constructible_v<Map>) {
    Map copy = std::as_const(map);
    copy.insert(std::as_const(copy[d]));  // a copy of an own element
    copy = std::as_const(map);
    CHECK(K::value(copy[d]) == three);
  }
  if constexpr (requires { map.sort([](const T&, const T&) { return false; }); })
    map.sort([](const T& x, const T& y) { return K::value(x) < K::value(y); });
  int sum = 0, walked = 0;
  map.for_each([&](const T& t) { sum += K::value(t); });
  for (const T& t : std::as_const(map)) walked += K::value(t);
  CHECK(sum == walked);
  CHECK(map.erase_if([](const T& t) { return K::value(t) == K::value(K::make(3)); }) > 0);
  map.shrink_to_fit();
  Map moved = std::move(map);
  moved.swap(map);
  map.clear();
  CHECK(map.empty());
}
}  // namespace

TEST_CASE("kinds of elements: slot_map, gen_arena and secondary_map") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    if constexpr (std::is_nothrow_move_constructible_v<T>) check_slots<K, snug::slot_map<T>>();
    check_slots<K, snug::gen_arena<T>>();
    const int one = K::value(K::make(1)), two = K::value(K::make(2));
    using handle = snug::slot_handle<T>;
    snug::secondary_map<handle, T> map;
    CHECK(map.insert_or_assign(handle(3, 1), K::make(2)) != nullptr);
    T* const placed = map.insert_or_assign(handle(3, 3), K::make(1));
    CHECK(placed == map.get(handle(3, 3)));
    CHECK(std::as_const(map).get(handle(3, 3)) == placed);
    CHECK(K::value(*placed) == one);
    map.insert_or_assign(handle(0, 1), K::make(2));
    CHECK(K::value((*map.begin()).value) == two);
    CHECK(K::value(*map.extract(handle(0, 1))) == two);
    if constexpr (copied<T>) {
      auto copy = std::as_const(map);
      CHECK(K::value(*copy.get(handle(3, 3))) == one);
    }
    CHECK(map.erase(handle(3, 3)));
    CHECK(map.empty());
  });
}

// --- lru_cache.hpp

namespace {
template <class K>
struct kind_hash {
  std::size_t operator()(const typename K::type& k) const {
    return static_cast<std::size_t>(K::value(k));
  }
};
template <class K>
struct kind_equal final {
  bool operator()(const typename K::type& a, const typename K::type& b) const {
    return K::value(a) == K::value(b);
  }
};
}  // namespace

TEST_CASE("kinds of elements: lru_cache") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1)), two = K::value(K::make(2));
    // As values.
    snug::lru_cache<int, T> values(2);
    REQUIRE(values.put(1, K::make(2)) != nullptr);
    REQUIRE(values.put(1, K::make(1)) != nullptr);
    CHECK(K::value(*values.get(1)) == one);
    CHECK(values.try_emplace(2, K::make(2)).second);
    CHECK(K::value(*values.get_or_add(3, [](int) { return K::make(1); })) == one);
    if constexpr (copied<T>) {
      CHECK(K::value(values.get_or_make(4, [](int) { return K::make(2); })) == two);
    }
    CHECK(values.size() == 2);
    if constexpr (std::is_nothrow_move_constructible_v<T>) {
      values.set_max_entries(5);
      long told = 0;
      const auto tell = [&told](int, T&& value, snug::removal) { told += K::value(value) + 1; };
      using watched = snug::lru_cache<int, T, snug::lru_hash<int>, std::equal_to<>,
                                      snug::unit_weight, decltype(tell)>;
      watched w(1, tell);
      w.put(1, K::make(1));
      w.put(1, K::make(1));
      w.put(2, K::make(1));
      w.clear();
      CHECK(told == 3 * (one + 1));
    }
    auto moved = std::move(values);
    CHECK(moved.size() == 2);
    for (auto entry : moved) CHECK(entry.key > 1);
    CHECK(moved.erase_if([](int, const T&) { return true; }) == 2);
    // As keys.
    snug::lru_cache<T, int, kind_hash<K>, kind_equal<K>> keys(2);
    keys.put(K::make(1), 5);
    keys.put(K::make(1), 6);
    CHECK(*keys.get(K::make(1)) == 6);
    CHECK(keys.contains(K::make(1)));
    CHECK(K::value((*keys.begin()).key) == one);
    keys.put(K::make(2), 7);
    CHECK(keys.erase(K::make(1)));
    CHECK(keys.size() == (one == two ? 0u : 1u));
  });
}

// --- soa_vector.hpp

namespace {
template <class K>
struct row_of {
  typename K::type a;
  int b;
  typename K::type c;
};
template <class K, class Vector>
void check_rows() {
  using T = typename K::type;
  using row = row_of<K>;
  const auto make = [](int n) { return row{K::make(n), n, K::make(n + 1)}; };
  const int one = K::value(K::make(1)), two = K::value(K::make(2)), three = K::value(K::make(3));
  Vector v;
  v.push_back(make(1));
  v.emplace_back(K::make(2), 2, K::make(3));
  for (int i = 3; i < 20; ++i) v.push_back(make(i));
  CHECK(K::value(v[0].template get<0>()) == one);
  CHECK(K::value(v.back().template get<&row::c>()) == K::value(K::make(20)));
  if constexpr (assigned<T>) {
    v.insert(v.begin(), make(2));
    CHECK(K::value(v[0].template get<2>()) == three);
    v.erase(v.begin());
    v.swap_erase(5);
    v[3] = make(1);
    CHECK(K::value(v[3].template get<0>()) == one);
    swap(v[0], v[3]);
    v[1] = v[0].take();
    CHECK(v[1].template get<1>() == 1);
    v.template sort_by<&row::b>();
    v[0] = make(1);
    std::ranges::sort(v, {}, snug::field<&row::b>);
    CHECK(erase_if(v, [](const auto& r) { return r.template get<1>() == 7; }) == 1);
    v.pop_back();
    v.shrink_to_fit();
    if constexpr (copied<T>) {
      v[0] = v[1];
      v.resize(30, make(2));
      CHECK(K::value(v[29].template get<0>()) == two);
      Vector copy = std::as_const(v);
      copy = std::as_const(v);
      copy.append_range(std::vector<row>(3, make(1)));
      copy.insert(copy.begin(), 2, make(1));
      copy.assign(2, make(1));
      const row first = copy[0];
      CHECK(K::value(first.a) == one);
      if constexpr (std::equality_comparable<T>) CHECK(copy[0] == copy[1]);
    }
  }
  v.pop_back();  // asks for no assignment
  v.reserve(100);
  if constexpr (copied<T>) v.resize(v.size() - 1, make(1));
  Vector moved = std::move(v);
  moved.swap(v);
  const auto [a, b, c] = v[0];
  CHECK(K::value(a) >= 0);
  CHECK(b > 0);
  CHECK(K::value(c) >= 0);
  v.clear();
  CHECK(v.empty());
}
}  // namespace

TEST_CASE("kinds of elements: soa_vector and aosoa_vector") {
  for_each_kind([]<class K>() {
    if constexpr (!std::is_same_v<typename K::type, fixed>) {  // a const member is refused
      check_rows<K, snug::soa_vector<row_of<K>>>();
      check_rows<K, snug::aosoa_vector<row_of<K>, 8>>();
    }
  });
}

// --- intrusive_list.hpp

namespace {
template <class K>
struct in_list : snug::list_hook<>, snug::slist_hook<> {
  explicit in_list(int n) : value(K::make(n)) {}
  void operator&() const = delete;
  typename K::type value;
};
template <class K>
struct with_hook {
  explicit with_hook(int n) : value(K::make(n)) {}
  void operator&() const = delete;
  typename K::type value;
  snug::list_hook<> hook;
};
template <class K, class List, class Element>
void check_list() {
  Element a(1), b(2), c(3);
  List list;
  list.push_back(a);
  list.push_front(b);
  list.push_back(c);
  CHECK(std::addressof(list.front()) == std::addressof(b));
  CHECK(std::addressof(list.back()) == std::addressof(c));
  CHECK(list.iterator_to(a) != list.end());
  const auto number = [](const Element& e) { return K::value(e.value); };
  list.sort([&](const Element& x, const Element& y) { return number(x) < number(y); });
  list.unique([&](const Element& x, const Element& y) { return number(x) == number(y); });
  list.reverse();
  list.erase(list.front());
  List moved = std::move(list);
  moved.swap(list);
  int walked = 0;
  for (const Element& e : std::as_const(list)) walked += number(e) >= 0;
  CHECK(walked == static_cast<int>(list.size()));
  list.clear();
  CHECK(list.empty());
}
}  // namespace

TEST_CASE("kinds of elements: intrusive_list and intrusive_slist") {
  for_each_kind([]<class K>() {
    check_list<K, snug::intrusive_list<in_list<K>>, in_list<K>>();
    check_list<K, snug::intrusive_slist<in_list<K>>, in_list<K>>();
    check_list<K, snug::intrusive_list<with_hook<K>, snug::member<&with_hook<K>::hook>>,
               with_hook<K>>();
  });
}

// --- arena.hpp

TEST_CASE("kinds of elements: arena") {
  for_each_kind([]<class K>() {
    using T = typename K::type;
    const int one = K::value(K::make(1));
    snug::arena memory;
    CHECK(K::value(*memory.create<T>(K::make(1))) == one);
    CHECK(K::value(*memory.create<const T>(K::make(1))) == one);
    if constexpr (std::is_default_constructible_v<T>) CHECK(memory.create_array<T>(3).size() == 3);
    snug::arena_resource resource(memory);
    std::pmr::list<T> pooled(&resource);
    pooled.emplace_back(K::make(1));
    CHECK(K::value(pooled.back()) == one);
    std::vector<T, snug::arena_allocator<T>> v((snug::arena_allocator<T>(memory)));
    v.emplace_back(K::make(2));
    v.emplace_back(K::make(1));
    CHECK(K::value(v.back()) == one);
    if constexpr (copied<T>) {
      CHECK(K::value(memory.copy(std::list<T>(2, K::make(1)))[1]) == one);
      if constexpr (!std::is_same_v<T, bool>) {
        const std::vector<T> from(2, K::make(1));
        CHECK(K::value(memory.copy(std::span<const T>(from))[1]) == one);
        CHECK(K::value(memory.copy(from)[1]) == one);
      }
    }
  });
  snug::arena memory;
  CHECK(memory.copy(std::vector<bool>{false, true})[1]);
}

// --- interner.hpp
// interner and sync_interner have no element of the user's but their hash.

namespace {
struct last_hash final {
  std::size_t operator()(std::string_view text) const { return text.size(); }
  void operator&() const = delete;
};
}  // namespace

TEST_CASE("kinds of elements: interner, with a hash of its own") {
  snug::basic_interner<snug::detail::plain_atomics, 1, last_hash> a, b;
  const snug::symbol one = a.intern("one");
  b = std::move(a);
  b.swap(a);
  b.swap(a);
  CHECK(b.resolve(one) == "one");
  snug::basic_interner<snug::detail::shared_atomics, 16, last_hash> shared;
  const snug::symbol two = shared.intern("two");
  CHECK(two == shared.find("two"));
}

// --- layout.hpp

namespace {
template <class K>
struct laid_out {
  char first;
  typename K::type a;
  typename K::type b;
  int array[3];
};
}  // namespace

TEST_CASE("kinds of elements: layout_of") {
  for_each_kind([]<class K>() {
    using layout = snug::layout_of<laid_out<K>>;
    CHECK(layout::fields == 4);
    CHECK(layout::sizes[1] == sizeof(typename K::type));
    CHECK(layout::sizes[3] == 3 * sizeof(int));
    using constant = snug::layout_of<const laid_out<K>>;
    CHECK(constant::fields == 4);
  });
}

// --- Numbers that are made of wider ones.
// The conversion is where the argument is passed, and no warning of a header's.

TEST_CASE("kinds of elements: a short is made of an int in every type") {
  struct record {
    short field = 0;
    float other = 0;
  };
  const int five = 5;
  CHECK(*snug::box<short>(five) == 5);
  snug::box<short> box(std::in_place, five);
  box = five;
  box.emplace(five);
  CHECK(*snug::make_rc<short>(five) == 5);
  CHECK(*snug::make_unique_ref<short>(five) == 5);
  CHECK(*snug::make_cow<short>(five) == 5);
  CHECK(*snug::cow<short>(std::in_place, five) == 5);
  snug::lazy<short> lazy;
  CHECK(lazy.get([&] { return five; }) == 5);
  lazy.reset();
  lazy.set(five);
  snug::sync_lazy<short> shared;
  CHECK(shared.set(five));
  CHECK(*snug::padded<short>(five) == 5);
  CHECK((snug::padded_array<short, 2>(five, five)[1]) == 5);
  using variant = snug::compact_variant<char*, short, snug::boxed<float>>;
  CHECK(variant(std::in_place_index<1>, five).get<1>() == 5);
  CHECK(variant(std::in_place_index<2>, five).get<2>() > 4);
  CHECK(snug::slot_map<short>().emplace(five));
  CHECK(snug::gen_arena<short>().emplace(five));
  snug::secondary_map<snug::slot_handle<int>, short> beside;
  CHECK(*beside.insert_or_assign(snug::slot_handle<int>(0, 1), five) == 5);
  snug::lru_cache<short, short> cache(2);
  CHECK(*cache.put(five, five) == 5);
  CHECK(cache.try_emplace(five, five).second == false);
  snug::soa_vector<record> rows;
  rows.emplace_back(five, 0.5);
  snug::arena memory;
  CHECK(*memory.create<short>(five) == 5);
  record r;
  snug::basic_tracked_ptr<record, true>(&r).write<&record::field>(five);
  CHECK(r.field == 5);
}

// What no conversion makes, no type makes: the casts that would do it are not there.
namespace {
struct base {};
struct derived : base {};
enum class colour { red };
template <class T, class... From>
constexpr bool made_nowhere =
    !std::is_constructible_v<snug::box<T>, From...> &&
    !std::is_constructible_v<snug::box<T>, std::in_place_t, From...> &&
    !std::is_constructible_v<snug::cow<T>, From...> &&
    !std::is_constructible_v<snug::cow<T>, std::in_place_t, From...> &&
    !std::is_constructible_v<snug::padded<T>, From...> &&
    !std::is_constructible_v<snug::padded_array<T, 1>, From...> &&
    !std::is_constructible_v<snug::compact_variant<T, void***>, std::in_place_index_t<0>,
                             From...> &&
    !std::is_constructible_v<snug::basic_tracked<T, true>, From...> &&
    !requires(snug::box<T> b, From... from) { b = (from, ...); } &&
    !requires(snug::lazy<T> l, From... from) { l.set(from...); } &&
    !requires(snug::sync_lazy<T> l, From... from) { l.set(from...); } &&
    !requires(snug::lru_cache<int, T> c, From... from) { c.put(1, from...); } &&
    !requires(snug::lru_cache<int, T> c, From... from) { c.try_emplace(1, from...); } &&
    !requires(snug::lru_cache<T, int> c, From... from) { c.put(from..., 1); } &&
    !requires(snug::secondary_map<snug::slot_handle<int>, T> m, From... from) {
      m.insert_or_assign({}, from...);
    };
}  // namespace

TEST_CASE("kinds of elements: no type casts what would not convert") {
  STATIC_REQUIRE(made_nowhere<derived*, base*>);
  STATIC_REQUIRE(made_nowhere<int*, long>);
  STATIC_REQUIRE(made_nowhere<int*, const int*>);
  STATIC_REQUIRE(made_nowhere<int*, void*>);
  STATIC_REQUIRE(made_nowhere<colour, int>);
  STATIC_REQUIRE(made_nowhere<void*, const volatile int*>);
  STATIC_REQUIRE(made_nowhere<int, std::string>);
}
