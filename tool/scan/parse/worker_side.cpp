#include "scan/parse/worker_side.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/large_heap.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/worker_end.hpp"

namespace snug {
namespace {

constexpr rlim_t largest_stack = 64U << 20U;  // Bytes

/// A worker that has needed more memory for a task than this beside what it began with leaves: the
/// others may need it. Kibibytes, as getrusage tells it.
constexpr long most_kept_memory = 512L << 10U;

/// Called by operator new when there is no more memory. Code that was built without exceptions (the
/// front end) cannot be left by one, so the process ends here.
[[noreturn]] void out_of_memory() {
  ::_exit(status_memory);
}

void set_limit(decltype(RLIMIT_DATA) which, rlim_t bytes) {
  struct rlimit limit{};
  if (::getrlimit(which, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? bytes : std::min(bytes, limit.rlim_max);
  ::setrlimit(which, &limit);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SNUG_SHADOW_MEMORY
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SNUG_SHADOW_MEMORY
#endif

/// Limits private memory: address space would count libraries and mapped headers too. Sanitizers
/// reserve terabytes of private memory, so that under them there is no limit.
void limit_memory([[maybe_unused]] rlim_t bytes) {
#ifndef SNUG_SHADOW_MEMORY
  set_limit(RLIMIT_DATA, bytes);
#endif
}

void limit_process(std::uint64_t memory) {
  limit_memory(memory);
  set_limit(RLIMIT_CORE, 0);
  set_limit(RLIMIT_STACK, largest_stack);
  std::set_new_handler(out_of_memory);
}

/// In kibibytes.
long most_memory_so_far() {
  struct rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return usage.ru_maxrss >> 10U;
#else
  return usage.ru_maxrss;
#endif
}

/// False at the end of the stream.
bool read_task(int tasks, std::uint64_t& task) {
  for (;;) {
    const ssize_t count = ::read(tasks, &task, sizeof task);  // whole: pipes keep so few together
    if (count < 0 && errno == EINTR) continue;
    return count == sizeof task;
  }
}

char answer_of(const TaskBody& body, std::uint64_t task, std::string& answer) {
  try {
    answer = body(static_cast<std::size_t>(task));
    return mark_result;
  } catch (const std::bad_alloc&) {
    answer.clear();
    return mark_memory;
  } catch (const std::exception& error) {
    answer = error.what();
    return mark_failure;
  } catch (...) {
    answer = "unknown exception";
    return mark_failure;
  }
}

}  // namespace

void become_worker(pid_t parent, std::uint64_t memory, int output) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
#else
  (void)parent;
#endif
  ::setpgid(0, 0);
  std::signal(SIGPIPE, SIG_DFL);
  const int nothing = ::open("/dev/null", O_RDONLY);
  if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  limit_process(memory);
  prepare_large_heap(memory);
}

[[noreturn]] void answer_tasks(const TaskBody& body, int tasks, int result) {
  const long at_first = most_memory_so_far();
  std::uint64_t task = 0;
  while (read_task(tasks, task)) {
    std::string answer;
    AnswerHead head;
    head.mark = answer_of(body, task, answer);
    head.size = answer.size();
    head.leaves =
        head.mark != mark_result || most_memory_so_far() - at_first > most_kept_memory ? 1 : 0;
    std::fflush(nullptr);
    const std::string_view bytes(reinterpret_cast<const char*>(&head), sizeof head);
    if (!write_all(result, bytes) || !write_all(result, answer)) ::_exit(1);
    if (head.leaves != 0) break;
  }
  ::_exit(0);
}

void limit_this_process(const ScanLimits& limits) {
  const unsigned jobs = limits.jobs != 0 ? limits.jobs : default_jobs();
  const std::uint64_t memory = limits.memory_limit_mb << 20U;
  limit_process(memory != 0 ? memory : default_memory_limit(jobs));
}

}  // namespace snug
