// Folders that go with their object: what is in them, too, by an error and by a signal.
#include "base/temporary_folder.hpp"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

#include "base/error.hpp"
#include "base/files.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

namespace fs = std::filesystem;

/// $TMPDIR is another one while it lives.
struct TemporaryPlace {
  TempFolder folder;
  TemporaryPlace() { ::setenv("TMPDIR", folder.path().c_str(), 1); }
  ~TemporaryPlace() { ::unsetenv("TMPDIR"); }
};

TEST_CASE("a temporary folder is its user's alone and goes with what is in it") {
  const TemporaryPlace place;
  {
    const TemporaryFolder folder("name");
    CHECK(fs::path(folder.path()).parent_path() == fs::path(place.folder.path()));
    CHECK(fs::path(folder.path()).filename().string().starts_with("name-"));
    struct stat facts{};
    REQUIRE(::stat(folder.path().c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777U) == 0700U);
    fs::create_directories(folder.path() + "/deep/er");
    write_file_atomically(folder.path() + "/deep/er/file", "text");
    const TemporaryFolder other("name");
    CHECK(other.path() != folder.path());
  }
  CHECK(fs::is_empty(place.folder.path()));
}

TEST_CASE("a temporary folder goes when its owner cannot be made") {
  const TemporaryPlace place;
  struct Owner {
    TemporaryFolder folder{"owner"};
    Owner() { throw std::runtime_error("no owner"); }
  };
  CHECK_THROWS(Owner());
  CHECK(fs::is_empty(place.folder.path()));
}

TEST_CASE("a signal waits until the temporary folder is gone") {
  const TemporaryPlace place;
  {
    const TemporaryFolder folder("signal");
    std::raise(SIGTERM);
    CHECK_THROWS_AS(EndingSignals().check(), Interrupted);
    CHECK(fs::exists(folder.path()));
  }
  CHECK(fs::is_empty(place.folder.path()));
}

TEST_CASE("where no temporary folder can be made the place and the reason are told") {
  ::setenv("TMPDIR", "/dev/null", 1);
  CHECK_NOTHROW(TemporaryFolder("name"));  // no folder: the system's own is taken
  ::unsetenv("TMPDIR");
  CHECK_THROWS_AS(TemporaryFolder("no/such"), Error);
}

}  // namespace
}  // namespace snug::test
