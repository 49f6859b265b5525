#include "report/text_positions.hpp"

#include <rapidcheck/catch.h>
#include <catch2/catch.hpp>

using namespace snug;

namespace {

std::string where(const TextPositions& positions, std::uint64_t offset) {
  const TextPosition at = positions.at(offset);
  return std::to_string(at.line) + ":" + std::to_string(at.column) + "@" +
         std::to_string(at.offset);
}

/// The position by counting from the start, one character after the other.
TextPosition counted(const std::string& text, std::uint64_t offset) {
  TextPosition position;
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < offset && at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    const std::uint64_t units = bytes == 4 ? 2 : 1;
    const bool ends =
        text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'));
    position.offset += units;
    position.line += ends ? 1 : 0;
    position.column = ends ? 1 : position.column + units;
    at += bytes;
  }
  return position;
}

}  // namespace

TEST_CASE("offsets in bytes become lines, columns and offsets of UTF-16") {
  const TextPositions positions("int \xc3\xa4;\r\nint \xf0\x9f\x98\x80x;\n");
  CHECK(where(positions, 0) == "1:1@0");
  CHECK(where(positions, 4) == "1:5@4");
  CHECK(where(positions, 6) == "1:6@5");    // behind a letter of two bytes, one unit
  CHECK(where(positions, 9) == "2:1@8");    // behind CR LF, which are two characters
  CHECK(where(positions, 17) == "2:7@14");  // behind a character of four bytes, two units
  CHECK(where(positions, 20) == "3:1@17");
  CHECK(where(positions, 9999) == "3:1@17");
}

TEST_CASE("columns in bytes become columns of UTF-16") {
  const TextPositions positions("\xc3\xa4\xc3\xa4 b\nc");
  CHECK(positions.column(1, 1) == 1);
  CHECK(positions.column(1, 6) == 4);
  CHECK(positions.column(2, 1) == 1);
  CHECK(positions.column(2, 99) == 2);  // no further than the line
  CHECK(!positions.column(3, 1));
  CHECK(!positions.column(0, 1));
  CHECK(!positions.column(1, 0));
}

TEST_CASE("a byte order mark does not count") {
  const TextPositions positions("\xEF\xBB\xBFint x;\ny");
  CHECK(where(positions, 3) == "1:1@0");
  CHECK(where(positions, 7) == "1:5@4");
  CHECK(where(positions, 10) == "2:1@7");
  CHECK(positions.column(1, 8) == 5);  // the front end counts the mark's bytes
  CHECK(positions.column(2, 1) == 1);
}

TEST_CASE("a lone CR ends a line and bytes that are no UTF-8 count one") {
  const TextPositions positions("a\rb\xe9\xe9 c");
  CHECK(where(positions, 2) == "2:1@2");
  CHECK(where(positions, 6) == "2:5@6");
}

TEST_CASE("positions are those that counting gives") {
  rc::prop("positions by lines and by counting agree", [] {
    const std::vector<std::string> pieces = {"a",        "\n",           "\r\n",
                                             "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    std::string text = *rc::gen::arbitrary<bool>() ? "\xEF\xBB\xBF" : "";
    std::vector<std::uint64_t> borders = {text.size()};
    for (const auto piece : *rc::gen::container<std::vector<std::size_t>>(
             rc::gen::inRange<std::size_t>(0, pieces.size()))) {
      text += pieces[piece];
      borders.push_back(text.size());
    }
    const TextPositions positions(text);
    for (const std::uint64_t border : borders) {
      const TextPosition expected = counted(text, border), got = positions.at(border);
      RC_ASSERT(got.line == expected.line);
      RC_ASSERT(got.column == expected.column);
      RC_ASSERT(got.offset == expected.offset);
      RC_ASSERT(positions.column(got.line, 1) == 1U);
    }
  });
}

TEST_CASE("files are read once, and those that cannot be read are told") {
  const MemoryFiles files(std::map<std::string, std::string>{{"/a", "x\ny"}});
  FilePositions positions(&files);
  REQUIRE(positions.of("/a") != nullptr);
  CHECK(positions.of("/a") == positions.of("/a"));
  CHECK(positions.of("/b") == nullptr);
  CHECK(FilePositions(nullptr).of("/a") == nullptr);
}
