#include <catch2/catch.hpp>

#include "support/model_builder.hpp"

using namespace snug;
using namespace snug::test;

namespace {

SourceRange mark_at(std::string file, std::uint32_t line, std::uint32_t column = 1) {
  SourceRange where;
  where.file = std::move(file);
  where.line = line;
  where.column = column;
  return where;
}

}  // namespace

TEST_CASE("source-mark: every bad mark is a finding at its place") {
  ModelBuilder builder;
  builder.model().rules.bad_marks = {{mark_at("/p/a.hpp", 3, 5), "there is no mark 'frozn'"},
                                     {mark_at("/p/a.hpp", 9, 2), "'ignore' needs a reason"}};
  const std::vector<Finding> findings = builder.run("source-mark");
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].where.line == 3);
  CHECK(findings[0].message == "there is no mark 'frozn'");
  CHECK(findings[0].level == Level::Warning);
  CHECK(findings[0].subject != findings[1].subject);
}

TEST_CASE("source-mark: silent without bad marks") {
  CHECK(ModelBuilder().run("source-mark").empty());
}
