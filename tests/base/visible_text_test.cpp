#include "base/visible_text.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <sstream>

namespace snug::test {
namespace {

std::string through_guard(const std::vector<std::string>& parts, bool colors = false,
                          bool commands = false) {
  std::ostringstream out;
  {
    const VisibleOutput guard(out);
    if (colors) allow_colors(out);
    if (commands) allow_commands(out);
    for (const std::string& part : parts) out << part;
  }
  return out.str();
}

TEST_CASE("what a terminal obeys or hides is escaped, other text stays") {
  CHECK(visible_text("plain \u00e9\u4e2d\U0001F600 ~") == "plain \u00e9\u4e2d\U0001F600 ~");
  CHECK(visible_text("\033[31m\a\b\x7f") == "\\u001b[31m\\u0007\\u0008\\u007f");
  CHECK(visible_text("a\nb\tc\r\n") == "a\\u000ab\\u0009c\\u000d\\u000a");
  CHECK(visible_text("\u0085\u009b\u202e\u2066\u200b\u2028\u061c\ufeff") ==
        "\\u0085\\u009b\\u202e\\u2066\\u200b\\u2028\\u061c\\ufeff");
  CHECK(visible_text("\xff\xc0\x80\xe2\x80") == "\\xff\\xc0\\x80\\xe2\\x80");
  CHECK(visible_text("\U000E0041") == "\\udb40\\udc41");
  CHECK(visible_text(std::string_view("\0", 1)) == "\\u0000");
  CHECK(visible_lines("a\n\tb\r\nc\rd") == "a\n\tb\r\nc\\u000dd");
}

TEST_CASE("visible text is visible already") {
  CHECK(rc::check([](const std::string& text) {
    const std::string once = visible_text(text);
    RC_ASSERT(visible_text(once) == once);
  }));
}

TEST_CASE("a guarded stream escapes, however its text is cut") {
  CHECK(through_guard({"a\033", "[31mb\xe2", "\x80", "\xae\n", "c"}) == "a\\u001b[31mb\\u202e\nc");
  CHECK(through_guard({"\033", "[1;3", "1mx\033]0;t\a\n"}, true) ==
        "\033[1;31mx\\u001b]0;t\\u0007\n");
}

TEST_CASE("commands to a runner pass only where they are meant") {
  CHECK(through_guard({"a::b\n::error::x\n", "::warning::y\n"}) ==
        "a::b\n\\u003a:error::x\n\\u003a:warning::y\n");
  CHECK(through_guard({"a ##[error]b\n"}) == "a ##\\u005berror]b\n");
  CHECK(through_guard({"::error::x\n"}, false, true) == "::error::x\n");
  // The runner skips white space of any kind before the first word.
  CHECK(through_guard({"  \t::a::\n\u3000\u00a0::b::\n x ::c::\n"}) ==
        "  \t\\u003a:a::\n\u3000\u00a0\\u003a:b::\n x ::c::\n");
  for (const bool commands : {false, true}) {
    CHECK(through_guard({"::a::##[b]##vso[c]##teamcity[d]### [e]#[f]##g1[h]"}, false, commands) ==
          (commands ? "::" : "\\u003a:") +
              std::string("a::##\\u005bb]##vso\\u005bc]##teamcity\\u005bd]### [e]#[f]##g1[h]"));
  }
}

TEST_CASE("commands to a runner do not pass in parts") {
  for (const std::string text : {"::error::x", " ::error::x", "##[error]x", "##vso[x]x"}) {
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      std::ostringstream out;
      {
        const VisibleOutput guard(out);
        out << text.substr(0, cut) << std::flush << text.substr(cut);
      }
      INFO(text << " cut at " << cut);
      CHECK(out.str().find("\\u00") != std::string::npos);
    }
  }
}

TEST_CASE("bytes of the tool's own go past the guard, in order") {
  std::ostringstream out;
  const VisibleOutput guard(out);
  out << "a\033";
  write_raw(out, "\r\033[K");
  out << "b" << std::flush;
  CHECK(out.str() == "a\\u001b\r\033[Kb");
}

}  // namespace
}  // namespace snug::test
