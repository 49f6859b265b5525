// `snug check --profile`: a program counts its accesses, and the report goes by them.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/schema.hpp"

using namespace snug;
using namespace snug::test;
using nlohmann::json;
using Words = std::vector<std::string>;

namespace {

const std::string sample = SNUG_SOURCE_DIR "/samples/profile/orders.cpp";

ProgramResult run(Words words, const std::string& folder) {
  ProgramOptions options;
  options.directory = folder;
  options.timeout = std::chrono::seconds(120);
  return run_program(words, options);
}

/// A profile that the sample has written.
struct Profiled : ScratchFolder {
  Profiled() { REQUIRE(run({SNUG_PROFILE_SAMPLE, path("run.json")}, path()).ok()); }

  [[nodiscard]] ProgramResult check(Words words) const {
    words.insert(words.begin(), {SNUG_PROGRAM, "check"});
    words.insert(words.end(), {"--root", SNUG_SOURCE_DIR "/samples", sample, "--", "-std=c++20",
                               "-I" SNUG_SOURCE_DIR "/lib/include"});
    return run(words, path());
  }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> found(const ProgramResult& result) {
  std::vector<std::string> all;
  const json report = json::parse(result.out);
  for (const json& finding : report["findings"]) {
    const std::string record = finding["record"];
    all.push_back(finding["check"].get<std::string>() + " " + record.substr(record.rfind('@') + 1));
  }
  return all;
}

}  // namespace

TEST_CASE("the option --profile: what a program counted decides what is hot and what comes first") {
  const Profiled folder;
  const Words checks = {"--checks", "padding,hot-cold", "--format", "json"};
  const auto with = [&](Words more) {
    more.insert(more.begin(), checks.begin(), checks.end());
    return folder.check(more);
  };
  const ProgramResult plain = with({});
  CHECK(found(plain) == Words{"padding Quote"});  // of a Desk there is one
  const ProgramResult profiled = with({"--profile", "run.json"});
  INFO(profiled.err);
  CHECK(profiled.exit_status == 1);
  CHECK(found(profiled) == Words{"hot-cold Order", "padding Quote", "padding Desk"});
  CHECK(schema_error(profiled.out).empty());
  CHECK_FALSE(contains(profiled.err, "run.json"));
  const json findings = json::parse(profiled.out)["findings"];
  CHECK(findings[0]["level"] == "warning");
  CHECK(findings[0]["observed"] == json({{"reads", 201000}, {"writes", 1000}}));
  CHECK(findings[2]["observed"] == json({{"reads", 0}, {"writes", 1}}));
  CHECK_FALSE(contains(plain.out, "observed"));
  // The proof ran, and its fix brings the hot fields together.
  CHECK(findings[0]["fixes"][0]["proof"]["verified"] == true);
  // The same bytes again.
  CHECK(with({"--profile", "run.json"}).out == profiled.out);
}

TEST_CASE("the option --profile: the text report and SARIF tell the counts") {
  const Profiled folder;
  const std::string text = folder.check({"--checks", "padding", "--profile", "run.json"}).out;
  CHECK(contains(text, "note: profile: 'bid' read 100,000 times"));
  CHECK(text.find("'Quote' wastes") < text.find("'Desk' wastes"));
  const ProgramResult log =
      folder.check({"--checks", "padding", "--profile", "run.json", "--format", "sarif"});
  CHECK(sarif_error(log.out).empty());
  const json first = json::parse(log.out)["runs"][0]["results"][0];
  CHECK(first["properties"]["observedReads"] == 100000);
  CHECK(first["properties"]["observedWrites"] == 0);
}

TEST_CASE("the option --profile: rows that belong to no record are told and do not end the run") {
  const Profiled folder;
  const auto with = [&](const std::string& types) {
    folder.write("p.json", R"({"schema":"snug-profile/1","types":[)" + types + "]}");
    return folder.check({"--checks", "padding", "--profile", "p.json"});
  };
  const ProgramResult misspelt =
      with(R"({"name":"Qoute","fields":[{"name":"bid","reads":9,"writes":0}]},)"
           R"({"name":"Desk","fields":[{"name":"limits","reads":9,"writes":0}]})");
  CHECK(misspelt.exit_status == 1);
  CHECK(contains(misspelt.err,
                 "snug: p.json: no record is named 'Qoute', whose counts are left out; did you "
                 "mean 'Quote'?\n"));
  CHECK(contains(misspelt.err,
                 "snug: p.json: 'Desk' has no field 'limits', whose counts are left out; did you "
                 "mean 'limit'?\n"));
  CHECK(contains(with("").err,
                 "snug: p.json: no access was counted; is the program built with "
                 "SNUG_TRACK=1"));
  std::string many;
  for (int i = 0; i < 13; ++i) {
    many += (i == 0 ? "" : ",") + ("{\"name\":\"Gone" + std::to_string(i)) + "\",\"fields\":[]}";
  }
  CHECK(contains(with(many).err, "snug: p.json: ... and 3 more that cannot be used\n"));
}

TEST_CASE("the option --profile: what is no profile ends the run before the scan") {
  const Profiled folder;
  const auto error_with = [&](const std::string& text) {
    folder.write("p.json", text);
    const ProgramResult result = folder.check({"--profile", "p.json"});
    CHECK(result.exit_status == 2);
    CHECK(result.out.empty());
    return result.err;
  };
  CHECK(contains(error_with("not\njson"), "p.json:1: this is no valid JSON"));
  CHECK(contains(error_with(R"({"schema":"snug-profile/9","types":[]})"),
                 "p.json: schema: is 'snug-profile/9', but this program reads 'snug-profile/1'"));
  CHECK(contains(error_with(folder.read("run.json").substr(0, 100)), "the text ends too early"));
  CHECK(contains(folder.check({"--profile", "missing.json"}).err, "missing.json"));
  CHECK(folder.check({"--profile", "missing.json"}).exit_status == 2);
  CHECK(folder.check({"--profile", "."}).exit_status == 2);
  CHECK(folder.check({"--profile", ""}).exit_status == 2);
}
