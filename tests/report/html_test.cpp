// What can be told of the HTML report without a browser; html_browser_test.py opens it in one.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "base/base64.hpp"
#include "report/formats/html_page.hpp"
#include "support/findings.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;

namespace {

std::string page_of(const Report& report) {
  std::ostringstream out;
  write_html(report, out);
  return out.str();
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

std::string data_of(const std::string& page) {
  return between(page, "<script type=\"application/json\" id=\"report\">", "</script>");
}

}  // namespace

TEST_CASE("the marks of the page are there once each, in the order in which they are filled") {
  std::size_t last = 0;
  for (const std::string_view mark : {"@POLICY@", "@STYLE@", "@DATA@", "@SCRIPT@"}) {
    INFO(mark);
    const std::size_t at = html_page.find(mark);
    REQUIRE(at != std::string_view::npos);
    CHECK(html_page.find(mark, at + 1) == std::string_view::npos);
    CHECK(at >= last);
    last = at;
  }
}

TEST_CASE("the page loads nothing and lets only its own style and script run") {
  for (const std::string_view part : {html_page, html_style, html_script}) {
    for (const std::string_view word :
         {"http:", "https:", "src=", "url(", "@import", "innerHTML", "eval(", "fetch(",
          "XMLHttpRequest", "insertAdjacentHTML"}) {
      INFO(word);
      CHECK(part.find(word) == std::string_view::npos);
    }
  }
  CHECK(html_page.find("default-src") == std::string_view::npos);  // the policy is computed
  const Model model = model_of({});
  const std::string page = page_of(report_of(model));
  CHECK(page.find("content=\"default-src 'none'; script-src 'sha256-") != std::string::npos);
  CHECK(page.find("unsafe") == std::string::npos);
  CHECK(page.find("@POLICY@") == std::string::npos);
  CHECK(page.find("@DATA@") == std::string::npos);
}

TEST_CASE("the data hold records, orders and findings") {
  const Model model = model_of({wasteful_record()});
  const MemoryFiles files({{"/project/order.hpp", wasteful_source}});
  Report report = report_of(model, &files);
  report.findings.push_back(reorder_finding());
  report.better["c:@S@Order"] = {wasteful_record_reordered(), &report.findings[0].fixes[0]};
  const json data = json::parse(data_of(page_of(report)));
  CHECK(data["summary"]["records"] == 1);
  const json& record = data["records"][0];
  CHECK(record[0] == "Order");
  CHECK(record[3] == 24);
  CHECK(record[9].size() == 5);
  CHECK(record[9][1] == json({2, "hole", 0, 8, 56, record[9][1][5], "7 bytes of padding"}));
  CHECK(record[10]["size"] == 16);
  CHECK(record[10]["padding"] == 6);
  CHECK(record[10]["proof"] == "verified in 2 of the 14 units that use it");
  const json& finding = data["findings"][0];
  CHECK(finding["record"] == 0);
  CHECK(data["strings"][finding["place"][0].get<std::size_t>()] == "order.hpp");
  CHECK(finding["fixes"][0]["diff"][0][1][0][1][1] == "-  bool live;");
  CHECK(data["rules"]["padding"][0] == "padding that another order removes");
}

TEST_CASE("no name can end the block of data") {
  Model model = model_of(
      {record("</script><script>alert(1)</script>", 8, {field("<!--<script>", "]]>", 0, 8)})});
  model.units[0].status = UnitStatus::Failed;
  model.units[0].problems = {"</SCRIPT >"};
  const std::string data = data_of(page_of(report_of(model)));
  CHECK(data.find('<') == std::string::npos);
  CHECK(json::parse(data)["records"][0][0] == "</script><script>alert(1)</script>");
}

TEST_CASE("names that are no UTF-8 do not break the page") {
  const Model model = model_of({record("caf\xe9", 8, {field("\xff", "int", 0, 8)})});
  CHECK(json::parse(data_of(page_of(report_of(model))))["records"][0][0] == "caf\\xe9");
}
