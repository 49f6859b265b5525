// Fields whose address reaches further than the field, offsets that bound ranges, records that
// begin alike, and code that was not compiled.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::scan_sources;

const std::string kTypes =
    "struct S { char k; double d; float x; float y; float z; double e; char q; };\n";

/// Uses of the kinds that this file is about as "kind a b c", with the fields; sorted, each once.
/// What keeps its meaning is left out.
std::vector<std::string> ranges(const Model& model, const std::string& record = "S") {
  std::vector<std::string> found;
  for (const Record* one : test::records_named(model, record)) {
    for (const Use& use : model.uses) {
      if (use.record_id != one->id || use.keeps_meaning || is_half(use.kind)) continue;
      std::string text(to_string(use.kind));
      for (const std::string& field : use.fields) text += " " + field;
      found.push_back(std::move(text));
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::string text(const std::vector<std::string>& found) {
  std::string all;
  for (const std::string& one : found) all += (all.empty() ? "" : ", ") + one;
  return all;
}

std::string cxx(const std::string& code, const std::string& types = kTypes) {
  return text(ranges(scan_sources({{"use.cpp", types + code + "\n"}})));
}

std::string c(const std::string& code, const std::string& types = kTypes) {
  return text(ranges(scan_sources({{"use.c", types + code + "\n"}})));
}

const std::string kRun = "field-run x y z";

}  // namespace

TEST_CASE("a pointer to a field that goes on to its neighbours keeps the run of fields") {
  CHECK(cxx("float f(S& s, int i) { return (&s.x)[i]; }") == kRun);
  CHECK(cxx("float f(S& s) { return (&s.x)[2]; }") == kRun);
  CHECK(cxx("float f(S& s) { return (&s.x)[1]; }") == "field-run x y");
  CHECK(cxx("float f(S& s) { return *(&s.x + 1); }") == "field-run x y");
  CHECK(cxx("float f(S& s, int i) { return *(&s.x + i); }") == kRun);
  CHECK(cxx("float f(S& s) { float* p = &s.x; return p[2]; }") == kRun);
  CHECK(
      cxx("float f(S& s) { float* p; p = &s.x; float t = 0; for (int i = 0; i < 3; ++i) t += p[i]; "
          "return t; }") == kRun);
  CHECK(cxx("float f(S& s) { float* p = &s.x; ++p; return *p; }") == kRun);
  CHECK(cxx("float f(S& s) { float& r = s.x; return (&r)[1]; }") == "field-run x y");
  CHECK(cxx("float at(const float& first, int i) { return (&first)[i]; }\n"
            "float f(S& s) { return at(s.x, 2); }") == kRun);
  CHECK(cxx("float sum(const float* p, int n);\nfloat f(S& s) { return sum(&s.x, 3); }") == kRun);
  CHECK(cxx("float sum(int n, const float* p);\nfloat f(S& s) { return sum(3, &s.x); }") == kRun);
  CHECK(cxx("float sum(const float*, int);\nfloat f(S& s) { return sum(&s.x, 3); }") == kRun);
  CHECK(cxx("float sum(const float* p) { return p[0] + p[1] + p[2]; }\n"
            "float f(S& s) { return sum(&s.x); }") == kRun);
  CHECK(cxx("float last(const float* p) { return *p; }\n"
            "float sum(const float* p) { return last(p + 2); }\n"
            "float f(S& s) { return sum(&s.x); }") != "");
  CHECK(c("float f(struct S* s) { return (&s->x)[2]; }") == kRun);
}

TEST_CASE("memory and range functions that take more than the field") {
  const std::string inc =
      "#include <algorithm>\n#include <cstring>\n#include <span>\n"
      "#include <unistd.h>\n#include <cstdlib>\n";
  CHECK(cxx(inc + "void f(S& s, float* v) { std::memcpy(v, &s.x, 3 * sizeof(float)); }") == kRun);
  CHECK(cxx(inc + "void f(S& s) { float v[3]; std::memcpy(v, &s.x, sizeof v); }") == kRun);
  CHECK(cxx(inc + "void f(S& s) { std::memset(&s.d, 0, sizeof(S) - 8); }") == "field-run d");
  CHECK(cxx(inc + "void f(S& s, int n) { std::memset(&s.x, 0, n); }") == "field-run x");
  CHECK(cxx(inc + "void f(S& s) { bzero(&s.x, 12); }") == kRun);
  CHECK(cxx(inc + "void f(S& s) { std::fill_n(&s.x, 3, 0.f); }") == kRun);
  CHECK(cxx(inc + "void f(S& s, float* v) { std::copy(v, v + 3, &s.x); }") == kRun);
  CHECK(cxx(inc + "void f(S& s) { std::fill(&s.x, &s.x + 3, 0.f); }") == kRun);
  CHECK(cxx(inc + "auto f(S& s) { return std::span<float>(&s.x, 3); }") == kRun);
  CHECK(cxx(inc + "void f(S& s) { (void)!read(0, &s.x, 12); }") != "");
  CHECK(cxx(inc + "int cmp(const void*, const void*);\n"
                  "void f(S& s) { qsort(&s.x, 3, sizeof(float), cmp); }") == kRun);
}

TEST_CASE("uses of one field, whatever the order") {
  const std::string inc =
      "#include <algorithm>\n#include <cstring>\n#include <cstdio>\n"
      "#include <span>\n#include <unistd.h>\n#include <cstdint>\n";
  CHECK(cxx(inc + "void f(S& s) { std::scanf(\"%f %f\", &s.x, &s.y); }") == "");
  CHECK(cxx("void get(float* out);\nvoid f(S& s) { get(&s.x); }") == "");
  CHECK(cxx("void set(float* out, int value);\nvoid f(S& s) { set(&s.x, 3); }") == "");
  CHECK(cxx("void set(float* out) { *out = 1; out[0] = 2; }\nvoid f(S& s) { set(&s.x); }") == "");
  CHECK(cxx("void add(double* sum, int n) { *sum += n; }\nvoid f(S& s) { add(&s.d, 3); }") == "");
  CHECK(cxx("float f(S& s) { float& r = s.x; r = 1; return *&r; }") == "");
  CHECK(cxx("float f(S& s) { float* p = &s.x; *p = 1; if (p == &s.y) return 1; return p[0]; }") ==
        "");
  CHECK(cxx(inc + "void f(S& s) { std::memset(&s.x, 0, sizeof s.x); }") == "");
  CHECK(cxx(inc + "void f(S& s, const char* b) { std::memcpy(&s.d, b, sizeof(double)); }") == "");
  CHECK(cxx(inc + "void f(S& s) { std::fill_n(&s.x, 1, 0.f); }") == "");
  CHECK(cxx(inc + "auto f(S& s) { return std::span<float>(&s.x, 1); }") == "");
  CHECK(cxx(inc + "void f(S& s) { (void)!read(0, &s.d, sizeof s.d); }") == "");
  CHECK(cxx(inc +
            "unsigned f(S& s) { unsigned h = 0; auto* p = reinterpret_cast<unsigned char*>(&s.d);"
            " for (unsigned i = 0; i < sizeof s.d; ++i) h += p[i]; return h; }") == "");
  CHECK(cxx("bool f(S& s, float* p) { return p == &s.x; }") == "");
  CHECK(cxx("float* f(S& s) { return &s.x; }") == "");
}

TEST_CASE("arrays are ranges of their own") {
  const std::string types = "struct S { char a[8]; char b; double d; char c[4]; int last; };\n";
  const std::string inc = "#include <cstring>\n";
  CHECK(cxx(inc + "void f(S& s, const char* t, int n) { std::memcpy(s.a, t, n); }", types) == "");
  CHECK(cxx("char f(S& s, int i) { return s.a[i]; }", types) == "");
  CHECK(cxx("char f(S& s) { return s.a[7]; }", types) == "");
  CHECK(cxx("char* f(S& s) { return &s.a[8]; }", types) == "");
  CHECK(cxx("char f(S& s) { char t = 0; for (char* p = s.a; p < s.a + 8; ++p) t += *p; return t; }",
            types) == "");
  CHECK(cxx("long f(S& s, char* p) { return p - s.a; }", types) == "");
  CHECK(cxx("char f(S& s) { char* p = s.a; return p[8]; }", types) == "field-run a b");
  CHECK(cxx("void f(S& s) { for (int i = 0; i < 16; ++i) s.a[i] = 0; }", types) == "field-run a");
  CHECK(cxx(inc + "void f(S& s) { std::memset(s.a, 0, 9); }", types) == "field-run a b");
  CHECK(cxx(inc + "void f(S& s) { std::memset(s.a, 0, s.c - s.a); }", types) ==
        "field-border a, field-border c");
}

TEST_CASE("a field that is looked at as something larger") {
  const std::string types = "struct S { char k; int a; int b; double d; char q; };\n";
  CHECK(cxx("long f(S& s) { return *(long*)&s.a; }", types) == "field-run a b");
  CHECK(cxx("long f(S& s) { return reinterpret_cast<long&>(s.a); }", types) == "field-run a b");
  CHECK(cxx("int f(S& s) { return *(unsigned*)&s.a; }", types) == "");
  CHECK(cxx("struct Two { int a, b; }; int f(S& s) { return ((Two*)&s.a)->b; }", types) ==
        "field-run a b");
}

TEST_CASE("addresses and offsets at which a range begins or ends") {
  const std::string inc = "#include <cstddef>\n#include <cstring>\n";
  CHECK(cxx(inc + "void f(S& s) { std::memset(&s.d, 0, (char*)&s.e - (char*)&s.d); }") ==
        "field-border d, field-border e");
  CHECK(cxx(inc + "void f(S& s) { char* from = (char*)&s.d; char* to = (char*)&s.e;\n"
                  " std::memset(from, 0, to - from); }") == "field-border d, field-border e");
  CHECK(cxx(inc + "void f(S* s) { std::memset(&s->d, 0, sizeof(S) - offsetof(S, d)); }") ==
        "field-border d");
  CHECK(cxx(inc + "void f(S* s) { size_t from = offsetof(S, d), n = offsetof(S, e) - from;\n"
                  " std::memset((char*)s + from, 0, n); }") == "field-border d, field-border e");
  CHECK(cxx(inc + "size_t f() { return offsetof(S, e) - offsetof(S, d); }") ==
        "field-border d, field-border e");
  CHECK(cxx(inc + "void f(S* s, char* b) { std::memcpy(b, (char*)s + offsetof(S, d), 20); }") ==
        "field-border d");
  CHECK(cxx(inc + "void f(S* s, char* b) {\n"
                  " std::memcpy(b, (char*)s + offsetof(S, d), sizeof(double)); }") == "");
  CHECK(cxx(inc +
            "double f(S* s) { size_t at = offsetof(S, d); return *(double*)((char*)s + at); }") ==
        "");
  CHECK(cxx("float f(S& s) { float t = 0; for (float* p = &s.x; p <= &s.z; ++p) t += *p; return t; "
            "}") == "field-border z, " + kRun);
}

TEST_CASE("offsets that are kept in lists and compared or printed") {
  const std::string inc = "#include <stddef.h>\n#include <stdio.h>\n";
  const std::string both = "field-border d, field-border e";
  CHECK(cxx(inc +
            "bool f() { size_t o[] = {offsetof(S, d), offsetof(S, e)}; return o[0] < o[1]; }") ==
        both);
  CHECK(cxx(inc +
            "#include <vector>\n#include <algorithm>\nsize_t f() { std::vector<size_t> o{"
            "offsetof(S, d), offsetof(S, e)}; std::sort(o.begin(), o.end()); return o[0]; }") ==
        both);
  CHECK(cxx(inc +
            "#include <vector>\nbool f() { std::vector<size_t> o; o.push_back(offsetof(S, d));"
            " o.push_back(offsetof(S, e)); return o[0] < o.at(1); }") == both);
  CHECK(cxx(inc +
            "#include <initializer_list>\nbool f() { size_t last = 0; bool up = true;\n"
            "for (size_t o : {offsetof(S, d), offsetof(S, e)}) { up = up && o > last; last = o; }"
            " return up; }") == both);
  CHECK(cxx(inc + "void f() { printf(\"%zu\", offsetof(S, d)); }") == "offset-of d");
  CHECK(cxx(inc + "bool f() { return offsetof(S, d) == 8; }") == "offset-of d");
  CHECK(cxx(inc + "struct R { size_t from, to; }; R r{offsetof(S, d), offsetof(S, e)};") == both);
  const std::string table = inc +
                            "struct R { const char* name; size_t at; };\n"
                            "static const R rows[] = {{\"d\", offsetof(S, d)}};\n";
  CHECK(cxx(table + "void f() { for (const R& r : rows) printf(\"%s %zu\", r.name, r.at); }") ==
        "field-border d");
  CHECK(cxx(table + "double f(char* s) { return *(double*)(s + rows[0].at); }") == "");
  CHECK(cxx(table + "void f(char* s) { printf(\"%g\", *(double*)(s + rows[0].at)); }") == "");
  CHECK(cxx(inc + "static const size_t at[] = {offsetof(S, d), offsetof(S, e)};\n"
                  "double f(char* s, int i) { return *(double*)(s + at[i]); }") == "");
}

TEST_CASE("addresses of fields that are put in order") {
  const std::string inc =
      "#include <algorithm>\n#include <cstdio>\n#include <functional>\n#include <map>\n"
      "#include <set>\n#include <vector>\n";
  const std::string both = "field-border d, field-border e";
  CHECK(cxx(inc + "void f(S& s) { std::set<const void*> t{&s.d, &s.e}; }") == both);
  CHECK(cxx(inc + "void f(S& s) { std::set<double*> t; t.insert(&s.d); t.emplace(&s.e); }") ==
        both);
  CHECK(cxx(inc + "void f(S& s) { std::map<double*, int> t{{&s.d, 1}, {&s.e, 2}}; }") == both);
  CHECK(cxx(inc + "void f(S& s) { std::map<double*, int> t; t[&s.d] = 1; t[&s.e] = 2; }") == both);
  CHECK(cxx(inc + "void f(S& s) { const void* t[] = {&s.e, &s.d}; std::sort(t, t + 2); }") == both);
  CHECK(cxx(inc + "void f(S& s) { std::vector<double*> t; t.push_back(&s.d); t.push_back(&s.e);\n"
                  "std::sort(t.begin(), t.end()); }") == both);
  CHECK(cxx(inc + "bool f(S& s) { double* t[] = {&s.e, &s.d}; return t[0] < t[1]; }") == both);
  CHECK(cxx(inc + "bool f(S& s) { return std::less<void*>{}(&s.d, &s.e); }") == both);
  CHECK(cxx(inc + "double* f(S& s) { return std::min(&s.d, &s.e); }") == both);
  CHECK(cxx(inc + "void f(S& s) { double* t[] = {&s.e, &s.d};\n"
                  "std::sort(t, t + 2, [](double* a, double* b) { return *a < *b; }); }") == "");
  CHECK(cxx(inc + "double f(S& s) { double* t[] = {&s.e, &s.d}; double n = 0;\n"
                  "for (double** p = t; p < t + 2; ++p) n += **p; return n; }") == "");
  CHECK(cxx(inc + "struct L { bool operator()(double* a, double* b) const { return *a < *b; } };\n"
                  "void f(S& s) { std::set<double*, L> t{&s.d, &s.e}; }") == "");
  CHECK(cxx(inc + "void f(S& s) { std::printf(\"%d\", int((char*)&s.d - (char*)&s)); }") ==
        "offset-of d");
  CHECK(cxx(inc + "int f(S& s) { return (unsigned long)&s.d % 64; }") == "offset-of d");
  CHECK(cxx(inc + "int f(S& s) { return (unsigned long)&s.d % 8; }") == "");
}

TEST_CASE("a field without room marks a place between the others") {
  CHECK(c("int f(struct S* s);", "struct S { char k; char from[0]; double d; char q; };\n") ==
        "field-border from");
  CHECK(c("int f(struct S* s);", "struct S { char k; double d; char q; char rest[0]; };\n") == "");
}

TEST_CASE("records that begin alike keep their common beginning") {
  const std::string types =
      "struct S { unsigned state; void* ctx; short runs; long last; };\n"
      "struct Twin { unsigned state; void* ctx; short runs; short nice; };\n";
  CHECK(c("void put(struct S*); void f(struct Twin* t) { put((struct S*)t); }", types) ==
        "common-prefix state ctx runs");
  CHECK(cxx("Twin& f(S& s) { return reinterpret_cast<Twin&>(s); }", types) ==
        "common-prefix state ctx runs");
  CHECK(c("struct Odd { float a; long b; };\n"
          "struct Odd* f(struct S* t) { return (struct Odd*)t; }",
          types) == "byte-cast");
}

TEST_CASE("what only needs the address, the size or the way back does not depend on the order") {
  const std::string inc = "#include <stddef.h>\n#include <stdlib.h>\n#include <string.h>\n";
  CHECK(c(inc + "#define container_of(p, type, name) \\\n"
                "  ((type*)(((char*)(p)) - ((long)&((type*)0)->name)))\n"
                "char f(double* p) { return container_of(p, struct S, e)->q; }") == "");
  CHECK(c(inc + "char f(double* p) {\n"
                "  return ((struct S*)((char*)p - offsetof(struct S, e)))->q; }") == "");
  CHECK(c(inc + "void* f(const char* t, size_t n) { struct S* s = malloc(sizeof *s + n);\n"
                "  return memcpy(s + 1, t, n); }") == "");
  CHECK(c(inc + "char* f(struct S* s) { return (char*)(s + 1); }") == "");
  CHECK(c(inc + "void* f(struct S* s, size_t n) { return (unsigned char*)s + n * 64; }") == "");
  CHECK(c(inc + "size_t f(struct S* s, void* p) {\n"
                "  return (size_t)((unsigned char*)p - (unsigned char*)s) / 64; }") == "");
  CHECK(c(inc + "void give(void* p, size_t n); void f(struct S* s) { give(s, sizeof *s); }") == "");
  CHECK(c(inc + "void pool_free(void* p, size_t n);\n"
                "void f(struct S* s) { pool_free(s, sizeof(struct S)); }") == "");
  CHECK(cxx("template <class T> T& as(S& s) { return reinterpret_cast<T&>(s); }\n"
            "struct D : S { int more; };\nint f(S& s) { return as<D>(s).more; }") == "");
  CHECK(c("const struct S t[3] = {[0] = {.k = 1, .q = 2, .d = 3}, [2] = {.d = 1}};") == "");
  // What does look at a place between the fields.
  CHECK(c(inc + "double f(struct S* s) { return *(double*)((char*)s + 8); }") == "byte-cast");
  CHECK(c(inc + "void send_it(const void* p, size_t n);\n"
                "void f(struct S* s) { send_it(s, sizeof *s); }") == "byte-cast");
  CHECK(c(inc + "void f(struct S* s, struct S* t) { memcpy(s + 1, t, sizeof *t); }") == "");
  CHECK(c(inc + "int f(struct S* s, struct S* t) { return memcmp(s + 1, t, sizeof *t); }") ==
        "memory-copy");
}

namespace {

/// The places of uses by position in code that no unit compiled, as "file:line name".
std::string uncompiled(const std::map<std::string, std::string>& files,
                       const std::vector<std::string>& flags = {}) {
  const Model model = scan_sources(files, flags);
  std::vector<std::string> found;
  for (const Use& use : model.uses) {
    if (use.kind != UseKind::Uncompiled || use.keeps_meaning) continue;
    const std::string file = use.where.file.substr(use.where.file.rfind('/') + 1);
    found.push_back(file + ":" + std::to_string(use.where.line) + " " + use.detail);
  }
  return text(found);
}

}  // namespace

TEST_CASE("uses by position in code that was not compiled") {
  const auto in_branch = [](const std::string& code) {
    return uncompiled({{"a.cpp", "struct A { char a; double b; char c; };\n#ifdef OTHER\n" + code +
                                     "\n#endif\n"}});
  };
  const std::string hit = "a.cpp:3 A";
  CHECK(in_branch("A x = {1, 2, 3};") == hit);
  CHECK(in_branch("A x{1, 2, 3};") == hit);
  CHECK(in_branch("A x[] = {{1, 2, 3}};") == hit);
  CHECK(in_branch("struct A x = {1, 2, 3};") == hit);
  CHECK(in_branch("A f() { return A{1, 2, 3}; }") == hit);
  CHECK(in_branch("A x(1, 2, 3);") == hit);
  CHECK(in_branch("void f() { g((A){1, 2, 3}); }") == hit);
  CHECK(in_branch("void f() { g((struct A){1, 2, 3}); }") == hit);
  CHECK(in_branch("static_assert(offsetof(A, b) == 8);") == hit);
  CHECK(in_branch("A x;") == "");
  CHECK(in_branch("A x = {};") == "");
  CHECK(in_branch("A x{};") == "");
  CHECK(in_branch("A x = {.a = 1};") == "");
  CHECK(in_branch("struct A { int a; };") == "");
  CHECK(in_branch("struct B : A { int a; };") == "");
  CHECK(in_branch("void f(A x, int y);") == "");
  CHECK(in_branch("int f(A x) { if (x) { return 1; } else { return 2; } }") == "");
  CHECK(in_branch("auto f() -> A { int x; return g(x); }") == "");
  CHECK(uncompiled({{"a.cpp", "struct A { char a; double b; };\n#define MAKE(x) A{x, 2}\n"}}) ==
        "a.cpp:2 A");
  CHECK(uncompiled({{"a.cpp", "struct A { char a; double b; };\nA x{1, 2};\n// A{1, 2}\n"}}) == "");
}

TEST_CASE("other forms by position in code that was not compiled") {
  const auto in_branch = [](const std::string& code, const std::string& unit = "a.cpp") {
    return uncompiled({{unit,
                        "struct A { char a; double b; char c; };\n#define ROW {1, 2, 3}\n"
                        "#define NONE {}\n#ifdef OTHER\n" +
                            code + "\n#endif\n"}});
  };
  const std::string hit = "a.cpp:5 A";
  // C++ takes designators in the order of the fields only.
  CHECK(in_branch("A x = {.a = 1, .c = 2};") == hit);
  CHECK(in_branch("A x{.a = f(1, 2), .c = 2};") == hit);
  CHECK(in_branch("A x[] = {{.a = 1, .c = 2}};") == hit);
  CHECK(in_branch("A f() { return A{.b = 1, .c = 2}; }") == hit);
  CHECK(in_branch("A x = {.a = f(1, 2)};") == "");
  CHECK(in_branch("struct A x = {.a = 1, .c = 2};", "a.c") == "");
  CHECK(in_branch("A x = ROW;") == hit);
  CHECK(in_branch("struct A x[] = ROW;", "a.c") == "a.c:5 A");
  CHECK(in_branch("A x = NONE;") == "");
  CHECK(in_branch("A x = OTHERS;") == "");
  CHECK(in_branch("void f() { g(A(1, 2)); }") == hit);
  CHECK(in_branch("auto p = std::make_unique<A>(1, 2);") == hit);
  CHECK(in_branch("auto p = std::make_unique<n::A>(1, 2);") == hit);
  CHECK(in_branch("std::vector<A> p(1, 2);") == "");
  // A binding may be of any record with that many fields.
  CHECK(in_branch("void f() { auto [x, y, z] = g(); }") == hit);
  CHECK(in_branch("void f() { for (const auto& [x, y, z] : g()) h(x); }") == hit);
  CHECK(in_branch("void f() { auto&& [x, y, z]{g()}; }") == hit);
  CHECK(in_branch("void f() { auto [x, y] = g(); }") == "");
  CHECK(in_branch("void f() { auto [x, y, z, w] = g(); }") == "");
  CHECK(in_branch("void f() { auto g = [x, y, z] { return x; }; }") == "");
  CHECK(uncompiled({{"a.cpp",
                     "struct A { char a; double b; char c; };\n"
                     "#define OPEN(v) auto [x, y, z] = v\n"}}) == "a.cpp:2 A");
  CHECK(uncompiled({{"a.cpp",
                     "struct A { char a; double b; char c; };\n#ifndef OTHER\n"
                     "A g();\nint f() { auto [x, y, z] = g(); return x + z; }\n"
                     "#endif\n"}}) == "");
}

TEST_CASE("what one unit compiled is compiled, and names are known to it") {
  const std::string header =
      "#ifndef H\n#define H\nstruct A { char a; double b; };\n#ifdef OTHER\n"
      "inline A other() { return A{1, 2}; }\n#else\ninline A mine() { return A{3, 4}; }\n"
      "#endif\n#endif\n";
  CHECK(uncompiled({{"h.h", header}, {"a.cpp", "#include \"h.h\"\n"}}) == "h.h:5 A");
  CHECK(uncompiled({{"h.h", header},
                    {"a.cpp", "#include \"h.h\"\n"},
                    {"b.cpp", "#define OTHER\n#include \"h.h\"\n"}}) == "");
  CHECK(uncompiled({{"h.h", "typedef struct a_s { char a; double b; } A;\n"},
                    {"a.c",
                     "#include \"h.h\"\nint f(void) {\n#if 0\n  A x = {1, 2};\n#endif\n"
                     "  return 0; }\n"}}) == "a.c:4 A");
}

}  // namespace snug
