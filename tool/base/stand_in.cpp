#include "base/stand_in.hpp"

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;  // NOLINT(readability-redundant-declaration): not in every libc

namespace snug {
namespace {

constexpr std::array passed_on{SIGTERM, SIGHUP, SIGUSR1, SIGUSR2};

std::atomic<pid_t> program{0};
static_assert(std::atomic<pid_t>::is_always_lock_free);

void pass_on(int signal) {
  if (const pid_t child = program; child > 0) ::kill(child, signal);
}

/// What the program shall find: signals as we were given them.
struct Attributes {
  Attributes() {
    ::posix_spawnattr_init(&value);
    sigset_t defaults;
    ::sigemptyset(&defaults);
    // What was ignored when we were started (nohup) stays so.
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP}) {
      struct sigaction before{};
      if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) {
        ::sigaddset(&defaults, signal);
      }
    }
    ::posix_spawnattr_setsigdefault(&value, &defaults);
    ::posix_spawnattr_setflags(&value, POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { ::posix_spawnattr_destroy(&value); }
  posix_spawnattr_t value{};
};

/// The terminal tells the program of Ctrl-C as it tells us; we wait for what it makes of it.
void step_back() {
  struct sigaction ignore{};
  ignore.sa_handler = SIG_IGN;
  ::sigaction(SIGINT, &ignore, nullptr);
  ::sigaction(SIGQUIT, &ignore, nullptr);
  struct sigaction forward{};
  forward.sa_handler = pass_on;
  for (const int signal : passed_on) {
    struct sigaction before{};
    if (::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    ::sigaction(signal, &forward, nullptr);
  }
}

}  // namespace

StandInEnd run_in_our_place(const std::vector<std::string>& arguments, std::string& problem) {
  std::vector<char*> words;
  for (const std::string& argument : arguments) {
    words.push_back(const_cast<char*>(argument.c_str()));  // NOLINT: execve takes no const
  }
  words.push_back(nullptr);
  pid_t child = 0;
  const Attributes attributes;
  const int error =
      ::posix_spawnp(&child, words[0], nullptr, &attributes.value, words.data(), environ);
  if (error != 0) {
    problem = std::strerror(error);
    return {error == ENOENT ? 127 : 126, 0};
  }
  program = child;
  step_back();
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  program = 0;
  if (WIFSIGNALED(status)) return {128 + WTERMSIG(status), WTERMSIG(status)};
  return {WEXITSTATUS(status), 0};
}

void end_by(int signal) {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);  // the program has left its own
  struct sigaction usual{};
  usual.sa_handler = SIG_DFL;
  ::sigaction(signal, &usual, nullptr);
  sigset_t open;
  ::sigemptyset(&open);
  ::sigaddset(&open, signal);
  ::sigprocmask(SIG_UNBLOCK, &open, nullptr);
  ::raise(signal);
}

}  // namespace snug
