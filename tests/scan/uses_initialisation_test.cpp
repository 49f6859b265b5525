// Values that find their fields by position, in units that do not declare the type.
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::scan_sources;
using test::use_list;
using test::uses_of;
using List = std::vector<std::string>;

const std::string kInitialisedHeader =
    "#pragma once\n"
    "struct In { char c; int i; };\n"
    "struct T { char a; In in; double d; int arr[2]; };\n"
    "T made();\n";

/// The uses of T when `code` stands from line 2 on in a unit that only includes the header.
List initialisations_in(const std::string& code, const std::string& record = "T",
                        const std::string& extra = "") {
  const Model model =
      scan_sources({{"t.h", kInitialisedHeader},
                    {"decl.cpp", "#include \"t.h\"\nT made() { T t{}; return t; }\n"},
                    {"use.cpp", "#include \"t.h\" " + extra + "\n" + code + "\n"}});
  return use_list(model, record);
}

}  // namespace

TEST_CASE("braces that fill fields by position are seen in every context") {
  CHECK(initialisations_in("T a = {1, {2, 3}, 4, {5, 6}};") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("T a{1};") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("T f() { return {1}; }") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("struct D { T t{1}; };") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("T* p = new T{1, {2}};") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("void g(T); void f() { g({1}); }") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("static const T table[] = {{1, {2}}, {3, {4}}};") ==
        List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("T a[2][1] = {{{1}}, {{2}}};").size() == 1);
  CHECK(initialisations_in("#define MAKE(x) T{x}\nT a = MAKE(1);") ==
        List{"positional-init@use.cpp:3"});
  CHECK(initialisations_in("auto f = [] { return T{1}; };") == List{"positional-init@use.cpp:2"});
}

TEST_CASE("the fields that a list fills are named, and where it stands") {
  const Model model =
      scan_sources({{"t.h", kInitialisedHeader},
                    {"use.cpp", "#include \"t.h\"\nnamespace n { T f() { return {1, {2}}; } }"}});
  const auto uses = uses_of(model, "T", UseKind::PositionalInit);
  REQUIRE(uses.size() == 1);
  CHECK(uses[0].fields == List{"a", "in"});
  CHECK(uses[0].function == "n::f");
  CHECK(uses[0].where.line == 2);
  CHECK(uses[0].where.column == 30);
  CHECK_FALSE(uses[0].keeps_meaning);
  const auto inner = uses_of(model, "In", UseKind::PositionalInit);
  REQUIRE(inner.size() == 1);
  CHECK(inner[0].fields == List{"c"});
}

TEST_CASE("a list without inner braces fills the nested record too") {
  const Model model = scan_sources(
      {{"t.h", kInitialisedHeader}, {"use.cpp", "#include \"t.h\"\nT a = {1, 2, 3, 4, 5, 6};"}});
  const auto outer = uses_of(model, "T", UseKind::PositionalInit);
  REQUIRE(outer.size() == 1);
  CHECK(outer[0].fields == List{"a", "in", "d", "arr"});
  const auto inner = uses_of(model, "In", UseKind::PositionalInit);
  REQUIRE(inner.size() == 1);
  CHECK(inner[0].fields == List{"c", "i"});
}

TEST_CASE("an array filled without inner braces counts for its record") {
  CHECK(initialisations_in("In a[2] = {1, 2, 3, 4};", "In") == List{"positional-init@use.cpp:2"});
  CHECK(initialisations_in("In x, y; In a[2] = {x, y};", "In").empty());
}

TEST_CASE("a whole value for a nested record is no list without braces") {
  CHECK(initialisations_in("In in; T a{1, in, 2};", "In").empty());
}

TEST_CASE("lists that give nothing by position are no hazard") {
  CHECK(initialisations_in("T a{}; T b = {}; T c; T d(a); T e = d; T f{e};").empty());
  CHECK(initialisations_in("T a{0};") == List{"positional-init@use.cpp:2="});
  CHECK(initialisations_in("T a = {0, {0, 0}, 0.0, {0}};") == List{"positional-init@use.cpp:2="});
  CHECK(initialisations_in("struct C { C(int, int); }; C c{1, 2};", "C").empty());
}

TEST_CASE("bases of an aggregate come before its fields") {
  const Model model = scan_sources(
      {{"t.h", "struct B { int x, y; };\nstruct D : B { int a, b; };\n"},
       {"use.cpp", "#include \"t.h\"\nD one{{1, 2}, 3};\nD two{1, 2, 3};\nD three{{1}};\n"}});
  CHECK(use_list(model, "D") == List{"positional-init@use.cpp:2", "positional-init@use.cpp:3"});
  CHECK(use_list(model, "B") == List{"positional-init@use.cpp:2", "positional-init@use.cpp:3",
                                     "positional-init@use.cpp:4"});
  CHECK(uses_of(model, "D", UseKind::PositionalInit)[0].fields == List{"a"});
}

TEST_CASE("parentheses fill aggregates by position") {
  CHECK(initialisations_in("T a(1);") == List{"paren-init@use.cpp:2"});
  CHECK(initialisations_in("T* p = new T(1, In{});") == List{"paren-init@use.cpp:2"});
  const Model model = scan_sources(
      {{"t.h", kInitialisedHeader}, {"use.cpp", "#include \"t.h\"\nIn in; T a(1, in);\n"}});
  CHECK(uses_of(model, "T", UseKind::ParenInit)[0].fields == List{"a", "in"});
}

TEST_CASE("instantiated code that fills the fields is seen where it stands") {
  const Model model = scan_sources(
      {{"t.h", kInitialisedHeader +
                   "template <class X, class... A> X* create(A... a) {\n"
                   "  return new X{a...};\n}\n"
                   "template <class X, class... A> X build(A... a) { return X(a...); }\n"},
       {"use.cpp", "#include \"t.h\"\nvoid f() { create<In>('a', 2); build<In>('a', 2); }\n"}});
  CHECK(use_list(model, "In") == List{"paren-init@t.h:8", "positional-init@t.h:6"});
}

TEST_CASE("library functions that build an aggregate are seen at the call") {
  const std::string headers =
      "\n#include <any>\n#include <map>\n#include <memory>\n#include <optional>\n"
      "#include <variant>\n#include <vector>";
  const auto uses = [&](const std::string& code) {
    return initialisations_in(code, "In", headers);
  };
  const List hit{"emplace-aggregate@use.cpp:8"};
  CHECK(uses("void f(std::vector<In>& v) { v.emplace_back('a', 2); }") == hit);
  CHECK(uses("void f(std::vector<In>& v) { v.emplace(v.begin(), 'a', 2); }") == hit);
  CHECK(uses("auto p = std::make_unique<In>('a', 2);") == hit);
  CHECK(uses("auto p = std::make_shared<In>('a', 2);") == hit);
  CHECK(uses("std::optional<In> o(std::in_place, 'a', 2);") == hit);
  CHECK(uses("auto o = std::make_optional<In>('a', 2);") == hit);
  CHECK(uses("void f(std::optional<In>& o) { o.emplace('a', 2); }") == hit);
  CHECK(uses("std::variant<int, In> o(std::in_place_type<In>, 'a', 2);") == hit);
  CHECK(uses("void f(std::variant<int, In>& o) { o.emplace<In>('a', 2); }") == hit);
  CHECK(uses("void f(std::variant<int, In>& o) { o.emplace<1>('a', 2); }") == hit);
  CHECK(uses("void f(In* p) { std::construct_at(p, 'a', 2); }") == hit);
  CHECK(uses("void f(std::map<int, In>& m) { m.try_emplace(1, 'a', 2); }") == hit);
  CHECK(uses("void f(std::map<int, In>& m) { m.emplace(std::piecewise_construct,"
             " std::forward_as_tuple(1), std::forward_as_tuple('a', 2)); }") == hit);
}

TEST_CASE("library functions that copy an aggregate are no hazard") {
  const std::string headers = "\n#include <map>\n#include <memory>\n#include <vector>";
  const auto uses = [&](const std::string& code) {
    return initialisations_in(code, "In", headers);
  };
  CHECK(uses("void f(std::vector<In>& v, In i) { v.emplace_back(i); v.emplace_back(); "
             "v.emplace_back(In()); v.push_back(i); v.emplace(v.begin(), i); }")
            .empty());
  CHECK(uses("void f(In i) { std::make_unique<In>(i); std::make_shared<In>(); }").empty());
  CHECK(
      uses("void f(std::map<int, In>& m, In i) { m.emplace(1, i); m.try_emplace(1, i); }").empty());
}

TEST_CASE("structured bindings name the fields by position") {
  const List hit{"structured-binding@use.cpp:2"};
  CHECK(initialisations_in("int f(In i) { auto [a, b] = i; return b; }", "In") == hit);
  CHECK(initialisations_in("int f(In i) { auto& [a, b] = i; return b; }", "In") == hit);
  CHECK(initialisations_in("int f(In i) { const auto& [a, b] = i; return b; }", "In") == hit);
  CHECK(initialisations_in("In all[3]; void f() { for (auto& [a, b] : all) a = 1; }", "In") == hit);
  CHECK(initialisations_in("In g(); void f() { if (auto [a, b] = g(); b) {} }", "In") == hit);
  CHECK(initialisations_in("struct D : In {}; void f(D d) { auto [a, b] = d; }", "In") == hit);
}

TEST_CASE("bindings of pairs, arrays and tuple-like types are no hazard") {
  CHECK(initialisations_in("#include <utility>\nvoid f(std::pair<In, int> p) { auto [a, b] = p; }",
                           "In")
            .empty());
  CHECK(initialisations_in("In all[2]; void f() { auto& [a, b] = all; }", "In").empty());
  CHECK(initialisations_in(
            "#include <tuple>\n"
            "template <> struct std::tuple_size<In> { static constexpr int value = 2; };\n"
            "template <> struct std::tuple_element<0, In> { using type = int; };\n"
            "template <> struct std::tuple_element<1, In> { using type = int; };\n"
            "template <int I> int get(In in) { return in.i; }\n"
            "void f(In i) { auto [a, b] = i; }",
            "In")
            .empty());
}

TEST_CASE("records that are built where the front end does not look are found") {
  for (const std::string code : {
           "int f() { switch (T t = T{1, 2}; t.a) { default: return 1; } }",
           "int f() { switch (auto [x, y] = made(); x) { default: return y; } }",
           "int f() { for (T t{1, 2}; int i : {1, 2}) return i + t.a; return 0; }",
           "struct A { alignas(T{8, 2}.a) char c; };",
           "void f() noexcept(T{1, 2}.a > 0);",
           "struct A { explicit(T{1, 2}.a > 0) A(int); };",
           "template <class U> const T value = {1, 2};",
           "template <class U> constexpr T value{1, 2};",
       }) {
    const Model model = scan_sources(
        {{"t.h", "#include <initializer_list>\nstruct T { int a; int b; };\nT made();\n"},
         {"use.cpp", "#include \"t.h\"\n" + code + "\n"}});
    INFO(code);
    const std::vector<Use> uses = uses_of(model, "T", UseKind::PositionalInit);
    REQUIRE(uses.size() == 1);
    CHECK(uses[0].obstacle == "the front end does not show the code there");
    CHECK(uses[0].where.line == 2);
  }
  const Model model =
      scan_sources({{"use.cpp",
                     "struct T { int a; int b; };\nvoid h();\nvoid g() noexcept(noexcept(h())) {}\n"
                     "template <class U> U made(U u) { return {u}; }\n"
                     "int f(int n) { for (int i = 0; i < n; ++i) {} switch (n) { default: return "
                     "made(n); } }\n"}});
  CHECK(use_list(model, "T").empty());
}

TEST_CASE("a tuple gives all fields by position") {
  const Model model =
      scan_sources({{"a.cpp",
                     "#include <tuple>\nstruct T { char a; double d; char c; };\n"
                     "T f() { return std::make_from_tuple<T>(std::tuple('a', 2.0, 'c')); "
                     "}\n"}});
  const std::vector<Use> found = uses_of(model, "T", UseKind::EmplaceAggregate);
  REQUIRE(found.size() == 1);
  CHECK(found[0].fields.empty());
}

TEST_CASE("traits that ask whether values by position build a record") {
  const std::string type = "#include <type_traits>\nstruct T { char a; double d; char* c; };\n";
  const auto asked = [&](const std::string& condition) {
    return uses_of(scan_sources({{"a.cpp", type + "bool b = " + condition + ";\n"}}), "T",
                   UseKind::PositionalInit)
        .size();
  };
  CHECK(asked("std::is_constructible_v<T, char, double, char*>") == 1);
  CHECK(asked("std::is_constructible<::T, char, double>::value") == 1);
  CHECK(asked("std::is_nothrow_constructible_v<T, char, double>") == 1);
  CHECK(asked("std::is_constructible_v<T, const T&>") == 0);
  CHECK(asked("std::is_constructible_v<int, T*, int>") == 0);
  CHECK(asked("std::is_default_constructible_v<T>") == 0);
}

TEST_CASE("designators are told with their fields in source order") {
  const Model model =
      scan_sources({{"t.h", kInitialisedHeader},
                    {"use.cpp", "#include \"t.h\"\nT a{.a = 1, .d = 2};\nT b{.d = 1};\n"}});
  const auto uses = uses_of(model, "T", UseKind::DesignatedInit);
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].fields == List{"a", "d"});
  CHECK_FALSE(uses[0].keeps_meaning);
  CHECK(uses[1].keeps_meaning);
}

TEST_CASE("C: designators keep their meaning in any order, values by position do not") {
  const Model model = scan_sources(
      {{"t.h", "struct B { int x; };\nstruct T { struct B base; char c; double d; };\n"},
       {"use.c",
        "#include \"t.h\"\n"
        "struct T a = {.d = 1, .c = 2};\n"
        "struct T b = {.c = 1, 5};\n"
        "struct T c = {0};\n"
        "struct T tab[] = {[1] = {.c = 1}, {{1}, 2, 3}};\n"
        "void f(struct T* t) { *t = (struct T){{1}, 2, 3}; }\n"}});
  CHECK(use_list(model, "T") ==
        List{"designated-init@use.c:2=", "designated-init@use.c:5=", "positional-init@use.c:3",
             "positional-init@use.c:4=", "positional-init@use.c:5", "positional-init@use.c:6"});
}

TEST_CASE("C: values behind a designator with several steps fill what follows its field") {
  const auto in_c = [](const std::string& code) {
    const Model model = scan_sources({{"a.c",
                                       "struct T { char a; double b; char c; int d; };\n"
                                       "struct O { int k; struct T t; int l; };\n" +
                                           code + "\n"}});
    return use_list(model, "T");
  };
  const List hit{"positional-init@a.c:3"};
  CHECK(in_c("struct O o = {.t.b = 5, 6, 7, 8};") == hit);
  CHECK(in_c("struct T t[4] = {[3].b = 7, 8};") == hit);
  CHECK(in_c("struct T t[4] = {[3].b = 7, [2].c = 8};").size() <= 1);
  CHECK(in_c("struct O o = {.t.b = 5, .l = 6};").empty());
}

TEST_CASE("values in an included file are no values to edit") {
  const Model model = scan_sources({{"rows.inc", "{1, 2, 3},\n"},
                                    {"a.c",
                                     "struct T { char a; double b; char c; };\n"
                                     "struct T t[] = {\n#include \"rows.inc\"\n};\n"}});
  const std::vector<Use> found = uses_of(model, "T", UseKind::PositionalInit);
  REQUIRE(found.size() == 1);
  CHECK(found[0].items.empty());
  CHECK(found[0].obstacle == "its values are in a file that is included there");
}

TEST_CASE("a use of any instantiation is a use of the template") {
  const Model model =
      scan_sources({{"t.h", "template <class X> struct P { X x; int n; };\n"},
                    {"use.cpp", "#include \"t.h\"\nP<char> a{'a', 1};\nP<double> b{};\n"}});
  CHECK(use_list(model, "P") == List{"positional-init@use.cpp:2"});
}

}  // namespace snug
