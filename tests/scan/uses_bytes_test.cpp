// Objects that are taken for bytes in units that do not declare their type.
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

using test::scan_sources;
using test::use_list;
using test::uses_of;
using List = std::vector<std::string>;

const std::string kHeader =
    "#pragma once\n"
    "#include <stddef.h>\n"
    "struct T { int first; char c; double d; };\n"
    "struct Other { double x; int y; char z; };\n"
    "void made(struct T* t);\n";

/// The uses of T (in every unit) when `code` stands in lines 2 and on of a unit of its own.
List uses_in(const std::string& code, const std::string& includes = "",
             const std::string& record = "T") {
  const Model model =
      scan_sources({{"t.h", kHeader},
                    {"decl.cpp", "#include \"t.h\"\nvoid made(T* t) { *t = {}; }\n"},
                    {"inc.h", "#pragma once\n" + includes + "\n"},
                    {"use.cpp", "#include \"t.h\"\n#include \"inc.h\"\n" + code + "\n"}});
  return use_list(model, record);
}

List c_uses_in(const std::string& code, const std::string& includes = "") {
  const Model model =
      scan_sources({{"t.h", kHeader},
                    {"decl.c", "#include \"t.h\"\nvoid made(struct T* t) {}\n"},
                    {"inc.h", "#pragma once\n" + includes + "\n"},
                    {"use.c", "#include \"t.h\"\n#include \"inc.h\"\n" + code + "\n"}});
  return use_list(model, "T");
}

const List kCopy{"memory-copy@use.cpp:3"};
const List kIo{"bytes-io@use.cpp:3"};
const List kCast{"byte-cast@use.cpp:3"};
const List kFirst{"first-member@use.cpp:3"};
const List kCopyC{"memory-copy@use.c:3"};
const List kIoC{"bytes-io@use.c:3"};
const List kCastC{"byte-cast@use.c:3"};
const List kFirstC{"first-member@use.c:3"};

}  // namespace

TEST_CASE("memory functions look at the bytes") {
  const std::string inc = "#include <cstring>";
  CHECK(uses_in("void f(T* a, char* b) { memcpy(b, a, sizeof(T)); }", inc) == kCopy);
  CHECK(uses_in("void f(T* a, char* b) { std::memcpy(a, b, sizeof *a); }", inc) == kCopy);
  CHECK(uses_in("void f(T* a, T* b) { memmove(a, b, sizeof(T) - 4); }", inc) == kCopy);
  CHECK(uses_in("int f(T* a, T* b) { return memcmp(a, b, sizeof(T)); }", inc) == kCopy);
  CHECK(uses_in("void f(T* a) { memset(a, 0, 8); }", inc) == kCopy);
  CHECK(uses_in("void f(T& a, char* b) { __builtin_memcpy(b, &a, sizeof a); }") == kCopy);
  CHECK(uses_in("void f(T (&a)[4], char* b) { memcpy(b, a, sizeof a); }", inc) == kCopy);
  CHECK(uses_in("#define COPY(d, s) memcpy(d, s, sizeof *(s))\n"
                "void f(T* a, char* b) { COPY(b, a); }",
                inc) == List{"memory-copy@use.cpp:4"});
  CHECK(c_uses_in("void f(struct T* a, void* b) { memcpy(b, a, sizeof(*a)); }",
                  "#include <string.h>") == List{"memory-copy@use.c:3"});
}

TEST_CASE("setting a whole object to one byte means the same in any order") {
  const std::string inc = "#include <cstring>";
  const List kept{"memory-copy@use.cpp:3="};
  CHECK(uses_in("void f(T* a) { memset(a, 0, sizeof *a); }", inc) == kept);
  CHECK(uses_in("void f(T* a, int n) { memset(a, 0, n * sizeof(T)); }", inc) == kept);
}

TEST_CASE("objects that are copied whole over objects of their type are assigned") {
  const std::string inc = "#include <cstring>";
  const List kept{"memory-copy@use.cpp:3="};
  CHECK(uses_in("void f(T* a, T* b) { memcpy(a, b, sizeof *a); }", inc) == kept);
  CHECK(uses_in("void f(T* a, T* b) { memmove(a, b, 2 * sizeof(T)); }", inc) == kept);
  CHECK(uses_in("void f(T* a, T* b, int n) { std::memcpy(a, b, n * sizeof(T)); }", inc) == kept);
  CHECK(uses_in("void f(T* a, T& b) { __builtin_memcpy(a + 1, &b, sizeof b); }") == kept);
  CHECK(c_uses_in("void f(struct T* a, struct T* b) { memcpy(a, b, sizeof *a); }",
                  "#include <string.h>") == List{"memory-copy@use.c:3="});
  CHECK(uses_in("void f(T* a, T* b, int n) { memcpy(a, b, n); }", inc) == kCopy);
  CHECK(uses_in("struct U { double d; T t; }; void f(T* a, U* b) { memcpy(a, b, sizeof *a); }",
                inc) == kCopy);
}

TEST_CASE("bytes that lose their type on the way to a record") {
  const std::string view =
      "template <class R> const R& view(const void* p) { return *static_cast<const R*>(p); }\n";
  const std::string raw = "alignas(8) extern const unsigned char in[64];\n";
  CHECK(uses_in(raw + view + "int f() { return view<T>(in).first; }") ==
        List{"byte-cast@use.cpp:4"});
  CHECK(uses_in("extern char in[64]; static T* at(void* p) { return (T*)p; } "
                "T* f() { return at(in + 8); }") == kCast);
  CHECK(uses_in("extern char in[64]; int f() { unsigned long n = (unsigned long)in; "
                "return ((T*)n)->first; }") == kCast);
  CHECK(uses_in("int f(unsigned long n) { return ((volatile T*)n)->first; }") == kCast);
  CHECK(uses_in("int f(unsigned long n) { return ((T*)(n & ~7ul))->first; }") == List{});
  CHECK(uses_in("static T* at(void* p) { return (T*)p; } T* f(T* t) { return at(t); }") == List{});
}

TEST_CASE("memory functions on other things than records are no use") {
  const std::string inc = "#include <cstring>";
  CHECK(uses_in("void f(T* a, int* b) { memcpy(&a->first, b, sizeof(int)); }", inc).empty());
  CHECK(uses_in("void f(T** a, T** b) { memcpy(a, b, sizeof(T*)); }", inc).empty());
}

TEST_CASE("input and output of the object") {
  const std::string inc = "#include <cstdio>\n#include <unistd.h>\n#include <sys/socket.h>";
  CHECK(uses_in("void f(T* a, FILE* o) { fwrite(a, sizeof *a, 1, o); }", inc) == kIo);
  CHECK(uses_in("void f(T* a, FILE* o) { fread(a, sizeof(T), 4, o); }", inc) == kIo);
  CHECK(uses_in("void f(T* a) { write(1, a, sizeof *a); }", inc) == kIo);
  CHECK(uses_in("void f(T& a) { read(0, (char*)&a, sizeof a); }", inc) == kIo);
  CHECK(uses_in("void f(T& a) { pread(0, &a, sizeof a, 0); }", inc) == kIo);
  CHECK(uses_in("void f(T& a) { send(0, &a, sizeof a, 0); }", inc) == kIo);
  CHECK(uses_in("void f(T& a) { recvfrom(0, &a, sizeof a, 0, nullptr, nullptr); }", inc) == kIo);
  CHECK(uses_in("void f(T& a, std::ostream& o) {\n"
                "  o.write(reinterpret_cast<const char*>(&a), sizeof a); }",
                "#include <ostream>") == List{"bytes-io@use.cpp:4"});
  CHECK(uses_in("void f(T& a, std::istream& i) { i.read((char*)&a, sizeof(T)); }",
                "#include <istream>") == kIo);
  CHECK(uses_in("void f(std::vector<T>& v, std::ostream& o) {\n"
                "  o.write(reinterpret_cast<const char*>(v.data()), v.size()); }",
                "#include <ostream>\n#include <vector>") == List{"bytes-io@use.cpp:4"});
}

TEST_CASE("mapped memory that a record is laid over") {
  const std::string inc = "#include <sys/mman.h>";
  CHECK(uses_in("T* f() { return (T*)mmap(nullptr, 64, 1, 1, 0, 0); }", inc) == kIo);
  CHECK(uses_in("T* f() { void* p = mmap(nullptr, 64, 1, 1, 0, 0);\n return static_cast<T*>(p); }",
                inc) == List{"bytes-io@use.cpp:4"});
  CHECK(c_uses_in("struct T* f(void) { struct T* t = mmap(NULL, 64, 1, 1, 0, 0); return t; }",
                  inc) == List{"bytes-io@use.c:3"});
}

TEST_CASE("casts that look at the bytes of an object") {
  CHECK(uses_in("void g(const char*); void f(T* a) { g(reinterpret_cast<const char*>(a)); }") ==
        kCast);
  CHECK(uses_in("const unsigned char* f(T* a) { return (const unsigned char*)a; }") == kCast);
  CHECK(uses_in("void f(T* a) { auto* p = reinterpret_cast<std::byte*>(a); }",
                "#include <cstddef>") == kCast);
  CHECK(uses_in("char f(T& a) { return reinterpret_cast<char&>(a); }") == kCast);
  CHECK(uses_in("long f(T* a) { return *(long*)a; }") == kCast);
  CHECK(uses_in("void f(T* a) { *(double*)((char*)a + 8) = 1; }") == kCast);
  CHECK(uses_in("std::string f(T& a) { return std::string((char*)&a, sizeof a); }",
                "#include <string>") == kCast);
  CHECK(uses_in("void f(T* a, char* o) { std::copy((char*)a, (char*)(a + 1), o); }",
                "#include <algorithm>") == kCast);
  CHECK(uses_in("auto f(T& a) { return std::bit_cast<std::array<char, sizeof(T)>>(a); }",
                "#include <array>\n#include <bit>")
            .size() >= 1);
  CHECK(uses_in("auto f(std::span<T> a) { return std::as_bytes(a); }", "#include <span>") == kCast);
}

TEST_CASE("memory that holds bytes and is read as a record") {
  CHECK(uses_in("const T* f(const char* b) { return reinterpret_cast<const T*>(b); }") == kCast);
  CHECK(uses_in("T f(unsigned char* b) { return *(T*)(b + 4); }") == kCast);
  CHECK(uses_in("int f() { char b[32]; return ((T*)b)->first; }") == kCast);
  CHECK(uses_in("int f(const void* b, size_t n) { return static_cast<const T*>(b)->first; }") ==
        kCast);
}

TEST_CASE("records that are taken for other records") {
  CHECK(uses_in("Other* f(T* a) { return reinterpret_cast<Other*>(a); }") == kCast);
  CHECK(uses_in("Other* f(T* a) { return reinterpret_cast<Other*>(a); }", "", "Other") == kCast);
  CHECK(uses_in("Other* f(T* a) { return (Other*)(void*)a; }") == kCast);
}

TEST_CASE("a function that takes untyped memory and its size") {
  CHECK(uses_in("void put(const void*, size_t); void f(T* a) { put(a, sizeof *a); }") == kCast);
  CHECK(uses_in("void put(int, void*, size_t); void f(T& a) { put(1, &a, sizeof(T)); }") == kCast);
}

TEST_CASE("pointers that pass through void* and come back keep their meaning") {
  CHECK(uses_in("void* run(void* arg) { return static_cast<T*>(arg); }").empty());
  CHECK(uses_in("int cmp(const void* a, const void* b) {\n"
                "  return ((const T*)a)->first - static_cast<const T*>(b)->first; }")
            .empty());
  CHECK(uses_in("void go(void (*)(void*), void*); void cb(void*);\n"
                "void f(T* a) { go(cb, a); go(cb, (void*)a); go(cb, static_cast<void*>(a)); }")
            .empty());
  CHECK(uses_in("void f(T* a) { printf(\"%p\", (void*)a); }", "#include <cstdio>").empty());
  CHECK(uses_in("void f(T* a, int n) { qsort(a, n, sizeof(T), nullptr); }", "#include <cstdlib>")
            .empty());
  CHECK(c_uses_in("void f(void* v) { struct T* t = v; made(t); }").empty());
  CHECK(uses_in("unsigned long f(T* a) { return reinterpret_cast<unsigned long>(a); }").empty());
  CHECK(uses_in("T* f(unsigned long a) { return reinterpret_cast<T*>(a); }").empty());
  CHECK(uses_in("bool f(T* a, char* b) { return (char*)a < b; }").empty());
  CHECK(uses_in("void f(T** a) { auto p = reinterpret_cast<void**>(a); }").empty());
}

TEST_CASE("memory on its way from an allocator to its object keeps its meaning") {
  const std::string inc = "#include <cstdlib>\n#include <new>\n#include <memory>";
  CHECK(uses_in("T* f() { return (T*)malloc(sizeof(T)); }", inc).empty());
  CHECK(uses_in("T* f(int n) { return (T*)malloc(n * sizeof(T) + 16); }", inc).empty());
  CHECK(uses_in("T* f(int n) { return (T*)calloc(n, sizeof(T)); }", inc).empty());
  CHECK(uses_in("T* f(T* t, int n) { return (T*)realloc(t, n * sizeof(T)); }", inc).empty());
  CHECK(uses_in("T* f() { return static_cast<T*>(::operator new(sizeof(T))); }", inc).empty());
  CHECK(uses_in("T* f(void* p) { return new (p) T; }", inc).empty());
  CHECK(uses_in("T* f(std::allocator<T>& a) { return a.allocate(3); }", inc).empty());
  CHECK(uses_in("struct Arena { char* Allocate(size_t); };\n"
                "T* f(Arena& a) { return reinterpret_cast<T*>(a.Allocate(sizeof(T) * 3)); }",
                inc)
            .empty());
  CHECK(uses_in("T* f(char* (*alloc)(size_t)) { char* m = (char*)malloc(sizeof(T));\n"
                " return reinterpret_cast<T*>(m); }",
                inc)
            .empty());
  CHECK(
      uses_in("void f(T* t) { free(t); free((char*)t); delete[] reinterpret_cast<char*>(t); }", inc)
          .empty());
  CHECK(uses_in("struct S { alignas(T) char room[sizeof(T)];\n"
                "  T* get() { return reinterpret_cast<T*>(room); } };",
                inc) == List{"asserted-size@use.cpp:3="});
}

TEST_CASE("an address that loses its type is followed") {
  const std::string third = "static int third(const void* p) {";
  CHECK(c_uses_in(third + " return ((const unsigned char*)p)[9]; }\n"
                          "int f(struct T* t) { return third(t); }") == kCastC);
  CHECK(uses_in(third + " return static_cast<const char*>(p)[9]; }\n"
                        "int f(T* t) { return third(t); }") == kCast);
  CHECK(c_uses_in(third + " const char* c = p; return c[9]; }\n"
                          "int f(struct T* t) { return third(t); }") == kCastC);
  CHECK(c_uses_in("static int deep(const void* p) { const char* c = p; return c[9]; }\n" + third +
                  " return deep(p); }\nint f(struct T* t) { return third(t); }") == kCastC);
  CHECK(c_uses_in("int f(struct T* t) { void* v = t;\n  char* c = v; return c[9]; }") ==
        List{"byte-cast@use.c:4"});
  CHECK(c_uses_in("static double twin(void* p) { struct Other* o = p; return o->x; }\n"
                  "double f(struct T* t) { return twin(t); }") == kCastC);
  // What comes back as the same type, goes on to a callback, or is taken back.
  CHECK(c_uses_in("static int same(void* p) { struct T* t = p; return t->c; }\n"
                  "int f(struct T* t) { return same(t); }") == List{});
  CHECK(c_uses_in("static void each(void (*g)(void*), void* u) { g(u); }\n"
                  "void f(struct T* t, void (*g)(void*)) { each(g, t); }") == List{});
  CHECK(c_uses_in("struct Link { struct Link* next; };\n"
                  "static void pool_free(void* p) { struct Link* l = p; l->next = 0; }\n"
                  "void f(struct T* t) { pool_free(t); }") == List{});
  CHECK(c_uses_in("static int is_null(const void* p) { return p == 0; }\n"
                  "int f(struct T* t) { return is_null(t); }") == List{});
  CHECK(c_uses_in("static unsigned long number(const void* p) { return (unsigned long)p >> 4; }\n"
                  "unsigned long f(struct T* t) { return number(t); }") == List{});
}

TEST_CASE("the size of a record beside untyped pointers") {
  const std::string inc = "#include <string.h>\n#include <stdio.h>";
  CHECK(c_uses_in("int f(const void* a, const void* b) { return memcmp(a, b, sizeof(struct T)); }",
                  inc) == kCopyC);
  CHECK(c_uses_in("void f(char* a, const void* b) { memcpy(a, b, sizeof(struct T)); }", inc) ==
        kCopyC);
  CHECK(c_uses_in("void f(const void* b, FILE* o) { fwrite(b, sizeof(struct T), 1, o); }", inc) ==
        kIoC);
  CHECK(c_uses_in("void f(void* a) { memset(a, 0, sizeof(struct T)); }", inc) == List{});
}

TEST_CASE("assembly that gets an address knows its offsets") {
  CHECK(c_uses_in("void f(struct T* t) { __asm__(\"incb 4(%0)\" : : \"r\"(t)); }") == kCastC);
  CHECK(c_uses_in("void f(struct T* t) { __asm__(\"incb %0\" : \"+m\"(*t)); }") == kCastC);
  CHECK(c_uses_in("void f(struct T* t) { __asm__ volatile(\"\" : : \"r\"(t) : \"memory\"); }") ==
        List{});
  CHECK(c_uses_in("void f(struct T* t) { __asm__(\"incb %0\" : \"+m\"(t->c)); }") == List{});
}

TEST_CASE("registers at a fixed address") {
  const std::string device =
      "struct Device { volatile char a; volatile long b; volatile char c; };\n";
  const auto device_uses = [&](const std::string& code) {
    return use_list(scan_sources({{"a.c", device + code + "\n"}}), "Device");
  };
  const List hit{"byte-cast@a.c:2"};
  CHECK(device_uses("void f(void) { ((struct Device*)0x40000000ul)->a = 1; }") == hit);
  CHECK(device_uses("struct Device* const d = (struct Device*)(0x40000000ul + 0x400);") == hit);
  CHECK(device_uses("struct Device* f(unsigned long a) { return (struct Device*)a; }") == List{});
  CHECK(device_uses("struct Device* d = (struct Device*)0;") == List{});
  CHECK(c_uses_in("void f(void) { ((volatile struct T*)0x40000000ul)->c = 1; }") == kCastC);
  CHECK(c_uses_in("int f(struct T* t) { return t == (struct T*)1; }") == List{});
}

TEST_CASE("a pointer to the first field that goes on is a look at the bytes") {
  CHECK(c_uses_in("int f(struct T* t) { int* p = (int*)t; return p[4]; }") == kCastC);
  CHECK(c_uses_in("int f(struct T* t) { return *((int*)t + 1); }") == kCastC);
  CHECK(c_uses_in("int f(struct T* t) { int* p = (int*)t; return *p; }") == kFirstC);
}

TEST_CASE("handles whose public face has no fields keep their meaning") {
  CHECK(uses_in("struct Handle {}; Handle* f(T* t) { return reinterpret_cast<Handle*>(t); }\n"
                "T* g(Handle* h) { return reinterpret_cast<T*>(h); }")
            .empty());
}

TEST_CASE("a callback's own argument is no memory with a length") {
  CHECK(uses_in("bool f(void* arg, int level) { return static_cast<T*>(arg)->first == level; }")
            .empty());
  CHECK(
      uses_in(
          "bool f(const void* data, int len) { return static_cast<const T*>(data) != nullptr; }") ==
      kCast);
}

TEST_CASE("the size of something else beside a pointer says nothing about it") {
  CHECK(uses_in("void put(const void* key, size_t n, void* data);\n"
                "void f(T* t, int id) { put(&id, sizeof(id), t); }")
            .empty());
}

TEST_CASE("objects made in storage keep their meaning") {
  CHECK(uses_in("template <class... X> struct Room { alignas(X...) char room[sizeof(T) + 8]; };\n"
                "struct V { Room<T> data;\n"
                "  T& get() { return *(T*)(char*)&data; } };")
            .size() <= 1);
  CHECK(uses_in("struct Room { alignas(8) char room[64]; };\n"
                "struct V { Room data; T& get() { return *(T*)(char*)&data; } };")
            .empty());
}

TEST_CASE("casts along the class hierarchy are no hazard") {
  CHECK(uses_in("struct D : T {}; T* f(D* d) { return (T*)d; }\n"
                "D* g(T* t) { return static_cast<D*>(t); }\n"
                "const T* h(T* t) { return (const T*)t; }")
            .empty());
}

TEST_CASE("a pointer to the record is taken for one to its first field") {
  CHECK(uses_in("int* f(T* a) { return (int*)a; }") == kFirst);
  CHECK(uses_in("T* f(int* a) { return reinterpret_cast<T*>(a); }") == kFirst);
  const Model model = scan_sources(
      {{"t.h", "struct Base { int kind; };\nstruct T { struct Base base; double d; };\n"},
       {"use.c",
        "#include \"t.h\"\nstruct T* f(struct Base* b) { return (struct T*)b; }\n"
        "struct Base* g(struct T* t) { return (struct Base*)t; }\n"}});
  CHECK(use_list(model, "T") == List{"first-member@use.c:2", "first-member@use.c:3"});
  CHECK(uses_of(model, "T", UseKind::FirstMember)[0].fields == List{"base"});
  CHECK(use_list(model, "Base").empty());
}

TEST_CASE("container_of follows the offset of its field") {
  CHECK(c_uses_in("#define container_of(p, T, m) ((T*)((char*)(p) - offsetof(T, m)))\n"
                  "struct T* f(double* p) { return container_of(p, struct T, d); }") ==
        List{"first-member@use.c:4=", "offset-of@use.c:4="});
}

TEST_CASE("unions share the bytes of their members") {
  CHECK(uses_in("union U { T t; int i; };") == List{"union-member@use.cpp:3"});
  CHECK(uses_in("union U { T t; unsigned char raw[16]; };") ==
        List{"byte-cast@use.cpp:3", "union-member@use.cpp:3"});
  CHECK(uses_in("struct S { union { T t; Other o; }; };") == List{"union-member@use.cpp:3"});
  CHECK(uses_in("union U { T* t; int i; };").empty());
}

TEST_CASE("an instantiation of a foreign template passes byte-wise uses on to its arguments") {
  CHECK(uses_in("void f(std::array<T, 3>* a, FILE* o) { fwrite(a, sizeof *a, 1, o); }",
                "#include <array>\n#include <cstdio>") == kIo);
}

}  // namespace snug
