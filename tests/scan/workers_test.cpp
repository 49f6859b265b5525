// Bodies that crash, hang and eat memory: each costs its own task and nothing else.
#include "scan/parse/workers.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <new>
#include <set>
#include <thread>
#include <vector>

#include "base/error.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SNUG_TEST_SANITIZED
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SNUG_TEST_SANITIZED
#endif

namespace snug::test {
namespace {

std::map<std::size_t, TaskOutcome> run(std::size_t count, const TaskBody& body,
                                       const WorkerLimits& limits = {}) {
  std::map<std::size_t, TaskOutcome> outcomes;
  run_in_workers(count, body, limits, [&](std::size_t task, TaskOutcome outcome) {
    CHECK(outcomes.emplace(task, std::move(outcome)).second);
  });
  CHECK(outcomes.size() == count);
  return outcomes;
}

WorkerLimits jobs(unsigned count) {
  WorkerLimits limits;
  limits.jobs = count;
  return limits;
}

TEST_CASE("every task gives its bytes, for any number of jobs") {
  for (const unsigned count : {1U, 2U, 7U}) {
    const auto outcomes = run(
        20, [](std::size_t task) { return std::string(task * 40000, static_cast<char>(task)); },
        jobs(count));
    for (const auto& [task, outcome] : outcomes) {
      CHECK(outcome.status == TaskStatus::Ok);
      CHECK(outcome.bytes == std::string(task * 40000, static_cast<char>(task)));
      CHECK(outcome.reason.empty());
    }
  }
  CHECK(run(0, [](std::size_t) { return ""; }).empty());
}

/// The processes that did the tasks.
std::vector<std::string> processes(std::size_t count, const WorkerLimits& limits,
                                   const std::function<void(std::size_t)>& body) {
  const auto outcomes = run(
      count,
      [&](std::size_t task) {
        body(task);
        return std::to_string(::getpid());
      },
      limits);
  std::vector<std::string> ids;
  for (const auto& [task, outcome] : outcomes) {
    CHECK(outcome.status == TaskStatus::Ok);
    ids.push_back(outcome.bytes);
  }
  return ids;
}

TEST_CASE("a worker does one task after the other") {
  const auto one = processes(30, jobs(1), [](std::size_t) {});
  CHECK(std::set<std::string>(one.begin(), one.end()).size() == 1);
  const auto three = processes(30, jobs(3), [](std::size_t) { ::usleep(3000); });
  CHECK(std::set<std::string>(three.begin(), three.end()).size() == 3);
}

TEST_CASE("what a task prints is not taken for what the next one prints") {
  const auto outcomes = run(
      20,
      [](std::size_t task) {
        if (task % 2 == 0) std::fprintf(stderr, "of %zu\n", task);
        return "";
      },
      jobs(1));
  for (const auto& [task, outcome] : outcomes) {
    CHECK(outcome.output == (task % 2 == 0 ? "of " + std::to_string(task) + "\n" : ""));
  }
}

TEST_CASE("a task that only fails where others ran before is done by a new worker") {
  const auto how = GENERATE(0, 1, 2);
  const auto outcomes = run(
      9,
      [&](std::size_t task) -> std::string {
        static int before = 0;
        if (before++ > 1) {
          if (how == 0) __builtin_trap();
          if (how == 1) throw std::bad_alloc();
          ::_exit(0);
        }
        return std::to_string(task);
      },
      jobs(2));
  for (const auto& [task, outcome] : outcomes) {
    CHECK(outcome.status == TaskStatus::Ok);
    CHECK(outcome.bytes == std::to_string(task));
  }
}

TEST_CASE("a worker that has grown large makes room for another one") {
  const auto ids = processes(5, jobs(1), [](std::size_t task) {
    if (task != 1) return;
    std::vector<char> block(700U << 20U, 'x');
    CHECK(block.back() == 'x');
  });
  CHECK(ids[0] == ids[1]);
  CHECK(ids[1] != ids[2]);
  CHECK(ids[2] == ids[4]);
}

TEST_CASE("the time of a task does not count what its worker did before") {
  WorkerLimits limits = jobs(1);
  limits.timeout = std::chrono::milliseconds(1000);
  const auto ids = processes(4, limits, [](std::size_t) { ::usleep(400'000); });
  CHECK(ids.front() == ids.back());
}

TEST_CASE("results larger than a pipe come while the task also writes to stderr") {
  const auto outcomes = run(2, [](std::size_t) {
    for (int line = 0; line < 20000; ++line) std::fprintf(stderr, "line %d\n", line);
    return std::string(3000000, 'x');
  });
  CHECK(outcomes.at(1).bytes.size() == 3000000);
  CHECK(outcomes.at(1).output.size() <= 4096);
  CHECK_THAT(outcomes.at(1).output, Catch::EndsWith("line 19999\n"));
}

TEST_CASE("a crash costs its own task and is told by its signal") {
  const auto outcomes = run(5, [](std::size_t task) -> std::string {
    if (task == 1) __builtin_trap();
    if (task == 2) {
      std::fputs("assertion failed: x\n", stderr);
      std::signal(SIGABRT, SIG_DFL);
      std::abort();
    }
    if (task == 3) std::_Exit(9);
    return "fine";
  });
  CHECK(outcomes.at(0).bytes == "fine");
  CHECK(outcomes.at(4).bytes == "fine");
  CHECK(outcomes.at(1).status == TaskStatus::Crashed);
  CHECK_THAT(outcomes.at(1).reason, Catch::Contains("SIGILL") || Catch::Contains("SIGTRAP"));
  CHECK(outcomes.at(1).bytes.empty());
  CHECK(outcomes.at(2).status == TaskStatus::Crashed);
  CHECK_THAT(outcomes.at(2).reason,
             Catch::Contains("SIGABRT") && Catch::Contains("assertion failed: x"));
  CHECK(outcomes.at(3).status == TaskStatus::Crashed);
  CHECK_THAT(outcomes.at(3).reason, Catch::Contains("status 9"));
}

TEST_CASE("an exception is a failure with its text") {
  const auto outcomes = run(2, [](std::size_t task) -> std::string {
    if (task == 0) throw Error("no such thing");
    throw 7;
  });
  CHECK(outcomes.at(0).status == TaskStatus::Failed);
  CHECK(outcomes.at(0).reason == "no such thing");
  CHECK(outcomes.at(1).status == TaskStatus::Failed);
}

TEST_CASE("a task that does not end is stopped after its time") {
  WorkerLimits limits = jobs(2);
  limits.timeout = std::chrono::milliseconds(300);
  const auto start = std::chrono::steady_clock::now();
  const auto outcomes = run(
      3,
      [](std::size_t task) -> std::string {
        if (task == 2) return "quick";
        std::signal(SIGTERM, SIG_IGN);
        while (true) ::sleep(task == 0 ? 100 : 0);
      },
      limits);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(outcomes.at(0).status == TaskStatus::Timeout);
  CHECK(outcomes.at(0).reason == "not finished after 0.3 seconds (--timeout)");
  CHECK(outcomes.at(1).status == TaskStatus::Timeout);
  CHECK(outcomes.at(2).status == TaskStatus::Ok);
}

#ifndef SNUG_TEST_SANITIZED
TEST_CASE("memory beyond the limit is told as that, however it was asked for") {
  WorkerLimits limits;
  limits.memory = 200U << 20U;
  const auto outcomes = run(
      3,
      [](std::size_t task) -> std::string {
        std::vector<char*> blocks;
        while (task == 0) blocks.push_back(new char[1U << 20U]());
        while (task == 1) {
          auto* block = static_cast<char*>(std::calloc(1U << 20U, 1));
          if (block != nullptr) continue;
          std::fputs("LLVM ERROR: out of memory\n", stderr);
          std::signal(SIGABRT, SIG_DFL);
          std::abort();
        }
        return "small";
      },
      limits);
  CHECK(outcomes.at(0).status == TaskStatus::MemoryLimit);
  CHECK_THAT(outcomes.at(0).reason, Catch::Contains("200 MiB"));
  CHECK(outcomes.at(1).status == TaskStatus::MemoryLimit);
  CHECK(outcomes.at(2).status == TaskStatus::Ok);
}
#endif

TEST_CASE("the default limits leave room for the front end") {
  CHECK(default_jobs() >= 1);
  CHECK(default_memory_limit(1) >= (std::uint64_t{4} << 30U));
  CHECK(default_memory_limit(1000) == (std::uint64_t{4} << 30U));
}

TEST_CASE("an exception of the caller ends the workers") {
  const auto start = std::chrono::steady_clock::now();
  CHECK_THROWS_WITH(run_in_workers(
                        4,
                        [](std::size_t task) -> std::string {
                          if (task != 0) ::sleep(100);
                          return "";
                        },
                        jobs(4), [](std::size_t, const TaskOutcome&) { throw Error("enough"); }),
                    "enough");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);  // no child is left
}

/// Runs a whole pool in a process of its own and gives that process's id. The worker's id comes
/// through the pipe.
pid_t start_pool(int pipe_end) {
  const pid_t id = ::fork();
  if (id != 0) return id;
  int status = 0;
  try {
    run_in_workers(
        1,
        [&](std::size_t) -> std::string {
          const pid_t own = ::getpid();
          if (::write(pipe_end, &own, sizeof own) < 0) std::_Exit(1);
          while (true) ::sleep(100);
        },
        jobs(1), [](std::size_t, const TaskOutcome&) {});
  } catch (const Interrupted&) {
    status = 130;
  }
  std::_Exit(status);
}

bool is_gone(pid_t id) {
  for (int tries = 0; tries < 200; ++tries) {
    if (::kill(id, 0) != 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return false;
}

TEST_CASE("signals that end the tool end its workers too") {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGKILL}) {
    CAPTURE(signal);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t pool = start_pool(ends[1]);
    pid_t worker = 0;
    REQUIRE(::read(ends[0], &worker, sizeof worker) == sizeof worker);
    ::kill(pool, signal);
    int status = 0;
    REQUIRE(::waitpid(pool, &status, 0) == pool);
    if (signal == SIGKILL) {
      CHECK(WIFSIGNALED(status));
    } else {
      CHECK(WEXITSTATUS(status) == 130);
    }
    CHECK(is_gone(worker));
    ::close(ends[0]);
    ::close(ends[1]);
  }
}

}  // namespace
}  // namespace snug::test
