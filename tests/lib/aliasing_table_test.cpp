// Aliasing: the argument of a change lives inside of the object that is changed: a tree is replaced
// by its own branch, a value by a part of itself, an object by itself.
//
// The names are checked elements (they notice a use after their death without a sanitizer) and long
// enough to live on the heap, so that AddressSanitizer sees them too.
//
// no row: layout.hpp: has constants and no objects.
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
#include <memory_resource>
#include <string>
#include <utility>
#include <vector>

#include "lib/table.hpp"
#include "support/throw_at.hpp"

namespace {

using snug::testing::faults;
using snug::testing::sturdy;
using snug_test::ending;
using snug_test::ending_of;

// A name that knows whether it is alive.
struct name {
  sturdy alive;
  std::string text;
  name(int n) : alive(n), text("a name that is long enough for the heap: " + std::to_string(n)) {}
  int number() const { return text.size() > 41 ? alive.value() : -1; }
};

// A tree whose branches are owned by Tree::owner: 1 has the branches 2 and 3, 2 has 4.
template <class Tree>
typename Tree::owner small_tree() {
  auto four = Tree::make(4);
  auto two = Tree::make(2);
  Tree::branches(two).push_back(std::move(four));
  auto one = Tree::make(1);
  Tree::branches(one).reserve(2);
  Tree::branches(one).push_back(std::move(two));
  Tree::branches(one).push_back(Tree::make(3));
  return one;
}

// All that must go well, whatever owns the branches.
template <class Tree>
void check_tree() {
  constexpr bool is_value = Tree::is_value;
  const long before = faults::objects;
  {
    auto root = small_tree<Tree>();
    root = std::move(Tree::branches(root)[0]);
    CHECK(Tree::number(root) == 2);
    REQUIRE(Tree::branches(root).size() == 1);
    CHECK(Tree::number(Tree::branches(root)[0]) == 4);
  }
  {
    auto root = small_tree<Tree>();
    root = std::move(Tree::branches(Tree::branches(root)[0])[0]);
    CHECK(Tree::number(root) == 4);
    CHECK(Tree::branches(root).empty());
  }
  if constexpr (std::is_copy_assignable_v<typename Tree::owner>) {
    auto root = small_tree<Tree>();
    root = std::as_const(Tree::branches(root)[0]);
    CHECK(Tree::number(root) == 2);
    REQUIRE(Tree::branches(root).size() == 1);
    root = std::as_const(Tree::branches(root)[0]);
    CHECK(Tree::number(root) == 4);
    auto other = small_tree<Tree>();
    // A branch is replaced by the tree that it is in.
    if constexpr (is_value) {
      Tree::branches(other)[1] = std::as_const(other);
      CHECK(Tree::number(Tree::branches(other)[1]) == 1);
      CHECK(Tree::branches(Tree::branches(other)[1]).size() == 2);
    }
  }
  {
    auto root = small_tree<Tree>();
    auto& same = root;
    if constexpr (std::is_copy_assignable_v<typename Tree::owner>) root = std::as_const(same);
    root = std::move(same);
    CHECK(Tree::number(root) == 1);
    CHECK(Tree::branches(root).size() == 2);
    if constexpr (requires { swap(root, same); }) swap(root, same);
    CHECK(Tree::number(root) == 1);
    auto& branches = Tree::branches(root);
    if constexpr (requires { swap(branches[0], branches[1]); }) {
      swap(branches[0], branches[1]);
      CHECK(Tree::number(branches[0]) == 3);
    }
  }
  CHECK(faults::objects == before);
}

}  // namespace

// --- box.hpp
// --------------------------------------------------------------------------------------

namespace {
template <template <class> class Allocator = std::allocator>
struct box_tree {
  static constexpr bool is_value = true;
  struct node {
    name called;
    std::vector<snug::box<node, Allocator<node>>> branches = {};
  };
  using owner = snug::box<node, Allocator<node>>;
  static owner make(int n) { return owner(std::in_place, name(n)); }
  static auto& branches(owner& o) { return o->branches; }
  static int number(owner& o) { return o->called.number(); }
};
// Every box gets an allocator that is equal to no other, and stays or goes.
template <class T, bool Goes>
struct lonely {
  using value_type = T;
  using is_always_equal = std::false_type;
  using propagate_on_container_copy_assignment = std::bool_constant<Goes>;
  using propagate_on_container_move_assignment = std::bool_constant<Goes>;
  using propagate_on_container_swap = std::bool_constant<Goes>;
  inline static int names = 0;
  int number = ++names;
  lonely() = default;
  T* allocate(std::size_t n) {
    T* const memory = std::allocator<T>().allocate(n + 1);
    return memory;
  }
  void deallocate(T* p, std::size_t n) { std::allocator<T>().deallocate(p, n + 1); }
  friend bool operator==(const lonely& a, const lonely& b) { return a.number == b.number; }
};
template <class T>
using staying = lonely<T, false>;
template <class T>
using going = lonely<T, true>;
}  // namespace

TEST_CASE("aliasing: box") {
  check_tree<box_tree<>>();
  check_tree<box_tree<going>>();
  // Boxes whose allocators differ and stay cannot be swapped, so not all of the table.
  using stay = box_tree<staying>;
  auto root = small_tree<stay>();
  root = std::move(root->branches[0]);
  CHECK(root->called.number() == 2);
  root = std::as_const(root->branches[0]);
  CHECK(root->called.number() == 4);
  using in_pool = snug::box<std::string, std::pmr::polymorphic_allocator<std::string>>;
  std::pmr::monotonic_buffer_resource pool;
  in_pool a(std::allocator_arg, &pool, std::in_place, "text"), b("other");
  a = b;
  b = std::move(a);
  CHECK(*b == "other");
}

TEST_CASE("aliasing: box: a part of the value") {
  using tree = box_tree<>;
  auto root = small_tree<tree>();
  root = *root->branches[0];  // the value itself, copied
  CHECK(tree::number(root) == 2);
  root = std::move(*root->branches[0]);
  CHECK(tree::number(root) == 4);
  root = small_tree<tree>();
  root.emplace(*root->branches[0]);
  CHECK(tree::number(root) == 2);
  root.emplace(std::move(*root->branches[0]));
  CHECK(tree::number(root) == 4);
  snug::box<std::string> text("a text that is long enough for the heap");
  text = text->c_str() + 2;
  CHECK(*text == "text that is long enough for the heap");
  text.emplace(*text, 5u);
  CHECK(*text == "that is long enough for the heap");
  snug::box<std::vector<std::vector<int>>> nested(std::in_place, 1u, std::vector<int>{7});
  snug::box<std::vector<int>> row(std::vector<int>(100, 1));
  row = std::vector<int>(row->begin(), row->begin() + 3);
  CHECK(row->size() == 3);
}

// --- rc.hpp
// ---------------------------------------------------------------------------------------

namespace {
template <class Policy>
struct rc_tree {
  static constexpr bool is_value = false;
  struct node {
    name called;
    std::vector<snug::rc<node, Policy>> branches = {};
  };
  using owner = snug::rc<node, Policy>;
  static owner make(int n) { return snug::make_rc<node, Policy>(name(n)); }
  static auto& branches(owner& o) { return o->branches; }
  static int number(owner& o) { return o->called.number(); }
};
struct unique_tree {
  static constexpr bool is_value = false;
  struct node {
    name called;
    std::vector<snug::unique_ref<node>> branches = {};
  };
  using owner = snug::unique_ref<node>;
  static owner make(int n) { return snug::make_unique_ref<node>(name(n)); }
  static auto& branches(owner& o) { return o->branches; }
  static int number(owner& o) { return o->called.number(); }
};
}  // namespace

TEST_CASE("aliasing: rc") {
  check_tree<rc_tree<snug::sync>>();
  check_tree<rc_tree<snug::unsync>>();
  check_tree<rc_tree<snug::no_weak<snug::sync>>>();
  check_tree<rc_tree<snug::no_weak<snug::unsync>>>();
  check_tree<unique_tree>();
  using tree = rc_tree<snug::sync>;
  auto root = small_tree<tree>();
  auto out = snug::try_unwrap(std::move(root->branches[0]));
  REQUIRE(out);
  CHECK(out->called.number() == 2);
  // The only owner of a branch takes the place of the tree in one step.
  root = std::move(*snug::try_unwrap(std::move(root))).branches[1];
  CHECK(tree::number(root) == 3);
  snug::weak_rc<tree::node> weak = root;
  auto& same = weak;
  weak = std::move(same);
  CHECK(weak.lock() == root);
}

TEST_CASE("aliasing: borrow, atomic_rc and enable_rc_from_this") {
  struct node : snug::enable_rc_from_this<node> {
    name called;
    snug::atomic_rc<node> next;
    explicit node(int n) : called(n) {}
  };
  const long before = faults::objects;
  {
    auto root = snug::make_rc<node>(1);
    root->next = snug::make_rc<node>(2);
    root->next.load()->next = snug::make_rc<node>(3);
    root = snug::borrow<node>(root).to_rc();
    root = root->rc_from_this();
    CHECK(root.use_count() == 1);
    root = root->next.load()->rc_from_this();  // owned by what goes
    CHECK(root->called.number() == 2);
    snug::atomic_rc<node> place(root);
    place.store(place.load());
    place = place.load();
    CHECK(place.exchange(place.load()) == root);
    auto expected = place.load();
    CHECK(place.compare_exchange_strong(expected, expected));
    root.reset();
    expected.reset();
    place.store(place.load()->next.load());
    CHECK(place.load()->called.number() == 3);
  }
  CHECK(faults::objects == before);
}

// --- cow.hpp
// --------------------------------------------------------------------------------------

namespace {
struct cow_node {
  name called;
  std::vector<snug::cow<cow_node>> branches;
  cow_node() : called(0) {}
  cow_node(name n, std::vector<snug::cow<cow_node>> b = {})
      : called(std::move(n)), branches(std::move(b)) {}
};
struct cow_tree {
  // branches() is what write() gave: copying the tree while it is held shares it with the copy.
  static constexpr bool is_value = false;
  using node = cow_node;
  using owner = snug::cow<node>;
  static owner make(int n) { return owner(std::in_place, name(n)); }
  static auto& branches(owner& o) { return o.write().branches; }
  static int number(const owner& o) { return o->called.number(); }
};
}  // namespace

TEST_CASE("aliasing: cow") {
  CHECK(cow_tree::owner().read().branches.empty());  // stays: made before the census
  check_tree<cow_tree>();
  auto root = small_tree<cow_tree>();
  root = cow_tree::owner(root->branches[0].read());
  CHECK(cow_tree::number(root) == 2);
  root.write() = cow_tree::node(root->branches[0].read());
  CHECK(cow_tree::number(root) == 4);
  root.write([&](const cow_tree::node& old) { return cow_tree::node{old.called, {root, root}}; },
             [](cow_tree::node& node) { node.called = name(5); });
  CHECK(cow_tree::number(root) == 5);
}

// --- lazy.hpp
// -------------------------------------------------------------------------------------

namespace {
struct lazy_tree {
  static constexpr bool is_value = false;
  struct node;
  struct owner {
    snug::lazy<std::unique_ptr<node>> value;
    node* operator->() {
      return value.get([] { return std::make_unique<node>(); }).get();
    }
  };
  struct node {
    name called = 0;
    std::vector<owner> branches = {};
  };
  static owner make(int n) {
    owner o;
    o->called = name(n);
    return o;
  }
  static auto& branches(owner& o) { return o->branches; }
  static int number(owner& o) { return o->called.number(); }
};
}  // namespace

TEST_CASE("aliasing: lazy") {
  check_tree<lazy_tree>();
  snug::lazy<std::string> text;
  text.set("a text that is long enough for the heap");
  CHECK(!text.set(text.get_if()->substr(2)));
  auto& same = text;
  text = std::as_const(same);
  text = std::move(same);
  CHECK(text.get_if()->size() == 39);
  snug::sync_lazy<std::string> shared;
  shared.set("a text that is long enough for the heap");
  CHECK(!shared.set(shared.get_if()->substr(2)));
  CHECK(shared.get([&] { return *shared.get_if(); }).size() == 39);
  CHECK(*shared.take() == "a text that is long enough for the heap");
}

// --- observer.hpp
// ---------------------------------------------------------------------------------

namespace {
struct watched : snug::observable_value<watched> {
  name called;
  std::unique_ptr<watched> next;
  explicit watched(int n) : called(n) {}
};
struct member_watched {
  name called;
  snug::observable_member<member_watched> observers{this};
  std::unique_ptr<member_watched> next;  // last: assigning it may end the other object
  explicit member_watched(int n) : called(n) {}
};
snug::observer<watched> watch(watched& w) {
  return &w;
}
snug::observer<member_watched> watch(member_watched& w) {
  return w.observers.observe();
}
}  // namespace

TEMPLATE_TEST_CASE("aliasing: observer", "", watched, member_watched) {
  const long before = faults::objects;
  {
    TestType root(1);
    root.next = std::make_unique<TestType>(2);
    root.next->next = std::make_unique<TestType>(3);
    auto first = watch(root), second = watch(*root.next), third = watch(*root.next->next);
    root = std::move(*root.next);  // the object is replaced by one that it owns
    CHECK(!first);
    CHECK(second.get() == &root);
    CHECK(third);
    CHECK(third.get() == root.next.get());
    CHECK(root.called.number() == 2);
    auto& same = root;
    root = std::move(same);
    CHECK(second.get() == &root);
    auto copy = second;
    auto& same_observer = copy;
    copy = std::move(same_observer);
    copy = std::as_const(same_observer);
    swap(copy, same_observer);
    CHECK(copy == second);
  }
  CHECK(faults::objects == before);
}

TEST_CASE("aliasing: observable") {
  struct stays : snug::observable {
    std::unique_ptr<stays> next;
  } root;
  root.next = std::make_unique<stays>();
  const snug::observer<stays> first = &root, second = root.next.get();
  root = std::move(*root.next);  // the value comes, the object that had it goes
  CHECK(first.get() == &root);
  CHECK(!second);
  auto& same = root;
  root = std::move(same);
  CHECK(first.get() == &root);
}

// --- compact_variant.hpp
// --------------------------------------------------------------------------

namespace {
struct variant_tree {
  static constexpr bool is_value = true;
  struct node;
  using owner = snug::compact_variant<int, snug::boxed<node>>;
  struct node {
    name called;
    std::vector<owner> branches = {};
  };
  static owner make(int n) { return node{name(n), {}}; }
  static auto& branches(owner& o) { return o.get<node>().branches; }
  static int number(owner& o) { return o.get<node>().called.number(); }
};
}  // namespace

TEST_CASE("aliasing: compact_variant") {
  check_tree<variant_tree>();
  auto root = small_tree<variant_tree>();
  root = variant_tree::branches(root)[0].get<variant_tree::node>();
  CHECK(variant_tree::number(root) == 2);
  root.emplace<1>(std::move(variant_tree::branches(root)[0].get<variant_tree::node>()));
  CHECK(variant_tree::number(root) == 4);
  using text = snug::compact_variant<std::string, std::vector<std::string>>;
  text t = std::vector<std::string>{"a text that is long enough for the heap", "b"};
  t = t.get<1>()[0];
  CHECK(t.get<std::string>().size() == 39);
  t.emplace<1>(2u, t.get<0>());
  CHECK(t.get<1>()[1].size() == 39);
  t = std::move(t.get<1>()[1]);
  CHECK(t.get<0>().size() == 39);
}

// --- padded.hpp, tracked_ptr.hpp
// ------------------------------------------------------------------

TEST_CASE("aliasing: padded and tracked") {
  snug::padded<std::string> p("a text that is long enough for the heap");
  auto& same = p;
  p = same;
  *p = *p;
  CHECK(p->size() == 39);
  snug::padded_array<std::string, 2> a{*p, "b"};
  a[0] = a[1];
  auto& all = a;
  a = all;
  CHECK(a[0] == "b");
  struct record {
    std::string text = "a text that is long enough for the heap";
  };
  snug::basic_tracked<record, true> r;
  r.write<&record::text>(r.read<&record::text>());
  r.write<&record::text>(r.read<&record::text>().c_str() + 2);
  CHECK(r.get().text.size() == 37);
  snug::basic_tracked_ptr<record, true> pointer = r.ptr();
  auto& same_pointer = pointer;
  pointer = same_pointer;
  pointer.update<&record::text>(
      [&](std::string& t) { t = pointer.read<&record::text>().substr(1); });
  CHECK(r.get().text.size() == 36);
}

TEST_CASE("negative control: the names notice a use after their death") {
  alignas(name) unsigned char memory[sizeof(name)];
  auto* const dead = new (memory) name(1);
  CHECK(dead->number() == 1);
  dead->~name();
  CHECK(ending_of([&] { return dead->alive.value() == 1; }) == ending::broken);
}
