// What one run of the program has around it: streams, files, programs. Tests pass their own.
#pragma once

#include <iosfwd>
#include <string>

#include "app/options.hpp"
#include "base/files.hpp"
#include "base/process.hpp"

namespace snug {

struct Console {
  std::ostream& out;
  std::ostream& err;
  const Files& files;  ///< Where text comes from.
  Runner& runner;      ///< Runs compilers.
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_color = false;       ///< NO_COLOR is set in the environment.
  unsigned width = 100;        ///< Columns of the terminal.
  std::string current_folder;  ///< Absolute.
};

/// The console of this process. REQUIRES: the runner outlives it.
[[nodiscard]] Console process_console(Runner& runner);

[[nodiscard]] bool color_on_output(const Options& options, const Console& console);
[[nodiscard]] bool color_on_errors(const Options& options, const Console& console);
[[nodiscard]] bool shows_progress(const Options& options, const Console& console);

}  // namespace snug
