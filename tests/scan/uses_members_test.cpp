// Fields that need other fields while they come to life or die.
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::scan_sources;
using test::use_list;
using test::uses_of;
using List = std::vector<std::string>;

/// The uses of T that is declared in a header, with `code` in a unit of its own.
Model scan_class(const std::string& members, const std::string& code = "",
                 const std::string& includes = "") {
  return scan_sources(
      {{"inc.h", "#pragma once\n" + includes + "\n"},
       {"t.h",
        "#pragma once\n#include \"inc.h\"\nstruct Probe { Probe(int* p = 0); ~Probe(); int* p; };\n"
        "struct T {\n" +
            members + "\n};\n"},
       {"decl.cpp", "#include \"t.h\"\nint unused(T*) { return 0; }\n"},
       {"use.cpp", "#include \"t.h\"\n" + code + "\n"}});
}

List fields_of(const Model& model, UseKind kind) {
  const auto uses = uses_of(model, "T", kind);
  return uses.empty() ? List{"none"} : uses.front().fields;
}

}  // namespace

TEST_CASE("a member initialiser that reads another member") {
  const Model model =
      scan_class("int a; int b; int c; T(int x);", "T::T(int x) : a(x), b(a + 1), c(x) {}");
  CHECK(use_list(model, "T") == List{"init-reads-member@use.cpp:2"});
  CHECK(fields_of(model, UseKind::InitReadsMember) == List{"b", "a"});
  CHECK(uses_of(model, "T", UseKind::InitReadsMember)[0].function == "T::T");
}

TEST_CASE("a default initialiser that reads another member") {
  const Model model = scan_class("int a = 1; int b = a * 2; int c = sizeof(a);", "T t;");
  CHECK(use_list(model, "T") == List{"init-reads-member@t.h:5"});
  CHECK(fields_of(model, UseKind::InitReadsMember) == List{"b", "a"});
}

TEST_CASE("members read through member functions, this and lambdas") {
  CHECK(fields_of(scan_class("int a; int b; T(int x); int twice() const { return a * 2; }",
                             "T::T(int x) : a(x), b(twice()) {}"),
                  UseKind::InitReadsMember) == List{"b", "a"});
  CHECK(fields_of(scan_class("int a; int b; T(int x);", "T::T(int x) : a(x), b(this->a) {}"),
                  UseKind::InitReadsMember) == List{"b", "a"});
  CHECK(fields_of(scan_class("int a; int b; T(int x);",
                             "T::T(int x) : a(x), b([this] { return a; }()) {}"),
                  UseKind::InitReadsMember) == List{"b", "a"});
  CHECK(fields_of(scan_class("int a; int b; T(int x); int far() const;",
                             "T::T(int x) : a(x), b(far()) {}"),
                  UseKind::InitReadsMember) == List{"b"});
  CHECK(fields_of(scan_class("int a; int b; T(int x);",
                             "int ask(T*); T::T(int x) : a(x), b(ask(this)) {}"),
                  UseKind::InitReadsMember) == List{"b"});
}

TEST_CASE("initialisers that read no member of their own object") {
  CHECK(use_list(scan_class("int a; int b; T(const T& o); T(int a, int b);",
                            "T::T(const T& o) : a(o.b), b(o.a) {}\n"
                            "T::T(int a, int b) : a(b), b(a) {}"),
                 "T")
            .empty());
  CHECK(use_list(scan_class("static int n; int a; int b; T(); static int get() { return 1; }",
                            "T::T() : a(n), b(get() + sizeof(a)) {}"),
                 "T")
            .empty());
}

TEST_CASE("a pointer or reference that only stores an address reads nothing") {
  CHECK(use_list(
            scan_class("int a; int* p; int& r; T* self; T(int x); char room[4]; char* at = room;",
                       "T::T(int x) : a(x), p(&a), r(a), self(this) {}"),
            "T")
            .empty());
  CHECK(fields_of(scan_class("int* p; int v; T(int* x);", "T::T(int* x) : p(x), v(*p) {}"),
                  UseKind::InitReadsMember) == List{"v", "p"});
}

TEST_CASE("initialisers that share a variable which one of them changes") {
  CHECK(fields_of(scan_class("std::string name; int length; T(std::string n);",
                             "T::T(std::string n) : name(std::move(n)), length(n.size()) {}",
                             "#include <string>\n#include <utility>"),
                  UseKind::InitReadsMember) == List{"name", "length"});
  CHECK(fields_of(scan_class("int a; int b; T(int n);", "T::T(int n) : a(n++), b(n++) {}"),
                  UseKind::InitReadsMember) == List{"a", "b"});
  CHECK(fields_of(
            scan_class("int a; int b; T(const char* p);",
                       "int next(const char*& p); T::T(const char* p) : a(next(p)), b(next(p)) {}"),
            UseKind::InitReadsMember) == List{"a", "b"});
  CHECK(use_list(scan_class("int a; int b; T(int n);", "T::T(int n) : a(n), b(n + 1) {}"), "T")
            .empty());
}

TEST_CASE("initialisers with effects keep their order, others do not") {
  struct Row {
    std::string list;    // behind `T::T(Reader& r, int n, std::string s) : `
    std::string fields;  // what has to keep its order, as "a b" for each pair
  };
  const std::vector<Row> rows{
      {"a(r.byte()), b(r.byte()), c(0)", "a b"},
      {"a(1), b(n++), c(n)", "b c"},
      {"a(n++), b(n++), c(n++)", "a b, a c, b c"},
      {"a(tick()), b(2), c(tick())", "a c"},
      {"a(total), b(tick()), c(3)", "a b"},
      {"a(unknown(1)), b(n), c(unknown(2))", "a c"},
      {"a(s.size()), b(0), c(std::move(s).size())", "a c"},
      {"a((total = 3)), b(total), c(1)", "a b"},
      {"a(next(n)), b(n), c(1)", "a b"},
      {"a(next(n)), b(1), c(2)", ""},
      {"a(n), b(n + 1), c(n * 2)", ""},
      {"a(twice(n)), b(twice(2)), c(limit)", ""},
      {"a(unknown(1)), b(n), c(limit)", ""},
      {"a(s.size()), b(s.empty()), c(std::max(n, 3))", ""},
      {"a(total), b(twice(total)), c(total + 1)", ""},
      {"a(counted(n)), b(summed(3)), c(0)", ""},
  };
  for (const Row& row : rows) {
    const Model model = scan_class(
        "int a, b, c; T(Reader& r, int n, std::string s);",
        "int unknown(int); int total; const int limit = 4;\n"
        "int tick() { return ++total; }  int twice(int x) { return 2 * x; }\n"
        "int next(int& x) { return x++; }\n"
        "int summed(int x) { int sum = 0; for (int i = 0; i < x; ++i) sum += i; return sum; }\n"
        "int counted(int x) { if (x > 3) return summed(x); x += 2; return x; }\n"
        "T::T(Reader& r, int n, std::string s) : " +
            row.list + " { (void)r; (void)n; }",
        "#include <algorithm>\n#include <string>\n#include <utility>\n"
        "struct Reader { const char* p; char byte() { return *p++; } };");
    std::string found;
    for (const Use& use : uses_of(model, "T", UseKind::InitReadsMember)) {
      found += (found.empty() ? "" : ", ") + use.fields.at(0) + " " + use.fields.at(1);
    }
    INFO(row.list);
    CHECK(found == row.fields);
  }
}

TEST_CASE("default member initialisers with effects keep their order") {
  const std::string effects = "int total; int tick() { return ++total; } int two() { return 2; }";
  CHECK(fields_of(scan_class("int a = tick(); int b = 1; int c = tick();", "T t;", effects),
                  UseKind::InitReadsMember) == List{"a", "c"});
  CHECK(fields_of(scan_class("int a = tick(); int b; T(int n);", "T::T(int n) : b(n + total) {}",
                             effects),
                  UseKind::InitReadsMember) == List{"a", "b"});
  CHECK(use_list(scan_class("int a = two(); int b = 1; int c = two();", "T t;", effects), "T")
            .empty());
}

TEST_CASE("fields whose destructors or copies have effects keep their order") {
  const std::string types =
      "#include <memory>\n#include <string>\n#include <vector>\nint out(int);\n"
      "struct Loud { int v; ~Loud() { out(v); } };\n"
      "struct Copy { int v; Copy(int x) : v(x) {} Copy(const Copy& o) : v(o.v) { out(v); } };\n"
      "struct Calm { int* p; Calm(int x) : p(new int(x)) {} ~Calm() { delete p; p = nullptr; } };\n"
      "struct Plain { long v; Plain(long x = 0) : v(x) {} };\n"
      "struct Base { virtual ~Base(); };\n";
  const auto kinds = [&](const std::string& fields) {
    return use_list(scan_class(fields, "", types), "T");
  };
  CHECK(kinds("Loud a; int b; Loud c;") == List{"destruction-order@t.h:5"});
  CHECK(kinds("std::vector<Loud> a; std::unique_ptr<Loud> b;") == List{"destruction-order@t.h:5"});
  CHECK(kinds("std::unique_ptr<Base> a; Loud b[2];") == List{"destruction-order@t.h:5"});
  CHECK(kinds("Copy a; int b; Copy c;") == List{"init-reads-member@t.h:5"});
  CHECK(kinds("Loud a; int b; std::string c; std::vector<int> d;").empty());
  CHECK(kinds("std::string a; std::unique_ptr<std::string> b; std::vector<Plain> c;").empty());
  CHECK(kinds("Plain a; Plain b; std::shared_ptr<Plain> c;").empty());
  CHECK(kinds("Calm a; Plain b; Calm c;").empty());
  const Use use =
      uses_of(scan_class("Loud a; int b; Loud c;", "", types), "T", UseKind::DestructionOrder)
          .at(0);
  CHECK(use.fields == List{"a", "c"});
  CHECK(use.detail == "runs destructors with effects, of 'Loud'");
}

TEST_CASE("a member whose destructor can reach another member") {
  CHECK(fields_of(scan_class("int a; Probe p; T();", "T::T() : a(1), p(&a) {}"),
                  UseKind::DestructionOrder) == List{"p", "a"});
  CHECK(fields_of(scan_class("int a; Probe p{&a};", "T t;"), UseKind::DestructionOrder) ==
        List{"p", "a"});
  CHECK(fields_of(scan_class("std::mutex m; std::unique_lock<std::mutex> l; T();",
                             "T::T() : m(), l(m) {}", "#include <mutex>"),
                  UseKind::DestructionOrder) == List{"l"});
  CHECK(fields_of(scan_class("int n; std::jthread t; void start();",
                             "void T::start() { t = std::jthread([this] { ++n; }); }",
                             "#include <thread>"),
                  UseKind::DestructionOrder) == List{"t"});
  CHECK(fields_of(scan_class("int n; std::vector<std::future<int>> f;", "T t;",
                             "#include <future>\n#include <vector>"),
                  UseKind::DestructionOrder) == List{"f"});
  CHECK(fields_of(scan_class("int n; std::unique_ptr<Probe> p; void start();",
                             "void T::start() { p.reset(new Probe(&n)); }", "#include <memory>"),
                  UseKind::DestructionOrder) == List{"p", "n"});
  CHECK(fields_of(
            scan_class("int n; std::unique_ptr<Probe> p; void start();",
                       "void T::start() { p = std::make_unique<Probe>(&n); }", "#include <memory>"),
            UseKind::DestructionOrder) == List{"p", "n"});
}

TEST_CASE("a thread that runs a member function may use any member") {
  const Model model = scan_class("int n; std::thread t; T(); void run(); ~T() { t.join(); }",
                                 "T::T() : n(0), t(&T::run, this) {}", "#include <thread>");
  CHECK(fields_of(model, UseKind::InitReadsMember) == List{"t"});
  CHECK(fields_of(model, UseKind::DestructionOrder) == List{"t"});
}

TEST_CASE("values that are copied from other members do not bind destructors") {
  CHECK(uses_of(scan_class("std::string a, b; void f();", "void T::f() { a = b + \"x\"; b = a; }",
                           "#include <string>"),
                "T", UseKind::DestructionOrder)
            .empty());
  CHECK(uses_of(scan_class("int* a; std::unique_ptr<int> b; void f();",
                           "void T::f() { b.reset(a); b.reset(); }", "#include <memory>"),
                "T", UseKind::DestructionOrder)
            .empty());
}

TEST_CASE("initialiser lists are told with the place of every entry") {
  const std::string code =
      "template <class B> struct Wrap { Wrap(int) {} };\n"
      "struct D : T, Wrap<int> { int x; int y; D(); };\n"
      "D::D() : T(), Wrap<int>(3), /* why */ y{(1, 2)}, x(y) {}";
  const Model model = scan_class("int a; T() : a(1) {}", code);
  std::vector<InitializerList> lists;
  for (const InitializerList& list : model.initializers) {
    if (list.record_id == test::records_named(model, "D").at(0)->id) {
      lists.push_back(list);
    }
  }
  REQUIRE(lists.size() == 1);
  REQUIRE(lists[0].items.size() == 4);
  const std::string text = "#include \"t.h\"\n" + code + "\n";
  const auto written = [&](std::size_t i) {
    const SourceRange& range = lists[0].items[i].range;
    return text.substr(range.begin, range.end - range.begin);
  };
  CHECK(written(0) == "T()");
  CHECK(written(1) == "Wrap<int>(3)");
  CHECK(written(2) == "y{(1, 2)}");
  CHECK(written(3) == "x(y)");
  CHECK(lists[0].items[0].is_base);
  CHECK(lists[0].items[1].is_base);
  CHECK(lists[0].items[1].member == "Wrap");
  CHECK(lists[0].items[2].member == "y");
  CHECK(lists[0].items[3].reads == List{"y"});
  CHECK_FALSE(lists[0].from_macro);
}

TEST_CASE("lists of templates are told once, delegating constructors not at all") {
  const Model model = scan_sources(
      {{"t.h",
        "template <class X> struct P { X x; int n; P(X v) : n(1), x(v) {} P() : P(X()) {}\n"
        "  template <class... A> P(int, A... a) : n(2), x(a...) {} };\n"},
       {"use.cpp", "#include \"t.h\"\nP<char> a('c'); P<double> b; P<int> c(1, 2);\n"}});
  CHECK(model.initializers.size() == 2);
  for (const InitializerList& list : model.initializers) {
    CHECK(list.items.size() == 2);
    CHECK(list.record_id == test::records_named(model, "P").at(0)->template_id);
  }
}

TEST_CASE("lists that come out of macros are marked") {
  const Model model = scan_class("int a; int b; T();", "#define INIT : a(1), b(2)\nT::T() INIT {}");
  REQUIRE(model.initializers.size() == 1);
  CHECK(model.initializers[0].from_macro);
}

}  // namespace snug
