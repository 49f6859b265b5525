#include "base/spelling.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace snug;

TEST_CASE("edit distance counts single-character edits") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("padding", "padding") == 0);
  CHECK(edit_distance("pading", "padding") == 1);
  CHECK(edit_distance("paddign", "padding") == 1);
  CHECK(edit_distance("PADDING", "padding") == 0);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("the nearest word is offered only when it is near") {
  const std::vector<std::string> words = {"check", "explain", "list", "scan", "show"};
  CHECK(nearest_word("chekc", words) == "check");
  CHECK(nearest_word("lsit", words) == "list");
  CHECK(nearest_word("shwo", words) == "show");
  CHECK(!nearest_word("frobnicate", words));
  CHECK(!nearest_word("", words));
  CHECK(!nearest_word("list", std::vector<std::string>{}));
}

TEST_CASE("of equally near words the first is offered") {
  const std::vector<std::string> words = {"aa1", "aa2"};
  CHECK(nearest_word("aa3", words) == "aa1");
}

TEST_CASE("an abbreviation is completed if there is one way to do it") {
  const std::vector<std::string> words = {"padding", "line-straddle", "line-length"};
  CHECK(nearest_word("pad", words) == "padding");
  CHECK(!nearest_word("line", words));
  CHECK(!nearest_word("pa", words));
}

TEST_CASE("a wrong letter alone is no reason to offer another letter") {
  const std::vector<std::string> words = {"-p", "-j"};
  CHECK(!nearest_word("-x", words));
}

TEST_CASE("a hint ends a sentence") {
  const std::vector<std::string> words = {"padding"};
  CHECK(did_you_mean("paddin", words) == "; did you mean 'padding'?");
  CHECK(did_you_mean("zzz", words).empty());
}

TEST_CASE("very long words are compared in bounded time") {
  const std::string long_word(100000, 'x');
  const std::vector<std::string> words = {std::string(100000, 'y'), long_word + "z"};
  CHECK(nearest_word(long_word, words) == long_word + "z");
}
