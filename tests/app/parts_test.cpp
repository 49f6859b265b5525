// Scanned in one folder, merged anywhere, checked in another folder.
#include <catch2/catch.hpp>

#include <filesystem>

#include "base/process.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

namespace {

/// A project with what names files: unnamed types, lambdas, C records, flags, two configurations.
struct Checkout : ScratchFolder {
  explicit Checkout(const std::string& folder) : root(path(folder)) {
    const auto put = [&](const std::string& name, const std::string& text) {
      write(folder + "/" + name, text);
    };
    put("inc/order.hpp",
        "#pragma once\n#include <vector>\nstruct Order { bool live; double price; bool hidden; };\n"
        "typedef struct { char a; struct { char b; long c; char d; } in[8]; char e; } Unnamed;\n"
        "struct Book { std::vector<Order> orders; };\n");
    put("a.cpp",
        "#include <order.hpp>\nOrder a[100];\nUnnamed u[10];\n"
        "auto f = [] { struct Local { char a; long b; char c; } l[50]; return l[0].b; };\n");
    put("b.cpp",
        "#include <order.hpp>\n#ifdef WIDE\nstruct W { char a; long b; char c; } w[9];\n"
        "#endif\nBook book;\n");
    put("c.c", "struct own { char a; long b; char c; };\nstruct own own[7];\n");
    std::string database = "[";
    const auto entry = [&](const std::string& file, const std::string& flags) {
      database += (database.size() > 1 ? "," : "") + std::string("{\"directory\":\"") + root +
                  "\",\"file\":\"" + root + "/" + file + "\",\"command\":\"" + flags + " -I" +
                  root + "/inc -c " + root + "/" + file + "\"}";
    };
    entry("a.cpp", "c++ -std=c++20");
    entry("b.cpp", "c++ -std=c++20");
    entry("b.cpp", "c++ -std=c++20 -DWIDE=1");
    entry("c.c", "cc -std=c11");
    put("compile_commands.json", database + "]");
  }

  [[nodiscard]] ProgramResult snug(Words words, const std::string& from = "") const {
    words.insert(words.begin(), SNUG_PROGRAM);
    ProgramOptions options;
    options.directory = from.empty() ? root : from;
    options.timeout = std::chrono::seconds(300);
    return run_program(words, options);
  }

  std::string root;
};

const Words json = {"--format", "json", "--level", "note", "--fail-on", "never"};

Words with_json(Words words) {
  words.insert(words.end(), json.begin(), json.end());
  return words;
}

}  // namespace

TEST_CASE("a scan of one checkout, checked in another, gives the report of that one") {
  const Checkout here("x/deep/here"), there("there");
  REQUIRE(here.snug({"scan", "-o", "all.snug"}).exit_status == 0);
  const ProgramResult whole = there.snug(with_json({"check"}));
  REQUIRE(whole.exit_status == 0);
  REQUIRE(whole.out.find("\"verified\":true") != std::string::npos);
  const std::string part = here.path("x/deep/here/all.snug");
  CHECK(there.snug(with_json({"check", part, "--root", "."})).out == whole.out);

  // The first checkout is gone: the sources are found from where the user stands.
  fs::rename(part, there.path("all.snug"));
  fs::remove_all(here.root);
  const ProgramResult found = there.snug(with_json({"check", "../all.snug"}));
  CHECK(found.out == whole.out);
  CHECK(found.err.find("changed since") == std::string::npos);
  CHECK(there.snug({"fix", "../all.snug", "--dry-run"}).out ==
        there.snug({"fix", "--dry-run"}).out);
  CHECK(there.snug({"list", "../all.snug", "--format", "json"}).out ==
        there.snug({"list", "--format", "json"}).out);
}

TEST_CASE("shards of several checkouts, merged in any way, give one report") {
  const Checkout one("one"), two("two"), three("three");
  REQUIRE(one.snug({"scan", "--shard", "1/3", "-o", one.path("1.snug")}).exit_status == 0);
  REQUIRE(two.snug({"scan", "--shard", "2/3", "-o", one.path("2.snug")}).exit_status == 0);
  REQUIRE(two.snug({"scan", "--shard", "3/3", "-o", one.path("3.snug")}).exit_status == 0);
  const std::string folder = one.path();
  REQUIRE(one.snug({"merge", "1.snug", "2.snug", "3.snug", "-o", "all.snug"}, folder).exit_status ==
          0);
  REQUIRE(one.snug({"merge", "3.snug", "1.snug", "-o", "13.snug"}, folder).exit_status == 0);
  REQUIRE(one.snug({"merge", "13.snug", "2.snug", "-o", "again.snug"}, folder).exit_status == 0);
  CHECK(one.read("all.snug") == one.read("again.snug"));

  const ProgramResult whole = three.snug(with_json({"check"}));
  CHECK(three.snug(with_json({"check", folder + "/all.snug", "--root", "."})).out == whole.out);
  CHECK(three
            .snug(with_json({"check", folder + "/2.snug", folder + "/3.snug", folder + "/1.snug",
                             "--root", "."}))
            .out == whole.out);
}

TEST_CASE("bad parts of a merge are all named and nothing is written") {
  const Checkout project("p");
  REQUIRE(project.snug({"scan", "-o", "good.snug"}).exit_status == 0);
  const std::string good = project.read("p/good.snug");
  project.write("p/cut.snug", good.substr(0, good.size() / 2));
  project.write("p/other.snug", "{}");
  project.write("p/out.snug", "before");
  const ProgramResult result =
      project.snug({"merge", "cut.snug", "good.snug", "none.snug", "other.snug", "-o", "out.snug"});
  CHECK(result.exit_status == 2);
  CHECK(result.err.find("cut.snug: the part is damaged") != std::string::npos);
  CHECK(result.err.find("none.snug") != std::string::npos);
  CHECK(result.err.find("other.snug: not a part") != std::string::npos);
  CHECK(project.read("p/out.snug") == "before");
  CHECK(project.snug({"merge", "good.snug", "-o", "good.snug"}).exit_status == 2);
  CHECK(project.snug({"merge", "good.snug"}).exit_status == 2);
  CHECK(project.snug({"merge", "-o", "x.snug"}).exit_status == 2);
}

TEST_CASE("a part that was scanned with other [[known]] tables is told") {
  const Checkout project("p");
  REQUIRE(project.snug({"scan", "-o", "all.snug"}).exit_status == 0);
  CHECK(project.snug({"check", "all.snug"}).err.find("[[known]]") == std::string::npos);
  project.write("p/.snug.toml", "[[known.type]]\nname = \"my::vector\"\nrole = \"vector\"\n");
  CHECK(project.snug({"check", "all.snug"}).err.find("[[known]]") != std::string::npos);
}
