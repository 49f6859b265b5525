#include "analysis/holders.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

/// A program about the record S, and whether its bytes are multiplied.
struct Row {
  std::string_view what;
  std::string_view code;
  bool many;
  std::string_view says;  ///< A part of the evidence; empty: there may be none.
};

std::string judged(const Row& row, const std::string& file) {
  const std::string record =
      file.ends_with(".c") ? "#include <stdlib.h>\nstruct S { char a; long b; char c; };\n"
                           : "#include <cstdlib>\n#include <list>\n#include <map>\n#include "
                             "<memory>\n#include <optional>\n#include <vector>\nstruct S { char a; "
                             "long b; char c; };\n";
  TextUnit unit(record + std::string(row.code),
                file.ends_with(".c") ? std::vector<std::string>{"-std=c11"}
                                     : std::vector<std::string>{"-std=c++20"},
                file);
  const Model model = unit.scan();
  for (const Unit& read : model.units) {
    for (const std::string& problem : read.problems) UNSCOPED_INFO(problem);
  }
  const std::string name =
      model.find("c:@S@S") != nullptr || record_named(model, "S") != nullptr ? "S" : "struct S";
  const Record* found = record_named(model, name);
  REQUIRE(found != nullptr);
  const Holders holders(model);
  std::vector<Evidence> evidence;
  const std::array records = {found};
  const bool many = holders.may_be_many(records, evidence);
  CHECK(many == row.many);
  std::string said;
  for (const Evidence& one : evidence) said += one.message + "\n";
  return said;
}

void check_rows(const std::vector<Row>& rows, const std::string& file) {
  for (const Row& row : rows) {
    INFO(row.what << "\n" << row.code);
    const std::string said = judged(row, file);
    INFO(said);
    CHECK(said.find(row.says) != std::string::npos);
    if (!row.says.empty()) CHECK_FALSE(said.empty());
  }
}

}  // namespace

TEST_CASE("Objects of C++ types are many or few by what holds and makes them") {
  check_rows(
      {
          {"a library's type", "void use(const S&);", true, ""},
          {"a global", "S one;", false, ""},
          {"two globals", "S one; S two;", false, ""},
          {"a static of a function", "S& get() { static S s; return s; }", false, ""},
          {"a local", "long f() { S s{}; return s.b; }", false, ""},
          {"a local in a loop",
           "long f() { long n = 0; for (int i = 0; i < 9; ++i) { S s{}; n += s.b; } return n; }",
           false, ""},
          {"an array of four", "S few[4];", false, ""},
          {"an array of seventeen", "S more[17];", true, "array of 17"},
          {"a vector", "std::vector<S> all;", true, "std::vector"},
          {"a local vector", "void f() { std::vector<S> all; all.resize(9); }", true,
           "std::vector"},
          {"a map's value", "std::map<int, S> all;", true, "std::map"},
          {"a vector of owners", "std::vector<std::unique_ptr<S>> all;", true, "pointers to them"},
          {"a vector of pointers", "std::vector<S*> all;", true, "pointers to them"},
          {"buckets", "S* table[256];", true, "array of pointers"},
          {"two pointers", "S* pair[2]; S a, b;", false, ""},
          {"an optional", "std::optional<S> maybe;", false, ""},
          {"one owner", "std::unique_ptr<S> p;", false, ""},
          {"in the elements of a vector", "struct Box { S s; }; std::vector<Box> all;", true,
           "std::vector"},
          {"a base of elements", "struct D : S { int d; }; std::vector<D> all;", true,
           "std::vector"},
          {"in a global", "struct Box { S s; }; Box box;", false, ""},
          {"in a library's type", "struct Box { S s; }; void use(Box&);", true, ""},
          {"new in main", "int main() { S* s = new S; delete s; }", false, ""},
          {"new in a loop",
           "int main() { for (int i = 0; i < 9; ++i) { S* s = new S; delete s; } }", true,
           "allocated in a loop"},
          {"new by a function that main calls once",
           "static S* make() { return new S; } int main() { delete make(); }", false, ""},
          {"new by a function that is called twice",
           "static S* make() { return new S; } int main() { delete make(); delete make(); }", true,
           "called from 2 places"},
          {"new by a function that nobody calls", "S* make() { return new S; }", true,
           "no callers of"},
          {"new by a method that is virtual",
           "struct F { virtual S* make() { return new S; } }; int main() { F f; delete f.make(); }",
           true, "through a pointer"},
          {"several at once", "int main(int n, char**) { S* s = new S[n]; delete[] s; }", true,
           "several are allocated at once"},
          {"a few at once", "int main() { S* s = new S[3]; delete[] s; }", false, ""},
          {"made by make_shared", "std::shared_ptr<S> make() { return std::make_shared<S>(); }",
           true, "no callers of"},
          {"counted array of the project", "struct Vec { S* items; std::size_t size; }; Vec vec;",
           true, "counted array"},
          {"a pointer beside a number", "struct Owner { S* owner; int id; }; Owner o; S s;", false,
           ""},
      },
      "u.cpp");
}

TEST_CASE("Objects of C types are many or few by what holds and makes them") {
  check_rows(
      {
          {"a global", "struct S one;", false, ""},
          {"malloc in main", "int main(void) { struct S *s = malloc(sizeof(struct S)); free(s); }",
           false, ""},
          {"malloc by a function that nobody calls",
           "struct S *make(void) { struct S *s = malloc(sizeof *s); return s; }", true,
           "no callers of"},
          {"an allocator of the project",
           "void *xmalloc(size_t); int main(void) { for (int i = 0; i < 9; i++) { struct S *s = "
           "xmalloc(sizeof(*s)); free(s); } }",
           true, "allocated in a loop"},
          {"calloc of many",
           "int main(int n, char **v) { struct S *s = calloc(n, sizeof(struct S)); free(s); }",
           true, "several"},
          {"calloc of one",
           "int main(void) { struct S *s = calloc(1, sizeof(struct S)); free(s); }", false, ""},
          {"malloc of many",
           "int main(int n, char **v) { struct S *s = malloc(n * sizeof(struct S)); free(s); }",
           true, "several"},
          {"in a hash table", "struct T { struct S *buckets; size_t nr_buckets; }; struct T table;",
           true, "counted array"},
          {"a hook of a list",
           "struct list { struct list *next, *prev; }; struct S2 { char a; struct list hook; "
           "struct S s; };",
           true, ""},
      },
      "u.c");
}

TEST_CASE("Objects in tests count for nothing") {
  TextUnit unit("struct S { char a; long b; char c; } one;\n", {"-std=c11"}, "u.c");
  const Model model = unit.scan();
  const Record* record = record_named(model, "S");
  if (record == nullptr) record = record_named(model, "struct S");
  REQUIRE(record != nullptr);
  const std::array records = {record};
  std::vector<Evidence> evidence;
  CHECK_FALSE(Holders(model).may_be_many(records, evidence));
  CHECK(evidence.at(0).message == "'one' holds one");
  evidence.clear();
  CHECK(Holders(model, {record->where.file}).may_be_many(records, evidence));
  CHECK(evidence.empty());
}

TEST_CASE("A type that points to its own kind is a node") {
  TextUnit unit(
      "struct list { struct list *next, *prev; };\n"
      "struct node { char a; struct node *next; char b; } first;\n"
      "struct hooked { char a; struct list hook; char b; } second;\n"
      "struct plain { char a; long b; char c; } third;\n"
      "struct hlist { struct hlist *next, **pprev; };\n"
      "struct hashed { char a; struct hlist hook; char b; } fourth;\n",
      {"-std=c11"}, "u.c");
  const Model model = unit.scan();
  const Holders holders(model);
  const auto many = [&](std::string_view name) {
    const Record* record = record_named(model, name);
    REQUIRE(record != nullptr);
    std::vector<Evidence> evidence;
    const std::array records = {record};
    return holders.may_be_many(records, evidence);
  };
  CHECK(many("node"));
  CHECK(many("hooked"));
  CHECK(many("hashed"));
  CHECK_FALSE(many("plain"));
}

TEST_CASE("What may run again is no proof of many objects") {
  struct Case {
    const char* code;
    Number number;
  };
  const Case cases[] = {
      {"struct S *make(void) { return malloc(sizeof(struct S)); }\n", Number::Unknown},
      {"static struct S *make(void) { return malloc(sizeof(struct S)); }\n"
       "int main(void) { free(make()); free(make()); }\n",
       Number::Unknown},
      {"static struct S *make(void) { return malloc(sizeof(struct S)); }\n"
       "int main(int n, char **v) { free(make()); while (n--) free(make()); }\n",
       Number::Many},
      {"static struct S *make(void) { return malloc(sizeof(struct S)); }\n"
       "static void a(void) { free(make()); }\nstatic void b(void) { free(make()); }\n"
       "int main(int n, char **v) { a(); while (n--) b(); }\n",
       Number::Many},
      {"static void on_request(int f) { free(malloc(sizeof(struct S))); }\n"
       "void (*const handler)(int) = on_request;\n",
       Number::Many},
      {"static void module_init(int f) { free(malloc(sizeof(struct S))); }\n"
       "void (*const handler)(int) = module_init;\n",
       Number::Unknown},
      {"int main(void) { free(malloc(sizeof(struct S))); }\n", Number::Few},
  };
  for (const Case& one : cases) {
    INFO(one.code);
    TextUnit unit(
        "#include <stdlib.h>\nstruct S { char a; long b; char c; };\n" + std::string(one.code),
        {"-std=c11"}, "again.c");
    const Model model = unit.scan();
    const Record* found = record_named(model, "S");
    REQUIRE(found != nullptr);
    std::vector<Evidence> evidence;
    const std::array records = {found};
    CHECK(Holders(model).number_of(records, evidence) == one.number);
    CHECK_FALSE(evidence.empty());
  }
}
