// Results of other runs: whatever is kept, the report is that of a run that keeps nothing.
#include <catch2/catch.hpp>

#include <dirent.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <regex>
#include <thread>

#include "session/cache_folder.hpp"
#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

namespace {

/// How much of a run came from the cache.
struct Hits {
  int units_found = -1, units = -1, proofs_found = -1, proofs = -1;
};

struct Kept : ScratchFolder {
  Kept() {
    write("src/order.hpp",
          "#pragma once\nstruct Order { bool live; double price; bool hidden; };\n");
    write("src/a.cpp", "#include \"order.hpp\"\nOrder a[64];\n");
    write("src/b.cpp", "#include \"order.hpp\"\n#include <late.hpp>\nOrder b; Late late;\n");
    write("low/late.hpp", "#pragma once\nstruct Late { bool a; int b; bool c; };\n");
    fs::create_directories(path("high"));
    database({"-std=c++20", "-I" + path("high"), "-I" + path("low")});
    settle();
  }

  void database(const Words& flags) const { write_database({"src/a.cpp", "src/b.cpp"}, flags); }

  /// What changed a moment before a parse may have changed during it.
  static void settle() { std::this_thread::sleep_for(std::chrono::milliseconds(100)); }

  [[nodiscard]] ProgramResult snug(Words words, const std::string& program = SNUG_PROGRAM,
                                   const std::string& folder = "") const {
    words.insert(words.begin(), program);
    ProgramOptions options;
    options.directory = folder.empty() ? path() : folder;
    options.timeout = std::chrono::seconds(300);
    return run_program(words, options);
  }

  [[nodiscard]] std::string cache() const { return path("kept"); }

  [[nodiscard]] ProgramResult check(const std::string& cache,
                                    const std::string& folder = "") const {
    return snug({"check", "-p", ".", "--level", "note", "--format", "json", "--prove", "all",
                 "--timings", "--verbose", "--cache", cache},
                SNUG_PROGRAM, folder);
  }

  static Hits hits_of(const ProgramResult& run) {
    static const std::regex line(
        "(\\d+) of (\\d+) units and (\\d+) of (\\d+) proofs from the cache");
    std::smatch match;
    if (!std::regex_search(run.err, match, line)) return {};
    return {std::stoi(match[1]), std::stoi(match[2]), std::stoi(match[3]), std::stoi(match[4])};
  }

  /// The report without what --timings puts into it.
  static std::string report_of(const ProgramResult& run) {
    static const std::regex times("\"timings\": *\\{[^}]*\\}");
    return std::regex_replace(run.out, times, "");
  }

  /// Runs with the cache and without: both have to report the same.
  Hits run(const std::string& folder = "") const {
    const ProgramResult kept = check(cache(), folder);
    const ProgramResult plain = check("off", folder);
    INFO(kept.err);
    CHECK(kept.exit_status == plain.exit_status);
    CHECK(report_of(kept) == report_of(plain));
    return hits_of(kept);
  }

  [[nodiscard]] Words entries() const {
    Words names;
    for (const auto& entry : fs::directory_iterator(cache())) {
      const std::string name = entry.path().filename();
      if (name != "counts") names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

int units_found(const Hits& hits) {
  return hits.units_found;
}

}  // namespace

TEST_CASE("a second run takes everything from the cache") {
  const Kept project;
  CHECK(project.run().units_found == 0);
  const Hits again = project.run();
  CHECK(again.units_found == 2);
  CHECK(again.proofs_found == again.proofs);
  CHECK(again.proofs > 0);
  const ProgramResult told = project.snug({"cache", "--cache", project.cache()});
  CHECK(told.out.find("units    2\n") != std::string::npos);
  CHECK(project.snug({"cache", "--clear", "--cache", project.cache()}).ok());
  CHECK(project.entries().empty());
  CHECK(project.run().units_found == 0);
}

TEST_CASE("only what changed is parsed again") {
  const Kept project;
  (void)project.run();
  SECTION("nothing but times") {
    for (const char* name : {"src/order.hpp", "src/a.cpp", "low/late.hpp"}) {
      fs::last_write_time(project.path(name), fs::file_time_type::clock::now());
    }
    CHECK(units_found(project.run()) == 2);
  }
  SECTION("an edit of the same size at the same time") {
    const auto time = fs::last_write_time(project.path("src/order.hpp"));
    project.write("src/order.hpp",
                  "#pragma once\nstruct Order { bool live; double prize; bool hidden; };\n");
    fs::last_write_time(project.path("src/order.hpp"), time);
    project.settle();
    CHECK(units_found(project.run()) == 0);
  }
  SECTION("a header that one unit reads") {
    project.write("low/late.hpp", "#pragma once\nstruct Late { bool a; long b; bool c; };\n");
    project.settle();
    CHECK(units_found(project.run()) == 1);
    CHECK(units_found(project.run()) == 2);
  }
  SECTION("a header that is found before the one that was read") {
    project.write("high/late.hpp", "#pragma once\nstruct Late { bool a; double b; bool c; };\n");
    project.settle();
    CHECK(units_found(project.run()) == 1);
  }
  SECTION("a header beside the text that is found before the one that was read") {
    project.write("src/late.hpp", "#pragma once\nstruct Late { bool a; double b; bool c; };\n");
    project.settle();
    // <late.hpp> is not looked for there.
    CHECK(units_found(project.run()) == 2);
  }
  SECTION("a folder that the flags name and that was not there") {
    project.database({"-std=c++20", "-I" + project.path("new"), "-I" + project.path("low")});
    (void)project.run();
    project.write("new/late.hpp", "#pragma once\nstruct Late { double a; bool b; };\n");
    project.settle();
    CHECK(units_found(project.run()) == 1);
  }
  SECTION("a flag") {
    project.database({"-std=c++17", "-I" + project.path("high"), "-I" + project.path("low")});
    CHECK(units_found(project.run()) == 0);
  }
  SECTION("a header that is gone") {
    fs::remove(project.path("low/late.hpp"));
    project.settle();
    CHECK(project.check(project.cache()).exit_status == 2);
    CHECK(project.check("off").exit_status == 2);
  }
}

TEST_CASE("only what reads an edited header is proven again") {
  const Kept project;
  // Each header has a finding that a unit of its own proves.
  project.write("src/b.cpp", "#include <late.hpp>\nLate late[64];\n");
  project.write("src/c.cpp", "#include <third.hpp>\nThird third[64];\n");
  project.write("low/late.hpp", "#pragma once\nstruct Late { bool a; double b; bool c; };\n");
  project.write("low/third.hpp", "#pragma once\nstruct Third { bool a; short* b; bool c; };\n");
  project.write_database({"src/a.cpp", "src/b.cpp", "src/c.cpp"},
                         {"-std=c++20", "-I" + project.path("high"), "-I" + project.path("low")});
  project.settle();
  CHECK(project.run().proofs == 3);
  const auto found = [&](int units, int proofs) {
    project.settle();
    const Hits hits = project.run();
    CHECK(hits.units_found == units);
    CHECK(hits.proofs_found == proofs);
    CHECK(hits.proofs == 3);
  };
  SECTION("a comment, and places behind it") {
    project.write("low/late.hpp",
                  "#pragma once\n// Late.\nstruct Late { bool a; double b; bool c; };\n");
    found(2, 2);
    found(3, 3);
    project.write("low/late.hpp", "#pragma once\nstruct Late { bool a; double b; bool c; };\n");
    found(2, 3);  // of a unit the last result is kept, of proofs all
  }
  SECTION("another field") {
    project.write("low/late.hpp", "#pragma once\nstruct Late { bool a; double b, d; bool c; };\n");
    found(2, 2);
  }
  SECTION("one more type") {
    project.write(
        "low/late.hpp",
        "#pragma once\nstruct Late { bool a; double b; bool c; };\nstruct Fresh { int a; };\n");
    found(2, 2);
  }
  SECTION("the main file of one unit") {
    project.write("src/c.cpp", "#include <third.hpp>\nThird third[65];\n");
    found(2, 2);
  }
}

TEST_CASE("a proof is made again where what it names has become another type elsewhere") {
  const Kept project;
  project.write(
      "src/order.hpp",
      "#pragma once\nstruct Late;\nstruct Order { bool live; Late* late; bool hidden; };\n");
  project.write("src/b.cpp", "#include \"order.hpp\"\n#include <late.hpp>\nLate late[64];\n");
  project.settle();
  (void)project.run();
  CHECK(project.run().proofs_found > 0);
  // a.cpp reads nothing of it, and the report still is that of a run without a cache.
  project.write("low/late.hpp", "#pragma once\nstruct Late { bool a; double b, d; bool c; };\n");
  project.settle();
  (void)project.run();
  project.write("low/late.hpp", "#pragma once\n");
  project.write("src/b.cpp", "#include \"order.hpp\"\nOrder b[9];\n");
  project.settle();
  (void)project.run();
}

TEST_CASE("a question whether a header is there is answered anew") {
  const Kept project;
  const auto [text, header] = GENERATE(table<std::string, std::string>({
      {"#if __has_include(<extra.hpp>)\n#include <extra.hpp>\n#else\nstruct E { int a; "
       "};\n#endif\n",
       "low/extra.hpp"},
      {"#if __has_include(\"extra.hpp\")\n#include \"extra.hpp\"\n#else\nstruct E { int a; "
       "};\n#endif\n",
       "src/extra.hpp"},
      {"#define EXTRA <extra.hpp>\n#if __has_include(EXTRA)\n#include EXTRA\n#else\nstruct E { int "
       "a; };\n"
       "#endif\n",
       "high/extra.hpp"},
      {"#ifdef __has_include\n#  if \\\n  __has_include( <sub/extra.hpp> )\n#    include "
       "<sub/extra.hpp>\n"
       "#  else\nstruct E { int a; };\n#  endif\n#endif\n",
       "low/sub/extra.hpp"},
  }));
  project.write("src/a.cpp", text + "E e;\n");
  project.settle();
  (void)project.run();
  CHECK(units_found(project.run()) == 2);
  project.write(header, "struct E { bool a; double b; bool c; };\n");
  project.settle();
  CHECK(units_found(project.run()) == 1);
}

TEST_CASE("a header of a computed name is shadowed too") {
  const Kept project;
  project.write("src/a.cpp",
                "#define TEXT_OF(x) #x\n#define TEXT(x) TEXT_OF(x)\n#define NAME sub/extra.hpp\n"
                "#include TEXT(NAME)\nE e;\n");
  project.write("low/sub/extra.hpp", "struct E { int a; };\n");
  project.settle();
  (void)project.run();
  CHECK(units_found(project.run()) == 2);
  project.write("high/sub/extra.hpp", "struct E { bool a; double b; bool c; };\n");
  project.settle();
  CHECK(units_found(project.run()) == 1);
}

TEST_CASE("what depends on the time is not kept") {
  const Kept project;
  const std::string word = GENERATE("__TIME__", "__DATE__", "__TIMESTAMP__");
  project.write("src/a.cpp", "#include \"order.hpp\"\nOrder a; const char* t = " + word + ";\n");
  project.settle();
  (void)project.run();
  CHECK(units_found(project.run()) == 1);
  CHECK(project.check(project.cache()).err.find("has " + word) != std::string::npos);
}

TEST_CASE("a moved checkout finds nothing") {
  const Kept project;
  (void)project.run();
  project.write_database({"src/a.cpp", "src/b.cpp"}, {"-std=c++20", "-Ihigh", "-Ilow"});
  (void)project.run();
  CHECK(units_found(project.run()) == 2);
  const std::string moved = project.path("moved");
  fs::create_directories(moved);
  for (const char* folder : {"src", "low", "high"}) {
    fs::copy(project.path(folder), moved + "/" + folder, fs::copy_options::recursive);
  }
  std::string database = project.read("compile_commands.json");
  for (std::size_t at = 0; (at = database.find(project.path() + "\"", at)) != std::string::npos;) {
    database.insert(at + project.path().size(), "/moved");
    at += project.path().size();
  }
  project.write("moved/compile_commands.json", database);
  project.settle();
  CHECK(units_found(project.run(moved)) == 0);
  CHECK(units_found(project.run(moved)) == 2);
}

TEST_CASE("a compiler that answers otherwise is another one") {
  const Kept project;
  project.write("bin/g++", "#!/bin/sh\nexec /usr/bin/g++ \"$@\"\n");
  fs::permissions(project.path("bin/g++"), fs::perms::owner_all);
  std::string database = project.read("compile_commands.json");
  for (std::size_t at = 0; (at = database.find("\"c++\"", at)) != std::string::npos; ++at) {
    database.replace(at, 5, "\"" + project.path("bin/g++") + "\"");
  }
  project.write("compile_commands.json", database);
  project.settle();
  const auto run = [&] {
    const Words words = {
        "check",   "-p",           ".", "--timings", "--query-driver", project.path("bin/*"),
        "--cache", project.cache()};
    return Kept::hits_of(project.snug(words)).units_found;
  };
  CHECK(run() == 0);
  CHECK(run() == 2);
  SECTION("about its folders") {
    project.write("bin/g++",
                  "#!/bin/sh\nexec /usr/bin/g++ -isystem " + project.path("high") + " \"$@\"\n");
    CHECK(run() == 0);
  }
  SECTION("about its standard") {
    project.write_database({"src/a.cpp"}, {});
    std::string other = project.read("compile_commands.json");
    other.replace(other.find("\"c++\""), 5, "\"" + project.path("bin/g++") + "\"");
    project.write("compile_commands.json", other);
    CHECK(run() == 0);
    CHECK(run() == 1);
    project.write("bin/g++", "#!/bin/sh\nexec /usr/bin/g++ -std=gnu++14 \"$@\"\n");
    CHECK(run() == 0);
  }
}

TEST_CASE("another build of the program finds nothing") {
  const Kept project;
  (void)project.run();
  const std::string other = project.path("snug-of-tomorrow");
  fs::copy_file(SNUG_PROGRAM, other);
  fs::last_write_time(other, fs::file_time_type::clock::now() + std::chrono::hours(1));
  const ProgramResult run =
      project.snug({"check", "-p", ".", "--timings", "--cache", project.cache()}, other);
  CHECK(Kept::hits_of(run).units_found == 0);
}

TEST_CASE("options that change a model are part of the question, limits are not") {
  const Kept project;
  (void)project.run();
  const auto run = [&](Words more) {
    Words words = {"check", "-p", ".", "--timings", "--cache", project.cache()};
    words.insert(words.end(), more.begin(), more.end());
    return Kept::hits_of(project.snug(words)).units_found;
  };
  CHECK(run({"-j", "1", "--timeout", "100", "--memory-limit", "9000"}) == 2);
  CHECK(run({"--level", "note", "--checks", "padding"}) == 2);
  CHECK(run({"--layout-only"}) == 0);
  CHECK(run({"--root", project.path("src")}) == 0);
  CHECK(run({"--exclude", "low/**"}) == 0);
  CHECK(run({"--cache-line", "128"}) == 0);
  CHECK(run({"--system-headers"}) == 0);
}

TEST_CASE("findings of another run count while all that checks look at is the same") {
  const Kept project;
  const auto report = [&](const Words& more, const std::string& cache, bool* searched) {
    Words words = {"check",     "--format", "json",      "--level", "note",
                   "--fail-on", "never",    "--timings", "--cache", cache};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramResult result = project.snug(words);
    CHECK(result.ok());
    if (searched != nullptr) *searched = result.err.find("check padding\n") != std::string::npos;
    return Kept::report_of(result);
  };
  const auto is_searched = [&](const Words& more = {}) {
    bool searched = false;
    const std::string kept = report(more, project.cache(), &searched);
    CHECK(kept == report(more, "off", nullptr));
    return searched;
  };
  CHECK(is_searched());
  CHECK_FALSE(is_searched());

  SECTION("options of checks") {
    CHECK(is_searched({"--option", "padding.min-bytes=4"}));
    CHECK_FALSE(is_searched({"--option", "padding.min-bytes=4"}));
    CHECK(is_searched({"--checks", "padding,bool-pack"}));
  }
  SECTION("the configuration") {
    project.write(".snug.toml", "[[budget]]\ntypes = \"Order\"\nmax-size = 8\n");
    CHECK(is_searched());
    CHECK_FALSE(is_searched());
    project.write(".snug.toml", "[[budget]]\ntypes = \"Order\"\nmax-size = 9\n");
    CHECK(is_searched());
    project.write(".snug.toml", "[[known.type]]\nname = \"Order\"\nrole = \"shared-pointer\"\n");
    CHECK(is_searched());
    CHECK_FALSE(is_searched());
  }
  SECTION("a text of the code") {
    project.write("src/order.hpp",
                  "#pragma once\n// do not move\n"
                  "struct Order { bool live; double price; bool hidden; };\n");
    project.settle();
    CHECK(is_searched());
    CHECK_FALSE(is_searched());
  }
  SECTION("levels choose among the same findings") {
    CHECK_FALSE(is_searched({"--level", "warning"}));
  }
}

TEST_CASE("a damaged entry is none") {
  const Kept project;
  (void)project.run();
  const Words names = project.entries();
  REQUIRE(names.size() >= 3);
  std::mt19937 random(1);
  for (const std::string& name : names) {
    const std::string whole = project.read("kept/" + name);
    // The first and last bytes, each kind of byte between them, and some by chance.
    std::vector<std::size_t> places = {
        0, 5, 11, 12, 20, 48, 56, whole.size() - 17, whole.size() - 16, whole.size() - 1};
    for (int i = 0; i < 6; ++i) places.push_back(random() % whole.size());
    std::string damaged = whole;
    for (const std::size_t place : places) {
      damaged[place] = static_cast<char>(damaged[place] ^ (1 << (random() % 8)));
      const CacheFolder folder(project.cache());
      project.write("kept/" + name, damaged);
      CHECK_FALSE(folder.read(name));
      CHECK_FALSE(fs::exists(project.path("kept/" + name)));
      damaged = whole;
    }
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{40}, whole.size() / 2, whole.size() - 1}) {
      project.write("kept/" + name, std::string_view(whole).substr(0, size));
      CHECK_FALSE(CacheFolder(project.cache()).read(name));
    }
    project.write("kept/" + name, whole + "x");
    CHECK_FALSE(CacheFolder(project.cache()).read(name));
    project.write("kept/" + name, whole);
    CHECK(CacheFolder(project.cache()).read(name));
    // The bytes of another entry under this name.
    project.write("kept/" + name, project.read("kept/" + names[name == names[0] ? 1 : 0]));
    CHECK_FALSE(CacheFolder(project.cache()).read(name));
    project.write("kept/" + name, std::string_view(whole).substr(0, whole.size() - 3));
  }
  project.settle();
  CHECK(units_found(project.run()) == 0);
  CHECK(units_found(project.run()) == 2);
}

TEST_CASE("runs at the same time share a cache") {
  const Kept project;
  const std::string plain = Kept::report_of(project.check("off"));
  std::vector<std::thread> runs;
  std::vector<std::string> reports(4);
  for (std::string& report : reports) {
    runs.emplace_back([&] {
      for (int i = 0; i < 2; ++i) report = Kept::report_of(project.check(project.cache()));
    });
  }
  for (std::thread& run : runs) run.join();
  for (const std::string& report : reports) CHECK(report == plain);
  CHECK(units_found(project.run()) == 2);
  for (const std::string& name : project.entries()) CHECK(name.front() != '.');
}

TEST_CASE("a folder that cannot be written to only means that nothing is kept") {
  const Kept project;
  SECTION("a file stands in its place") {
    project.write("kept", "not a folder");
    CHECK(units_found(project.run()) == 0);
    CHECK(units_found(project.run()) == 0);
    CHECK(project.check(project.cache()).err.find("kept is not a folder") != std::string::npos);
    CHECK(project.read("kept") == "not a folder");
  }
  SECTION("it lies in no folder") {
    const ProgramResult run = project.check("/dev/null/kept");
    CHECK(Kept::report_of(run) == Kept::report_of(project.check("off")));
    CHECK(run.err.find("results are not kept: cannot make the folder") != std::string::npos);
  }
  SECTION("it is read-only") {
    (void)project.run();
    if (::geteuid() == 0) {
      // The administrator may write anywhere but to a read-only mount.
      if (::mount(project.cache().c_str(), project.cache().c_str(), nullptr, MS_BIND, nullptr) !=
          0) {
        WARN("no mounts here: not tried");
        return;
      }
      REQUIRE(::mount(nullptr, project.cache().c_str(), nullptr, MS_BIND | MS_REMOUNT | MS_RDONLY,
                      nullptr) == 0);
    } else {
      fs::permissions(project.cache(), fs::perms::owner_read | fs::perms::owner_exec);
    }
    CHECK(units_found(project.run()) == 2);
    project.write("src/a.cpp", "#include \"order.hpp\"\nOrder a, c;\n");
    project.settle();
    CHECK(units_found(project.run()) == 1);
    CHECK(units_found(project.run()) == 1);
    CHECK(project.check(project.cache()).err.find("results are not kept: cannot write to") !=
          std::string::npos);
    if (::geteuid() == 0) (void)::umount(project.cache().c_str());
  }
  SECTION("the disk is full") {
    fs::create_directories(project.cache());
    if (::geteuid() != 0 ||
        ::mount("none", project.cache().c_str(), "tmpfs", 0, "size=16k,mode=700") != 0) {
      WARN("only the administrator can make a small disk: not tried");
      return;
    }
    project.write("kept/ballast", std::string(16384, 'x'));
    CHECK(units_found(project.run()) == 0);
    CHECK(project.check(project.cache()).err.find("results are not kept: cannot write to") !=
          std::string::npos);
    for (const auto& entry : fs::directory_iterator(project.cache())) {
      const std::string name = entry.path().filename();
      CHECK(name.front() != '.');
    }
    (void)::umount(project.cache().c_str());
  }
  SECTION("everybody may write to it") {
    fs::create_directories(project.cache());
    fs::permissions(project.cache(), fs::perms::all);
    CHECK(units_found(project.run()) == 0);
    CHECK(units_found(project.run()) == 0);
  }
}

TEST_CASE("the configuration of a project cannot choose the folder") {
  const Kept project;
  for (const char* line : {"cache = \"/tmp/elsewhere\"\n", "[scan]\ncache = \"elsewhere\"\n",
                           "[cache]\nfolder = \"elsewhere\"\n"}) {
    project.write(".snug.toml", line);
    CHECK(project.check(project.cache()).exit_status == 2);
  }
}

TEST_CASE("the cache of the user is the default") {
  const Kept project;
  ProgramOptions options;
  options.directory = project.path();
  options.environment = {"XDG_CACHE_HOME=" + project.path("mine")};
  const Words check = {SNUG_PROGRAM, "check", "-p", "."};
  (void)run_program(check, options);
  CHECK(fs::exists(project.path("mine/snug")));
  CHECK((fs::status(project.path("mine/snug")).permissions() &
         (fs::perms::group_all | fs::perms::others_all)) == fs::perms::none);
  options.environment = {"XDG_CACHE_HOME=", "HOME=" + project.path("home")};
  (void)run_program(check, options);
  CHECK(fs::exists(project.path("home/.cache/snug")));
  // Only absolute names count.
  options.environment = {"XDG_CACHE_HOME=relative", "HOME="};
  (void)run_program(check, options);
  CHECK_FALSE(fs::exists(project.path("relative")));
  CHECK(run_program({SNUG_PROGRAM, "cache"}, options).exit_status == 2);
}

TEST_CASE("fix and show use what is kept, and find what they did themselves") {
  const Kept project;
  (void)project.run();
  const Words show = {"show", "Order", "-p", ".", "--timings", "--cache", project.cache()};
  CHECK(units_found(Kept::hits_of(project.snug(show))) == 2);
  CHECK(project.snug({"fix", "-p", ".", "--cache", project.cache()}).ok());
  project.settle();
  CHECK(project.read("src/order.hpp").find("bool live; bool hidden; double price;") !=
        std::string::npos);
  CHECK(project.check(project.cache()).exit_status == 0);
}
