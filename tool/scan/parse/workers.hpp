// Running tasks in processes of their own, so that a crash, endless memory or endless time costs
// one task only.
//
// A worker is a fork: it inherits the parent's memory, is told the numbers of tasks, one after the
// other, and sends the bytes of each result through a pipe. It leaves with _exit, without tearing
// anything down. Several tasks a worker save what a new process costs: its pages are touched for
// the first time once, not once a task (a fifth of a scan).
//
// What one task leaves behind in a worker the next one finds there: bodies begin by taking down
// what they left standing, and nothing of it may change an answer. A task that ends its worker is
// judged by what it does in a new one.
// REQUIRES: the process has no other threads (fork copies the calling one only).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace snug {

enum class TaskStatus : std::uint8_t { Ok, Failed, Crashed, Timeout, MemoryLimit };

struct TaskOutcome {
  TaskStatus status = TaskStatus::Ok;
  std::string bytes;   ///< What the body returned; empty unless Ok.
  std::string reason;  ///< One sentence for people; empty if Ok.
  std::string output;  ///< The last lines (at most 4 KiB) that the task wrote to its stderr.
};

struct WorkerLimits {
  unsigned jobs = 0;                     ///< Processes at a time. 0: one a core.
  std::chrono::milliseconds timeout{0};  ///< Wall time of a task. 0: none.
  std::uint64_t memory = 0;  ///< Bytes of private memory of a task. 0: default_memory_limit().
};

/// Runs in the child. Throwing std::bad_alloc means MemoryLimit, any other exception Failed.
using TaskBody = std::function<std::string(std::size_t task)>;
/// Called in the parent once a task, in the order in which they end.
using TaskDone = std::function<void(std::size_t task, TaskOutcome outcome)>;

/// Runs body(0) .. body(count - 1) in child processes, and hands over what became of them. A body
/// sees the caller's memory as it was when its worker was started: once this was called, if not
/// later.
/// SIGINT, SIGTERM and SIGHUP kill all children and throw Interrupted; so does an exception from
/// `done` (it is passed on). Children die with the parent, even if that is killed.
void run_in_workers(std::size_t count, const TaskBody& body, const WorkerLimits& limits,
                    const TaskDone& done);

struct ScanLimits;
struct ScanOptions;

/// Gives this process the memory and the stack of a task.
void limit_this_process(const ScanLimits& limits);

/// The limits that the options ask for.
[[nodiscard]] WorkerLimits limits_of(const ScanOptions& options);

/// Number of processes for `jobs` == 0: the cores this process may use.
[[nodiscard]] unsigned default_jobs();

/// Bytes for a task when the user sets no limit: three quarters of the machine's (or container's)
/// memory divided by the jobs, but at least 4 GiB.
[[nodiscard]] std::uint64_t default_memory_limit(unsigned jobs);

}  // namespace snug
