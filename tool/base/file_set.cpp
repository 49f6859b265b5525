#include "base/file_set.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"

namespace snug {
namespace {

/// Keeps the signals that end a process waiting.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, signal);
    sigprocmask(SIG_BLOCK, &ending, &before_);
  }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;
  ~SignalsWait() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

/// The name under which a new text waits, in the folder of its file. The same one every time, so
/// that a leftover is found.
std::string name_beside(const std::string& path) {
  constexpr std::size_t digits = 16;
  const std::string folder = folder_of(path);
  return fmt::format("{}{}.snug-fix-{}", folder, folder == "/" ? "" : "/",
                     sha256_hex(path).substr(0, digits));
}

unsigned mode_of(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) {
    throw Error(fmt::format("{}: cannot read: {}", path, std::strerror(errno)));
  }
  return info.st_mode & 07777U;
}

bool same_file(int descriptor, const std::string& path) {
  struct stat open{}, named{};
  return ::fstat(descriptor, &open) == 0 && ::stat(path.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

bool has_text(const std::string& path, const std::string& text) {
  return DiskFiles().read(path) == text;
}

}  // namespace

FileSet::FileSet(std::string root, Disk& disk) : root_(std::move(root)), disk_(disk) {
  while (true) {
    const int file = ::open(lock().c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
      throw Error(fmt::format("{}: cannot lock the folder: {}", root_, std::strerror(errno)));
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      ::close(file);
      throw Error(
          fmt::format("another 'snug fix' is at work in {}; wait until it has ended", root_));
    }
    if (same_file(file, lock())) {
      lock_ = file;
      return;
    }
    ::close(file);  // its owner has just removed it
  }
}

FileSet::~FileSet() {
  ::unlink(lock().c_str());
  ::close(lock_);
}

std::string FileSet::journal() const {
  return root_ + "/.snug-fix.journal";
}

std::string FileSet::lock() const {
  return root_ + "/.snug-fix.lock";
}

void FileSet::write_journal(const std::vector<FileChange>& changes) {
  const std::string fresh = journal() + ".new";
  try {
    disk_.write(fresh, encode_journal(changes), 0600);
    disk_.sync(fresh);
    disk_.rename(fresh, journal());
  } catch (...) {
    ::unlink(fresh.c_str());
    throw;
  }
  disk_.sync(root_);
}

void FileSet::remove_journal() {
  disk_.remove(journal());
  disk_.sync(root_);
}

void FileSet::write_beside(const FileChange& change, std::string_view bytes) {
  const std::string beside = name_beside(change.path);
  disk_.write(beside, bytes, mode_of(change.path));
  disk_.sync(beside);
}

/// Gives every file that does not have it its new (or old) text.
void FileSet::roll(const std::vector<FileChange>& changes, bool forward) {
  const auto text_of = [&](const FileChange& change) -> const std::string& {
    return forward ? change.after : change.before;
  };
  std::vector<const FileChange*> open;
  for (const FileChange& change : changes) {
    const std::string& other = forward ? change.before : change.after;
    if (has_text(change.path, other)) open.push_back(&change);
  }
  for (const FileChange* change : open) write_beside(*change, text_of(*change));
  std::set<std::string> folders;
  for (const FileChange* change : open) {
    disk_.rename(name_beside(change->path), change->path);
    folders.insert(folder_of(change->path));
  }
  for (const std::string& folder : folders) disk_.sync(folder);
  for (const FileChange& change : changes) disk_.remove(name_beside(change.path));
}

void FileSet::take_back(const std::vector<FileChange>& changes, const std::string& reason) {
  try {
    roll(changes, false);
    remove_journal();
  } catch (const Error& second) {
    throw Error(fmt::format("{}; then, on the way back: {}; the next 'snug fix' in {} will finish",
                            reason, second.what(), root_));
  }
}

std::optional<Recovery> FileSet::recover() {
  disk_.remove(journal() + ".new");
  const std::optional<std::string> bytes = DiskFiles().read(journal());
  if (!bytes) return std::nullopt;
  const auto changes = decode_journal(*bytes);
  if (!changes) {
    throw Error(
        fmt::format("{}: the journal of an earlier run is damaged; look at the files that changed "
                    "last, then remove it",
                    journal()));
  }
  const SignalsWait wait;
  Recovery recovery;
  std::vector<std::string> old, done;
  for (const FileChange& change : *changes) {
    auto& group = has_text(change.path, change.before)  ? old
                  : has_text(change.path, change.after) ? done
                                                        : recovery.foreign;
    group.push_back(change.path);
  }
  recovery.finished = recovery.foreign.empty();
  recovery.files = recovery.finished ? old : done;
  roll(*changes, recovery.finished);
  remove_journal();
  return recovery;
}

void FileSet::replace(const std::vector<FileChange>& changes) {
  for (const FileChange& change : changes) {
    if (!has_text(change.path, change.before)) {
      throw Error(fmt::format("{}: has changed since it was read; run again", change.path));
    }
  }
  const SignalsWait wait;
  try {
    write_journal(changes);
  } catch (const Error&) {
    disk_.remove(journal());  // it may be there: the folder could not be flushed
    throw;
  }
  try {
    roll(changes, true);
    for (const FileChange& change : changes) {
      if (!has_text(change.path, change.after)) {
        throw Error(fmt::format("{}: was changed by another program", change.path));
      }
    }
    remove_journal();
  } catch (const Error& error) {
    take_back(changes, error.what());
    throw;
  }
}

bool has_unfinished_set(const std::string& root) {
  return ::access((root + "/.snug-fix.journal").c_str(), F_OK) == 0;
}

}  // namespace snug
