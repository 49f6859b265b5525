#include <catch2/catch.hpp>

#include <algorithm>

#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const Enumeration* enumeration_named(const Model& model, std::string_view name) {
  const auto at =
      std::find_if(model.enumerations.begin(), model.enumerations.end(),
                   [&](const Enumeration& enumeration) { return enumeration.name == name; });
  return at == model.enumerations.end() ? nullptr : &*at;
}

std::size_t uses_of(const Model& model, const Enumeration& enumeration, EnumUseKind kind) {
  return static_cast<std::size_t>(std::count_if(
      model.enum_uses.begin(), model.enum_uses.end(),
      [&](const EnumUse& use) { return use.enumeration == enumeration.id && use.kind == kind; }));
}

}  // namespace

TEST_CASE("enumerations: values, size and how the type is written") {
  const TextUnit unit(
      "enum class A : int { x = -3, y = 7 };\n"
      "enum B { p = 1, q = 4000000000 };\n"
      "enum class C : unsigned { };\n"
      "namespace n { typedef enum { one } D; }\n");
  const Model model = unit.scan();
  REQUIRE(model.enumerations.size() == 4);
  const Enumeration* a = enumeration_named(model, "A");
  REQUIRE(a != nullptr);
  CHECK(a->least == -3);
  CHECK(a->greatest == 7);
  CHECK(a->size == 4);
  CHECK(a->scoped);
  CHECK(a->fixed);
  CHECK(a->type_text.column == 16);
  CHECK(a->type_text.end - a->type_text.begin == 3);
  const Enumeration* b = enumeration_named(model, "B");
  REQUIRE(b != nullptr);
  CHECK(b->greatest == 4000000000U);
  CHECK_FALSE(b->scoped);
  CHECK_FALSE(b->fixed);
  CHECK(b->type_text.begin == b->type_text.end);
  const Enumeration* c = enumeration_named(model, "C");
  REQUIRE(c != nullptr);
  CHECK(c->count == 0);
  const Enumeration* d = enumeration_named(model, "n::D");
  REQUIRE(d != nullptr);
  CHECK_FALSE(d->from_macro);
}

TEST_CASE("enumerations: instantiations share the enumeration of their template") {
  const TextUnit unit(
      "template <class T> struct Box { enum class State { empty, full }; State state; T value; };\n"
      "Box<char> a; Box<int> b;\n");
  const Model model = unit.scan();
  REQUIRE(model.enumerations.size() == 1);
  for (const char* name : {"Box<char>", "Box<int>"}) {
    const Record* record = record_named(model, name);
    REQUIRE(record != nullptr);
    CHECK(slot_named(record->slots, "state")->enumeration == model.enumerations[0].id);
  }
}

TEST_CASE("enumerations: what shows that the width matters") {
  const TextUnit unit(
      "enum class Plain { a };\n"
      "enum class Not { a }; inline int f(Not n) { return ~static_cast<int>(n); }\n"
      "enum class Own { a }; Own operator~(Own);\n"
      "enum class Wide { a }; inline Wide g(int n) { return static_cast<Wide>(n); }\n"
      "enum class Fixed { a }; inline Fixed h() { return Fixed(70000); }\n"
      "enum class Bytes { a }; inline char* i(Bytes* b) { return reinterpret_cast<char*>(b); }\n"
      "enum Linked { z }; extern \"C\" void j(Linked);\n"
      "extern \"C\" { enum Inside { w }; }\n");
  const Model model = unit.scan();
  const auto count = [&](const char* name, EnumUseKind kind) {
    const Enumeration* enumeration = enumeration_named(model, name);
    REQUIRE(enumeration != nullptr);
    return uses_of(model, *enumeration, kind);
  };
  CHECK(count("Not", EnumUseKind::Complement) == 1);
  CHECK(count("Own", EnumUseKind::Complement) == 1);
  CHECK(count("Wide", EnumUseKind::WideCast) == 1);
  CHECK(count("Fixed", EnumUseKind::ConstantCast) == 1);
  CHECK(count("Bytes", EnumUseKind::PointerCast) == 1);
  CHECK(count("Linked", EnumUseKind::Linkage) == 1);
  CHECK(enumeration_named(model, "Inside")->c_linkage);
  const std::string plain = enumeration_named(model, "Plain")->id;
  CHECK(std::none_of(model.enum_uses.begin(), model.enum_uses.end(),
                     [&](const EnumUse& use) { return use.enumeration == plain; }));
}

TEST_CASE("enumerations: sizes and stored types show that the width matters, counts do not") {
  const auto count = [](const std::string& code) {
    const TextUnit unit(
        "namespace std { template <class E> struct underlying_type { using type = int; };\n"
        "template <class E> using underlying_type_t = typename underlying_type<E>::type; }\n"
        "extern \"C\" void* memset(void*, int, unsigned long);\n"
        "template <class A, class B> struct Pair { A a; B b; };\n"
        "enum class E { a, b }; enum class Other { a };\n" +
        code);
    const Model model = unit.scan();
    const Enumeration* enumeration = enumeration_named(model, "E");
    REQUIRE(enumeration != nullptr);
    return uses_of(model, *enumeration, EnumUseKind::PointerCast);
  };
  CHECK(count("unsigned long f() { return sizeof(E); }") == 1);
  CHECK(count("unsigned long f(E e) { return sizeof e; }") == 1);
  CHECK(count("unsigned long f() { return sizeof(Pair<char, E>); }") == 1);
  CHECK(count("int f(E e) { return static_cast<std::underlying_type_t<E>>(e); }") == 1);
  CHECK(count("template <class X> auto raw(X x) { return std::underlying_type_t<X>(x); }\n"
              "int f(E e) { return raw(e); }") == 1);
  CHECK(count("template <class X> int raw(X x) { return int(x); }\n"
              "int f(E e) { return raw(e); }") == 0);
  CHECK(count("E all[4]; unsigned long f() { return sizeof all / sizeof all[0]; }") == 0);
  CHECK(count("E all[4]; void f() { memset(all, 0, sizeof all); }") == 0);
  CHECK(count("unsigned long f() { return sizeof(Other); }") == 0);
}

TEST_CASE("enumerations: opaque declarations, attributes, conditions and macros are told") {
  const TextUnit unit(
      "enum class Ahead : int;\nenum class Ahead : int { a };\n"
      "enum [[maybe_unused]] Marked { m };\n"
      "enum Some {\n#if 1\n  s,\n#endif\n};\n"
      "#define MAKE(name) enum name { name##_first }\nMAKE(Made);\n"
      "#include <cstdint>\nenum class Exact : std::uint32_t { e };\n");
  const Model model = unit.scan();
  CHECK(std::count_if(model.enumerations.begin(), model.enumerations.end(),
                      [](const Enumeration& e) { return e.name == "Ahead" && e.opaque; }) == 1);
  CHECK(enumeration_named(model, "Marked")->attribute);
  CHECK(enumeration_named(model, "Some")->conditional);
  CHECK(enumeration_named(model, "Made")->from_macro);
  CHECK(enumeration_named(model, "Exact")->exact);
}
