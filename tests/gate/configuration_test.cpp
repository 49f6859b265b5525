#include "gate/configuration/configuration.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace snug;

namespace {

const std::vector<KnownCheck> checks = {{"padding", {"min-bytes"}}, {"line-straddle", {}}};

Configuration read(std::string_view text) {
  return read_configuration(text, "/p/.snug.toml", checks);
}

std::string error_of(std::string_view text) {
  try {
    (void)read(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("everything that a configuration may say is read") {
  const Configuration read_one = read(R"(
checks = ["-odr-layout", "padding"]
level = "note"
fail-on = "never"
exclude = ["third_party/**"]
public-headers = "include/**"
thread-entries = ["app::Pool::post"]

[check.padding]
level = "note"
min-bytes = 16

[[budget]]
types = ["market::Order", "net::*"]
max-size = 64
max-padding = 0
max-lines = 1

[[budget]]
types = "Header"
frozen = true
)");
  CHECK(read_one.checks == "-odr-layout,padding");
  CHECK(read_one.level == Level::Note);
  CHECK(read_one.fail_on == "never");
  CHECK(read_one.excludes == std::vector<std::string>{"third_party/**"});
  CHECK(read_one.public_headers == std::vector<std::string>{"include/**"});
  REQUIRE(read_one.known.functions.size() == 1);
  CHECK(read_one.known.functions.front().name == "app::Pool::post");
  CHECK(read_one.options.at("padding.min-bytes") == 16);
  CHECK(read_one.levels.at("padding") == Level::Note);
  CHECK(read_one.folder() == "/p");
  REQUIRE(read_one.budgets.size() == 2);
  const BudgetEntry& first = read_one.budgets[0];
  CHECK(first.types == std::vector<std::string>{"market::Order", "net::*"});
  CHECK(first.max_size->most == 64);
  CHECK(first.max_size->set_at.line == 15);
  CHECK(first.max_padding->most == 0);
  CHECK(first.max_lines->most == 1);
  CHECK(!first.frozen);
  CHECK(first.where.line == 13);
  CHECK(read_one.budgets[1].frozen->line == 21);
}

TEST_CASE("an empty configuration says nothing") {
  const Configuration empty = read("");
  CHECK(empty.checks.empty());
  CHECK(!empty.level);
  CHECK(empty.budgets.empty());
}

TEST_CASE("what is wrong in a configuration is told with its place and what was meant") {
  CHECK(error_of("chekcs = []\n")
            .starts_with("/p/.snug.toml:1:1: there is no key 'chekcs' in the configuration; did "
                         "you mean 'checks'?"));
  CHECK(error_of("\nlevel = \"notes\"\n") ==
        "/p/.snug.toml:2:9: 'level' cannot be 'notes': it is one of note, warning; did you mean "
        "'note'?");
  CHECK(error_of("level = 3\n") ==
        "/p/.snug.toml:1:9: 'level' has to be a string, not a whole "
        "number");
  CHECK(error_of("exclude = [1]\n") ==
        "/p/.snug.toml:1:12: 'each item of exclude' has to be a string, not a whole number");
  CHECK(
      error_of("[check.paddign]\nmin-bytes = 1\n")
          .starts_with("/p/.snug.toml:1:8: there is no check 'paddign'; did you mean 'padding'?"));
  CHECK(error_of("[check.padding]\nmin_bytes = 1\n")
            .starts_with("/p/.snug.toml:2:1: there is no key 'min_bytes' in [check.padding]; did "
                         "you mean 'min-bytes'?"));
  CHECK(error_of("[check.line-straddle]\nmin-bytes = 1\n").find("(its keys are level)") !=
        std::string::npos);
  CHECK(error_of("[check.padding]\nmin-bytes = -1\n") ==
        "/p/.snug.toml:2:13: 'min-bytes' cannot be negative");
  CHECK(error_of("[check.padding]\nmin-bytes = 1.5\n").find("not a number with a point") !=
        std::string::npos);
  CHECK(error_of("[budget]\ntypes = \"A\"\n").find("[[budget]]") != std::string::npos);
  CHECK(error_of("[[budget]]\nmax-size = 3\n").find("needs 'types'") != std::string::npos);
  CHECK(error_of("[[budget]]\ntypes = \"A\"\n").find("needs a limit") != std::string::npos);
  CHECK(error_of("[[budget]]\ntypes = \"A\"\nfrozen = 1\n").find("true or false") !=
        std::string::npos);
  CHECK(error_of("level = \n").starts_with("/p/.snug.toml:1:"));
  CHECK(error_of("a = \xff\n").starts_with("/p/.snug.toml:1:"));
  CHECK(error_of("[[[budget]]]\n").starts_with("/p/.snug.toml:1:3: "));
  CHECK(error_of("level =\n  \xef\xbb\xbd\n").starts_with("/p/.snug.toml:"));
  CHECK(error_of("# caf\xc3\xa9 \xef\xbb\xbd\nexclude = [\"caf\xc3\xa9\", '\xef\xbb\xbd']\n") ==
        "");
  CHECK(error_of("level = 5\xc3\xa9\n").starts_with("/p/.snug.toml:1:"));
  CHECK(error_of("exclude = \"\"\"a\"\nb\xef\xbb\xbd\"\"\"\"\n") == "");
  CHECK(error_of("checks = [\"\"]\n").find("cannot be empty") != std::string::npos);
}

TEST_CASE("all mistakes of a file are reported at once, in the order of its lines") {
  const std::string text = error_of(R"(level = "loud"
cheks = ["padding"]
exclude = 3

[check.paddin]
level = "note"

[check.padding]
min-byte = 16
level = "nte"

[[budget]]
types = ["A"]
max-sise = 4

[[budget]]
max-size = 4

[[known.type]]
name = "app::Vec<int>"
)");
  CHECK(text.starts_with("/p/.snug.toml: 9 errors\n  /p/.snug.toml:1:"));
  std::size_t at = 0;
  for (const char* part :
       {":1:9: 'level' cannot be 'loud'",
        ":2:1: there is no key 'cheks' in the configuration; did you mean 'checks'?",
        ":3:11: 'exclude' has to be a list of strings, not a whole number",
        ":5:8: there is no check 'paddin'; did you mean 'padding'?",
        ":9:1: there is no key 'min-byte' in [check.padding]; did you mean 'min-bytes'?",
        ":10:9: 'level' cannot be 'nte'",
        ":14:1: there is no key 'max-sise' in [[budget]]; did you mean 'max-size'?",
        ":16:1: a budget needs 'types'", ":20:8: 'name' has to be a name with its scopes"}) {
    CAPTURE(part, text);
    const std::size_t found = text.find(part, at);
    CHECK(found != std::string::npos);
    if (found != std::string::npos) at = found;
  }
  // One mistake is one line.
  CHECK(error_of("level = \"loud\"").find('\n') == std::string::npos);
}
