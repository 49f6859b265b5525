// The manual pages in roff, made from the same tables as --help and explain.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/check.hpp"
#include "app/commands.hpp"

namespace snug {

/// snug(1): commands, checks, the JSON report, exit status.
[[nodiscard]] std::string overview_page();
/// snug-COMMAND(1).
[[nodiscard]] std::string manual_page(const Command& command);
/// snug-CHECK(7).
[[nodiscard]] std::string manual_page(const Check& check);

/// A page and the file that it belongs in, for example "snug-check.1".
struct ManualFile {
  std::string name;
  std::string text;
};
/// Every page of the manual.
[[nodiscard]] std::vector<ManualFile> manual();

}  // namespace snug
