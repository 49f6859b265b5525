// The protocol of the pipe: one byte that says what follows, then the bytes themselves, then the
// end of the stream. A task counts as done only if the byte says so and the child left with status
// 0.
//
// Signals: SIGINT, SIGTERM and SIGHUP wait while workers run and are looked for after each wait.
#include "scan/parse/workers.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/ending_signals.hpp"
#include "base/error.hpp"
#include "base/large_heap.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/worker_end.hpp"

namespace snug {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kept_output = 4096;                // Bytes
constexpr std::chrono::milliseconds signal_latency{50};  // Between looks for Ctrl-C.
constexpr rlim_t largest_stack = 64U << 20U;             // Bytes

[[noreturn]] void cannot(std::string_view what) {
  throw Error(fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

struct Child {
  pid_t id = -1;
  bool timed_out = false;
  std::size_t task = 0;
  int result = -1;  // Read ends
  int output = -1;
  Clock::time_point start;
  std::string received;
  std::string printed;
};

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

/// What a child does before the task: dies with its parent, has a group of its own, its limits, and
/// writes nothing to the terminal.
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

[[noreturn]] void work(const TaskBody& body, std::size_t task, int result) {
  std::string answer;
  try {
    answer = body(task);
    answer.insert(answer.begin(), mark_result);
  } catch (const std::bad_alloc&) {
    answer = mark_memory;
  } catch (const std::exception& error) {
    answer = mark_failure + std::string(error.what());
  } catch (...) {
    answer = mark_failure + std::string("unknown exception");
  }
  if (!write_all(result, answer)) ::_exit(1);
  std::fflush(nullptr);
  ::_exit(0);
}

/// Everything run_in_workers keeps while it runs.
class Pool {
 public:
  Pool(const TaskBody& body, const WorkerLimits& limits, const TaskDone& done)
      : body_(body), limits_(limits), done_(done) {
    jobs_ = limits.jobs != 0 ? limits.jobs : default_jobs();
    memory_ = limits.memory != 0 ? limits.memory : default_memory_limit(jobs_);
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() { kill_all(); }

  void run(std::size_t count) {
    std::size_t next = 0;
    while (next < count || !children_.empty()) {
      while (next < count && children_.size() < jobs_) start(next++);
      wait();
      signals_.check();
      stop_late_ones();
      reap();
    }
  }

 private:
  void start(std::size_t task) {
    std::array<int, 2> result{};
    std::array<int, 2> output{};
    if (::pipe(result.data()) != 0) cannot("make a pipe");
    if (::pipe(output.data()) != 0) cannot("make a pipe");
    for (const int end : {result[0], result[1], output[0], output[1]}) {
      ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    std::fflush(nullptr);
    const pid_t parent = ::getpid();
    const pid_t id = ::fork();
    if (id < 0) cannot("start a worker process");
    if (id == 0) {
      become_worker(parent, memory_, output[1]);
      // The read ends of the other children are of no use here and would keep pipes alive.
      for (const Child& other : children_) {
        ::close(other.result);
        ::close(other.output);
      }
      ::close(result[0]);
      ::close(output[0]);
      ::close(output[1]);
      let_signals_end();
      work(body_, task, result[1]);
    }
    ::close(result[1]);
    ::close(output[1]);
    ::setpgid(id, id);
    children_.push_back({id, false, task, result[0], output[0], Clock::now(), {}, {}});
  }

  /// Waits until something can be read, a deadline is over or it is time to look for signals.
  void wait() {
    std::vector<pollfd> ends;
    for (const Child& child : children_) {
      ends.push_back({child.result, POLLIN, 0});
      ends.push_back({child.output, POLLIN, 0});
    }
    auto time = signal_latency;
    const auto now = Clock::now();
    for (const Child& child : children_) {
      if (limits_.timeout.count() == 0) break;
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(child.start + limits_.timeout - now);
      time = std::clamp(left, std::chrono::milliseconds(0), time);
    }
    const int ready =
        ::poll(ends.data(), static_cast<nfds_t>(ends.size()), static_cast<int>(time.count()));
    if (ready < 0 && errno != EINTR) cannot("wait for worker processes");
    if (ready <= 0) return;
    for (std::size_t at = 0; at < children_.size(); ++at) {
      Child& child = children_[at];
      if (ends[2 * at].revents != 0) receive(child.result, child.received);
      if (ends[2 * at + 1].revents != 0) receive(child.output, child.printed);
      if (child.printed.size() > 2 * kept_output) {
        child.printed.erase(0, child.printed.size() - kept_output);
      }
    }
  }

  /// Reads once; closes at the end of the stream.
  static void receive(int& end, std::string& text) {
    std::array<char, 1U << 16U> buffer;
    const ssize_t count = ::read(end, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else {
      ::close(std::exchange(end, -1));
    }
  }

  void stop_late_ones() {
    if (limits_.timeout.count() == 0) return;
    for (Child& child : children_) {
      if (child.timed_out || Clock::now() - child.start < limits_.timeout) continue;
      child.timed_out = true;
      ::kill(-child.id, SIGKILL);
      ::kill(child.id, SIGKILL);
    }
  }

  /// Takes the children whose result pipe has ended.
  void reap() {
    for (std::size_t at = 0; at < children_.size();) {
      if (children_[at].result >= 0 && !children_[at].timed_out) {
        ++at;
        continue;
      }
      Child child = std::move(children_[at]);
      children_.erase(children_.begin() + static_cast<std::ptrdiff_t>(at));
      TaskOutcome outcome = finish(child);
      done_(child.task, std::move(outcome));
    }
  }

  /// Waits for the end of one child. What it has printed last may still stand in its pipe.
  TaskOutcome finish(Child& child) {
    // A body that closes its pipe and goes on is no worker of ours; the deadline holds for it too.
    int status = 0;
    struct rusage usage{};
    while (::wait4(child.id, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    drain(child);
    TaskOutcome outcome;
    outcome.output = child.printed.size() > kept_output
                         ? child.printed.substr(child.printed.size() - kept_output)
                         : child.printed;
#ifdef __APPLE__
    outcome.peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss);
#else
    outcome.peak_memory = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
#endif
    outcome.cpu_time = std::chrono::seconds(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                       std::chrono::microseconds(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    const WorkerEnd end{status, child.timed_out, limits_.timeout, memory_};
    judge(end, std::move(child.received), outcome);
    return outcome;
  }

  static void drain(Child& child) {
    while (child.output >= 0) {
      pollfd end{child.output, POLLIN, 0};
      // A grandchild may hold the pipe open: only what is there already is read.
      if (::poll(&end, 1, 0) <= 0) ::close(std::exchange(child.output, -1));
      if (child.output >= 0) receive(child.output, child.printed);
    }
    if (child.result >= 0) ::close(std::exchange(child.result, -1));
  }

  void kill_all() {
    for (const Child& child : children_) {
      ::kill(-child.id, SIGKILL);
      ::kill(child.id, SIGKILL);
    }
    for (const Child& child : children_) {
      while (::waitpid(child.id, nullptr, 0) < 0 && errno == EINTR) {
      }
      if (child.result >= 0) ::close(child.result);
      if (child.output >= 0) ::close(child.output);
    }
  }

  const TaskBody& body_;
  const WorkerLimits& limits_;
  const TaskDone& done_;
  unsigned jobs_ = 1;
  std::uint64_t memory_ = 0;
  EndingSignals signals_;
  std::vector<Child> children_;
};

}  // namespace

void limit_this_process(const ScanLimits& limits) {
  const unsigned jobs = limits.jobs != 0 ? limits.jobs : default_jobs();
  const std::uint64_t memory = limits.memory_limit_mb << 20U;
  limit_process(memory != 0 ? memory : default_memory_limit(jobs));
}

void run_in_workers(std::size_t count, const TaskBody& body, const WorkerLimits& limits,
                    const TaskDone& done) {
  Pool(body, limits, done).run(count);
}

}  // namespace snug
