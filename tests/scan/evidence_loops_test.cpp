// What is read of loops and branches: what they run over, how often, and from where to where.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "support/evidence_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// Of each field of the function's accesses: what runs it again, and how often.
std::vector<std::string> recurrences(const Function& function) {
  std::vector<std::string> lines;
  for (const FieldAccess& access : function.accesses) {
    const auto [loop, often] = access.recurs;
    const char* text = often == Often::EachTime ? "each time"
                       : often == Often::Seldom ? "seldom"
                                                : "at times";
    const std::string of = loop < 0 ? "the call" : "loop " + std::to_string(loop);
    lines.push_back(access.field + ": " + text + " of " + of);
  }
  return lines;
}

}  // namespace

TEST_CASE("loops tell what they run over and with what") {
  const Model model = scan(R"(
#include <vector>
struct S { long a; S* next; };
void run(std::vector<S>& all, S* list, S* array, int n) {
  for (auto& s : all) s.a++;
  for (int i = 0; i < 16; ++i) array[i].a++;
  for (S* p = array; p != array + n; ++p) p->a++;
  for (S* p = list; p; p = p->next) p->a++;
  int k = 0;
  while (k < n) { array[k].a++; k++; }
}
)");
  const Function& run = named(model, "run()");
  const Lines lines = accesses(run);
  const auto has = [&](const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  CHECK(has("read and write $0{loop 0}.a in loop 0"));
  CHECK(has("read and write $2{loop 1}.a in loop 1"));
  CHECK(has("read and write $2{loop 2}.a in loop 2"));
  CHECK(has("read and write $1->.a in loop 3"));
  CHECK(has("read and write $2{loop 4}.a in loop 4"));
  REQUIRE(run.loops.size() == 5);
  CHECK(run.loops[0].kind == LoopKind::RangeFor);
  CHECK(run.loops[1].trip_count == 16);
  CHECK(run.loops[3].linked);
  CHECK_FALSE(run.loops[2].linked);
}

TEST_CASE("what a branch holds runs at times only") {
  const Model model = scan(R"(
struct S { long a, b, c, d, e, f, g; };
void run(S& s, int n, bool x) {
  s.a = 1;
  for (int i = 0; i < n; ++i) {
    s.b = 1;
    if (x) s.c = 1; else s.d = 1;
    switch (i) { case 1: s.e = 1; break; default: s.f = 1; }
    if (x) { for (int j = 0; j < n; ++j) s.g = 1; }
  }
}
void parts(S& s, int n, bool x) {
  while (n--) {
    (x ? s.a : s.b) = 1;
    x && s.c++;
    if (int y = n; x && y) s.d = 1;
    do { s.e = 1; } while (0);
  }
}
)");
  CHECK(recurrences(named(model, "run()")) ==
        Lines{"a: each time of the call", "b: each time of loop 0", "c: at times of loop 0",
              "d: at times of loop 0", "e: at times of loop 0", "f: at times of loop 0",
              "g: each time of loop 1"});
  CHECK(named(model, "run()").loops[1].recurs == Recurrence{0, Often::OneBranch});
  CHECK(recurrences(named(model, "parts()")) ==
        Lines{"a: at times of loop 0", "b: at times of loop 0", "c: at times of loop 0",
              "d: at times of loop 0", "e: each time of loop 1"});
  CHECK(named(model, "parts()").loops[1].trip_count == 1);
}

TEST_CASE("what all branches write comes each time") {
  const Model model = scan(R"(
struct S { long a, b, c, d, e; };
void add(S& s, long n);
void run(S& s, int n, bool x, bool y) {
  for (int i = 0; i < n; ++i) {
    if (x) { s.a = 1; } else { s.a += 2; }
    if (x) s.b = 1; else if (y) s.b = 2; else s.b = 3;
    switch (i) { case 1: s.c = 1; break; case 2: s.c = 2; break; default: s.c = 3; }
    switch (i) { case 1: s.d = 1; break; case 2: s.d = 2; }
    if (x) s.e = 1; else if (y) s.e = 2;
    if (x) add(s, 1); else add(s, 2);
  }
}
)");
  const Function& run = named(model, "run()");
  for (const FieldAccess& access : run.accesses) {
    const bool each = access.field == "a" || access.field == "b" || access.field == "c";
    INFO(access.field);
    CHECK((access.recurs.often == Often::EachTime) == each);
  }
  REQUIRE(run.calls.size() == 2);
  CHECK(run.calls[0].recurs.often == Often::EachTime);
  CHECK(run.calls[1].recurs.often == Often::EachTime);
}

TEST_CASE("a branch inside of another comes more seldom than one") {
  const Model model = scan(R"(
struct S { long a, b; };
void run(S& s, int n, bool x, bool y) {
  while (n--) {
    if (x) s.a = 1;
    if (x) { if (y) s.b = 1; }
  }
}
)");
  const Function& run = named(model, "run()");
  REQUIRE(run.accesses.size() == 2);
  CHECK(run.accesses[0].recurs == Recurrence{0, Often::OneBranch});
  CHECK(run.accesses[1].recurs == Recurrence{0, Often::AtTimes});
}

TEST_CASE("what control leaves a loop behind runs once for all rounds") {
  const Model model = scan(R"(
#include <cstdlib>
struct S { long a, b, c, d, e, f, g, h; };
long run(S& s, int n) {
  for (;;) {
    if (n == 1) { s.a = 1; break; }
    if (n == 2) return ++s.b;
    if (n == 3) { s.c = 1; throw 1; }
    if (n == 4) { s.d = 1; abort(); }
    if (n == 5) { s.e = 1; goto out; }
    if (n == 6) { s.f = 1; continue; }
    switch (n) {
      case 7: s.g = 1; return 0;
      case 8: s.h = 1; break;
    }
  }
out:
  return 0;
}
void nested(S& s, int n, bool x) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      s.a = 1;
      if (x) { s.b = 1; break; }
      if (x) { s.c = 1; } else { return; }
      if (x) { break; } else { s.d = 1; }
    }
    while (x) { s.e = 1; break; }
    s.f = 1;
  }
  s.g = 1;
  return;
}
)");
  CHECK(recurrences(named(model, "run()")) ==
        Lines{"a: at times of the call", "b: at times of the call", "c: at times of the call",
              "d: at times of the call", "e: at times of the call", "f: at times of loop 0",
              "g: at times of the call", "h: at times of loop 0"});
  CHECK(recurrences(named(model, "nested()")) ==
        Lines{"a: each time of loop 1", "b: at times of loop 0", "c: each time of loop 1",
              "d: each time of loop 1", "e: each time of loop 0", "f: each time of loop 0",
              "g: each time of the call"});
}

TEST_CASE("what the source calls unlikely runs seldom") {
  const Model model = scan(R"(
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
struct S { long a, b, c, d, e, f, g, h, i; };
void run(S& s, int n, bool x) {
  for (int i = 0; i < n; ++i) {
    if (UNLIKELY(x)) { s.a = 1; } else { s.b = 1; }
    if (LIKELY(x)) { s.c = 1; } else { s.d = 1; }
    if (x) [[unlikely]] { s.e = 1; }
    if (x) [[likely]] { s.f = 1; }
    try { run(s, n, x); } catch (int) { s.g = 1; }
    LIKELY(x) ? (void)(s.h = 1) : (void)(s.i = 1);
  }
}
)");
  CHECK(recurrences(named(model, "run()")) ==
        Lines{"a: seldom of the call", "b: each time of loop 0", "c: each time of loop 0",
              "d: seldom of the call", "e: seldom of the call", "f: each time of loop 0",
              "g: seldom of the call", "h: each time of loop 0", "i: seldom of the call"});
  CHECK(named(model, "run()").calls.front().recurs == Recurrence{0, Often::EachTime});
}

TEST_CASE("a loop takes where it starts and ends from loops around it") {
  const Model model = scan(R"(
void run(const int* at, int n, int m) {
  int begin = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < m; ++j) {}
    for (int j = at[i]; j < m; ++j) {}
    for (int j = 0; j < at[i]; ++j) {}
    for (int j = begin; j < m; ++j) {}
    begin += 2;
    for (int k = 0; k < n; ++k) for (int j = 0; j < i; ++j) {}
  }
}
)");
  const Function& run = named(model, "run()");
  std::vector<std::int32_t> from;
  for (const Loop& loop : run.loops) from.push_back(loop.bounds_from);
  CHECK(from == std::vector<std::int32_t>{-1, -1, 0, 0, 0, -1, 0});
}
