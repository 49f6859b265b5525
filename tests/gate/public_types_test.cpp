// Who else may know a type.
#include "gate/public_types.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace snug::test {
namespace {

Record record_in(const std::string& name, const std::string& file) {
  Record record;
  record.id = "id:" + name + "@" + file;
  record.name = name;
  record.size = 24;
  record.where.file = record.definition.file = file;
  record.where.line = 7;
  record.units = {0};
  for (const char* field : {"a", "b"}) {
    Slot slot;
    slot.name = field;
    slot.type = "int";
    record.slots.push_back(slot);
  }
  return record;
}

Model model_with(std::vector<Record> records) {
  Model model;
  for (const char* file : {"main.c", "main.cpp", "other.c", "other.cpp"}) {
    Unit unit;
    unit.file = std::string("/p/src/") + file;
    model.units.push_back(unit);
  }
  model.records = std::move(records);
  std::sort(model.records.begin(), model.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
  return model;
}

std::vector<Finding> finding_on(const Record& record) {
  Finding finding;
  finding.record_id = record.id;
  SuggestedFix fix;
  fix.safety = Safety::Safe;
  fix.edits.push_back({record.where.file, 0, 1, "x"});
  fix.promise.sizes.push_back({record.id, record.name, 24, 16});
  finding.fixes.push_back(fix);
  return {finding};
}

/// The safety of a fix of a record of that file, with root /p.
Safety safety_in(const std::string& file, const Configuration& configuration = {},
                 const InstalledFiles& installed = {}) {
  const Record record = record_in("A", file);
  auto findings = finding_on(record);
  respect_public_headers(model_with({record}), configuration, {"/p", installed}, findings);
  return findings[0].fixes[0].safety;
}

}  // namespace

TEST_CASE("types of headers below a folder include are of safety abi") {
  CHECK(safety_in("/p/include/a.h") == Safety::Abi);
  CHECK(safety_in("/p/include/p/detail/a.h") == Safety::Abi);
  CHECK(safety_in("/p/lib/include/a.h") == Safety::Abi);
  CHECK(safety_in("/p/src/a.h") == Safety::Safe);
  CHECK(safety_in("/p/includes/a.h") == Safety::Safe);
  CHECK(safety_in("/p/include.h") == Safety::Safe);
  CHECK(safety_in("/p/test/include/a.h") == Safety::Safe);
  CHECK(safety_in("/q/include/a.h") == Safety::Safe);
  CHECK(safety_in("/p/src/main.c") == Safety::Safe);
}

TEST_CASE("a header that is read by itself is a header still") {
  const Record record = record_in("A", "/p/include/a.hpp");
  Model model = model_with({record});
  Unit unit;
  unit.file = "/p/include/a.hpp";
  model.units.push_back(unit);
  auto findings = finding_on(record);
  respect_public_headers(model, {}, {"/p", {}}, findings);
  CHECK(findings[0].fixes[0].safety == Safety::Abi);
  for (const char* root : {"/p/include", "/p/include/deep"}) {
    findings = finding_on(record_in("A", std::string(root) + "/a.hpp"));
    const Model alone = model_with({record_in("A", std::string(root) + "/a.hpp")});
    respect_public_headers(alone, {}, {root, {}}, findings);
    CHECK(findings[0].fixes[0].safety == Safety::Abi);
  }
}

TEST_CASE("types of installed headers are of safety abi") {
  InstalledFiles installed;
  installed.files = {"/p/src/a.h", "/p/src/main.c"};
  installed.folders = {"/p/api"};
  CHECK(safety_in("/p/src/a.h", {}, installed) == Safety::Abi);
  CHECK(safety_in("/p/api/x/b.h", {}, installed) == Safety::Abi);
  CHECK(safety_in("/p/src/b.h", {}, installed) == Safety::Safe);
  CHECK(safety_in("/p/src/main.c", {}, installed) == Safety::Safe);  // a unit's own type
}

TEST_CASE("public-headers stands for the rule, and an empty list switches it off") {
  Configuration configuration;
  configuration.file = "/p/.snug.toml";
  configuration.public_headers.emplace();
  CHECK(safety_in("/p/include/a.h", configuration) == Safety::Safe);
  configuration.public_headers = std::vector<std::string>{"api/**"};
  CHECK(safety_in("/p/include/a.h", configuration) == Safety::Safe);
  CHECK(safety_in("/p/api/a.h", configuration) == Safety::Abi);
}

TEST_CASE("the reason names the rule and how to switch it off") {
  const Record record = record_in("A", "/p/include/a.h");
  auto findings = finding_on(record);
  respect_public_headers(model_with({record}), {}, {"/p", {}}, findings);
  REQUIRE(findings[0].fixes[0].reasons.size() == 1);
  CHECK(findings[0].fixes[0].reasons[0] ==
        "'A' is declared in include/a.h, below a folder 'include', so code outside of the project "
        "may use it; 'public-headers = []' in .snug.toml turns this off");
}

TEST_CASE("a fix whose change reaches a public type is of safety abi, one of code alone is not") {
  const Record inner = record_in("Inner", "/p/src/inner.h");
  const Record outer = record_in("Outer", "/p/include/outer.h");
  const Model model = model_with({inner, outer});
  auto findings = finding_on(inner);
  findings[0].fixes[0].proof.emplace();
  findings[0].fixes[0].proof->knock_on.push_back({outer.id, "Outer", 48, 40});
  respect_public_headers(model, {}, {"/p", {}}, findings);
  CHECK(findings[0].fixes[0].safety == Safety::Abi);

  auto code = finding_on(outer);
  code[0].fixes[0].promise.sizes.clear();
  code[0].fixes[0].promise.units = {0};
  respect_public_headers(model, {}, {"/p", {}}, code);
  CHECK(code[0].fixes[0].safety == Safety::Safe);
}

TEST_CASE("a record that another file declares once more is refused and both are named") {
  const Record one = record_in("A", "/p/lib/a.h");
  Record copy = record_in("A", "/p/plugin/a.h");
  const auto refused = [&](const Model& model) {
    auto findings = finding_on(one);
    respect_copies(model, findings);
    return findings[0].fixes[0].safety == Safety::Refused;
  };
  Model model = model_with({one, copy});
  CHECK(refused(model));
  auto findings = finding_on(one);
  respect_copies(model, findings);
  CHECK(findings[0].fixes[0].edits.empty());
  CHECK(findings[0].fixes[0].reasons ==
        std::vector<std::string>{"no edit: /p/plugin/a.h:7 declares the same record once more, and "
                                 "both have to stay alike"});
  // One text under two names, or made from one another.
  model.file_hashes = {{"/p/lib/a.h", "1"}, {"/p/plugin/a.h", "1"}};
  CHECK_FALSE(refused(model));
  model.file_hashes["/p/plugin/a.h"] = "2";
  CHECK(refused(model));
  // Another record that merely has the name.
  copy.slots[1].name = "other";
  CHECK_FALSE(refused(model_with({one, copy})));

  // Of two units of C++ it is another record if it has another name, in C it may be one object's.
  Record mine = record_in("A", "/p/src/main.c");
  Record theirs = record_in("A", "/p/src/other.c");
  auto own = finding_on(mine);
  respect_copies(model_with({mine, theirs}), own);
  CHECK(own[0].fixes[0].safety == Safety::Refused);
  mine = record_in("A", "/p/src/main.cpp");
  theirs = record_in("A", "/p/src/other.cpp");
  own = finding_on(mine);
  respect_copies(model_with({mine, theirs}), own);
  CHECK(own[0].fixes[0].safety == Safety::Safe);
  theirs.id = mine.id;
  Model cxx = model_with({mine});
  cxx.conflicts.push_back({theirs, false});
  respect_copies(cxx, own);
  CHECK(own[0].fixes[0].safety == Safety::Refused);
}

TEST_CASE("types of headers that a build file installs are known to others") {
  const auto safety_of = [](const std::string& file, const Configuration& configuration = {}) {
    auto findings = finding_on(record_in("A", file));
    const MemoryFiles files(
        std::map<std::string, std::string>{{"/p/Makefile", "install:\n\tcp src/offered.h d\n"}});
    const InstallRules rules("/p", files);
    respect_public_headers(model_with({record_in("A", file)}), configuration, {"/p", {}, &rules},
                           findings);
    return findings[0].fixes[0].safety;
  };
  CHECK(safety_of("/p/src/a.h") == Safety::Safe);
  CHECK(safety_of("/p/src/offered.h") == Safety::Abi);
  Configuration none;
  none.public_headers.emplace();
  CHECK(safety_of("/p/src/offered.h", none) == Safety::Safe);
}

}  // namespace snug::test
