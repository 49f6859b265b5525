// Whole texts before and after: what a person would have typed is the expectation.
#include "analysis/reorder/reorder_edit.hpp"

#include <catch2/catch.hpp>

#include "support/record_source.hpp"

namespace snug::test {
namespace {

using Names = std::vector<std::string>;

/// The text after the edit, or the refusals, one a line.
std::string reordered(const std::string& text, const Names& fields, const Names& wanted) {
  const auto source = make_record(text, fields);
  const auto edit = edit_of(source, wanted);
  std::string refusals;
  for (const auto& refusal : edit.refusals) refusals += "refused: " + refusal + "\n";
  CHECK((edit.edits.empty() || edit.refusals.empty()));
  return refusals.empty() ? apply_edits(text, edit.edits) : refusals;
}

}  // namespace

TEST_CASE("an order that changes nothing gives no edits") {
  const auto source = make_record("struct S {\n  int a;\n  int b;\n};\n", {"a", "b"});
  const auto edit = edit_of(source, {"a", "b"});
  CHECK(edit.edits.empty());
  CHECK(edit.refusals.empty());
}

TEST_CASE("one field moves, the others stay untouched") {
  const std::string text =
      "struct S {\n"
      "  char a;\n"
      "  double b;\n"
      "  char c;\n"
      "};\n";
  CHECK(reordered(text, {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\n"
        "  double b;\n"
        "  char a;\n"
        "  char c;\n"
        "};\n");
  const auto edit = edit_of(make_record(text, {"a", "b", "c"}), {"b", "a", "c"});
  CHECK(edit.edits.size() <= 2);
}

TEST_CASE("comments, attributes and initialisers move with their field") {
  CHECK(reordered("struct S {\n"
                  "  /// Whether it is open.\n"
                  "  /// Never read from two threads.\n"
                  "  [[maybe_unused]] bool open = false;  ///< see close()\n"
                  "  // Bytes sent.\n"
                  "  alignas(8) long sent{0};  // first line\n"
                  "                            // second line\n"
                  "\n"
                  "  /* the code\n"
                  "     of the message */\n"
                  "  char code = ';';\n"
                  "};\n",
                  {"open", "sent", "code"}, {"sent", "open", "code"}) ==
        "struct S {\n"
        "  // Bytes sent.\n"
        "  alignas(8) long sent{0};  // first line\n"
        "                            // second line\n"
        "  /// Whether it is open.\n"
        "  /// Never read from two threads.\n"
        "  [[maybe_unused]] bool open = false;  ///< see close()\n"
        "\n"
        "  /* the code\n"
        "     of the message */\n"
        "  char code = ';';\n"
        "};\n");
}

TEST_CASE("a doxygen comment that points back belongs to the field above") {
  CHECK(reordered("struct S {\n"
                  "  char a;\n"
                  "  ///< of a\n"
                  "  double b;\n"
                  "  /**< of b */\n"
                  "  char c;\n"
                  "};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\n"
        "  double b;\n"
        "  /**< of b */\n"
        "  char a;\n"
        "  ///< of a\n"
        "  char c;\n"
        "};\n");
}

TEST_CASE("a comment with a blank line below it and region markers stay") {
  CHECK(reordered("struct S {\n"
                  "  // The state.\n"
                  "\n"
                  "  // NOLINTBEGIN\n"
                  "  char a;\n"
                  "  double b;\n"
                  "  // NOLINTEND\n"
                  "  char c;\n"
                  "};\n",
                  {"a", "b", "c"}, {"b", "c", "a"}) ==
        "struct S {\n"
        "  // The state.\n"
        "\n"
        "  // NOLINTBEGIN\n"
        "  double b;\n"
        "  // NOLINTEND\n"
        "  char c;\n"
        "  char a;\n"
        "};\n");
}

TEST_CASE("several fields on one line") {
  CHECK(reordered("struct S { char a; int b; char c; };\n", {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S { int b; char a; char c; };\n");
  CHECK(reordered("struct S { char a; int b; char c; };\n", {"a", "b", "c"}, {"a", "c", "b"}) ==
        "struct S { char a; char c; int b; };\n");
  CHECK(reordered("struct S {char a;int b;char c;};\n", {"a", "b", "c"}, {"c", "b", "a"}) ==
        "struct S {char c; int b; char a;};\n");
  CHECK(reordered("struct S {\n  char a; int b;\n  char c; long d;\n};\n", {"a", "b", "c", "d"},
                  {"b", "d", "a", "c"}) == "struct S {\n  int b;\n  long d; char a; char c;\n};\n");
}

TEST_CASE("a comment on a line of several fields belongs to nobody") {
  CHECK(reordered("struct S {\n  char a; int b;  // a and b\n  char c;\n};\n", {"a", "b", "c"},
                  {"b", "a", "c"})
            .find("refused: a comment stands on the line") == 0);
  CHECK(reordered("struct S {\n  char a; int b;  // a and b\n  char c;\n  int d;\n};\n",
                  {"a", "b", "c", "d"}, {"a", "b", "d", "c"}) ==
        "struct S {\n  char a; int b;  // a and b\n  int d;\n  char c;\n};\n");
}

TEST_CASE("declarations of several fields stay whole where they can") {
  CHECK(reordered("struct S {\n  char a, b;\n  double c;\n};\n", {"a", "b", "c"},
                  {"c", "a", "b"}) == "struct S {\n  double c;\n  char a, b;\n};\n");
}

TEST_CASE("declarations of several fields are split where they part") {
  CHECK(reordered("struct S {\n"
                  "  // Both.\n"
                  "  const char *p = nullptr, a[3] = {1, 2, 3}, &r = x;  // and more\n"
                  "  double c;\n"
                  "};\n",
                  {"p", "a", "r", "c"}, {"p", "r", "c", "a"}) ==
        "struct S {\n"
        "  // Both.\n"
        "  const char *p = nullptr, &r = x;  // and more\n"
        "  double c;\n"
        "  const char a[3] = {1, 2, 3};\n"
        "};\n");
  CHECK(reordered("struct S {\n"
                  "  alignas(8) std::map<int, int> m, n; char c;\n"
                  "};\n",
                  {"m", "n", "c"}, {"m", "c", "n"}) ==
        "struct S {\n"
        "  alignas(8) std::map<int, int> m; char c; alignas(8) std::map<int, int> n;\n"
        "};\n");
  CHECK(reordered("struct S {\n  int (*f)(int, int), g, T::*h;\n  char c;\n};\n",
                  {"f", "g", "h", "c"}, {"g", "f", "c", "h"}) ==
        "struct S {\n  int g;\n  int (*f)(int, int);\n  char c;\n  int T::*h;\n};\n");
  CHECK(
      reordered(
          "struct S {\n  unsigned a : 3, b : 5;\n  unsigned long long c = 1 < 2, d = 2 > 1;\n};\n",
          {"a", "b", "c", "d"}, {"b", "a", "d", "c"}) ==
      "struct S {\n  unsigned b : 5;\n  unsigned a : 3;\n  unsigned long long d = 2 > 1;\n"
      "  unsigned long long c = 1 < 2;\n};\n");
}

TEST_CASE("what cannot be split with certainty is refused") {
  const auto refused = [](const std::string& declaration) {
    const auto text = reordered("struct S {\n  " + declaration + "\n  long z;\n};\n",
                                {"aa", "bb", "z"}, {"aa", "z", "bb"});
    return text.find("refused: the declaration of 'aa' and others cannot be split") == 0;
  };
  CHECK(refused("struct { int i; } aa, bb;"));
  CHECK(refused("enum E { X, Y } aa, bb;"));
  CHECK(refused("enum E : char { X, Y } aa, bb;"));
  CHECK(refused("int aa = f<1, 2>(3), bb = g < 1, 2 > (4);") == false);
  CHECK(refused("int GUARD aa, bb;"));
  CHECK(refused("int aa, /* why */ bb;"));
}

TEST_CASE("what is no field stays") {
  CHECK(reordered("class S {\n"
                  " public:\n"
                  "  S() : a(0), b(1) {}\n"
                  "  enum class E : char { X, Y };\n"
                  "\n"
                  "  friend struct Other;\n"
                  "  static constexpr int k[] = {1, 2};\n"
                  "  bool operator==(const S& o) const { return a == o.a; }\n"
                  "\n"
                  " private:\n"
                  "  char a;\n"
                  "  using Clock = std::chrono::steady_clock;\n"
                  "  std::string b;\n"
                  "  void f() const noexcept;\n"
                  "  E e;\n"
                  "};\n",
                  {"a", "b", "e"}, {"a", "e", "b"})
            .find("refused") == std::string::npos);
}

TEST_CASE("constructors, functions and lambdas are no fields") {
  CHECK(reordered("struct S {\n"
                  "  explicit S(int n) : x(n), y(n) { if (n) { y = 1; } }\n"
                  "  void f(int i = 3) { auto g = [] { return 1; }; }\n"
                  "  char x;\n"
                  "  long y;\n"
                  "  S& operator=(const S&) = default;\n"
                  "  bool operator()(int a) const { return a < y; }\n"
                  "  std::function<void()> w = [] { return; };\n"
                  "};\n",
                  {"x", "y", "w"}, {"y", "x", "w"}) ==
        "struct S {\n"
        "  explicit S(int n) : x(n), y(n) { if (n) { y = 1; } }\n"
        "  void f(int i = 3) { auto g = [] { return 1; }; }\n"
        "  long y;\n"
        "  char x;\n"
        "  S& operator=(const S&) = default;\n"
        "  bool operator()(int a) const { return a < y; }\n"
        "  std::function<void()> w = [] { return; };\n"
        "};\n");
}

TEST_CASE("fields stay within their access") {
  const std::string text =
      "class S {\n"
      "  char a;\n"
      " public:\n"
      "  char b;\n"
      "  double c;\n"
      " private:\n"
      "  double d;\n"
      "};\n";
  // d may come first: the private section at the front takes it.
  CHECK(reordered(text, {"a", "b", "c", "d"}, {"d", "a", "c", "b"}) ==
        "class S {\n"
        "  double d;\n"
        "  char a;\n"
        " public:\n"
        "  double c;\n"
        "  char b;\n"
        " private:\n"
        "};\n");
  // c stands before the first public label there: impossible.
  CHECK(reordered(text, {"a", "b", "c", "d"}, {"c", "a", "b", "d"}) ==
        "refused: the order would change the access of a field or use a nested type before its "
        "declaration\n");
}

TEST_CASE("a nested type is declared before the fields that use it") {
  CHECK(reordered("struct S {\n"
                  "  char a;\n"
                  "  struct Inner { double d; };\n"
                  "  Inner inner;\n"
                  "  char b;\n"
                  "};\n",
                  {"a", "inner", "b"}, {"inner", "a", "b"}) ==
        "struct S {\n"
        "  struct Inner { double d; };\n"
        "  Inner inner;\n"
        "  char a;\n"
        "  char b;\n"
        "};\n");
}

TEST_CASE("a record that mixes CRLF, tabs and blank lines keeps them") {
  CHECK(reordered("struct S {\r\n\tchar a;\r\n\r\n\tdouble b;\r\n\tchar c;\r\n};\r\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\r\n\tdouble b;\r\n\tchar a;\r\n\tchar c;\r\n};\r\n");
  CHECK(reordered("struct S {\r\n\tchar a, b;\r\n\tdouble c;\r\n};\r\n", {"a", "b", "c"},
                  {"a", "c", "b"}) ==
        "struct S {\r\n\tchar a;\r\n\tdouble c;\r\n\tchar b;\r\n};\r\n");
}

TEST_CASE("a group that goes away takes a blank line along") {
  CHECK(reordered("struct S {\n"
                  "  char a;\n"
                  "\n"
                  "  double b;\n"
                  "\n"
                  "  char c;\n"
                  "};\n",
                  {"a", "b", "c"}, {"a", "c", "b"})
            .find("\n\n};") == std::string::npos);
  CHECK(reordered("struct S {\n"
                  "  char a;\n"
                  "\n"
                  "  double b;\n"
                  "  double b2;\n"
                  "\n"
                  "  // Of c.\n"
                  "  char c;\n"
                  "\n"
                  "  void f();\n"
                  "};\n",
                  {"a", "b", "b2", "c"}, {"a", "c", "b", "b2"}) ==
        "struct S {\n"
        "  char a;\n"
        "\n"
        "  // Of c.\n"
        "  char c;\n"
        "\n"
        "  double b;\n"
        "  double b2;\n"
        "\n"
        "  void f();\n"
        "};\n");
}

TEST_CASE("a group of #if stays whole, and what stands around it moves") {
  const std::string group = "#ifdef X\n  int x;\n#else\n  char y[3];\n#endif\n";
  CHECK(reordered("struct S {\n  char a;\n" + group + "  double b;\n  char c;\n};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\n" + group + "  double b;\n  char a;\n  char c;\n};\n");
  CHECK(reordered("struct S {\n  char a;\n  double b;\n  char c;\n" + group + "};\n",
                  {"a", "b", "c"}, {"a", "c", "b"}) ==
        "struct S {\n  char a;\n  char c;\n  double b;\n" + group + "};\n");
  // What stands in it keeps its place.
  CHECK(reordered("struct S {\n  char a;\n#if Y\n  double b;\n#endif\n  char c;\n};\n",
                  {"a", "b", "c"}, {"a", "c", "b"}) ==
        "struct S {\n  char a;\n  char c;\n#if Y\n  double b;\n#endif\n};\n");
  CHECK(reordered("struct S {\n  char a;\n#if Y\n  double b;\n  char c;\n#endif\n};\n",
                  {"a", "b", "c"}, {"a", "c", "b"}) == "refused: it stands under #if\n");
  CHECK(reordered("struct S {\n  char a;\n#if Y\n  private:\n#endif\n  double b;\n  char c;\n};\n",
                  {"a", "b", "c"},
                  {"a", "c", "b"}) == "refused: an access label stands under #if\n");
}

TEST_CASE("directives among the fields are refused, around functions they are not") {
  CHECK(reordered("struct S {\n  char a;\n#include \"fields.inc\"\n  double b;\n};\n", {"a", "b"},
                  {"b", "a"}) == "refused: a preprocessor directive stands among the members\n");
  CHECK(reordered("struct S {\n  char a\n#ifdef X\n  [2]\n#endif\n  ;\n  double b;\n};\n",
                  {"a", "b"},
                  {"b", "a"}) == "refused: a preprocessor directive stands inside a declaration\n");
  CHECK(reordered("struct S {\n"
                  "#ifdef X\n  void dump() const { x(); }\n#else\n  void dump() const;\n#endif\n"
                  "  char a;\n  double b;\n  char c;\n};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\n"
        "#ifdef X\n  void dump() const { x(); }\n#else\n  void dump() const;\n#endif\n"
        "  double b;\n  char a;\n  char c;\n};\n");
}

TEST_CASE("directives inside a function are the function's own") {
  CHECK(reordered("struct S {\n  S() noexcept\n#ifdef X\n    : a(1)\n#endif\n  {}\n"
                  "  char a;\n  double b;\n  char c;\n};\n",
                  {"a", "b", "c"}, {"a", "c", "b"}) ==
        "struct S {\n  S() noexcept\n#ifdef X\n    : a(1)\n#endif\n  {}\n"
        "  char a;\n  char c;\n  double b;\n};\n");
  CHECK(reordered("struct S {\n#ifdef X\n  S()\n#else\n  S(int)\n#endif\n  {}\n"
                  "  char a;\n  double b;\n};\n",
                  {"a", "b"},
                  {"b", "a"}) == "refused: a preprocessor directive stands inside a declaration\n");
}

TEST_CASE("pragmas stay, but #pragma pack is refused") {
  CHECK(reordered("struct S {\n  char a;\n#pragma GCC diagnostic push\n  void f();\n"
                  "#pragma GCC diagnostic pop\n  double b;\n  char c;\n};\n",
                  {"a", "b", "c"}, {"a", "c", "b"}) ==
        "struct S {\n  char a;\n#pragma GCC diagnostic push\n  void f();\n"
        "#pragma GCC diagnostic pop\n  char c;\n  double b;\n};\n");
  CHECK(reordered("struct S {\n#pragma pack(1)\n  char a;\n  double b;\n};\n", {"a", "b"},
                  {"b", "a"}) == "refused: a preprocessor directive stands among the members\n");
}

TEST_CASE("fields that a macro makes are refused") {
  auto source = make_record("struct S {\n  FIELD(char, a)\n  double b;\n};\n", {"a", "b"});
  source.record.slots[0].where = range_in(source.text.find("FIELD"), source.text.find("FIELD") + 5);
  CHECK(edit_of(source, {"b", "a"}).refusals ==
        Names{"'a' is declared by a macro or by an included file"});
}

TEST_CASE("a macro on lines of its own before a field pins the field") {
  auto source = make_record("struct S {\n  Q_OBJECT\n  char a;\n  double b;\n  char c;\n};\n",
                            {"a", "b", "c"});
  const auto begin = source.text.find("char a");
  source.record.slots[0].declaration = range_in(begin, begin + 6);
  CHECK(apply_edits(source.text, edit_of(source, {"a", "c", "b"}).edits) ==
        "struct S {\n  Q_OBJECT\n  char a;\n  char c;\n  double b;\n};\n");
  const auto moved = edit_of(source, {"b", "a", "c"});  // b goes before the macro and its field
  CHECK(apply_edits(source.text, moved.edits) ==
        "struct S {\n  double b;\n  Q_OBJECT\n  char a;\n  char c;\n};\n");
  auto two = make_record("struct S {\n  M\n  char a;\n  N\n  double b;\n};\n", {"a", "b"});
  for (std::size_t i = 0; i < 2; ++i) {
    const auto at = two.text.find(i == 0 ? "char a" : "double b");
    two.record.slots[i].declaration = range_in(at, at + 6);
  }
  CHECK(edit_of(two, {"b", "a"}).refusals == Names{"a macro stands before 'a'"});
}

TEST_CASE("anonymous aggregates and bit-field runs move as wholes") {
  CHECK(reordered("struct S {\n"
                  "  char a;\n"
                  "  union {\n"
                  "    int i;\n"
                  "    double d;\n"
                  "  };\n"
                  "  unsigned f : 3;\n"
                  "  unsigned : 2;\n"
                  "  unsigned g : 4;\n"
                  "  double z;\n"
                  "};\n",
                  {"a", "@union", "f", "@unsigned", "g", "z"},
                  {"@union", "z", "a", "f", "@unsigned", "g"})
            .find("refused") == std::string::npos);
}

TEST_CASE("fields beside a zero-width bit-field stay") {
  CHECK(reordered(
            "struct S {\n  char f : 3;\n  int : 0;\n  char g : 4;\n  char a;\n  double z;\n};\n",
            {"f", "g", "a", "z"}, {"z", "f", "g", "a"}) ==
        "struct S {\n  double z;\n  char f : 3;\n  int : 0;\n  char g : 4;\n  char a;\n};\n");
  CHECK(reordered("struct S {\n  char f : 3;\n  int : 0;\n  char g : 4;\n  double z;\n};\n",
                  {"f", "g", "z"},
                  {"g", "z", "f"}) == "refused: 'f' stands beside a zero-width bit-field\n");
}

TEST_CASE("initialisers whose value is their place stay") {
  CHECK(reordered("struct S {\n  char a = __COUNTER__;\n  double b = 2;\n  char c = 3;\n};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "refused: the initialiser of 'a' takes its value from its place (__COUNTER__)\n");
  CHECK(reordered("struct S {\n  char a{__LINE__};\n  double b = 2;\n  char c = 3;\n};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "refused: the initialiser of 'a' takes its value from its place (__LINE__)\n");
}

TEST_CASE("literals with braces, semicolons and comment marks do not confuse") {
  CHECK(reordered("struct S {\n"
                  "  const char* a = R\"x(};//)x\";\n"
                  "  char b = '}';\n"
                  "  const char* c = \"/* \\\" */ ;\";\n"
                  "  long d = 1'000'000;\n"
                  "};\n",
                  {"a", "b", "c", "d"}, {"b", "a", "c", "d"}) ==
        "struct S {\n"
        "  char b = '}';\n"
        "  const char* a = R\"x(};//)x\";\n"
        "  const char* c = \"/* \\\" */ ;\";\n"
        "  long d = 1'000'000;\n"
        "};\n");
}

TEST_CASE("a default initialiser that reads another member keeps its place behind it") {
  CHECK(
      reordered("struct S {\n  int n = 1;\n  double d = n * 2.0;\n};\n", {"n", "d"}, {"d", "n"}) ==
      "refused: the initialiser of 'd' reads 'n', which would be initialised later\n");
  CHECK(reordered("struct S {\n  char n;\n  long d = sizeof(n) + o.n + N::n;\n};\n", {"n", "d"},
                  {"d", "n"}) == "struct S {\n  long d = sizeof(n) + o.n + N::n;\n  char n;\n};\n");
}

namespace {

/// Adds a constructor's list to the model: the items are found behind `start` in the text.
void add_list(RecordSource& source, std::string_view start,
              const std::vector<std::pair<std::string, Names>>& items) {
  InitializerList list;
  list.record_id = source.record.id;
  auto at = source.text.find(start);
  list.where = range_in(at, at + start.size());
  list.where.line = 7;
  at += start.size();
  for (const auto& [text, reads] : items) {
    at = source.text.find(text, at);
    InitializerList::Item item;
    item.member = text.substr(0, text.find_first_of("({"));
    item.is_base = item.member == "Base";
    item.range = range_in(at, at + text.size());
    item.reads = reads;
    list.items.push_back(item);
    at += text.size();
  }
  source.model.initializers.push_back(list);
}

std::string applied(const RecordSource& source, const Names& wanted) {
  const auto edit = edit_of(source, wanted);
  return edit.refusals.empty() ? apply_edits(source.text, edit.edits) : edit.refusals.front();
}

}  // namespace

TEST_CASE("initialiser lists follow the fields, bases keep their places") {
  auto source = make_record(
      "struct S : Base {\n  char a;\n  double b;\n  char c;\n};\n"
      "S::S(int x) : Base(x), a(f(1, 2)), b{x}, c() {}\n"
      "S::S()\n    : a(1),\n      c(3) {}\n",
      {"a", "b", "c"});
  add_list(source, "S::S(int x)", {{"Base(x)", {}}, {"a(f(1, 2))", {}}, {"b{x}", {}}, {"c()", {}}});
  add_list(source, "S::S()", {{"a(1)", {}}, {"c(3)", {}}});
  CHECK(applied(source, {"b", "a", "c"}) ==
        "struct S : Base {\n  double b;\n  char a;\n  char c;\n};\n"
        "S::S(int x) : Base(x), b{x}, a(f(1, 2)), c() {}\n"
        "S::S()\n    : a(1),\n      c(3) {}\n");
}

TEST_CASE("comments behind initialisers move with them") {
  auto source = make_record(
      "struct S {\n  char a;\n  double b;\n  char c;\n};\n"
      "S::S()\n    : a(1),  // of a\n      b(2),\n      c(3)  // of c\n{}\n",
      {"a", "b", "c"});
  add_list(source, "S::S()", {{"a(1)", {}}, {"b(2)", {}}, {"c(3)", {}}});
  CHECK(applied(source, {"b", "c", "a"}) ==
        "struct S {\n  double b;\n  char c;\n  char a;\n};\n"
        "S::S()\n    : b(2),\n      c(3),  // of c\n      a(1)  // of a\n{}\n");
}

TEST_CASE("comments that belong to no initialiser for certain are refused") {
  auto source = make_record(
      "struct S {\n  char a;\n  double b;\n};\n"
      "S::S()\n    // first\n    : a(1),\n      // then\n      b(2) {}\n",
      {"a", "b"});
  add_list(source, "S::S()", {{"a(1)", {}}, {"b(2)", {}}});
  CHECK(applied(source, {"b", "a"})
            .find("the initialisers of the constructor at line 7 cannot be "
                  "sorted: a comment") == 0);
}

TEST_CASE("a member that reads another is not initialised before it") {
  auto source =
      make_record("struct S {\n  char a;\n  double b;\n};\nS::S() : a(1), b(a) {}\n", {"a", "b"});
  add_list(source, "S::S()", {{"a(1)", {}}, {"b(a)", {"a"}}});
  CHECK(applied(source, {"b", "a"}) ==
        "the constructor at line 7 initialises 'b' from 'a', which would be initialised later");
}

TEST_CASE("a list that a macro makes is refused") {
  auto source =
      make_record("struct S {\n  char a;\n  double b;\n};\nS::S() : a(1), b(2) {}\n", {"a", "b"});
  add_list(source, "S::S()", {{"a(1)", {}}, {"b(2)", {}}});
  source.model.initializers[0].from_macro = true;
  CHECK(applied(source, {"b", "a"}) ==
        "the initialisers of the constructor at line 7 come out of a macro");
}

TEST_CASE("the braces of an anonymous aggregate are no initialiser") {
  CHECK(
      reordered("struct S {\n  char flags;\n  union {\n    long flags2;\n    struct { int flags; } "
                "in;\n  };\n};\n",
                {"flags", "@union"}, {"@union", "flags"})
          .find("refused") == std::string::npos);
}

TEST_CASE("a file that has changed is refused") {
  auto source = make_record("struct S { char a; int b; };\n", {"a", "b"});
  source.model.file_hashes[kPath] = sha256_hex("other");
  CHECK(edit_of(source, {"b", "a"}).refusals ==
        Names{std::string("'") + kPath + "' changed since it was scanned; run again"});
}

namespace {

/// What a person is asked to look at when the record takes the order.
std::vector<std::string> cautions(const std::string& text, const Names& fields,
                                  const Names& wanted) {
  return edit_of(make_record(text, fields), wanted).cautions;
}

}  // namespace

TEST_CASE("documented fields that stood apart stand apart again") {
  CHECK(reordered("struct S {\n"
                  "  /// One?\n  bool a;\n\n"
                  "  /// Two.\n  double b;\n\n"
                  "  /// Three?\n  bool c;\n\n"
                  "  /// Four.\n  double d;\n"
                  "};\n",
                  {"a", "b", "c", "d"}, {"a", "c", "b", "d"}) ==
        "struct S {\n"
        "  /// One?\n  bool a;\n\n"
        "  /// Three?\n  bool c;\n\n"
        "  /// Two.\n  double b;\n\n"
        "  /// Four.\n  double d;\n"
        "};\n");
  CHECK(reordered("struct S {\n"
                  "  /// One?\n  bool a;\n\n"
                  "  /// Two.\n  double b;\n\n"
                  "  /// Three?\n  bool c;\n"
                  "};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\n"
        "  /// Two.\n  double b;\n\n"
        "  /// One?\n  bool a;\n\n"
        "  /// Three?\n  bool c;\n"
        "};\n");
  CHECK(reordered("struct S {\n"
                  "  /// One.\n  bool a;\n\n"
                  "  double b;\n  bool c;\n"
                  "};\n",
                  {"a", "b", "c"}, {"b", "a", "c"}) ==
        "struct S {\n"
        "  double b;\n\n"
        "  /// One.\n  bool a;\n\n"
        "  bool c;\n"
        "};\n");
}

TEST_CASE("fields that were paragraphs of their own are so again, and others are not") {
  CHECK(reordered("struct S {\n  bool a;\n\n  long b;\n\n  bool c;\n\n  long d;\n\n  bool e;\n};\n",
                  {"a", "b", "c", "d", "e"}, {"a", "c", "e", "b", "d"}) ==
        "struct S {\n  bool a;\n\n  bool c;\n\n  bool e;\n\n  long b;\n\n  long d;\n};\n");
  // What followed without a blank line does so again.
  CHECK(reordered("struct S {\n  long c;\n  bool d;\n\n  /// Two?\n  bool b;\n  bool e;\n};\n",
                  {"c", "d", "b", "e"}, {"b", "c", "d", "e"}) ==
        "struct S {\n  /// Two?\n  bool b;\n  long c;\n  bool d;\n\n  bool e;\n};\n");
}

TEST_CASE("a sentence above several fields may be that of the first") {
  const std::string size =
      "struct S {\n"
      "  char k;\n\n"
      "  // The size in pixels.\n"
      "  int width;\n"
      "  bool border;\n"
      "  double scale;\n"
      "  bool title;\n"
      "};\n";
  const Names fields = {"k", "width", "border", "scale", "title"};
  CHECK(
      cautions(size, fields, {"k", "border", "title", "width", "scale"}) ==
      Names{
          "s.hpp:4: \"The size in pixels.\" heads a group of fields; 'width' moves away below it"});
  CHECK(cautions(size, fields, {"k", "width", "border", "title", "scale"}).empty());
}

TEST_CASE("a comment that heads a group stays, and a person hears who leaves or joins") {
  const std::string job =
      "struct S {\n"
      "  // input:\n"
      "  char* source;\n"
      "  bool strict;\n"
      "  int mode;\n\n"
      "  // output:\n"
      "  bool failed;\n"
      "};\n";
  const Names fields = {"source", "strict", "mode", "failed"};
  CHECK(reordered(job, fields, {"source", "strict", "failed", "mode"}) ==
        "struct S {\n"
        "  // input:\n"
        "  char* source;\n"
        "  bool strict;\n\n"
        "  // output:\n"
        "  bool failed;\n"
        "  int mode;\n"
        "};\n");
  CHECK(cautions(job, fields, {"source", "strict", "failed", "mode"}) ==
        Names{"s.hpp:2: \"input:\" heads a group of fields; 'mode' leaves it",
              "s.hpp:7: \"output:\" heads a group of fields; 'mode' joins it"});
  CHECK(cautions(job, fields, {"source", "mode", "strict", "failed"}).empty());
  const std::string plain =
      "struct S {\n"
      "  // Where it goes.\n"
      "  int x;\n"
      "  char y;\n\n"
      "  long z;\n"
      "};\n";
  CHECK(reordered(plain, {"x", "y", "z"}, {"z", "x", "y"}) ==
        "struct S {\n"
        "  // Where it goes.\n"
        "  long z;\n"
        "  int x;\n"
        "  char y;\n"
        "};\n");
  CHECK(cautions(plain, {"x", "y", "z"}, {"z", "x", "y"}).size() == 1);
  CHECK(cautions(plain, {"x", "y", "z"}, {"y", "z", "x"}).size() == 1);
  CHECK(cautions("struct S {\n  int a;\n\n  // ---- state ----\n\n  int b;\n  int c;\n};\n",
                 {"a", "b", "c"}, {"b", "a", "c"})
            .size() == 1);
  CHECK(cautions("struct S {\n  int a;\n#pragma region R\n  int b;\n  int c;\n"
                 "#pragma endregion\n  int d;\n};\n",
                 {"a", "b", "c", "d"}, {"b", "a", "c", "d"})
            .size() == 1);
  CHECK(cautions("struct S {\n  // of a\n  int a;\n  // of b\n  int b;\n  // of c\n  int c;\n};\n",
                 {"a", "b", "c"}, {"b", "c", "a"})
            .empty());
}

}  // namespace snug::test
