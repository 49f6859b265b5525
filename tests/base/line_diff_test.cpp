#include "base/line_diff.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace snug;
using Kind = DiffLine::Kind;

namespace {

std::string written(const std::vector<DiffHunk>& hunks) {
  std::string out;
  for (const DiffHunk& hunk : hunks) {
    out += "@" + std::to_string(hunk.old_line) + "," + std::to_string(hunk.new_line) + "\n";
    for (const DiffLine& line : hunk.lines) {
      out += static_cast<char>(line.kind) + line.text + "\n";
    }
  }
  return out;
}

/// Applies a difference made with unlimited context.
std::string applied(const std::vector<DiffHunk>& hunks, Kind dropped) {
  std::string out;
  for (const DiffHunk& hunk : hunks) {
    for (const DiffLine& line : hunk.lines) {
      if (line.kind != dropped) {
        out += line.text + "\n";
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("equal texts have no difference") {
  CHECK(line_diff("", "").empty());
  CHECK(line_diff("a\nb\n", "a\nb\n").empty());
}

TEST_CASE("a moved line is removed once and added once") {
  CHECK(written(line_diff("a\nb\nc\nd\n", "a\nc\nd\nb\n", 1)) == "@1,1\n a\n-b\n c\n d\n+b\n");
}

TEST_CASE("changes far apart become two hunks with their line numbers") {
  CHECK(written(line_diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\n5\n6\n7\ny\n9\n", 1)) ==
        "@1,1\n 1\n-2\n+x\n 3\n@7,7\n 7\n-8\n+y\n 9\n");
}

TEST_CASE("one text empty") {
  CHECK(written(line_diff("", "a\nb", 3)) == "@1,1\n+a\n+b\n");
  CHECK(written(line_diff("a\n", "", 3)) == "@1,1\n-a\n");
}

TEST_CASE("texts without a common line and past the limit are one replacement") {
  std::string before, after;
  for (int i = 0; i < 1500; ++i) {
    before += "a" + std::to_string(i) + "\n";
    after += "b" + std::to_string(i) + "\n";
  }
  const auto hunks = line_diff(before, after);
  REQUIRE(hunks.size() == 1);
  CHECK(hunks[0].lines.size() == 3000);
  CHECK(applied(hunks, Kind::Removed) == after);
}

TEST_CASE("any difference turns the old text into the new one") {
  const auto lines = [](const std::vector<bool>& bits) {
    std::string text;
    for (const bool bit : bits) text += bit ? "x\n" : "y\n";
    return text;
  };
  const bool held = rc::check([&](const std::vector<bool>& a, const std::vector<bool>& b) {
    const std::string before = lines(a), after = lines(b);
    if (before == after) return;
    const auto hunks = line_diff(before, after, 10000);
    RC_ASSERT(applied(hunks, Kind::Removed) == after);
    RC_ASSERT(applied(hunks, Kind::Added) == before);
  });
  CHECK(held);
}
