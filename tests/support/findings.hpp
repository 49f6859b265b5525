// Findings written down by hand, for the tests of the writers of reports.
#pragma once

#include "report/report.hpp"
#include "support/hand_made.hpp"

namespace snug::test {

inline const std::string wasteful_source =
    "struct Order {\n"
    "  bool live;\n"
    "  double price;\n"
    "  bool hidden;\n"
    "};\n";

/// The record of `wasteful_source`.
inline Record wasteful_record() {
  Record made = record("Order", 24,
                       {field("live", "bool", 0, 1), field("price", "double", 8, 8),
                        field("hidden", "bool", 16, 1)});
  made.where = at("/project/order.hpp", 1, 8);
  return made;
}

/// A reorder of `wasteful_source` with evidence, a reason, a proof and a size that follows.
inline Finding reorder_finding() {
  Finding finding;
  finding.check = "padding";
  finding.where = at("/project/order.hpp", 1, 8);
  finding.where.end_column = 13;
  finding.message = "'Order' is 24 bytes, 16 would do";
  finding.record_id = "c:@S@Order";
  finding.subject = "Order live price hidden";
  finding.bytes_saved = 8;
  finding.instances = 1000;
  finding.evidence.push_back({"hole", "7 bytes before 'price'", at("/project/order.hpp", 3, 10)});
  finding.evidence.push_back({"count", "a thousand objects are known", {}});
  SuggestedFix fix;
  fix.title = "Reorder the fields of 'Order'";
  fix.safety = Safety::Review;
  fix.reasons = {"it is initialised by position in a.cpp:7"};
  const std::size_t live = wasteful_source.find("  bool live;\n");
  const std::size_t hidden = wasteful_source.find("  bool hidden;\n");
  fix.edits.push_back({"/project/order.hpp", live, live + 13, ""});
  fix.edits.push_back({"/project/order.hpp", hidden, hidden, "  bool live;\n"});
  fix.promise.sizes.push_back({"c:@S@Order", "Order", 24, 16});
  fix.promise.order = {"price", "live", "hidden"};
  fix.proof = Proof{true, 2, 14, 24, 16, {{"c:@S@Book", "Book", 80, 56}}};
  finding.fixes.push_back(fix);
  return finding;
}

/// The same record after that reorder.
inline Record wasteful_record_reordered() {
  Record made = record(
      "Order", 16,
      {field("price", "double", 0, 8), field("live", "bool", 8, 1), field("hidden", "bool", 9, 1)});
  made.where = at("/project/order.hpp", 1, 8);
  return made;
}

/// Without findings.
inline Report report_of(const Model& model, const Files* files = nullptr) {
  Report report;
  report.tool = {"0.1.0", "22.1.8"};
  report.root = "/project";
  report.model = &model;
  report.files = files;
  report.rules.push_back(
      {"padding", "padding that another order removes",
       "Fields are laid out in order.\n\nFor example:\n\n  struct A { char c; };"});
  return report;
}

}  // namespace snug::test
