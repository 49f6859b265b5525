#pragma once
// Runs code that must end the program, in a child process.

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>

namespace snug_test {

// Whether `body` ends its process by SIGABRT, or by any failure if `any_end`, after it wrote a
// sentence that contains `text` on stderr.
template <class F>
bool dies_with(std::string_view text, F body, bool any_end = false) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  std::fflush(nullptr);
  pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 2);
    close(ends[0]);
    std::signal(SIGABRT, SIG_DFL);  // not the test framework's handler
    body();
    _exit(0);
  }
  close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, std::size_t(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  bool ended = (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT) || (any_end && status != 0);
  return ended && said.find(text) != said.npos;
}

// Whether AddressSanitizer ends `body`.
template <class F>
bool asan_reports(F body) {
  return dies_with("ERROR: AddressSanitizer: use-after-poison", body, true);
}

}  // namespace snug_test
