#include "session/parts.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace snug::test {
namespace {

std::string place(const std::set<std::string>& files, const std::string& named,
                  const std::string& current) {
  const PartFacts part{"/ci/job", "src/a.cpp", ""};
  return place_of(part, named, current,
                  [&](const std::string& path) { return files.contains(path); });
}

}  // namespace

TEST_CASE("sources of a part are where they were scanned, if they still are") {
  const std::set<std::string> there = {"/ci/job/src/a.cpp", "/home/me/src/a.cpp"};
  CHECK(place(there, "", "/home/me") == "/ci/job");
  CHECK(place(there, "/ci/job", "/home/me") == "/ci/job");
  // A part or a whole of it is reported.
  CHECK(place(there, "/ci/job/src", "/home/me") == "/ci/job");
  CHECK(place(there, "/ci", "/home/me") == "/ci/job");
  CHECK(place(there, "/home/me", "/") == "/home/me");
}

TEST_CASE("moved sources are in the folder of --root, else of the user") {
  const std::set<std::string> moved = {"/home/me/src/a.cpp"};
  CHECK(place(moved, "/home/me", "/tmp") == "/home/me");
  CHECK(place(moved, "/ci", "/tmp") == "/ci");
  CHECK(place(moved, "", "/home/me") == "/home/me");
  CHECK(place(moved, "", "/home/me/src/deeper") == "/home/me");
  CHECK(place(moved, "", "/tmp") == "/ci/job");
  CHECK(place({}, "", "/home/me") == "/ci/job");
}

TEST_CASE("a part without units stays where it was scanned") {
  CHECK(place_of({"/ci/job", "", ""}, "", "/home/me", [](const std::string&) { return false; }) ==
        "/ci/job");
}

}  // namespace snug::test
