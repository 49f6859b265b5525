// The whole program, run as a user runs it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

const std::string_view wasteful =
    "#pragma once\n"
    "struct Order {\n"
    "  bool live;\n"
    "  double price;\n"
    "  bool hidden;\n"
    "  double limit;\n"
    "};\n"
    "struct Book {\n"
    "  Order best;\n"
    "  long count;\n"
    "};\n";

/// Two units that use one header, and a database.
struct Project : ScratchFolder {
  Project() {
    write("order.hpp", wasteful);
    write("a.cpp", "#include \"order.hpp\"\nOrder a[64];\nBook book;\n");
    write("b.cpp", "#include \"order.hpp\"\ndouble b(const Order& o) { return o.price; }\n");
    write_database({"a.cpp", "b.cpp"});
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

TEST_CASE("check reports a finding with status 1") {
  const Project project;
  const ProgramResult result = project.snug({"check"});
  CHECK(result.exit_status == 1);
  CHECK(result.out.starts_with("order.hpp:2:8: warning: "));
  CHECK(result.out.find("[padding]") != std::string::npos);
  CHECK(result.out.find("verified in 1 of the 2 units") != std::string::npos);
  CHECK(result.err.find("snug: 1 warning; 2 records in 2 units") != std::string::npos);
}

TEST_CASE("option --fail-on and --checks decide the exit status") {
  const Project project;
  CHECK(project.snug({"check", "--fail-on", "never"}).exit_status == 0);
  CHECK(project.snug({"check", "--checks", "-padding"}).exit_status == 0);
  const ProgramResult wrong = project.snug({"check", "--checks", "paddign"});
  CHECK(wrong.exit_status == 2);
  CHECK(wrong.err.find("did you mean 'padding'?") != std::string::npos);
  CHECK(project.snug({"check", "--option", "padding.min-bytes=9"}).exit_status == 0);
}

TEST_CASE("a JSON report keeps to the schema and proves its fix") {
  const Project project;
  const ProgramResult result = project.snug({"check", "--format", "json", "-o", "report.json"});
  CHECK(result.exit_status == 1);
  CHECK(result.out.empty());
  const std::string text = project.read("report.json");
  CHECK(schema_error(text).empty());
  const json report = json::parse(text);
  REQUIRE(report["findings"].size() == 1);
  const json& finding = report["findings"][0];
  CHECK(finding["check"] == "padding");
  CHECK(finding["bytes_saved"] == 8);
  CHECK(finding["location"]["file"] == "order.hpp");
  const json& proof = finding["fixes"][0]["proof"];
  CHECK(proof["verified"] == true);
  CHECK(proof["units_using"] == 2);
  CHECK(proof["size_before"] == 32);
  CHECK(proof["size_after"] == 24);
  CHECK(proof["knock_on"][0]["record"] == "Book");
  CHECK(report["summary"]["records"] == 2);
}

TEST_CASE("the same bytes come out for every -j and any order of the database") {
  const Project project;
  const std::string one = project.snug({"check", "--format", "json", "-j", "1"}).out;
  const std::string four = project.snug({"check", "--format", "json", "-j", "4"}).out;
  project.write_database({"b.cpp", "a.cpp"});
  const std::string swapped = project.snug({"check", "--format", "json"}).out;
  CHECK(one.size() > 500);
  CHECK(one == four);
  CHECK(one == swapped);
}

TEST_CASE("a unit that does not compile is named, the others are reported, the status is 2") {
  const Project project;
  project.write("broken.cpp", "#include \"order.hpp\"\nOrdre x;\n");
  project.write_database({"a.cpp", "b.cpp", "broken.cpp"});
  const ProgramResult result = project.snug({"check", "--format", "json"});
  CHECK(result.exit_status == 2);
  CHECK(result.err.find("broken.cpp") != std::string::npos);
  CHECK(result.err.find("Ordre") != std::string::npos);
  CHECK(schema_error(result.out).empty());
  const json report = json::parse(result.out);
  CHECK(report["summary"]["units_failed"] == 1);
  CHECK(report["findings"].size() == 1);
  CHECK(project.snug({"check", "--keep-going"}).exit_status == 1);
}

TEST_CASE("when every unit fails the status is 2, --keep-going or not") {
  const ScratchFolder folder;
  folder.write("a.cpp", "int x = ;\n");
  const ProgramResult result =
      run_program({SNUG_PROGRAM, "check", folder.path("a.cpp"), "--keep-going", "--"});
  CHECK(result.exit_status == 2);
  CHECK(result.err.find("a.cpp") != std::string::npos);
}

TEST_CASE("databases that are missing, empty or broken are told with status 2") {
  const ScratchFolder folder;
  const auto check = [&](std::string_view text) {
    folder.write("compile_commands.json", text);
    return run_program({SNUG_PROGRAM, "check", "-p", folder.path()});
  };
  for (const std::string_view text : {"", "[]", "[", "{\"a\": 1}", "[{\"file\": 1}]"}) {
    const ProgramResult result = check(text);
    INFO(text << " -> " << result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.err.find("compile_commands.json") != std::string::npos);
  }
  const ProgramResult none = run_program({SNUG_PROGRAM, "check", "-p", folder.path("nowhere")});
  CHECK(none.exit_status == 2);
  CHECK(none.err.find("nowhere") != std::string::npos);
}

TEST_CASE("files without a database are compiled with the flags behind --") {
  const Project project;
  project.write("c.cpp", "#ifdef ON\n#include \"order.hpp\"\nOrder order[64];\n#endif\n");
  CHECK(project.snug({"check", "c.cpp", "--", "-DON"}).exit_status == 1);
  CHECK(project.snug({"check", "c.cpp", "--"}).exit_status == 0);
  const ProgramResult missing = project.snug({"check", "no-such.cpp", "--"});
  CHECK(missing.exit_status == 2);
  CHECK(missing.err.find("no-such.cpp") != std::string::npos);
  CHECK(project.snug({"check", "--", "-DON"}).exit_status == 2);
}

TEST_CASE("a header selects one unit and restricts the report") {
  const Project project;
  project.write("other.hpp", "struct Other { char a; double b; char c; double d; };\n");
  project.write("a.cpp",
                "#include \"order.hpp\"\n#include \"other.hpp\"\nOrder a[64]; Other o[64];\n");
  const json report = json::parse(project.snug({"check", "other.hpp", "--format", "json"}).out);
  REQUIRE(report["records"].size() == 1);
  CHECK(report["records"][0]["name"] == "Other");
}

TEST_CASE("option -o that cannot be written is an error before anything is scanned") {
  const Project project;
  for (const std::string& output : {std::string("no/such/folder/x.json"), project.path()}) {
    const ProgramResult result = project.snug({"check", "-o", output});
    INFO(result.err);
    CHECK(result.exit_status == 2);
    CHECK(result.err.find("cannot write") != std::string::npos);
  }
  CHECK(project.snug({"check", "-o", "/dev/null"}).exit_status == 1);
  CHECK(std::filesystem::is_character_file("/dev/null"));
}

TEST_CASE("a full disk behind standard output is an error") {
  const Project project;
  const ProgramResult result = run_program(
      {"/bin/sh", "-c", "exec \"$0\" check -p \"$1\" > /dev/full", SNUG_PROGRAM, project.path()});
  CHECK(result.exit_status == 2);
  CHECK(result.err.find("cannot write to standard output") != std::string::npos);
}

TEST_CASE("a closed pipe ends the program without noise") {
  const Project project;
  const ProgramResult result =
      run_program({"/bin/sh", "-c", "\"$0\" list -p \"$1\" | true", SNUG_PROGRAM, project.path()});
  CHECK(result.err.find("internal error") == std::string::npos);
  CHECK(result.err.find("terminate") == std::string::npos);
}

TEST_CASE("scan and check of the parts give the same report as one run") {
  const Project project;
  CHECK(project.snug({"scan", "--shard", "1/2", "-o", "1.snug"}).exit_status == 0);
  CHECK(project.snug({"scan", "--shard", "2/2", "-o", "2.snug"}).exit_status == 0);
  const ProgramResult merged = project.snug({"check", "2.snug", "1.snug", "--format", "json"});
  const ProgramResult whole = project.snug({"check", "--format", "json"});
  CHECK(merged.exit_status == 1);
  CHECK(merged.out == whole.out);
  project.write("bad.snug", "not a model");
  const ProgramResult bad = project.snug({"check", "bad.snug"});
  CHECK(bad.exit_status == 2);
  CHECK(bad.err.find("bad.snug") != std::string::npos);
  CHECK(project.snug({"scan"}).err.find("needs -o") != std::string::npos);
}

TEST_CASE("show draws a record with its better order, and lists several") {
  const Project project;
  project.write("c.cpp",
                "namespace web { struct Order { int id; }; }\n"
                "template <class T> struct Vec { char c; T t; };\n"
                "web::Order order; Vec<int> a; Vec<long> b;\n");
  project.write_database({"a.cpp", "c.cpp"});
  const ProgramResult book = project.snug({"show", "web::Order"});
  CHECK(book.exit_status == 0);
  CHECK(book.out.find("struct web::Order  c.cpp:1:") != std::string::npos);
  const ProgramResult both = project.snug({"show", "Vec"});
  CHECK(both.exit_status == 0);
  CHECK(both.out.find("'Vec' names 2 records") != std::string::npos);
  CHECK(both.out.find("Vec<int>") != std::string::npos);
  CHECK(project.snug({"show", "Vec<int>"}).out.find("3 bytes of padding") != std::string::npos);

  const ProgramResult order = project.snug({"show", "::Order", "a.cpp"});
  CHECK(order.out.find("suggested layout: 24 bytes (saves 8)") != std::string::npos);
  CHECK(order.out.find("verified in the only unit") != std::string::npos);

  const ProgramResult none = project.snug({"show", "Ordre"});
  CHECK(none.exit_status == 2);
  CHECK(none.err.find("did you mean") != std::string::npos);
  const std::string text = project.snug({"show", "Book", "--format", "json"}).out;
  CHECK(schema_error(text).empty());
  CHECK(json::parse(text)["records"].size() == 1);
}

TEST_CASE("show lays a record out for several targets") {
  const Project project;
  const ProgramResult result =
      project.snug({"show", "Book", "a.cpp", "--targets", "x86_64-linux-gnu,i686-linux-gnu", "--",
                    "-std=c++20"});
  INFO(result.err);
  CHECK(result.exit_status == 0);
  CHECK(result.out.find("[2] i386") != std::string::npos);
  CHECK(result.out.find("= size") != std::string::npos);
}

TEST_CASE("list ranks records") {
  const Project project;
  const ProgramResult result = project.snug({"list", "--top", "1"});
  CHECK(result.exit_status == 0);
  CHECK(result.out.find("Order") != std::string::npos);
  CHECK(result.out.find("... and 1 more") != std::string::npos);
  const json sizes = json::parse(project.snug({"list", "--sort", "size", "--format", "json"}).out);
  REQUIRE(sizes["records"].size() == 2);
  CHECK(sizes["records"][0]["name"] == "Book");
  CHECK(sizes["records"][1]["saved_each"] == 8);
}

TEST_CASE("explain tells checks and commands, and hints at misspelt ones") {
  const auto explain = [](Words words) {
    words.insert(words.begin(), {SNUG_PROGRAM, "explain"});
    return run_program(words);
  };
  CHECK(explain({"padding"}).out.starts_with("padding: "));
  CHECK(explain({"--list"}).out.find("padding") != std::string::npos);
  CHECK(explain({"padding", "--man"}).out.starts_with(".TH SNUG-PADDING 7 "));
  const ProgramResult wrong = explain({"pading"});
  CHECK(wrong.exit_status == 2);
  CHECK(wrong.err.find("did you mean 'padding'?") != std::string::npos);
  CHECK(explain({}).exit_status == 2);
}

TEST_CASE("help, version and wrong usage") {
  const ProgramResult nothing = run_program({SNUG_PROGRAM});
  CHECK(nothing.exit_status == 2);
  CHECK(nothing.err.find("Usage: snug") != std::string::npos);
  const ProgramResult version = run_program({SNUG_PROGRAM, "--version"});
  CHECK(version.exit_status == 0);
  CHECK(version.out.starts_with("snug 0."));
  for (const std::string command : {"check", "show", "list", "scan", "explain"}) {
    const ProgramResult help = run_program({SNUG_PROGRAM, command, "--help"});
    CHECK(help.exit_status == 0);
    CHECK(help.out.starts_with("Usage: snug " + command));
    CHECK(help.out == run_program({SNUG_PROGRAM, "help", command}).out);
  }
  const ProgramResult wrong = run_program({SNUG_PROGRAM, "chekc"});
  CHECK(wrong.exit_status == 2);
  CHECK(wrong.err.find("did you mean 'check'?") != std::string::npos);
}

TEST_CASE("odd arguments are answered, not crashed on") {
  const Project project;
  const std::string huge(100000, 'x');
  for (const Words& words :
       {Words{huge}, Words{"check", "--" + huge}, Words{"check", huge}, Words{"show", huge},
        Words{"check", "--checks", huge}, Words{"check", "-p", huge}, Words{"check", ""},
        Words{"explain", huge}, Words{"show", "\xff\xfe"}, Words{"check", "-"}}) {
    const ProgramResult result = project.snug(words);
    INFO(words.front().substr(0, 20) << " " << words.back().substr(0, 20));
    CHECK(result.exit_status == 2);
    CHECK(result.err.find("internal error") == std::string::npos);
  }
}
