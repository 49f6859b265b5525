#include "lsp/positions.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace snug::lsp;

TEST_CASE("characters count as the client counts them") {
  const Lines lines("a\xC3\xA4\xF0\x9F\x90\x98z\n");  // a, a-umlaut, an elephant, z
  CHECK(lines.position(7, Encoding::Utf8).character == 7);
  CHECK(lines.position(7, Encoding::Utf16).character == 4);
  CHECK(lines.position(7, Encoding::Utf32).character == 3);
  CHECK(lines.offset({0, 4}, Encoding::Utf16) == 7);
  CHECK(lines.offset({0, 3}, Encoding::Utf32) == 7);
  // Inside a character is its beginning.
  CHECK(lines.offset({0, 3}, Encoding::Utf16) == 3);
  CHECK(lines.offset({0, 5}, Encoding::Utf8) == 3);
}

TEST_CASE("lines end with LF, CR LF or CR, and positions past an end count as the end") {
  const Lines lines("ab\r\ncd\ref\n");
  REQUIRE(lines.count() == 4);
  CHECK(lines.line(0) == "ab");
  CHECK(lines.line(1) == "cd");
  CHECK(lines.line(2) == "ef");
  CHECK(lines.line(3).empty());
  CHECK(lines.offset({0, 99}, Encoding::Utf16) == 2);
  CHECK(lines.offset({99, 0}, Encoding::Utf16) == 10);
  CHECK(lines.position(99, Encoding::Utf16) == Position{3, 0});
  CHECK(lines.position(4, Encoding::Utf16) == Position{1, 0});
}

TEST_CASE("a byte order mark of a file is no character") {
  const Lines file("\xEF\xBB\xBFint x;", true);
  CHECK(file.offset({0, 0}, Encoding::Utf16) == 3);
  CHECK(file.position(3, Encoding::Utf16) == Position{0, 0});
  const Lines document("\xEF\xBB\xBFint x;");
  CHECK(document.offset({0, 1}, Encoding::Utf16) == 3);
}

TEST_CASE("every place between characters is found again, in every encoding") {
  std::mt19937 random(3);
  const std::string pieces[] = {"a",  "\n",       "\r\n",         "\r",
                                "\t", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x90\x98"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    std::vector<std::size_t> places{0};
    for (std::size_t i = random() % 40; i != 0; --i) {
      const std::string& piece = pieces[random() % std::size(pieces)];
      const bool joins = !text.empty() && text.back() == '\r' && piece[0] == '\n';
      if (joins) places.pop_back();  // CR and LF became one
      text += piece;
      places.push_back(text.size());
    }
    const Lines lines(text);
    for (const Encoding encoding : {Encoding::Utf8, Encoding::Utf16, Encoding::Utf32}) {
      for (const std::size_t place : places) {
        CHECK(lines.offset(lines.position(place, encoding), encoding) == place);
      }
    }
  }
}
