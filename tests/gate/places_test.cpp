#include "gate/places.hpp"

#include <catch2/catch.hpp>

#include "base/files.hpp"
#include "support/temp_folder.hpp"

using namespace snug;
using namespace snug::test;

TEST_CASE("Tests and benchmarks are told by the names of files and folders") {
  for (const char* path :
       {"test.c", "src/bench.cpp", "test/a.cpp", "src/tests/a.hpp", "a_test.cc", "src/test_a.c",
        "db/FooTest.cpp", "bench/x.cpp", "util/cache_bench.cc", "a-test.c"}) {
    INFO(path);
    CHECK(is_test_file(path));
  }
  for (const char* path : {"src/a.cpp", "latest/a.cpp", "contest.cpp", "src/testament.hpp",
                           "attest/b.c", "workbench/c.cpp", "fastest.hpp"}) {
    INFO(path);
    CHECK_FALSE(is_test_file(path));
  }
}

TEST_CASE("The tests among the files of a model are told by their place below the root") {
  Model model;
  for (const char* path :
       {"/test/project/src/a.cpp", "/test/project/test/a.cpp", "/test/projects/test/b.cpp"}) {
    model.file_hashes.emplace(path, "");
  }
  CHECK(test_files_of(model, "/test/project") == TestFiles{"/test/project/test/a.cpp"});
}

TEST_CASE("Bundled code is told by its folder's name, licence or repository") {
  const TempFolder folder;
  folder.write("src/own.hpp", "");
  folder.write("third_party/zlib/zlib.h", "");
  folder.write("lib/json/LICENSE", "MIT");
  folder.write("lib/json/src/json.hpp", "");
  folder.write("modules/sub/.git", "gitdir: elsewhere");
  folder.write("modules/sub/a.hpp", "");
  folder.write("LICENSE", "the project's own");
  const DiskFiles files;
  BundledCode code(folder.path(), std::nullopt, files);
  CHECK(code.folder_of(folder.path("src/own.hpp")).empty());
  CHECK(code.folder_of(folder.path("top.hpp")).empty());
  CHECK(code.folder_of(folder.path("third_party/zlib/zlib.h")) == "third_party");
  CHECK(code.folder_of(folder.path("lib/json/src/json.hpp")) == "lib/json");
  CHECK(code.folder_of(folder.path("modules/sub/a.hpp")) == "modules/sub");
  CHECK(code.folder_of("/usr/include/stdio.h").empty());

  BundledCode named(folder.path(), std::vector<std::string>{"src"}, files);
  CHECK(named.folder_of(folder.path("src/own.hpp")) == "src");
  CHECK(named.folder_of(folder.path("third_party/zlib/zlib.h")).empty());
  BundledCode none(folder.path(), std::vector<std::string>{}, files);
  CHECK(none.folder_of(folder.path("third_party/zlib/zlib.h")).empty());
}
