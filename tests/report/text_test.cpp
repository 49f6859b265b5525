#include <catch2/catch.hpp>
#include <sstream>

#include "report/report.hpp"
#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const std::string source =
    "struct Order {\n"
    "  bool live;\n"
    "  double price;\n"
    "  bool hidden;\n"
    "};\n";

Finding reorder() {
  Finding finding;
  finding.check = "padding";
  finding.where = at("/project/order.hpp", 1, 8);
  finding.message = "'Order' is 24 bytes, 16 would do";
  finding.evidence.push_back({"hole", "7 bytes before 'price'", at("/project/order.hpp", 3, 10)});
  SuggestedFix fix;
  fix.title = "Reorder the fields of 'Order'";
  fix.safety = Safety::Review;
  fix.reasons = {"it is initialised by position in a.cpp:7"};
  const std::size_t live = source.find("  bool live;\n"), hidden = source.find("  bool hidden;\n");
  fix.edits.push_back({"/project/order.hpp", live, live + 13, ""});
  fix.edits.push_back({"/project/order.hpp", hidden, hidden, "  bool live;\n"});
  fix.proof = Proof{true, 2, 14, 24, 16, {{"c:@S@Book", "Book", 80, 56}}};
  finding.fixes.push_back(fix);
  return finding;
}

}  // namespace

TEST_CASE("findings are printed as compilers print, the fix as a difference") {
  const Model model = model_of({});
  const MemoryFiles files({{"/project/order.hpp", source}});
  Report report;
  report.root = "/project";
  report.model = &model;
  report.files = &files;
  report.findings.push_back(reorder());
  std::ostringstream out;
  write_text(report, {}, out);
  CHECK(out.str() ==
        "order.hpp:1:8: warning: 'Order' is 24 bytes, 16 would do [padding]\n"
        "order.hpp:3:10: note: 7 bytes before 'price'\n"
        "order.hpp:1:8: note: fix (review): Reorder the fields of 'Order'; verified in 2 of the 14 "
        "units that use it\n"
        "order.hpp:1:8: note: it is initialised by position in a.cpp:7\n"
        "order.hpp:1:8: note: 'Book' shrinks with it, from 80 to 56 bytes\n"
        "  @@ order.hpp:1\n"
        "   struct Order {\n"
        "  -  bool live;\n"
        "     double price;\n"
        "  +  bool live;\n"
        "     bool hidden;\n");
}

TEST_CASE("paths are relative to the current folder where they are below it") {
  const Model model = model_of({});
  Report report;
  report.root = "/project";
  report.model = &model;
  report.current_folder = "/project/build";
  report.findings.push_back(reorder());
  std::ostringstream out;
  write_text(report, {}, out);
  CHECK(out.str().starts_with("/project/order.hpp:1:8: warning:"));
}

TEST_CASE("colour adds escapes only") {
  const Model model = model_of({});
  Report report;
  report.root = "/project";
  report.model = &model;
  report.findings.push_back(reorder());
  std::ostringstream plain, colored;
  write_text(report, {}, plain);
  write_text(report, {.color = true}, colored);
  std::string stripped;
  bool escape = false;
  for (const char c : colored.str()) {
    escape = escape || c == '\033';
    if (!escape) stripped += c;
    escape = escape && c != 'm';
  }
  CHECK(colored.str() != plain.str());
  CHECK(stripped == plain.str());
}

TEST_CASE("units that failed are named with their reasons") {
  Model model = model_of({});
  model.units[0].status = UnitStatus::Failed;
  model.units[0].problems = {"order.cpp:3:1: unknown type name 'Side'"};
  model.units.push_back({"/project/x.cpp", UnitStatus::Timeout, false, {}, "", {}, {}, {}, {}});
  model.units.push_back(
      {"/project/y.cpp", UnitStatus::Ok, false, {"the flag -fx is not known"}, "", {}, {}, {}, {}});
  model.units.push_back(
      {"/project/z.cpp", UnitStatus::Skipped, false, {"its target is i686"}, "", {}, {}, {}, {}});
  Report report;
  report.root = "/project";
  report.model = &model;
  std::ostringstream out;
  write_unit_problems(report, false, out);
  CHECK(out.str() ==
        "order.cpp: error: order.cpp:3:1: unknown type name 'Side'\n"
        "x.cpp: error: the unit could not be analysed (timeout)\n"
        "y.cpp: note: the flag -fx is not known\n"
        "z.cpp: skipped: its target is i686\n");
}

TEST_CASE("the summary counts") {
  Model model = model_of({record("Order", 24, {field("live", "bool", 0, 1)})});
  Report report;
  report.root = "/project";
  report.model = &model;
  std::ostringstream nothing, something;
  write_summary(report, false, nothing);
  CHECK(nothing.str() ==
        "snug: nothing to report; 1 record in 1 unit, 23 of 24 bytes are padding\n");
  report.findings = {reorder(), reorder()};
  report.findings[1].level = Level::Note;
  model.units[0].status = UnitStatus::Crashed;
  write_summary(report, false, something);
  CHECK(something.str() ==
        "snug: 1 warning and 1 note; 1 record in 1 unit, 23 of 24 bytes are padding; 1 unit could "
        "not be analysed\n");
}
