// The heap of a worker: what is asked of the allocator has to arrive there, in optimised builds
// too.
#include "base/large_heap.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace {

constexpr std::uint64_t gibibyte = std::uint64_t{1} << 30U;

/// Runs in a process of its own; true if it answers so.
template <class Body>
bool in_child(Body body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body() ? 0 : 1);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::uintptr_t address(const void* place) {
  return reinterpret_cast<std::uintptr_t>(place);
}

/// True if the system was asked to use large pages for the place.
bool asked_for_large_pages(const void* place) {
  std::ifstream maps("/proc/self/smaps");
  bool there = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    char dash = '\0';
    const std::size_t space = line.find(' ');
    if (space != std::string::npos && line.find('-') < space) {
      std::size_t used = 0;
      begin = std::stoull(line, &used, 16);
      dash = line[used];
      end = std::stoull(line.substr(used + 1), nullptr, 16);
      there = dash == '-' && begin <= address(place) && address(place) < end;
    } else if (there && line.starts_with("VmFlags:")) {
      return line.find(" hg") != std::string::npos;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("a large heap grows once, for blocks of all threads") {
  CHECK(in_child([] {
    const void* const before = ::sbrk(0);
    snug::prepare_large_heap(4 * gibibyte);
    const std::uintptr_t end = address(::sbrk(0));
    if (end - address(before) < 64U << 20U) return false;
    bool inside = true;
    const auto fill = [&] {
      for (int i = 0; i < 16; ++i) {
        const void* volatile block = std::malloc(1U << 20U);
        inside = inside && address(before) <= address(block) + (1U << 20U) && address(block) < end;
      }
    };
    fill();
    std::thread(fill).join();
    return inside && address(::sbrk(0)) == end;
  }));
}

TEST_CASE("a large heap is backed by large pages where the system has them") {
  if (!std::ifstream("/sys/kernel/mm/transparent_hugepage/enabled")) return;
  CHECK(in_child([] {
    snug::prepare_large_heap(4 * gibibyte);
    const auto* const block = static_cast<char*>(std::malloc(8U << 20U));
    return block != nullptr && asked_for_large_pages(block + (4U << 20U));
  }));
}

TEST_CASE("a small limit leaves the heap as it is") {
  CHECK(in_child([] {
    const void* const before = ::sbrk(0);
    snug::prepare_large_heap(16U << 20U);
    return ::sbrk(0) == before;
  }));
}

#endif
