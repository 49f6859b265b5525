// No flag of a compile database and no key of a configuration starts a program or loads a library.
#include <dlfcn.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace snug;
using namespace snug::test;
using Words = std::vector<std::string>;

namespace {

namespace fs = std::filesystem;

struct Project : ScratchFolder {
  Project() {
    write("a.cpp", "struct Order { bool live; double price; bool hidden; } order[64];\n");
    const std::string program = "#!/bin/sh\ntouch '" + path("trace") + "'\nexit 0\n";
    for (const char* name : {"evil", "g++", "cc1plus", "cc1", "as", "collect2", "bin/clang++"}) {
      fs::permissions(write(name, program), fs::perms::owner_all);
    }
    write("spec",
          "*cc1plus:\n" + path("evil") + "\n*cc1_options:\n-wrapper " + path("evil") + "\n");
  }

  [[nodiscard]] bool traced() const { return fs::exists(path("trace")); }

  /// A library that leaves the trace when it is loaded.
  [[nodiscard]] std::string library() const {
    write("evil.c",
          "#include <fcntl.h>\n__attribute__((constructor)) static void f(void) {\n"
          "  open(\"" +
              path("trace") + "\", O_CREAT | O_WRONLY, 0600);\n}\n");
    REQUIRE(run_program({"cc", "-shared", "-fPIC", "-o", path("evil.so"), path("evil.c")}).ok());
    void* const loaded = ::dlopen(path("evil.so").c_str(), RTLD_NOW);
    REQUIRE(loaded != nullptr);
    ::dlclose(loaded);
    REQUIRE(traced());  // else it is no trap
    fs::remove(path("trace"));
    return path("evil.so");
  }

  void database(Words arguments) const {
    arguments.insert(arguments.end(), {"-c", "a.cpp"});
    const nlohmann::json unit = {
        {"directory", path()}, {"file", "a.cpp"}, {"arguments", arguments}};
    write("compile_commands.json", nlohmann::json::array({unit}).dump());
  }

  [[nodiscard]] ProgramResult check(Words more = {}) const {
    more.insert(more.begin(), {SNUG_PROGRAM, "check"});
    ProgramOptions options;
    options.directory = path();
    options.timeout = std::chrono::seconds(120);
    return run_program(more, options);
  }
};

}  // namespace

TEST_CASE("no flag of a database loads a library") {
  const Project project;
  const std::string so = project.library();
  const std::vector<Words> rows = {
      {"-fplugin=" + so},
      {"-fplugin=./evil.so"},
      {"-fpass-plugin=" + so},
      {"-Xclang", "-load", "-Xclang", so},
      {"-Xclang=-load", "-Xclang=" + so},
      {"-Xclang", "-load", "-Xclang", so, "-Xclang", "-plugin", "-Xclang", "x"},
      {"-Xclang", "-fpass-plugin=" + so},
      {"-Xclang", "-add-plugin", "-Xclang", "x", "-fplugin=" + so},
      {"-mllvm", "-load=" + so},
      {"-mllvm", "-load", "-mllvm", so},
      {"-mllvm=-load=" + so},
      {"-Xclang", "-mllvm", "-Xclang", "-load=" + so},
      {"-Xarch_host", "-fplugin=" + so},
      {"-Wp,-fplugin=" + so},
      {"-Xpreprocessor", "-fplugin=" + so},
      {"-Xclang", "-main-file-name", "-Xclang", "x", "-Xclang", "-load", "-Xclang", so},
      {"@" + project.write("flags", "-fplugin=" + so + " -Xclang -load -Xclang " + so + "\n")},
      {"--config=" + project.write("evil.cfg", "-fplugin=" + so + "\n")},
      {"--config", project.path("evil.cfg")},
      {"--config-user-dir=" + project.path(), "--config=evil.cfg"},
      {"-fplugin-arg-x-y=" + so, "-fplugin=" + so},
  };
  for (const Words& row : rows) {
    Words arguments{"clang++"};
    arguments.insert(arguments.end(), row.begin(), row.end());
    project.database(arguments);
    (void)project.check();
    CAPTURE(row);
    CHECK(!project.traced());
    fs::remove(project.path("trace"));
  }
}

TEST_CASE("no flag of a database makes a compiler start a program") {
  const Project project;
  const std::string evil = project.path("evil");
  const std::vector<Words> rows = {
      {"-B" + project.path()},
      {"-B", "."},
      {"-B./"},
      {"-specs=" + project.path("spec")},
      {"--specs=spec"},
      {"-specs", project.path("spec")},
      {"-wrapper", evil},
      {"-wrapper", evil + ",x"},
      {"--param", "x=" + evil, "-no-integrated-cpp", "-B."},
      {"-fno-integrated-cc1", "-ccc-install-dir", project.path("bin")},
      {"-fuse-ld=" + evil},
      {"--ld-path=" + evil},
      {"-gcc-toolchain", project.path()},
      {"--gcc-toolchain=" + project.path()},
      {"--sysroot=" + project.path()},
      {"-iplugindir=" + project.path(), "-fplugin=evil"},
  };
  for (const char* compiler : {"g++", "clang++"}) {
    for (const Words& row : rows) {
      Words arguments{compiler};
      arguments.insert(arguments.end(), row.begin(), row.end());
      project.database(arguments);
      (void)project.check();
      CAPTURE(compiler, row);
      CHECK(!project.traced());
      fs::remove(project.path("trace"));
    }
  }
}

TEST_CASE("only ordinary compilers of system folders are run") {
  const Project project;
  const std::vector<Words> rows = {
      {"./evil"},
      {project.path("evil")},
      {"evil"},
      {"./g++"},
      {project.path("g++")},
      {"bin/clang++"},
      {"ccache", "./g++"},
      {"ccache", project.path("g++")},
      {"../" + fs::path(project.path()).filename().string() + "/g++"},
      {"CC=./evil", "./evil"},
      {"/usr/bin/../.." + project.path("g++")},
  };
  const std::string before = std::getenv("PATH");
  for (const std::string& front : {std::string(), std::string(".:")}) {
    ::setenv("PATH", (front + before).c_str(), 1);
    for (const Words& row : rows) {
      project.database(row);
      const ProgramResult result = project.check();
      CAPTURE(front, row, result.err);
      CHECK(!project.traced());
      fs::remove(project.path("trace"));
    }
  }
  ::setenv("PATH", before.c_str(), 1);
  // Asked for by name it is run: the trap works.
  project.database({project.path("evil")});
  (void)project.check({"--query-driver=" + project.path("evil")});
  CHECK(project.traced());
}

TEST_CASE("no key of a configuration starts a program") {
  const Project project;
  const std::string evil = "\"" + project.path("evil") + "\"";
  project.database({project.path("evil")});
  for (const char* key : {"query-driver", "query-drivers", "compiler", "git", "pager", "editor",
                          "baseline", "profile", "include", "cache", "public-headers", "exclude",
                          "thread-entries", "checks", "build", "root", "driver"}) {
    for (const std::string& value : {evil, "[" + evil + "]"}) {
      project.write(".snug.toml", std::string(key) + " = " + value + "\n");
      const ProgramResult result = project.check();
      CAPTURE(key, value, result.err);
      CHECK(!project.traced());
      fs::remove(project.path("trace"));
    }
  }
}
