// `snug cc`: a compiler's command, run as it is and remembered.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <cstdlib>
#include <ostream>

#include "app/commands.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/stand_in.hpp"
#include "scan/command/recorded_commands.hpp"

namespace snug {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

/// What goes wrong here is no reason for a build to fail.
void record(const std::vector<std::string>& arguments, Console& console) {
  try {
    const std::string named = variable("SNUG_CC_DIR");
    const std::string& here = console.current_folder;
    if (compiled_sources(arguments).empty()) return;
    record_command(named.empty() ? record_folder(here) : normal_path(named, here), arguments, here);
  } catch (const std::exception& error) {
    if (!variable("SNUG_CC_VERBOSE").empty()) {
      fmt::print(console.err, "snug: cc: not recorded: {}\n", error.what());
    }
  }
}

}  // namespace

ExitStatus run_cc(const Options& options, Console& console) {
  const std::vector<std::string>& arguments = options.arguments;
  if (arguments.empty()) {
    throw Error("'snug cc' needs a compiler and its arguments: snug cc gcc -c a.c");
  }
  std::string problem;
  const StandInEnd end = run_in_our_place(arguments, problem);
  if (!problem.empty()) {
    fmt::print(console.err, "snug: cc: cannot run {}: {}\n", arguments.front(), problem);
  } else if (end.exit_status == 0) {
    record(arguments, console);
  }
  if (end.signal != 0) end_by(end.signal);
  return static_cast<ExitStatus>(end.exit_status);
}

}  // namespace snug
