#include "scan/command/recorded_commands.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "scan/command/compile_database.hpp"
#include "support/program.hpp"

namespace snug::test {
namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("what a command compiles is told from its words") {
  CHECK(compiled_sources({"gcc", "-c", "a.c"}) == Words{"a.c"});
  CHECK(compiled_sources({"g++", "-I", "b.cpp", "a.cpp", "-o", "x.c", "-include", "c.cc"}) ==
        Words{"a.cpp"});
  CHECK(compiled_sources({"gcc", "a.c", "b.c", "c.o", "-o", "prog", "-lm"}) == Words{"a.c", "b.c"});
  CHECK(compiled_sources({"ccache", "g++", "-c", "a.cc"}) == Words{"a.cc"});
  CHECK(compiled_sources({"gcc", "--", "-a.c"}) == Words{"-a.c"});
  for (const Words& none :
       {Words{"gcc", "a.o", "-o", "prog"}, Words{"gcc", "-E", "a.c"}, Words{"gcc", "--version"},
        Words{"gcc", "-MM", "a.c"}, Words{"as", "a.s"}, Words{"gcc"}}) {
    CHECK(compiled_sources(none).empty());
  }
}

TEST_CASE("recorded commands are a compile database, whatever their bytes") {
  const ScratchFolder folder;
  folder.write("a.c", "int a;\n");
  folder.write("b \"q\".c", "int b;\n");
  const std::string kept = folder.path(".snug");
  const Words first = {"gcc", "-DTEXT=\"x\\y\"\n\xff", "-c", "a.c", "-o", "a.o"};
  record_command(kept, first, folder.path());
  record_command(kept, {"gcc", "-c", "b \"q\".c"}, folder.path());
  record_command(kept, {"gcc", "-c", "gone.c"}, folder.path());
  const auto found = find_database(folder.path("a.c"));
  REQUIRE(found);
  CompileDatabase database = load_database(*found);
  REQUIRE(database.commands.size() == 2);  // of the file that is gone nothing is read
  if (database.commands[0].file != folder.path("a.c")) {
    std::swap(database.commands[0], database.commands[1]);
  }
  CHECK(database.commands[0].arguments == first);
  CHECK(database.commands[0].directory == folder.path());
  CHECK(database.commands[1].file == folder.path("b \"q\".c"));

  // Compiled again with other flags: the entry is replaced. To another output: there are two.
  record_command(kept, {"gcc", "-DNEW", "-c", "a.c", "-o", "a.o"}, folder.path());
  CHECK(load_database(*found).commands.size() == 2);
  record_command(kept, {"gcc", "-fPIC", "-c", "a.c", "-o", "a.lo"}, folder.path());
  CHECK(load_database(*found).commands.size() == 3);
}

TEST_CASE("commands are recorded in one folder for all folders of a build") {
  const ScratchFolder folder;
  folder.write("p/Makefile", "");
  folder.write("p/src/Makefile", "");
  folder.write("p/build/sub/x", "");
  const std::string kept = folder.path("p/.snug");
  for (const char* below : {"p", "p/src", "p/build", "p/build/sub"}) {
    INFO(below);
    CHECK(record_folder(folder.path(below)) == kept);
  }
  folder.write("p/src/.git/HEAD", "");
  CHECK(record_folder(folder.path("p/src")) == folder.path("p/src/.snug"));
  folder.write("p/.snug/commands/x", "");
  CHECK(record_folder(folder.path("p/src")) == kept);
}

TEST_CASE("a folder called commands is none of recorded commands") {
  const ScratchFolder folder;
  folder.write("commands/a.json", "{}");
  folder.write("a.c", "");
  CHECK_FALSE(recorded_commands_in(folder.path()));
  record_command(folder.path(), {"cc", "-c", "a.c"}, folder.path());
  CHECK(recorded_commands_in(folder.path()) == folder.path("commands"));
}

}  // namespace snug::test
