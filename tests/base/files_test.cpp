#include "base/files.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

namespace fs = std::filesystem;

TEST_CASE("files are read as bytes, whatever their size") {
  const TempFolder folder;
  const std::string empty = folder.write("empty", "");
  CHECK(read_file(empty).empty());
  const std::string bytes("a\0b\xff\r\n", 6);
  CHECK(read_file(folder.write("bytes", bytes)) == bytes);
  const std::string large(200000, 'x');
  CHECK(read_file(folder.write("large", large)) == large);
  CHECK(read_file("/proc/self/cmdline").size() > 1);  // a file that claims to have no bytes
}

TEST_CASE("an unreadable file is an error with path and reason") {
  const TempFolder folder;
  CHECK_FALSE(DiskFiles().read(folder.path("none")));
  CHECK_FALSE(DiskFiles().read(folder.path()));
  CHECK_THROWS_WITH(read_file(folder.path("none")),
                    folder.path("none") + ": cannot read: No such file or directory");
  CHECK_THROWS_WITH(read_file(folder.path()), Catch::Contains("Is a directory"));
}

TEST_CASE("memory files know only what they were given") {
  const MemoryFiles files(std::map<std::string, std::string>{{"/a", "text"}});
  CHECK(files.read("/a") == "text");
  CHECK_FALSE(files.read("/b"));
}

TEST_CASE("writing replaces the file, keeps its permissions and leaves nothing behind") {
  const TempFolder folder;
  const std::string path = folder.write("script", "old");
  fs::permissions(path, fs::perms(0751));
  write_file_atomically(path, "new");
  CHECK(read_file(path) == "new");
  CHECK(fs::status(path).permissions() == fs::perms(0751));
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("a new file gets the permissions that the mask leaves") {
  const TempFolder folder;
  const mode_t before = ::umask(027);
  write_file_atomically(folder.path("new"), "x");
  ::umask(before);
  CHECK(fs::status(folder.path("new")).permissions() == fs::perms(0640));
}

TEST_CASE("writing through a symbolic link replaces its target") {
  const TempFolder folder;
  const std::string target = folder.write("deep/target", "old");
  fs::create_symlink("deep/target", folder.path("link"));
  write_file_atomically(folder.path("link"), "new");
  CHECK(fs::is_symlink(folder.path("link")));
  CHECK(read_file(target) == "new");
}

TEST_CASE("a loop of symbolic links is an error, not an endless walk") {
  const TempFolder folder;
  fs::create_symlink("b", folder.path("a"));
  fs::create_symlink("a", folder.path("b"));
  CHECK_THROWS_AS(write_file_atomically(folder.path("a"), "x"), Error);
  CHECK_THROWS_WITH(read_file(folder.path("a")), Catch::Contains("symbolic links"));
}

TEST_CASE("a folder that cannot be written to leaves the old file untouched") {
  const TempFolder folder;
  CHECK_THROWS_WITH(write_file_atomically(folder.path("none/file"), "x"),
                    Catch::Contains("none/file: cannot write: No such file"));
  if (::geteuid() == 0) return;  // root may write everywhere
  const std::string path = folder.write("locked/file", "old");
  fs::permissions(folder.path("locked"), fs::perms(0555));
  CHECK_THROWS_AS(write_file_atomically(path, "new"), Error);
  CHECK(read_file(path) == "old");
}

TEST_CASE("SHA-256 is that of the standard") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("paths become absolute and normal") {
  CHECK(normal_path("a/../b", "/x") == "/x/b");
  CHECK(normal_path("/a//b/./c/", "/x") == "/a/b/c");
  CHECK(normal_path("..", "/") == "/");
  CHECK(normal_path(".", "/x/y") == "/x/y");
  CHECK(normal_path("//a", "/x") == "/a");
  CHECK(normal_path("a\xff", "/x") == "/x/a\xff");
  CHECK(normal_path("a", "").front() == '/');
}

}  // namespace
}  // namespace snug::test
