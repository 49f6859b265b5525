// Running another program: no shell, output captured, never without an end.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace snug {

struct ProgramOptions {
  std::string directory;                     ///< Where it runs. Empty: the current folder.
  std::chrono::milliseconds timeout{10000};  ///< After that it is killed. 0: none.
  std::size_t max_output = 16U << 20U;   ///< Bytes kept of each stream; the rest is read and lost.
  std::vector<std::string> environment;  ///< "NAME=VALUE", added to ours.
  std::string hidden;  ///< Ours whose names begin so are not passed on. Empty: all are.
};

struct ProgramResult {
  int exit_status = -1;  ///< -1 if it was ended by a signal or did not end in time.
  int signal = 0;        ///< That ended it, else 0.
  bool timed_out = false;
  std::string out;
  std::string err;

  [[nodiscard]] bool ok() const { return exit_status == 0; }
};

/// Runs `arguments[0]` (looked up in PATH unless it has a slash) with an empty standard input and
/// waits for it. Throws Error if it cannot be started, and Interrupted if a signal asks the tool to
/// end; the program and what it has started are gone then.
[[nodiscard]] ProgramResult run_program(const std::vector<std::string>& arguments,
                                        const ProgramOptions& options = {});

/// Runs programs. Tests stand in for it, and count or answer.
class Runner {
 public:
  virtual ~Runner() = default;
  /// Like run_program().
  [[nodiscard]] virtual ProgramResult run(const std::vector<std::string>& arguments,
                                          const ProgramOptions& options) = 0;
};

/// The programs of this machine.
class RealRunner final : public Runner {
 public:
  [[nodiscard]] ProgramResult run(const std::vector<std::string>& arguments,
                                  const ProgramOptions& options) override {
    return run_program(arguments, options);
  }
};

/// The path of a program as a shell would find it: itself if it has a slash and can be executed,
/// else the first hit in PATH. Empty if there is none. `skip` many hits are passed over.
[[nodiscard]] std::string find_program(const std::string& name, unsigned skip = 0);

}  // namespace snug
