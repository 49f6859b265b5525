#include "scan/command/select.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/include_graph.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

using Names = std::vector<std::string>;

struct SelectProject {
  TempFolder folder;
  CompileDatabase database;
  ScanOptions options;

  void unit(const std::string& name, const std::string& text, Names flags = {}) {
    const std::string path = folder.write(name, text);
    flags.insert(flags.begin(), "g++");
    flags.push_back(path);
    database.path = folder.path("compile_commands.json");
    database.commands.push_back({path, folder.path(), flags});
  }

  [[nodiscard]] Selection select(const Names& names) const {
    Names files;
    for (const std::string& name : names) files.push_back(folder.path(name));
    DriverCache cache;
    return select_commands(database, files, options, cache);
  }

  [[nodiscard]] Names selected(const Names& names) const {
    Names result;
    for (const CompileCommand& command : select(names).commands) {
      result.push_back(command.file.substr(folder.path().size() + 1));
    }
    return result;
  }
};

TEST_CASE("include lines are read from text") {
  CHECK(included_names("#include <a>\n  #  include \"b/c.h\" // x\n#import \"d\"\n"
                       "#include_next <e>\n#include MACRO\n#includex\nint x;\n#include \"f") ==
        Names{"a", "b/c.h", "d", "e"});
  CHECK(included_names("").empty());
}

TEST_CASE("without files everything is selected, a file selects its commands") {
  SelectProject project;
  project.unit("src/a.cpp", "");
  project.unit("src/b.cpp", "");
  project.unit("src/b.cpp", "", {"-DX"});
  CHECK(project.selected({}) == Names{"src/a.cpp", "src/b.cpp", "src/b.cpp"});
  CHECK(project.selected({"src/b.cpp"}) == Names{"src/b.cpp", "src/b.cpp"});
  CHECK(project.selected({"src"}).size() == 3);
  CHECK(project.selected({"src/../src/a.cpp", "src/a.cpp"}) == Names{"src/a.cpp"});
}

TEST_CASE("a link to a unit selects it") {
  SelectProject project;
  project.unit("a.cpp", "");
  std::filesystem::create_symlink("a.cpp", project.folder.path("link.cpp"));
  CHECK(project.selected({"link.cpp"}) == Names{"a.cpp"});
}

TEST_CASE("a header selects one unit that really includes it") {
  SelectProject project;
  project.folder.write("inc/box.hpp", "struct Box {};\n");
  project.folder.write("inc/all.hpp", "#include \"box.hpp\"\n");
  project.folder.write("inc/computed.hpp", "");
  project.unit("src/aaa.cpp", "#include <all.hpp>\n", {"-Iinc"});
  project.unit("src/box.cpp", "#if 0\n#include <box.hpp>\n#endif\n", {"-I", "inc"});
  project.unit("src/none.cpp", "");
  const Selection selection = project.select({"inc/box.hpp"});
  REQUIRE(selection.commands.size() == 1);
  CHECK(selection.commands[0].file == project.folder.path("src/aaa.cpp"));
  CHECK(selection.headers == Names{project.folder.path("inc/box.hpp")});
}

TEST_CASE("of several units the one of the same name is taken, then the nearest") {
  SelectProject project;
  project.folder.write("lib/x.hpp", "");
  project.folder.write("lib/y.hpp", "");
  project.unit("app/a.cpp", "#include \"../lib/x.hpp\"\n#include \"../lib/y.hpp\"\n");
  project.unit("lib/x.cpp", "#include \"x.hpp\"\n");
  project.unit("lib/z.cpp", "#include \"x.hpp\"\n#include \"y.hpp\"\n");
  CHECK(project.selected({"lib/x.hpp"}) == Names{"lib/x.cpp"});
  CHECK(project.selected({"lib/y.hpp"}) == Names{"lib/z.cpp"});
}

TEST_CASE("forced includes and includes in circles are followed") {
  SelectProject project;
  project.folder.write("forced.hpp", "#pragma once\n#include \"loop.hpp\"\n");
  project.folder.write("loop.hpp", "#pragma once\n#include \"forced.hpp\"\n");
  project.unit("a.cpp", "", {"-include", "forced.hpp"});
  CHECK(project.selected({"loop.hpp"}) == Names{"a.cpp"});
}

TEST_CASE("headers restrict the report only where nothing else is asked for") {
  SelectProject project;
  project.folder.write("x.hpp", "");
  project.unit("a.cpp", "#include \"x.hpp\"\n");
  project.unit("b.cpp", "");
  CHECK(project.select({"x.hpp", "b.cpp"}).headers.empty());
  CHECK(project.selected({"x.hpp", "b.cpp"}) == Names{"a.cpp", "b.cpp"});
}

TEST_CASE("files that are in no unit are told, with what may have been meant") {
  SelectProject project;
  project.folder.write("inc/widget.hpp", "");
  project.folder.write("unused.hpp", "");
  project.folder.write("other.cpp", "");
  project.folder.write("docs/readme", "");
  project.unit("src/widget.cpp", "#include \"../inc/widget.hpp\"\n");
  CHECK_THROWS_WITH(project.select({"src/wigdet.cpp"}),
                    Catch::Contains("wigdet.cpp: no such file") &&
                        Catch::Contains("did you mean '" + project.folder.path("src/widget.cpp")));
  CHECK_THROWS_WITH(project.select({"inc/wigdet.hpp"}),
                    Catch::Contains("did you mean '" + project.folder.path("inc/widget.hpp")));
  CHECK_THROWS_WITH(project.select({"unused.hpp"}),
                    Catch::Contains("no unit of") && Catch::Contains("includes this file"));
  CHECK_THROWS_WITH(project.select({"other.cpp"}), Catch::Contains("not a unit of"));
  CHECK_THROWS_WITH(project.select({"docs"}), Catch::Contains("is in this folder"));
}

}  // namespace
}  // namespace snug::test
