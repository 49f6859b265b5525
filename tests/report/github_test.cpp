#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "base/visible_text.hpp"
#include "support/findings.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::string github_text(const Report& report) {
  std::ostringstream out;
  {
    const VisibleOutput guard(out);  // As the program writes it.
    allow_commands(out);
    write_github(report, out);
  }
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::size_t count(const std::vector<std::string>& lines, std::string_view start) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const std::string& line) { return line.starts_with(start); }));
}

}  // namespace

TEST_CASE("a finding is one workflow command") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  report.findings.push_back(reorder_finding());
  CHECK(github_text(report) ==
        "::warning file=order.hpp,line=1,endLine=1,col=8,endColumn=13,title=snug%3A padding::"
        "'Order' is 24 bytes, 16 would do%0Aorder.hpp:3: 7 bytes before 'price'%0A"
        "a thousand objects are known%0A"
        "fix (review): Reorder the fields of 'Order'; verified in 2 of the 14 units that use it%0A"
        "it is initialised by position in a.cpp:7%0A"
        "'Book' shrinks with it, from 80 to 56 bytes\n");
}

TEST_CASE("names cannot become commands, properties or lines") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  Finding finding = reorder_finding();
  finding.evidence.clear();
  finding.fixes.clear();
  finding.where.file = "/project/a,b:c%\n::error::x.hpp";
  finding.message = "100%\r\n::set-output name=x::y";
  finding.level = Level::Note;
  report.findings.push_back(finding);
  CHECK(github_text(report) ==
        "::notice file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.hpp,line=1,endLine=1,col=8,endColumn=13,"
        "title=snug%3A padding::100%25%0D%0A::set-output name=x::y\n");
}

TEST_CASE("ten annotations of a kind, those that save most; the rest is told in the log") {
  const Model model = model_of({wasteful_record()});
  Report report = report_of(model);
  for (int i = 0; i < 13; ++i) {
    report.findings.push_back(reorder_finding());
    report.findings.back().message = "finding ##[error]" + std::to_string(i);
    report.findings.back().instances = static_cast<std::uint64_t>(i + 1);
  }
  report.findings.push_back(reorder_finding());
  report.findings.back().level = Level::Note;
  const std::string text = github_text(report);
  const std::vector<std::string> lines = lines_of(text);
  CHECK(count(lines, "::warning ") == 10);
  CHECK(count(lines, "::notice ") == 1);
  CHECK(count(lines, "::group::3 findings that save less") == 1);
  CHECK(count(lines, "::endgroup::") == 1);
  CHECK(count(lines, "- order.hpp:1:8: warning: finding ##\\u005berror]2 [padding]") == 1);
  CHECK(text.find("##[") == std::string::npos);
  CHECK(text.find("11 shown as annotations") != std::string::npos);
  CHECK(text.find("so 3 stand in the group above") != std::string::npos);
}

TEST_CASE("units that could not be analysed are errors, ten at most") {
  Model model = model_of({});
  model.units.clear();
  for (int i = 0; i < 12; ++i) {
    model.units.push_back({"/project/" + std::to_string(i) + ".cpp",
                           UnitStatus::Failed,
                           false,
                           {"no such file"},
                           "",
                           {},
                           {},
                           {},
                           {}});
  }
  const std::vector<std::string> lines = lines_of(github_text(report_of(model)));
  REQUIRE(lines.size() == 10);
  CHECK(lines[0] ==
        "::error file=0.cpp,title=snug%3A unit not analysed::snug could not analyse this unit "
        "(failed)%0Ano such file");
  CHECK(lines[9].find("3 units more could not be analysed") != std::string::npos);
}

TEST_CASE("nothing found writes nothing") {
  const Model model = model_of({});
  CHECK(github_text(report_of(model)).empty());
}
