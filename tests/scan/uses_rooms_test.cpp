// Memory that is as large as a record, and who can tell how large that is.
#include <catch2/catch.hpp>

#include "support/use_scan.hpp"

namespace snug {
namespace {

const std::string kRoomHeader =
    "#pragma once\n"
    "#include <stddef.h>\n"
    "struct T { int first; char c; double d; };\n"
    "namespace std { template <class E, size_t N> struct array { E e[N]; size_t size() const; E* "
    "data(); E* begin(); E* end(); void fill(E); }; template <size_t N> struct bitset { size_t "
    "size() const { return N; } }; "
    "template <size_t N, size_t A = 8> struct aligned_storage { struct type { alignas(A) char "
    "b[N]; }; }; template <class E> struct vector { vector(size_t); E* data(); size_t size(); "
    "void resize(size_t); void push_back(E); }; template <class E> E max(E, E); }\n"
    "inline void* operator new(size_t, void* p) noexcept { return p; }\n"
    "extern \"C\" int printf(const char*, ...);\n"
    "extern \"C\" void* memcpy(void*, const void*, size_t);\n";

/// True if the size of T is seen by the code.
bool size_is_seen(const std::string& code, const std::string& unit = "use.cpp") {
  const Model model =
      test::scan_sources({{"t.h", kRoomHeader}, {unit, "#include \"t.h\"\n" + code}});
  return !test::uses_of(model, "T", UseKind::SizeArithmetic).empty();
}

}  // namespace

TEST_CASE("memory that only has to be large enough has no size") {
  CHECK_FALSE(size_is_seen("char room[sizeof(T)]; T* f() { return new (room) T(); }"));
  CHECK_FALSE(size_is_seen("char room[sizeof(T)]; T* f() { return reinterpret_cast<T*>(room); }"));
  CHECK_FALSE(size_is_seen("char room[2][sizeof(T)]; T* f(int i) { return (T*)room[i]; }"));
  CHECK_FALSE(size_is_seen("char room[sizeof(T)]; void g(void*); void f() { g(room); g(&room); }"));
  CHECK_FALSE(size_is_seen("char room[sizeof(T)]; char f(int i) { return room[i]; }"));
  CHECK_FALSE(
      size_is_seen("char room[sizeof(T)], other[64]; void f() { memcpy(room, other, sizeof "
                   "room); }"));
  CHECK_FALSE(
      size_is_seen("std::array<char, sizeof(T)> room; T* f() { return new (room.data()) T(); }"));
  CHECK_FALSE(
      size_is_seen("std::array<char, sizeof(T)> room; void f() { memcpy(room.data(), 0, "
                   "room.size()); room.fill(0); }"));
  CHECK_FALSE(
      size_is_seen("struct S { std::aligned_storage<sizeof(T)>::type room; T* f() { return new "
                   "(&room) T(); } };"));
  CHECK_FALSE(
      size_is_seen("template <class X> using Room = std::array<char, sizeof(X)>; Room<T> room; "
                   "T* f() { return new (room.data()) T(); }"));
  CHECK_FALSE(size_is_seen("typedef char Room[sizeof(T)]; Room room; T* f() { return (T*)room; }"));
  CHECK_FALSE(
      size_is_seen("typedef char Room[sizeof(T)]; Room* f(size_t n) { return new Room[n]; }"));
  CHECK_FALSE(
      size_is_seen("void g(char*); void f() { std::vector<char> v(sizeof(T)); g(v.data()); }"));
  CHECK_FALSE(
      size_is_seen("template <class X> struct Room { char room[sizeof(X)]; X* f() { return "
                   "new (room) X(); } }; Room<T> r;"));
  CHECK_FALSE(size_is_seen(
      "template <size_t N, size_t A> struct Room { alignas(A) char room[N]; void* f() { return "
      "room; } }; Room<sizeof(T), 8> r; void* g() { return r.f(); }"));
  CHECK(
      size_is_seen("template <size_t N> struct Room { char room[N]; size_t f() { return sizeof "
                   "room; } }; Room<sizeof(T)> r;"));
}

TEST_CASE("memory whose size is measured, counted or iterated has one") {
  const std::string room = "char room[sizeof(T)]; ";
  CHECK(size_is_seen(room + "int f() { int n = 0; for (char c : room) n += c; return n; }"));
  CHECK(size_is_seen(room +
                     "template <class E, size_t N> size_t count(E (&)[N]) { return N; } size_t "
                     "f() { return count(room); }"));
  CHECK(size_is_seen(room + "size_t f() { return sizeof room; }"));
  CHECK(size_is_seen(room + "template <class> struct Size {}; Size<decltype(room)> s;"));
  CHECK(size_is_seen(room + "auto& same = room;"));
  CHECK(size_is_seen(
      "char room[2][sizeof(T)]; long f() { return (char*)&room[1] - (char*)&room[0]; }"));
  CHECK(
      size_is_seen("size_t f(int n) { char room[n * sizeof(T)]; return sizeof room; }", "use.cpp"));
  const std::string array = "std::array<char, sizeof(T)> room; ";
  CHECK(size_is_seen(array + "size_t f() { return room.size(); }"));
  CHECK(size_is_seen(array + "char* f() { return room.end(); }"));
  CHECK(size_is_seen(array + "int f() { int n = 0; for (char c : room) n += c; return n; }"));
  CHECK(size_is_seen("size_t f() { std::vector<char> v(sizeof(T)); return v.size(); }"));
  CHECK(size_is_seen("void f(std::vector<char>& v) { v.resize(sizeof(T)); }"));
  CHECK(size_is_seen("void f(std::vector<size_t>& v) { v.push_back(sizeof(T)); }"));
  CHECK(size_is_seen("size_t f() { return std::max(sizeof(T), sizeof(int)); }"));
}

TEST_CASE("types that are as large as a record and no memory have its size") {
  CHECK(size_is_seen("std::bitset<sizeof(T)> bits;"));
  CHECK(
      size_is_seen("template <size_t N> struct Number { static const size_t n = N; }; using Size = "
                   "Number<sizeof(T)>;"));
  CHECK(
      size_is_seen("template <size_t N> struct Number { static const size_t n = N; }; struct Size "
                   ": Number<sizeof(T)> {};"));
  CHECK(size_is_seen(
      "template <size_t N> struct Number { static const size_t n = N; }; Number<sizeof(T)> f();"));
  CHECK(size_is_seen("struct S { unsigned n : sizeof(T); };"));
  CHECK(size_is_seen("typedef char Room[sizeof(T)]; size_t f() { return sizeof(Room); }"));
  CHECK(
      size_is_seen("template <class X> using Room = std::array<char, sizeof(X)>; Room<T> room; "
                   "size_t f() { return room.size(); }"));
  CHECK(
      size_is_seen("template <class X> struct Room { char room[sizeof(X)]; size_t f() { return "
                   "sizeof room; } }; Room<T> r;"));
}

TEST_CASE("templates that are members are asked like others") {
  const std::string canvas =
      "struct Canvas { template <class X> bool draw() const { return sizeof(X) <= 16; } template "
      "<class X> bool at(const X*) { return sizeof(X) + sizeof(int) <= 20; } };\n";
  CHECK(size_is_seen(canvas + "bool f(Canvas c) { return c.draw<T>(); }"));
  CHECK(size_is_seen(canvas + "bool f(Canvas& c, T* t) { return c.at(t); }"));
  CHECK(size_is_seen(canvas +
                     "template <class C> bool f(const C& c) { return c.template draw<T>(); }"));
  CHECK_FALSE(size_is_seen(canvas + "bool f(Canvas c) { return c.draw<int>(); }"));
  CHECK(
      size_is_seen("bool f(T t) { auto small = []<class X>(const X&) { return sizeof(X) <= 16; }; "
                   "return small(t); }"));
}

TEST_CASE("the place of a base tells the size of those before it") {
  const std::string two = "struct B { int n; }; struct D : T, B {}; ";
  CHECK(size_is_seen(two + "long f(D& d) { B* b = &d; return (char*)b - (char*)&d; }"));
  CHECK_FALSE(size_is_seen(two + "D* f(B* b) { return static_cast<D*>(b); }"));
}

TEST_CASE("a record with such a field holds the record by its size") {
  const Model model = test::scan_sources(
      {{"t.h", kRoomHeader},
       {"use.cpp", "#include \"t.h\"\nstruct Page { char room[sizeof(T)]; };\nPage p;\n"}});
  const std::vector<Use> uses = test::uses_of(model, "T", UseKind::AssertedSize);
  const auto named =
      std::find_if(uses.begin(), uses.end(), [](const Use& use) { return !use.fields.empty(); });
  REQUIRE(named != uses.end());
  CHECK(named->keeps_meaning);
  CHECK(named->fields == std::vector<std::string>{"c:@S@Page"});
}

}  // namespace snug
