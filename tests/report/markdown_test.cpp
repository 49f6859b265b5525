#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/process.hpp"
#include "support/findings.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::string markdown_text(const Report& report) {
  std::ostringstream out;
  write_markdown(report, out);
  return out.str();
}

/// Names that would be markup, HTML, a link, a mention or the end of a cell if they were not
/// escaped.
const std::string hostile =
    "x|y`z</details><script>alert(1)</script>![a](http://b) @team #1 **b** <!-- \\| &lt;\n## h";

}  // namespace

TEST_CASE("the summary has totals, a table and details") {
  const Model model = model_of({wasteful_record()});
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  report.findings.push_back(reorder_finding());
  CHECK(markdown_text(report) ==
        "## snug: 1 warning\n\n"
        "| Records | Units | Bytes of all records | Of these padding | Findings |\n"
        "|---:|---:|---:|---:|---:|\n"
        "| 1 | 1 | 24 | 14 | 1 |\n\n"
        "| Saved/object | Objects | Finding | Check | Where | Fix |\n"
        "|---:|---:|---|---|---|---|\n"
        "| 8 | 1000 | `Order` is 24 bytes, 16 would do | padding | `order.hpp:1` | review |\n\n"
        "<details>\n"
        "<summary>&#39;Order&#39; is 24 bytes, 16 would do [padding]</summary>\n\n"
        "- `order.hpp:3`: 7 bytes before `price`\n"
        "- a thousand objects are known\n"
        "- **fix (review): Reorder the fields of `Order`; verified in 2 of the 14 units that use "
        "it**\n"
        "  - it is initialised by position in a.cpp:7\n"
        "  - `Book` shrinks with it, from 80 to 56 bytes\n\n"
        "```diff\n"
        "@@ order.hpp:1\n"
        " struct Order {\n"
        "-  bool live;\n"
        "   double price;\n"
        "+  bool live;\n"
        "   bool hidden;\n"
        "```\n\n"
        "</details>\n\n");
}

TEST_CASE("units that failed come first") {
  Model model = model_of({});
  model.units[0].status = UnitStatus::Failed;
  model.units[0].problems = {"unknown type name 'Side'"};
  const std::string text = markdown_text(report_of(model));
  CHECK(text.starts_with("## snug: nothing to report\n"));
  CHECK(text.find("**1 unit could not be analysed:**\n\n- `order.cpp` (failed): unknown type name "
                  "`Side`\n") != std::string::npos);
}

TEST_CASE("rendered as GitHub renders it, names are text and nothing else") {
  const std::string renderer = find_program("cmark-gfm");
  if (renderer.empty()) {
    WARN("cmark-gfm is not installed (Debian: cmark-gfm)");
    return;
  }
  Model model = model_of({wasteful_record()});
  model.units[0].status = UnitStatus::Failed;
  model.units[0].problems = {hostile};
  Report report = report_of(model);
  Finding finding = reorder_finding();
  finding.message = "'" + hostile + "' and " + hostile;
  finding.where.file = "/project/" + hostile;
  finding.evidence[0].message = hostile;
  finding.evidence[1].message = "'" + hostile + "'";
  finding.fixes[0].title = hostile;
  finding.fixes[0].reasons = {hostile};
  report.findings.push_back(finding);
  const ScratchFolder folder;
  const std::string file = folder.write("summary.md", markdown_text(report));
  const ProgramResult page = run_program(
      {renderer, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", file});
  REQUIRE(page.exit_status == 0);
  static const std::regex tag(R"(</?([A-Za-z][A-Za-z0-9]*)[^>]*>)");
  const std::set<std::string> expected = {"h2",   "table",   "thead", "tbody",  "tr",
                                          "th",   "td",      "ul",    "li",     "p",
                                          "code", "details", "pre",   "strong", "summary"};
  std::map<std::string, int> seen;
  for (std::sregex_iterator it(page.out.begin(), page.out.end(), tag), end; it != end; ++it) {
    INFO((*it)[0]);
    CHECK(expected.contains((*it)[1]));
    ++seen[(*it)[1]];
  }
  CHECK(seen["h2"] == 2);  // one, opened and closed
  CHECK(seen["details"] == 2);
  CHECK(seen["summary"] == 2);
  // Two tables of one row each: what a cell holds never made another cell.
  CHECK(seen["td"] == 2 * (5 + 6));
  // Mentions are not looked for in code.
  static const std::regex code("<code>[^<]*</code>");
  CHECK(std::regex_replace(page.out, code, "").find("@team") == std::string::npos);
}

TEST_CASE("a summary of thousands of findings fits where summaries go, and says what it left out") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  report.findings.assign(5000, reorder_finding());
  const std::string text = markdown_text(report);
  CHECK(text.size() < 1024 * 1024);
  CHECK(text.find("The table shows the 100 findings that save most of 5000.") != std::string::npos);
  CHECK(text.find("Details of 4900 findings more are left out here") != std::string::npos);
  for (Finding& finding : report.findings) {
    finding.evidence[0].message = std::string(50000, 'x');
  }
  CHECK(markdown_text(report).size() < 1024 * 1024);
}
