// Files that change between the scan and the report.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

const std::string_view order =
    "struct Order {\n  bool live;\n  double price;\n  bool hidden;\n};\n";
const std::string_view trade = "struct Trade {\n  bool open;\n  double price;\n  bool done;\n};\n";
const std::string_view set = "struct Less {};\nstruct Set {\n  void* root;\n  Less less;\n};\n";

struct Project : ScratchFolder {
  Project() {
    write("order.hpp", order);
    write("trade.hpp", trade);
    write("set.hpp", set);
    write("a.cpp",
          "#include \"order.hpp\"\n#include \"trade.hpp\"\n#include \"set.hpp\"\n"
          "Order a; Trade b; Set c;\n");
    write_database({"a.cpp"});
  }

  [[nodiscard]] ProgramResult snug(Words words) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(words, options);
  }
};

}  // namespace

TEST_CASE("edits of files that changed since the scan are left out, the rest is told") {
  const Project project;
  REQUIRE(project.snug({"scan", "-o", "all.snug"}).exit_status == 0);
  project.write("order.hpp", "// A line more.\n" + std::string(order));
  project.write("set.hpp", "// And here.\n" + std::string(set));

  const ProgramResult text = project.snug({"check", "all.snug"});
  CAPTURE(text.out, text.err);
  CHECK(text.exit_status == 1);
  CHECK(text.out.find("'Order' wastes") != std::string::npos);
  CHECK(text.out.find("'Set' spends") != std::string::npos);
  CHECK(text.out.find("changed since it was scanned; run again") != std::string::npos);
  CHECK(text.out.find("@@ order.hpp") == std::string::npos);
  CHECK(text.out.find("@@ set.hpp") == std::string::npos);
  CHECK(text.out.find("@@ trade.hpp") != std::string::npos);
  CHECK(text.err.find("order.hpp changed since it was scanned") != std::string::npos);
  CHECK(text.err.find("set.hpp changed since it was scanned") != std::string::npos);
  CHECK(text.err.find("trade.hpp changed") == std::string::npos);

  const ProgramResult report = project.snug({"check", "all.snug", "--format", "json"});
  const json findings = json::parse(report.out).at("findings");
  REQUIRE(findings.size() == 3);
  for (const json& finding : findings) {
    const bool kept = finding.at("location").at("file") == "trade.hpp";
    const json& fix = finding.at("fixes").at(0);
    CHECK((fix.at("safety") == "refused") == !kept);
    CHECK(fix.at("edits").empty() == !kept);
    CHECK(fix.at("proof").is_null() == !kept);
  }

  const ProgramResult show = project.snug({"show", "Order", "all.snug"});
  CHECK(show.exit_status == 0);
  CHECK(show.out.find("price") != std::string::npos);
  CHECK(show.err.find("order.hpp changed since it was scanned") != std::string::npos);
}

TEST_CASE("a file that is gone since the scan counts as changed") {
  const Project project;
  REQUIRE(project.snug({"scan", "-o", "all.snug"}).exit_status == 0);
  std::filesystem::remove(project.path("order.hpp"));
  const ProgramResult text = project.snug({"check", "all.snug", "--checks", "padding"});
  CAPTURE(text.out, text.err);
  CHECK(text.exit_status == 1);
  CHECK(text.out.find("'Order' wastes") != std::string::npos);
  CHECK(text.err.find("order.hpp changed since it was scanned") != std::string::npos);
}
