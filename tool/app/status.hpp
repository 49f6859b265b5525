// What the exit status says about a run.
#pragma once

#include <span>

#include "app/exit_status.hpp"
#include "app/options.hpp"
#include "model/model.hpp"

namespace snug {

/// Failed if a unit could not be analysed (unless --keep-going) or none could, else Ok.
[[nodiscard]] ExitStatus units_status(const Model& model, const Options& options);

/// The same, then Findings if one that no baseline knows is at or above `fail_on`. A run that
/// writes a baseline knows them all.
[[nodiscard]] ExitStatus check_status(const Model& model, std::span<const Finding> findings,
                                      FailOn fail_on, const Options& options);

}  // namespace snug
