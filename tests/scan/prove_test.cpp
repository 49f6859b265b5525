// Edited sources are parsed for real: small projects of several files in a folder of their own.
#include "scan/proof/prove.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "analysis/reorder/reorder_edit.hpp"
#include "base/files.hpp"
#include "fix/prove_fixes.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parts/model_file.hpp"
#include "scan/proof/edited_sources.hpp"

namespace snug::test {
namespace {

using Names = std::vector<std::string>;

class ProofProject {
 public:
  ProofProject() {
    auto pattern = (std::filesystem::temp_directory_path() / "snug-prove-XXXXXX").string();
    folder_ = std::filesystem::canonical(mkdtemp(pattern.data())).string();
    options.root = folder_;
  }
  ~ProofProject() { std::filesystem::remove_all(folder_); }
  ProofProject(const ProofProject&) = delete;
  ProofProject& operator=(const ProofProject&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }

  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    std::ofstream(path(name)) << text;
    if (name.ends_with(".cpp") || name.ends_with(".c")) sources_.push_back(path(name));
  }

  void scan() {
    commands = commands_for_files(sources_, flags, folder_);
    model = scan_all(commands, options);
    for (const auto& unit : model.units) {
      CAPTURE(unit.file, unit.problems);
      REQUIRE(unit.status == UnitStatus::Ok);
    }
  }

  [[nodiscard]] const Record& record(const std::string& name) const {
    for (const auto& record : model.records) {
      if (record.name == name) return record;
    }
    throw std::runtime_error("no record " + name);
  }

  /// A fix that orders the fields as named and promises a size.
  [[nodiscard]] SuggestedFix fix(const std::string& name, const Names& wanted,
                                 std::uint64_t size) const {
    const auto& own = record(name);
    const auto slots = movable_slots(own);
    std::vector<std::uint32_t> order;
    for (const auto& field : wanted) {
      for (std::uint32_t i = 0; i < slots.size(); ++i) {
        if (slots[i]->name == field) order.push_back(i);
      }
    }
    const auto edit = reorder_edits(own, order, model, DiskFiles());
    CAPTURE(name, edit.refusals);
    REQUIRE(edit.refusals.empty());
    REQUIRE_FALSE(edit.edits.empty());
    SuggestedFix fix;
    fix.title = "Reorder the fields of '" + name + "'";
    fix.edits = edit.edits;
    fix.promise.sizes.push_back({own.id, own.name, own.size, size});
    return fix;
  }

  [[nodiscard]] Finding finding(const std::string& name, std::vector<SuggestedFix> fixes) const {
    Finding finding;
    finding.check = "padding";
    finding.record_id = record(name).id;
    finding.subject = name;
    finding.needs_proof = true;
    finding.fixes = std::move(fixes);
    return finding;
  }

  [[nodiscard]] ProofRun prove(std::vector<Finding> findings, ProofOptions proof = {2, 2}) const {
    return prove_fixes(std::move(findings), model, proof,
                       [&](const std::vector<ProofBatch>& batches) {
                         std::vector<ProofJob> jobs;
                         for (const auto& batch : batches) {
                           jobs.push_back({batch.unit, batch.edits, batch.record_ids});
                         }
                         return run_proofs(jobs, model, options);
                       });
  }

  Names flags{"-std=c++20"};
  ScanOptions options;
  std::vector<CompileCommand> commands;
  Model model;

 private:
  std::string folder_;
  Names sources_;
};

constexpr const char* kHeader =
    "#pragma once\n"
    "struct Order {\n"
    "  char side;\n"
    "  double price;\n"
    "  char state;\n"
    "};\n"
    "struct Trade {\n"
    "  bool open;\n"
    "  long id;\n"
    "  bool done;\n"
    "};\n";

bool is_proven(const Finding& finding) {
  return !finding.fixes.empty() && finding.fixes[0].proof && finding.fixes[0].proof->verified;
}

std::string reasons(const ProofRun& run) {
  std::string text;
  for (const auto& dropped : run.dropped) text += dropped.record + ": " + dropped.reason + "\n";
  return text;
}

}  // namespace

TEST_CASE("two findings of one header are proven together") {
  ProofProject project;
  project.write("inc/types.hpp", kHeader);
  project.write("src/a.cpp", "#include \"../inc/types.hpp\"\nOrder a; Trade t;\n");
  project.write("src/b.cpp", "#include \"../inc/types.hpp\"\nOrder b; Trade u;\n");
  project.write("src/c.cpp", "#include \"../inc/types.hpp\"\nOrder c;\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)}),
       project.finding("Trade", {project.fix("Trade", {"id", "open", "done"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 2);
  CHECK(run.reparses == 2);
  const auto& proof = *run.findings[0].fixes.at(0).proof;
  CHECK(proof.size_before == 24);
  CHECK(proof.size_after == 16);
  CHECK(proof.units_proven == 2);
  CHECK(proof.units_using == 3);
  CHECK(proof.knock_on.empty());
}

TEST_CASE("a size that another unit asserts drops the fix") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  project.write("a.cpp", "#include \"types.hpp\"\nOrder a; Trade t;\n");
  project.write("b.cpp", "#include \"types.hpp\"\nOrder b; Trade t;\n");
  project.write("z.cpp",
                "#include \"types.hpp\"\nTrade t;\nusing O = Order;\n"
                "static_assert(sizeof(O) == 24,\n              \"wire format\");\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)}),
       project.finding("Trade", {project.fix("Trade", {"id", "open", "done"}, 16)})},
      {0, 2});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 2);
  CHECK(run.findings[0].fixes.at(0).reasons ==
        Names{"no edit: static assertion failed due to requirement 'sizeof(Order) == 24': wire "
              "format at " +
              project.path("z.cpp") + ":4"});
  REQUIRE(is_proven(run.findings[1]));
  CHECK(run.findings[1].fixes[0].proof->units_proven == 3);
  REQUIRE(run.dropped.size() == 1);
  CHECK(run.dropped[0].record == "Order");
  CHECK(run.dropped[0].reason.find("static assertion failed") != std::string::npos);
}

TEST_CASE("an initialiser list that is left behind drops the fix") {
  ProofProject project;
  project.flags = {"-std=c++20", "-w"};
  project.write("s.hpp", "struct S {\n  S(char x);\n  char a;\n  double b;\n  char c;\n};\n");
  project.write("s.cpp", "#include \"s.hpp\"\nS::S(char x) : a(x), b(1), c(2) {}\n");
  project.scan();
  project.model.initializers.clear();  // As if it had not been seen.
  auto run = project.prove({project.finding("S", {project.fix("S", {"b", "a", "c"}, 16)})});
  REQUIRE(run.findings.size() == 1);
  CHECK_FALSE(is_proven(run.findings[0]));
  REQUIRE(run.dropped.size() == 1);
  CHECK(run.dropped[0].reason.find("new warning: ") != std::string::npos);

  project.scan();
  run = project.prove({project.finding("S", {project.fix("S", {"b", "a", "c"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(is_proven(run.findings[0]));
}

TEST_CASE("a designated initialiser in the old order drops the fix and is named") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  project.write("a.cpp",
                "#include \"types.hpp\"\nOrder a{.side = 'b', .price = 1.0, .state = 'x'};\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)})});
  REQUIRE(run.findings.size() == 1);
  CHECK_FALSE(is_proven(run.findings[0]));
  REQUIRE(run.dropped.size() == 1);
  CAPTURE(run.dropped[0].reason);
  CHECK(run.dropped[0].reason.find("a.cpp:2") != std::string::npos);
  CHECK(run.dropped[0].reason.find("designators") != std::string::npos);
}

TEST_CASE("flags that the front end does not know stand against no fix") {
  ProofProject project;
  project.flags.push_back("-fno-such-thing");
  project.write("types.hpp", kHeader);
  project.write("a.cpp", "#include \"types.hpp\"\nOrder a;\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(is_proven(run.findings[0]));
}

TEST_CASE("warnings that were there before do not count") {
  ProofProject project;
  project.flags = {"-std=c++20", "-Wall", "-Wextra"};
  project.write("s.cpp",
                "struct S {\n  S() : c(2), a(1), b(1) {}\n  char a;\n  double b;\n  char c;\n};\n"
                "int unused(S* s) { int never; return s->a; }\n");
  project.scan();
  project.model.initializers.clear();
  const auto run = project.prove({project.finding("S", {project.fix("S", {"a", "c", "b"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(is_proven(run.findings[0]));
}

TEST_CASE("warnings of the project are left out, errors that it takes back stay so") {
  // Both units are fine in the project. Only warnings about order and first reads are asked for in
  // a proof; what -Wno-... allows has to be allowed there as well.
  ProofProject project;
  project.flags = {"-std=c++20",        "-Weverything",      "-Werror=padded",
                   "-Wno-c++98-compat", "-Wno-error=padded", "-Wno-c++11-narrowing"};
  project.write("s.cpp",
                "struct S {\n  char a;\n  double b;\n  char c;\n};\n"
                "struct T { S s; char d; };\n"
                "int large();\nchar narrow[] = {static_cast<char>(1), 400};\n"
                "int read(S* s) { char one{large()}; return s->a + one; }\n");
  project.scan();
  const auto run = project.prove({project.finding("S", {project.fix("S", {"a", "c", "b"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(is_proven(run.findings[0]));
  CHECK(run.mute_units.empty());
  CHECK(run.batches == 1);
  CHECK(run.reparses == 1);  // nothing had to be compared
}

TEST_CASE("records that contain or derive are told with their sizes") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  project.write("book.cpp",
                "#include \"types.hpp\"\n"
                "struct Book { Order best[2]; int n; };\n"
                "struct Special : Order { int more; };\n"
                "namespace { struct Local { Order o; }; Local l; }\n"
                "template <class T> struct Box { T t; };\n"
                "Book b; Special s; Box<Order> box; Box<int> other;\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  const auto& knock_on = run.findings[0].fixes[0].proof->knock_on;
  std::string told;
  for (const auto& size : knock_on) {
    told +=
        size.record + " " + std::to_string(size.before) + "->" + std::to_string(size.after) + "\n";
  }
  CHECK(told ==
        "(anonymous namespace)::Local 24->16\nBook 56->40\nBox<Order> 24->16\nSpecial 32->24\n");
}

TEST_CASE("the second-best order is used where the best does not compile") {
  ProofProject project;
  project.write("s.hpp", "struct S {\n  char a;\n  double b;\n  char c;\n};\n");
  project.write("s.cpp", "#include \"s.hpp\"\nS s{.a = 1, .b = 2};\n");
  project.scan();
  const auto run = project.prove({project.finding(
      "S", {project.fix("S", {"b", "a", "c"}, 16), project.fix("S", {"c", "a", "b"}, 16)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  REQUIRE(run.dropped.size() == 1);
  CHECK(run.findings[0].fixes.size() == 1);
  CHECK(run.reparses == 3);  // the first unit once more, without the edits
}

TEST_CASE("templates, local and unnamed types are recognised after the edit") {
  ProofProject project;
  project.write("s.cpp",
                "template <class T> struct P {\n  char a;\n  T t;\n  char c;\n};\n"
                "P<double> d; P<int> i;\n"
                "namespace {\nstruct Hidden {\n  char a;\n  long b;\n  char c;\n};\n}\n"
                "typedef struct {\n  char a;\n  long b;\n  char c;\n} Plain;\n"
                "long f() {\n  struct Inner {\n    char a;\n    long b;\n    char c;\n  };\n"
                "  Hidden h{}; Plain p{};\n  return sizeof(Inner) + h.b + p.b;\n}\n");
  project.scan();
  auto p = project.fix("P<double>", {"t", "a", "c"}, 16);
  p.promise.sizes.push_back({project.record("P<int>").id, "P<int>", 12, 8});
  std::vector<Finding> findings{project.finding("P<double>", {p})};
  for (const auto& record : project.model.records) {
    const bool wanted = record.name.find("Hidden") != std::string::npos ||
                        record.name.find("Plain") != std::string::npos ||
                        record.name.find("Inner") != std::string::npos;
    if (wanted)
      findings.push_back(
          project.finding(record.name, {project.fix(record.name, {"b", "a", "c"}, 16)}));
  }
  CHECK(findings.size() == 4);
  const auto run = project.prove(findings);
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 4);
  CHECK(run.reparses == 1);
  CHECK(run.findings[0].fixes[0].proof->knock_on.size() == 1);
}

TEST_CASE("another instantiation of a template is not mistaken for the one in the model") {
  ProofProject project;
  project.write("std/pair.hpp",
                "#pragma GCC system_header\n"
                "template <class A, class B> struct Pair {\n  A a;\n  B b;\n};\n");
  project.write("s.cpp",
                "#include \"std/pair.hpp\"\nstruct Order {\n  char side;\n  Pair<int, char> kind;\n"
                "  double price;\n  char state;\n};\n"
                "long f(Order& o) {\n  Pair<long, long> other{1, 2};\n"
                "  struct { char a; long b; char c; } local{};\n"
                "  Pair<decltype(local), char> of_local{};\n"
                "  return other.a + o.kind.a + local.a + of_local.b;\n}\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Order", {project.fix("Order", {"price", "kind", "side", "state"}, 24)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].fixes[0].proof->knock_on.empty());
}

TEST_CASE("instantiations over local types are told apart after the edit") {
  ProofProject project;
  project.write(
      "s.cpp",
      "template <class T> struct Box {\n  char a;\n  T t;\n  char c;\n};\n"
      "long f() {\n  struct { char a, b; } one{};\n  struct { long a, b; } two{};\n"
      "  struct Named { int x; };\n"
      "  Box<decltype(one)> b1{}; Box<decltype(two)> b2{}; Box<Named> b3{};\n"
      "  auto call = [one] { return one.a; };\n  Box<decltype(call)> b4{'a', call, 'c'};\n"
      "  return b1.a + b2.a + b3.a + b4.a;\n}\n");
  project.scan();
  std::vector<const Record*> boxes;
  for (const auto& record : project.model.records) {
    if (record.template_name == "Box") boxes.push_back(&record);
  }
  REQUIRE(boxes.size() == 4);
  // Comments shift every place behind them, by lines and by columns.
  const auto text = read_file(project.path("s.cpp"));
  std::vector<TextEdit> edits{{project.path("s.cpp"), 0, 0, "// one\n// two\n"}};
  const auto local = text.find("struct { long");
  edits.push_back({project.path("s.cpp"), local, local, "/* here */ "});
  ProofJob job{0, edits, {}};
  for (const auto* box : boxes) job.record_ids.push_back(box->id);
  const auto answers = run_proofs({job}, project.model, project.options);
  REQUIRE(answers.size() == 1);
  REQUIRE(answers[0].sizes.size() == 4);
  for (const auto& size : answers[0].sizes) {
    CAPTURE(size.record);
    CHECK(size.before == size.after);
  }
}

TEST_CASE("constructors of templates follow the new order") {
  ProofProject project;
  project.write("s.cpp",
                "template <class T> struct P {\n  P(T t) : a(1), t(t), c(3) {}\n  char a;\n  T t;\n"
                "  char c;\n};\nP<double> d(1.0); P<long> l(2);\n");
  project.scan();
  const auto fix = project.fix("P<double>", {"t", "a", "c"}, 16);
  CHECK(fix.edits.size() >= 2);
  const auto run = project.prove({project.finding("P<double>", {fix})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  const auto text = apply_edits(read_file(project.path("s.cpp")), run.findings[0].fixes[0].edits);
  CHECK(text.find(": t(t), a(1), c(3)") != std::string::npos);
}

TEST_CASE("a unit that gives no answer costs only what it was to prove") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  project.write("a.cpp", "#include \"types.hpp\"\nOrder a;\n");
  project.write("b.cpp", "#include \"types.hpp\"\nTrade t;\n");
  project.scan();
  auto bad = project.fix("Order", {"price", "side", "state"}, 16);
  bad.edits.push_back({project.path("a.cpp"), 21, 21, "#pragma clang __debug crash\n"});
  std::sort(bad.edits.begin(), bad.edits.end());
  const std::vector<ProofJob> jobs{
      {0, bad.edits, {project.record("Order").id}},
      {1, project.fix("Trade", {"id", "open", "done"}, 16).edits, {project.record("Trade").id}}};
  const auto answers = run_proofs(jobs, project.model, project.options);
  REQUIRE(answers.size() == 2);
  CAPTURE(answers[0].problem);
  CHECK(answers[0].problem.find("crash") != std::string::npos);
  CHECK(answers[0].new_diagnostics.empty());
  CHECK(answers[1].problem.empty());
  REQUIRE(answers[1].sizes.size() == 1);
  CHECK(answers[1].sizes[0].after == 16);
}

TEST_CASE("an error of one fix does not count against another of its batch") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  project.write("a.cpp", "#include \"types.hpp\"\nOrder o{'a', 1.5, 'b'}; Trade t;\n");
  project.scan();
  const auto run = project.prove(
      {project.finding("Trade", {project.fix("Trade", {"id", "open", "done"}, 16)}),
       project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)})},
      {1, 2});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 2);
  CHECK(is_proven(run.findings[0]));
  CHECK_FALSE(is_proven(run.findings[1]));
}

TEST_CASE("a unit that does not compile here rejects nothing and is told") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  project.write("sub/made.hpp", "inline int made() { return 1; }\n");
  project.write("a.cpp", "#include \"types.hpp\"\n#include \"sub/made.hpp\"\nOrder o;\n");
  project.write("b.cpp", "#include \"types.hpp\"\nOrder o; Trade t;\n");
  project.scan();
  std::filesystem::remove(project.path("sub/made.hpp"));
  const auto order =
      project.finding("Order", {project.fix("Order", {"price", "side", "state"}, 16)});
  const auto run = project.prove({order}, {2, 2});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  REQUIRE(is_proven(run.findings[0]));
  CHECK(run.findings[0].fixes[0].proof->units_proven == 1);
  REQUIRE(run.mute_units.size() == 1);
  CHECK(run.mute_units[0].error == "a.cpp:2: 'sub/made.hpp' file not found");
}

TEST_CASE("the commands of the scan are those of the proof, in another run as well") {
  ProofProject project;
  project.flags = {"-std=c++20", "-DWIDE=long", "-Iinc"};
  project.write("inc/types.hpp", "struct S {\n  char a;\n  WIDE b;\n  char c;\n};\n");
  project.write("a.cpp", "#include <types.hpp>\nS s;\n");
  project.scan();
  const auto finding = project.finding("S", {project.fix("S", {"b", "a", "c"}, 16)});
  project.model = model_from_bytes(to_bytes(project.model), "part.snug");
  const auto run = project.prove({finding});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(is_proven(run.findings[0]));
}

TEST_CASE("a record of C is known by its definition, wherever it was declared first") {
  ProofProject project;
  project.flags = {};
  project.write("api.h", "#pragma once\ntypedef struct sub sub_t;\nlong sum(sub_t *s);\n");
  project.write("impl.h",
                "#pragma once\n#include \"api.h\"\nstruct sub {\n  char a;\n  long b;\n  char c;\n"
                "  long d;\n};\n");
  project.write("impl.c", "#include \"impl.h\"\nlong sum(sub_t *s) { return s->b + s->d; }\n");
  project.scan();
  const auto run =
      project.prove({project.finding("sub", {project.fix("sub", {"a", "c", "b", "d"}, 24)})});
  CAPTURE(reasons(run));
  REQUIRE(run.findings.size() == 1);
  CHECK(is_proven(run.findings[0]));
}

TEST_CASE("sizes are compared with the layout that the unit has") {
  ProofProject project;
  project.write("types.hpp", kHeader);
  const std::string holder = "struct Session { Order order; SESSION };\nSession ";
  project.write("a.cpp", "#include \"types.hpp\"\n#define SESSION\n" + holder + "a;\n");
  project.write("b.cpp", "#include \"types.hpp\"\n#define SESSION\n" + holder + "b;\n");
  project.write("c.cpp", "#include \"types.hpp\"\n#define SESSION long id;\n" + holder + "c;\n");
  project.scan();
  REQUIRE(project.model.conflicts.size() == 2);  // a copy, and another layout
  const auto& session = project.record("Session");
  const auto fix = project.fix("Order", {"price", "side", "state"}, 16);
  std::vector<ProofJob> jobs;
  for (std::uint32_t unit = 0; unit < 3; ++unit) {
    jobs.push_back({unit, fix.edits, {}});
  }
  const auto answers = run_proofs(jobs, project.model, project.options);
  const auto told = [&](std::size_t unit) {
    for (const auto& size : answers.at(unit).sizes) {
      if (size.record_id == session.id) return std::pair(size.before, size.after);
    }
    return std::pair<std::uint64_t, std::uint64_t>(0, 0);
  };
  CHECK(told(0) == std::pair<std::uint64_t, std::uint64_t>(24, 16));
  CHECK(told(1) == std::pair<std::uint64_t, std::uint64_t>(24, 16));
  CHECK(told(2) == std::pair<std::uint64_t, std::uint64_t>(32, 24));

  const auto run = project.prove({project.finding("Order", {fix})}, {0, 2});
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].fixes.at(0).proof->knock_on ==
        std::vector<SizeChange>{{session.id, "Session", 24, 16}});
}

TEST_CASE("places in an edited text lead back to the original") {
  const MemoryFiles files(std::map<std::string, std::string>{{"/x", "0123456789"}});
  const EditedSources edited({{"/x", 2, 4, "ABCDE"}, {"/x", 7, 7, "+"}, {"/x", 8, 10, ""}}, files);
  CHECK(edited.texts().at("/x") == "01ABCDE456+7");
  CHECK(edited.original_offset("/x", 1) == 1);
  CHECK(edited.original_offset("/x", 3) == 2);
  CHECK(edited.original_offset("/x", 7) == 4);
  CHECK(edited.original_offset("/x", 10) == 7);
  CHECK(edited.original_offset("/x", 11) == 7);
  CHECK(edited.original_offset("/y", 5) == 5);
  const MemoryFiles lines(std::map<std::string, std::string>{{"/x", "one\ntwo\nthree\n"}});
  const EditedSources more({{"/x", 0, 0, "zero\n"}, {"/x", 8, 8, "+ +"}}, lines);
  using Place = std::pair<std::uint64_t, std::uint64_t>;
  CHECK(more.original_place("/x", 3, 2) == Place(2, 2));
  CHECK(more.original_place("/x", 4, 5) == Place(3, 2));
  CHECK(more.original_place("/y", 7, 3) == Place(7, 3));
  CHECK(edited.is_edited("/x", 4));
  CHECK_FALSE(edited.is_edited("/x", 0));
}

}  // namespace snug::test
