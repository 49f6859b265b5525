// Writes HTML reports for the test in a browser: `html_sample hostile` has names that would be
// markup or scripts, `html_sample many N` has N records.
#include <cstdlib>
#include <iostream>
#include <string>

#include "support/findings.hpp"

using namespace snug;
using namespace snug::test;

namespace {

const std::string markup =
    "</script><script>window.hacked=1</script><img src=x onerror=\"window.hacked=2\">"
    "<style>*{display:none}</style><svg onload=window.hacked=3>&lt;'\"`${1}\\u003c";

void write_hostile() {
  Record bad = record(markup, 24,
                      {field(markup, markup, 0, 1), field("price", "javascript:alert(1)", 8, 8),
                       field("__proto__", "constructor", 16, 1)});
  bad.id = "bad";
  bad.where.file = "/project/" + markup;
  Record plain = record("__proto__", 8, {field("toString", "int", 0, 4)});
  plain.id = "plain";
  Model model = model_of({bad, plain});
  model.units[0].file = "/project/" + markup;
  model.units[0].status = UnitStatus::Failed;
  model.units[0].problems = {markup};
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  Finding finding = reorder_finding();
  finding.check = "constructor";
  finding.record_id = "bad";
  finding.message = markup;
  finding.evidence[0].message = markup;
  finding.fixes[0].title = markup;
  finding.fixes[0].reasons = {markup};
  finding.fixes[0].edits[1].text = markup + "\n";
  report.findings.push_back(finding);
  finding.record_id = "";
  report.findings.push_back(finding);
  report.better["bad"] = {bad, &report.findings[0].fixes[0]};
  report.rules.push_back({"constructor", markup, markup});
  write_html(report, std::cout);
}

void write_many(std::size_t count) {
  Model model = model_of({});
  for (std::size_t i = 0; i < count; ++i) {
    Record made = wasteful_record();
    made.id = std::to_string(i);
    made.name = "space::Record" + std::to_string(i);
    if (i == 1) {  // 1 MB in one field, then a byte
      made =
          record("space::Large", 1000064,
                 {field("buffer", "char[1000000]", 0, 1000000), field("last", "char", 1000000, 1)});
      made.id = "1";
    }
    if (i == 2) {
      made = record("space::Choice", 8, {field("whole", "long", 0, 8), field("half", "int", 0, 4)});
      made.id = "2";
      made.kind = RecordKind::Union;
    }
    model.records.push_back(made);
  }
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  for (std::size_t i = 10; i < count; i += 10) {
    Finding finding = reorder_finding();
    finding.record_id = std::to_string(i);
    finding.instances = i;
    report.findings.push_back(finding);
  }
  for (const Finding& finding : report.findings) {
    report.better[finding.record_id] = {wasteful_record_reordered(), &finding.fixes[0]};
  }
  write_html(report, std::cout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "many") {
    write_many(std::strtoul(argv[2], nullptr, 10));
  } else {
    write_hostile();
  }
  return std::cout.flush() ? 0 : 1;
}
