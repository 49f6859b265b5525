// What two units show only together: who reads a record as another one.
#include "analysis/reorder/joined_uses.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

#include "analysis/reorder/hazards.hpp"
#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::records_named;
using test::scan_sources;

const std::string kA = "struct A { char a; double b; char c; int d; };\n";
const std::string kTwin = "struct B { char a; double b; char c; int d; int more; };\n";
const std::string kOther = "struct B { long w; char x; };\n";

/// How safe another order of A is.
Safety of_a(const std::map<std::string, std::string>& units) {
  const Model model = scan_sources(units);
  const std::vector<std::string> order = {"b", "d", "a", "c"};
  return hazards_of(records_named(model, "A"), model, order).safety;
}

}  // namespace

TEST_CASE("one symbol that two units declare with different records") {
  const std::string names = kA + "extern struct A shared;\nint f(void) { return shared.a; }\n";
  CHECK(of_a({{"a.c", names}, {"b.c", kTwin + "struct B shared;\n"}}) != Safety::Safe);
  CHECK(of_a({{"a.c", names}, {"b.c", kA + "struct A shared;\n"}}) == Safety::Safe);
  CHECK(of_a({{"a.c", names}, {"b.c", kTwin + "static struct B shared;\n"}}) == Safety::Safe);
}

TEST_CASE("one function that two units declare with different parameters or results") {
  const std::string call = kA + "int sum(struct A* a);\nint f(struct A* a) { return sum(a); }\n";
  CHECK(of_a({{"a.c", call}, {"b.c", kTwin + "int sum(struct B* b) { return b->a; }\n"}}) !=
        Safety::Safe);
  CHECK(of_a({{"a.c", call}, {"b.c", kA + "int sum(struct A* b) { return b->a; }\n"}}) ==
        Safety::Safe);
  // In C++ the types are a part of the symbol, unless it is C's.
  const std::string cxx = kA + "int sum(A* a);\nint f(A* a) { return sum(a); }\n";
  CHECK(of_a({{"a.cpp", cxx}, {"b.cpp", kTwin + "int sum(B* b) { return b->a; }\n"}}) ==
        Safety::Safe);
  const std::string c = kA + "extern \"C\" int sum(A* a);\nint f(A* a) { return sum(a); }\n";
  CHECK(of_a({{"a.cpp", c}, {"b.cpp", kTwin + "extern \"C\" int sum(B* b) { return b->a; }\n"}}) !=
        Safety::Safe);
}

TEST_CASE("a record that becomes a void pointer and comes back as one that begins like it") {
  const std::string run = "void run(void (*f)(void*), void* user);\n";
  const std::string hand = kA + run + "void g(void* p);\nvoid f(struct A* a) { run(g, a); }\n";
  const auto back = [](const std::string& other) {
    return other + "int seen;\nvoid g(void* p) { seen = ((struct B*)p)->x; }\n";
  };
  const std::string renamed = "struct B { char w; double v; char x; int z; };\n";
  CHECK(of_a({{"a.c", hand}, {"b.c", back(renamed)}}) != Safety::Safe);
  CHECK(of_a({{"a.c", hand}, {"b.c", back(kOther)}}) == Safety::Safe);
  // Nobody takes it back.
  CHECK(of_a({{"a.c", hand}, {"b.c", renamed + "int x(struct B* b) { return b->x; }\n"}}) ==
        Safety::Safe);
}

TEST_CASE("a counted heap and values that go there by their size") {
  const std::string types = "#include <stddef.h>\n" + kA + "extern int count;\n";
  const std::string counts = "void* operator new(size_t n) { ++count; return raw(n); }\n";
  const std::string raw = "void* raw(size_t);\n";
  const std::string keeps =
      "namespace std { template <class T> class function; }\n"
      "std::function<int()>* kept;\n";
  CHECK(of_a({{"a.cpp", types + raw + counts}, {"b.cpp", keeps}}) != Safety::Safe);
  CHECK(of_a({{"a.cpp", types + raw + counts}, {"b.cpp", "int x;\n"}}) == Safety::Safe);
  CHECK(of_a({{"a.cpp", types + raw + "void* operator new(size_t n) { return raw(n); }\n"},
              {"b.cpp", keeps}}) == Safety::Safe);
}

TEST_CASE("halves alone are no uses") {
  const Model model =
      scan_sources({{"a.c", kA + "void g(void*);\nvoid f(struct A* a) { g(a); }\n"}});
  CHECK_FALSE(model.uses.empty());
  CHECK(joined_uses(model).empty());
}

}  // namespace snug
