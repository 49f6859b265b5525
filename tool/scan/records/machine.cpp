// What the machine offers: cores and memory, less where a container has less.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>

#include "base/files.hpp"
#include "scan/parse/workers.hpp"

namespace snug {
namespace {

constexpr std::uint64_t least_memory = std::uint64_t{4} << 30U;  // Bytes

/// The memory limit of the control group, if there is one.
std::optional<std::uint64_t> container_memory() {
  for (const char* path :
       {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    const std::optional<std::string> text = disk_files().read(path);
    std::uint64_t bytes = 0;
    if (!text) continue;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), bytes);
    if (error == std::errc() && bytes != 0) return bytes;
  }
  return std::nullopt;
}

}  // namespace

unsigned default_jobs() {
  return std::max(1U, std::thread::hardware_concurrency());
}

std::uint64_t default_memory_limit(unsigned jobs) {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long page = ::sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page <= 0) return least_memory;
  const std::uint64_t machine =
      static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
  const std::uint64_t memory = std::min(machine, container_memory().value_or(machine));
  return std::max(least_memory, memory / 4 * 3 / std::max(1U, jobs));
}

}  // namespace snug
