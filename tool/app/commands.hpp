// The table of commands. Dispatch, help and manual pages are all made from it.
#pragma once

#include <span>
#include <string_view>

#include "app/console.hpp"
#include "app/exit_status.hpp"
#include "app/help/option_table.hpp"
#include "app/options.hpp"

namespace snug {

struct Example {
  std::string_view command;
  std::string_view text;  ///< What it does.
};

struct Command {
  std::string_view name;
  CommandBit bit;
  std::string_view usage;        ///< What follows `snug NAME`.
  std::string_view summary;      ///< One line, lower case, no full stop.
  std::string_view description;  ///< Paragraphs; indented lines are literal.
  std::span<const Example> examples;
  ExitStatus (*run)(const Options& options, Console& console);
};

/// What `snug help lsp` says.
extern const std::string_view lsp_description;

[[nodiscard]] std::span<const Command> all_commands();

/// The command of that name. Throws Error with "did you mean".
[[nodiscard]] const Command& find_command(std::string_view name);

ExitStatus run_check(const Options& options, Console& console);
ExitStatus run_fix(const Options& options, Console& console);
ExitStatus run_show(const Options& options, Console& console);
ExitStatus run_list(const Options& options, Console& console);
ExitStatus run_diff(const Options& options, Console& console);
ExitStatus run_scan(const Options& options, Console& console);
ExitStatus run_merge(const Options& options, Console& console);
ExitStatus run_cc(const Options& options, Console& console);
ExitStatus run_prove(const Options& options, Console& console);
ExitStatus run_cache(const Options& options, Console& console);
ExitStatus run_lsp(const Options& options, Console& console);
ExitStatus run_explain(const Options& options, Console& console);

}  // namespace snug
