// A worker reads numbers of tasks from one pipe until that ends, and writes for each an AnswerHead
// and the bytes of the answer to another one. What it prints goes through a third.
//
// 1. Workers are started as long as there are tasks and fewer of them than jobs.
// 2. Who has answered gets the next task at once, and computes while the answer is looked at.
// 3. One that has grown large, or that has failed, leaves, and another one takes its place.
// 4. A task that ends a worker which has done others before is done again by a new one: what it
//    found there (memory in pieces, say) is not to count against it.
//
// Signals: SIGINT, SIGTERM and SIGHUP wait while workers run and are looked for after each wait.
#include "scan/parse/workers.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "base/descriptor.hpp"
#include "base/ending_signals.hpp"
#include "base/error.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parse/worker_end.hpp"
#include "scan/parse/worker_side.hpp"

namespace snug {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kept_output = 4096;                // Bytes
constexpr std::chrono::milliseconds signal_latency{50};  // Between looks for Ctrl-C.

[[noreturn]] void cannot(std::string_view what) {
  throw Error(fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

struct Worker {
  pid_t id = -1;
  int tasks = -1;   // Write end; closed: it is to leave.
  int result = -1;  // Read ends
  int output = -1;
  bool busy = false;
  bool timed_out = false;
  std::size_t task = 0;     // If it is busy.
  std::size_t answers = 0;  // Of all tasks.
  Clock::time_point start;  // Of the task.
  std::string received;
  std::string printed;
};

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
  ~Pool() {
    kill_all();
    std::signal(SIGPIPE, before_);
  }

  void run(std::size_t count) {
    count_ = count;
    while (next_ < count_ || !again_.empty() || !workers_.empty()) {
      hand_out();
      wait();
      signals_.check();
      stop_late_ones();
      take_answers();
      reap();
    }
  }

 private:
  /// Gives each worker that has nothing to do a task, or lets it leave.
  void hand_out() {
    for (Worker& worker : workers_) {
      if (worker.busy || worker.tasks < 0) continue;
      if (next_ < count_) {
        give(worker, next_++);
      } else {
        ::close(std::exchange(worker.tasks, -1));
      }
    }
    while (workers_.size() < jobs_ && !again_.empty()) {
      const std::size_t task = again_.back();
      again_.pop_back();
      give(start(), task);
    }
    while (workers_.size() < jobs_ && next_ < count_) give(start(), next_++);
  }

  static void give(Worker& worker, std::size_t task) {
    worker.busy = true;
    worker.task = task;
    worker.start = Clock::now();
    const std::uint64_t number = task;
    // If it cannot be written, the worker has gone, and its end is seen.
    (void)write_all(worker.tasks,
                    std::string_view(reinterpret_cast<const char*>(&number), sizeof number));
  }

  Worker& start() {
    std::array<int, 2> tasks{};
    std::array<int, 2> result{};
    std::array<int, 2> output{};
    for (std::array<int, 2>* pipe : {&tasks, &result, &output}) {
      if (::pipe(pipe->data()) != 0) cannot("make a pipe");
      for (const int end : *pipe) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    std::fflush(nullptr);
    const pid_t parent = ::getpid();
    const pid_t id = ::fork();
    if (id < 0) cannot("start a worker process");
    if (id == 0) {
      become_worker(parent, memory_, output[1]);
      // The ends of the other workers are of no use here and would keep pipes alive.
      for (const Worker& other : workers_) close_ends(other);
      for (const int end : {tasks[1], result[0], output[0], output[1]}) ::close(end);
      let_signals_end();
      answer_tasks(body_, tasks[0], result[1]);
    }
    for (const int end : {tasks[0], result[1], output[1]}) ::close(end);
    ::setpgid(id, id);
    Worker& made = workers_.emplace_back();
    made.id = id;
    made.tasks = tasks[1];
    made.result = result[0];
    made.output = output[0];
    return made;
  }

  static void close_ends(const Worker& worker) {
    for (const int end : {worker.tasks, worker.result, worker.output}) {
      if (end >= 0) ::close(end);
    }
  }

  /// Waits until something can be read, a deadline is over or it is time to look for signals.
  void wait() {
    std::vector<pollfd> ends;
    for (const Worker& worker : workers_) {
      ends.push_back({worker.result, POLLIN, 0});
      ends.push_back({worker.output, POLLIN, 0});
    }
    auto time = signal_latency;
    const auto now = Clock::now();
    for (const Worker& worker : workers_) {
      if (limits_.timeout.count() == 0) break;
      if (!worker.busy) continue;
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(worker.start + limits_.timeout - now);
      time = std::clamp(left, std::chrono::milliseconds(0), time);
    }
    const int ready =
        ::poll(ends.data(), static_cast<nfds_t>(ends.size()), static_cast<int>(time.count()));
    if (ready < 0 && errno != EINTR) cannot("wait for worker processes");
    if (ready <= 0) return;
    for (std::size_t at = 0; at < workers_.size(); ++at) {
      Worker& worker = workers_[at];
      if (ends[2 * at].revents != 0) receive(worker.result, worker.received);
      if (ends[2 * at + 1].revents != 0) receive(worker.output, worker.printed);
      if (worker.printed.size() > 2 * kept_output) {
        worker.printed.erase(0, worker.printed.size() - kept_output);
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
    for (Worker& worker : workers_) {
      if (!worker.busy || worker.timed_out) continue;
      if (Clock::now() - worker.start < limits_.timeout) continue;
      worker.timed_out = true;
      kill(worker);
    }
  }

  static void kill(const Worker& worker) {
    ::kill(-worker.id, SIGKILL);
    ::kill(worker.id, SIGKILL);
  }

  /// Takes the answers that have come as a whole. The workers go on before anybody looks at them.
  void take_answers() {
    std::vector<std::pair<std::size_t, TaskOutcome>> outcomes;
    for (Worker& worker : workers_) {
      AnswerHead head;
      if (!worker.busy || worker.timed_out || worker.received.size() < sizeof head) continue;
      std::memcpy(&head, worker.received.data(), sizeof head);
      if (worker.received.size() < sizeof head + head.size) continue;
      const bool used = worker.answers++ > 0;
      worker.busy = false;
      if (head.leaves != 0) ::close(std::exchange(worker.tasks, -1));
      if (used && head.mark == mark_memory) {
        again_.push_back(worker.task);
      } else {
        read_what_is_there(worker.output, worker.printed);
        TaskOutcome outcome;
        outcome.output = last_part(worker.printed);
        judge_answer(head.mark, worker.received.substr(sizeof head, head.size), memory_, outcome);
        outcomes.emplace_back(worker.task, std::move(outcome));
      }
      worker.received.erase(0, sizeof head + head.size);
      worker.printed.clear();
    }
    hand_out();
    for (auto& [task, outcome] : outcomes) done_(task, std::move(outcome));
  }

  /// Takes the workers that have ended, and what they had to do.
  void reap() {
    for (std::size_t at = 0; at < workers_.size();) {
      if (workers_[at].result >= 0 && !workers_[at].timed_out) {
        ++at;
        continue;
      }
      Worker worker = std::move(workers_[at]);
      workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(at));
      // A body that closes its pipe and goes on is no worker of ours: it is waited for.
      int status = 0;
      while (::waitpid(worker.id, &status, 0) < 0 && errno == EINTR) {
      }
      read_what_is_there(worker.output, worker.printed);
      close_ends(worker);
      if (!worker.busy) continue;
      if (worker.answers > 0 && !worker.timed_out) {
        again_.push_back(worker.task);
        continue;
      }
      TaskOutcome outcome;
      outcome.output = last_part(worker.printed);
      judge_end({status, worker.timed_out, limits_.timeout, memory_}, outcome);
      done_(worker.task, std::move(outcome));
    }
  }

  static std::string last_part(const std::string& printed) {
    return printed.size() > kept_output ? printed.substr(printed.size() - kept_output) : printed;
  }

  /// What a worker has printed before its answer, or its end.
  static void read_what_is_there(int& end, std::string& text) {
    while (end >= 0) {
      pollfd one{end, POLLIN, 0};
      // A grandchild may hold the pipe open: only what is there already is read.
      if (::poll(&one, 1, 0) <= 0) return;
      receive(end, text);
    }
  }

  void kill_all() {
    for (const Worker& worker : workers_) kill(worker);
    for (const Worker& worker : workers_) {
      while (::waitpid(worker.id, nullptr, 0) < 0 && errno == EINTR) {
      }
      close_ends(worker);
    }
  }

  const TaskBody& body_;
  const WorkerLimits& limits_;
  const TaskDone& done_;
  unsigned jobs_ = 1;
  std::uint64_t memory_ = 0;
  EndingSignals signals_;
  // A worker may be gone when it is given a task.
  void (*before_)(int) = std::signal(SIGPIPE, SIG_IGN);
  std::vector<Worker> workers_;
  std::size_t count_ = 0;           // Of tasks.
  std::size_t next_ = 0;            // The first task that nobody was given.
  std::vector<std::size_t> again_;  // Tasks for new workers.
};

}  // namespace

void run_in_workers(std::size_t count, const TaskBody& body, const WorkerLimits& limits,
                    const TaskDone& done) {
  Pool(body, limits, done).run(count);
}

}  // namespace snug
