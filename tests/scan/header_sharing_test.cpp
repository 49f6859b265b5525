// Units behind shared headers give the models that they give alone, whatever they do to these
// headers; each rule of the gate has a unit that breaks it.
#include "scan/shared/header_sharing.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "known/std_headers.hpp"
#include "scan/parts/model_file.hpp"
#include "scan/shared/header_graph.hpp"
#include "scan/shared/shared_plan.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

/// Units with the same flags, and what a scan says of them.
struct SharingProject {
  TempFolder folder;
  ScanOptions options;
  std::vector<CompileCommand> commands;

  SharingProject() {
    options.root = folder.path();
    options.jobs = 2;
  }

  void unit(const std::string& name, const std::string& text,
            const std::vector<std::string>& flags = {"-std=c++20"}) {
    const std::string path = folder.write(name, text);
    const bool c = name.ends_with(".c");
    std::vector<std::string> words{c ? "gcc" : "g++", "-I" + folder.path() + "/inc"};
    words.insert(words.end(), flags.begin(), flags.end());
    words.push_back(path);
    commands.push_back({path, folder.path(), words});
  }

  /// As many units as a plan needs, and some.
  void plain_units(const std::string& includes, const std::string& end = ".cpp") {
    for (char letter = 'a'; letter < 'o'; ++letter) {
      const std::string name(1, letter);
      unit("a_" + name + end, includes + "struct Of_" + name + " { char c; long l; };\n" +
                                  "struct Of_" + name + " object_" + name + ";\n");
    }
  }

  [[nodiscard]] std::string scan(bool share, SharingReport* report = nullptr) const {
    ScanOptions own = options;
    own.share_headers = share;
    own.sharing = report;
    return to_bytes(scan_all(commands, own));
  }

  [[nodiscard]] std::vector<FrontEndCommand> translated() const {
    DriverCache cache;
    return translate(commands, options, cache);
  }
};

constexpr const char* both = "#include <cassert>\n#include <ctime>\n#include <vector>\n";

TEST_CASE("units that include the same headers share them, and their models are the same") {
  SharingProject project;
  project.folder.write("common.hpp",
                       "#pragma once\n" + std::string(both) +
                           "template <class T> struct Box {\n"
                           "  T value; char tag; static int count;\n"
                           "  friend bool operator==(const Box& a, const Box& b) {\n"
                           "    std::vector<Box<T*>> pointers; return a.tag == b.tag;\n"
                           "  }\n"
                           "  long sum() { auto add = [this](long n) { return n + tag; };"
                           " return add(sizeof(T)); }\n"
                           "};\n"
                           "template <class T> int Box<T>::count = 0;\n"
                           "template <class T> T largest = T(1);\n"
                           "template <class T> long twice(T t) { return largest<T> + t; }\n"
                           "template <> inline long twice<char>(char) { return 7; }\n");
  project.plain_units(std::string(both));
  project.unit("m_templates.cpp",
               "#include \"common.hpp\"\n"
               "template struct Box<short>;\n"
               "template long twice<int>(int);\n"
               "namespace std { template <> struct hash<Box<int>> { char c; long l; }; }\n"
               "struct Each { char c; Box<double> box; std::vector<Box<int>> list; };\n"
               "bool same(Each& a, Each& b) { return a.box == b.box && a.box.sum() == 3; }\n"
               "long all(std::tm t) { return twice('c') + twice(2L) + t.tm_sec; }\n");
  project.unit("m_functions.cpp",
               std::string(both) +
                   "inline long& opened() { static long count = 0; return count; }\n"
                   "int main() { return opened()++ == 0 ? 0 : 1; }\n");
  project.unit("m_array.cpp",
               "#include <array>\n" + std::string(both) +
                   "struct Part { Part() = default; Part(const Part&) = delete; int i; };\n"
                   "std::array<Part, 3> parts;\n");
  SharingReport report;
  const std::string shared = project.scan(true, &report);
  CHECK(shared == project.scan(false));
  CHECK(report.shared == 15);
  CHECK(report.audited == 2);
  CHECK(report.plain == 0);
  CHECK(report.refusals.empty());
  CHECK(report.differences.empty());
}

TEST_CASE("a layout scan shares them too") {
  SharingProject project;
  project.plain_units(both);
  project.options.layout_only = true;
  SharingReport report;
  CHECK(project.scan(true, &report) == project.scan(false));
  CHECK(report.shared == 12);
}

struct Breach {
  const char* name;
  const char* rule;
  std::string text;
};

TEST_CASE("a unit that breaks a rule is parsed plainly, the others are not") {
  constexpr const char* name_taken = "a macro whose name the headers use";
  constexpr const char* taken_back = "a macro of the headers that is taken back";
  constexpr const char* open = "a header within braces or behind a pragma";
  constexpr const char* early = "a macro that is used before its header is included";
  constexpr const char* missing = "a shared header that the unit does not include";
  const std::string use =
      "struct Holder { char c; std::tm time; std::vector<int> list; };\n"
      "Holder holder;\n";
  const std::vector<Breach> breaches{
      {"private", name_taken, "#define private public\n" + std::string(both) + use},
      {"switch", name_taken, "#define NDEBUG\n" + std::string(both) + use},
      {"late", name_taken, std::string(both) + "#define vector list\n"},
      {"hidden", name_taken, "#include \"renames.hpp\"\n" + std::string(both)},
      {"undefined", taken_back, std::string(both) + "#undef assert\n" + use},
      {"pushed", taken_back,
       "#pragma push_macro(\"assert\")\n" + std::string(both) + "#pragma pop_macro(\"assert\")\n"},
      {"packed", open,
       "#include <vector>\n#include <cassert>\n#pragma pack(push, 1)\n#include <ctime>\n"
       "#pragma pack(pop)\n" +
           use},
      {"operator", open,
       "#include <vector>\n#include <cassert>\n_Pragma(\"pack(push, 1)\")\n#include <ctime>\n"
       "_Pragma(\"pack(pop)\")\n" +
           use},
      {"packing_header", open, "#include \"packs.hpp\"\n" + std::string(both) + use},
      {"linkage", open,
       "extern \"C\" {\n#include <assert.h>\n#include <time.h>\n}\n#include <vector>\n"
       "#include <ctime>\n#include <cassert>\n" +
           use},
      {"within", open,
       "#include <vector>\n#include <cassert>\nextern \"C\" {\n#include \"time_of.hpp\"\n}\n" +
           use},
      {"asked", early,
       "#ifndef assert\nstruct Without { char c; long l; };\nWithout without;\n#endif\n" +
           std::string(both)},
      {"defined", early,
       "#include <vector>\n#if defined(CLOCKS_PER_SEC) || 0\nstruct With { char c; long l; };\n"
       "With with;\n#endif\n#include <ctime>\n#include <cassert>\n"},
      {"inactive", missing,
       "#include <cassert>\n#include <ctime>\n#if 0\n#include <vector>\n#endif\nstruct vector {"
       " char c; long l; };\nvector own;\n"},
  };
  SharingProject project;
  project.folder.write("renames.hpp", "#define tm_sec tm_seconds\n");
  project.folder.write("packs.hpp", "#pragma pack(push, 1)\nstruct Tight { char c; long l; };\n");
  project.folder.write("time_of.hpp", "#include <ctime>\n");
  project.plain_units(both);
  std::map<std::string, std::size_t> expected;
  for (const Breach& breach : breaches) {
    project.unit("m_" + std::string(breach.name) + ".cpp", breach.text);
    ++expected[breach.rule];
  }
  SharingReport report;
  const std::string shared = project.scan(true, &report);
  CHECK(report.refusals == expected);
  CHECK(report.shared + report.audited == 14);
  CHECK(report.plain == breaches.size());
  CHECK(shared == project.scan(false));
}

TEST_CASE(
    "a macro that is taken back in another configuration, or is none of the headers, is no "
    "breach") {
  SharingProject project;
  project.plain_units("#undef max\n#undef GetObject\n#ifdef _WIN32\n#undef assert\n#endif\n" +
                      std::string(both));
  SharingReport report;
  CHECK(project.scan(true, &report) == project.scan(false));
  CHECK(report.shared == 12);
}

TEST_CASE("a unit on which the front end ends is tried without shared headers") {
  SharingProject project;
  project.plain_units(both);
  project.unit("m_ends.cpp", std::string(both) + "#pragma clang __debug crash\n");
  SharingReport report;
  const std::string shared = project.scan(true, &report);
  CHECK(shared == project.scan(false));
  CHECK(report.refusals == std::map<std::string, std::size_t>{{"the front end ends on it", 1}});
  CHECK(report.shared == 12);
}

TEST_CASE("C units that choose features by a macro of their text do not share") {
  SharingProject project;
  project.plain_units("#define _GNU_SOURCE\n#include <stdio.h>\n#include <string.h>\n", ".c");
  for (CompileCommand& command : project.commands) std::erase(command.arguments, "-std=c++20");
  SharingReport report;
  CHECK(project.scan(true, &report) == project.scan(false));
  CHECK(report.refusals ==
        std::map<std::string, std::size_t>{{"its text chooses what the headers declare", 14}});
  CHECK(report.shared == 0);
}

TEST_CASE("texts that choose what standard headers declare are known") {
  CHECK(chooses_features("#define _GNU_SOURCE\n"));
  CHECK(chooses_features("#if 1\n#  define\t_FILE_OFFSET_BITS 64\n#endif\n"));
  CHECK_FALSE(chooses_features("#ifdef _GNU_SOURCE\n#undef _GNU_SOURCE\n#define GNU 1\n#endif\n"));
  CHECK_FALSE(chooses_features(""));
}

TEST_CASE("what may not be shared is told") {
  SharingProject project;
  project.plain_units(both);
  std::map<std::string, std::size_t> expected;
  SECTION("another flag in each unit") {
    char number = 'a';
    for (CompileCommand& command : project.commands) {
      command.arguments.insert(command.arguments.begin() + 1, std::string("-DN=") + number++);
    }
    expected["fewer than 8 units have the same flags"] = 14;
  }
  SECTION("a header that is forced on each") {
    project.folder.write("forced.hpp", "#define FORCED 1\n");
    for (CompileCommand& command : project.commands) {
      command.arguments.insert(command.arguments.begin() + 1, {"-include", "forced.hpp"});
    }
    expected["the flag -include"] = 14;
  }
  SECTION("records of the system are asked for") {
    project.options.system_headers = true;
    expected["--system-headers"] = 14;
  }
  SECTION("a standard header of the project's own") {
    std::filesystem::create_directories(project.folder.path() + "/inc");
    for (const char* name : {"vector", "ctime", "cassert"}) {
      project.folder.write(std::string("inc/") + name, "struct Own { char c; long l; };\n");
    }
    expected["its standard headers are those of too few units"] = 14;
  }
  SharingReport report;
  CHECK(project.scan(true, &report) == project.scan(false));
  CHECK(report.refusals == expected);
  CHECK(report.shared == 0);
}

TEST_CASE("a result behind shared headers is kept under the inputs of a plain one") {
  SharingProject project;
  project.plain_units(both);
  const std::vector<FrontEndCommand> commands = project.translated();
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < commands.size(); ++at) places.push_back(at);
  const HeaderSharing sharing(commands, places, project.options);
  const std::set<std::size_t> first(sharing.first().begin(), sharing.first().end());
  LeftStanding standing;
  for (const std::size_t place : {std::size_t{3}, std::size_t{0}}) {
    UnitInputs behind;
    std::string outcome;
    const std::string model = sharing.scan(place, &behind, standing, outcome);
    CHECK(outcome == (first.contains(place) ? "same" : "shared"));
    UnitInputs plain;
    CHECK(model == to_bytes(scan_unit(commands[place], project.options, &plain)));
    CHECK(inputs_bytes(behind) == inputs_bytes(plain));
    CHECK(plain.refusal.empty());
    take_down(standing);
  }
}

TEST_CASE("a plan whose audit differs is given up, and the unit is told") {
  SharingProject project;
  project.plain_units(both);
  const std::vector<FrontEndCommand> commands = project.translated();
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < commands.size(); ++at) places.push_back(at);
  HeaderSharing sharing(commands, places, project.options);
  REQUIRE(sharing.first().size() == 2);
  sharing.note(sharing.first()[0], "same");
  sharing.note(sharing.first()[1], "different");
  CHECK(sharing.report().differences ==
        std::vector<std::string>{commands[sharing.first()[1]].file});
  LeftStanding standing;
  std::string outcome;
  (void)sharing.scan(3, nullptr, standing, outcome);
  CHECK(outcome == "plain");
}

TEST_CASE("nothing is left of what was compiled") {
  SharingProject project;
  project.plain_units(both);
  const TempFolder temporary;
  REQUIRE(::setenv("TMPDIR", temporary.path().c_str(), 1) == 0);
  SharingReport report;
  (void)project.scan(true, &report);
  ::unsetenv("TMPDIR");
  CHECK(report.shared == 12);
  CHECK(std::filesystem::is_empty(temporary.path()));
}

TEST_CASE("headers of a unit come in the order of its directives, through its own headers") {
  TempFolder folder;
  folder.write("inc/b.hpp", "#include <vector>\n#include \"c.hpp\"\n");
  folder.write("inc/c.hpp", "#include <string>\n#include \"b.hpp\"\n");
  const std::string file =
      folder.write("a.cpp",
                   "#include <map>\n  #  include \"b.hpp\"\n#include <no_such>\n"
                   "#include <map>\n#include <deque>\n");
  HeaderGraph graph(disk_files(), {{folder.path() + "/inc"}, {"/usr/include/c++/12"}});
  std::vector<std::string> names;
  for (const std::uint32_t header : graph.headers_of(file)) {
    names.emplace_back(standard_headers()[header]);
  }
  CHECK(names == std::vector<std::string>{"map", "vector", "string", "deque"});
}

TEST_CASE("standard headers are found by name") {
  for (std::size_t at = 0; at < standard_headers().size(); ++at) {
    CHECK(standard_header(standard_headers()[at]) == at);
  }
  CHECK(standard_headers().size() <= HeaderSet().size());
  for (const char* name : {"", "vector.h", "boost/any.hpp", "zlib.h"}) {
    CHECK(standard_header(name) == standard_headers().size());
  }
}

}  // namespace
}  // namespace snug::test
