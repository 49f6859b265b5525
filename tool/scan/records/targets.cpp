#include "scan/records/targets.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "scan/command/driver.hpp"

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

bool starts_with_any(std::string_view part, const auto& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return part.starts_with(word); });
}

bool is_system(std::string_view part) {
  static constexpr auto systems = std::to_array<std::string_view>(
      {"linux",    "windows",   "win32",    "mingw32", "cygwin",  "msys", "freebsd", "netbsd",
       "openbsd",  "dragonfly", "kfreebsd", "darwin",  "macos",   "ios",  "tvos",    "watchos",
       "xros",     "driverkit", "fuchsia",  "haiku",   "solaris", "aix",  "wasi",    "emscripten",
       "rtems",    "uefi",      "hurd",     "zos",     "hermit",  "nto",  "lynxos",  "vxworks",
       "serenity", "managarm",  "cuda",     "amdhsa",  "unikraft"});
  return starts_with_any(part, systems);
}

/// What stands in the last place of a triple for a machine without a system.
bool is_bare_environment(std::string_view part) {
  return part.starts_with("eabi") || part == "elf" || part == "coff" || part == "macho";
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

/// The environment of a Linux triple as far as the front end knows it: "-uclibcgnueabihf" is laid
/// out as "-gnueabihf".
std::string linux_environment(std::string environment) {
  if (environment.starts_with("-uclibc")) {
    const std::string rest = environment.substr(7);
    environment = rest.starts_with("gnu") ? "-" + rest : "-gnu" + rest;
  }
  static constexpr auto known = std::to_array<std::string_view>(
      {"-gnu", "-musl", "-android", "-eabi", "-ohos", "-llvm", "-code16"});
  return starts_with_any(environment, known) ? environment : "";
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
  if (parts.size() < 2) return std::string(triple);
  const auto place = std::find_if(parts.begin() + 1, parts.end(), is_system);
  if (place == parts.end()) {
    // "arm-none-eabi", "riscv64-unknown-elf", "x86_64-elf": nothing but the machine.
    if (!is_bare_environment(parts.back())) return std::string(triple);
    return parts[0] + "-unknown-none-" + parts.back();
  }
  const std::vector<std::string> behind(place, parts.end());
  std::string system = behind[0];
  std::string environment = behind.size() > 1 ? "-" + behind[1] : "";
  std::string vendor = place == parts.begin() + 1 ? "unknown" : parts[1];
  if (system == "mingw32") {
    system = "windows";
    environment = "-gnu";
  }
  if (system == "linux") environment = linux_environment(environment);
  // The vendor of a Linux toolchain (none, pc, redhat, poky) means nothing to a layout.
  if (system == "linux") vendor = "unknown";
  return parts[0] + "-" + vendor + "-" + system + environment;
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
