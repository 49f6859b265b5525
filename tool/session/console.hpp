// The streams of one run and what is known about them. Tests pass string streams.
#pragma once

#include <iosfwd>
#include <string>

#include "session/options.hpp"

namespace snug {

struct Console {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool no_color = false;       ///< NO_COLOR is set in the environment.
  unsigned width = 100;        ///< Columns of the terminal.
  std::string current_folder;  ///< Absolute.
};

/// The console of this process.
[[nodiscard]] Console process_console();

[[nodiscard]] bool color_on_output(const Options& options, const Console& console);
[[nodiscard]] bool color_on_errors(const Options& options, const Console& console);
[[nodiscard]] bool shows_progress(const Options& options, const Console& console);

}  // namespace snug
