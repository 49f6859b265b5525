// Which records a walk reaches: those that the code uses, however it names them.
#include "scan/parse/walk.hpp"

#include <catch2/catch.hpp>

#include "support/scan_text.hpp"

namespace snug::test {

TEST_CASE("instantiations are reached through fields, bases, pointees, arguments and signatures") {
  const TextUnit unit(
      "template <class T> struct A { T t; };\n"
      "template <class T> struct B : A<T> { A<T*>* p; };\n"
      "template <class T> struct C { T* t; };\n"
      "template <class T> struct R { T t; };\n"
      "struct User { B<int> b; C<A<short>> c; R<long> f(R<char> r); };\n");
  const Model model = unit.scan();
  for (const char* name : {"B<int>", "A<int>", "C<A<short>>", "User"}) {
    CAPTURE(name);
    CHECK(record_named(model, name) != nullptr);
  }
}

TEST_CASE("instantiations are reached through the bodies of instantiated functions") {
  const TextUnit unit(
      "template <class T> struct Deep { T t; };\n"
      "template <class T> int inner() { Deep<T> d{}; return d.t; }\n"
      "template <class T> struct Host { int run() { return inner<T>(); } };\n"
      "int main() { Host<short> h; return h.run(); }\n");
  CHECK(record_named(unit.scan(), "Deep<short>") != nullptr);
}

TEST_CASE("instantiations are reached through the initialisers of instantiated variables") {
  const TextUnit unit(
      "template <class T> struct Made { T t; };\n"
      "template <class T> constexpr int sum() { Made<T> m{3}; return m.t; }\n"
      "template <class T> struct Host { static constexpr int value = sum<T>(); };\n"
      "int x = Host<short>::value;\n");
  CHECK(record_named(unit.scan(), "Made<short>") != nullptr);
}

TEST_CASE("instantiations are reached through the names of functions") {
  const TextUnit unit(
      "template <class T> struct Msg { T t; };\n"
      "template <class T> struct Pool { T t; static int bytes() { return sizeof(T); } };\n"
      "template <class T> int size_of() { return sizeof(T); }\n"
      "int x = Pool<Msg<char>>::bytes() + size_of<Msg<long>>();\n");
  const Model model = unit.scan();
  for (const char* name : {"Pool<Msg<char>>", "Msg<char>", "Msg<long>"}) {
    CAPTURE(name);
    CHECK(record_named(model, name) != nullptr);
  }
}

TEST_CASE("a template that nothing instantiates is no record") {
  const TextUnit unit("template <class T> struct Idle { T t; struct In { int x; }; };");
  CHECK(unit.scan().records.empty());
}

TEST_CASE("skipped bodies leave the records outside of functions") {
  TextUnit unit("struct S { int a; };\nvoid f() { struct L { int x; }; L l; (void)l; }");
  unit.options.layout_only = true;
  const Model model = unit.scan();
  CHECK(record_named(model, "S") != nullptr);
  CHECK(record_named(model, "f()::L") == nullptr);
}

TEST_CASE("pointers to members of templates do not stop the walk") {
  const TextUnit unit(
      "template <class T> struct M { int T::*p; void (T::*f)(); };\n"
      "struct S { int a; void g(); };\n"
      "M<S> m;\n");
  const Model model = unit.scan();
  REQUIRE(record_named(model, "M<S>") != nullptr);
  CHECK(record_named(model, "M<S>")->size == 24);
}

}  // namespace snug::test
