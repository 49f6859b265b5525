#include "session/cache_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <tuple>
#include <vector>

#include "base/descriptor.hpp"
#include "base/digest.hpp"
#include "base/files.hpp"
#include "base/packed.hpp"

namespace snug {
namespace {

constexpr std::string_view magic = "snug-kept 1\n";
constexpr std::string_view counts_name = "counts";
constexpr std::string_view unfinished = ".new-";
constexpr std::time_t hour = 3600;

std::optional<std::string> read_regular(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info{};
  if (!file.is_open() || ::fstat(file.number(), &info) != 0 || !S_ISREG(info.st_mode)) return {};
  std::string bytes(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t count = ::read(file.number(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return {};
    done += static_cast<std::size_t>(count);
  }
  return bytes;
}

// snug: ignore(padding): a list of them lives for a moment
struct Entry {
  std::string name;
  std::uint64_t bytes = 0;
  timespec used{};
  bool finished = true;
};

bool is_entry(std::string_view name) {
  constexpr std::array<std::string_view, 4> endings = {".unit", ".proof", ".order", ".found"};
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

std::vector<Entry> entries_of(const std::string& folder) {
  std::vector<Entry> entries;
  DIR* const stream = ::opendir(folder.c_str());
  if (stream == nullptr) return entries;
  while (const dirent* one = ::readdir(stream)) {
    const std::string_view name = one->d_name;
    struct stat info{};
    if (!is_entry(name) && !name.starts_with(unfinished)) continue;
    if (::lstat(fmt::format("{}/{}", folder, name).c_str(), &info) != 0) continue;
    if (!S_ISREG(info.st_mode)) continue;
    entries.push_back({std::string(name), static_cast<std::uint64_t>(info.st_size), info.st_mtim,
                       !name.starts_with(unfinished)});
  }
  ::closedir(stream);
  return entries;
}

std::string system_reason() {
  return std::strerror(errno);
}

}  // namespace

CacheFolder::CacheFolder(std::string folder, std::uint64_t limit)
    : folder_(std::move(folder)), limit_(limit) {}

std::optional<std::string> CacheFolder::read(const std::string& name) const {
  const std::string path = folder_ + "/" + name;
  std::optional<std::string> stored = read_regular(path);
  if (!stored) return std::nullopt;
  // An entry that was given another name is damaged, too.
  constexpr std::size_t digest_size = 16;
  const std::string head = fmt::format("{}{}\n", magic, name);
  const bool whole =
      stored->size() >= head.size() + digest_size && stored->starts_with(head) &&
      std::string_view(*stored).substr(stored->size() - digest_size) ==
          digest_of(std::string_view(*stored).substr(0, stored->size() - digest_size));
  if (!whole) {
    ::unlink(path.c_str());
    return std::nullopt;
  }
  return stored->substr(head.size(), stored->size() - head.size() - digest_size);
}

void CacheFolder::touch(const std::string& name) const {
  ::utimensat(AT_FDCWD, (folder_ + "/" + name).c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
}

std::string CacheFolder::write(const std::string& name, std::string_view bytes) const {
  std::error_code error;
  if (std::filesystem::create_directories(folder_, error) && !error) {
    ::chmod(folder_.c_str(), S_IRWXU);
  }
  if (error) return fmt::format("cannot make the folder {}: {}", folder_, error.message());
  std::string all = fmt::format("{}{}\n", magic, name);
  all += bytes;
  all += digest_of(all);
  std::string temporary = fmt::format("{}/{}XXXXXX", folder_, unfinished);
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) return fmt::format("cannot write to {}: {}", folder_, system_reason());
  if (write_all(file.number(), all) &&
      ::rename(temporary.c_str(), (folder_ + "/" + name).c_str()) == 0) {
    return "";
  }
  std::string why = fmt::format("cannot write to {}: {}", folder_, system_reason());
  ::unlink(temporary.c_str());
  return why;
}

void CacheFolder::shrink() const {
  std::vector<Entry> entries = entries_of(folder_);
  std::uint64_t bytes = 0;
  for (const Entry& entry : entries) {
    bytes += entry.bytes;
    // A writer that lives renames its file within seconds.
    const bool left_behind = !entry.finished && entry.used.tv_sec + hour < std::time(nullptr);
    if (left_behind) ::unlink((folder_ + "/" + entry.name).c_str());
  }
  if (bytes <= limit_) return;
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.used.tv_sec, a.used.tv_nsec, a.name) <
           std::tie(b.used.tv_sec, b.used.tv_nsec, b.name);
  });
  for (const Entry& entry : entries) {
    if (bytes <= limit_ - limit_ / 10) break;
    if (!entry.finished) continue;
    if (::unlink((folder_ + "/" + entry.name).c_str()) == 0) bytes -= entry.bytes;
  }
}

void CacheFolder::count(std::uint64_t lookups, std::uint64_t hits) const {
  const std::string path = fmt::format("{}/{}", folder_, counts_name);
  const Descriptor file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!file.is_open() || ::flock(file.number(), LOCK_EX | LOCK_NB) != 0) return;
  std::string known(16, '\0');
  Packer sum;
  if (::pread(file.number(), known.data(), known.size(), 0) == 16) {
    Unpacker before(known);
    lookups += before.number();
    hits += before.number();
  }
  sum.number(lookups);
  sum.number(hits);
  (void)!::pwrite(file.number(), sum.bytes().data(), sum.bytes().size(), 0);
}

CacheContents CacheFolder::contents() const {
  CacheContents contents;
  for (const Entry& entry : entries_of(folder_)) {
    contents.bytes += entry.bytes;
    if (entry.name.ends_with(".unit")) ++contents.units;
    if (entry.name.ends_with(".proof")) ++contents.proofs;
    if (entry.name.ends_with(".order")) ++contents.orders;
    if (entry.name.ends_with(".found")) ++contents.checks;
  }
  const auto counts = read_regular(fmt::format("{}/{}", folder_, counts_name));
  if (counts && counts->size() == 16) {
    Unpacker numbers(*counts);
    contents.lookups = numbers.number();
    contents.hits = numbers.number();
  }
  return contents;
}

std::uint64_t CacheFolder::clear() const {
  std::uint64_t removed = 0;
  for (const Entry& entry : entries_of(folder_)) {
    const bool gone = ::unlink((folder_ + "/" + entry.name).c_str()) == 0;
    if (gone && entry.finished) ++removed;
  }
  ::unlink(fmt::format("{}/{}", folder_, counts_name).c_str());
  return removed;
}

std::string CacheFolder::distrust() const {
  struct stat info{};
  if (::stat(folder_.c_str(), &info) != 0) return "";
  if (!S_ISDIR(info.st_mode)) return fmt::format("{} is not a folder", folder_);
  if (info.st_uid != ::geteuid()) return fmt::format("{} belongs to another user", folder_);
  if ((info.st_mode & S_IWOTH) != 0) return fmt::format("everybody may write to {}", folder_);
  return "";
}

std::string user_cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return normal_path(cache, "/") + "/snug";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return normal_path(home, "/") + "/.cache/snug";
  return "";
}

}  // namespace snug
