#include "app/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/visible_text.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

bool to_console(const Options& options) {
  return options.printing.output.empty() || options.printing.output == "-";
}

/// A device or pipe is written to as it is: replacing /dev/null by a file would be a disaster.
bool is_special(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return !error && fs::exists(status) && !fs::is_regular_file(status);
}

void write_special(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary);
  file << bytes << std::flush;
  if (!file) {
    throw Error(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  }
}

void write_bytes(const Options& options, const Console& console, const std::string& bytes) {
  const std::string path = normal_path(options.printing.output, console.current_folder);
  if (is_special(path)) {
    write_special(path, bytes);
  } else {
    write_file_atomically(path, bytes);
  }
}

}  // namespace

void write_output(const Options& options, Console& console, const Writer& write) {
  const auto with_commands = [&](std::ostream& out) {
    if (format_spec(options.printing.format).commands) {
      allow_commands(out);
    }
    write(out);
  };
  if (to_console(options)) {
    with_commands(console.out);
    finish_output(console.out);
    return;
  }
  std::ostringstream bytes;
  {
    const VisibleOutput visible(bytes);
    if (options.printing.color == When::Always) {
      allow_colors(bytes);
    }
    with_commands(bytes);
  }
  write_bytes(options, console, bytes.str());
}

void write_as_is(const Options& options, Console& console, const std::string& bytes) {
  if (!to_console(options)) {
    write_bytes(options, console, bytes);
    return;
  }
  if (console.out_is_terminal) {
    console.out << bytes;
  } else {
    write_raw(console.out, bytes);
  }
  finish_output(console.out);
}

void check_output(const Options& options, const Console& console) {
  if (to_console(options)) {
    return;
  }
  const fs::path path = normal_path(options.printing.output, console.current_folder);
  const fs::path folder = path.parent_path();
  std::error_code error;
  if (fs::is_directory(path, error)) {
    throw Error(fmt::format("cannot write {}: it is a folder; -o needs a file", path.string()));
  }
  if (!fs::is_directory(folder, error)) {
    throw Error(
        fmt::format("cannot write {}: there is no folder {}", path.string(), folder.string()));
  }
  const bool writable = access(is_special(path) ? path.c_str() : folder.c_str(), W_OK) == 0;
  if (!writable) {
    throw Error(fmt::format("cannot write {}: {}", path.string(), std::strerror(errno)));
  }
}

void finish_output(std::ostream& out) {
  errno = 0;
  out.flush();
  if (!out) {
    throw Error(fmt::format("cannot write to standard output{}{}", errno == 0 ? "" : ": ",
                            errno == 0 ? "" : std::strerror(errno)));
  }
}

}  // namespace snug
