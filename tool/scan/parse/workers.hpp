// Running tasks in processes of their own, so that a crash, endless memory or endless time costs
// one task only.
//
// One fork a task: the child inherits the parent's memory (nothing is sent to it), computes, sends
// the result's bytes through a pipe and leaves with _exit, without tearing anything down.
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
  std::uint64_t peak_memory = 0;  ///< Bytes, resident.
  std::chrono::microseconds cpu_time{0};
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

/// Runs body(0) .. body(count - 1), each in a child process, and hands over what became of them.
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
