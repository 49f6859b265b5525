#include "report/source_line.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

#include "report/columns.hpp"

namespace snug::test {

namespace {

std::vector<std::string> plain(std::string_view text, std::uint32_t line, std::uint32_t column,
                               std::size_t width = 80) {
  return marked_line(text, line, column, width, Palette{false});
}

}  // namespace

TEST_CASE("the line of a place has a mark under the name") {
  using Lines = std::vector<std::string>;
  CHECK(plain("a\nstruct Order {\nb", 2, 8) ==
        Lines{"    2 | struct Order {", "      |        ^~~~~"});
  CHECK(plain("\tint x;\r\n", 1, 2) == Lines{"    1 |     int x;", "      |     ^~~"});
  CHECK(plain("a\tint x;", 1, 3) == Lines{"    1 | a   int x;", "      |     ^~~"});
  CHECK(plain("/* äö */ int x;", 1, 12) ==
        Lines{"    1 | /* äö */ int x;", "      |          ^~~"});
  CHECK(plain("x = {1};", 1, 5) == Lines{"    1 | x = {1};", "      |     ^"});
}

TEST_CASE("a place that the text does not have has no line") {
  CHECK(plain("int x;", 2, 1).empty());
  CHECK(plain("int x;", 1, 7).empty());
  CHECK(plain("int x;", 0, 1).empty());
  CHECK(plain("int x;", 1, 0).empty());
  CHECK(plain("", 1, 1).empty());
}

TEST_CASE("what a terminal obeys is shown as an escape") {
  const auto lines = plain("int x; // \033[31m", 1, 5);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].find('\033') == std::string::npos);
  CHECK(lines[0].find("\\u001b") != std::string::npos);
}

TEST_CASE("any line fits, and the mark is below the character that it is about") {
  rc::prop("lines", [] {
    const auto before =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab (\t;")));
    const auto behind = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab (;")));
    const auto width = *rc::gen::inRange<std::size_t>(40, 120);
    const std::string text = before + "Q" + std::string(*rc::gen::inRange(0, 200), ' ') + behind;
    const auto lines = plain(text, 1, static_cast<std::uint32_t>(before.size() + 1), width);
    RC_ASSERT(lines.size() == 2U);
    RC_ASSERT(screen_width(lines[0]) <= width);
    RC_ASSERT(screen_width(lines[1]) <= width);
    RC_ASSERT(lines[0].at(lines[1].find('^')) == 'Q');
  });
}

}  // namespace snug::test
