#include "gate/marks.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace snug;

namespace {

const std::vector<std::string> known_checks = {"padding", "line-straddle", "budget"};

Marks read_marks(std::string_view text) {
  return marks_in(text, "/p/a.hpp", known_checks);
}

std::string only_complaint(std::string_view text) {
  const Marks marks = read_marks(text);
  REQUIRE(marks.bad.size() == 1);
  CHECK(marks.marks.empty());
  return marks.bad.front().message;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("each mark is read with its argument") {
  const Marks marks = read_marks(
      "// snug: max-size(64), max-padding(0), frozen\n"
      "struct A {\n"
      "  int a;  // snug: group(hot)\n"
      "};\n"
      "// snug: ignore(padding, budget): there are three\n"
      "struct B {};\n");
  CHECK(marks.bad.empty());
  REQUIRE(marks.marks.size() == 5);
  CHECK(marks.marks[0].kind == MarkKind::MaxSize);
  CHECK(marks.marks[0].most == 64);
  CHECK(marks.marks[0].where.line == 1);
  CHECK(marks.marks[0].where.column == 10);
  CHECK(marks.marks[1].kind == MarkKind::MaxPadding);
  CHECK(marks.marks[2].kind == MarkKind::Frozen);
  CHECK(marks.marks[0].head_line == 2);
  CHECK(marks.marks[0].head_names_record);
  CHECK(marks.marks[3].kind == MarkKind::Group);
  CHECK(marks.marks[3].group == "hot");
  CHECK(marks.marks[3].head_line == 3);
  CHECK(marks.marks[4].checks == std::vector<std::string>{"padding", "budget"});
  CHECK(marks.marks[4].reason == "there are three");
  CHECK(marks.marks[4].head_line == 6);
}

TEST_CASE("marks stand at the start of a comment or of a line of a block comment") {
  CHECK(read_marks("/* snug: frozen */ struct A;").marks.size() == 1);
  CHECK(read_marks("/**\n * What it is for.\n * snug: frozen\n */\nstruct A {};").marks.size() ==
        1);
  CHECK(read_marks("/// snug: frozen\nstruct A {};").marks.size() == 1);
  CHECK(read_marks("int a;  ///< snug: group(x)\n").marks.size() == 1);
  CHECK(read_marks("// see snug: frozen\nstruct A {};").marks.empty());
  CHECK(read_marks("// snug: a tool that finds padding\n").bad.empty());
  CHECK(read_marks("// As counted by\n// snug::tracked_ptr.\nint x;\n").bad.empty());
  CHECK_FALSE(read_marks("// snug: :frozen\n").bad.empty());
}

TEST_CASE("text in literals and directives is no mark") {
  const Marks marks = read_marks(
      "const char* a = \"// snug: frozen\";\n"
      "const char* b = R\"x(\n// snug: nonsense(\n)x\";\n"
      "#define C 1  // snug: frozen\n"
      "const char c = '\"'; // snug: frozen\n");
  CHECK(marks.bad.empty());
  REQUIRE(marks.marks.size() == 1);
  CHECK(marks.marks[0].where.line == 6);
}

TEST_CASE("continued lines and CRLF do not hide or change a mark") {
  const Marks crlf = read_marks("struct A {\r\n  int a;  // snug: group(x)\r\n};\r\n");
  REQUIRE(crlf.marks.size() == 1);
  CHECK(crlf.marks[0].group == "x");
  const Marks ignore = read_marks("// snug: ignore(padding): why\r\nstruct A {};\r\n");
  REQUIRE(ignore.marks.size() == 1);
  CHECK(ignore.marks[0].reason == "why");
  const Marks continued = read_marks("// a comment \\\nsnug: frozen\nstruct A {};\n");
  CHECK(continued.marks.size() == 1);
}

TEST_CASE("a mark above reaches over attributes and templates to the name") {
  const std::string text =
      "// snug: frozen\n"
      "// A header.\n"
      "\n"
      "template <class T>\n"
      "struct alignas(64)\n"
      "    Header final : Base<T> {\n";
  const Marks marks = read_marks(text);
  REQUIRE(marks.marks.size() == 1);
  CHECK(marks.marks[0].head_line == 4);
  CHECK(marks.marks[0].head_end_line == 6);
  CHECK(marks.marks[0].head_begin == text.find("template"));
  CHECK(marks.marks[0].head_end == text.find('{') + 1);
}

TEST_CASE("a mark without a reason or with a misspelt word is told with the right one") {
  CHECK(contains(only_complaint("// snug: ignore(padding)\n"), "needs a reason"));
  CHECK(contains(only_complaint("// snug: ignore(padding):\n"), "needs a reason"));
  CHECK(contains(only_complaint("// snug: ignore: why\n"), "ignore(padding)"));
  CHECK(contains(only_complaint("// snug: ignore(paddign): why\n"), "did you mean 'padding'?"));
  CHECK(contains(only_complaint("// snug: frozn\n"), "did you mean 'frozen'?"));
  CHECK(contains(only_complaint("// snug: frozn because\n"), "did you mean 'frozen'?"));
  CHECK(contains(only_complaint("// snug: nonsense(3)\n"), "there is no mark 'nonsense'"));
  CHECK(contains(only_complaint("// snug: max-size\n"), "max-size(64)"));
  CHECK(contains(only_complaint("// snug: max-size(-1)\n"), "whole number of bytes, not '-1'"));
  CHECK(contains(only_complaint("// snug: max-size(99999999999999999999)\n"), "whole number"));
  CHECK(contains(only_complaint("// snug: max-size(64\n"), "not closed"));
  CHECK(contains(only_complaint("// snug: frozen(1)\n"), "takes nothing"));
  CHECK(contains(only_complaint("// snug: group(a b)\n"), "letters"));
  CHECK(contains(only_complaint("// snug:\n"), "no mark here"));
  const Marks behind = read_marks("// snug: frozen forever\n");
  REQUIRE(behind.bad.size() == 1);
  CHECK(contains(behind.bad[0].message, "a colon begins a reason"));
}

TEST_CASE("any mark may have a reason") {
  const Marks marks = read_marks("struct A {};  // snug: frozen: mapped by the kernel, as it is\n");
  CHECK(marks.bad.empty());
  CHECK(marks.marks.size() == 1);
}

TEST_CASE("a mark at the end of a file belongs to nothing") {
  const Marks marks = read_marks("struct A {};\n// snug: frozen");
  REQUIRE(marks.marks.size() == 1);
  CHECK(marks.marks[0].head_begin == marks.marks[0].head_end);
}

TEST_CASE("any text can be read, and every place lies in it") {
  CHECK(rc::check("marks lie inside the text", [] {
    const auto piece =
        rc::gen::element<std::string>("// snug: ", "/* snug: ", "*/", "frozen", "ignore(padding)",
                                      ": why", "max-size(", "64", ")", "\n", "\r\n", "\\\n", "\"",
                                      "'", "R\"(", ")\"", "{", "}", ";", " struct A ", ",", "#if ");
    const auto pieces = *rc::gen::container<std::vector<std::string>>(piece);
    std::string text;
    for (const std::string& one : pieces) text += one;
    const Marks marks = read_marks(text);
    for (const Mark& mark : marks.marks) {
      RC_ASSERT(mark.where.begin < mark.where.end);
      RC_ASSERT(mark.where.end <= text.size());
      RC_ASSERT(mark.head_begin <= mark.head_end);
      RC_ASSERT(mark.head_end <= text.size());
      RC_ASSERT(mark.head_line <= mark.head_end_line);
      RC_ASSERT(mark.kind != MarkKind::Ignore || !mark.reason.empty());
    }
    for (const BadMark& bad : marks.bad) RC_ASSERT(bad.where.end <= text.size());
  }));
}
