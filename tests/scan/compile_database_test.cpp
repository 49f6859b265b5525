#include "scan/command/compile_database.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "scan/command/command_words.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

CompileDatabase load(const TempFolder& folder, const std::string& text) {
  return load_database(folder.write("compile_commands.json", text));
}

TEST_CASE("commands come as text and as lists, with relative paths") {
  const TempFolder folder;
  const CompileDatabase database = load(folder, R"([
    {"directory": "build", "command": "g++ -DX=\"a b\" -c ../a.cpp", "file": "../a.cpp"},
    {"directory": "/abs", "arguments": ["clang", "-c", "b c.c"], "file": "b c.c", "output": "o"}
  ])");
  REQUIRE(database.commands.size() == 2);
  CHECK(database.commands[0].directory == folder.path("build"));
  CHECK(database.commands[0].file == folder.path("a.cpp"));
  CHECK(database.commands[0].arguments == Words{"g++", "-DX=a b", "-c", "../a.cpp"});
  CHECK(database.commands[1].file == "/abs/b c.c");
  CHECK(database.commands[1].arguments == Words{"clang", "-c", "b c.c"});
}

TEST_CASE("paths that are not UTF-8 keep their bytes") {
  const TempFolder folder;
  const CompileDatabase database =
      load(folder,
           "[{\"directory\": \"/d\xff\", \"command\": \"cc -c caf\xe9.c\", \"file\": "
           "\"caf\xe9.c\"}]");
  CHECK(database.commands[0].file == "/d\xff/caf\xe9.c");
  CHECK(database.commands[0].arguments.back() == "caf\xe9.c");
  const CompileDatabase utf8 = load(
      folder, "[{\"directory\": \"/\u00e9\U0010FFFD\", \"command\": \"cc\", \"file\": \"a\"}]");
  CHECK(utf8.commands[0].directory == "/\u00e9\xf4\x8f\xbf\xbd");
}

TEST_CASE("what is no database is told with line and remedy") {
  const TempFolder folder;
  const std::string path = folder.path("compile_commands.json");
  CHECK_THROWS_WITH(load(folder, ""), Catch::StartsWith(path + ":1:") && Catch::Contains("empty") &&
                                          Catch::Contains("CMAKE_EXPORT_COMPILE_COMMANDS"));
  CHECK_THROWS_WITH(load(folder, "[]"), Catch::Contains("names no files"));
  CHECK_THROWS_WITH(load(folder, "{}"), Catch::Contains("no list of commands"));
  CHECK_THROWS_WITH(load(folder, "[\n{\"directory\": \"/\",\n\"comm"),
                    Catch::StartsWith(path + ":3:") && Catch::Contains("truncated"));
  CHECK_THROWS_WITH(load(folder, "[\n\n oops ]"),
                    Catch::StartsWith(path + ":3:") && Catch::Contains("not JSON"));
  CHECK_THROWS_WITH(load_database(folder.path("none.json")), Catch::Contains("No such file"));
}

TEST_CASE("an entry that cannot be used is told by number and line, the others stay") {
  const TempFolder folder;
  const std::string good = R"({"directory":"/","file":"g","command":"c"})";
  const auto why = [&](const std::string& entry) {
    const CompileDatabase database = load(folder, "[" + good + ",\n" + entry + ",\n" + good + "]");
    REQUIRE(database.commands.size() == 3);
    CHECK(database.commands[0].broken.empty());
    CHECK(database.commands[2].broken.empty());
    CHECK_THAT(
        database.commands[1].broken,
        Catch::StartsWith("entry 2 of " + folder.path("compile_commands.json") + " (line 2)"));
    return database.commands[1].broken;
  };
  CHECK_THAT(why(R"({"directory":"/","command":"c"})"), Catch::Contains("no \"file\""));
  CHECK_THAT(why(R"({"file":"[{\"","command":"c"})"), Catch::Contains("no \"directory\""));
  CHECK_THAT(why(R"({"directory":"/","file":"a"})"), Catch::Contains("neither"));
  CHECK_THAT(why(R"({"directory":"/","file":"a","command":"c 'x"})"), Catch::Contains("neither"));
  CHECK_THAT(why(R"({"directory":"/","file":"a","arguments":[1]})"), Catch::Contains("neither"));
  CHECK_THAT(why(R"({"directory":"/","file":"a\u0000b","command":"c"})"), Catch::Contains("NUL"));
  CHECK_THAT(why("7"), Catch::Contains("not an object"));
  CHECK_THAT(why("-5.5E5555"), Catch::Contains("not an object"));
  CHECK_THAT(why(R"({"directory":"/","file":"\"1e9999","command":"","x":[1e9999]})"),
             Catch::Contains("neither"));
}

TEST_CASE("every truncation of a database is an error") {
  const TempFolder folder;
  const std::string text = R"([{"directory": "/", "command": "cc a.c", "file": "a.c"}])";
  for (std::size_t size = 0; size < text.size(); ++size) {
    REQUIRE_THROWS_AS(load(folder, text.substr(0, size)), Error);
  }
}

TEST_CASE("a database is found upwards and in build folders") {
  const TempFolder folder;
  folder.write("project/src/deep/a.cpp", "");
  CHECK_FALSE(find_database(folder.path("project/src")) ==
              folder.path("project/compile_commands.json"));
  folder.write("project/build-b/compile_commands.json", "x");
  folder.write("project/build-a/compile_commands.json", "x");
  folder.write("project/other/compile_commands.json", "x");
  CHECK(find_database(folder.path("project/src/deep/a.cpp")) ==
        folder.path("project/build-a/compile_commands.json"));
  folder.write("project/compile_commands.json", "x");
  CHECK(find_database(folder.path("project/src/deep")) ==
        folder.path("project/compile_commands.json"));
  fs::create_directory_symlink(folder.path("project"), folder.path("project/src/build-loop"));
  CHECK(find_database(folder.path("project/src/no-such-file")) ==
        folder.path("project/src/build-loop/compile_commands.json"));
}

TEST_CASE("words are split as a shell does, and nothing is expanded") {
  const auto split = [](std::string_view text) { return *split_words(text, Quoting::Shell); };
  CHECK(split("") == Words{});
  CHECK(split("  a\tb\n c ") == Words{"a", "b", "c"});
  CHECK(split(R"(-DA=\"x\ y\" '-DB="q"' "c\"d" 'e\f' "g\h")") ==
        Words{"-DA=\"x y\"", "-DB=\"q\"", "c\"d", "e\\f", "g\\h"});
  CHECK(split("'' \"\"") == Words{"", ""});
  CHECK(split("a'b c'd") == Words{"ab cd"});
  CHECK(split("$HOME * `ls`") == Words{"$HOME", "*", "`ls`"});
  CHECK(split("a \\\n b") == Words{"a", "", "b"});
  CHECK_FALSE(split_words("a 'b", Quoting::Shell));
  CHECK_FALSE(split_words("\"", Quoting::Shell));
  CHECK(*split_words(R"('a\'b' "c\d")", Quoting::ResponseFile) == Words{"a'b", "cd"});
}

TEST_CASE("words of cl are split as Windows does") {
  const auto split = [](std::string_view text) { return *split_words(text, Quoting::Windows); };
  CHECK(split(R"(/I"C:\a b\" /DX=\"y\" C:\x\y.cpp)") == Words{R"(/IC:\a b" /DX="y" C:\x\y.cpp)"});
  CHECK(split(R"(/I"C:\a b\\" /DX=\"y\" C:\x\y.cpp)") ==
        Words{R"(/IC:\a b\)", R"(/DX="y")", R"(C:\x\y.cpp)"});
  CHECK(split("a 'b c'") == Words{"a", "'b", "c'"});
}

TEST_CASE("quoting a word and splitting it gives the word") {
  CHECK(rc::check([](const Words& words) {
    std::string text;
    Words expected;
    for (const std::string& word : words) {
      std::string quoted = "'";
      for (const char byte : word)
        quoted += byte == '\'' ? std::string("'\\''") : std::string(1, byte);
      text += quoted + "' ";
    }
    RC_ASSERT(split_words(text, Quoting::Shell) == words);
  }));
}

TEST_CASE("response files are expanded, nested ones too") {
  const TempFolder folder;
  folder.write("flags.rsp", "-DA \"-DB=x y\"\n@sub/more.rsp -DD");
  folder.write("sub/more.rsp", "-DC");
  Words words{"g++", "@flags.rsp", "a.cpp"};
  CHECK(expand_response_files(words, folder.path()).empty());
  CHECK(words == Words{"g++", "-DA", "-DB=x y", "-DC", "-DD", "a.cpp"});
}

TEST_CASE("response files that are missing, broken or endless are told") {
  const TempFolder folder;
  folder.write("loop.rsp", "@loop.rsp @loop.rsp");
  folder.write("broken.rsp", "'a");
  std::filesystem::create_directory(folder.path("folder.rsp"));
  const auto problem = [&](const std::string& name) {
    Words words{"g++", "@" + name};
    std::string result = expand_response_files(words, folder.path());
    CHECK(words == Words{"g++", "@" + name});
    return result;
  };
  CHECK_THAT(problem("none.rsp"),
             Catch::Contains(folder.path("none.rsp")) && Catch::Contains("cannot be read"));
  CHECK_THAT(problem("loop.rsp"), Catch::Contains("includes itself"));
  CHECK_THAT(problem("broken.rsp"), Catch::Contains("never ends"));
  CHECK_THAT(problem("folder.rsp"), Catch::Contains("not a regular file"));
}

TEST_CASE("files without a database get their language's compiler") {
  const auto commands = commands_for_files({"a.c", "b.cpp", "c.h"}, {"-DX"}, "/d");
  REQUIRE(commands.size() == 3);
  CHECK(commands[0].arguments == Words{"cc", "-DX", "/d/a.c"});
  CHECK(commands[1].arguments == Words{"c++", "-DX", "/d/b.cpp"});
  CHECK(commands[2].arguments[0] == "c++");
  CHECK(commands_for_files({"a.c"}, {"g++", "-O"}, "/d")[0].arguments ==
        Words{"g++", "-O", "/d/a.c"});
}

}  // namespace
}  // namespace snug::test
