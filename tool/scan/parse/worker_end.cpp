#include "scan/parse/worker_end.hpp"

#include <fmt/core.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>
#include <utility>

namespace snug {
namespace {

std::string signal_name(int signal) {
  static constexpr auto names =
      std::to_array<std::pair<int, std::string_view>>({{SIGSEGV, "SIGSEGV"},
                                                       {SIGABRT, "SIGABRT"},
                                                       {SIGILL, "SIGILL"},
                                                       {SIGTRAP, "SIGTRAP"},
                                                       {SIGBUS, "SIGBUS"},
                                                       {SIGFPE, "SIGFPE"},
                                                       {SIGKILL, "SIGKILL"},
                                                       {SIGXCPU, "SIGXCPU"},
                                                       {SIGTERM, "SIGTERM"},
                                                       {SIGSYS, "SIGSYS"}});
  for (const auto& [number, name] : names) {
    if (number == signal) return std::string(name);
  }
  return fmt::format("signal {}", signal);
}

std::string last_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  const std::size_t end = text.rfind('\n');
  return std::string(end == std::string_view::npos ? text : text.substr(end + 1));
}

/// What the front end prints when an allocation or a thread (whose stack is memory) is refused.
bool speaks_of_memory(std::string_view printed) {
  static constexpr auto phrases = std::to_array<std::string_view>(
      {"out of memory", "Out of memory", "bad_alloc", "pthread_create failed", "Allocation failed",
       "Cannot allocate memory", "Buffer allocation failed"});
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](auto phrase) { return printed.find(phrase) != std::string_view::npos; });
}

std::string crash_reason(int status, const std::string& printed) {
  std::string reason =
      WIFSIGNALED(status) ? fmt::format("the front end crashed ({})", signal_name(WTERMSIG(status)))
                          : fmt::format("the front end ended with status {}", WEXITSTATUS(status));
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) {
    reason = "the worker was killed (SIGKILL); the system may be out of memory";
  }
  const std::string line = last_line(printed);
  return line.empty() ? reason : fmt::format("{}: {}", reason, line);
}

void too_large(std::uint64_t memory, TaskOutcome& outcome) {
  outcome.status = TaskStatus::MemoryLimit;
  outcome.reason = fmt::format("more than {} MiB of memory needed (--memory-limit)", memory >> 20U);
}

}  // namespace

void judge_answer(char mark, std::string answer, std::uint64_t memory, TaskOutcome& outcome) {
  if (mark == mark_result) {
    outcome.bytes = std::move(answer);
  } else if (mark == mark_memory) {
    too_large(memory, outcome);
  } else {
    outcome.status = TaskStatus::Failed;
    outcome.reason = std::move(answer);
  }
}

void judge_end(const WorkerEnd& end, TaskOutcome& outcome) {
  const bool exited = WIFEXITED(end.wait_status);
  if (end.timed_out) {
    outcome.status = TaskStatus::Timeout;
    outcome.reason = fmt::format("not finished after {:g} seconds (--timeout)",
                                 static_cast<double>(end.timeout.count()) / 1000.0);
  } else if ((exited && WEXITSTATUS(end.wait_status) == status_memory) ||
             (!exited && speaks_of_memory(outcome.output))) {
    too_large(end.memory, outcome);
  } else {
    outcome.status = TaskStatus::Crashed;
    outcome.reason = crash_reason(end.wait_status, outcome.output);
  }
}

}  // namespace snug
