// What a unit says about itself, and which of its records are reported.
#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "scan/parse/scan.hpp"
#include "support/scan_text.hpp"

namespace snug::test {

TEST_CASE("the target decides pointers and cache lines") {
  TextUnit unit("struct S { void* p; };", {"-nostdinc"});
  CHECK(unit.scan().abi.cache_line_bytes == 64);
  unit.options.target = "arm64-apple-macos";
  CHECK(unit.scan().abi.cache_line_bytes == 128);
  unit.options.target = "i686-linux-gnu";
  const Model model = unit.scan();
  CHECK(model.abi.pointer_bytes == 4);
  CHECK(record_named(model, "S")->size == 4);
  unit.options.cache_line = 32;
  CHECK(unit.scan().abi.cache_line_bytes == 32);
}

TEST_CASE("a unit with an error has no records and says why") {
  const TextUnit unit("struct S { int a; };\nstruct T { Missing m; };\n");
  const Model model = unit.scan();
  CHECK(model.records.empty());
  REQUIRE(model.units.size() == 1);
  CHECK(model.units[0].status == UnitStatus::Failed);
  REQUIRE_FALSE(model.units[0].problems.empty());
  CHECK(model.units[0].problems.back().find("Missing") != std::string::npos);
}

TEST_CASE("what a record needs is kept, but not reported") {
  const TextUnit unit("#include <vector>\nstruct S { std::vector<int> v; };\n");
  const Model model = unit.scan();
  REQUIRE(record_named(model, "S") != nullptr);
  CHECK(record_named(model, "S")->reported);
  const Record* vector = record_named(model, "std::vector<int>");
  REQUIRE(vector != nullptr);
  CHECK_FALSE(vector->reported);
  CHECK(model.file_hashes.size() == 1);
  CHECK(model.records.size() < 12);
}

TEST_CASE("system headers are reported when asked for") {
  TextUnit unit("#include <utility>\nstd::pair<int, char> p;\n");
  CHECK(record_named(unit.scan(), "std::pair<int, char>") == nullptr);
  unit.options.system_headers = true;
  const Model model = unit.scan();
  REQUIRE(record_named(model, "std::pair<int, char>") != nullptr);
  CHECK(record_named(model, "std::pair<int, char>")->reported);
}

TEST_CASE("excluded folders are not reported, a chosen header alone is") {
  TextUnit unit("#include \"own.h\"\n#include \"third/other.h\"\nstruct Main { int a; };\n");
  unit.header("own.h", "struct Own { int a; };\n");
  unit.header("third/other.h", "struct Other { int a; };\n");
  CHECK(record_named(unit.scan(), "Other") != nullptr);
  unit.options.excludes = {"third"};
  CHECK(record_named(unit.scan(), "Other") == nullptr);
  CHECK(record_named(unit.scan(), "Main") != nullptr);
  unit.options.only_headers = {unit.path("own.h")};
  const Model model = unit.scan();
  CHECK(record_named(model, "Own") != nullptr);
  CHECK(record_named(model, "Main") == nullptr);
}

TEST_CASE("files that declare something reported have the hash of their text") {
  TextUnit unit("#include \"own.h\"\nstruct Main { int a; };\n");
  unit.header("own.h", "struct Own { int a; };\n");
  const Model model = unit.scan();
  REQUIRE(model.file_hashes.size() == 2);
  CHECK(model.file_hashes.at(unit.path("own.h")) == sha256_hex("struct Own { int a; };\n"));
}

TEST_CASE("relative paths start at the folder of the command") {
  TextUnit unit("#include \"deep.h\"\n", {"-Isub/dir"});
  unit.header("sub/dir/deep.h", "struct Deep { int a; };\n");
  const Model model = unit.scan();
  REQUIRE(record_named(model, "Deep") != nullptr);
  CHECK(record_named(model, "Deep")->where.file == unit.path("sub/dir/deep.h"));
}

TEST_CASE("the same unit gives the same model") {
  const TextUnit unit("#include <map>\nstruct S { std::map<int, S*> m; };\n");
  const Model one = unit.scan();
  const Model two = unit.scan();
  REQUIRE(one.records.size() == two.records.size());
  for (std::size_t i = 0; i < one.records.size(); ++i) {
    CHECK(one.records[i].id == two.records[i].id);
  }
}

TEST_CASE("a unit: calls of methods whose overload is not known yet do not end the front end") {
  // Such an expression has a placeholder for a type, which has no size to ask for.
  const TextUnit unit(
      "struct Owner {\n"
      "  void take(int value);\n"
      "  template <class T> void give(T value) { this->take(value); take(value); }\n"
      "  void (Owner::*slot)(int) = nullptr;\n"
      "  void call() { (this->*slot)(1); ((*this).*slot)(2); }\n"
      "};\n"
      "template <class T> struct Later { T t; void run(Owner* o) { o->take(t); o->give(t); } };\n"
      "template <class F> void each(F f) { f(1); f.operator()(2); }\n"
      "void use(Owner& o) { o.give(1); each([&](auto v) { o.take(v); o.give(v); }); }\n");
  const Model model = unit.scan();
  CHECK(model.units.at(0).status == UnitStatus::Ok);
  CHECK_FALSE(model.functions.empty());
}

}  // namespace snug::test
