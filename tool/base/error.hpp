// The exceptions of the tool: thrown deep, caught once in main.
#pragma once

#include <stdexcept>
#include <string>

namespace snug {

/// Something the user has to know: what, where, why and what to do, in one or two sentences.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The user or the system asked the tool to end (Ctrl-C, SIGTERM, SIGHUP). All child processes are
/// gone when it is thrown. main() answers with exit status 128 + the signal and prints nothing.
/// REQUIRES: caught before Error.
class Interrupted final : public Error {
 public:
  explicit Interrupted(int signal) : Error("interrupted"), signal_(signal) {}

  [[nodiscard]] int signal() const { return signal_; }

 private:
  int signal_;
};

}  // namespace snug
