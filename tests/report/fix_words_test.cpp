// What is said about a fix beside its headline.
#include "report/fix_words.hpp"

#include <catch2/catch.hpp>

using namespace snug;

TEST_CASE("a reason that repeats a piece of evidence is not told twice") {
  Finding finding;
  finding.evidence.push_back({"use", "'A' is initialised by position", {}});
  SuggestedFix fix;
  fix.reasons = {"'A' is initialised by position", "in a.cpp:7 'A' is initialised by position",
                 "'A' is initialised by position, twice"};
  CHECK(fix_notes(fix, finding) ==
        std::vector<std::string>{"'A' is initialised by position, twice"});
}
