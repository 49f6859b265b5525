// Re-entrance, the containers. The rules are those of reentrance_table_test.cpp; what moves
// elements lets neither their moves nor what those leave behind come back, so that these do not
// (events::with_moves).
#include <catch2/catch.hpp>

#include <snug/arena.hpp>
#include <snug/interner.hpp>
#include <snug/intrusive_list.hpp>
#include <snug/lru_cache.hpp>
#include <snug/slot_map.hpp>
#include <snug/soa_vector.hpp>

#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/reentrance.hpp"

using namespace snug_test;

namespace {

struct without_moves {
  without_moves() { events::with_moves = false; }
  ~without_moves() { events::with_moves = true; }
};
// "o/a" for all of the operations and actions.
std::set<std::string> each(const std::vector<std::string>& operations,
                           const std::vector<std::string>& actions) {
  std::set<std::string> all;
  for (const auto& o : operations)
    for (const auto& a : actions) all.insert(o + "/" + a);
  return all;
}

}  // namespace

// --- slot_map.hpp

namespace {
// `insert_some`: an element that comes back once inserts once; it is not asked for again.
template <class Map>
std::vector<step<Map>> slot_actions() {
  return {{"look",
           [](Map& a, Map&) {
             long sum = 0;
             for (const auto& e : a) sum += e.value();
             a.for_each([&](const auto& e) { sum -= e.value(); });
             if (sum != 0) std::abort();
           }},
          {"insert", [](Map& a, Map&) { a.insert(9); }},
          {"insert many",
           [](Map& a, Map&) {
             for (int i = 0; i < 100; ++i) a.insert(9);
           }},
          {"erase",
           [](Map& a, Map&) {
             if (!a.empty()) a.erase(a.handle_of(*a.begin()));
           }},
          {"clear", [](Map& a, Map&) { a.clear(); }}};
}
template <class Map>
reentrance<Map> slot_row() {
  return {
      .make =
          [](int value) {
            auto* const made = new Map;
            for (int i = 0; i < 3; ++i) made->insert(value + i);
            return made;
          },
      .operations = {{"insert", [](Map& a, Map&) { a.insert(intruder(5)); }},
                     {"emplace", [](Map& a, Map&) { a.emplace(5); }},
                     {"erase", [](Map& a, Map&) { a.erase(a.handle_of(*std::next(a.begin()))); }},
                     {"extract", [](Map& a, Map&) { (void)a.extract(a.handle_of(*a.begin())); }},
                     {"erase_if",
                      [](Map& a, Map&) {
                        a.erase_if([](const intruder& e) { return e.value() == 2; });
                      }},
                     {"clear", [](Map& a, Map&) { a.clear(); }},
                     {"reserve", [](Map& a, Map&) { a.reserve(1000); }},
                     {"move assignment", [](Map& a, Map& b) { a = std::move(b); }},
                     {"destroy", [](Map&, Map&) {}}},
      .actions = slot_actions<Map>()};
}
}  // namespace

TEST_CASE("re-entrance: slot_map") {
  const without_moves now;
  using type = snug::slot_map<intruder>;
  check_row(slot_row<type>());
  reentrance<type> comparing = slot_row<type>();
  comparing.operations = {{"sort", [](type& a, type&) { a.sort(); }}};
  comparing.forbidden = each({"sort"}, {"insert", "insert many", "erase", "clear"});
  check_row(comparing);
  comparing.operations = {{"copy", [](type& a, type&) { const type copy = a; }}};
  comparing.actions = {{"insert", [](type& a, type&) { a.insert(9); }}};
  comparing.forbidden = {"copy/insert"};
  check_row(comparing);
  comparing.actions = slot_actions<type>();
  comparing.operations = {
      {"copy", [](type& a, type&) { const type copy = a; }},
      {"insert a copy of its own", [](type& a, type&) { a.insert(std::as_const(*a.begin())); }}};
  comparing.actions.resize(1);
  comparing.forbidden = {};
  check_row(comparing);
}

TEST_CASE("re-entrance: gen_arena") {
  using type = snug::gen_arena<intruder>;
  check_row(slot_row<type>());
  reentrance<type> moved = slot_row<type>();
  moved.operations = {{"insert", [](type& a, type&) { a.emplace(5); }},
                      {"erase", [](type& a, type&) { a.erase(a.begin()); }}};
  moved.actions = {{"move", [](type& a, type& b) { b = std::move(a); }},
                   {"swap", [](type& a, type& b) { a.swap(b); }}};
  moved.forbidden = each({"insert", "erase"}, {"move", "swap"});
  check_row(moved);
}

TEST_CASE("re-entrance: gen_arena, an argument of an aggregate") {
  struct two {
    int a, b;
  };
  using type = snug::gen_arena<two>;
  // Inserts, erases, or throws, where it becomes a field: in the middle of an insertion.
  struct argument {
    type* in;
    std::vector<type::handle>* made;
    int value;
    operator int() const {
      if (made->size() < 200) made->push_back(in->emplace(value, value));
      if (made->size() % 3 == 0) in->erase((*made)[made->size() / 2]);
      if (made->size() % 7 == 0) {
        made->push_back(in->emplace(value, value));
        throw value;
      }
      return value;
    }
  };
  type arena;
  std::vector<type::handle> inner, outer;
  for (int i = 0; i < 300; ++i) {
    try {
      const argument one{&arena, &inner, i};
      outer.push_back(arena.emplace(one, one));
      CHECK(arena.get(outer.back())->a == i);
    } catch (int) {
    }
  }
  std::size_t alive = 0;
  for (const auto& h : inner) alive += arena.contains(h) ? 1 : 0;
  for (const auto& h : outer) alive += arena.contains(h) ? 1 : 0;
  CHECK(outer.size() > 100);
  CHECK(alive == arena.size());
  for (const two& one : arena) {
    CHECK(one.a == one.b);
    --alive;
  }
  CHECK(alive == 0);
}

TEST_CASE("re-entrance: secondary_map") {
  const without_moves now;
  using handle = snug::slot_handle<int>;
  using type = snug::secondary_map<handle, intruder>;
  const reentrance<type> row{
      .make =
          [](int value) {
            auto* const made = new type;
            for (std::uint32_t i = 0; i < 3; ++i) made->insert_or_assign(handle(i, 1), value);
            return made;
          },
      .operations = {{"insert", [](type& a, type&) { a.insert_or_assign(handle(9, 1), 5); }},
                     {"replace", [](type& a, type&) { a.insert_or_assign(handle(1, 3), 5); }},
                     {"erase", [](type& a, type&) { a.erase(handle(1, 1)); }},
                     {"extract", [](type& a, type&) { (void)a.extract(handle(1, 1)); }},
                     {"erase_stale",
                      [](type& a, type&) { a.erase_stale(snug::slot_map<int, int>()); }},
                     {"clear", [](type& a, type&) { a.clear(); }},
                     {"move assignment", [](type& a, type& b) { a = std::move(b); }},
                     {"destroy", [](type&, type&) {}}},
      .actions = {{"look",
                   [](type& a, type&) {
                     for (auto e : a) e.value.value();
                   }},
                  {"insert", [](type& a, type&) { a.insert_or_assign(handle(70, 1), 9); }},
                  {"replace", [](type& a, type&) { a.insert_or_assign(handle(1, 5), 9); }},
                  {"erase", [](type& a, type&) { a.erase(handle(2, 1)); }},
                  {"clear", [](type& a, type&) { a.clear(); }}}};
  check_row(row);
  auto copying = row;
  copying.make = [row](int value) {
    auto* const made = row.make(value);
    made->insert_or_assign(handle(3, 1), value);  // so that one more fits
    made->erase(handle(3, 1));
    return made;
  };
  copying.operations = {{"copy", [](type& a, type&) { const type copy = a; }}};
  copying.actions = {{"insert", [](type& a, type&) { a.insert_or_assign(handle(3, 1), 9); }}};
  copying.forbidden = {"copy/insert"};
  check_row(copying);
}

// --- lru_cache.hpp

namespace {
// Comes back when it hashes and when it is told of a removal.
struct tells {
  template <class K>
  void operator()(K&&, intruder&&, snug::removal) const {
    events::happen();
  }
};
struct weighs {
  template <class K>
  std::uint64_t operator()(const K&, const intruder& v) const {
    events::happen();
    return static_cast<std::uint64_t>(v.value() % 2 + 1);
  }
};
// Keys that come back when they are made and destroyed, by functions that do not.
struct quiet_hash {
  std::size_t operator()(const intruder& key) const {
    return static_cast<std::size_t>(key.value());
  }
};
struct same_key {
  static int number(int key) { return key; }
  static int number(const intruder& key) { return key.value(); }
  template <class A, class B>
  bool operator()(const A& a, const B& b) const {
    return number(a) == number(b);
  }
};
template <class Cache>
reentrance<Cache> cache_row() {
  return {
      .make =
          [](int value) {
            Cache* made = nullptr;
            if constexpr (std::is_constructible_v<Cache, std::size_t, std::uint64_t>) {
              made = new Cache(3, std::uint64_t{4});
            } else {
              made = new Cache(3);
            }
            for (int i = 0; i < 3; ++i) made->put(i, intruder(value));
            return made;
          },
      .operations =
          {{"put",
            [](Cache& a, Cache&) {
              // What it returns is in this cache, or nothing.
              const intruder* const placed = a.put(7, intruder(5));
              bool found = placed == nullptr;
              for (auto e : a) found = found || std::addressof(e.value) == placed;
              if (!found) std::abort();
            }},
           {"replace", [](Cache& a, Cache&) { a.put(1, intruder(5)); }},
           {"try_emplace", [](Cache& a, Cache&) { a.try_emplace(7, 5); }},
           {"get_or_add", [](Cache& a, Cache&) { a.get_or_add(7, [](int) { return 5; }); }},
           {"get_or_make", [](Cache& a, Cache&) { a.get_or_make(7, [](int) { return 5; }); }},
           {"erase", [](Cache& a, Cache&) { a.erase(1); }},
           {"erase_if",
            [](Cache& a, Cache&) {
              a.erase_if([](const auto& k, const intruder&) { return same_key()(k, 1) == false; });
            }},
           {"pop_oldest", [](Cache& a, Cache&) { a.pop_oldest(); }},
           {"clear", [](Cache& a, Cache&) { a.clear(); }},
           {"set_max_weight", [](Cache& a, Cache&) { a.set_max_weight(1); }},
           {"set_max_entries", [](Cache& a, Cache&) { a.set_max_entries(1); }},
           {"get_if",
            [](Cache& a, Cache&) { (void)a.get_if(1, [](const intruder&) { return false; }); }},
           {"move assignment", [](Cache& a, Cache& b) { a = std::move(b); }},
           {"destroy", [](Cache&, Cache&) {}}},
      .actions = {{"look",
                   [](Cache& a, Cache&) {
                     std::size_t n = 0;
                     for (auto e : a) n += e.value.value() >= 0;
                     if (n != a.size()) std::abort();
                   }},
                  {"get", [](Cache& a, Cache&) { (void)a.get(1); }},
                  {"put", [](Cache& a, Cache&) { a.put(9, intruder(9)); }},
                  {"put the same", [](Cache& a, Cache&) { a.put(7, intruder(9)); }},
                  {"erase",
                   [](Cache& a, Cache&) {
                     a.erase(7);
                     a.pop_oldest();
                   }},
                  {"clear", [](Cache& a, Cache&) { a.clear(); }},
                  {"resize", [](Cache& a, Cache&) { a.set_max_entries(8); }},
                  {"swap", [](Cache& a, Cache& b) { swap(a, b); }}}};
}
}  // namespace

TEST_CASE("re-entrance: lru_cache") {
  const without_moves now;
  using plain = snug::lru_cache<int, intruder>;
  auto row = cache_row<plain>();
  // The entry's place is in the memory that would go.
  row.forbidden = each({"try_emplace", "get_or_make"}, {"resize", "swap"});
  check_row(row);
  using watched =
      snug::lru_cache<int, intruder, snug::lru_hash<int>, std::equal_to<>, weighs, tells>;
  auto told = cache_row<watched>();
  told.forbidden = each({"put", "try_emplace", "get_or_add", "get_or_make"}, {"resize", "swap"});
  check_row(told);
  using keyed = snug::lru_cache<intruder, intruder, quiet_hash, same_key, weighs, tells>;
  auto keys = cache_row<keyed>();
  keys.forbidden = told.forbidden;
  // The copy of a key, for the callback, must not end that key; and these make keys to compare
  // with.
  std::erase_if(keys.operations, [](const auto& o) {
    return std::set<std::string>{"replace", "erase", "get_if"}.contains(o.name);
  });
  check_row(keys);
  keys.operations = {{"replace", [](keyed& a, keyed&) { a.put(1, intruder(5)); }}};
  keys.actions.resize(1);
  keys.forbidden = {};
  check_row(keys);
}

TEST_CASE("re-entrance: lru_cache, hash and equality") {
  const without_moves now;
  using type = snug::lru_cache<intruder, int>;
  const reentrance<type> row{
      .make =
          [](int value) {
            auto* const made = new type(3);
            for (int i = 0; i < 3; ++i) made->put(intruder(value + i), i);
            return made;
          },
      .operations = {{"get",
                      [](type& a, type&) {
                        const intruder key(1);
                        (void)a.get(key);
                      }},
                     {"put",
                      [](type& a, type&) {
                        const intruder key(2);
                        a.put(key, 7);
                      }}},
      .actions = {{"look",
                   [](type& a, type&) {
                     for (auto e : a) e.key.value();
                   }},
                  {"peek", [](type& a, type&) { (void)a.contains(intruder(2)); }}}};
  check_row(row);
  // An equality that changes the cache.
  auto changing = row;
  changing.operations.resize(1);
  changing.actions = {{"clear", [](type& a, type&) { a.clear(); }},
                      {"put", [](type& a, type&) { a.put(intruder(77), 1); }},
                      {"swap", [](type& a, type& b) { a.swap(b); }},
                      {"move", [](type& a, type&) { const type taken = std::move(a); }},
                      {"resize", [](type& a, type&) { a.set_max_entries(7); }}};
  changing.forbidden = each({"get"}, {"clear", "put", "swap", "move", "resize"});
  check_row(changing);
}

// --- soa_vector.hpp

namespace {
struct row {
  int number;
  intruder field;
};
template <class Vector>
reentrance<Vector> rows() {
  return {.make =
              [](int value) {
                auto* const made = new Vector;
                for (int i = 0; i < 3; ++i) made->emplace_back(i, value);
                return made;
              },
          .operations = {{"emplace_back", [](Vector& a, Vector&) { a.emplace_back(1, 5); }},
                         {"push_back", [](Vector& a, Vector&) { a.push_back(row{1, 5}); }},
                         {"pop_back", [](Vector& a, Vector&) { a.pop_back(); }},
                         {"swap_erase", [](Vector& a, Vector&) { a.swap_erase(0); }},
                         {"drop", [](Vector& a, Vector&) { a.resize(1, row{1, 1}); }},
                         {"clear", [](Vector& a, Vector&) { a.clear(); }},
                         {"move assignment", [](Vector& a, Vector& b) { a = std::move(b); }},
                         {"destroy", [](Vector&, Vector&) {}}},
          .actions = {{"look",
                       [](Vector& a, Vector&) {
                         for (auto r : a) r.template get<1>().value();
                       }},
                      {"add", [](Vector& a, Vector&) { a.emplace_back(9, 9); }},
                      {"add many",
                       [](Vector& a, Vector&) {
                         for (int i = 0; i < 50; ++i) a.emplace_back(9, 9);
                       }},
                      {"clear", [](Vector& a, Vector&) { a.clear(); }}}};
}
}  // namespace

TEMPLATE_TEST_CASE("re-entrance: soa_vector and aosoa_vector", "", snug::soa_vector<row>,
                   (snug::aosoa_vector<row, 4>)) {
  const without_moves now;
  check_row(rows<TestType>());
  auto comparing = rows<TestType>();
  comparing.operations = {
      {"sort_by", [](TestType& a, TestType&) { a.template sort_by<&row::field>(); }}};
  comparing.forbidden = each({"sort_by"}, {"add", "add many", "clear"});
  check_row(comparing);
  comparing.operations = {
      {"copy", [](TestType& a, TestType&) { const TestType copy = a; }},
      {"push_back a copy of its own", [](TestType& a, TestType&) { a.push_back(a[0]); }},
      {"grow", [](TestType& a, TestType&) { a.resize(100, row{1, 1}); }},
      {"compare", [](TestType& a, TestType& b) { (void)(a == b || a < b); }}};
  comparing.actions.resize(1);
  comparing.forbidden = {};
  check_row(comparing);
}

// --- intrusive_list.hpp

namespace {
template <bool Checked>
struct linked : snug::list_hook<snug::default_tag, Checked>,
                snug::slist_hook<snug::default_tag, Checked> {
  explicit linked(int n) : value(n) {}
  int value;
};
template <class List, class Element>
struct owning_list {
  List list;
  explicit owning_list(int n) {
    for (int i = 0; i < 4; ++i) list.push_back(*new Element(n + i / 2));
  }
  ~owning_list() {
    list.clear_and_dispose([](Element& e) { delete std::addressof(e); });
  }
};
template <class Element>
void dispose(Element& e) {
  events::happen();
  delete std::addressof(e);
  events::happen();
}
template <template <class, class, bool> class ListOf, bool Checked>
void check_list() {
  using Element = linked<Checked>;
  using List = ListOf<Element, snug::default_tag, Checked>;
  using type = owning_list<List, Element>;
  const reentrance<type> disposing{
      .make = [](int value) { return new type(value); },
      .operations = {{"clear_and_dispose",
                      [](type& a, type&) { a.list.clear_and_dispose(dispose<Element>); }},
                     {"remove_and_dispose_if",
                      [](type& a, type&) {
                        a.list.remove_and_dispose_if([](const Element& e) { return e.value == 1; },
                                                     dispose<Element>);
                      }}},
      .actions = {
          {"look",
           [](type& a, type&) {
             std::size_t n = 0;
             for (const Element& e : a.list) n += e.value > 0;
             if (n != a.list.size()) std::abort();
           }},
          {"add at the end", [](type& a, type&) { a.list.push_back(*new Element(9)); }},
          {"add at the front", [](type& a, type&) { a.list.push_front(*new Element(8)); }}}};
  check_row(disposing);
  // Comparisons read.
  reentrance<type> comparing = disposing;
  comparing.operations = {{"sort", [](type& a, type&) {
                             a.list.sort([](const Element& x, const Element& y) {
                               events::happen();
                               return x.value > y.value;
                             });
                           }}};
  if (Checked) {
    comparing.actions = {{"add", [](type& a, type&) { a.list.push_back(*new Element(9)); }},
                         {"erase", [](type& a, type&) { a.list.pop_front(); }}};
    comparing.forbidden = each({"sort"}, {"add", "erase"});
    check_row(comparing);
  }
  reentrance<type> predicate = disposing;
  predicate.operations = {{"remove_if", [](type& a, type&) {
                             a.list.remove_if([](const Element&) {
                               events::happen();
                               return false;
                             });
                           }}};
  predicate.actions.resize(1);
  check_row(predicate);
}
}  // namespace

TEST_CASE("re-entrance: intrusive_list and intrusive_slist") {
  check_list<snug::intrusive_list, false>();
  check_list<snug::intrusive_list, true>();
  check_list<snug::intrusive_slist, false>();
  check_list<snug::intrusive_slist, true>();
}

// --- arena.hpp

TEST_CASE("re-entrance: arena") {
  using type = snug::arena;
  const auto fill = [](type& a) {
    a.create<intruder>(1);
    a.create_array<intruder>(2);
  };
  check_row(reentrance<type>{
      .make =
          [fill](int) {
            auto* const made = new type;
            fill(*made);
            return made;
          },
      .operations = {{"create", [](type& a, type&) { a.create<intruder>(5); }},
                     {"create_array", [](type& a, type&) { a.create_array<intruder>(3); }},
                     {"copy",
                      [](type& a, type&) {
                        const std::vector<intruder> two(2, 1);
                        a.copy(two);
                      }},
                     {"reset", [](type& a, type&) { a.reset(); }},
                     {"scope",
                      [fill](type& a, type&) {
                        const type::scope scope(a);
                        fill(a);
                      }},
                     {"move assignment", [](type& a, type& b) { a = std::move(b); }},
                     {"destroy", [](type&, type&) {}}},
      .actions = {{"look", [](type& a, type&) { (void)(a.used() + a.owns(&a)); }},
                  {"create", [](type& a, type&) { a.create<intruder>(9); }},
                  {"allocate much", [](type& a, type&) { (void)a.allocate(100000); }},
                  {"scope",
                   [fill](type& a, type&) {
                     const type::scope scope(a);
                     fill(a);
                   }},
                  {"reset", [](type& a, type&) { a.reset(); }}},
      .forbidden =
          each({"create", "create_array", "copy", "reset", "scope", "destroy"}, {"reset"})});
  // What is copied as bytes may still be made by code; and what would take the memory away.
  struct hasty {
    int value;
    explicit hasty(int v) : value(v) { events::happen(); }
    hasty() : hasty(1) {}
  };
  static_assert(std::is_trivially_copyable_v<hasty>);
  check_row(reentrance<type>{
      .make = [](int) { return new type; },
      .operations = {{"create", [](type& a, type&) { a.create<hasty>(5); }},
                     {"create_array", [](type& a, type&) { a.create_array<hasty>(3); }},
                     {"scope",
                      [fill](type& a, type&) {
                        const type::scope scope(a);
                        fill(a);
                      }}},
      .actions = {{"reset", [](type& a, type&) { a.reset(); }},
                  {"move", [](type& a, type&) { const type taken = std::move(a); }},
                  {"swap", [](type& a, type& b) { b.swap(a); }}},
      .forbidden = each({"create", "create_array", "scope"}, {"reset", "move", "swap"})});
}

TEST_CASE("re-entrance: arena_allocator and arena_resource") {
  // An element that allocates from the arena whose container makes it.
  snug::arena memory;
  struct grows {
    std::vector<int, snug::arena_allocator<int>> numbers;
    explicit grows(snug::arena& a) : numbers(3, 7, snug::arena_allocator<int>(a)) {}
  };
  std::vector<grows, snug::arena_allocator<grows>> all((snug::arena_allocator<grows>(memory)));
  for (int i = 0; i < 100; ++i) all.emplace_back(memory);
  CHECK(all[50].numbers[2] == 7);
  snug::arena_resource resource(memory);
  std::pmr::vector<std::pmr::string> texts(&resource);
  for (int i = 0; i < 100; ++i) texts.emplace_back("a text that is long enough for the heap");
  CHECK(texts[50].size() == 39);
}

// --- interner.hpp

namespace {
struct asking_hash {
  std::size_t operator()(std::string_view text) const {
    events::happen();
    return std::hash<std::string_view>()(text);
  }
};
}  // namespace

TEST_CASE("re-entrance: sync_interner: the function of for_each interns") {
  snug::sync_interner words;
  words.intern("word");
  words.for_each([&](snug::symbol s, std::string_view text) {
    words.intern(std::string(text) + " and another");
    CHECK(words.find(text) == s);
  });
  CHECK(words.size() == 2);
}

TEST_CASE("re-entrance: interner") {
  using type = snug::basic_interner<snug::detail::plain_atomics, 1, asking_hash>;
  const auto fill = [](type& a, int from, int to) {
    for (int i = from; i < to; ++i) a.intern("word " + std::to_string(i));
  };
  check_row(reentrance<type>{
      .make =
          [fill](int) {
            auto* const made = new type;
            fill(*made, 0, 14);
            return made;
          },
      .operations = {{"intern", [fill](type& a, type&) { fill(a, 14, 16); }},
                     {"for_each",
                      [fill](type& a, type&) {
                        int calls = 0;
                        a.for_each([&](snug::symbol, std::string_view) {
                          if (++calls == 3) fill(a, 20, 40);
                        });
                      }}},
      .actions = {{"look", [](type& a, type&) { a.for_each([](auto, auto) {}); }}}});
  // A hash that adds while the table is made anew is noticed.
  CHECK(ending_of([&] {
          type a;
          fill(a, 0, 15);
          int from = 100;
          events::come_back = [&] {
            events::until = 0;
            fill(a, from, from + 40);
          };
          events::until = 3;
          fill(a, 15, 16);
          return a.size() > 14;
        }) == ending::sentence);
}
