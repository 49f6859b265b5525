// Sizes, offsets, linkage and comparisons in units that do not declare the type.
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::scan_sources;
using test::use_list;
using test::uses_of;
using List = std::vector<std::string>;

const std::string kSizedHeader =
    "#pragma once\n"
    "#include <stddef.h>\n"
    "struct In { char c; int i; };\n"
    "struct T { int first; char c; double d; struct In in; };\n";

List size_uses_in(const std::string& code, const std::string& unit = "use.cpp") {
  const Model model = scan_sources({{"t.h", kSizedHeader},
                                    {"decl.cpp", "#include \"t.h\"\n"},
                                    {unit, "#include \"t.h\"\n" + code + "\n"}});
  return use_list(model, "T");
}

}  // namespace

TEST_CASE("sizeof in arithmetic") {
  const List hit{"size-arithmetic@use.cpp:2"};
  CHECK(size_uses_in("size_t f(int n) { return n * sizeof(T); }") == hit);
  CHECK(size_uses_in("size_t f(T& t) { return sizeof t + 8; }") == hit);
  CHECK(size_uses_in("bool f(size_t n) { return n < sizeof(T); }") == hit);
  CHECK(size_uses_in("void f(size_t& n) { n += sizeof(T); }") == hit);
  CHECK(size_uses_in("size_t f(size_t n) { return n / sizeof(T[2]); }") == hit);
}

TEST_CASE("sizes that choose a branch or how many fit") {
  const List hit{"size-arithmetic@use.cpp:2"};
  CHECK(size_uses_in("int f() { switch (sizeof(T)) { case 24: return 1; } return 2; }") == hit);
  CHECK(size_uses_in("char room[96]; int f() { return sizeof room / sizeof(T); }") == hit);
  CHECK(size_uses_in("T t[4]; int f() { return sizeof t / sizeof(T); }") == List{});
  CHECK(size_uses_in("T t[4]; int f() { return sizeof(t) / sizeof(t[0]); }") == List{});
  CHECK(size_uses_in("T t[4][2]; int f() { return sizeof t / sizeof t[0][0]; }") == List{});
}

TEST_CASE("sizes whose value is seen") {
  const List hit{"size-arithmetic@use.cpp:2"};
  const std::string io = "extern \"C\" int printf(const char*, ...); ";
  CHECK(size_uses_in("size_t f() { return sizeof(T); }") == hit);
  CHECK(size_uses_in("const size_t kBytes = sizeof(T);") == hit);
  CHECK(size_uses_in(io + "void f() { printf(\"%zu\", sizeof(T)); }") == hit);
  CHECK(size_uses_in(io + "void f() { printf(\"%d\", sizeof(T) > 16); }") == hit);
  CHECK(size_uses_in(io + "void f() { size_t n = sizeof(T); n *= 2; printf(\"%zu\", n); }") == hit);
  CHECK(size_uses_in(io + "static void put(size_t n) { printf(\"%zu\", n); } "
                          "void f() { put(3 * sizeof(T)); }") == hit);
  CHECK(size_uses_in("static bool fits(size_t n) { return n < 32; } "
                     "bool f() { return fits(sizeof(T)); }") == hit);
  CHECK(size_uses_in("struct S { int bytes; S() : bytes(sizeof(T)) {} };") == hit);
  CHECK(size_uses_in("template <int N> int get(); int f() { return get<sizeof(T)>(); }") == hit);
}

TEST_CASE("a size that is handed round is followed once for each variable") {
  // Each mention leads to all others: four levels deep these were 10^9 walks.
  std::string code = "void g(size_t); void f() { size_t n = sizeof(T), m = 0; ";
  for (int i = 0; i < 200; ++i) code += "m = n * 2; n = m * 3; ";
  CHECK(size_uses_in(code + "g(n); }") == List{});
  CHECK(size_uses_in(code + "if (m < 64) g(n); }") == List{"size-arithmetic@use.cpp:2"});
  CHECK(size_uses_in("void a(size_t); void b(size_t n) { a(n); } void a(size_t n) { b(n); } "
                     "void f() { a(sizeof(T)); }") == List{});
}

TEST_CASE("an allocator lets others notice sizes by its limit or by what it counts") {
  const List hit{"size-arithmetic@use.cpp:3"};
  const auto of = [](const std::string& allocator) {
    return size_uses_in(allocator + "\nvoid* f() { return take(sizeof(T)); }");
  };
  const std::string room = "static char room[99]; static size_t used; ";
  CHECK(of(room + "void* take(size_t n) { used += n; return room + used; }") == List{});
  CHECK(of(room + "void* take(size_t n) { if (used + n > 99) return nullptr; return room; }") ==
        hit);
  CHECK(of(room + "void* take(size_t n) { if (n > used) throw 1; return room; }") == hit);
  CHECK(of(room + "void* grow(); void* take(size_t n) { if (used + n > 99) return grow(); "
                  "return room; }") == List{});
  CHECK(of(room + "void* take(size_t n) { used += n; return room; } "
                  "size_t all() { return used; }") == hit);
  CHECK(of(room + "void* take(size_t n) { size_t k = 1; while (k < n) k *= 2; used = k; "
                  "return room; }") == hit);
}

TEST_CASE("sizes of memory that is only asked for or touched are not seen") {
  const std::string memory = "void* take(size_t); void give(void*, size_t); ";
  CHECK(size_uses_in(memory + "void f(int n) { size_t b = n * sizeof(T); give(take(b), b); }") ==
        List{});
  CHECK(size_uses_in(memory + "void f(void* p, int n) { give(p, n * sizeof(T)); }") == List{});
  CHECK(size_uses_in("static char* at; static char* take(size_t n) { return n > 64 ? 0 : at; } "
                     "char* f() { return take(sizeof(T)); }") == List{});
  CHECK(size_uses_in("struct Kind { const char* name; size_t bytes; }; "
                     "Kind kinds[] = {{\"T\", sizeof(T)}};") == List{});
}

TEST_CASE("sizes that whoever hands out memory prints") {
  const std::string io = "extern \"C\" int printf(const char*, ...); ";
  const List hit{"size-arithmetic@use.cpp:2"};
  const auto get = [&](const std::string& body) {
    return size_uses_in(io + "static void* get(size_t n) { " + body +
                        " return ::operator new(n); } void* f() { return get(sizeof(T)); }");
  };
  CHECK(get("printf(\"%zu\", n);") == hit);
  CHECK(get("size_t m = n + 8; printf(\"%zu\", m);") == hit);
  CHECK(get("if (n > 64) printf(\"large %zu\", n);") == List{});
  CHECK(get("") == List{});
  const auto resource = [&](const std::string& function) {
    return size_uses_in(io + function + " T keep;");
  };
  CHECK(resource("void* operator new(size_t n) { printf(\"%zu\", n); return nullptr; }") == hit);
  CHECK(resource("static size_t all; void* operator new(size_t n) { all += n; return nullptr; } "
                 "void show() { printf(\"%zu\", all); }") == hit);
  CHECK(resource("static size_t all; void* operator new(size_t n) { all += n; return nullptr; }") ==
        List{});
  CHECK(resource("void operator delete(void*, size_t n) noexcept { printf(\"%zu\", n); }") == hit);
  CHECK(resource("struct R { virtual void* do_allocate(size_t n, size_t) { printf(\"%zu\", n); "
                 "return nullptr; } };") == hit);
  CHECK(resource("struct Other { static void* operator new(size_t n) { printf(\"%zu\", n); "
                 "return nullptr; } };") == List{});
}

TEST_CASE("sizes of arrays and distances between objects are sizes of the record") {
  const std::string io = "extern \"C\" int printf(const char*, ...); ";
  const List hit{"size-arithmetic@use.cpp:2"};
  CHECK(size_uses_in(io + "void f() { char b[sizeof(T)]; printf(\"%zu\", sizeof b); }") ==
        List{"asserted-size@use.cpp:2=", "size-arithmetic@use.cpp:2"});
  CHECK(
      size_uses_in("char b[4 * sizeof(T)]; void g(void*, size_t); void f() { g(b, sizeof b); }") ==
      List{"asserted-size@use.cpp:2="});
  CHECK(size_uses_in("T t[4]; long f() { return (char*)&t[3] - (char*)&t[0]; }") == hit);
  CHECK(size_uses_in("T t[4]; long f() { return (long)&t[3] - (long)&t[0]; }") == hit);
  CHECK(size_uses_in("T t[4]; long f() { char* e = (char*)(t + 4); return e - (char*)t; }") ==
        List{"byte-cast@use.cpp:2", "size-arithmetic@use.cpp:2"});
  CHECK(size_uses_in("T t[4]; long f() { return ((char*)&t[3] - (char*)t) / sizeof(T); }") ==
        List{});
  CHECK(size_uses_in("T t[4]; long f() { return &t[3] - &t[0]; }") == List{});
  CHECK(size_uses_in("struct Block { T items[4096 / sizeof(T)]; };") == hit);
  CHECK(size_uses_in("template <size_t N> size_t over(char (*)[N]) { return N; }\n"
                     "size_t f() { return over((char (*)[sizeof(T)])0); }") ==
        List{"size-arithmetic@use.cpp:3"});
}

TEST_CASE("templates that decide by the size of an argument ask those that reach them") {
  const auto asked = [](const std::string& code) {
    return size_uses_in("#include <type_traits>\n#include <array>\n" + code) ==
           List{"size-arithmetic@use.cpp:5"};
  };
  const std::string small = "template <class V> concept Small = sizeof(V) <= 16; ";
  CHECK(asked(small + "\nbool f() { return Small<T>; }"));
  CHECK(asked(small +
              "template <Small V> int g() { return 1; } template <class V> int g() { return 2; }"
              "\nint f() { return g<T>(); }"));
  CHECK(asked(small + "int g(Small auto const&) { return 1; } int g(const T&) { return 2; }"
                      "\nint f(T& t) { return g(t); }"));
  CHECK(
      asked("template <class V> requires(sizeof(V) < 20) int g(V) { return 1; } "
            "template <class V> int g(V&&) { return 2; }\nint f(T& t) { return g(t); }"));
  CHECK(
      asked("template <class V> constexpr size_t size_v = sizeof(V);\n"
            "size_t f() { return size_v<T>; }"));
  CHECK(
      asked("template <class V> struct Info { enum { bytes = sizeof(V) }; }; "
            "template <class V> struct Outer { static int get() { return Info<V>::bytes; } };\n"
            "int f() { return Outer<T>::get(); }"));
  CHECK(asked("template <class V> struct Page { V rows[4096 / sizeof(V)]; };\nPage<T> page;"));
  CHECK(
      asked("template <class V> using By = std::conditional_t<(sizeof(V) <= 16), V, const V&>;\n"
            "bool f() { return std::is_reference_v<By<T>>; }"));
  CHECK(asked("\nbool f() { return std::has_unique_object_representations_v<T>; }"));
  // What a container does with memory decides nothing.
  CHECK(size_uses_in("#include <stdlib.h>\n"
                     "template <class V> struct Vec { V* at = nullptr; size_t n = 0;\n"
                     "  void grow() { at = (V*)realloc(at, ++n * sizeof(V)); }\n"
                     "  static size_t most() { return size_t(-1) / sizeof(V); }\n"
                     "  void check() { static_assert(sizeof(V) < 4096); } };\n"
                     "Vec<T> vec;") == List{});
}

TEST_CASE("sizeof that is pinned") {
  CHECK(size_uses_in("static_assert(sizeof(T) == 24);") == List{"asserted-size@use.cpp:2"});
  CHECK(size_uses_in("enum { E = sizeof(T) };") == List{"asserted-size@use.cpp:2"});
  CHECK(size_uses_in("void f(size_t n) { switch (n) { case sizeof(T): return; } }") ==
        List{"asserted-size@use.cpp:2"});
  CHECK(size_uses_in("_Static_assert(sizeof(struct T) == 24, \"\");", "use.c") ==
        List{"asserted-size@use.c:2"});
  const Model model = scan_sources(
      {{"t.h", kSizedHeader}, {"use.cpp", "#include \"t.h\"\nstatic_assert(sizeof(T) == 24);\n"}});
  CHECK(uses_of(model, "T", UseKind::AssertedSize)[0].asserted);
}

TEST_CASE("assertions of old are assertions") {
  const std::string macro = "#define ASSERT(c, n) extern char n[(c) ? 1 : -1]\n";
  CHECK(size_uses_in(macro + "ASSERT(offsetof(struct T, d) == 8, a);", "use.c") ==
        List{"asserted-offset@use.c:3"});
  CHECK(size_uses_in(macro + "ASSERT(sizeof(struct T) == 24, a);", "use.c") ==
        List{"asserted-size@use.c:3"});
  CHECK(size_uses_in("typedef char check[sizeof(T) == 24 ? 1 : -1];") ==
        List{"asserted-size@use.cpp:2"});
  CHECK(size_uses_in("struct S { unsigned check : sizeof(T) == 24 ? 1 : 2; };") ==
        List{"asserted-size@use.cpp:2"});
}

TEST_CASE("a size that may shrink, or that a type follows, keeps its meaning") {
  const List kept{"asserted-size@use.cpp:2="};
  CHECK(size_uses_in("static_assert(sizeof(T) <= 64);") == kept);
  CHECK(size_uses_in("static_assert(64 >= sizeof(T));") == kept);
  CHECK(size_uses_in("char buffer[sizeof(T)];") == kept);
  CHECK(size_uses_in("template <int N> struct B {}; B<sizeof(T)> b;") == kept);
}

TEST_CASE("sizeof that tells nothing about the layout") {
  CHECK(size_uses_in("void g(size_t); void f() { g(sizeof(T)); }").empty());
  CHECK(size_uses_in("size_t f(int n) { return n * sizeof(T*); }").empty());
  CHECK(size_uses_in("size_t f(T* t) { return sizeof(t) + 1; }").empty());
  CHECK(size_uses_in("T all[7]; size_t f() { return sizeof(all) / sizeof(all[0]); }").empty());
  CHECK(size_uses_in("size_t f() { return alignof(T) * 2; }").empty());
  CHECK(size_uses_in("#include <vector>\nsize_t f(std::vector<T>& v) { return v.size() * 2; }")
            .empty());
}

TEST_CASE("sizeof of a template parameter is that of its argument") {
  const Model model = scan_sources(
      {{"t.h", kSizedHeader + "template <class X> size_t bytes(int n) { return n * sizeof(X); }\n"
                              "template <class X> struct Box { size_t all(int n) {\n"
                              "  return n * sizeof(X); } };\n"},
       {"use.cpp", "#include \"t.h\"\nsize_t f() { return bytes<T>(2) + Box<T>().all(1); }\n"}});
  CHECK(use_list(model, "T") == List{"size-arithmetic@t.h:5", "size-arithmetic@t.h:7"});
}

TEST_CASE("an offset that reaches its field follows it, one that is seen or pinned does not") {
  CHECK(size_uses_in("char* f(char* p) { return p + offsetof(T, d); }") ==
        List{"offset-of@use.cpp:2="});
  CHECK(size_uses_in("size_t f() { return offsetof(T, d); }") == List{"offset-of@use.cpp:2"});
  CHECK(size_uses_in("size_t f() { return __builtin_offsetof(T, d) + 1; }") ==
        List{"offset-of@use.cpp:2"});
  CHECK(size_uses_in("size_t f() { return (size_t)&((T*)0)->d; }") == List{"offset-of@use.cpp:2"});
  CHECK(size_uses_in("size_t f() { return (size_t)&reinterpret_cast<T*>(0)->d; }") ==
        List{"offset-of@use.cpp:2"});
  CHECK(size_uses_in("static_assert(offsetof(T, d) == 8);") == List{"asserted-offset@use.cpp:2"});
  CHECK(size_uses_in("enum { E = offsetof(T, d) };") == List{"asserted-offset@use.cpp:2"});
  CHECK(size_uses_in("char b[offsetof(T, d)];") == List{"asserted-offset@use.cpp:2"});
  CHECK(size_uses_in("void f(int n) { switch (n) { case offsetof(T, d): return; } }") ==
        List{"asserted-offset@use.cpp:2"});
  CHECK(size_uses_in("size_t f(void) { return offsetof(struct T, d); }", "use.c") ==
        List{"offset-of@use.c:2"});
}

TEST_CASE("offsets that stand for a run of fields depend on the order") {
  CHECK(size_uses_in("size_t f() { return offsetof(T, d) - offsetof(T, c); }") ==
        List{"field-border@use.cpp:2"});
  CHECK(
      size_uses_in("#include <cstring>\nvoid f(T* t) { memset(&t->first, 0, offsetof(T, d)); }") ==
      List{"field-border@use.cpp:3"});
}

TEST_CASE("offsets into nested records are told for both") {
  const Model model =
      scan_sources({{"t.h", kSizedHeader},
                    {"use.cpp", "#include \"t.h\"\nsize_t f() { return offsetof(T, in.i); }\n"}});
  CHECK(uses_of(model, "T", UseKind::OffsetOf)[0].fields == List{"in"});
  CHECK(uses_of(model, "In", UseKind::OffsetOf)[0].fields == List{"i"});
}

TEST_CASE("C interfaces of C++ code") {
  const List hit{"extern-c@use.cpp:2"};
  CHECK(size_uses_in("extern \"C\" void take(T* t);") == hit);
  CHECK(size_uses_in("extern \"C\" { T give(int n); }") == hit);
  CHECK(size_uses_in("extern \"C\" { extern T shared; }") == hit);
  CHECK(size_uses_in("extern \"C\" { extern T* shared[4]; }").size() <= 1);
  CHECK(size_uses_in("extern \"C++\" { void take(T* t); }").empty());
  CHECK(size_uses_in("extern \"C\" { static void take(T* t) {} }").empty());
  CHECK(size_uses_in("void take(struct T* t);", "use.c").empty());
}

TEST_CASE("a record declared for C is known to C") {
  const Model model = scan_sources({{"t.h", "extern \"C\" {\nstruct T { int a; char b; };\n}\n"},
                                    {"use.cpp", "#include \"t.h\"\nT t;\n"}});
  CHECK(use_list(model, "T") == List{"extern-c@t.h:2"});
}

TEST_CASE("a handle that outsiders know by name only is no interface") {
  const Model model =
      scan_sources({{"api.h", "extern \"C\" {\nstruct handle;\nvoid use(struct handle*);\n}\n"},
                    {"api.cpp",
                     "#include \"api.h\"\nextern \"C++\" {}\nstruct handle { int a; char b; };\n"
                     "void use(handle* h) { h->a = 1; }\n"}});
  CHECK(use_list(model, "handle").empty());
}

TEST_CASE("a handle that a header of the implementation defines is no interface either") {
  const std::string api =
      "#ifdef __cplusplus\nextern \"C\" {\n#endif\ntypedef struct handle handle_t;\n"
      "void use(handle_t *h);\n#ifdef __cplusplus\n}\n#endif\n";
  for (const char* unit : {"impl.c", "impl.cpp"}) {
    CAPTURE(unit);
    const Model model =
        scan_sources({{"api.h", api},
                      {"impl.h", "#include \"api.h\"\nstruct handle { int a; char b; };\n"},
                      {unit, "#include \"impl.h\"\nvoid use(handle_t *h) { h->a = 1; }\n"}});
    CHECK(use_list(model, "handle").empty());
  }
}

TEST_CASE("what stands between the guards of a header is known to C++, from C as well") {
  const std::string header =
      "#ifdef __cplusplus\nextern \"C\" {\n#endif\nstruct T { int a; char b; };\n"
      "#ifdef __cplusplus\n}\n#endif\nstruct Own { int a; char b; };\n";
  for (const char* unit : {"use.c", "use.cpp"}) {
    CAPTURE(unit);
    const Model model =
        scan_sources({{"t.h", header}, {unit, "#include \"t.h\"\nstruct T t; struct Own o;\n"}});
    CHECK(use_list(model, "T") == List{"extern-c@t.h:4"});
    CHECK(use_list(model, "Own").empty());
  }
}

TEST_CASE("a function of a C interface makes its types known, from C as well") {
  const Model model =
      scan_sources({{"types.h", "struct T { int a; char b; };\nstruct Own { int a; char b; };\n"},
                    {"api.h",
                     "#include \"types.h\"\n#ifdef __cplusplus\nextern \"C\" {\n#endif\n"
                     "void use(struct T *t);\n#ifdef __cplusplus\n}\n#endif\n"},
                    {"use.c",
                     "#include \"api.h\"\nvoid use(struct T *t) { t->a = 1; }\n"
                     "void own(struct Own *o) { o->a = 1; }\n"}});
  CHECK(use_list(model, "T") == List{"extern-c@api.h:5"});
  CHECK(use_list(model, "Own").empty());
}

TEST_CASE("classes and functions that are exported make their types known") {
  const Model model =
      scan_sources({{"use.cpp",
                     "#define API __attribute__((visibility(\"default\")))\n"
                     "struct API A { int a; char b; };\nstruct B { int a; char b; };\n"
                     "API void use(B* b);\nstruct C { int a; char b; };\nvoid hidden(C* c);\n"
                     "#pragma GCC visibility push(default)\nstruct D { int a; char b; };\n"
                     "#pragma GCC visibility pop\n"
                     "struct __attribute__((visibility(\"hidden\"))) E { int a; char b; };\n"
                     "A a; B b; C c; D d; E e;\n"}});
  CHECK(use_list(model, "A") == List{"exported@use.cpp:2"});
  CHECK(use_list(model, "B") == List{"exported@use.cpp:4"});
  CHECK(use_list(model, "C").empty());
  CHECK(use_list(model, "D").empty());  // the front end does not show what the pragma says
  CHECK(use_list(model, "E").empty());
}

TEST_CASE("a record that a source file defines is declared for nobody else") {
  const Model model =
      scan_sources({{"api.cpp", "extern \"C\" {\nstruct T { int a; char b; };\n}\nT t;\n"}});
  CHECK(use_list(model, "T").empty());
}

TEST_CASE("memory that is asked for behind a trailing array belongs to that array") {
  const Model model = scan_sources(
      {{"t.h", "struct Node { int height; Node* next[1]; };\nstruct Plain { int a; char c; };\n"},
       {"use.cpp",
        "#include <cstdlib>\n#include \"t.h\"\n"
        "void* f(int n) { return malloc(sizeof(Node) + sizeof(Node*) * (n - 1)); }\n"
        "void* g(int n) { return malloc(sizeof(Plain) + n); }\n"
        "void* h(int n) { return malloc(sizeof(Node) * n); }\n"}});
  CHECK(use_list(model, "Node") == List{"size-arithmetic@use.cpp:3"});
  CHECK(uses_of(model, "Node", UseKind::SizeArithmetic)[0].fields == List{"next"});
  CHECK(use_list(model, "Plain").empty());
}

TEST_CASE("defaulted ordering depends on the order of fields") {
  const Model model = scan_sources(
      {{"t.h",
        "#pragma once\n#include <compare>\n"
        "struct A { int a; char b; auto operator<=>(const A&) const = default; };\n"
        "struct B { int a; char b; friend auto operator<=>(const B&, const B&) = default; };\n"
        "struct C { int a; char b; bool operator==(const C&) const = default; };\n"
        "struct D { int a; char b; std::strong_ordering operator<=>(const D&) const;\n"
        "  bool operator<(const D&) const = default; };\n"},
       {"use.cpp", "#include \"t.h\"\nbool f(A x, A y, B v, B w) { return x < y || v < w; }\n"}});
  CHECK(use_list(model, "A") == List{"defaulted-comparison@t.h:3"});
  CHECK(use_list(model, "B") == List{"defaulted-comparison@t.h:4"});
  CHECK(use_list(model, "C").empty());
  CHECK(use_list(model, "D") == List{"defaulted-comparison@t.h:7="});
}

}  // namespace snug
