// What the records of a unit say, construct by construct. Offsets as such are held against the
// compiler by tests/oracle.
#include "scan/records/records.hpp"

#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "support/scan_text.hpp"

namespace snug::test {
namespace {

/// "kind name offset+size" of every slot, bits.
std::vector<std::string> slots_of(const Record* record) {
  REQUIRE(record != nullptr);
  std::vector<std::string> lines;
  for (const Slot& slot : record->slots) {
    lines.push_back(std::string(to_string(slot.kind)) + (slot.name.empty() ? "" : " " + slot.name) +
                    " " + std::to_string(slot.extent.offset_bits) + "+" +
                    std::to_string(slot.extent.size_bits));
  }
  return lines;
}

using Lines = std::vector<std::string>;

std::string text_at(const SourceRange& range) {
  return read_file(range.file).substr(range.begin, range.end - range.begin);
}

}  // namespace

TEST_CASE("bit-fields: unnamed ones are slots, zero-width ones walls") {
  const TextUnit unit("struct S { int a : 3; int : 2; int : 0; char b : 4; };");
  const Model model = unit.scan();
  const Record* record = record_named(model, "S");
  CHECK(slots_of(record) == Lines{"bit-field a 0+3", "bit-field 3+2", "hole 5+27",
                                  "bit-field b 32+4", "tail-padding 36+28"});
  CHECK(record->slots[3].after_zero_width);
  CHECK_FALSE(record->slots[1].after_zero_width);
}

TEST_CASE("an indirect virtual base lies where the compiler puts it") {
  const TextUnit unit(
      "struct V { virtual ~V(); int v; };\n"
      "struct A : virtual V { int a; };\n"
      "struct B : A { int b; };\n");
  const Model model = unit.scan();
  CHECK(slots_of(record_named(model, "B")) ==
        Lines{"base A 0+96", "field b 96+32", "virtual-base V 128+96", "tail-padding 224+32"});
}

TEST_CASE("a base's slot ends where its data ends, an empty base has no bits") {
  const TextUnit unit(
      "struct E {};\n"
      "struct Tail { Tail(); long a; char b; };\n"
      "struct D : E, Tail { char c; };\n"
      "struct P { int a; char b; };\n"
      "struct Q : P { char c; };\n");
  const Model model = unit.scan();
  CHECK(slots_of(record_named(model, "D")) ==
        Lines{"base E 0+0", "base Tail 0+72", "field c 72+8", "tail-padding 80+48"});
  // A POD keeps its tail to itself.
  CHECK(slots_of(record_named(model, "Q")) ==
        Lines{"base P 0+64", "field c 64+8", "tail-padding 72+24"});
}

TEST_CASE("no_unique_address members give their tail away, empty ones have no bits") {
  const TextUnit unit(
      "#define NUA [[no_unique_address]]\n"
      "struct E {};\n"
      "struct Tail { Tail(); int a; char b; };\n"
      "struct S { NUA E e; [[no_unique_address]] Tail t; char c; };\n");
  const Model model = unit.scan();
  const Record* record = record_named(model, "S");
  CHECK(slots_of(record) == Lines{"field e 0+0", "field t 0+64", "field c 40+8"});
  CHECK(record->size == 8);
  CHECK(slot_named(record->slots, "e")->no_unique_address);
  CHECK(slot_named(record->slots, "t")->data_size_bits == 40);
}

TEST_CASE("anonymous structs and unions are one slot with members") {
  const TextUnit unit("struct S { char c; struct { int x; union { char y; short z; }; }; };");
  const Model model = unit.scan();
  const Record* record = record_named(model, "S");
  CHECK(slots_of(record) == Lines{"field c 0+8", "hole 8+24", "field 32+64"});
  CHECK(slot_named(record->slots, "x")->extent == Extent{32, 32});
  CHECK(slot_named(record->slots, "z")->extent == Extent{64, 16});
}

TEST_CASE("references are a pointer wide, flexible arrays have no bits") {
  const TextUnit unit("struct Big { char c[100]; };\nstruct S { Big& r; int n; char rest[]; };");
  const Model model = unit.scan();
  const Record* record = record_named(model, "S");
  CHECK(slots_of(record) ==
        Lines{"field r 0+64", "field n 64+32", "field rest 96+0", "tail-padding 96+32"});
  CHECK(record->traits.flexible_array);
  CHECK(slot_named(record->slots, "r")->is_reference);
  CHECK(slot_named(record->slots, "rest")->flexible_array);
}

TEST_CASE("alignment is told with what asked for it") {
  const TextUnit unit(
      "constexpr int line = 64;\n"
      "template <int N> struct alignas(N) Cell { char c; };\n"
      "struct S { char a; alignas(16) char b; alignas(line) char c; };\n"
      "struct P { char a; int b; } __attribute__((packed));\n"
      "#pragma pack(push, 2)\n"
      "struct Q { char a; double b; };\n"
      "#pragma pack(pop)\n"
      "Cell<32> cell;\n");
  const Model model = unit.scan();
  const Record* s = record_named(model, "S");
  CHECK(slot_named(s->slots, "b")->align_bits == 128);
  CHECK(slot_named(s->slots, "b")->type_align_bits == 8);
  CHECK(slot_named(s->slots, "c")->align_bits == 512);
  CHECK(slot_named(s->slots, "c")->align_certain);
  CHECK(slot_named(s->slots, "c")->explicit_align);
  const Record* p = record_named(model, "P");
  CHECK(p->traits.packed);
  CHECK(slot_named(p->slots, "b")->align_bits == 8);
  CHECK(slot_named(p->slots, "b")->packed);
  const Record* q = record_named(model, "Q");
  CHECK(q->traits.pragma_pack);
  CHECK(slot_named(q->slots, "b")->align_bits == 16);
  CHECK(record_named(model, "Cell<32>")->traits.explicit_align);
}

TEST_CASE("the MSVC ABI has its own pointers") {
  TextUnit unit(
      "struct V { virtual void f(); int v; };\n"
      "struct A : virtual V { A(); void f() override; int a; };\n",
      {"-std=c++20", "-nostdinc"});
  unit.options.target = "x86_64-pc-windows-msvc";
  const Model model = unit.scan();
  CHECK(model.abi.microsoft);
  CHECK(slots_of(record_named(model, "V")) ==
        Lines{"vptr vfptr 0+64", "field v 64+32", "tail-padding 96+32"});
  CHECK(slots_of(record_named(model, "A")) == Lines{"vbptr vbptr 0+64", "field a 64+32",
                                                    "hole 96+64", "vtordisp vtordisp 160+32",
                                                    "virtual-base V 192+128"});
}

TEST_CASE("the declaration of a field covers its declarator and attributes") {
  const TextUnit unit(
      "struct S {\n"
      "  int a, *b;\n"
      "  [[maybe_unused]] alignas(8) char c = 'x';\n"
      "  mutable int d __attribute__((aligned(16))), e [[maybe_unused]];\n"
      "  void (*f)(int, int) = nullptr;\n"
      "  int g[2][3]{};\n"
      "  unsigned h : 3 = 1;\n"
      "};\n");
  const Model model = unit.scan();
  const Record* record = record_named(model, "S");
  const auto text = [&](const char* name) {
    return text_at(slot_named(record->slots, name)->declaration);
  };
  CHECK(text("a") == "int a");
  CHECK(text("b") == "int a, *b");
  CHECK(text("c") == "[[maybe_unused]] alignas(8) char c = 'x'");
  CHECK(text("d") == "mutable int d __attribute__((aligned(16)))");
  CHECK(text("f") == "void (*f)(int, int) = nullptr");
  CHECK(text("g") == "int g[2][3]{}");
  CHECK(text("h") == "unsigned h : 3 = 1");
  CHECK(text("e").ends_with(", e [[maybe_unused]]"));
  CHECK_FALSE(slot_named(record->slots, "a")->default_initializer);
  for (const char* name : {"c", "f", "g", "h"}) {
    CHECK(slot_named(record->slots, name)->default_initializer);
  }
  CHECK(slot_named(record->slots, "d")->is_mutable);
  CHECK(slot_named(record->slots, "g")->array_elements == 6);
  CHECK(text_at(slot_named(record->slots, "f")->where) == "f");
}

TEST_CASE("macros and conditions are told") {
  const TextUnit unit(
      "#define FIELD(type, name) type name\n"
      "#define WHOLE(name) struct name { char a; int b; }\n"
      "#define GUARDED(x)\n"
      "struct S { FIELD(int, a); int b GUARDED(a); };\n"
      "WHOLE(M);\n"
      "struct C {\n"
      "#ifdef DEEP\n"
      "  int a;\n"
      "#endif\n"
      "  int b;\n"
      "};\n");
  const Model model = unit.scan();
  const Record* s = record_named(model, "S");
  CHECK(slot_named(s->slots, "a")->from_macro);
  CHECK_FALSE(slot_named(s->slots, "b")->from_macro);
  CHECK(text_at(slot_named(s->slots, "b")->declaration) == "int b GUARDED(a)");
  CHECK_FALSE(s->traits.from_macro);
  CHECK(record_named(model, "M")->traits.from_macro);
  CHECK(record_named(model, "C")->traits.conditional_fields);
  CHECK_FALSE(s->traits.conditional_fields);
}

TEST_CASE("definitions reach from the keyword to the brace, also of templates") {
  const TextUnit unit(
      "template <class T>\nclass alignas(8) Box : T {\n  int a;\n};\n"
      "struct B {}; Box<B> box;\n"
      "struct { int x; } named;\n");
  const Model model = unit.scan();
  const Record* box = record_named(model, "Box<B>");
  REQUIRE(box != nullptr);
  CHECK(text_at(box->definition) == "class alignas(8) Box : T {\n  int a;\n}");
  CHECK(text_at(box->where) == "Box");
  CHECK(box->traits.instantiation);
  CHECK(box->template_name == "Box");
  const Record* unnamed = record_named(model, "(anonymous struct at u.cpp:6:1)");
  REQUIRE(unnamed != nullptr);
  CHECK(text_at(unnamed->where) == "struct");
  CHECK(text_at(unnamed->definition) == "struct { int x; }");
  CHECK(unnamed->traits.unnamed);
}

TEST_CASE("a template that is declared before it is defined has the traits of others") {
  const TextUnit unit(
      "struct Fixed { Fixed() = default; Fixed(const Fixed&) = delete; int i; };\n"
      "template <class T, int N> struct Row;\n"
      "template <class T, int N> struct Row { T values[N]; };\n"
      "Row<int, 3> numbers;\nRow<Fixed, 3> fixed;\n"
      "template <class T> struct Made;\n"
      "template <class T> struct Made { template <class U> Made(U); T value; };\n"
      "template <class T> struct Kept;\n"
      "template <class T> struct Kept { Kept(const Kept&) = default; T value; };\n"
      "struct Both { Made<int> made; Kept<long> kept; };\n"
      "template <class T, int N> struct Late;\nstruct Early { Late<Fixed, 3>* row; };\n"
      "template <class T, int N> struct Late { T values[N]; };\nLate<Fixed, 3> late;\n");
  const Model model = unit.scan();
  for (const char* name : {"Row<int, 3>", "Row<Fixed, 3>", "Late<Fixed, 3>"}) {
    CAPTURE(name);
    CHECK(record_named(model, name)->traits.aggregate);
    CHECK(record_named(model, name)->traits.pod);
    CHECK(record_named(model, name)->traits.trivially_copyable);
  }
  CHECK_FALSE(record_named(model, "Made<int>")->traits.aggregate);
  CHECK_FALSE(record_named(model, "Made<int>")->traits.pod);
  CHECK_FALSE(record_named(model, "Kept<long>")->traits.aggregate);
}

TEST_CASE("traits follow the language") {
  const TextUnit unit(
      "struct Pod { int a; };\n"
      "struct Defaulted { Defaulted() = default; int a; };\n"
      "struct Init { int a = 1; };\n"
      "class Closed { int a; };\n"
      "struct Copied { Copied(const Copied&); int a; };\n"
      "struct Poly final { virtual void f(); };\n"
      "struct Templ { template <class T> Templ(T); int a; };\n"
      "namespace { struct Inner {}; }\n"
      "extern \"C\" { struct Linked { int a; }; }\n");
  const Model model = unit.scan();
  const auto traits = [&](const char* name) { return record_named(model, name)->traits; };
  CHECK(traits("Pod").pod);
  CHECK(traits("Pod").aggregate);
  CHECK(traits("Defaulted").pod);
  CHECK_FALSE(traits("Defaulted").aggregate);  // C++20
  CHECK_FALSE(traits("Init").pod);
  CHECK(traits("Init").aggregate);
  CHECK_FALSE(traits("Closed").pod);
  CHECK(traits("Closed").trivially_copyable);
  CHECK_FALSE(traits("Copied").trivially_copyable);
  CHECK(traits("Poly").polymorphic);
  CHECK(traits("Poly").final);
  CHECK_FALSE(traits("Poly").standard_layout);
  CHECK_FALSE(traits("Templ").pod);
  CHECK(traits("(anonymous namespace)::Inner").internal_linkage);
  CHECK(traits("(anonymous namespace)::Inner").empty);
  CHECK(traits("Linked").c_linkage);
  CHECK_FALSE(traits("Pod").c_linkage);
}

TEST_CASE("locks and atomics are known by their type") {
  const TextUnit unit(
      "namespace std { template <class T> struct atomic { T v; }; struct mutex { int m; };\n"
      "template <class M> struct unique_lock { M* m; }; }\n"
      "namespace p { struct SpinLock { int x; }; }\n"
      "struct S { std::atomic<int> a; std::mutex m; p::SpinLock s[2]; std::unique_lock<std::mutex> "
      "g; _Atomic int n; const volatile int c; };\n");
  const Model model = unit.scan();
  const Record* s = record_named(model, "S");
  REQUIRE(s != nullptr);
  CHECK(slot_named(s->slots, "a")->is_atomic);
  CHECK(slot_named(s->slots, "n")->is_atomic);
  CHECK(slot_named(s->slots, "m")->is_lock);
  CHECK(slot_named(s->slots, "s")->is_lock);
  CHECK_FALSE(slot_named(s->slots, "g")->is_lock);
  CHECK(slot_named(s->slots, "c")->is_const);
  CHECK(slot_named(s->slots, "c")->is_volatile);
  CHECK(slot_named(s->slots, "a")->type_id == record_named(model, "std::atomic<int>")->id);
}

TEST_CASE("captures of a lambda are its fields") {
  const TextUnit unit("void f(int& k) { auto l = [&k, a = 3L] { return k + a; }; (void)l; }");
  const Model model = unit.scan();
  const Record* lambda = record_named(model, "f()::(lambda at u.cpp:1:27)");
  REQUIRE(lambda != nullptr);
  CHECK(lambda->traits.lambda);
  CHECK(lambda->traits.local);
  CHECK(slots_of(lambda) == Lines{"field k 0+64", "field a 64+64"});
}

TEST_CASE("C records have the layout of C") {
  const TextUnit unit(
      "struct Empty {};\n"
      "struct Outer { struct Nested { char c; } n; _Complex double z; __int128 w; };\n"
      "typedef struct { int a; } Typedef;\n"
      "struct Forward;\n"
      "typedef float V __attribute__((vector_size(16)));\n"
      "struct Vector { char c; V v; };\n",
      {"-std=c17"}, "u.c");
  const Model model = unit.scan();
  CHECK(record_named(model, "Empty")->size == 0);
  CHECK(record_named(model, "Empty")->slots.empty());
  CHECK(record_named(model, "Outer")->size == 48);
  CHECK(record_named(model, "Nested") != nullptr);
  CHECK(record_named(model, "Typedef")->traits.c_linkage);
  CHECK(record_named(model, "Forward") == nullptr);
  CHECK(slots_of(record_named(model, "Vector")) ==
        Lines{"field c 0+8", "hole 8+120", "field v 128+128"});
}

}  // namespace snug::test
