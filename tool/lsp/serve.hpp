// `snug lsp`: the server between two descriptors.
#pragma once

#include <string>

#include "base/files.hpp"
#include "session/plans.hpp"

namespace snug::lsp {

struct ServeOptions {
  ProjectSpec spec;  ///< What holds for every unit: database, limits, cache.
  CheckPlan plan;
  std::string log;  ///< File that is appended to; empty: none.
  int in = 0;       ///< Descriptors.
  int out = 1;
};

/// Serves one client until it says `exit` or is gone. The exit status of the process: 0 after
/// `shutdown`. Throws Error if the log cannot be written, and Interrupted for a signal.
[[nodiscard]] int serve(const ServeOptions& options, const Files& files);

}  // namespace snug::lsp
