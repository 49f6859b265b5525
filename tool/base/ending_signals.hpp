// SIGINT, SIGTERM and SIGHUP: what began is ended, and the exit status says which it was.
#pragma once

#include <csignal>

namespace snug {

/// Keeps the signals that end the tool waiting while it lives; they arrive when the last of them
/// goes. For what must not be cut in two: children that have to be stopped, files that have to be
/// removed. No handler and no global: whoever waits for something looks now and then.
class EndingSignals {
 public:
  EndingSignals();
  EndingSignals(const EndingSignals&) = delete;
  EndingSignals& operator=(const EndingSignals&) = delete;
  ~EndingSignals();

  /// Throws Interrupted if one has arrived; it is taken out of the queue. Signals that the tool was
  /// started to ignore (nohup) do not count.
  void check() const;

 private:
  sigset_t before_{};
};

/// Lets these signals end the process, whoever kept them waiting: for children. Async-signal-safe.
void let_signals_end();

/// From now on a signal that nobody keeps waiting ends the process at once with the exit status
/// 128 + its number, as a shell tells it. What ignores them stays so. For main().
void end_with_signal_status();

}  // namespace snug
