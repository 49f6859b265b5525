// The table of options. Parsing, --help and the manual pages are all made from it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/options.hpp"

namespace snug {

/// The commands that an option belongs to, as bits.
enum CommandBit : unsigned {
  on_check = 1U,
  on_show = 2U,
  on_list = 4U,
  on_scan = 8U,
  on_explain = 16U,
  on_fix = 32U,
  on_diff = 64U,
  on_cache = 128U,
  on_lsp = 256U,
  on_merge = 512U,
  on_cc = 1024U,
  on_prove = 2048U,
};

struct OptionSpec {
  std::string_view names;  ///< "-p,--build"
  std::string_view value;  ///< What follows: "DIR"; empty for a switch.
  unsigned commands;       ///< Bits of CommandBit.
  std::string_view text;   ///< Sentences for --help and the manual.
  /// Puts the value into the options. Throws Error for one that makes no sense.
  void (*set)(Options& options, const std::string& value);
  /// Every word that `set` takes, with blanks between them, for completion. Empty: no fixed words.
  std::string_view words = {};
};

[[nodiscard]] std::span<const OptionSpec> option_table();

}  // namespace snug
