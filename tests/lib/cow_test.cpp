#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <snug/cow.hpp>

#include <array>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "support/failing_new.hpp"
#include "support/interleave.hpp"
#include "support/throw_at.hpp"

using snug::cow;
using snug::unsync;
using namespace snug::testing;

namespace {

static_assert(sizeof(cow<std::string>) == sizeof(void*), "a cow is one pointer");
static_assert(std::is_nothrow_default_constructible_v<cow<fragile>>, "the empty cow costs nothing");
static_assert(std::is_nothrow_copy_constructible_v<cow<fragile>>, "copying shares");
static_assert(std::is_same_v<decltype(*std::declval<cow<int>&>()), const int&>,
              "reading never detaches");
static_assert(std::is_same_v<decltype(std::declval<cow<int>&>().operator->()), const int*>);
static_assert(std::is_convertible_v<int, cow<int>> &&
              !std::is_convertible_v<std::size_t, cow<std::vector<int>>>);

}  // namespace

TEMPLATE_TEST_CASE("cow: copies share until one is written", "", snug::sync, unsync) {
  using text = cow<std::string, TestType>;
  text a("text");
  const text b = a;
  CHECK(a.same_object(b));
  CHECK(a.use_count() == 2);
  CHECK(&*a == &*b);
  CHECK(a.write_if_unique() == nullptr);
  a.write() += "!";
  CHECK(*a == "text!");
  CHECK(*b == "text");
  CHECK(a.unique());
  CHECK(b.unique());
  const std::string* const where = &*a;
  a.write() += "!";
  CHECK(&*a == where);
  CHECK(a.write_if_unique() == where);
  CHECK(a != b);
  CHECK(b < a);
  CHECK(b == text("text"));
  CHECK(std::hash<text>()(b) == std::hash<std::string>()("text"));
}

TEST_CASE("cow: the empty one allocates nothing, counts nothing and can be used in every way",
          "[heap]") {
  const long before = heap::news;
  cow<std::vector<int>> a, b = a;
  CHECK(a->empty());
  CHECK(a == b);
  CHECK(a.use_count() == 0);
  CHECK(!a.unique());
  CHECK(a.write_if_unique() == nullptr);
  CHECK(heap::news == before);
  a.write().push_back(1);
  CHECK(b->empty());
  CHECK(std::move(b).take().empty());
  const cow<std::vector<int>> c = std::move(a);
  CHECK(a->empty());
  a = c;
  CHECK(a.same_object(c));
  auto& same = a;
  a = same;
  a = std::move(same);
  CHECK(a->size() == 1);
  a.reset();
  CHECK(a->empty());
}

TEST_CASE("cow: take moves out what is not shared and copies what is") {
  auto a = snug::make_cow<sturdy>(4);
  const long copies = faults::copies;
  CHECK(std::move(a).take().value() == 4);
  CHECK(faults::copies == copies);
  cow<std::string> b("shared between two"), c = b;
  CHECK(std::move(b).take() == "shared between two");
  CHECK(*c == "shared between two");
  CHECK(c.unique());
}

TEST_CASE("cow: a change that copies anyway is made while copying") {
  cow<std::vector<int>> a(std::vector<int>{1, 2, 3}), b = a;
  const auto without_first = [](const std::vector<int>& v) {
    return std::vector<int>(v.begin() + 1, v.end());
  };
  const auto erase_first = [](std::vector<int>& v) { v.erase(v.begin()); };
  a.write(without_first, erase_first);
  CHECK(*a == std::vector<int>{2, 3});
  CHECK(b->size() == 3);
  const auto* const where = &*a;
  a.write(without_first, erase_first);
  CHECK(*a == std::vector<int>{3});
  CHECK(&*a == where);
}

TEST_CASE("cow: random operations do as plain values do") {
  CHECK(
      rc::check("model", [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& operations) {
        std::array<cow<std::string>, 4> cows;
        std::array<std::string, 4> model;
        for (const auto& [what, where] : operations) {
          const std::size_t i = where % 4u, j = where / 4u % 4u;
          switch (what % 6) {
            case 0:
              cows[i] = cows[j];
              model[i] = model[j];
              break;
            case 1:
              cows[i].write() += static_cast<char>('a' + j);
              model[i] += static_cast<char>('a' + j);
              break;
            case 2:
              if (i == j) break;
              cows[i] = std::move(cows[j]);
              model[i] = std::exchange(model[j], "");
              break;
            case 3:
              swap(cows[i], cows[j]);
              std::swap(model[i], model[j]);
              break;
            case 4:
              cows[i] = std::to_string(where);
              model[i] = std::to_string(where);
              break;
            case 5: {
              const std::string out = std::move(cows[i]).take();
              RC_ASSERT(out == std::exchange(model[i], ""));
              break;
            }
          }
          for (std::size_t n = 0; n < 4; ++n) {
            RC_ASSERT(*cows[n] == model[n]);
            RC_ASSERT((cows[n] == cows[i]) == (model[n] == model[i]));
            RC_ASSERT((cows[n] < cows[i]) == (model[n] < model[i]));
          }
        }
      }));
}

TEST_CASE("cow: a copy that throws leaves both as they were", "[heap]") {
  CHECK(throw_at_every_point([](attempt& attempt) {
          cow<fragile> a(std::in_place, 1);
          const cow<fragile> b = a;
          const bool done = attempt([&] { a.write() = fragile(2); });
          CHECK(a->value() == (done ? 2 : 1));
          CHECK(b->value() == 1);
        }) == 4);
  CHECK(throw_at_every_point([](attempt& attempt) {
          cow<fragile> a;
          attempt([&] { a.write(); });
        }) == 2);
}

TEST_CASE("cow: who finds itself alone writes in place, in every interleaving") {
  using model_cow = cow<model_data<int>, snug::basic_sync<model_atomics>>;
  const auto result = explore([](scenario& s) {
    auto a = std::make_shared<model_cow>(std::in_place, 1);
    auto b = std::make_shared<model_cow>(*a);
    for (const auto& mine : {a, b})
      s.thread([mine] {
        require((*mine)->read() == 1, "nobody else's write is seen");
        mine->write().write() += 1;
        require((*mine)->read() == 2, "the own write is seen");
        mine->reset();
      });
  });
  CHECK(result.failure == "");
  CHECK(result.exhausted);
}

namespace {
struct late_value {
  int alive = 1;
  ~late_value() { alive = 0; }
};
}  // namespace

TEST_CASE("cow: what the empty one reads as is there to the end of the program") {
  // Made after the object that reads it last, and would be destroyed before.
  const auto program = [] {
    struct reads_last {
      ~reads_last() { _exit(snug::cow<late_value>()->alive == 1 ? 7 : 8); }
    };
    static const reads_last last;
    (void)snug::cow<late_value>().read();
    std::exit(9);
  };
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) program();
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
}

TEST_CASE("cow: a value is held while it is copied, and comes back if taking it throws") {
  snug::cow<std::string> a("a text that is long enough for the heap"), b = a;
  a.write(
      [&](const std::string& old) {
        a.reset();
        b.reset();
        return old + "!";  // nobody else has it any more
      },
      [](std::string&) {});
  CHECK(a->back() == '!');
  CHECK(throw_at_every_point([](attempt& attempt) {
          snug::cow<fragile> c(std::in_place, 1);
          const bool done = attempt([&] { std::move(c).take(); });
          CHECK(c.use_count() == (done ? 0u : 1u));
        }) > 0);
}

TEST_CASE("cow: prints its value") {
  std::ostringstream out;
  out << snug::cow<int>(5) << snug::cow<std::string>();
  CHECK(out.str() == "5");
}

TEST_CASE("negative control: writing into a shared object is seen by the scheduler") {
  const auto result = explore([](scenario& s) {
    auto shared = std::make_shared<model_data<int>>(1);
    for (int i = 0; i < 2; ++i)
      s.thread([shared] {
        interleave_here();
        shared->write() += 1;
      });
  });
  CHECK(result.failure != "");
}

TEST_CASE("cow: threads read and write their copies under contention") {
  for (int round = 0; round < 20; ++round) {
    cow<std::string> original("text");
    std::vector<std::thread> threads;
    std::array<std::size_t, 3> sizes{};
    for (std::size_t t = 0; t < 3; ++t)
      threads.emplace_back([mine = original, &size = sizes[t]]() mutable {
        for (int i = 0; i < 100; ++i) {
          const auto snapshot = mine;
          mine.write() += 'x';
          size += snapshot->size() < mine->size() ? 1u : 0u;
        }
      });
    original.reset();
    for (auto& thread : threads) thread.join();
    CHECK(sizes == std::array<std::size_t, 3>{100, 100, 100});
  }
}
