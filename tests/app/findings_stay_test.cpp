// A finding never depends on its fix: what the program reports is the same however much is proven.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;
using Json = nlohmann::json;

namespace {

struct Project : ScratchFolder {
  Project() { write(".git/HEAD", ""); }

  [[nodiscard]] ProgramResult run(Words words) const {
    words.insert(words.begin(), SNUG_PROGRAM);
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(300);
    return run_program(words, options);
  }

  /// The report of `snug check --format json` with these words added.
  [[nodiscard]] Json report(Words words) const {
    words.insert(words.begin(), {"check", "--format", "json", "--level", "note"});
    const ProgramResult result = run(words);
    INFO(result.err);
    REQUIRE((result.exit_status == 0 || result.exit_status == 1));
    return Json::parse(result.out);
  }
};

/// "check record", one a line, sorted as reported.
std::string findings_of(const Json& report) {
  std::string text;
  for (const Json& finding : report.at("findings")) {
    text += finding.at("check").get<std::string>() + " " + finding.at("record").get<std::string>() +
            "\n";
  }
  return text;
}

const Json& only_fix(const Json& report) {
  REQUIRE(report.at("findings").size() == 1);
  REQUIRE(report.at("findings")[0].at("fixes").size() == 1);
  return report.at("findings")[0].at("fixes")[0];
}

const char* const nodes =
    "#include <cstdint>\n"
    "template <class T> struct Node { bool used; T value; std::uint8_t age; Node* next; bool "
    "pinned; };\n";

}  // namespace

TEST_CASE("a template that dependent code builds by position is found, with the reason") {
  const Project project;
  project.write("a.cpp",
                nodes + std::string("template <class T> Node<T>* make(T v, Node<T>* next) { "
                                    "return new Node<T>{true, v, 0, next, false}; }\n"
                                    "Node<int>* f(Node<int>* n) { return make(1, n); }\n"));
  const Json report = project.report({"a.cpp", "--", "-std=c++20"});
  const Json& fix = only_fix(report);
  CHECK(fix.at("safety") == "refused");
  CHECK(fix.at("edits").empty());
  CHECK(fix.at("proof").is_null());
  const auto reason = fix.at("reasons").at(0).get<std::string>();
  CAPTURE(reason);
  CHECK(reason.starts_with("no edit: a.cpp:3 builds it by position"));
  CHECK(report.at("findings")[0].at("bytes_saved").get<int>() >= 8);
}

TEST_CASE("a template that is built by position with its arguments written out is rewritten") {
  const Project project;
  project.write("a.cpp", nodes + std::string("Node<int> f(Node<int>* n) { return {true, 1, 0, n, "
                                             "false}; }\n"));
  const ProgramResult fixed = project.run({"fix", "a.cpp", "--", "-std=c++20"});
  INFO(fixed.out + fixed.err);
  CHECK(fixed.exit_status == 0);
  CHECK(project.read("a.cpp").find("{true, 1, 0, n, false}") == std::string::npos);
  CHECK(project.run({"check", "a.cpp", "--", "-std=c++20"}).exit_status == 0);
}

TEST_CASE("a fix that cannot compile does not take another of its batch with it") {
  const Project project;
  project.write("a.cpp",
                "#include <cstdint>\n#include <cstddef>\nnamespace hl {\n"
                "template <class T> struct Node { bool used; T value; std::uint8_t age; Node* "
                "next; bool pinned; };\n"
                "template <class T> class Pool {\n"
                "  bool dirty_ = false; Node<T>* head_ = nullptr; std::uint16_t gen_ = 0; "
                "std::size_t count_ = 0;\npublic:\n"
                "  void add(T v) { head_ = new Node<T>{true, v, 0, head_, false}; ++count_; "
                "dirty_ = true; }\n};\n}\nhl::Pool<int> a; void f(){ a.add(1); }\n");
  const Json report = project.report({"a.cpp", "--", "-std=c++20"});
  std::map<std::string, std::string> safety;
  for (const Json& finding : report.at("findings")) {
    if (finding.at("check") != "padding") continue;
    const auto message = finding.at("message").get<std::string>();
    safety[message.substr(0, message.find(' '))] = finding.at("fixes")[0].at("safety");
  }
  CHECK(safety == std::map<std::string, std::string>{{"'hl::Node<int>'", "refused"},
                                                     {"'hl::Pool<int>'", "safe"}});
}

TEST_CASE("an alignment is written as every unit that reads the header understands it") {
  const std::string main =
      "#include \"pool.h\"\n#include <pthread.h>\nstatic struct pool the_pool;\n"
      "static void *give(void *a) { for (int i = 0; i < 1000000; ++i) "
      "atomic_fetch_add(&the_pool.given, 1); return a; }\n"
      "static void *take(void *a) { for (int i = 0; i < 1000000; ++i) "
      "atomic_fetch_add(&the_pool.taken, 1); return a; }\n"
      "int main(void) {\n  pthread_t a, b;\n  pthread_create(&a, NULL, give, NULL);\n"
      "  pthread_create(&b, NULL, take, NULL);\n  pthread_join(a, NULL);\n"
      "  pthread_join(b, NULL);\n}\n";
  struct Case {
    std::string name, before, flag, words;
  };
  for (const Case& one :
       {Case{"C11", "", "-std=c11", "_Alignas(64) "}, Case{"C23", "", "-std=c23", "alignas(64) "},
        Case{"C11 with the macro", "#include <stdalign.h>\n", "-std=c11", "alignas(64) "},
        Case{"a header for both", "#ifdef __cplusplus\n#include <atomic>\n#endif\n", "-std=c11",
             "__attribute__((aligned(64))) "}}) {
    CAPTURE(one.name);
    const Project project;
    project.write("pool.h", "#pragma once\n" + one.before +
                                "#include <stdatomic.h>\nstruct pool {\n  atomic_long given;\n  "
                                "atomic_long taken;\n};\n");
    project.write("main.c", main);
    const Json report =
        project.report({"--checks", "false-sharing", "main.c", "--", one.flag, "-pthread"});
    const Json& fix = only_fix(report);
    CAPTURE(fix.dump());
    CHECK(fix.at("safety") != "refused");
    REQUIRE(fix.at("edits").size() == 1);
    CHECK(fix.at("edits")[0].at("text") == one.words);
  }
}

TEST_CASE("the findings are the same for every --prove, and none of them says that it is proven") {
  const Project project;
  project.write("a.cpp",
                nodes + std::string("template <class T> Node<T>* make(T v) { return new "
                                    "Node<T>{true, v, 0, nullptr, false}; }\n"
                                    "struct Order { bool a; double b; bool c; };\nOrder o;\n"
                                    "Node<int>* f() { return make(1); }\n"));
  const Json all = project.report({"--prove", "all", "a.cpp", "--", "-std=c++20"});
  REQUIRE(all.at("findings").size() >= 2);
  for (const char* prove : {"0", "1", "2"}) {
    const Json report = project.report({"--prove", prove, "a.cpp", "--", "-std=c++20"});
    CHECK(findings_of(report) == findings_of(all));
    if (std::string_view(prove) != "0") continue;
    for (const Json& finding : report.at("findings")) {
      for (const Json& fix : finding.at("fixes")) {
        CHECK(fix.at("safety") == "refused");
        CHECK(fix.at("edits").empty());
        CHECK(fix.at("proof").is_null());
      }
    }
  }
}

TEST_CASE("a part is proven with the flags of its scan") {
  const Project project;
  project.write("inc/s.hpp", "struct S {\n  char a;\n  WIDE b;\n  char c;\n};\n");
  project.write("a.cpp", "#include <s.hpp>\nS s;\nS more[100];\n");
  project.write_database({"a.cpp"}, {"-std=c++20", "-Iinc", "-DWIDE=long"});
  REQUIRE(project.run({"scan", "-o", "part.snug"}).exit_status == 0);
  std::filesystem::remove(project.path("compile_commands.json"));
  const Json report = project.report({"part.snug"});
  CHECK(only_fix(report).at("proof").at("verified") == true);

  // Elsewhere the unit does not compile: the finding stays, and the unit is named.
  std::filesystem::rename(project.path("inc/s.hpp"), project.path("inc/t.hpp"));
  project.write("b.hpp", project.read("inc/t.hpp"));
  const ProgramResult moved = project.run({"check", "part.snug", "--level", "note"});
  INFO(moved.out + moved.err);
  CHECK(moved.out.find("'S' wastes") != std::string::npos);
  CHECK(moved.out.find("fix (") == std::string::npos);
}

TEST_CASE("a unit that could not be read lowers the fixes of what it may use") {
  const Project project;
  project.write("s.hpp", "#pragma once\nstruct S {\n  char a;\n  long b;\n  char c;\n};\n");
  project.write("a.cpp",
                "#include \"s.hpp\"\nS s[100];\nstruct Own { char a; long b; char c; };\n"
                "Own own[100];\n");
  project.write("b.cpp", "#include \"s.hpp\"\n#error no\n");
  project.write_database({"a.cpp", "b.cpp"});
  const Json report = project.report({"--keep-going"});
  REQUIRE(report.at("findings").size() == 2);
  for (const Json& finding : report.at("findings")) {
    const Json& fix = finding.at("fixes").at(0);
    CAPTURE(fix.dump());
    const bool shared = finding.at("location").at("file") == "s.hpp";
    CHECK(fix.at("safety") == (shared ? "review" : "safe"));
    if (shared) CHECK(fix.at("reasons")[0] == "1 unit that may use it could not be read");
  }
  CHECK(report.at("summary").at("left_out").at("units_failed") == 1);
}

TEST_CASE("a run without a record says so, and what was left out") {
  const Project project;
  project.write("a.cpp", "#include \"lib/s.hpp\"\nint main() { return 0; }\n");
  project.write("lib/s.hpp", "struct S { char a; long b; char c; };\nstruct T { char a; };\n");
  const ProgramResult none = project.run({"check", "--exclude", "lib", "a.cpp", "--"});
  INFO(none.err);
  CHECK(none.exit_status == 0);
  CHECK(none.err.find("no record is reported: the units that were read define none below " +
                      project.path()) != std::string::npos);
  CHECK(none.err.find("not reported: 1 file that --exclude or .snug.toml names") !=
        std::string::npos);
}

TEST_CASE("a second run of fix has nothing left to do") {
  const Project project;
  project.write("two.hpp",
                "#pragma once\n#include <memory>\nstruct Pool { int n = 0; };\n"
                "using Held = std::shared_ptr<Pool>;\n"
                "struct Inner { int take(Held p) const { return p->n; } };\n"
                "struct Outer { Inner in; int take(Held p) const { return in.take(p); } };\n"
                "struct Third { Outer in; int take(Held p) const { return in.take(p); } };\n");
  project.write("two.cpp",
                "#include \"two.hpp\"\nint main() { Third o; auto h = std::make_shared<Pool>(); "
                "return o.take(h); }\n");
  project.write_database({"two.cpp"});
  const ProgramResult first = project.run({"fix"});
  INFO(first.out + first.err);
  CHECK(first.exit_status == 0);
  const std::string text = project.read("two.hpp");
  CHECK(text.find("take(Held p)") == std::string::npos);
  CHECK(project.run({"fix"}).out == "snug: 0 fixes applied in 0 files\n");
  CHECK(project.read("two.hpp") == text);
}

TEST_CASE("types of an offered header are of safety abi until the configuration says otherwise") {
  const Project project;
  project.write("include/s.hpp", "#pragma once\nstruct S {\n  char a;\n  long b;\n  char c;\n};\n");
  project.write("src/a.cpp", "#include \"../include/s.hpp\"\nS s[100];\n");
  project.write_database({"src/a.cpp"});
  const Json before = project.report({});
  CHECK(only_fix(before).at("safety") == "abi");
  CHECK(only_fix(before).at("reasons")[0].get<std::string>().find("public-headers = []") !=
        std::string::npos);
  project.write(".snug.toml", "public-headers = []\n");
  CHECK(only_fix(project.report({})).at("safety") == "safe");
}

TEST_CASE("what C or other binaries see is of safety abi, from units of both languages") {
  const Project project;
  project.write("api.h",
                "#ifdef __cplusplus\nextern \"C\" {\n#endif\nstruct options {\n  char quick;\n  "
                "long limit;\n  char wide;\n};\nint run(struct options *o);\n#ifdef "
                "__cplusplus\n}\n#endif\n");
  project.write("c.c",
                "#include \"api.h\"\nint run(struct options *o) { return (int)o->limit; }\n");
  project.write("cxx.cpp", "#include \"api.h\"\nint f(options *o) { return (int)o->limit; }\n");
  for (const char* file : {"c.c", "cxx.cpp"}) {
    CAPTURE(file);
    CHECK(only_fix(project.report({file, "--"})).at("safety") == "abi");
  }
  project.write("exported.cpp",
                "class __attribute__((visibility(\"default\"))) Printer {\n public:\n  int depth() "
                "const { return depth_ + open_ + first_; }\n private:\n  bool open_ = false;\n  "
                "double* stack_ = nullptr;\n  bool first_ = true;\n  int depth_ = 0;\n  char* out_ "
                "= nullptr;\n  int text_ = 0;\n};\nPrinter printer;\n");
  CHECK(only_fix(project.report({"exported.cpp", "--", "-fvisibility=hidden"})).at("safety") ==
        "abi");
}

TEST_CASE("the option -o never overwrites what the run reads") {
  const Project project;
  project.write("s.hpp", "struct S { char a; long b; };\n");
  project.write("a.cpp", "#include \"s.hpp\"\nS s;\n");
  project.write_database({"a.cpp"});
  std::filesystem::create_symlink(project.path("a.cpp"), project.path("link.cpp"));
  REQUIRE(project.run({"scan", "-o", "part.snug"}).exit_status == 0);
  const std::string part = project.read("part.snug");
  for (const Words& words :
       {Words{"check", "-o", "a.cpp"}, Words{"check", "-o", "s.hpp"},
        Words{"check", "-o", "link.cpp"}, Words{"check", "-o", "compile_commands.json"},
        Words{"scan", "-o", "a.cpp"}, Words{"list", "-o", "./s.hpp"},
        Words{"show", "S", "-o", "a.cpp"}, Words{"fix", "--dry-run", "-o", "a.cpp"},
        Words{"check", "part.snug", "-o", "part.snug"}, Words{"check", "--write-baseline", "a.cpp"},
        Words{"diff", "part.snug", "part.snug", "-o", "part.snug"}}) {
    CAPTURE(words);
    const ProgramResult result = project.run(words);
    CHECK(result.exit_status == 2);
    CHECK(result.err.find("is read by the run and is not overwritten") != std::string::npos);
  }
  CHECK(project.read("a.cpp") == "#include \"s.hpp\"\nS s;\n");
  CHECK(project.read("s.hpp") == "struct S { char a; long b; };\n");
  CHECK(project.read("part.snug") == part);
  CHECK(project.run({"check", "-o", "report.txt"}).exit_status == 0);
}
