#include <snug/arena.hpp>

#include <cstring>
#include <list>
#include <map>
#include <memory_resource>
#include <ranges>
#include <string>
#include <vector>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "arena_ops.hpp"
#include "death.hpp"
#include "support/failing_new.hpp"
#include "support/throw_at.hpp"

namespace {

using namespace snug_test;
using namespace snug::testing;

static_assert(!std::is_copy_constructible_v<snug::arena>, "an arena cannot be copied");
static_assert(std::is_nothrow_move_constructible_v<snug::arena>, "an arena moves without throwing");
static_assert(!std::is_move_constructible_v<snug::arena::scope>, "a scope stays where it is");

TEST_CASE("random allocations, scopes and rewinds keep their bytes and their order") {
  CHECK(rc::check(
      [](const std::vector<std::uint8_t>& in) { arena_operations({in.data(), in.size()}); }));
}

TEST_CASE("an object without a destructor costs its size rounded up to 8") {
  struct node {
    void* a;
    void* b;
    int c;
  };
  snug::arena memory;
  auto* first = memory.create<node>();
  auto* second = memory.create<node>();
#if !SNUG_ASAN
  CHECK(reinterpret_cast<char*>(first) - reinterpret_cast<char*>(second) == 24);
  CHECK(memory.used() == 48);
#endif
  CHECK((first->a == nullptr && second->c == 0));
}

TEST_CASE("nothing is allocated before the first use, and one block serves many") {
  long before = heap::news;
  snug::arena memory;
  CHECK((!heap::counted || heap::news == before));
  CHECK(memory.reserved() == 0);
  for (int i = 0; i < 30; ++i) memory.create<int>(i);
  CHECK(memory.reserved() == 4096);
}

TEST_CASE("sizes near the end of the address space are refused") {
  snug::arena memory;
  (void)memory.allocate(100);
  for (std::size_t less = 0; less < 64; ++less) {
    CHECK(memory.try_allocate(SIZE_MAX - less) == nullptr);
    CHECK(memory.try_allocate(SIZE_MAX / 2 - less) == nullptr);
  }
  CHECK_THROWS_AS(memory.allocate(SIZE_MAX), std::bad_alloc);
  CHECK_THROWS_AS(memory.create_array<std::uint64_t>(SIZE_MAX / 8 + 2), std::bad_array_new_length);
  CHECK_THROWS_AS(snug::arena_allocator<int>(memory).allocate(SIZE_MAX / 4 + 2),
                  std::bad_array_new_length);
  CHECK(memory.allocate(0) != memory.allocate(0));
}

TEST_CASE("the limit holds, and what was there before stays") {
  snug::arena memory({.first_block = 1024, .max_block = 1024, .limit = 4096});
  std::vector<int*> made;
  while (void* p = memory.try_allocate(sizeof(int), alignof(int))) {
    made.push_back(::new (p) int(int(made.size())));
  }
  CHECK(memory.reserved() == 4096);
  CHECK(made.size() > 100);
  for (std::size_t i = 0; i < made.size(); ++i) REQUIRE(*made[i] == int(i));
  CHECK_THROWS_AS(memory.create<int>(1), std::bad_alloc);
  memory.reset();
  CHECK(memory.reserved() == 1024);
  CHECK(memory.try_allocate(2000) != nullptr);
  CHECK(memory.try_allocate(3000) == nullptr);
}

TEST_CASE("a request that is larger than the limit's rest gets the spare block's share") {
  snug::arena memory({.first_block = 1024, .max_block = 1024, .limit = 2048});
  (void)memory.allocate(100);
  memory.reset();
  CHECK(memory.reserved() == 1024);
  CHECK(memory.try_allocate(1500) != nullptr);
}

TEST_CASE("reset keeps the largest block and gives the others back") {
  snug::arena memory;
  for (int i = 0; i < 10000; ++i) (void)memory.allocate(24);
  (void)memory.allocate(1 << 20);
  memory.reset();
  auto kept = memory.reserved();
  CHECK(kept >= 65536);
  CHECK(kept <= (1 << 20));
  long before = heap::news;
  for (int i = 0; i < 1000; ++i) (void)memory.allocate(24);
  CHECK((!heap::counted || heap::news == before));
  CHECK(memory.reserved() == kept);
}

TEST_CASE("a scope gives large blocks back") {
  snug::arena memory;
  (void)memory.allocate(10);
  (void)memory.allocate(100000);
  auto before = memory.reserved();
  {
    snug::arena::scope temporary(memory);
    (void)memory.allocate(200000);
    CHECK(memory.reserved() >= before + 200000);
  }
  CHECK(memory.reserved() == before);
}

TEST_CASE("over-aligned objects are aligned") {
  struct alignas(256) wide {
    char c;
  };
  snug::arena memory;
  for (int i = 0; i < 50; ++i) {
    CHECK(reinterpret_cast<std::uintptr_t>(memory.create<wide>()) % 256 == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(memory.allocate(1, 4096)) % 4096 == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(memory.create_array<wide>(3).data()) % 256 == 0);
    (void)memory.allocate(8, 8);
  }
}

TEST_CASE("a constructor that throws gives its memory back and is not destroyed") {
  snug::arena memory;
  (void)memory.create<sturdy>(0);
  auto used = memory.used();
  faults::until = 1;
  CHECK_THROWS_AS(memory.create<sturdy>(1), fault);
  faults::until = 0;
  CHECK(memory.used() == used);
  CHECK(faults::objects == 1);
  memory.reset();
  CHECK(faults::objects == 0);
}

TEST_CASE("every throw leaves the arena as it was") {
  {
    snug::arena memory({.first_block = 512, .max_block = 512});
    long made = 0;
    std::vector<sturdy> source(5, sturdy(7));
    long known = faults::objects;
    for (int round = 0; round < 20; ++round) {
      long now = made;
      throw_at_each(
          [&] {
            made = now;
            snug::arena::scope all_or_nothing(memory);
            memory.create<sturdy>(round);
            ++made;
            memory.create_array<sturdy>(4);
            made += 4;
            memory.copy(std::span<const sturdy>(source));
            made += 5;
            all_or_nothing.keep();
          },
          [&](bool threw) {
            if (threw) made = now;
            REQUIRE(faults::objects == known + made);
          });
    }
    CHECK(made == 200);
  }
  CHECK(faults::objects == 0);
}

TEST_CASE("a destructor may use the arena") {
  struct chatty {
    snug::arena* memory;
    std::vector<int>* log;
    int depth;
    ~chatty() {
      log->push_back(depth);
      if (depth > 0) memory->create<chatty>(memory, log, depth - 1);
    }
  };
  std::vector<int> log;
  {
    snug::arena memory;
    memory.create<chatty>(&memory, &log, 3);
  }
  CHECK(log == std::vector<int>{3, 2, 1, 0});
}

TEST_CASE("containers of std::pmr and of the allocator live in the arena") {
  snug::arena memory;
  snug::arena_resource resource(memory);
  std::pmr::map<int, std::pmr::string> map(&resource);
  for (int i = 0; i < 100; ++i) map[i] = "a string that is too long for the small buffer";
  CHECK(memory.owns(&map[50]));
  CHECK(memory.owns(map[50].data()));
  std::list<int, snug::arena_allocator<int>> list{snug::arena_allocator<int>(memory)};
  for (int i = 0; i < 100; ++i) list.push_back(i);
  CHECK(memory.owns(&list.back()));
  CHECK(snug::arena_resource(memory) != resource);
  std::vector<int, snug::arena_allocator<int>> growing{snug::arena_allocator<int>(memory)};
  growing.assign(100, 1);
  CHECK(growing.back() == 1);
}

TEST_CASE("a moved arena takes its objects along") {
  {
    snug::arena memory;
    auto* text = memory.create<sturdy>(5);
    snug::arena other = std::move(memory);
    CHECK(text->value() == 5);
    CHECK(memory.reserved() == 0);
    memory = std::move(other);
    CHECK(text->value() == 5);
    CHECK(memory.owns(text));
    CHECK(memory.copy("some text") == "some text");
    CHECK(memory.copy("").empty());
  }
  CHECK(faults::objects == 0);
}

TEST_CASE(
    "scopes that end in the wrong order, and what moves an arena with one, stop the program") {
  CHECK(dies_with("while a scope inside it is open", [] {
    snug::arena memory;
    auto outer = std::make_unique<snug::arena::scope>(memory);
    auto inner = std::make_unique<snug::arena::scope>(memory);
    outer.reset();
  }));
  CHECK(dies_with("reset() while a scope is open", [] {
    snug::arena memory;
    snug::arena::scope open(memory);
    memory.reset();
  }));
  CHECK(dies_with("moved while a scope is open", [] {
    snug::arena memory;
    snug::arena::scope open(memory);
    const snug::arena taken = std::move(memory);
  }));
}

#if SNUG_ASAN
// What AddressSanitizer says on the way out of the program.
TEST_CASE("a use after the scope, past the object or after reset is reported") {
  auto reported = [](void (*body)()) { return asan_reports(body); };
  CHECK(reported([] {
    snug::arena memory;
    (void)memory.create<int>(0);
    int* p = nullptr;
    {
      snug::arena::scope s(memory);
      p = memory.create<int>(1);
    }
    *static_cast<volatile int*>(p) = 2;
  }));
  CHECK(reported([] {
    snug::arena memory;
    int* p = memory.create<int>(1);
    memory.reset();
    *static_cast<volatile int*>(p) = 2;
  }));
  CHECK(reported([] {
    snug::arena memory;
    auto text = memory.create_array<char>(16);
    (void)memory.create_array<char>(16);
    static_cast<volatile char*>(text.data())[16] = 1;
  }));
  CHECK_FALSE(reported([] {  // the control
    snug::arena memory;
    auto text = memory.create_array<char>(16);
    static_cast<volatile char*>(text.data())[15] = 1;
  }));
}
#endif

TEST_CASE("negative control: the model notices an object that is destroyed out of order") {
  std::vector<std::size_t> alive;
  bool in_order = true;
  {
    auto first = std::make_unique<numbered>(alive, 1, in_order);
    numbered second(alive, 2, in_order);
    first.reset();
  }
  CHECK_FALSE(in_order);
}

TEST_CASE("ranges and text are copied into the arena") {
  snug::arena memory;
  std::vector<std::string> words{"one", "a word that is long enough for the heap"};
  std::span<std::string> copied = memory.copy(words);
  CHECK(std::equal(copied.begin(), copied.end(), words.begin(), words.end()));
  std::list<int> numbers{1, 2, 3};
  CHECK(memory.copy(numbers)[2] == 3);
  int raw[] = {4, 5};
  CHECK(memory.copy(raw)[1] == 5);
  CHECK(memory.copy(std::span<const int>(raw)).size() == 2);
  CHECK(memory.copy(copied).size() == 2);  // of what is in the arena itself
  CHECK(memory.copy(std::string("text")) == "text");
  CHECK(memory.copy("text").size() == 4);
  CHECK(std::strcmp(memory.copy_terminated("text"), "text") == 0);
  CHECK(*memory.copy_terminated("") == '\0');
  CHECK(memory.copy(memory.copy("text")) == "text");
}

TEST_CASE("reset and move while objects are destroyed end the program; new objects do not") {
  struct resets {
    snug::arena* of;
    ~resets() { of->reset(); }
  };
  CHECK(dies_with("or objects are made or destroyed", [] {
    snug::arena memory;
    memory.create<resets>(resets{&memory});
  }));
  CHECK(dies_with("while a scope is open", [] {
    snug::arena memory;
    snug::arena::scope scope(memory);
    memory.reset();
  }));
  struct creates {
    snug::arena* of;
    int left;
    creates(snug::arena* a, int n) : of(a), left(n) {}
    ~creates() {
      if (left > 0) {
        of->create<creates>(of, left - 1);
        snug::arena::scope inner(*of);
        of->create<std::string>("a text that is long enough for the heap");
      }
    }
  };
  {
    snug::arena memory;
    memory.create<creates>(&memory, 5);
    memory.reset();
    memory.create<creates>(&memory, 5);
  }
  snug::arena a, b;
  a.create<creates>(&b, 3);
  a = std::move(b);  // whose objects make others in the arena that was moved from
  CHECK(*b.create<int>(3) == 3);
  auto& alias = b;
  int* kept = b.create<int>(4);
  b = std::move(alias);
  b.swap(b);
  CHECK(*kept == 4);
}

TEST_CASE("allocators of different types are equal if they are of one arena") {
  snug::arena a, b;
  const snug::arena_allocator<int> ints(a);
  const snug::arena_allocator<std::string> strings(ints);
  CHECK(ints == strings);
  CHECK(strings == ints);
  CHECK(strings != snug::arena_allocator<long>(b));
  CHECK(&strings.source() == &a);
}
TEST_CASE("copies of ranges that are not constant while they are walked, and of their own kind") {
  snug::arena a;
  std::vector<int> numbers{1, 2, 3, 4};
  const auto even = a.copy(numbers | std::views::filter([](int x) { return x % 2 == 0; }));
  REQUIRE(even.size() == 2);
  CHECK((even[0] == 2 && even[1] == 4));
  const auto bits = a.copy(std::vector<bool>{true, false, true});
  REQUIRE(bits.size() == 3);
  CHECK((bits[0] && !bits[1] && bits[2]));
  const auto texts = a.copy(numbers | std::views::transform([](int x) {
                              return std::to_string(x) + " is a text that is on the heap";
                            }));
  const auto again = a.copy(texts);  // of what is in the arena
  REQUIRE(again.size() == 4);
  CHECK(again[3].substr(0, 4) == "4 is");
  CHECK(a.copy(std::views::iota(0, 4)).size() == 4);
  CHECK(a.copy(std::list<int>{}).empty());
  const int plain[] = {1, 2, 3};
  CHECK(a.copy(plain)[2] == 3);
}

}  // namespace
