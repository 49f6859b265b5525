#include "scan/targets.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "scan/driver.hpp"

namespace snug {
namespace {

std::vector<std::string> parts_of(std::string_view triple) {
  std::vector<std::string> parts(1);
  for (const char byte : triple) {
    if (byte == '-') {
      parts.emplace_back();
    } else {
      parts.back() += byte;
    }
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "-") + part;
  return text;
}

bool is_system(std::string_view part) {
  static constexpr auto systems = std::to_array<std::string_view>(
      {"linux", "windows", "freebsd", "netbsd", "openbsd", "darwin", "macos", "none", "android"});
  return std::any_of(systems.begin(), systems.end(),
                     [&](std::string_view system) { return part.starts_with(system); });
}

bool is_32_bit_x86(std::string_view part) {
  return part.size() == 4 && part[0] == 'i' && part.substr(2) == "86";
}

/// Processor, system and environment in one spelling; the vendor left out.
std::vector<std::string> essence(std::string_view triple) {
  std::vector<std::string> parts = parts_of(plain_target(triple));
  if (is_32_bit_x86(parts[0])) parts[0] = "i386";
  if (parts[0] == "amd64") parts[0] = "x86_64";
  if (parts[0] == "arm64") parts[0] = "aarch64";
  if (parts.size() > 2) parts.erase(parts.begin() + 1);
  return parts;
}

}  // namespace

std::string host_target() {
#if defined(__x86_64__)
  std::string processor = "x86_64";
#elif defined(__aarch64__)
  std::string processor = "aarch64";
#elif defined(__i386__)
  std::string processor = "i386";
#elif defined(__riscv) && __riscv_xlen == 64
  std::string processor = "riscv64";
#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)
  std::string processor = "powerpc64le";
#elif defined(__s390x__)
  std::string processor = "s390x";
#elif defined(__arm__)
  std::string processor = "armv7";
#else
#error "name this processor as the first part of a target triple"
#endif
#if defined(__APPLE__)
  return processor + "-apple-darwin";
#elif defined(__FreeBSD__)
  return processor + "-unknown-freebsd";
#elif defined(__arm__)
  return processor + "-unknown-linux-gnueabihf";
#else
  return processor + "-unknown-linux-gnu";
#endif
}

std::string plain_target(std::string_view triple) {
  std::vector<std::string> parts = parts_of(triple);
  if (parts.size() >= 2 && is_system(parts[1])) parts.insert(parts.begin() + 1, "unknown");
  if (parts.size() >= 3 && parts[1] == "pc" && parts[2].starts_with("linux")) parts[1] = "unknown";
  return join(parts);
}

std::string with_width(std::string_view triple, std::string_view flag) {
  std::vector<std::string> parts = parts_of(triple);
  if (is_x86(triple)) {
    if (flag == "-m32") parts[0] = "i386";
    if (flag == "-m64" || flag == "-mx32") parts[0] = "x86_64";
    if (flag == "-mx32" && parts.back() == "gnu") parts.back() = "gnux32";
    return join(parts);
  }
  static constexpr auto pairs = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"powerpc", "powerpc64"}, {"sparc", "sparcv9"}, {"mips", "mips64"}, {"riscv32", "riscv64"}});
  for (const auto& [narrow, wide] : pairs) {
    if (flag == "-m32" && parts[0] == wide) parts[0] = narrow;
    if (flag == "-m64" && parts[0] == narrow) parts[0] = wide;
  }
  return join(parts);
}

bool is_x86(std::string_view triple) {
  const std::string processor = parts_of(triple)[0];
  return processor == "x86_64" || processor == "amd64" || is_32_bit_x86(processor);
}

bool same_target(std::string_view a, std::string_view b) {
  return essence(a) == essence(b);
}

}  // namespace snug
