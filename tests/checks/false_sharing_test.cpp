// The check over small programs: who writes what from which thread is read from their text.
#include <catch2/catch.hpp>

#include <algorithm>

#include "analysis/check.hpp"
#include "base/files.hpp"
#include "support/scan_text.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::vector<Finding> findings_in(const std::string& text, const OptionValues& options = {},
                                 const std::vector<std::string>& thread_entries = {}) {
  const TextUnit unit(text);
  const Model model = merge({unit.scan()});
  std::vector<const Check*> checks;
  for (const Check* check : all_checks()) {
    if (check->id == "false-sharing") checks.push_back(check);
  }
  REQUIRE(checks.size() == 1);
  OwnRows rows;
  for (const std::string& name : thread_entries) {
    rows.functions.push_back({name, {Effect::HandsToPool, Effect::FirstCallable}});
  }
  return run_checks(checks, model, DiskFiles(), options, {}, KnownNames(rows));
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

TEST_CASE("false-sharing: fields that two threads write, a warning unless notes are asked for") {
  const std::string text = counters("struct Totals { long a; long b; };");
  CHECK(findings_in(text, {{"false-sharing.warn", 0}}).at(0).level == Level::Note);
  const auto findings = findings_in(text);
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

namespace {

/// Two tasks that count in one object, handed to `Loop::later`, which nobody takes for a pool.
const std::string two_tasks =
    "#include <functional>\nstruct Totals { long a = 0; long b = 0; };\nTotals totals;\n"
    "namespace app { template <class T> struct Loop { void later(std::function<void()> task); }; "
    "}\n"
    "int main() {\n  app::Loop<int> loop;\n"
    "  loop.later([] { for (int i = 0; i < 1000000; ++i) ++totals.a; });\n"
    "  loop.later([] { for (int i = 0; i < 1000000; ++i) ++totals.b; });\n}\n";

bool tells(const Finding& finding, const std::string& kind) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                     [&](const Evidence& evidence) { return evidence.kind == kind; });
}

}  // namespace

TEST_CASE("false-sharing: functions of the configuration run on a thread what they are given") {
  CHECK(findings_in(two_tasks).empty());
  CHECK(findings_in(two_tasks, {}, {"other::Loop::later", "app::later::Loop"}).empty());
  for (const char* name : {"app::Loop::later", "Loop::later", "later"}) {
    INFO(name);
    const auto findings = findings_in(two_tasks, {}, {name});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].level == Level::Warning);
  }
}

TEST_CASE("false-sharing: calls that could not be followed are told") {
  const std::string record = "struct Totals { long a; long b; };";
  CHECK_FALSE(tells(findings_in(counters(record)).at(0), "not-followed"));
  const std::string text = counters(record + "\nvoid (*hook)();");
  std::string calls = text;
  calls.replace(calls.find("++t.a;"), 6, "{ ++t.a; hook(); }");
  CHECK(tells(findings_in(calls).at(0), "not-followed"));
}

TEST_CASE("false-sharing: an object that may be any one of its kind gives a note") {
  const auto findings = findings_in(
      "#include <thread>\nstruct Totals { long a; long b; };\n"
      "void start(Totals& t) { std::thread([&t] { for (;;) ++t.a; }).detach(); }\n"
      "void count(Totals& t) { for (int i = 0; i < 1000000; ++i) ++t.b; }\n");
  for (const Finding& finding : findings) CHECK(finding.level == Level::Note);
}

TEST_CASE("false-sharing: what comes at times only gives a note, what comes seldom nothing") {
  const std::string record = "bool odd(int);\nstruct Totals { long a; long b; };";
  const auto with = [&](const std::string& count) {
    std::string text = counters(record);
    text.replace(text.find("++t.a;"), 6, count);
    return findings_in(text);
  };
  const auto noted = with("if (odd(i)) ++t.a;");
  REQUIRE(noted.size() == 1);
  CHECK(noted[0].level == Level::Note);
  CHECK(with("if (odd(i)) { ++t.a; } else { break; }").at(0).level == Level::Warning);
  CHECK(with("if (odd(i)) [[unlikely]] ++t.a;").empty());
  CHECK(with("if (odd(i)) { ++t.a; break; }").empty());
}

TEST_CASE("false-sharing: a block of a function around malloc() is named after the call") {
  const auto findings = findings_in(
      "#include <cstdlib>\n#include <thread>\n"
      "void* block(std::size_t n) { void* made = std::malloc(n); return made; }\n"
      "void work(long* sum) { for (int i = 0; i < 1000000; ++i) *sum += i; }\n"
      "int main() {\n  std::thread threads[4];\n"
      "  long* sums = (long*)block(32);\n"
      "  for (int i = 0; i < 4; ++i) threads[i] = std::thread(work, &sums[i]);\n"
      "  for (std::thread& one : threads) one.join();\n}\n");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].level == Level::Warning);
  CHECK_THAT(findings[0].message, Catch::Contains("elements of 'block()'"));
  CHECK(findings[0].where.line == 7);
  CHECK(findings[0].subject == "main()::block()");
}

TEST_CASE("false-sharing: of a long way the ends are told, of many pairs of fields a few") {
  const int fields = GENERATE(8, 9);
  std::string text = "#include <thread>\nstruct Totals { int ";
  for (int i = 0; i < fields; ++i) text += (i == 0 ? "a" : ", a") + std::to_string(i);
  text += "; };\nvoid way0(Totals& t) { for (int i = 0; i < 1000000; ++i) ++t.a0; }\n";
  for (int i = 1; i < 13; ++i) {
    text +=
        "void way" + std::to_string(i) + "(Totals& t) { way" + std::to_string(i - 1) + "(t); }\n";
  }
  text += "void others(Totals& t) { for (int i = 0; i < 1000000; ++i) {";
  for (int i = 1; i < fields; ++i) text += " ++t.a" + std::to_string(i) + ";";
  text +=
      " } }\nint main() {\n  Totals t{};\n  std::thread one(way12, std::ref(t));\n"
      "  std::thread two(others, std::ref(t));\n  one.join();\n  two.join();\n}\n";
  const auto findings = findings_in(text);
  REQUIRE(findings.size() == 1);
  const auto told = [&](const std::string& kind, const std::string& words) {
    return std::count_if(
        findings[0].evidence.begin(), findings[0].evidence.end(), [&](const Evidence& evidence) {
          return evidence.kind == kind && evidence.message.find(words) != std::string::npos;
        });
  };
  CHECK(told("path", "'way12()' -> 'way11()' -> (9 more) -> 'way1()' -> 'way0()'") == 1);
  CHECK(told("writer", "'others()' writes") == (fields == 8 ? 7 : 6));
  CHECK(told("more", "2 more pairs") == (fields == 8 ? 0 : 1));
}
