// The scheduling and its verdicts, with a compiler that answers as the test tells it.
#include "fix/prove_fixes.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

namespace snug::test {
namespace {

Model model_of(std::uint32_t units) {
  Model model;
  for (std::uint32_t i = 0; i < units; ++i) {
    Unit unit;
    unit.file = "/p/u" + std::to_string(i) + ".cpp";
    model.units.push_back(unit);
  }
  return model;
}

void add_record(Model& model, const std::string& name, std::vector<std::uint32_t> units,
                const std::vector<std::string>& parts = {}, std::uint64_t size = 24) {
  Record record;
  record.id = "id:" + name;
  record.name = name;
  record.size = size;
  record.units = std::move(units);
  for (const auto& part : parts) {
    Slot slot;
    slot.type_id = "id:" + part;
    record.slots.push_back(slot);
  }
  model.records.push_back(record);
  std::sort(model.records.begin(), model.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
}

/// A finding with one fix a size; each fix edits a place of its own.
Finding proven_on(const std::string& name, const std::vector<std::uint64_t>& sizes_after) {
  Finding finding;
  finding.check = "padding";
  finding.record_id = "id:" + name;
  finding.subject = name;
  finding.needs_proof = true;
  finding.bytes_saved = 8;
  static std::uint64_t place = 0;
  for (const auto size : sizes_after) {
    SuggestedFix fix;
    fix.title = name + " to " + std::to_string(size);
    fix.edits.push_back({"/p/s.hpp", place, place + 10, "x"});
    fix.promise.sizes.push_back({"id:" + name, name, 24, size});
    finding.fixes.push_back(fix);
    place += 100;
  }
  return finding;
}

/// Answers like a compiler under which all promises hold, but for what a test asks otherwise.
struct Compiler {
  std::vector<Finding> findings;
  std::function<void(const ProofBatch&, ProofAnswer&)> twist;
  std::vector<std::vector<ProofBatch>> rounds;

  std::vector<ProofAnswer> operator()(const std::vector<ProofBatch>& batches) {
    rounds.push_back(batches);
    std::vector<ProofAnswer> answers;
    for (const auto& batch : batches) {
      ProofAnswer answer;
      for (const auto& edit : batch.edits) {
        for (const auto& size : fix_of(edit).promise.sizes) answer.sizes.push_back(size);
      }
      if (twist) twist(batch, answer);
      answers.push_back(answer);
    }
    return answers;
  }

  const SuggestedFix& fix_of(const TextEdit& edit) const {
    for (const auto& finding : findings) {
      for (const auto& fix : finding.fixes) {
        if (!fix.edits.empty() && fix.edits.front() == edit) return fix;
      }
    }
    throw std::runtime_error("an edit that nobody suggested");
  }
};

bool tries(const ProofBatch& batch, const std::string& name) {
  return std::count(batch.record_ids.begin(), batch.record_ids.end(), "id:" + name) == 1;
}

bool is_proven(const Finding& finding) {
  return !finding.fixes.empty() && finding.fixes[0].proof && finding.fixes[0].proof->verified;
}

/// The reason of the only fix, which is refused and has neither edit, order nor proof.
std::string refusal(const Finding& finding) {
  REQUIRE(finding.fixes.size() == 1);
  const auto& fix = finding.fixes[0];
  CHECK(fix.safety == Safety::Refused);
  CHECK(fix.edits.empty());
  CHECK(fix.promise.order.empty());
  CHECK_FALSE(fix.proof);
  REQUIRE(fix.reasons.size() == 1);
  return fix.reasons[0];
}

ProofRun prove(Compiler& compiler, const Model& model, ProofOptions options = {2, 2}) {
  return prove_fixes(compiler.findings, model, options, std::ref(compiler));
}

ProofDiagnostic diagnostic(const std::string& message, const std::string& file,
                           std::uint64_t at = 0) {
  ProofDiagnostic result;
  result.message = message;
  result.where.file = file;
  result.where.line = 3;
  result.where.begin = result.where.end = at;
  result.error = true;
  return result;
}

}  // namespace

TEST_CASE("fixes that have nothing to do with each other share two re-parses") {
  auto model = model_of(5);
  add_record(model, "A", {0, 1, 2, 3, 4});
  add_record(model, "B", {1, 2, 3});
  Compiler compiler{{proven_on("A", {16}), proven_on("B", {16})}, {}, {}};
  const auto run = prove(compiler, model);
  CHECK(run.reparses == 2);
  REQUIRE(run.findings.size() == 2);
  for (const auto& finding : run.findings) {
    REQUIRE(finding.fixes.at(0).proof);
    CHECK(finding.fixes[0].proof->verified);
    CHECK(finding.fixes[0].proof->units_proven == 2);
    CHECK(finding.fixes[0].proof->size_before == 24);
    CHECK(finding.fixes[0].proof->size_after == 16);
  }
  CHECK(run.findings[0].fixes[0].proof->units_using == 5);
  CHECK(run.findings[1].fixes[0].proof->units_using == 3);
  CHECK(run.dropped.empty());
}

TEST_CASE("a unit is parsed at most twice if nothing is wrong") {
  auto model = model_of(2);
  Compiler compiler;
  std::vector<std::string> chain;
  for (int i = 0; i < 6; ++i) {
    const auto name = "R" + std::to_string(i);
    add_record(model, name, {0, 1}, chain);
    chain = {name};
    compiler.findings.push_back(proven_on(name, {16, 17, 18}));
  }
  const auto run = prove(compiler, model);
  std::map<std::uint32_t, int> parses;
  for (const auto& round : compiler.rounds) {
    for (const auto& batch : round) ++parses[batch.unit];
  }
  for (const auto& [unit, count] : parses) CHECK(count <= 2);
  CHECK(run.findings.size() == 6);
  CHECK(run.contradicted.empty());
}

TEST_CASE("a record and one that contains it are never tried together") {
  auto model = model_of(3);
  add_record(model, "Inner", {0, 1, 2});
  add_record(model, "Middle", {0, 1, 2}, {"Inner"});
  add_record(model, "Outer", {0, 1, 2}, {"Middle"});
  Compiler compiler{{proven_on("Inner", {16}), proven_on("Outer", {16})}, {}, {}};
  const auto run = prove(compiler, model);
  CHECK(run.findings.size() == 2);
  for (const auto& round : compiler.rounds) {
    for (const auto& batch : round) CHECK(batch.record_ids.size() == 1);
  }
}

TEST_CASE("the next-ranked fix is tried when the best does not compile") {
  auto model = model_of(2);
  add_record(model, "A", {0, 1});
  Compiler compiler{{proven_on("A", {8, 16})}, {}, {}};
  compiler.twist = [&](const ProofBatch& batch, ProofAnswer& answer) {
    if (answer.sizes[0].after != 8) return;
    answer.new_diagnostics.push_back(
        diagnostic("field designator", "/p/s.hpp", batch.edits[0].begin + 1));
  };
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  REQUIRE(run.findings[0].fixes.size() == 1);
  CHECK(run.findings[0].fixes[0].title == "A to 16");
  CHECK(run.findings[0].fixes[0].proof->size_after == 16);
  REQUIRE(run.dropped.size() == 1);
  CHECK(run.dropped[0].title == "A to 8");
  CHECK(run.dropped[0].reason.find("error: field designator") != std::string::npos);
}

TEST_CASE("the finding says what the fix says that is kept, not what the first one says") {
  auto model = model_of(2);
  add_record(model, "A", {0, 1});
  Compiler compiler{{proven_on("A", {8, 16})}, {}, {}};
  auto& finding = compiler.findings[0];
  finding.message = "needs 8";
  finding.bytes_saved = 16;
  finding.fixes[0].words = FindingWords{"needs 8", 16, 5, {{"hazard", "of the first", {}}}};
  finding.fixes[1].words = FindingWords{"needs 16", 8, 3, {{"hazard", "of the second", {}}}};
  for (const bool first_holds : {true, false}) {
    compiler.twist = [&](const ProofBatch&, ProofAnswer& answer) {
      if (answer.sizes[0].after == 8 && !first_holds) answer.sizes[0].after = 12;
    };
    const auto run = prove(compiler, model);
    REQUIRE(run.findings.size() == 1);
    const auto& kept = run.findings[0];
    CHECK(kept.message == (first_holds ? "needs 8" : "needs 16"));
    CHECK(kept.bytes_saved == (first_holds ? 16 : 8));
    CHECK(kept.instances == std::optional<std::uint64_t>(first_holds ? 5 : 3));
    REQUIRE(kept.evidence.size() == 1);
    CHECK(kept.evidence[0].message == (first_holds ? "of the first" : "of the second"));
  }
}

TEST_CASE("of a record with several layouts the change of the model's is told") {
  auto model = model_of(3);
  add_record(model, "A", {0, 1, 2});
  add_record(model, "Session", {1}, {"A"}, 32);
  auto other = model.records[1];
  other.size = 40;
  other.units = {0, 2};
  model.conflicts.push_back({other});
  Compiler compiler{{proven_on("A", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    const std::uint64_t size = batch.unit == 1 ? 32 : 40;
    answer.sizes.push_back({"id:Session", "Session", size, size - 8});
  };
  const auto run = prove(compiler, model, {0, 2});
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].fixes[0].proof->knock_on ==
        std::vector<SizeChange>{{"id:Session", "Session", 32, 24}});
}

TEST_CASE("a diagnostic counts against the fix that it is about, not against its batch") {
  auto model = model_of(1);
  add_record(model, "A", {0});
  add_record(model, "B", {0});
  add_record(model, "HasB", {0}, {"B"});
  for (const bool by_id : {true, false}) {
    Compiler compiler{{proven_on("A", {16}), proven_on("B", {16})}, {}, {}};
    compiler.twist = [&](const ProofBatch& batch, ProofAnswer& answer) {
      if (!tries(batch, "B")) return;
      auto wrong = diagnostic(by_id ? "static assertion failed" : "bad use of 'B'", "/p/u0.cpp");
      if (by_id) wrong.record_ids = {"id:HasB"};
      answer.new_diagnostics.push_back(wrong);
    };
    const auto run = prove(compiler, model);
    REQUIRE(run.findings.size() == 2);
    CHECK(is_proven(run.findings[0]));
    CHECK(refusal(run.findings[1]) == std::string("no edit: ") +
                                          (by_id ? "static assertion failed" : "bad use of 'B'") +
                                          " at /p/u0.cpp:3");
    CHECK(run.reparses == 3);
    REQUIRE(run.dropped.size() == 1);
    CHECK(run.dropped[0].record == "B");
  }
}

TEST_CASE("a diagnostic that names nobody sends the fixes of the batch apart") {
  auto model = model_of(1);
  add_record(model, "A", {0});
  add_record(model, "B", {0});
  Compiler compiler{{proven_on("A", {16}), proven_on("B", {16})}, {}, {}};
  compiler.twist = [&](const ProofBatch& batch, ProofAnswer& answer) {
    if (tries(batch, "B")) answer.new_diagnostics.push_back(diagnostic("odd", "/p/u0.cpp"));
  };
  auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 2);
  CHECK(is_proven(run.findings[0]));
  CHECK_FALSE(is_proven(run.findings[1]));
  CHECK(run.reparses == 3);
}

TEST_CASE("a diagnostic that may be about two fixes leaves the third alone") {
  auto model = model_of(2);
  for (const auto* name : {"A", "B", "C"}) add_record(model, name, {0, 1});
  Compiler compiler{{proven_on("A", {16}), proven_on("B", {16}), proven_on("C", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    if (!tries(batch, "B")) return;
    auto wrong = diagnostic("narrowing", "/p/u0.cpp");
    wrong.record_ids = {"id:A", "id:B"};
    answer.new_diagnostics.push_back(wrong);
  };
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 3);
  CHECK(is_proven(run.findings[0]));
  CHECK_FALSE(is_proven(run.findings[1]));
  CHECK(is_proven(run.findings[2]));
}

TEST_CASE("only a size that is not the promised one takes the finding away") {
  auto model = model_of(2);
  add_record(model, "A", {0, 1});
  Compiler compiler{{proven_on("A", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    if (batch.unit == 1) answer.sizes[0].after = 20;
  };
  auto run = prove(compiler, model);
  CHECK(run.findings.empty());
  REQUIRE(run.contradicted.size() == 1);
  CHECK(run.contradicted[0].finding.record_id == "id:A");
  CHECK(run.contradicted[0].unit == 1);
  CHECK(run.contradicted[0].reason == "'A' has 20 bytes, not 16 in /p/u1.cpp");
  REQUIRE(run.dropped.size() == 1);
  CHECK(run.dropped[0].reason == "in /p/u1.cpp: 'A' has 20 bytes, not 16");
  compiler.twist = [](const ProofBatch&, ProofAnswer& answer) { answer.sizes.clear(); };
  run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  CHECK(refusal(run.findings[0]) == "no edit: the compiler reports no size of 'A' in /p/u0.cpp");
  CHECK(run.contradicted.empty());

  // An error beside it: the size says nothing.
  compiler.twist = [](const ProofBatch&, ProofAnswer& answer) {
    answer.sizes[0].after = 24;
    answer.new_diagnostics.push_back(diagnostic("odd", "/p/u0.cpp"));
  };
  run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  CHECK(refusal(run.findings[0]) == "no edit: odd at /p/u0.cpp:3");

  // Of two fixes one is contradicted, the other does not compile: that one stands.
  compiler.findings = {proven_on("A", {8, 16})};
  compiler.twist = [](const ProofBatch&, ProofAnswer& answer) {
    if (answer.sizes[0].after == 8) {
      answer.sizes[0].after = 12;
    } else {
      answer.new_diagnostics.push_back(diagnostic("odd", "/p/u0.cpp"));
    }
  };
  run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].fixes.at(0).title == "A to 16");
  CHECK(refusal(run.findings[0]) == "no edit: odd at /p/u0.cpp:3");
}

TEST_CASE("records that change with it are told, sorted and each once") {
  auto model = model_of(2);
  add_record(model, "A", {0, 1});
  add_record(model, "ZHolder", {0, 1}, {"A"});
  add_record(model, "Derived", {1}, {"A"});
  add_record(model, "Other", {0, 1});
  Compiler compiler{{proven_on("A", {16}), proven_on("Other", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    if (!tries(batch, "A")) return;
    answer.sizes.push_back({"id:ZHolder", "ZHolder", 48, 32});
    if (batch.unit == 1) answer.sizes.push_back({"id:Derived", "Derived", 32, 24});
  };
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 2);
  const auto& knock_on = run.findings[0].fixes[0].proof->knock_on;
  REQUIRE(knock_on.size() == 2);
  CHECK(knock_on[0] == SizeChange{"id:Derived", "Derived", 32, 24});
  CHECK(knock_on[1] == SizeChange{"id:ZHolder", "ZHolder", 48, 32});
  CHECK(run.findings[1].fixes[0].proof->knock_on.empty());
}

TEST_CASE("of a template the instantiation that gains most is told, the others follow") {
  auto model = model_of(1);
  add_record(model, "T<char>", {0});
  add_record(model, "T<long>", {0});
  auto finding = proven_on("T<char>", {20});
  finding.fixes[0].promise.sizes.push_back({"id:T<long>", "T<long>", 40, 24});
  Compiler compiler{{finding}, {}, {}};
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  const auto& proof = *run.findings[0].fixes[0].proof;
  CHECK(proof.size_before == 40);
  CHECK(proof.size_after == 24);
  REQUIRE(proof.knock_on.size() == 1);
  CHECK(proof.knock_on[0].record == "T<char>");
}

TEST_CASE("a crash costs the fixes of its batch that unit only") {
  auto model = model_of(3);
  add_record(model, "A", {0, 1, 2});
  add_record(model, "B", {0, 1, 2});
  Compiler compiler{{proven_on("A", {16}), proven_on("B", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    if (batch.unit != 0) return;
    answer = {};
    answer.problem = "the front end crashed";
  };
  auto run = prove(compiler, model);
  CHECK(run.findings.size() == 2);
  for (const auto& finding : run.findings) CHECK(finding.fixes[0].proof->units_proven >= 1);

  auto single = model_of(1);
  add_record(single, "A", {0});
  compiler.findings = {proven_on("A", {16})};
  run = prove(compiler, single);
  REQUIRE(run.findings.size() == 1);
  CHECK(refusal(run.findings[0]) ==
        "no edit: /p/u0.cpp could not be compiled with the edits: the front end crashed");
  CHECK(run.dropped.at(0).reason.find("the front end crashed") != std::string::npos);
}

TEST_CASE("units that use the record in telling ways are tried first") {
  auto model = model_of(9);
  add_record(model, "A", {0, 1, 2, 3, 4, 5, 6, 7, 8});
  InitializerList list;
  list.record_id = "id:A";
  list.where.file = "/p/u7.cpp";
  model.initializers.push_back(list);
  Compiler compiler{{proven_on("A", {16})}, {}, {}};
  (void)prove(compiler, model);
  std::set<std::uint32_t> units;
  for (const auto& batch : compiler.rounds.at(0)) units.insert(batch.unit);
  CHECK(units.size() == 2);
  CHECK(units.contains(7));
}

TEST_CASE("all units are tried when that is asked, in as many rounds as it takes") {
  auto model = model_of(4);
  add_record(model, "A", {0, 1, 2, 3});
  add_record(model, "B", {0, 1, 2, 3}, {"A"});
  add_record(model, "C", {0, 1, 2, 3}, {"B"});
  Compiler compiler{{proven_on("A", {16}), proven_on("B", {16}), proven_on("C", {16})}, {}, {}};
  const auto run = prove(compiler, model, {0, 2});
  REQUIRE(run.findings.size() == 3);
  for (const auto& finding : run.findings) CHECK(finding.fixes[0].proof->units_proven == 4);
  CHECK(run.reparses == 12);
}

TEST_CASE("of records in one another as many are proven as two parses of a unit can prove") {
  // A lies in B0, B1 and B2, and those in X: only the three in the middle fit into one parse.
  auto model = model_of(1);
  add_record(model, "A", {0});
  for (const auto* name : {"B0", "B1", "B2"}) add_record(model, name, {0}, {"A"});
  add_record(model, "X", {0}, {"B0", "B1", "B2"});
  Compiler compiler;
  for (const auto* name : {"B0", "A", "X", "B1", "B2"}) {
    compiler.findings.push_back(proven_on(name, {16}));
  }
  const auto run = prove(compiler, model);
  CHECK(run.reparses == 2);
  CHECK(run.findings.size() == 5);
  CHECK(std::count_if(run.findings.begin(), run.findings.end(), is_proven) == 4);
  REQUIRE(run.dropped.size() == 1);
  CHECK_FALSE(run.dropped[0].tried);
  CHECK(run.dropped[0].reason.starts_with("skipped: "));
  CHECK(run.dropped[0].reason.find("--prove all") != std::string::npos);
  const auto all = prove(compiler, model, {0, 2});
  CHECK(all.findings.size() == 5);
  CHECK(all.dropped.empty());
}

TEST_CASE("of a chain of records those that save most are proven") {
  auto model = model_of(1);
  Compiler compiler;
  std::vector<std::string> part;
  for (const auto* name : {"R0", "R1", "R2", "R3"}) {
    add_record(model, name, {0}, part);
    part = {name};
    compiler.findings.push_back(proven_on(name, {16}));
  }
  compiler.findings[2].bytes_saved = 40;
  compiler.findings[3].bytes_saved = 24;
  const auto run = prove(compiler, model);
  CHECK(run.reparses == 2);
  REQUIRE(run.findings.size() == 4);
  CHECK_FALSE(is_proven(run.findings[0]));
  CHECK(is_proven(run.findings[2]));
  CHECK(is_proven(run.findings[3]));
  CHECK(run.dropped.size() == 2);
}

TEST_CASE("a second parse of a unit for its old diagnostics is counted") {
  auto model = model_of(1);
  add_record(model, "A", {0});
  Compiler compiler{{proven_on("A", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch&, ProofAnswer& answer) { answer.parses = 2; };
  CHECK(prove(compiler, model).reparses == 2);
}

TEST_CASE("failed units count as neither proving nor using") {
  auto model = model_of(3);
  model.units[0].status = UnitStatus::Failed;
  add_record(model, "A", {0, 1, 2});
  Compiler compiler{{proven_on("A", {16})}, {}, {}};
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  CHECK(run.findings[0].fixes[0].proof->units_proven == 2);
  CHECK(run.findings[0].fixes[0].proof->units_using == 2);
  for (const auto& batch : compiler.rounds.at(0)) CHECK(batch.unit != 0);
}

TEST_CASE("findings without anything to try stay as they are") {
  auto model = model_of(1);
  add_record(model, "A", {0});
  auto refused = proven_on("A", {16});
  refused.fixes[0].safety = Safety::Refused;
  refused.fixes[0].edits.clear();
  auto plain = proven_on("A", {});
  auto optional = proven_on("A", {16});
  optional.needs_proof = false;
  Compiler compiler{{refused, plain, optional}, {}, {}};
  compiler.twist = [](const ProofBatch&, ProofAnswer& answer) { answer.sizes[0].after = 1; };
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 3);
  CHECK(run.findings[0].fixes.size() == 1);
  CHECK_FALSE(run.findings[0].fixes[0].proof);
  CHECK(run.findings[1].fixes.empty());
  CHECK(refusal(run.findings[2]) == "no edit: 'A' has 1 bytes, not 16 in /p/u0.cpp");
  CHECK(run.contradicted.empty());
  CHECK(run.dropped.size() == 1);
}

namespace {

/// A fix of code that changes no record; units 0 and 1 see it. All are about one record.
Finding code_finding(std::uint64_t place) {
  Finding finding;
  finding.check = "shared-ptr-new";
  finding.record_id = "id:T";
  finding.subject = "f" + std::to_string(place);
  finding.needs_proof = true;
  SuggestedFix fix;
  fix.title = "at " + std::to_string(place);
  fix.edits.push_back({"/p/code.cpp", place, place + 10, "x"});
  fix.promise.units = {0, 1};
  finding.fixes.push_back(fix);
  return finding;
}

}  // namespace

TEST_CASE("fixes of code about one record are tried together in the units that see them") {
  auto model = model_of(3);
  add_record(model, "T", {0, 1, 2});
  Compiler compiler{{code_finding(1000), code_finding(1100), code_finding(1200)}, {}, {}};
  const auto run = prove(compiler, model);
  CHECK(run.reparses == 2);
  REQUIRE(run.findings.size() == 3);
  for (const auto& finding : run.findings) {
    REQUIRE(finding.fixes.at(0).proof);
    CHECK(finding.fixes[0].proof->verified);
    CHECK(finding.fixes[0].proof->units_proven == 2);
    CHECK(finding.fixes[0].proof->units_using == 2);
    CHECK(finding.fixes[0].proof->size_before == 24);
    CHECK(finding.fixes[0].proof->size_after == 24);
  }
}

TEST_CASE("an error in a library is blamed on the fix that its notes point into") {
  auto model = model_of(2);
  Compiler compiler{{code_finding(1000), code_finding(1100)}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    const bool guilty = std::any_of(batch.edits.begin(), batch.edits.end(),
                                    [](const TextEdit& edit) { return edit.begin == 1100; });
    if (!guilty) return;
    auto error = diagnostic("no matching constructor", "/usr/include/new_allocator.h", 77);
    error.notes.push_back(diagnostic("", "/p/code.cpp", 1105).where);
    answer.new_diagnostics.push_back(error);
  };
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 2);
  CHECK(is_proven(run.findings[0]));
  CHECK_FALSE(is_proven(run.findings[1]));
  REQUIRE(run.dropped.size() == 1);
  CHECK(run.dropped[0].title == "at 1100");
}

TEST_CASE("a reorder that fails at a list of values is told as what it is") {
  auto model = model_of(1);
  add_record(model, "A", {0});
  Compiler compiler{{proven_on("A", {16})}, {}, {}};
  compiler.findings[0].fixes[0].promise.order = {"b", "a"};
  compiler.twist = [](const ProofBatch&, ProofAnswer& answer) {
    answer.new_diagnostics.push_back(
        diagnostic("cannot initialize a member subobject of type 'int'", "/p/u0.cpp"));
  };
  const auto run = prove(compiler, model);
  REQUIRE(run.findings.size() == 1);
  CHECK(refusal(run.findings[0]) ==
        "no edit: /p/u0.cpp:3 builds it by position (cannot initialize a member subobject of type "
        "'int')");
}

TEST_CASE("a unit that does not compile as it is proves nothing and rejects nothing") {
  auto model = model_of(3);
  add_record(model, "A", {0, 1, 2});
  add_record(model, "B", {0});
  Compiler compiler{{proven_on("A", {16}), proven_on("B", {16})}, {}, {}};
  compiler.twist = [](const ProofBatch& batch, ProofAnswer& answer) {
    if (batch.unit != 0) return;
    answer = {};
    answer.unusable = "a.h:1: 'gone.h' file not found";
  };
  for (const std::uint32_t units : {1U, 2U}) {
    const auto run = prove(compiler, model, {units, 2});
    REQUIRE(run.findings.size() == 2);
    REQUIRE(is_proven(run.findings[0]));
    CHECK(run.findings[0].fixes[0].proof->units_proven >= 1);
    CHECK(refusal(run.findings[1]) ==
          "no edit: /p/u0.cpp does not compile here without the edits either: a.h:1: 'gone.h' "
          "file not found");
    REQUIRE(run.mute_units.size() == 1);
    CHECK(run.mute_units[0].file == "/p/u0.cpp");
  }
  // Where all units are asked for, one that says nothing is one too many.
  const auto all = prove(compiler, model, {0, 2});
  CHECK_FALSE(is_proven(all.findings.at(0)));
}

namespace {

/// What is true of a fix, whatever it is tried with.
enum class Truth { Holds, Error, Contradicted };

/// A compiler that says of a batch what is true of its fixes, but shows of several errors one, at a
/// place that belongs to nobody, and computes no size beside an error.
struct HonestCompiler {
  const std::vector<Finding>& findings;
  std::map<std::string, Truth> truths;  ///< By title.
  std::set<std::uint32_t> mute, crashing;

  std::vector<ProofAnswer> operator()(const std::vector<ProofBatch>& batches) const {
    std::vector<ProofAnswer> answers;
    for (const auto& batch : batches) answers.push_back(answer(batch));
    return answers;
  }

  [[nodiscard]] ProofAnswer answer(const ProofBatch& batch) const {
    ProofAnswer answer;
    if (mute.contains(batch.unit)) {
      answer.unusable = "odd";
      return answer;
    }
    if (crashing.contains(batch.unit)) {
      answer.problem = "crashed";
      return answer;
    }
    for (const auto& finding : findings) {
      for (const auto& fix : finding.fixes) {
        if (std::count(batch.edits.begin(), batch.edits.end(), fix.edits.front()) == 0) continue;
        auto size = fix.promise.sizes.front();
        const auto truth = truths.at(fix.title);
        if (truth == Truth::Contradicted) size.after = 23;
        answer.sizes.push_back(size);
        if (truth == Truth::Error && answer.new_diagnostics.empty()) {
          answer.new_diagnostics.push_back(diagnostic("odd", "/p/x.hpp"));
        }
      }
    }
    if (!answer.new_diagnostics.empty()) {
      for (auto& size : answer.sizes) size.after = size.before;
    }
    return answer;
  }
};

}  // namespace

TEST_CASE("no finding depends on the number of units, the batches or the order") {
  std::mt19937 random(20);
  const auto any = [&](std::uint32_t from, std::uint32_t to) {
    return std::uniform_int_distribution<std::uint32_t>(from, to)(random);
  };
  for (int round = 0; round < 400; ++round) {
    auto model = model_of(any(1, 6));
    const auto units = static_cast<std::uint32_t>(model.units.size());
    std::vector<Finding> findings;
    std::map<std::string, Truth> truths;
    std::set<std::string> wrong, good;
    const auto records = any(1, 14);
    for (std::uint32_t i = 0; i < records; ++i) {
      const auto name = "R" + std::to_string(i);
      std::vector<std::uint32_t> seen;
      for (std::uint32_t unit = 0; unit < units; ++unit) {
        if (any(0, 2) != 0) seen.push_back(unit);
      }
      if (seen.empty()) seen.push_back(any(0, units - 1));
      std::vector<std::string> parts;
      if (i > 0 && any(0, 3) == 0) parts.push_back("R" + std::to_string(any(0, i - 1)));
      add_record(model, name, seen, parts);
      findings.push_back(proven_on(name, any(0, 1) == 0 ? std::vector<std::uint64_t>{16}
                                                        : std::vector<std::uint64_t>{8, 16}));
      bool all_wrong = true;
      for (const auto& fix : findings.back().fixes) {
        const auto drawn = any(0, 9);
        const auto truth = drawn < 6   ? Truth::Holds
                           : drawn < 9 ? Truth::Error
                                       : Truth::Contradicted;
        truths[fix.title] = truth;
        all_wrong = all_wrong && truth == Truth::Contradicted;
        if (truth == Truth::Holds) good.insert("id:" + name);
      }
      if (all_wrong) wrong.insert("id:" + name);
    }
    HonestCompiler compiler{findings, truths, {}, {}};
    const bool healthy = any(0, 1) == 0;
    if (!healthy) (any(0, 1) == 0 ? compiler.mute : compiler.crashing).insert(any(0, units - 1));
    for (const std::uint32_t asked : {1U, 2U, 0U}) {
      auto shuffled = findings;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      const auto run = prove_fixes(shuffled, model, {asked, any(1, 4)}, std::cref(compiler));
      std::set<std::string> kept, gone;
      for (const auto& finding : run.findings) {
        kept.insert(finding.record_id);
        if (!is_proven(finding)) {
          (void)refusal(finding);
          continue;
        }
        CHECK(truths.at(finding.fixes[0].title) == Truth::Holds);
      }
      for (const auto& lost : run.contradicted) gone.insert(lost.finding.record_id);
      CAPTURE(round, asked, healthy);
      CHECK(kept.size() + gone.size() == findings.size());
      CHECK(std::includes(wrong.begin(), wrong.end(), gone.begin(), gone.end()));
      if (asked != 0 || !healthy) continue;
      CHECK(gone == wrong);
      for (const auto& finding : run.findings) {
        CHECK(is_proven(finding) == good.contains(finding.record_id));
      }
    }
  }
}

}  // namespace snug::test
