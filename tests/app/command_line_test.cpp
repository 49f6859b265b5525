#include "app/command_line.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "session/configure.hpp"

using namespace snug;
using Words = std::vector<std::string>;

namespace {

Options parsed(const std::string& command, const Words& words) {
  return parse_options(find_command(command), words);
}

}  // namespace

TEST_CASE("words become options") {
  const Options options = parsed("check", {"a.cpp",
                                           "-p",
                                           "build",
                                           "-j4",
                                           "--checks",
                                           "-padding",
                                           "--level=note",
                                           "b.cpp",
                                           "--exclude",
                                           "x/**",
                                           "--exclude",
                                           "y/**",
                                           "--option",
                                           "padding.min-bytes=16",
                                           "--timeout",
                                           "30",
                                           "--memory-limit",
                                           "2000",
                                           "--prove",
                                           "all",
                                           "--format",
                                           "json",
                                           "-o",
                                           "out.json",
                                           "--keep-going",
                                           "--fail-on",
                                           "never",
                                           "--cache-line",
                                           "128"});
  CHECK(options.arguments == Words{"a.cpp", "b.cpp"});
  CHECK(options.project.build == "build");
  CHECK(options.project.limits.jobs == 4);
  CHECK(options.check.checks == "-padding");
  CHECK(options.check.level == Level::Note);
  CHECK(options.project.meaning.excludes == Words{"x/**", "y/**"});
  CHECK(options.check.options.at("padding.min-bytes") == 16);
  CHECK(options.project.limits.timeout == std::chrono::seconds(30));
  CHECK(options.project.limits.memory_limit_mb == 2000);
  CHECK(options.proof.units == all_units);
  CHECK(options.printing.format == Format::Json);
  CHECK(options.printing.output == "out.json");
  CHECK(options.failing.keep_going);
  CHECK(options.check.fail_on == FailOn::Never);
  CHECK(options.project.meaning.cache_line == 128);
  CHECK(!options.project.flags);
}

TEST_CASE("what stands behind -- are flags, whatever they look like") {
  const Options options = parsed("check", {"a.cpp", "--", "-p", "--checks", "-std=c++20", "--"});
  CHECK(options.arguments == Words{"a.cpp"});
  REQUIRE(options.project.flags);
  CHECK(*options.project.flags == Words{"-p", "--checks", "-std=c++20", "--"});
  CHECK(parsed("check", {"a.cpp", "--"}).project.flags == Words{});
}

TEST_CASE("option --fail-on note implies --level note") {
  const auto level = [](const Words& words) {
    return settled(parsed("check", words).check, {}).level;
  };
  CHECK(level({"--fail-on", "note"}) == Level::Note);
  CHECK(level({"--fail-on", "note", "--level", "warning"}) == Level::Note);
  CHECK(level({}) == Level::Warning);
}

TEST_CASE("the last value of an option counts") {
  CHECK(parsed("check", {"-j", "2", "-j", "3"}).project.limits.jobs == 3);
  CHECK(parsed("list", {"--sort", "size", "--sort", "name"}).printing.sort == SortKey::Name);
}

TEST_CASE("shards and targets are taken apart") {
  const Options scan = parsed("scan", {"--shard", "2/8", "-o", "x"});
  CHECK(scan.project.shard.index == 2);
  CHECK(scan.project.shard.count == 8);
  CHECK(parsed("show", {"T", "--targets", "a,b,c"}).targets == Words{"a", "b", "c"});
}

TEST_CASE("wrong words are errors that say what to do") {
  const auto error = [](const std::string& command, const Words& words) {
    try {
      (void)parsed(command, words);
    } catch (const Error& caught) {
      return std::string(caught.what());
    }
    return std::string("no error");
  };
  CHECK(error("check", {"--chekcs", "padding"}).find("did you mean '--checks'?") !=
        std::string::npos);
  CHECK(error("check", {"--targets", "x"}) ==
        "'snug check' does not take --targets (see 'snug check --help')");
  CHECK(error("check", {"-x"}).find("unknown option -x") == 0);
  CHECK(error("check", {"-j", "0"}).find("--jobs needs a whole number from 1") == 0);
  CHECK(error("check", {"-j", "-3"}).find("--jobs needs a whole number from 1") == 0);
  CHECK(error("check", {"-j", "99999999999999999999"}).find("--jobs needs") == 0);
  CHECK(error("check", {"--cache-line", "48"}) == "--cache-line needs a power of two, not 48");
  CHECK(error("check", {"--format", "jsn"}).find("did you mean 'json'?") != std::string::npos);
  CHECK(error("check", {"--level", "error"}).find("it is one of note, warning") !=
        std::string::npos);
  CHECK(error("check", {"--option", "padding=3"}).find("CHECK.NAME=NUMBER") != std::string::npos);
  CHECK(error("check", {"--option", "padding.min-bytes=x"}).find("padding.min-bytes needs") == 0);
  CHECK(error("check", {"-p"}).find("snug check --help") != std::string::npos);
  CHECK(error("check", {"-p", ""}).find("--build needs a value") == 0);
  CHECK(error("check", {"--prove", "some"}).find("--prove needs") == 0);
  CHECK(error("scan", {"--shard", "9/8"}).find("K of --shard K/N needs") == 0);
  CHECK(error("scan", {"--shard", "3"}).find("--shard needs K/N") == 0);
  CHECK(error("show", {"T", "--targets", "a,,b"}).find("--targets needs a value") == 0);
}

TEST_CASE("every option is documented and belongs to a command") {
  for (const OptionSpec& spec : option_table()) {
    INFO(spec.names);
    CHECK(spec.commands != 0);
    CHECK(spec.set != nullptr);
    CHECK(spec.text.ends_with('.'));
  }
}

TEST_CASE("unknown commands are errors with a hint") {
  CHECK_THROWS_WITH(find_command("chekc"), Catch::Contains("did you mean 'check'?"));
  CHECK_THROWS_WITH(find_command("frobnicate"), Catch::Contains("no command 'frobnicate' ("));
}
