#include "base/ending_signals.hpp"

#include <unistd.h>

#include <array>

#include "base/error.hpp"

namespace snug {
namespace {

constexpr std::array ending_numbers{SIGINT, SIGTERM, SIGHUP};

sigset_t set_of_ending() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : ending_numbers) sigaddset(&set, signal);
  return set;
}

bool is_ignored(int signal) {
  struct sigaction action{};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

extern "C" void end_process(int signal) {
  ::_exit(128 + signal);
}

}  // namespace

EndingSignals::EndingSignals() {
  const sigset_t set = set_of_ending();
  sigprocmask(SIG_BLOCK, &set, &before_);
}

EndingSignals::~EndingSignals() {
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void EndingSignals::check() const {
  sigset_t pending;
  sigpending(&pending);
  for (const int signal : ending_numbers) {
    if (sigismember(&pending, signal) != 1 || is_ignored(signal)) continue;
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal);
    int taken = signal;
    sigwait(&one, &taken);
    throw Interrupted(taken);
  }
}

void let_signals_end() {
  for (const int signal : ending_numbers) {
    if (!is_ignored(signal)) std::signal(signal, SIG_DFL);
  }
  const sigset_t set = set_of_ending();
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
}

void end_with_signal_status() {
  for (const int signal : ending_numbers) {
    if (!is_ignored(signal)) std::signal(signal, end_process);
  }
}

}  // namespace snug
