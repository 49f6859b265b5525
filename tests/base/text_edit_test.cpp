#include "base/text_edit.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <vector>

#include "base/error.hpp"

namespace snug::test {
namespace {

using Edits = std::vector<TextEdit>;

TEST_CASE("edits are applied in any order") {
  const Edits edits{{"f", 6, 11, "there"}, {"f", 0, 0, ">"}, {"f", 11, 11, "!"}};
  CHECK(apply_edits("hello world", edits) == ">hello there!");
  CHECK(apply_edits("same", {}) == "same");
  CHECK(apply_edits("", Edits{{"f", 0, 0, "x"}}) == "x");
}

TEST_CASE("an insertion may stand at either end of a replacement") {
  const Edits edits{{"f", 1, 2, "B"}, {"f", 1, 1, "("}, {"f", 2, 2, ")"}};
  CHECK(apply_edits("abc", edits) == "a(B)c");
}

TEST_CASE("edits that overlap or leave the text are errors") {
  CHECK_THROWS_AS(apply_edits("abcd", Edits{{"f", 0, 2, ""}, {"f", 1, 3, ""}}), Error);
  CHECK_THROWS_AS(apply_edits("abcd", Edits{{"f", 1, 1, "x"}, {"f", 1, 1, "y"}}), Error);
  CHECK_THROWS_AS(apply_edits("abcd", Edits{{"f", 0, 4, ""}, {"f", 2, 2, "x"}}), Error);
  CHECK_THROWS_AS(apply_edits("abcd", Edits{{"f", 3, 5, ""}}), Error);
  CHECK_THROWS_AS(apply_edits("abcd", Edits{{"f", 3, 2, ""}}), Error);
}

TEST_CASE("overlap is about common bytes and equal places of insertion") {
  CHECK(overlap({"f", 0, 2, ""}, {"f", 1, 3, ""}));
  CHECK_FALSE(overlap({"f", 0, 2, ""}, {"f", 2, 3, ""}));
  CHECK_FALSE(overlap({"f", 0, 2, ""}, {"g", 0, 2, ""}));
  CHECK(overlap({"f", 2, 2, "a"}, {"f", 2, 2, "b"}));
  CHECK(overlap({"f", 2, 2, "a"}, {"f", 1, 3, ""}));
  CHECK_FALSE(overlap({"f", 1, 1, "a"}, {"f", 1, 3, ""}));
}

TEST_CASE("applying agrees with overlap: it throws exactly where two edits overlap") {
  CHECK(rc::check([](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& ranges) {
    const std::string text(16, 'x');
    Edits edits;
    for (const auto& [begin, size] : ranges) {
      const std::uint64_t from = begin % 16U;
      edits.push_back({"f", from, std::min<std::uint64_t>(16, from + size % 4U), "y"});
    }
    bool clash = false;
    for (std::size_t a = 0; a < edits.size(); ++a) {
      for (std::size_t b = 0; b < a; ++b) clash = clash || overlap(edits[a], edits[b]);
    }
    bool threw = false;
    try {
      std::size_t removed = 0;
      for (const TextEdit& edit : edits) removed += edit.end - edit.begin;
      const std::string result = apply_edits(text, edits);
      RC_ASSERT(result.size() == 16 - removed + edits.size());
    } catch (const Error&) {
      threw = true;
    }
    RC_ASSERT(threw == clash);
  }));
}

}  // namespace
}  // namespace snug::test
