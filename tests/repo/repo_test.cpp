// Rules about the project's own files that no compiler holds.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "app/help/manual.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "known/known.hpp"

using namespace snug;
namespace fs = std::filesystem;

namespace {

const fs::path root = SNUG_SOURCE_DIR;

/// Rooms of the tool and the rooms that each may include besides itself.
const std::map<std::string, std::set<std::string>> arrows = {
    {"base", {}},
    {"known", {"base"}},
    {"model", {"base"}},
    {"layout", {"base", "model"}},
    {"scan", {"base", "known", "model", "layout"}},
    {"analysis", {"base", "known", "model", "layout"}},
    {"checks", {"base", "known", "model", "layout", "analysis"}},
    {"fix", {"base", "model"}},
    {"gate", {"base", "known", "model"}},
    {"report", {"base", "model"}},
    {"session",
     {"base", "known", "model", "layout", "scan", "analysis", "checks", "fix", "gate", "report"}},
    {"lsp",
     {"base", "known", "model", "layout", "scan", "analysis", "checks", "fix", "gate", "report",
      "session"}},
    {"app",
     {"base", "known", "model", "layout", "scan", "analysis", "checks", "fix", "gate", "report",
      "session", "lsp"}},
};

struct Include {
  fs::path file;
  std::string name;
};

std::vector<fs::path> sources_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".hpp") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<Include> includes_below(const fs::path& folder) {
  static const std::regex directive(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<Include> includes;
  for (const fs::path& file : sources_below(folder)) {
    for (const std::string& line : lines_of(file)) {
      if (std::smatch match; std::regex_search(line, match, directive)) {
        includes.push_back({file, match[1]});
      }
    }
  }
  return includes;
}

std::string room_of(const fs::path& file) {
  return *fs::relative(file, root / "tool").begin();
}

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

}  // namespace

TEST_CASE("rooms include only what their arrows allow") {
  for (const Include& include : includes_below(root / "tool")) {
    const std::string room = room_of(include.file);
    const std::string other = include.name.substr(0, include.name.find('/'));
    if (!arrows.contains(room) || !arrows.contains(other) || room == other) {
      continue;  // main.cpp sees everything; libraries and neighbours are free
    }
    INFO(fs::relative(include.file, root) << " includes " << include.name);
    CHECK(arrows.at(room).contains(other));
  }
}

TEST_CASE("text comes through the door that is passed in") {
  // Where the disk is meant: defaults, the console of the process, what is no text of a project.
  const std::set<std::string> doors = {"app/console.cpp",
                                       "fix/editable.cpp",
                                       "scan/command/command_words.hpp",
                                       "scan/command/front_end_texts.cpp",
                                       "scan/records/machine.cpp",
                                       "scan/parse/parse.hpp",
                                       "scan/command/recorded_commands.cpp",
                                       "scan/parse/scan.hpp",
                                       "scan/parse/unit_inputs.cpp",
                                       "scan/command/unit_sources.cpp"};
  for (const fs::path& file : sources_below(root / "tool")) {
    const std::string name = fs::relative(file, root / "tool");
    if (name.starts_with("base/")) continue;
    const std::string text = read_file(file.string());
    INFO(name);
    CHECK(text.find("DiskFiles") == std::string::npos);
    CHECK((text.find("disk_files()") == std::string::npos || doors.contains(name)));
  }
}

TEST_CASE("every folder of the tool is a known room") {
  for (const auto& entry : fs::directory_iterator(root / "tool")) {
    INFO(entry.path());
    const bool extensions = entry.path().filename() == "editors";  // no C++
    CHECK((!entry.is_directory() || extensions || arrows.contains(entry.path().filename())));
  }
}

TEST_CASE("libclang is seen by scan alone, CLI11 by app alone, JSON never by the model") {
  for (const Include& include : includes_below(root / "tool")) {
    const std::string room = room_of(include.file);
    INFO(fs::relative(include.file, root) << " includes " << include.name);
    CHECK((!include.name.starts_with("clang-c/") || room == "scan"));
    CHECK((!include.name.starts_with("CLI/") || room == "app" || room == "main.cpp"));
    CHECK((include.name.find("nlohmann") == std::string::npos || room == "scan" ||
           room == "report" || room == "gate" || room == "lsp"));
  }
}

TEST_CASE("checks do not include each other, the library does not include the tool") {
  for (const Include& include : includes_below(root / "tool" / "checks")) {
    INFO(include.file << " includes " << include.name);
    CHECK(!include.name.starts_with("checks/"));
  }
  for (const Include& include : includes_below(root / "lib")) {
    const std::string first = include.name.substr(0, include.name.find('/'));
    INFO(include.file << " includes " << include.name);
    CHECK(!arrows.contains(first));
  }
}

TEST_CASE("names of libraries stand in known/ alone") {
  // A literal that is one whole name; sentences for people, headers and code that is written into
  // files may name libraries.
  static const std::regex literal(R"re("((?:[^"\\]|\\.)*)")re");
  static const std::regex library(
      R"re((?:(?:std|boost|absl|tbb|folly|tf|asio|hpx|concurrency)(?:::\w+)+|)re"
      R"re((?:pthread|thrd|mtx|cnd|omp|uv|SDL|rte|atomic|dispatch)_\w+|)re"
      R"re(Q(?:Thread|Mutex|Concurrent|ThreadPool|Vector|List|Map|Hash)\w*|g_(?:thread|mutex)\w*))re");
  // What a report calls a thread or a lock, and what stands in generated code.
  const std::set<std::string> shown = {"std::execution::par", "std::move"};
  // Words of the language and of this project that are names of types, too.
  const std::set<std::string> plain = {"array", "function", "result", "less", "box",
                                       "span",  "atomic",   "thread", "list", "set",
                                       "map",   "hash",     "pair",   "any"};
  std::size_t literals = 0;
  for (const std::string_view room :
       {"scan", "analysis", "checks", "fix", "gate", "model", "layout"}) {
    for (const fs::path& file : sources_below(root / "tool" / room)) {
      for (const std::string& line : lines_of(file)) {
        const std::string code = line.substr(0, line.find("//"));
        if (code.find("#include") != std::string::npos) continue;
        for (std::sregex_iterator at(code.begin(), code.end(), literal), end; at != end; ++at) {
          ++literals;
          const std::string text = (*at)[1];
          INFO(fs::relative(file, root) << ": \"" << text << "\"");
          CHECK((!std::regex_match(text, library) || shown.contains(text)));
          const bool word = text.find(' ') == std::string::npos && !text.empty();
          const bool type = word && KnownNames::built_in()->has_type(text) && !plain.contains(text);
          CHECK((!type || room == "gate" || room == "model"));
        }
      }
    }
  }
  CHECK(literals > 1000);
}

TEST_CASE("what is done with every family of facts is done by the one table of them") {
  static const std::regex family(
      R"([.>](uses|initializers|functions|variables|holdings|enumerations|enum_uses|ownership|variants)\b)");
  std::vector<fs::path> loops = sources_below(root / "tool/scan/parts");
  for (const char* file : {"merge.cpp", "origins.cpp", "origins.hpp"}) {
    loops.push_back(root / "tool/model" / file);
  }
  for (const fs::path& file : loops) {
    for (const std::string& line : lines_of(file)) {
      INFO(fs::relative(file, root) << ": " << line);
      CHECK(!std::regex_search(line.substr(0, line.find("//")), family));
    }
  }
}

TEST_CASE("nothing of the tool goes through a shell") {
  static const std::regex shell(R"((\bsystem\(|\bpopen\(|"/bin/sh"))");
  for (const fs::path& file : sources_below(root / "tool")) {
    for (const std::string& line : lines_of(file)) {
      INFO(file << ": " << line);
      CHECK(!std::regex_search(line, shell));
    }
  }
}

TEST_CASE("no file of the tool is past 400 lines, none has a name for everything") {
  const std::set<std::string> vague = {"util", "utils", "common", "helpers", "misc", "manager"};
  for (const fs::path& file : sources_below(root / "tool")) {
    INFO(file);
    CHECK(lines_of(file).size() <= 400);
    CHECK(!vague.contains(file.stem()));
  }
}

TEST_CASE("no folder of the tool holds more than 45 files") {
  std::map<fs::path, int> files;
  for (const fs::path& file : sources_below(root / "tool")) ++files[file.parent_path()];
  for (const auto& [folder, count] : files) {
    INFO(folder);
    CHECK(count <= 45);
  }
}

TEST_CASE("no test has a name that its program would take for an option") {
  // ctest gives the name to the program, which then runs every test it has.
  static const std::regex name(R"re(TEST_CASE\(\s*"-)re");
  for (const fs::path& file : sources_below(root / "tests")) {
    INFO(file);
    CHECK_FALSE(std::regex_search(read_file(file.string()), name));
  }
}

TEST_CASE("every check has a file, a sample, a manual page, a test and a text") {
  for (const auto& entry : fs::directory_iterator(root / "tool" / "checks")) {
    const std::string stem = entry.path().stem(), id = dashed(stem);
    if (entry.path().extension() != ".cpp") {
      continue;
    }
    INFO(id);
    const auto checks = all_checks();
    const auto check = std::find_if(checks.begin(), checks.end(),
                                    [&](const Check* known) { return known->id == id; });
    REQUIRE(check != checks.end());
    CHECK((*check)->doc.size() > 200);
    CHECK(!(*check)->summary.empty());
    CHECK(!(*check)->summary.ends_with('.'));
    CHECK(fs::exists(root / "samples" / id / "before.cpp"));
    CHECK(fs::exists(root / "samples" / id / "after.cpp"));
    CHECK(fs::exists(root / "man" / ("snug-" + id + ".7")));
    CHECK(fs::exists(root / "tests" / "checks" / (stem + "_test.cpp")));
  }
}

TEST_CASE("the manual pages are those that the program prints") {
  std::set<std::string> names;
  for (const ManualFile& page : manual()) {
    INFO(page.name << ": run 'ninja manual' (or cmake --build BUILD --target manual)");
    const DiskFiles files;
    const auto text = files.read((root / "man" / page.name).string());
    REQUIRE(text.has_value());
    CHECK(*text == page.text);
    names.insert(page.name);
  }
  for (const auto& entry : fs::directory_iterator(root / "man")) {
    INFO(entry.path());  // section 3, the runtime library, is written by hand
    CHECK((entry.path().extension() == ".3" || names.contains(entry.path().filename())));
  }
}

TEST_CASE("mandoc finds nothing wrong with the manual pages") {
  const std::string mandoc = find_program("mandoc");
  if (mandoc.empty()) {
    WARN("mandoc is not installed");
    return;
  }
  for (const auto& entry : fs::directory_iterator(root / "man")) {
    // Pages by hand refer to others that need not be installed here, which is a matter of style.
    const std::string level = entry.path().extension() == ".3" ? "-Wwarning" : "-Wall";
    const ProgramResult result = run_program({mandoc, "-Tlint", level, entry.path().string()});
    INFO(result.out << result.err);
    CHECK(result.exit_status == 0);
  }
}

TEST_CASE("the manual describes every key of the JSON report that needs words") {
  const std::string page = overview_page();
  for (const std::string key : {"schema", "summary", "units", "records", "slots", "findings",
                                "evidence", "fixes", "fingerprint", "sha256"}) {
    INFO(key);
    CHECK(page.find(key) != std::string::npos);
  }
}
