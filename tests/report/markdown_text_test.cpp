#include "report/formats/markdown_text.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("markup in a text stands for itself") {
  CHECK(markdown_escaped("a_b*c|d<e>`f`[g]~h") == "a\\_b\\*c\\|d\\<e\\>\\`f\\`\\[g\\]\\~h");
  CHECK(markdown_escaped("# head") == "\\#<!-- --> head");
  CHECK(markdown_escaped("- item") == "\\- item");
  CHECK(markdown_escaped("1. item") == "1\\. item");
  CHECK(markdown_escaped("a\nb\r\nc") == "a b  c");
  CHECK(markdown_escaped("&amp;") == "\\&amp;");
}

TEST_CASE("nothing turns into a link, a mention or an emoji by itself") {
  CHECK(markdown_escaped("@team") == "@<!-- -->team");
  CHECK(markdown_escaped("see #12") == "see #<!-- -->12");
  CHECK(markdown_escaped("https://x") == "https:<!-- -->//x");
  CHECK(markdown_escaped("www.x.y") == "ww<!-- -->w.x.y");
  CHECK(markdown_escaped("a:on:b") == "a:<!-- -->on:b");
  CHECK(markdown_escaped("std::vector") == "std::vector");
}

TEST_CASE("code keeps every character") {
  CHECK(markdown_code("Vec<int>") == "`Vec<int>`");
  CHECK(markdown_code("") == "");
  CHECK(markdown_code("a|b") == "<code>a&#124;b</code>");
  CHECK(markdown_code("a`b") == "<code>a&#96;b</code>");
  CHECK(markdown_code("<script>`") == "<code>&#60;script&#62;&#96;</code>");
  CHECK(markdown_code("a\nb") == "<code>a b</code>");
}

TEST_CASE("names in quotes become code, the rest is escaped") {
  CHECK(markdown_message("'Order' is 24 bytes, 16_would do") ==
        "`Order` is 24 bytes, 16\\_would do");
  CHECK(markdown_message("'Vec<'x'>' and 'b'") == "`Vec<'x'>` and `b`");
  CHECK(markdown_message("no 'end") == "no 'end");
  CHECK(markdown_message("it isn't, and 'x' is") == "it isn't, and `x` is");
  CHECK(markdown_message("''") == "\\''");
}

TEST_CASE("a block is fenced by more backticks than it holds") {
  CHECK(markdown_block("x\n", "diff") == "```diff\nx\n```\n");
  CHECK(markdown_block("````", "") == "`````\n````\n`````\n");
}

TEST_CASE("prose keeps its paragraphs, and indented lines are code") {
  CHECK(markdown_prose("One *two*.\n\nThree:\n\n  struct A {};\n  A a;\n\nFour.") ==
        "One \\*two\\*.\n\nThree:\n\n```\nstruct A {};\nA a;\n\n```\n\nFour.\n");
  CHECK(markdown_prose("  code") == "```\ncode\n```\n");
}

TEST_CASE("text in an HTML element has no markup") {
  CHECK(markdown_html("<b>'a' & \"c\"</b>\n\n@x") ==
        "&#60;b&#62;&#39;a&#39; &#38; &#34;c&#34;&#60;/b&#62;  @<!-- -->x");
}
