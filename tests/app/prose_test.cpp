#include "app/help/prose.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("prose is wrapped, examples are not") {
  CHECK(plain_text("one two three four\n\n  keep  this\n    as it is\n\nend", 0, 10) ==
        "one two\nthree four\n\n    keep  this\n      as it is\n\nend\n");
  CHECK(wrapped("a-very-long-word-indeed x", 2, 10) == "  a-very-long-word-indeed\n  x\n");
  CHECK(wrapped("", 2, 10).empty());
}

TEST_CASE("roff prints what was written") {
  CHECK(roff_escaped("a-b \\n 'x'") == "a\\-b \\en \\(aqx\\(aq");
  CHECK(roff_text(".snug.toml begins a line") == "\\&.snug.toml begins a line\n");
  CHECK(roff_text("one\n\n  two\n") == "one\n.PP\n.RS 4\n.nf\ntwo\n.fi\n.RE\n");
}
