#include "base/source_text.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace snug::test {
namespace {

/// The tokens joined by `|`, with a letter for the kind before each.
std::string lexed(std::string_view text) {
  std::string result;
  for (const auto& token : lex_source(text, 0, text.size())) {
    constexpr std::string_view kLetters = "wntplbd";
    result += kLetters[static_cast<std::size_t>(token.kind)];
    result += ':' + std::string(text.substr(token.begin, token.end - token.begin)) + '|';
  }
  return result;
}

}  // namespace

TEST_CASE("words, numbers and punctuation") {
  CHECK(lexed("a::b->c<d>>1'000.5e-3;") ==
        "w:a|p:::|w:b|p:->|w:c|p:<|w:d|p:>|p:>|n:1'000.5e-3|p:;|");
  CHECK(lexed("x.5f .5 0x1p+3") == "w:x|n:.5f|n:.5|n:0x1p+3|");
}

TEST_CASE("literals with prefixes, escapes and raw delimiters") {
  CHECK(lexed(R"(u8"a\"b" L'\'' x)") == R"(t:u8"a\"b"|t:L'\''|w:x|)");
  CHECK(lexed("R\"d()\")d\";") == "t:R\"d()\")d\"|p:;|");
  CHECK(lexed("\"no end\nx") == "t:\"no end|w:x|");
}

TEST_CASE("comments and spliced lines") {
  CHECK(lexed("a // b \\\n c\nd /* e\nf */ g") == "w:a|l:// b \\\n c|w:d|b:/* e\nf */|w:g|");
  CHECK(lexed("a // b\r\nc") == "w:a|l:// b|w:c|");
  CHECK(lexed("/* no end") == "b:/* no end|");
}

TEST_CASE("directives begin a line and include their spliced lines") {
  CHECK(lexed("#define A(x) \\\n  x /* y\n z */ w\nb # c") ==
        "d:#define A(x) \\\n  x /* y\n z */ w|w:b|p:#|w:c|");
  CHECK(lexed("  /* c */ # if X // y\nz") == "b:/* c */|d:# if X // y|w:z|");
}

TEST_CASE("line_begin and line_end") {
  const std::string_view text = "ab\ncd";
  CHECK(line_begin(text, 0) == 0);
  CHECK(line_begin(text, 2) == 0);
  CHECK(line_begin(text, 3) == 3);
  CHECK(line_end(text, 1) == 3);
  CHECK(line_end(text, 4) == 5);
}

TEST_CASE("any bytes are lexed to the end") {
  for (const std::string text :
       {"\\", "'", "\"\\", "R\"", "R\"(", "/*", "//\\", "#\\", "1'", "\x80"}) {
    const auto tokens = lex_source(text, 0, text.size());
    CHECK((tokens.empty() || tokens.back().end <= text.size()));
  }
}

}  // namespace snug::test
