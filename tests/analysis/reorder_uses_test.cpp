// Code around a record that has to follow a new order of its fields.
#include "analysis/reorder/reorder_uses.hpp"

#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

const std::string kHeader =
    "#pragma once\n"
    "#include <string>\n"
    "#include <utility>\n"
    "struct P { char a; double b; char c; std::string s; };\n"
    "struct Loud { Loud(int); };\n"
    "struct L { Loud a; double b; char c; };\n"
    "struct N { char a; N* b; char c; };\n"
    "int act(); extern int global; extern int* pointer;\n";

struct Outcome {
  std::string text;  ///< The unit behind the edits, without its first line.
  std::vector<std::string> by_hand;
  std::size_t settled = 0;
};

/// Moves 'c' before 'b' where `code` is the rest of a unit.
Outcome moved(const std::string& code, const std::string& record = "P") {
  const std::string first = "#include \"h.hpp\"\n";
  const std::map<std::string, std::string> files = {{"h.hpp", kHeader}, {"u.cpp", first + code}};
  const Model model = test::scan_sources(files);
  const auto records = test::records_named(model, record);
  REQUIRE_FALSE(records.empty());
  std::vector<std::string> order = {"a", "c", "b"};
  if (record == "P") order.emplace_back("s");
  const HazardIndex index(model);
  const MemoryFiles memory({{"/project/u.cpp", first + code}, {"/project/h.hpp", kHeader}});
  const UseEdits uses = use_edits(records, order, index, model, memory);
  Outcome outcome;
  outcome.text = apply_edits(first + code, uses.edits).substr(first.size());
  outcome.by_hand = uses.by_hand;
  outcome.settled = uses.settled.size();
  return outcome;
}

void check_moved(const std::string& code, const std::string& after,
                 const std::string& record = "P") {
  const Outcome outcome = moved(code, record);
  CHECK(outcome.text == after);
  CHECK(outcome.by_hand.empty());
}

void check_refused(const std::string& code, const std::string& why,
                   const std::string& record = "P") {
  const Outcome outcome = moved(code, record);
  INFO(code);
  CHECK(outcome.text == code);
  REQUIRE(outcome.by_hand.size() == 1);
  INFO(outcome.by_hand[0]);
  CHECK(outcome.by_hand[0].find(why) != std::string::npos);
}

}  // namespace

TEST_CASE("values in braces and parentheses follow the fields") {
  check_moved("P p{1, 2, 3, \"s\"};", "P p{1, 3, 2, \"s\"};");
  check_moved("P p = {1, 2, 3};", "P p = {1, 3, 2};");
  check_moved("P p(1, 2, 3);", "P p(1, 3, 2);");
  check_moved("P f() { return {1, 2, 3,}; }", "P f() { return {1, 3, 2,}; }");
  check_moved("auto p = new P{ 1,2 , 3 };", "auto p = new P{ 1,3 , 2 };");
  check_moved("struct D : P { D() : P{1, 2, 3} {} };", "struct D : P { D() : P{1, 3, 2} {} };");
  check_moved("P t[] = {{1, 2, 3}, {4, 5, 6}, {7}};", "P t[] = {{1, 3, 2}, {4, 6, 5}, {7}};");
  check_moved("template <class T> P f(T) { return P{1, 2, 3}; }\nauto x = f(1);",
              "template <class T> P f(T) { return P{1, 3, 2}; }\nauto x = f(1);");
}

TEST_CASE("designators and bindings follow the fields") {
  check_moved("P p{.a = 1, .b = 2, .c = 3};", "P p{.a = 1, .c = 3, .b = 2};");
  check_moved("P p{.b = 2, .c = 3};", "P p{.c = 3, .b = 2};");
  check_moved("void f(P p) { auto [a, b, c, s] = p; }", "void f(P p) { auto [a, c, b, s] = p; }");
  check_moved("void f(P (&p)[2]) { for (const auto& [i,j , k,l] : p) (void)j; }",
              "void f(P (&p)[2]) { for (const auto& [i,k , j,l] : p) (void)j; }");
}

TEST_CASE("a list inside a list of its own kind follows, too") {
  check_moved("N n{1, new N{2, nullptr, 3}, 4};", "N n{1, 4, new N{2, 3, nullptr}};", "N");
  check_moved("N n{1, nullptr, char(N{2, nullptr, 3}.c)};",
              "N n{1, char(N{2, 3, nullptr}.c), nullptr};", "N");
}

TEST_CASE("comments go with the values that they are about") {
  check_moved("P p{\n  1,  // one\n  2,  // two\n  3,  // three\n};",
              "P p{\n  1,  // one\n  3,  // three\n  2,  // two\n};");
  check_moved("P p{/*a=*/1, /*b=*/2, /*c=*/3};", "P p{/*a=*/1, /*c=*/3, /*b=*/2};");
  check_refused("P p{1, /* two? */ 2, 3};", "a comment belongs to none");
  check_refused("P p{/* one? */ 1, 2, 3};", "a comment belongs to none");
}

TEST_CASE("values move only where nobody can notice the order") {
  check_moved("P f(int i) { return {1, double(i), char(i + 1)}; }",
              "P f(int i) { return {1, char(i + 1), double(i)}; }");
  check_moved("P f() { return {1, double(act()), 3}; }", "P f() { return {1, 3, double(act())}; }");
  check_moved("P f(int i) { return {1, double(i), 3, std::to_string(act())}; }",
              "P f(int i) { return {1, 3, double(i), std::to_string(act())}; }");
  check_refused("P f() { return {1, double(act()), char(act())}; }", "is evaluated before");
  check_refused("P f() { return {1, double(act()), char(global)}; }", "is evaluated before");
  check_refused("P f(int i) { return {1, double(i++), char(i)}; }", "is evaluated before");
  check_refused("P f(int i) { return {1, double(i), char(i = 2)}; }", "is evaluated before");
  check_refused("int g(int&); P f(int i) { return {1, double(g(i)), char(*pointer)}; }",
                "is evaluated before");
  check_refused("extern volatile int v; P f() { return {1, double(v), char(v)}; }",
                "is evaluated before");
}

TEST_CASE("a value that is moved away is read before") {
  const std::string decl = "struct M { char a; std::string b; std::size_t c; };\n";
  check_moved(decl + "M f(std::string s, int n) { return {1, std::move(s), std::size_t(n)}; }",
              decl + "M f(std::string s, int n) { return {1, std::size_t(n), std::move(s)}; }",
              "M");
  check_refused(decl +
                    "M f(std::string s, std::string* p) { return {1, std::move(s), "
                    "std::size_t(p - &s)}; }",
                "is evaluated before", "M");
}

TEST_CASE("constructors of the project count as code that can be noticed") {
  const std::string decl = "struct K { char a; Loud b; Loud c; };\n";
  check_refused(decl + "K k{1, 2, 3};", "is evaluated before", "K");
  check_moved("L l{1, 2, 3};", "L l{1, 3, 2};", "L");
}

TEST_CASE("a type that holds its own kind is looked at once") {
  const std::string decl =
      "#include <vector>\n"
      "struct R { char a; std::vector<R> b; char c; };\n";
  check_moved(decl + "R r{1, {}, 3};", decl + "R r{1, 3, {}};", "R");
}

TEST_CASE("what is not written where it is used is left to a person") {
  check_refused("#define MAKE(x, y) P{1, x, y}\nP p = MAKE(2, 3);", "it comes out of a macro");
  check_refused("#define ID(...) __VA_ARGS__\nP p = ID(P{1, 2, 3});", "it comes out of a macro");
  check_refused("#define TWO 2, 3\nP p{1, TWO};", "its text could not be read");
  check_refused("P p{1,\n#ifdef X\n 5,\n#else\n 2,\n#endif\n 3};", "preprocessor directives");
  check_refused("template <class T> T f() { return T{1, 2, 3}; }\nP p = f<P>();",
                "its code is a template");
  check_refused("struct O { P p; int z; }; O o = {1, 2, 3};", "inner braces are left out");
  check_refused("P p{1, 2};", "leaves out fields");
  check_refused("#include <vector>\nvoid f(std::vector<N>& v) { v.emplace_back(1, nullptr, 3); }",
                "code that was not read", "N");
  check_moved("#define TWO 2\nP p{1, TWO, 3};", "#define TWO 2\nP p{1, 3, TWO};");
}

TEST_CASE("positional values of a class template follow where its arguments are written out") {
  const std::string decl = "template <class T> struct V { char a; T b; char c; };\n";
  check_moved(decl + "V<double> v{1, 2, 3};", decl + "V<double> v{1, 3, 2};", "V");
  check_moved(decl + "void f(V<double> v) { auto [a, b, c] = v; }",
              decl + "void f(V<double> v) { auto [a, c, b] = v; }", "V");
}

}  // namespace snug
