#include "base/portable_text.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace snug::test {
namespace {

std::string moved(const std::string& text, const std::string& from, const std::string& to) {
  const PortableFolder here{'r', from}, there{'r', to};
  return from_portable(to_portable(text, std::span(&here, 1)), std::span(&there, 1));
}

}  // namespace

TEST_CASE("paths of a folder move with it, wherever they stand in a text") {
  const auto at_b = [](const std::string& text) { return moved(text, "/home/a", "/b"); };
  CHECK(at_b("/home/a/src/x.cpp") == "/b/src/x.cpp");
  CHECK(at_b("/home/a") == "/b");
  CHECK(at_b("-I/home/a/include") == "-I/b/include");
  CHECK(at_b("-DDIR=\"/home/a/x\"") == "-DDIR=\"/b/x\"");
  CHECK(at_b("(lambda at /home/a/x.cpp:3:9)") == "(lambda at /b/x.cpp:3:9)");
  CHECK(at_b("/home/a/x:/home/a/y") == "/b/x:/b/y");
}

TEST_CASE("a path that only looks like one of the folder stays") {
  for (const std::string text : {"/home/ab/x", "/home/a-b", "/x/home/a/y", "-I/x/home/a", "home/a",
                                 "/home/a.old", "", "/", "file:///home/a/x"}) {
    INFO(text);
    CHECK(moved(text, "/home/a", "/b") == text);
  }
}

TEST_CASE("of two places the deeper one counts") {
  const std::vector<PortableFolder> here = {{'r', "/a"}, {'h', "/a/tools"}};
  const std::vector<PortableFolder> there = {{'r', "/p"}, {'h', "/usr/lib"}};
  CHECK(from_portable(to_portable("/a/tools/x.h", here), there) == "/usr/lib/x.h");
  CHECK(from_portable(to_portable("/a/x.h", here), there) == "/p/x.h");
}

TEST_CASE("a mark of an unknown place is an error") {
  CHECK_THROWS_AS(from_portable(portable_path('q'), {}), Error);
  CHECK_THROWS_AS(from_portable("\x1a", {}), Error);
}

TEST_CASE("a text comes back, whatever it holds") {
  CHECK(rc::check("there and back", [](const std::vector<int>& pieces) {
    const std::vector<std::string> words = {"/a", "/a/b", "/", "\x1a", "r", " ", "=", "x", "-I"};
    std::string text;
    for (const int piece : pieces) {
      text += words[static_cast<std::size_t>(piece < 0 ? -(piece + 1) : piece) % words.size()];
    }
    const std::vector<PortableFolder> places = {{'r', "/a"}, {'h', "/a/b"}};
    RC_ASSERT(from_portable(to_portable(text, places), places) == text);
  }));
}

}  // namespace snug::test
