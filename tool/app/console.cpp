#include "app/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/error.hpp"
#include "base/visible_text.hpp"

namespace snug {
namespace {

constexpr unsigned ordinary_width = 100;

unsigned terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0) {
    return size.ws_col;
  }
  return ordinary_width;
}

bool decide(When when, bool automatic) {
  return when == When::Always || (when == When::Auto && automatic);
}

bool colors(bool on, std::ostream& stream) {
  if (on) {
    allow_colors(stream);
  }
  return on;
}

}  // namespace

Console process_console(Runner& runner) {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::current_path(error);
  if (error) {
    throw Error("the current folder cannot be read: " + error.message() +
                "; change to a folder that exists");
  }
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool dumb = term != nullptr && std::string_view(term) == "dumb";
  return {std::cout,
          std::cerr,
          disk_files(),
          runner,
          isatty(STDOUT_FILENO) == 1,
          isatty(STDERR_FILENO) == 1,
          dumb || (no_color != nullptr && *no_color != '\0'),
          terminal_width(),
          folder.string()};
}

bool color_on_output(const Options& options, const Console& console) {
  const bool on = decide(options.printing.color, console.out_is_terminal && !console.no_color &&
                                                     options.printing.output.empty());
  return colors(on, console.out);
}

bool color_on_errors(const Options& options, const Console& console) {
  return colors(decide(options.printing.color, console.err_is_terminal && !console.no_color),
                console.err);
}

bool shows_progress(const Options& options, const Console& console) {
  return decide(options.printing.progress, console.err_is_terminal);
}

}  // namespace snug
