#include "base/files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/descriptor.hpp"
#include "base/ending_signals.hpp"
#include "base/error.hpp"

namespace snug {
namespace {

/// Reads to the end of the file. On failure errno tells why. Opening a FIFO waits for a writer
/// unless only regular files are asked for.
std::optional<std::string> read_all(const std::string& path, bool regular_only = false) {
  const Descriptor file(
      ::open(path.c_str(), O_RDONLY | O_CLOEXEC | (regular_only ? O_NONBLOCK : 0)));
  if (!file.is_open()) return std::nullopt;
  struct stat info{};
  if (::fstat(file.number(), &info) != 0) return std::nullopt;
  if (regular_only && !S_ISREG(info.st_mode)) {
    errno = EINVAL;
    return std::nullopt;
  }
  if (S_ISDIR(info.st_mode)) {
    errno = EISDIR;
    return std::nullopt;
  }
  std::string text;
  std::size_t used = 0;
  text.resize(info.st_size > 0 ? static_cast<std::size_t>(info.st_size) + 1 : 65536);
  while (true) {
    if (used == text.size()) text.resize(text.size() * 2);
    const ssize_t count = ::read(file.number(), text.data() + used, text.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
  }
  text.resize(used);
  return text;
}

/// The file that a chain of symbolic links ends at, whether it exists or not.
std::string link_target(const std::string& path) {
  std::filesystem::path current = path;
  for (int hops = 0; hops < 40; ++hops) {
    std::error_code error;
    if (!std::filesystem::is_symlink(current, error)) return current.string();
    const auto next = std::filesystem::read_symlink(current, error);
    if (error) return current.string();
    current = next.is_absolute() ? next : current.parent_path() / next;
  }
  throw Error(fmt::format("{}: cannot write: {}", path, std::strerror(ELOOP)));
}

[[noreturn]] void cannot_write(const std::string& path) {
  throw Error(fmt::format("{}: cannot write: {}", path, std::strerror(errno)));
}

/// The permission bits that the new file gets: those of the old one, else what umask leaves.
mode_t mode_for(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) == 0) return info.st_mode & 07777U;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

}  // namespace

std::optional<std::string> DiskFiles::read(const std::string& path) const {
  return read_all(path, true);
}

const std::map<std::string, std::string>& Files::texts() const {
  static const std::map<std::string, std::string> none;
  return none;
}

const Files& disk_files() {
  static const DiskFiles files;
  return files;
}

std::optional<std::string> MemoryFiles::read(const std::string& path) const {
  const auto found = texts_.find(path);
  if (found == texts_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> OverlayFiles::read(const std::string& path) const {
  const auto found = texts_.find(path);
  if (found == texts_.end()) return files_.read(path);
  return found->second;
}

std::string read_file(const Files& files, const std::string& path) {
  std::optional<std::string> text = files.read(path);
  return text ? std::move(*text) : read_file(path);
}

std::string read_file(const std::string& path) {
  std::optional<std::string> text = read_all(path);
  if (!text) throw Error(fmt::format("{}: cannot read: {}", path, std::strerror(errno)));
  return std::move(*text);
}

void write_file_atomically(const std::string& path, std::string_view bytes) {
  const std::string target = link_target(path);
  const mode_t mode = mode_for(target);
  const EndingSignals wait;  // or the new file would stay beside the old one
  std::string beside = target + ".XXXXXX";
  Descriptor file(::mkostemp(beside.data(), O_CLOEXEC));
  if (!file.is_open()) cannot_write(path);
  const bool written = write_all(file.number(), bytes) && ::fchmod(file.number(), mode) == 0 &&
                       ::fsync(file.number()) == 0 && file.close() &&
                       std::rename(beside.c_str(), target.c_str()) == 0;
  if (written) return;
  const int reason = errno;
  ::unlink(beside.c_str());
  errno = reason;
  cannot_write(path);
}

std::string sha256_hex(std::string_view bytes) {
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  std::string text(2 * sizeof digest + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest, sizeof digest);
  text.pop_back();
  return text;
}

std::string normal_path(const std::string& path, const std::string& base) {
  std::filesystem::path full = path;
  if (full.is_relative()) full = std::filesystem::path(base) / full;
  if (full.is_relative()) full = std::filesystem::current_path() / full;
  std::string text = full.lexically_normal().string();
  // "a/b/" and "a/b/." name the folder b, not an empty name below it.
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  // POSIX lets "//x" mean something else; every system that the tool runs on reads it as "/x".
  if (text.size() > 1 && text[0] == '/' && text[1] == '/') text.erase(0, 1);
  return text;
}

}  // namespace snug
