// Death tests: whether the program ends when it does something.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace snug::testing {

// Runs f in a child process -> whether that ended in any other way than by coming to its end.
template <class F>
bool dies(F f) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    // The framework's handler would report the abort that is wanted.
    std::signal(SIGABRT, SIG_DFL);
    std::fclose(stderr);
    f();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace snug::testing
