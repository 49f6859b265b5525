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
          "Order a[64]; Trade b[64]; Set c[64];\n");
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

TEST_CASE("a header that is saved during the scan gives no odr-layout") {
  const Project project;
  // Book's own header stays as it is; the number comes from another one.
  project.write("limits.hpp", "#define LEVELS 4\n");
  project.write("book.hpp", "#include \"limits.hpp\"\nstruct Book { long levels[LEVELS]; };\n");
  const std::string use = "#include \"order.hpp\"\n#include \"book.hpp\"\nOrder o; Book k;\n";
  project.write("a.cpp", use);
  project.write("b.cpp", use);
  const auto scan = [&](const std::string& file, const std::string& part) {
    const ProgramResult result = project.snug({"scan", file, "-o", part, "--", "-std=c++20"});
    CHECK(result.exit_status == 0);
  };
  scan("a.cpp", "a.snug");
  project.write("order.hpp", "struct Order { long fields[9]; };\n");
  project.write("limits.hpp", "#define LEVELS 8\n");
  scan("b.cpp", "b.snug");
  const ProgramResult result = project.snug({"check", "a.snug", "b.snug"});
  CAPTURE(result.out, result.err);
  CHECK(result.out.find("odr-layout") == std::string::npos);
  CHECK(result.err.find("order.hpp changed while it was being read") != std::string::npos);

  // Without a change in between the same two layouts are a finding.
  project.write("b.cpp", "#define OTHER\n" + use);
  project.write("order.hpp", "#ifdef OTHER\nstruct Order { char c; };\n#else\n" +
                                 std::string(order) + "#endif\n");
  scan("a.cpp", "a.snug");
  scan("b.cpp", "b.snug");
  const ProgramResult found = project.snug({"check", "a.snug", "b.snug"});
  CAPTURE(found.out, found.err);
  CHECK(found.out.find("odr-layout") != std::string::npos);
}
