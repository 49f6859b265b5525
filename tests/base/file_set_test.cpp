// Sets of files that are cut off at every step: by an error, and by SIGKILL.
#include "base/file_set.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <set>

#include "base/error.hpp"
#include "base/files.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {
namespace {

namespace fs = std::filesystem;

/// A disk that does something else at one of its steps.
class CutOffDisk final : public Disk {
 public:
  enum class How { Error, ErrorsFromThere, KillBefore, KillHalfway };
  CutOffDisk(int step, How how) : left_(step), how_(how) {}

  void write(const std::string& path, std::string_view bytes, unsigned mode) override {
    if (cut(path) == How::KillHalfway) {
      real_.write(path, bytes.substr(0, bytes.size() / 2), mode);
      ::raise(SIGKILL);
    }
    real_.write(path, bytes, mode);
  }
  void sync(const std::string& path) override {
    cut(path);
    real_.sync(path);
  }
  void rename(const std::string& from, const std::string& to) override {
    cut(to);
    real_.rename(from, to);
  }
  void remove(const std::string& path) override {
    cut(path);
    real_.remove(path);
  }
  [[nodiscard]] bool reached() const { return left_ < 0; }

 private:
  How cut(const std::string& path) {
    const bool now = left_ == 0 || (left_ < 0 && how_ == How::ErrorsFromThere);
    --left_;
    if (!now) return How::Error;
    if (how_ == How::KillBefore) ::raise(SIGKILL);
    if (how_ != How::KillHalfway) throw Error(path + ": cannot write: the test says so");
    return how_;
  }

  RealDisk real_;
  int left_;
  How how_;
};

struct Sources {
  Sources() {
    fs::create_directories(folder.path("deep/er"));
    for (const std::string name : {"a.hpp", "deep/b.hpp", "deep/er/c.hpp"}) {
      const std::string path = folder.write(name, "old " + name + std::string(5000, 'o'));
      changes.push_back({path, read_file(path), "new " + name + std::string(7000, 'n')});
    }
    ::chmod(changes[1].path.c_str(), 0640);
  }

  void restore() const {
    for (const FileChange& change : changes) {
      std::ofstream(change.path, std::ios::binary) << change.before;
    }
  }

  /// 'o' for an old file, 'n' for a new one, '?' for anything else.
  [[nodiscard]] std::string state() const {
    std::string text;
    for (const FileChange& change : changes) {
      const std::string now = read_file(change.path);
      text += now == change.before ? 'o' : now == change.after ? 'n' : '?';
    }
    return text;
  }

  [[nodiscard]] std::size_t entries() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  TempFolder folder;
  std::vector<FileChange> changes;
};

/// Replaces the set in a process of its own, which is killed at the step; true if it was.
bool killed(const Sources& sources, int step, CutOffDisk::How how) {
  const pid_t child = ::fork();
  if (child == 0) {
    CutOffDisk disk(step, how);
    FileSet set(sources.folder.path(), disk);
    (void)set.recover();
    set.replace(sources.changes);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void recover(const Sources& sources) {
  RealDisk disk;
  FileSet set(sources.folder.path(), disk);
  (void)set.recover();
}

}  // namespace

TEST_CASE("a set is replaced with its permissions, and nothing else is left") {
  const Sources sources;
  RealDisk disk;
  {
    FileSet set(sources.folder.path(), disk);
    CHECK_FALSE(set.recover());
    set.replace(sources.changes);
  }
  CHECK(sources.state() == "nnn");
  CHECK(sources.entries() == 3);
  CHECK(fs::status(sources.changes[1].path).permissions() == fs::perms(0640));
}

TEST_CASE("an error at any step leaves the old files and nothing else") {
  int steps = 0;
  for (;; ++steps) {
    const Sources sources;
    CutOffDisk disk(steps, CutOffDisk::How::Error);
    bool thrown = false;
    {
      FileSet set(sources.folder.path(), disk);
      try {
        (void)set.recover();
        set.replace(sources.changes);
      } catch (const Error&) {
        thrown = true;
      }
    }
    INFO("step " << steps);
    if (!disk.reached()) break;
    CHECK(thrown);
    CHECK(sources.state() == "ooo");
    CHECK(sources.entries() == 3);
  }
  CHECK(steps >= 20);
}

TEST_CASE("a disk that stays broken leaves whole files, and the next run ends what was begun") {
  for (int step = 0; step < 100; ++step) {
    const Sources sources;
    CutOffDisk disk(step, CutOffDisk::How::ErrorsFromThere);
    try {
      FileSet set(sources.folder.path(), disk);
      (void)set.recover();
      set.replace(sources.changes);
    } catch (const Error&) {
    }
    INFO("step " << step);
    if (!disk.reached()) return;
    CHECK(sources.state().find('?') == std::string::npos);
    recover(sources);
    CHECK((sources.state() == "ooo" || sources.state() == "nnn"));
    CHECK(sources.entries() == 3);
  }
  FAIL("the set never ended");
}

TEST_CASE("a process killed at any step leaves each file old or new, and the next one ends it") {
  for (const auto how : {CutOffDisk::How::KillBefore, CutOffDisk::How::KillHalfway}) {
    std::set<std::string> seen;
    const Sources sources;
    int step = 0;
    for (; step < 40; ++step) {
      sources.restore();
      const bool cut = killed(sources, step, how);
      if (!cut && how == CutOffDisk::How::KillBefore) break;
      INFO("step " << step);
      const std::string state = sources.state();
      seen.insert(state);
      REQUIRE(state.find('?') == std::string::npos);
      const bool begun = has_unfinished_set(sources.folder.path());
      recover(sources);
      REQUIRE((sources.state() == "ooo" || sources.state() == "nnn"));
      if (begun) REQUIRE(sources.state() == "nnn");
      REQUIRE(sources.entries() == 3);
    }
    if (how == CutOffDisk::How::KillBefore) {
      CHECK(step < 40);
      CHECK(seen.contains("noo"));  // in the midst of the renames
    }
  }
}

TEST_CASE("a set is taken back when somebody changed one of its files after the cut") {
  const Sources sources;
  for (int step = 0; step < 100 && sources.state() != "nno"; ++step) {
    recover(sources);
    sources.restore();
    killed(sources, step, CutOffDisk::How::KillBefore);
  }
  REQUIRE(sources.state() == "nno");
  std::ofstream(sources.changes[2].path, std::ios::binary) << "mine";
  RealDisk disk;
  FileSet set(sources.folder.path(), disk);
  const auto recovery = set.recover();
  REQUIRE(recovery);
  CHECK_FALSE(recovery->finished);
  CHECK(recovery->files.size() == 2);
  CHECK(recovery->foreign == std::vector<std::string>{sources.changes[2].path});
  CHECK(sources.state() == "oo?");
  CHECK(read_file(sources.changes[2].path) == "mine");
}

TEST_CASE("a file that changed since it was read stops the set before anything is written") {
  const Sources sources;
  std::ofstream(sources.changes[2].path, std::ios::binary) << "mine";
  RealDisk disk;
  FileSet set(sources.folder.path(), disk);
  CHECK_THROWS_WITH(set.replace(sources.changes), Catch::Contains("has changed since it was read"));
  CHECK(sources.state() == "oo?");
}

TEST_CASE("two processes cannot have one folder") {
  const TempFolder folder;
  RealDisk disk;
  {
    const FileSet set(folder.path(), disk);
    CHECK_THROWS_WITH(FileSet(folder.path(), disk), Catch::Contains("is at work in"));
  }
  CHECK_NOTHROW(FileSet(folder.path(), disk));
  CHECK(fs::is_empty(folder.path()));
}

TEST_CASE("a damaged journal is not acted on") {
  const std::vector<FileChange> changes = {{"/a", "one\n", std::string("t\0wo", 4)},
                                           {"/b", "", ""}};
  const std::string bytes = encode_journal(changes);
  CHECK(decode_journal(bytes) == changes);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    CHECK_FALSE(decode_journal(damaged));
    CHECK_FALSE(decode_journal(bytes.substr(0, at)));
  }
  const TempFolder folder;
  folder.write(".snug-fix.journal", "nonsense");
  RealDisk disk;
  FileSet set(folder.path(), disk);
  CHECK_THROWS_WITH(set.recover(), Catch::Contains("damaged"));
}

}  // namespace snug::test
