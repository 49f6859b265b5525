#include <snug/intrusive_list.hpp>

#include <algorithm>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "death.hpp"
#include "intrusive_list_ops.hpp"

namespace {

using namespace snug_test;

static_assert(sizeof(snug::list_hook<first_tag, false>) == 2 * sizeof(void*),
              "an unchecked hook is two pointers");
static_assert(sizeof(snug::slist_hook<first_tag, false>) == sizeof(void*),
              "an unchecked single hook is one pointer");
static_assert(sizeof(list_of<false>) == 3 * sizeof(void*), "a list is a hook and a size");
static_assert(std::is_trivially_destructible_v<snug::list_hook<first_tag, false>>,
              "an unchecked hook costs nothing to destroy");
static_assert(!std::is_copy_constructible_v<list_of<false>>, "a list cannot be copied");
static_assert(std::is_nothrow_move_constructible_v<list_of<false>>,
              "a list moves without throwing");
static_assert(std::bidirectional_iterator<list_of<false>::iterator>);
static_assert(std::bidirectional_iterator<list_of<false>::const_iterator>);
static_assert(std::forward_iterator<slist_of<false>::iterator>);
static_assert(std::is_convertible_v<list_of<false>::iterator, list_of<false>::const_iterator>);
static_assert(!std::is_convertible_v<list_of<false>::const_iterator, list_of<false>::iterator>,
              "a const iterator never becomes a mutable one");

using bytes = std::vector<std::uint8_t>;
TEST_CASE("the lists behave like std::list over random operations") {
  auto run = [](void (*operations)(op_stream)) {
    return rc::check([=](const bytes& in) { operations({in.data(), in.size()}); });
  };
  CHECK(run(list_operations<false>));
  CHECK(run(list_operations<true>));
  CHECK(run(slist_operations));
}

TEST_CASE("one element is in several lists at once") {
  checked a(1), b(2);
  snug::intrusive_list<checked, first_tag, true> x;
  snug::intrusive_list<checked, second_tag, true> y;
  x.push_back(a);
  x.push_back(b);
  y.push_front(a);
  x.erase(a);
  CHECK(y.contains(a));
  CHECK_FALSE(x.contains(a));
  x.clear();
  y.clear();
}

TEST_CASE("elements of a list may be sorted, rotated and erased in their vector") {
  std::vector<checked> nodes;
  list_of<true> list;
  for (int v : {5, 3, 9, 1, 7, 3}) nodes.emplace_back(v);
  for (auto& n : nodes) list.push_back(n);
  std::sort(nodes.begin(), nodes.end());
  CHECK(values(list) == std::vector<int>{5, 3, 9, 1, 7, 3});
  nodes.reserve(nodes.capacity() + 1);  // a reallocation
  CHECK(values(list) == std::vector<int>{5, 3, 9, 1, 7, 3});
  std::swap(nodes[0], nodes[1]);
  CHECK(whole(list));
  list.erase(nodes[2]);
  nodes.erase(nodes.begin() + 2);
  CHECK(list.size() == 5);
  CHECK(whole(list));
  auto copy = nodes[0];
  CHECK_FALSE(static_cast<snug::list_hook<first_tag, true>&>(copy).is_linked());
  copy = nodes[1];
  CHECK_FALSE(list.contains(copy));
  list.clear();
}

TEST_CASE("neighbours exchange their places when they are assigned to each other") {
  plain a(1), b(2), c(3);
  list_of<false> list;
  for (auto* n : {&a, &b, &c}) list.push_back(*n);
  a = std::move(b);  // a takes the second place, b the first
  CHECK(&list.front() == &b);
  CHECK(&*std::next(list.begin()) == &a);
  CHECK(whole(list));
  auto& same = a;
  a = std::move(same);
  CHECK(whole(list));
}

TEST_CASE("sort is stable") {
  std::vector<std::unique_ptr<checked>> nodes;
  list_of<true> list;
  for (int i = 0; i < 100; ++i)
    nodes.push_back(std::make_unique<checked>((i * 37) % 10 * 1000 + i));
  for (auto& n : nodes) list.push_back(*n);
  auto expected = values(list);
  auto by_thousands = [](int a, int b) { return a / 1000 < b / 1000; };
  std::sort(expected.begin(), expected.end());  // the place of insertion is in the low digits
  list.sort([&](const checked& a, const checked& b) { return by_thousands(a.value, b.value); });
  CHECK(values(list) == expected);
  CHECK(whole(list));
  list.clear();
}

// A comparator that throws at its k-th call.
struct throws_at {
  int* left;
  bool operator()(const checked& a, const checked& b) const {
    if ((*left)-- == 0) throw 42;
    return a.value < b.value;
  }
};

TEST_CASE("a comparator that throws at any call leaves every element in a list") {
  for (int k = 0; k < 60; ++k) {
    std::vector<checked> nodes;
    for (int i = 0; i < 13; ++i) nodes.emplace_back((i * 7) % 13);
    list_of<true> list, other;
    slist_of<true> singly;
    for (auto& n : nodes) (n.value % 2 ? list : other).push_back(n);
    for (auto& n : nodes) singly.push_back(n);
    auto all = [&] {
      auto v = values(list);
      auto w = values(other);
      v.insert(v.end(), w.begin(), w.end());
      std::sort(v.begin(), v.end());
      return v;
    };
    auto before = all();
    int left = k;
    try {
      list.sort(throws_at{&left});
      other.sort(throws_at{&left});
      list.merge(other, throws_at{&left});
      CHECK(std::is_sorted(list.begin(), list.end()));
    } catch (int) {
    }
    CHECK(all() == before);
    CHECK((whole(list) && whole(other)));
    left = k;
    try {
      singly.sort(throws_at{&left});
      CHECK(std::is_sorted(singly.begin(), singly.end()));
    } catch (int) {
    }
    auto v = values(singly);
    CHECK(v.size() == 13);
    CHECK((left < 0 || std::is_sorted(v.begin(), v.end())));
    std::sort(v.begin(), v.end());
    CHECK(std::adjacent_find(v.begin(), v.end()) == v.end());
    list.clear();
    other.clear();
    singly.clear();
  }
}

TEST_CASE("clear_and_dispose unlinks an element before it is destroyed") {
  list_of<true> list;
  slist_of<true> singly;
  for (int i = 0; i < 5; ++i) {
    auto* n = new checked(i);
    if (i % 2)
      list.push_back(*n);
    else
      singly.push_back(*n);
  }
  list.clear_and_dispose([](checked& n) { delete &n; });
  singly.clear_and_dispose([](checked& n) { delete &n; });
  CHECK((list.empty() && singly.empty()));
}

TEST_CASE("a moved list takes its elements along, the old one is empty and usable") {
  checked a(1), b(2);
  list_of<true> x;
  x.push_back(a);
  auto it = x.begin();
  list_of<true> y = std::move(x);
  CHECK(x.empty());
  CHECK(&*it == &a);
  x.push_back(b);
  y.erase(a);
  y = std::move(x);
  CHECK(values(y) == std::vector<int>{2});
  y.clear();
}

TEST_CASE("checked hooks stop the program at the mistake") {
  CHECK(dies_with("already in a list", [] {
    checked a;
    list_of<true> x;
    x.push_back(a);
    x.push_back(a);
  }));
  CHECK(dies_with("already in a list", [] {
    checked a;
    list_of<true> x, y;
    x.push_back(a);
    y.push_back(a);
  }));
  CHECK(dies_with("element of another list", [] {
    checked a, b;
    list_of<true> x, y;
    x.push_back(a);
    y.push_back(b);
    y.erase(a);
  }));
  CHECK(dies_with("in no list", [] {
    checked a;
    list_of<true> x;
    x.erase(a);
  }));
  CHECK(dies_with("erased end() or popped an empty list", [] {
    list_of<true> x;
    x.pop_front();
  }));
  CHECK(dies_with("destroyed while linked", [] {
    list_of<true> x;
    {
      checked a;
      x.push_back(a);
    }
  }));
  CHECK(dies_with("list destroyed while it has elements", [] {
    checked a;
    list_of<true> x;
    x.push_back(a);
  }));
  CHECK(dies_with("position belongs to another list", [] {
    checked a, b;
    list_of<true> x, y;
    x.push_back(a);
    y.insert(x.begin(), b);
  }));
  CHECK(dies_with("already in a list", [] {
    checked a;
    slist_of<true> x;
    x.push_back(a);
    x.push_front(a);
  }));
  CHECK(dies_with("behind the last element", [] {
    slist_of<true> x;
    x.pop_front();
  }));
}

TEST_CASE("negative control: correct use of checked hooks does not stop the program") {
  CHECK_FALSE(dies_with("", [] {
    checked a;
    list_of<true> x;
    x.push_back(a);
    x.clear();
  }));
}

constexpr int sum_at_compile_time() {
  struct item : snug::list_hook<> {
    int v = 0;
  };
  item items[3];
  for (int i = 0; i < 3; ++i) items[i].v = i + 1;
  snug::intrusive_list<item> list;
  for (auto& i : items) list.push_front(i);
  list.sort([](const item& a, const item& b) { return a.v < b.v; });
  list.erase(items[1]);
  int sum = 0;
  for (auto& i : list) sum = sum * 10 + i.v;
  list.clear();
  return sum;
}
static_assert(sum_at_compile_time() == 13, "the whole list works at compile time");

struct job {
  explicit job(int n) : value(n) {}
  int value;
  long long between = 0;
  snug::list_hook<first_tag, true> hook;
  snug::slist_hook<first_tag, true> single;
  snug::list_hook<snug::unsized<second_tag>> free_hook;
  bool operator<(const job& other) const { return value < other.value; }
  bool operator==(const job& other) const { return value == other.value; }
};
using jobs = snug::intrusive_list<job, snug::member<&job::hook>, true>;
using single_jobs = snug::intrusive_slist<job, snug::member<&job::single>, true>;
using free_jobs = snug::intrusive_list<job, snug::member<&job::free_hook>>;

TEST_CASE("the hook may be a data member") {
  std::vector<job> all;
  for (int i = 0; i < 10; ++i) all.emplace_back(i * 7 % 10);
  jobs list;
  single_jobs single;
  list.insert(list.end(), all.begin(), all.end());
  single.insert_after(single.before_begin(), all.begin(), all.end());
  list.sort();
  single.sort();
  CHECK(values(list) == std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(values(single) == values(list));
  CHECK(&*list.iterator_to(all[3]) == &all[3]);
  list.erase(all[3]);
  std::swap(all[0], all[5]);  // the hooks change places with their elements
  CHECK(values(list) == std::vector<int>{0, 2, 3, 4, 5, 6, 7, 8, 9});
  single.clear();
  list.clear();
}

TEST_CASE("an element leaves a list without a size by itself") {
  std::vector<job> all;
  for (int i = 0; i < 5; ++i) all.emplace_back(i);
  free_jobs list;
  for (job& j : all) list.push_back(j);
  CHECK(list.size() == 5);
  all[2].free_hook.unlink();
  all[2].free_hook.unlink();
  CHECK(values(list) == std::vector<int>{0, 1, 3, 4});
  CHECK(list.size() == 4);
  free_jobs other;
  other.splice(other.end(), list, ++list.begin(), list.end());
  all[0].free_hook.unlink();
  CHECK((list.empty() && other.size() == 3));
  CHECK(other.remove_if([](const job& j) { return j.value == 3; }) == 1);
  other.clear();

  struct waiting : snug::list_hook<snug::unsized<first_tag>, true> {};
  snug::intrusive_list<waiting, snug::unsized<first_tag>, true> checked_list;
  {
    waiting w;
    checked_list.push_back(w);
    w.unlink();
    checked_list.push_back(w);
    w.unlink();
  }
  CHECK(checked_list.empty());
}

TEST_CASE("ranges are inserted and assigned, neighbours made unique, elements disposed of") {
  std::vector<std::unique_ptr<checked>> owned;
  auto make = [&](std::initializer_list<int> numbers) {
    std::vector<std::reference_wrapper<checked>> out;
    for (int n : numbers) out.emplace_back(*owned.emplace_back(std::make_unique<checked>(n)));
    return out;
  };
  auto drop = [&](checked& n) {
    std::erase_if(owned, [&](const auto& o) { return o.get() == &n; });
  };
  auto same = [](const checked& a, const checked& b) { return a.value == b.value; };
  list_of<true> list;
  auto first = make({1, 1, 2, 2, 2, 3, 1, 1}), second = make({8, 9});
  list.insert(list.end(), first.begin(), first.end());
  list.insert(++list.begin(), second.begin(), second.end());
  CHECK(values(list) == std::vector<int>{1, 8, 9, 1, 2, 2, 2, 3, 1, 1});
  CHECK(list.unique(same) == 3);
  CHECK(values(list) == std::vector<int>{1, 8, 9, 1, 2, 3, 1});
  CHECK(list.remove_and_dispose_if([](const checked& n) { return n.value == 1; }, drop) == 3);
  CHECK(values(list) == std::vector<int>{8, 9, 2, 3});
  CHECK(list.erase_and_dispose(list.begin(), drop)->value == 9);
  list.erase_and_dispose(list.begin(), std::prev(list.end()), drop);
  CHECK(values(list) == std::vector<int>{3});
  auto third = make({5, 5, 5});
  list.assign(third.begin(), third.end());
  CHECK(list.unique_and_dispose(same, drop) == 2);
  CHECK(list.size() == 1);
  list.clear_and_dispose(drop);

  slist_of<true> single;
  auto fourth = make({1, 1, 2, 2, 7}), fifth = make({2, 3, 9});
  auto last = single.insert_after(single.before_begin(), fourth.begin(), fourth.end());
  CHECK(last->value == 7);
  CHECK(single.unique(same) == 2);
  slist_of<true> other;
  other.insert_after(other.before_begin(), fifth.begin(), fifth.end());
  single.merge(other);
  single.merge(single);
  CHECK(values(single) == std::vector<int>{1, 2, 2, 3, 7, 9});
  CHECK(&single.back() == &fifth[2].get());
  CHECK(single.remove_and_dispose_if([](const checked& n) { return n.value > 2; }, drop) == 3);
  CHECK((values(single) == std::vector<int>{1, 2, 2} && single.back().value == 2));
  CHECK(single.unique_and_dispose(same, drop) == 1);
  CHECK((values(single) == std::vector<int>{1, 2} && single.back().value == 2));
  auto sixth = make({4, 5, 6});
  single.assign(sixth.begin(), sixth.end());
  CHECK((values(single) == std::vector<int>{4, 5, 6} && single.back().value == 6));
  CHECK(single.erase_after_and_dispose(single.before_begin(), drop)->value == 5);
  CHECK(single.erase_after_and_dispose(single.begin(), drop) == single.end());
  CHECK((values(single) == std::vector<int>{5} && single.back().value == 5));
  single.clear();
}

TEST_CASE("a list that is spliced, merged, moved or swapped into itself is as it was") {
  std::vector<checked> all;
  for (int i = 0; i < 6; ++i) all.emplace_back(i);
  list_of<true> list;
  slist_of<true> single;
  for (auto& n : all) {
    list.push_back(n);
    single.push_back(n);
  }
  const std::vector<int> before = values(list);
  list.splice(list.begin(), list);
  list.merge(list);
  list.swap(list);
  auto& alias = list;
  list = std::move(alias);
  for (auto at = list.begin(); at != list.end(); ++at) list.splice(at, list, at);
  list.splice(list.begin(), list, list.begin(), list.end());
  list.splice(list.end(), list, list.begin(), list.end());
  CHECK(values(list) == before);
  auto second = ++list.begin(), fourth = std::next(list.begin(), 3);
  list.splice(fourth, list, second, fourth);
  CHECK(values(list) == before);
  list.splice(list.begin(), list, second, fourth);
  CHECK(values(list) == std::vector<int>{1, 2, 0, 3, 4, 5});
  CHECK(list.size() == 6);
  single.splice_after(single.begin(), single);
  for (auto at = single.begin(); std::next(at) != single.end(); ++at) {
    single.splice_after(at, single, at);
    single.splice_after(std::next(at), single, at);
  }
  single.swap(single);
  CHECK((values(single) == before && single.size() == 6));
  CHECK(dies_with("splice into the range that moves",
                  [&] { list.splice(++list.begin(), list, list.begin(), list.end()); }));
  list.clear();
  single.clear();
}

TEST_CASE("a second insertion is noticed in every checked build, whatever the hooks") {
#if SNUG_CHECKED
  plain a(1), b(2);
  list_of<false> list;
  slist_of<false> single;
  CHECK(dies_with("already in a list", [&] {
    list.push_back(a);
    list.push_back(b);
    list.push_front(a);
  }));
  CHECK(dies_with("already in a list", [&] {
    list.push_back(a);
    list.insert(list.begin(), a);
  }));
  CHECK(dies_with("already in a list", [&] {
    single.push_back(a);
    single.push_back(b);
    single.push_front(a);
  }));
  CHECK(dies_with("element that is in no list", [&] { list.erase(a); }));
  CHECK(dies_with("popped an empty list", [&] { list.pop_back(); }));
  CHECK(dies_with("behind the last element", [&] { single.pop_front(); }));
#endif
}

TEST_CASE("predicates and comparisons that change the list end the program") {
  std::vector<checked> all;
  for (int i = 0; i < 6; ++i) all.emplace_back(5 - i);
  list_of<true> list;
  slist_of<true> single;
  for (auto& n : all) {
    list.push_back(n);
    single.push_back(n);
  }
  checked more(9);
  CHECK(dies_with("a comparison of sort() changed the list", [&] {
    list.sort([&](const checked& a, const checked& b) {
      list.push_back(more);
      return a < b;
    });
  }));
  CHECK(dies_with("a comparison of sort() changed the list", [&] {
    list.sort([&](const checked& a, const checked& b) {
      list.erase(all[2]);
      return a < b;
    });
  }));
  CHECK(dies_with("a predicate unlinked its element", [&] {
    list.remove_if([&](const checked& n) {
      list.erase(const_cast<checked&>(n));
      return false;
    });
  }));
  CHECK(dies_with("a predicate changed the list", [&] {
    single.remove_if([&](const checked&) {
      single.pop_front();
      return false;
    });
  }));
  // Others than its element may go.
  CHECK(list.remove_if([&](const checked& n) {
    if (n.value == 5) list.erase(all[1]);
    return n.value % 2 == 1;
  }) == 3);
  CHECK(values(list) == std::vector<int>{2, 0});
  list.clear();
  single.clear();
}

}  // namespace
