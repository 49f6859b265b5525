// Configuration, marks, baselines and changed lines, as a user meets them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

const std::string wasteful =
    "struct Order {\n"
    "  bool live;\n"
    "  double price;\n"
    "  bool hidden;\n"
    "};\n";

struct Project : ScratchFolder {
  Project() {
    write("order.hpp", "#pragma once\n" + wasteful);
    write("a.cpp", "#include \"order.hpp\"\nOrder a[64];\n");
    write_database({"a.cpp"});
  }

  [[nodiscard]] ProgramResult snug(Words words) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(words, options);
  }
  void git(Words words) const {
    words.insert(words.begin(), {"git", "-c", "user.name=A", "-c", "user.email=a@b"});
    ProgramOptions options;
    options.directory = path();
    REQUIRE(run_program(words, options).ok());
  }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("thread-entries of the configuration count for check, list and show") {
  const Project project;
  // Smaller means a and b on one line, which two threads write.
  project.write("order.hpp",
                "#pragma once\n"
                "struct Totals { long a; bool p; long f; bool q; long g; bool r; long h; bool s; "
                "long b; };\n");
  project.write("a.cpp",
                "#include <functional>\n#include \"order.hpp\"\n"
                "namespace app { struct Loop { void later(std::function<void()> task); }; }\n"
                "Totals totals;\nTotals* all[64];\n"
                "int main() {\n"
                "  app::Loop loop;\n"
                "  loop.later([] { for (;;) ++totals.a; });\n"
                "  loop.later([] { for (;;) ++totals.b; });\n"
                "}\n");
  const std::string smaller = "reordering its fields saves 24";
  CHECK(contains(project.snug({"check"}).out, smaller));
  CHECK(contains(project.snug({"list"}).out, "  24  "));
  CHECK(contains(project.snug({"show", "Totals"}).out, "48 bytes"));
  project.write(".snug.toml", "thread-entries = [\"app::Loop::later\"]\n");
  CHECK_FALSE(contains(project.snug({"check", "--level", "note"}).out, smaller));
  CHECK_FALSE(contains(project.snug({"list"}).out, "  24  "));
  CHECK_FALSE(contains(project.snug({"show", "Totals"}).out, "48 bytes"));
}

TEST_CASE("a configuration chooses checks, options, levels and excludes; the command line wins") {
  const Project project;
  project.write(".snug.toml", "[check.padding]\nmin-bytes = 9\n");
  CHECK(project.snug({"check"}).exit_status == 0);
  CHECK(project.snug({"check", "--option", "padding.min-bytes=8"}).exit_status == 1);
  project.write(".snug.toml", "checks = [\"-padding\"]\n");
  CHECK(project.snug({"check"}).exit_status == 0);
  CHECK(project.snug({"check", "--checks", "padding"}).exit_status == 1);
  project.write(".snug.toml", "[check.padding]\nlevel = \"note\"\n");
  CHECK(project.snug({"check"}).exit_status == 0);
  CHECK(contains(project.snug({"check", "--level", "note"}).out, "note: 'Order' wastes"));
  project.write(".snug.toml", "exclude = [\"order.hpp\"]\n");
  CHECK(project.snug({"check"}).exit_status == 0);
  project.write(".snug.toml", "fail-on = \"never\"\n");
  CHECK(project.snug({"check"}).exit_status == 0);
  CHECK(project.snug({"check", "--fail-on", "warning"}).exit_status == 1);
  project.write(".snug.toml", "public-headers = [\"*.hpp\"]\n");
  const ProgramResult published = project.snug({"check"});
  CHECK(contains(published.out, "fix (abi)"));
  CHECK(contains(published.out, "public header order.hpp"));
}

TEST_CASE("a mistake in a configuration ends the run before the scan") {
  const Project project;
  project.write(".snug.toml", "\nchekcs = []\n");
  const ProgramResult result = project.snug({"check"});
  CHECK(result.exit_status == 2);
  CHECK(contains(result.err, ".snug.toml:2:1: there is no key 'chekcs'"));
  CHECK(contains(result.err, "did you mean 'checks'?"));
  project.write(".snug.toml", "checks = [\"paddign\"]\n");
  CHECK(contains(project.snug({"check"}).err, ".snug.toml:1:1: there is no check 'paddign'"));
  project.write("other.toml", "level = \"note\"\n");
  CHECK(project.snug({"check", "--config", "other.toml"}).exit_status == 1);
  const ProgramResult missing = project.snug({"check", "--config", "nowhere.toml"});
  CHECK(missing.exit_status == 2);
  CHECK(contains(missing.err, "nowhere.toml"));
}

TEST_CASE("budgets of the configuration are findings, budgets for nobody are told") {
  const Project project;
  project.write(".snug.toml",
                "[[budget]]\ntypes = \"Order\"\nmax-size = 16\n\n[[budget]]\ntypes = \"Oder\"\n"
                "max-size = 16\n");
  const ProgramResult result = project.snug({"check", "--checks", "budget"});
  CHECK(result.exit_status == 1);
  CHECK(contains(result.out, "'Order' is 24 bytes, 8 over its 16-byte budget [budget]"));
  CHECK(contains(result.out, ".snug.toml:3:1: note: budget declared here"));
  CHECK(contains(result.err, ".snug.toml:5:1: no record is named Oder"));
}

TEST_CASE("a mark silences a finding, one that silences nothing is a note") {
  const Project project;
  project.write("order.hpp", "#pragma once\n// snug: ignore(padding): three of them\n" + wasteful);
  const ProgramResult result = project.snug({"check"});
  CHECK(result.exit_status == 0);
  CHECK(contains(result.err, "1 ignored by marks"));
  CHECK(project.snug({"check", "--option", "padding.min-bytes=9", "--level", "note"}).out ==
        "order.hpp:2:10: note: this mark silences nothing: there is no finding of padding here "
        "[source-mark]\n");
  project.write("order.hpp", "#pragma once\n// snug: ignore(padding)\n" + wasteful);
  const ProgramResult without = project.snug({"check"});
  CHECK(without.exit_status == 1);
  CHECK(contains(without.out, "order.hpp:2:10: warning: 'ignore' needs a reason"));
}

TEST_CASE("a baseline lets old findings pass, names new ones and tells what is gone") {
  const Project project;
  const ProgramResult written = project.snug({"check", "--write-baseline", "base.json"});
  CHECK(written.exit_status == 0);
  CHECK(contains(written.err, "baseline written: 1 finding"));
  const ProgramResult same = project.snug({"check", "--baseline", "base.json"});
  CHECK(same.exit_status == 0);
  CHECK(same.out.empty());
  CHECK(contains(same.err, "1 baselined, 0 fixed"));

  // Moved, reformatted, in a file of another name: still the same finding.
  project.write(
      "renamed.hpp",
      "#pragma once\n\n\nstruct Order\n{\n  bool live; double price;\n  bool hidden;\n};\n");
  project.write("a.cpp", "#include \"renamed.hpp\"\nOrder a[64];\n");
  CHECK(project.snug({"check", "--baseline", "base.json"}).exit_status == 0);

  project.write("a.cpp",
                "#include \"renamed.hpp\"\nOrder a[64];\n"
                "struct Fresh { bool a; double b; bool c; } fresh[64];\n");
  const ProgramResult fresh =
      project.snug({"check", "--baseline", "base.json", "--format", "json"});
  CHECK(fresh.exit_status == 1);
  CHECK(schema_error(fresh.out).empty());
  const json report = json::parse(fresh.out);
  CHECK(report["summary"]["findings_new"] == 1);
  CHECK(report["summary"]["findings_known"] == 1);
  for (const json& finding : report["findings"]) {
    const bool old = contains(finding["message"].get<std::string>(), "'Order'");
    CHECK(finding["state"] == (old ? "known" : "new"));
  }

  project.write("a.cpp", "struct Small { int a; } small;\n");
  const ProgramResult gone = project.snug({"check", "--baseline", "base.json"});
  CHECK(gone.exit_status == 0);
  CHECK(contains(gone.err, "gone from the baseline: Order [padding]"));
  CHECK(!contains(project.snug({"check", "--baseline", "base.json", "--checks", "budget"}).err,
                  "gone from the baseline:"));
}

TEST_CASE("a baseline that cannot serve is an error") {
  const Project project;
  CHECK(project.snug({"check", "--baseline", "none.json"}).exit_status == 2);
  project.write("base.json", "{\"schema\": \"other\"}");
  const ProgramResult wrong = project.snug({"check", "--baseline", "base.json"});
  CHECK(wrong.exit_status == 2);
  CHECK(contains(wrong.err, "base.json: schema: is 'other'"));
  REQUIRE(project.snug({"check", "--write-baseline", "base.json"}).exit_status == 0);
  const ProgramResult target =
      project.snug({"check", "--baseline", "base.json", "--target", "i686-linux-gnu"});
  CHECK(target.exit_status == 2);
  CHECK(contains(target.err, "one baseline for each target"));
  const ProgramResult both =
      project.snug({"check", "--write-baseline", "b.json", "--since", "HEAD"});
  CHECK(both.exit_status == 2);
  project.write("a.cpp", "#error broken\n");
  const ProgramResult broken = project.snug({"check", "--write-baseline", "broken.json"});
  CHECK(broken.exit_status == 2);
  CHECK(contains(broken.err, "broken.json was not written"));
  CHECK(!std::filesystem::exists(project.path("broken.json")));
}

TEST_CASE("a frozen layout that differs from the baseline is a finding") {
  const Project project;
  project.write("order.hpp", "#pragma once\n// snug: frozen\n" + wasteful);
  const ProgramResult written = project.snug({"check", "--write-baseline", "base.json"});
  CHECK(written.exit_status == 0);
  CHECK(written.out.empty());  // nothing is suggested
  CHECK(project.snug({"check", "--baseline", "base.json"}).exit_status == 0);
  project.write("order.hpp",
                "#pragma once\n// snug: frozen\nstruct Order {\n  double price;\n  bool live;\n"
                "  bool hidden;\n};\n");
  const ProgramResult changed = project.snug({"check", "--baseline", "base.json"});
  CHECK(changed.exit_status == 1);
  CHECK(contains(changed.out,
                 "the layout of 'Order' is frozen and has changed: 16 bytes instead of 24"));
  CHECK(contains(changed.out, "'price' moved from byte 8 to byte 0"));
}

TEST_CASE("option --since reports only what changed lines touch") {
  const Project project;
  project.write("other.hpp",
                "#pragma once\nstruct Other {\n  bool a;\n  double b;\n  bool c;\n};\n");
  project.write("a.cpp",
                "#include \"order.hpp\"\n#include \"other.hpp\"\nOrder a[64];\nOther o[64];\n");
  project.git({"init", "-q"});
  project.git({"add", "-A"});
  project.git({"commit", "-q", "-m", "one"});
  const ProgramResult nothing = project.snug({"check", "--since", "HEAD"});
  CHECK(nothing.exit_status == 0);
  CHECK(contains(nothing.err, "2 on what did not change"));
  project.write("other.hpp",
                "#pragma once\nstruct Other {\n  bool a;\n  double b;\n  bool d;\n};\n");
  const ProgramResult one = project.snug({"check", "--since", "HEAD"});
  CHECK(one.exit_status == 1);
  CHECK(contains(one.out, "'Other'"));
  CHECK(!contains(one.out, "'Order'"));
  const ProgramResult unknown = project.snug({"check", "--since", "nowhere"});
  CHECK(unknown.exit_status == 2);
  CHECK(contains(unknown.err, "git knows no such revision"));
}

TEST_CASE("show and list follow marks and configuration") {
  const Project project;
  CHECK(contains(project.snug({"show", "Order"}).out, "16 bytes"));
  project.write(".snug.toml", "[[budget]]\ntypes = \"Order\"\nfrozen = true\n");
  CHECK(!contains(project.snug({"show", "Order"}).out, "16 bytes"));
  CHECK(contains(project.snug({"list", "--format", "json"}).out, "\"saved_each\":0") !=
        contains(project.snug({"list", "--format", "json"}).out, "\"saved_each\":8"));
}

TEST_CASE("fix leaves alone what marks and configuration protect") {
  const Project project;
  REQUIRE(contains(project.snug({"fix", "--dry-run"}).out, "+++ "));
  project.write("order.hpp", "#pragma once\n// snug: ignore(padding): three of them\n" + wasteful);
  CHECK(!contains(project.snug({"fix", "--dry-run"}).out, "+++ "));
  project.write("order.hpp", "#pragma once\n// snug: frozen\n" + wasteful);
  CHECK(!contains(project.snug({"fix", "--dry-run"}).out, "+++ "));
  project.write("order.hpp", "#pragma once\n" + wasteful);
  project.write(".snug.toml", "public-headers = [\"*.hpp\"]\n");
  CHECK(!contains(project.snug({"fix", "--dry-run"}).out, "+++ "));
  CHECK(contains(project.snug({"fix", "--dry-run", "--safety", "abi"}).out, "+++ "));
  project.write(".snug.toml", "checks = [\"-padding\"]\n");
  CHECK(!contains(project.snug({"fix", "--dry-run"}).out, "+++ "));
}

TEST_CASE("a header that C and C++ share has one layout, however they spell its types") {
  const Project project;
  project.write(
      "shared.h",
      "#pragma once\n#include <stdbool.h>\nstruct point { int x, y; };\n"
      "typedef struct { int kind;\n  union { long long i; bool b; struct point *p; } value;\n"
      "} argument;\n");
  project.write("c.c", "#include \"shared.h\"\nargument in_c;\n");
  project.write("cpp.cpp", "#include \"shared.h\"\nargument in_cpp;\n");
  project.write_database({"c.c", "cpp.cpp"});
  const ProgramResult result = project.snug({"check", "--checks", "odr-layout"});
  CHECK(result.ok());
  CHECK(contains(result.out + result.err, "nothing to report"));
}
