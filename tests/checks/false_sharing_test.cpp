// The check over small programs: who writes what from which thread is read from their text.
#include <catch2/catch.hpp>

#include <algorithm>

#include "analysis/check.hpp"
#include "base/files.hpp"
#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::vector<Finding> findings_in(const std::string& text, const OptionValues& options = {}) {
  const TextUnit unit(text);
  const Model model = merge({unit.scan()});
  std::vector<const Check*> checks;
  for (const Check* check : all_checks()) {
    if (check->id == "false-sharing") checks.push_back(check);
  }
  REQUIRE(checks.size() == 1);
  return run_checks(checks, model, DiskFiles(), options);
}

/// Two threads that count in fields `a` and `b` of one object; `record` declares the fields.
std::string counters(const std::string& record, const std::string& between = "") {
  return "#include <atomic>\n#include <mutex>\n#include <thread>\n" + record +
         "\nvoid first(Totals& t) { for (int i = 0; i < 1000000; ++i) ++t.a; }\n"
         "void second(Totals& t) { for (int i = 0; i < 1000000; ++i) ++t.b; }\n"
         "int main() {\n  Totals t{};\n  std::thread one(first, std::ref(t));\n" +
         between +
         "  std::thread two(second, std::ref(t));\n  if (one.joinable()) one.join();\n"
         "  two.join();\n}\n";
}

}  // namespace

TEST_CASE("false-sharing: fields that two threads write, a warning where those are asked for") {
  const std::string text = counters("struct Totals { long a; long b; };");
  CHECK(findings_in(text).at(0).level == Level::Note);
  const auto findings = findings_in(text, {{"false-sharing.warn", 1}});
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK_THAT(findings[0].message, Catch::Contains("'Totals'") || Catch::Contains("'a'"));
  const auto writers =
      std::count_if(findings[0].evidence.begin(), findings[0].evidence.end(),
                    [](const Evidence& evidence) { return evidence.kind == "writer"; });
  CHECK(writers >= 2);
  CHECK_FALSE(findings[0].subject.empty());
}

TEST_CASE("false-sharing: silent where the fields are a line apart") {
  CHECK(
      findings_in(counters("struct Totals { alignas(64) long a; alignas(64) long b; };")).empty());
}

TEST_CASE("false-sharing: silent where one thread has ended before the next one starts") {
  CHECK(findings_in(counters("struct Totals { long a; long b; };", "  one.join();\n")).empty());
}

TEST_CASE("false-sharing: silent without threads") {
  CHECK(findings_in("struct Totals { long a; long b; };\n"
                    "void first(Totals& t) { for (int i = 0; i < 100; ++i) ++t.a; }\n"
                    "void second(Totals& t) { for (int i = 0; i < 100; ++i) ++t.b; }\n"
                    "int main() { Totals t{}; first(t); second(t); }\n")
            .empty());
}
