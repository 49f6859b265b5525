// The progress line: what it tells of units that are done, kept and left.
#include "app/progress.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <sstream>
#include <string>

using namespace snug;
using std::chrono::seconds;

namespace {

std::string after(ScanProgress progress, seconds spent) {
  return rest_text(progress, spent);
}

}  // namespace

TEST_CASE("the rest is told from units that were parsed alone") {
  CHECK(after({10, 0, 100}, seconds(10)) == "about 90 s left");
  CHECK(after({60, 50, 100}, seconds(10)) == "about 40 s left");
  CHECK(after({10, 0, 1000}, seconds(10)) == "about 16 min left");
  CHECK(after({99, 0, 100}, seconds(300)) == "about 3 s left");
  CHECK(after({99, 0, 100}, seconds(3)) == "about 1 s left");
}

TEST_CASE("no rest is told where nothing is known of it") {
  CHECK(after({1, 0, 100}, seconds(10)).empty());
  CHECK(after({52, 50, 100}, seconds(10)).empty());
  CHECK(after({10, 0, 100}, seconds(1)).empty());
  CHECK(after({100, 0, 100}, seconds(100)).empty());
  CHECK(after({50, 50, 100}, seconds(0)).empty());
}

TEST_CASE("the line tells how many units are done and cached") {
  std::ostringstream err;
  {
    ProgressLine line(err, true, 80, "scanning");
    line.update({1, 0, 4}, "/p/a.cpp");
    CHECK(err.str().find("] 1/4 a.cpp") != std::string::npos);
    line.update({2, 2, 4}, "/p/b.cpp");
    CHECK(err.str().find("] 2/4, 2 cached b.cpp") != std::string::npos);
    line.update({3, 2, 4}, "/p/a name that is much too long for what is left of the line.cpp");
  }
  std::istringstream lines(err.str());
  for (std::string line; std::getline(lines, line, '\r');) {
    if (line.starts_with("\033[K")) line.erase(0, 3);
    CHECK(line.size() < 80);
  }
  CHECK(err.str().ends_with("\r\033[K"));
}

TEST_CASE("nothing is printed where no line is shown") {
  std::ostringstream err;
  ProgressLine line(err, false, 80, "scanning");
  line.update({1, 0, 4}, "/p/a.cpp");
  CHECK(err.str().empty());
}
