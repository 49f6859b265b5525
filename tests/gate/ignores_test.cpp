// Which findings a mark silences, and which marks silence nothing.
#include "gate/ignores.hpp"

#include <catch2/catch.hpp>

using namespace snug;

namespace {

SourceRange at_line(std::uint32_t line) {
  SourceRange where;
  where.file = "/p/a.hpp";
  where.line = line;
  return where;
}

Finding finding_of(const std::string& check, std::uint32_t line) {
  Finding finding;
  finding.check = check;
  finding.where = at_line(line);
  return finding;
}

/// An ignore() in line 1 for a declaration whose head takes the lines 2 to 4.
MarkedFiles marked(const std::vector<std::string>& checks) {
  Mark mark;
  mark.where = at_line(1);
  mark.checks = checks;
  mark.reason = "there are three";
  mark.head_line = 2;
  mark.head_end_line = 4;
  return {{"/p/a.hpp", {{mark}, {}}}};
}

}  // namespace

TEST_CASE("a mark silences its checks on every line of the head, and nothing around") {
  const std::vector<Finding> findings = {finding_of("padding", 1), finding_of("padding", 2),
                                         finding_of("padding", 3), finding_of("padding", 4),
                                         finding_of("padding", 5), finding_of("budget", 3)};
  const Ignored ignored = apply_ignores(findings, Model(), marked({"padding"}), {"padding"});
  CHECK(ignored.silenced == 3);
  REQUIRE(ignored.findings.size() == 3);
  CHECK(ignored.findings[0].where.line == 1);
  CHECK(ignored.findings[1].where.line == 5);
  CHECK(ignored.findings[2].check == "budget");
  CHECK(ignored.unused.empty());
}

TEST_CASE("findings about marks cannot be silenced") {
  const Ignored ignored = apply_ignores({finding_of("source-mark", 3)}, Model(),
                                        marked({"source-mark"}), {"source-mark"});
  CHECK(ignored.silenced == 0);
  CHECK(ignored.findings.size() == 1);
}

TEST_CASE("a mark that silences nothing is told once all its checks have run") {
  const MarkedFiles both = marked({"padding", "budget"});
  CHECK(apply_ignores({}, Model(), both, {"padding"}).unused.empty());
  CHECK(apply_ignores({}, Model(), both, {"budget"}).unused.empty());
  const Ignored ignored = apply_ignores({}, Model(), both, {"padding", "budget"});
  REQUIRE(ignored.unused.size() == 1);
  CHECK(ignored.unused[0].level == Level::Note);
  CHECK(ignored.unused[0].where.line == 1);
  CHECK(ignored.unused[0].message ==
        "this mark silences nothing: there is no finding of padding or budget here");
}
