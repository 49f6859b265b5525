#include "scan/parse/names.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "support/scan_text.hpp"

namespace snug::test {
namespace {

std::set<std::string> names_of(const Model& model) {
  std::set<std::string> names;
  for (const Record& record : model.records) {
    names.insert(record.name);
  }
  return names;
}

}  // namespace

TEST_CASE("names are qualified, without inline namespaces and default arguments") {
  const TextUnit unit(
      "namespace a { inline namespace v1 { template <class T, class U = int> struct Pair { T t; U "
      "u; }; struct Plain { struct Inner { int x; } i; }; } }\n"
      "namespace { struct Hidden { int x; }; }\n"
      "a::Pair<char> one; a::Pair<char, a::Plain> two; Hidden hidden;\n"
      "typedef struct { int x; } Named;\n");
  CHECK(names_of(unit.scan()) == std::set<std::string>{"a::Pair<char>", "a::Pair<char, a::Plain>",
                                                       "a::Plain", "a::Plain::Inner",
                                                       "(anonymous namespace)::Hidden", "Named"});
}

TEST_CASE("local types carry their function, unnamed ones their place") {
  const TextUnit unit(
      "namespace n { struct C { void m() { struct L { int x; }; L l; (void)l; } }; }\n"
      "template <class T> int g() { struct Local { T t; struct Deep { char c; } d; }; return "
      "sizeof(Local); }\n"
      "int x = g<int>() + g<char>();\n"
      "struct S { union { int a; char b; }; };\n");
  const auto names = names_of(unit.scan());
  for (const char* name : {"n::C::m()::L", "g<int>()::Local", "g<char>()::Local",
                           "g<int>()::Local::Deep", "S::(anonymous union at u.cpp:4:12)"}) {
    CAPTURE(name);
    CHECK(names.contains(name));
  }
}

TEST_CASE("ids are the USR where that is unique, and bear the file where it is not") {
  const TextUnit unit(
      "struct Extern { int x; };\n"
      "namespace { struct Hidden { int x; }; }\n"
      "template <class T> struct Box { T t; };\n"
      "Box<Hidden> box; Box<int> plain;\n"
      "struct Twice { struct { int a; }; struct { char b; }; };\n");
  const Model model = unit.scan();
  CHECK(record_named(model, "Extern")->id == "c:@S@Extern");
  CHECK(record_named(model, "Box<int>")->id.find('@' + std::string("u.cpp")) == std::string::npos);
  CHECK(record_named(model, "(anonymous namespace)::Hidden")->id.ends_with("@u.cpp"));
  CHECK(record_named(model, "Box<(anonymous namespace)::Hidden>")->id.ends_with("@u.cpp"));
  CHECK(record_named(model, "Box<int>")->template_id ==
        record_named(model, "Box<(anonymous namespace)::Hidden>")->template_id);
  std::set<std::string> ids;
  for (const Record& record : model.records) {
    CHECK(ids.insert(record.id).second);
  }
}

TEST_CASE("a type of a module is another one than the global type of its name") {
  const TextUnit module(
      "module;\nstruct InFragment { int x; };\n#include \"before.h\"\nexport module m.part:piece;\n"
      "struct Own { int x; };\nextern \"C++\" struct Global { int x; };\n"
      "extern \"C++\" { namespace n { struct Deep { int x; }; } }\n"
      "template <class T> struct Box { T t; };\n#include \"behind.h\"\nBox<int> box;\n",
      {"-std=c++20", "-x", "c++-module"}, "m.cppm");
  module.header("before.h", "struct Before { int x; };\n");
  module.header("behind.h", "struct Behind { int x; };\n");
  const Model model = module.scan();
  for (const char* name : {"InFragment", "Before", "Global"}) {
    CAPTURE(name);
    CHECK(record_named(model, name)->id == "c:@S@" + std::string(name));
  }
  CHECK(record_named(model, "n::Deep")->id == "c:@N@n@S@Deep");
  CHECK(record_named(model, "Own")->id == "c:@S@Own@M@m.part");
  CHECK(record_named(model, "Behind")->id == "c:@S@Behind@M@m.part");
  CHECK(record_named(model, "Box<int>")->id.ends_with("@M@m.part"));
}

TEST_CASE("the declaration of a module is found in the text") {
  CHECK(module_declaration("export module a;\nint x;").name == "a");
  CHECK(module_declaration("module;\nint x;\nmodule a.b:c;").name == "a.b");
  CHECK(module_declaration("module;\nint x;\nmodule a.b:c;").begin == 15);
  CHECK(module_declaration("int x; // export module a;\n").name.empty());
  CHECK(module_declaration("struct module { int module; }; void f(int module);").name.empty());
  CHECK(module_declaration("import a;\nint x;").name.empty());
}

TEST_CASE("a C record of the same name in another file has another id") {
  const TextUnit one("struct S { int x; };", {}, "one.c");
  const TextUnit two("struct S { char x; };", {}, "two.c");
  CHECK(record_named(one.scan(), "S")->id != record_named(two.scan(), "S")->id);
}

TEST_CASE("an explicit instantiation has the name that an implicit one has") {
  const std::string text =
      "namespace n { struct T {}; enum E { e }; template <class A, E x = e> struct S { A a; struct "
      "In { A a; } i; }; ";
  const TextUnit implicit(text + "} n::S<n::T> s;");
  const TextUnit explicitly(text + "extern template struct S<T>; } n::S<n::T> s;");
  const TextUnit specialised(text + "template <> struct S<T> { struct In { int x; } i; }; }");
  CHECK(names_of(implicit.scan()) == std::set<std::string>{"n::S<n::T>", "n::S<n::T>::In", "n::T"});
  CHECK(names_of(explicitly.scan()) == names_of(implicit.scan()));
  CHECK(names_of(specialised.scan()) == names_of(implicit.scan()));
}

TEST_CASE("specialisations know their primary template") {
  const TextUnit unit(
      "template <class T, class U> struct P { T t; };\n"
      "template <class T> struct P<T, int> { T t; int extra; };\n"
      "template <> struct P<char, char> { long all; };\n"
      "template struct P<short, short>;\n"
      "P<double, int> partial; P<char, char> full;\n");
  const Model model = unit.scan();
  const Record* partial = record_named(model, "P<double, int>");
  const Record* full = record_named(model, "P<char, char>");
  const Record* explicitly = record_named(model, "P<short, short>");
  REQUIRE((partial != nullptr && full != nullptr && explicitly != nullptr));
  CHECK(partial->template_name == "P");
  CHECK(partial->template_id == full->template_id);
  CHECK(partial->template_id == explicitly->template_id);
  CHECK(partial->traits.instantiation);
  CHECK(explicitly->traits.instantiation);
  CHECK_FALSE(full->traits.instantiation);
  CHECK(partial->where.line == 2);
  CHECK(full->where.line == 3);
  CHECK(explicitly->where.line == 1);
}

}  // namespace snug::test
