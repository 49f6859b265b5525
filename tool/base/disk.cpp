#include "base/disk.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.hpp"

namespace snug {
namespace {

[[noreturn]] void failed(const std::string& path, const char* what) {
  throw Error(fmt::format("{}: cannot {}: {}", path, what, std::strerror(errno)));
}

/// Closes the descriptor and throws with the reason that was there before.
[[noreturn]] void failed(int descriptor, const std::string& path, const char* what) {
  const int reason = errno;
  ::close(descriptor);
  errno = reason;
  failed(path, what);
}

}  // namespace

void RealDisk::write(const std::string& path, std::string_view bytes, unsigned mode) {
  ::unlink(path.c_str());  // a leftover, or a link that leads elsewhere
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) failed(path, "write");
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) failed(file, path, "write");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fchmod(file, static_cast<mode_t>(mode)) != 0) failed(file, path, "set the permissions of");
  if (::close(file) != 0) failed(path, "write");
}

void RealDisk::sync(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) failed(path, "open");
  // Some file systems know no fsync of a folder; their renames are on the disk at once or never.
  if (::fsync(file) != 0 && errno != EINVAL) failed(file, path, "flush");
  ::close(file);
}

void RealDisk::rename(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) failed(to, "replace");
}

void RealDisk::remove(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) failed(path, "remove");
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace snug
