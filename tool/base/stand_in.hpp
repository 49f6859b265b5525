// Running a program in our place, as if this one were not there.
#pragma once

#include <string>
#include <vector>

namespace snug {

/// How a program ended that stood in.
struct StandInEnd {
  int exit_status = 0;
  int signal = 0;  ///< That ended it, else 0.
};

/// Runs the program (looked up in PATH) with our standard streams, environment and descriptors, and
/// waits for it. Signals that would end us are passed on to it. A program that cannot be started
/// gives 127 or 126, as in a shell, with the reason in `problem`.
[[nodiscard]] StandInEnd run_in_our_place(const std::vector<std::string>& arguments,
                                          std::string& problem);

/// Ends this process by the signal, as the program that stood in was ended. Returns if it cannot.
void end_by(int signal);

}  // namespace snug
