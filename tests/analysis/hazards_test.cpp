// Which uses count for a new order, and how safe they leave it.
#include "analysis/reorder/hazards.hpp"

#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::records_named;
using test::scan_sources;
using List = std::vector<std::string>;

const std::string kHeader =
    "#pragma once\n#include <stddef.h>\nstruct T { char a; double b; char c; int d; };\n"
    "struct Holder { int n; T t; };\n";

/// The hazards of the order b, d, a, c for T with `code` in a unit of its own.
Hazards hazards(const std::string& code, const List& order = {"b", "d", "a", "c"},
                const std::string& record = "T") {
  const Model model = scan_sources({{"t.h", kHeader},
                                    {"decl.cpp", "#include \"t.h\"\n"},
                                    {"use.cpp", "#include \"t.h\"\n" + code + "\n"}});
  return hazards_of(records_named(model, record), model, order);
}

}  // namespace

TEST_CASE("an order that nothing depends on is safe") {
  const Hazards none = hazards("int f(T* t) { T copy = *t; copy.d = 2; return copy.d; }");
  CHECK(none.safety == Safety::Safe);
  CHECK(none.reasons.empty());
  CHECK(none.evidence.empty());
}

TEST_CASE("uses that follow by themselves leave it safe, and are no evidence") {
  CHECK(hazards("int& f(T* t) { return *(int*)((char*)t + offsetof(T, b)); }").safety ==
        Safety::Safe);
  CHECK(hazards("T t{.b = 1};").safety == Safety::Safe);
  CHECK(hazards("T t = {0};").safety == Safety::Safe);
  CHECK(hazards("static_assert(sizeof(T) <= 64);").evidence.empty());
}

TEST_CASE("each reason is one sentence with its place, its function and what needs an edit") {
  const Hazards found = hazards("namespace n { T make() { return {'a', 1, 'c', 2}; } }");
  CHECK(found.safety == Safety::Review);
  REQUIRE(found.reasons.size() == 1);
  CHECK(found.reasons[0] ==
        "use.cpp:2: in 'n::make', 'T' is initialised by position; the values need the new order");
  REQUIRE(found.evidence.size() == 1);
  CHECK(found.evidence[0].kind == "hazard");
  CHECK(found.evidence[0].where.file == "/project/use.cpp");
  CHECK(found.evidence[0].where.line == 2);
}

TEST_CASE("values by position count only if the fields that they fill move") {
  CHECK(hazards("T t{'a'};", {"a", "b", "d", "c"}).safety == Safety::Safe);
  CHECK(hazards("T t{'a', 1};", {"a", "b", "d", "c"}).safety == Safety::Safe);
  CHECK(hazards("T t{'a', 1, 'c'};", {"a", "b", "d", "c"}).safety == Safety::Review);
  CHECK(hazards("T t('a', 1);", {"a", "b", "d", "c"}).safety == Safety::Safe);
  CHECK(hazards("T t('a', 1);").safety == Safety::Review);
}

TEST_CASE("designators count only if their order changes") {
  CHECK(hazards("T t{.a = 1, .b = 2};").safety == Safety::Review);
  CHECK(hazards("T t{.a = 1, .c = 2};").safety == Safety::Safe);
}

TEST_CASE("bindings and defaulted comparisons are about all fields") {
  CHECK(hazards("void f(T t) { auto [w, x, y, z] = t; }").safety == Safety::Review);
  CHECK(hazards("void f(T t) { auto [w, x, y, z] = t; }", {"a", "b", "c", "d"}).safety ==
        Safety::Safe);
}

TEST_CASE("members that read others count only if the two change places") {
  const std::string header = "struct R { int a; char b; int c; char d; R(int); };\n";
  const auto safety = [&](const std::string& init, const List& order) {
    const Model model = scan_sources(
        {{"r.h", header},
         {"use.cpp", "#include \"r.h\"\nint ask(R*);\nR::R(int x) : " + init + " {}\n"}});
    return hazards_of(records_named(model, "R"), model, order).safety;
  };
  CHECK(safety("a(x), c(a)", {"a", "c", "b", "d"}) == Safety::Safe);
  CHECK(safety("a(x), c(a)", {"c", "a", "b", "d"}) == Safety::Review);
  CHECK(safety("a(x), b(a), c(x), d(c)", {"a", "c", "b", "d"}) == Safety::Safe);
  CHECK(safety("a(ask(this)), b(0)", {"a", "c", "b", "d"}) == Safety::Safe);
  CHECK(safety("c(ask(this)), b(0)", {"a", "c", "b", "d"}) == Safety::Review);
}

TEST_CASE("offsets count only if the field moves") {
  CHECK(hazards("static_assert(offsetof(T, b) == 8);").safety == Safety::Review);
  CHECK(hazards("static_assert(offsetof(T, b) == 8);", {"a", "b", "d", "c"}).safety ==
        Safety::Safe);
  CHECK(hazards("static_assert(offsetof(T, d) == 20);", {"a", "b", "d", "c"}).safety ==
        Safety::Review);
}

TEST_CASE("an array that goes on behind the object has to stay last") {
  const Model model =
      scan_sources({{"t.h", "struct T { char a; double b; char c; char key[1]; };\n"},
                    {"use.cpp",
                     "#include <cstdlib>\n#include \"t.h\"\n"
                     "T* f(int n) { return static_cast<T*>(malloc(sizeof(T) - 1 + n)); }\n"}});
  const auto records = records_named(model, "T");
  CHECK(hazards_of(records, model, List{"b", "a", "c", "key"}).safety == Safety::Safe);
  CHECK(hazards_of(records, model, List{"b", "key", "a", "c"}).safety == Safety::Review);
}

TEST_CASE("the first member counts only if it does not stay first") {
  const Model model =
      scan_sources({{"t.h", "struct T { double b; char a; int d; char c; };\n"},
                    {"use.cpp", "#include \"t.h\"\ndouble* g(T* t) { return (double*)t; }\n"}});
  const auto records = records_named(model, "T");
  CHECK(hazards_of(records, model, List{"b", "d", "a", "c"}).safety == Safety::Safe);
  CHECK(hazards_of(records, model, List{"d", "b", "a", "c"}).safety == Safety::Review);
}

TEST_CASE("bytes that leave the program are an interface, bytes that stay are for review") {
  const std::string inc = "#include <cstdio>\n#include <cstring>\n";
  CHECK(hazards(inc + "void f(T* t, FILE* o) { fwrite(t, sizeof *t, 1, o); }").safety ==
        Safety::Abi);
  CHECK(hazards("const T* f(const char* b) { return reinterpret_cast<const T*>(b); }").safety ==
        Safety::Abi);
  CHECK(hazards("extern \"C\" void f(T* t);").safety == Safety::Abi);
  CHECK(hazards(inc + "void f(T* t, char* u) { memcpy(t, u, sizeof *t); }").safety ==
        Safety::Review);
  CHECK(hazards(inc + "void f(T* t, T* u) { memcpy(t, u, sizeof *t); }").safety == Safety::Safe);
  CHECK(hazards("union U { T t; Holder h; };").safety == Safety::Review);
  CHECK(hazards("static_assert(sizeof(T) == 24);").safety == Safety::Review);
  CHECK(hazards("int f(int n) { return n * sizeof(T); }").safety == Safety::Review);
}

TEST_CASE("the bytes of a record are also looked at through what contains or extends it") {
  const std::string inc = "#include <cstdio>\n";
  const std::string write = "void f(Outer* t, FILE* o) { fwrite(t, sizeof *t, 1, o); }";
  CHECK(hazards(inc + "struct Outer { Holder h[2]; };\n" + write).safety == Safety::Abi);
  CHECK(hazards(inc + "struct Outer : Holder {};\n" + write).safety == Safety::Abi);
  CHECK(hazards(inc + "struct Outer { T* p; };\n" + write).safety == Safety::Safe);
  CHECK(hazards("static_assert(sizeof(Holder) == 32);").safety == Safety::Review);
  CHECK(hazards("Holder h{1, {}};").safety == Safety::Safe);
}

TEST_CASE("a use of one instantiation counts for the template") {
  const Model model = scan_sources(
      {{"t.h",
        "template <class X> struct P { char c; X x; char e; };\n"
        "template <> struct P<float> { float f; char g; };\n"},
       {"use.cpp",
        "#include \"t.h\"\nP<double> a{'a', 1.0}; P<int> b{}; P<float> c{1.0f, 'c'};\n"}});
  std::vector<const Record*> pattern;
  for (const Record* record : records_named(model, "P")) {
    if (record->where.line == 1) {
      pattern.push_back(record);
    }
  }
  REQUIRE(pattern.size() == 2);
  const Hazards found = hazards_of(pattern, model, List{"x", "c", "e"});
  CHECK(found.safety == Safety::Review);
  CHECK(found.reasons.size() == 1);
  CHECK(found.reasons.at(0).starts_with("use.cpp:2: 'P' is initialised by position"));
  const std::vector<const Record*> other{pattern[1]->name == "P<int>" ? pattern[1] : pattern[0]};
  CHECK(hazards_of(other, model, List{"x", "c", "e"}).safety == Safety::Review);
}

TEST_CASE("many places of one kind are counted in the reasons and all in the evidence") {
  std::string code;
  for (int i = 0; i < 20; ++i) {
    code += "T t" + std::to_string(i) + "{'a', 1};\n";
  }
  const Hazards found = hazards(code);
  CHECK(found.evidence.size() == 20);
  REQUIRE(found.reasons.size() == 9);
  CHECK(found.reasons.back() == "12 more uses of the kind positional-init are in the evidence");
}

TEST_CASE("fields inside anonymous unions move with the union") {
  const Model model =
      scan_sources({{"t.h", "struct T { char a; union { double x; int y; }; char b; T(int); };\n"},
                    {"use.cpp", "#include \"t.h\"\nT::T(int n) : a(1), x(n), b(a) {}\n"}});
  const auto records = records_named(model, "T");
  CHECK(hazards_of(records, model, List{"", "a", "b"}).safety == Safety::Safe);
  CHECK(hazards_of(records, model, List{"", "b", "a"}).safety == Safety::Review);
}

}  // namespace snug
