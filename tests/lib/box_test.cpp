#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <snug/box.hpp>

#include <array>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

using snug::box;
using snug::make_box;
using namespace snug::testing;

namespace {

struct incomplete;
struct holder {
  box<incomplete> member;
  holder();
  holder(const holder&);
  ~holder();
};

struct tree {
  int value = 0;
  std::vector<box<tree>> children;
  friend bool operator==(const tree&, const tree&) = default;
};

static_assert(sizeof(box<std::string>) == sizeof(void*), "a box is one pointer");
static_assert(sizeof(box<incomplete>) == sizeof(void*),
              "a box of an incomplete type is one pointer");
static_assert(sizeof(box<fragile, fragile_allocator<fragile>>) == sizeof(void*),
              "an empty allocator is free");
static_assert(std::is_nothrow_move_constructible_v<box<fragile>>, "moving moves the pointer");
static_assert(std::is_nothrow_move_assignable_v<box<fragile>>, "moving moves the pointer");
static_assert(std::is_same_v<decltype(*std::declval<const box<int>&>()), const int&>,
              "constness goes through");
static_assert(std::is_same_v<decltype(std::declval<const box<int>&>().operator->()), const int*>);
static_assert(std::is_same_v<decltype(*std::declval<box<int>>()), int&&>,
              "an rvalue box gives an rvalue");
static_assert(!std::is_convertible_v<int, box<int>>, "boxing allocates, hence is explicit");
struct uncompared {
  int value;
};
static_assert(std::equality_comparable<box<int>> && !std::equality_comparable<box<uncompared>>,
              "a box compares if its value does");
static_assert(!std::is_constructible_v<bool, box<int>>, "there is no null to test for");

// A whole life in a constant expression: the compiler checks it for leaks and undefined behaviour.
static_assert([] {
  box<int> a(1);
  box<int> b = a;
  *b = 2;
  box<int> c = std::move(a);
  a = b;
  swap(a, c);
  const bool ok = *a == 1 && *c == 2 && a < c && c == b && *make_box<int>(7) == 7;
  b = std::move(c);
  return ok && c.valueless_after_move() && c != b && c < b && *b == 2 && b == 2;
}());

// An allocator with an identity, propagating as told.
template <class T, bool Propagates>
struct named_allocator {
  using value_type = T;
  using propagate_on_container_copy_assignment = std::bool_constant<Propagates>;
  using propagate_on_container_move_assignment = std::bool_constant<Propagates>;
  using propagate_on_container_swap = std::bool_constant<Propagates>;
  using is_always_equal = std::false_type;
  int name = 0;

  explicit named_allocator(int n = 0) : name(n) {}
  T* allocate(std::size_t n) {
    ++balance()[static_cast<std::size_t>(name)];
    return std::allocator<T>().allocate(n);
  }
  void deallocate(T* p, std::size_t n) {
    --balance()[static_cast<std::size_t>(name)];
    std::allocator<T>().deallocate(p, n);
  }
  static std::array<long, 3>& balance() {
    static std::array<long, 3> counts{};
    return counts;
  }
  friend bool operator==(const named_allocator& a, const named_allocator& b) {
    return a.name == b.name;
  }
};

struct incomplete {
  int value = 5;
};
holder::holder() = default;
holder::holder(const holder&) = default;
holder::~holder() = default;

struct ordered_tree {
  int value;
  std::vector<box<ordered_tree>> children;
  friend bool operator==(const ordered_tree&, const ordered_tree&) = default;
  friend std::strong_ordering operator<=>(const ordered_tree& a, const ordered_tree& b) {
    if (a.value != b.value) return a.value <=> b.value;
    return a.children <=> b.children;
  }
};

}  // namespace

TEST_CASE("box: a type that is not complete yet can be boxed") {
  holder a;
  a.member->value = 6;
  const holder b = a;
  CHECK(b.member->value == 6);
}

TEST_CASE("box: copies are deep and compare as values") {
  tree a{1, {}};
  a.children.emplace_back(tree{2, {}});
  tree b = a;
  CHECK(a == b);
  b.children[0]->value = 3;
  CHECK(a != b);
  CHECK(a.children[0]->value == 2);
  ordered_tree c{1, {}}, d{1, {}};
  d.children.emplace_back(ordered_tree{1, {}});
  CHECK(c < d);
  CHECK(c != d);
  CHECK(std::hash<box<std::string>>()(box<std::string>("x")) == std::hash<std::string>()("x"));
}

TEST_CASE("box: assigning into a full box allocates nothing", "[heap]") {
  box<std::array<long, 100>> a, b;
  (*b)[7] = 9;
  const auto* const where = &*a;
  const long before = heap::news;
  a = b;
  a = *b;
  CHECK(heap::news == before);
  CHECK(&*a == where);
  CHECK((*a)[7] == 9);
}

TEST_CASE("box: moving takes the pointer, leaves a valueless box that can be given a value again") {
  box<std::string> a("text");
  const auto* const where = &*a;
  const long before = heap::news;
  box<std::string> b = std::move(a);
  CHECK(&*b == where);
  CHECK(heap::news == before);
  CHECK(a.valueless_after_move());
  const box<std::string> copy = a;
  CHECK(copy.valueless_after_move());
  CHECK(std::hash<box<std::string>>()(copy) == 0);
  a = "new";
  CHECK(*a == "new");
  a = std::move(b);
  CHECK(&*a == where);
  box<std::string>& same = a;
  a = same;
  a = std::move(same);
  CHECK(*a == "text");
  b = std::move(a);
  a = b;
  CHECK(*a == "text");
  a = copy;
  CHECK(a.valueless_after_move());
}

TEST_CASE("box: what is replaced is destroyed") {
  const long objects = faults::objects;
  {
    box<sturdy> a(1), b(2);
    a = std::move(b);
    CHECK(faults::objects == objects + 1);
    b = a;
    a.emplace(3);
    a = box<sturdy>(4);
    CHECK(faults::objects == objects + 2);
    // An allocator that stays where it is, and is equal to every other.
    box<sturdy, fragile_allocator<sturdy>> c(5), d(6);
    c = std::move(d);
    CHECK(faults::objects == objects + 3);
    CHECK(c->value() == 6);
  }
  CHECK(faults::objects == objects);
}

TEST_CASE("box: emplace may use the old value") {
  box<std::string> a("ab");
  a.emplace(*a + *a);
  CHECK(*a == "abab");
  const box<std::vector<int>> v(std::in_place, {1, 2, 3});
  CHECK(v->size() == 3);
}

TEST_CASE("box: a type without copy assignment is copied by making a new one") {
  struct constant {
    const int value;
  };
  box<constant> a(constant{1});
  const box<constant> b(constant{2});
  a = b;
  CHECK(a->value == 2);
}

TEMPLATE_TEST_CASE_SIG("box: allocators go or stay as their traits say", "", ((bool P), P), true,
                       false) {
  using alloc = named_allocator<std::string, P>;
  using named = box<std::string, alloc>;
  alloc::balance() = {};
  {
    named a(std::allocator_arg, alloc(1), std::in_place, "a");
    named b(std::allocator_arg, alloc(2), std::in_place, "b");
    a = b;
    CHECK(*a == "b");
    CHECK(a.get_allocator().name == (P ? 2 : 1));
    named c(std::allocator_arg, alloc(1), std::in_place, "c");
    c = std::move(b);
    CHECK(*c == "b");
    CHECK(b.valueless_after_move());
    CHECK(c.get_allocator().name == (P ? 2 : 1));
    named d(std::allocator_arg, alloc(2), c);
    CHECK(d.get_allocator().name == 2);
    if constexpr (P) {
      swap(a, d);
    }
  }
  CHECK(alloc::balance() == std::array<long, 3>{});
}

TEST_CASE("box: random operations do as optional<string> does") {
  CHECK(
      rc::check("model", [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& operations) {
        std::array<box<std::string>, 3> boxes;
        std::array<std::optional<std::string>, 3> model{"", "", ""};
        for (const auto& [what, where] : operations) {
          const std::size_t i = where % 3u, j = where / 3u % 3u;
          switch (what % 7) {
            case 0:
              boxes[i] = boxes[j];
              model[i] = model[j];
              break;
            case 1:
              if (i == j) break;
              boxes[i] = std::move(boxes[j]);
              model[i] = std::exchange(model[j], std::nullopt);
              break;
            case 2:
              boxes[i] = std::to_string(where);
              model[i] = std::to_string(where);
              break;
            case 3:
              swap(boxes[i], boxes[j]);
              std::swap(model[i], model[j]);
              break;
            case 4:
              boxes[i].emplace(where, 'x');
              model[i].emplace(where, 'x');
              break;
            case 5: {
              const box<std::string> copy = boxes[i];
              boxes[j] = copy;
              model[j] = model[i];
              break;
            }
            case 6: {
              box<std::string> taken = std::move(boxes[i]);
              boxes[i] = std::move(taken);
              break;
            }
          }
          for (std::size_t k = 0; k < 3; ++k) {
            RC_ASSERT(boxes[k].valueless_after_move() == !model[k].has_value());
            if (model[k]) RC_ASSERT(*boxes[k] == *model[k]);
            RC_ASSERT((boxes[k] == boxes[i]) == (model[k] == model[i]));
            RC_ASSERT((boxes[k] < boxes[i]) == (model[k] < model[i]));
          }
        }
      }));
}

TEST_CASE("box: wherever something throws, nothing leaks and nothing is lost", "[heap]") {
  using fragile_box = box<fragile, fragile_allocator<fragile>>;
  const auto full = [](int value) { return fragile_box(std::in_place, value); };
  CHECK(throw_at_every_point([&](attempt& attempt) { attempt([&] { full(1); }); }) == 3);
  CHECK(throw_at_every_point([&](attempt& attempt) {
          const fragile_box a = full(1);
          attempt([&] { const fragile_box b = a; });
        }) == 3);
  CHECK(throw_at_every_point([&](attempt& attempt) {
          fragile_box a = full(1);
          const fragile_box b = full(2);
          const bool done = attempt([&] { a = b; });
          CHECK(a->value() == (done ? 2 : 1));
        }) == 3);
  CHECK(throw_at_every_point([&](attempt& attempt) {
          fragile_box a = full(1);
          const fragile_box b = full(2);
          fragile_box gone = std::move(a);
          const bool done = attempt([&] { a = b; });
          CHECK(a.valueless_after_move() == !done);
        }) == 3);
  CHECK(throw_at_every_point([&](attempt& attempt) {
          fragile_box a = full(1);
          const bool done = attempt([&] { a.emplace(2); });
          CHECK(a->value() == (done ? 2 : 1));
        }) == 3);
  CHECK(throw_at_every_point([&](attempt& attempt) {
          fragile_box a = full(1);
          fragile_box b = full(2);
          attempt([&] {
            swap(a, b);
            fragile_box c = std::move(a);
            a = std::move(c);
          });
          CHECK(a->value() == 2);
        }) == 0);
}

TEST_CASE("box: a tree is replaced by its own branch") {
  box<tree> root(tree{1, {}});
  root->children.emplace_back(tree{2, {}});
  root->children[0]->children.emplace_back(tree{3, {}});
  box<tree> copy = root;
  root = std::move(root->children[0]);
  CHECK(root->value == 2);
  CHECK(root->children.size() == 1);
  copy = std::as_const(copy->children[0]);
  CHECK(copy == root);
  copy = *copy->children[0];
  CHECK(copy->value == 3);
}

namespace {
// Looks into its box when it dies; into an empty one it puts another.
struct looks {
  static inline int alive = 0;
  box<looks>* home = nullptr;
  int* seen = nullptr;
  int number = 0;
  explicit looks(int n) : number(n) { ++alive; }
  looks(looks&& o) noexcept : home(std::exchange(o.home, nullptr)), seen(o.seen), number(o.number) {
    ++alive;
  }
  ~looks() {
    --alive;
    if (home == nullptr) return;
    box<looks>& mine = *std::exchange(home, nullptr);
    *seen = mine.valueless_after_move() ? -1 : mine->number;
    if (mine.valueless_after_move()) mine.emplace(9);
  }
};
}  // namespace

TEST_CASE("box: a destructor finds the new value in its box, and none in a box that dies") {
  int seen = 0;
  const auto look_in = [&seen](box<looks>& b) {
    b->home = &b;
    b->seen = &seen;
  };
  {
    box<looks> a(std::in_place, 1), b(std::in_place, 2);
    look_in(a);
    a = std::move(b);
    CHECK(seen == 2);
    look_in(a);
    a.emplace(3);
    CHECK(seen == 3);
    look_in(a);
  }
  CHECK(seen == -1);
  CHECK(looks::alive == 0);  // the one that was put into the dying box, too
}

TEST_CASE("box: assigning a value that throws changes nothing") {
  const auto full = [](int value) { return box<fragile>(std::in_place, value); };
  CHECK(throw_at_every_point([&](attempt& attempt) {
          box<fragile> a = full(1);
          const bool done = attempt([&] { a = fragile(2); });
          CHECK(a->value() == (done ? 2 : 1));
        }) > 1);
  CHECK(throw_at_every_point([&](attempt& attempt) {
          box<fragile> a = full(1);
          const box<fragile> b = full(2);
          const bool done = attempt([&] { a = b; });
          CHECK(a->value() == (done ? 2 : 1));
        }) > 1);
}

TEST_CASE("box: compares with values and other boxes, and prints") {
  const box<int> a(1);
  const box<long> b(2L);
  CHECK(a == 1);
  CHECK(a < 2);
  CHECK(2 > a);
  CHECK(!(a == b));
  box<int> gone(3);
  const box<int> taken = std::move(gone);
  CHECK(gone < 0);
  CHECK(gone != 0);
  std::ostringstream out;
  out << a << box<std::string>("text");
  CHECK(out.str() == "1text");
  CHECK(&format_as(a) == &*a);
  STATIC_REQUIRE(!snug::detail::printable<box<tree>, char, std::char_traits<char>>);
}

TEST_CASE("negative control: the census sees a leak") {
  std::unique_ptr<fragile> kept;
  CHECK_THROWS_AS(throw_at_every_point([&](attempt& attempt) {
                    attempt([&] { kept = std::make_unique<fragile>(1); });
                  }),
                  std::logic_error);
}
