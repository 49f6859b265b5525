// What `snug help` prints, made from the tables of commands, options and checks.
#pragma once

#include <iosfwd>

#include "analysis/check.hpp"
#include "app/commands.hpp"

namespace snug {

/// All commands, one line each.
void print_overview(std::ostream& out);
/// One command: usage, description, options, examples.
void print_help(const Command& command, std::ostream& out);
/// One check: what it means, why, when to ignore it, its options.
void print_help(const Check& check, std::ostream& out);
/// All checks, one line each.
void print_checks(std::ostream& out);

/// What the exit statuses mean; paragraphs for help and manual.
extern const std::string_view exit_status_text;

}  // namespace snug
