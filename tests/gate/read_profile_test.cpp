#include "gate/read_profile.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <functional>

#include "base/error.hpp"
#include "support/hand_made.hpp"

using namespace snug;
using namespace snug::test;

namespace {

std::string profile_error(const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string profile_error(const std::string& text) {
  return profile_error([&] { (void)read_profile(text, "p.json"); });
}

std::string with_types(const std::string& types) {
  return R"({"schema":"snug-profile/1","types":[)" + types + "]}";
}

}  // namespace

TEST_CASE("profile: types, fields and counts are read") {
  const auto types =
      read_profile(with_types(R"({"name":"a::S","fields":[{"name":"x","reads":1,"writes":2},)"
                              R"({"name":"y","reads":18446744073709551615,"writes":0}]},)"
                              R"({"name":"T","fields":[]})"),
                   "p.json");
  REQUIRE(types.size() == 2);
  CHECK(types[0].name == "a::S");
  REQUIRE(types[0].fields.size() == 2);
  CHECK(types[0].fields[0].name == "x");
  CHECK(types[0].fields[0].counted == Accesses{1, 2});
  CHECK(types[0].fields[1].counted.reads == 18446744073709551615U);
  CHECK(types[1].fields.empty());
  CHECK(read_profile(with_types(""), "p.json").empty());
}

TEST_CASE("profile: what is wrong is told with its place") {
  CHECK(profile_error("{\n\"schema\": x}") == "p.json:2: this is no valid JSON");
  CHECK(profile_error("") == "p.json:1: this is no valid JSON; the text ends too early");
  CHECK(profile_error(R"({"schema":"snug-profile/1","types":[{"na)") ==
        "p.json:1: this is no valid JSON; the text ends too early");
  CHECK(profile_error("\x7f"
                      "ELF") == "p.json:1: this is no valid JSON");
  CHECK(profile_error("[]") == "p.json: the whole text: has to be an object");
  CHECK(profile_error("{}") == "p.json: the whole text: lacks the key 'schema'");
  CHECK(profile_error(R"({"schema":"snug-profile/2","types":[]})") ==
        "p.json: schema: is 'snug-profile/2', but this program reads 'snug-profile/1', as "
        "snug::write_access_profile writes it");
  CHECK(profile_error(R"({"schema":1,"types":[]})") == "p.json: schema: has to be a string");
  CHECK(profile_error(R"({"schema":"snug-profile/1","types":{}})") ==
        "p.json: types: has to be a list");
  CHECK(profile_error(with_types("7")) == "p.json: types[0]: has to be an object");
  CHECK(profile_error(with_types(R"({"name":"S"})")) == "p.json: types[0]: lacks the key 'fields'");
  CHECK(profile_error(with_types(R"({"name":"","fields":[]})")) ==
        "p.json: types[0].name: is empty, but a type has a name");
  CHECK(profile_error(with_types(R"({"name":"S","fields":[]},{"name":"S","fields":[]})")) ==
        "p.json: types[1].name: names the type 'S' a second time");
  const auto field = [](const std::string& rest) {
    return profile_error(with_types(R"({"name":"S","fields":[{"name":"x")" + rest + "}]}"));
  };
  CHECK(field(R"(,"reads":1)") == "p.json: types[0].fields[0]: lacks the key 'writes'");
  const std::string number = "has to be a whole number that is not negative";
  CHECK(field(R"(,"reads":-1,"writes":0)") == "p.json: types[0].fields[0].reads: " + number);
  CHECK(field(R"(,"reads":1.5,"writes":0)") == "p.json: types[0].fields[0].reads: " + number);
  CHECK(field(R"(,"reads":"1","writes":0)") == "p.json: types[0].fields[0].reads: " + number);
  CHECK(field(R"(,"reads":0,"writes":18446744073709551616)") ==
        "p.json: types[0].fields[0].writes: " + number);
  CHECK(field(R"(,"reads":0,"writes":1e999)") != "");
  CHECK(field(R"(,"reads":0,"writes":0},{"name":"x","reads":0,"writes":0)") ==
        "p.json: types[0].fields[1].name: names the field 'x' a second time");
}

TEST_CASE("profile: a file that is missing or much too large is refused before it is read") {
  CHECK(profile_error([] {
          (void)read_profile_file("/no/such/p.json", "p.json");
        }).find("/no/such/p.json") != std::string::npos);
  const std::string path =
      (std::filesystem::temp_directory_path() / "snug-read-profile-test.json").string();
  std::ofstream(path) << with_types("");
  CHECK(read_profile_file(path, "p.json").empty());
  std::filesystem::resize_file(path, (std::uintmax_t{64} << 20U) + (1U << 20U));  // sparse
  CHECK(profile_error([&] { (void)read_profile_file(path, "p.json"); }) ==
        "p.json: this file has 65 MiB, but a profile has at most 64");
  std::filesystem::remove(path);
}
