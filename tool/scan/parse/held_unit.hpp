// The preamble of a unit, kept in compiled form between parses: the directives at the start of its
// file with everything that they include. An edit behind it costs the parse of what follows alone.
#pragma once

#include <memory>
#include <vector>

#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

/// A preamble, compiled without function bodies. It serves scans with ScanMeaning::layout_only; a
/// process can use it once, so that whoever holds it scans in processes of their own, as
/// scan_units() does.
class HeldUnit {
 public:
  struct State;
  explicit HeldUnit(std::unique_ptr<State> state);
  HeldUnit(const HeldUnit&) = delete;
  HeldUnit& operator=(const HeldUnit&) = delete;
  ~HeldUnit();
  [[nodiscard]] State& state() const { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// Compiles the preamble of the one unit that can be read; null if there are more, or if the front
/// end gives no unit. A unit with a preamble of nothing is held, too, and serves no purpose.
[[nodiscard]] std::unique_ptr<HeldUnit> hold_unit(const std::vector<FrontEndCommand>& commands,
                                                  const ScanOptions& options);

/// True if neither the command nor the preamble nor a file that it includes has changed since. A
/// scan with a preamble that is not current gives the same model, and takes longer.
[[nodiscard]] bool is_current(const HeldUnit& held, const std::vector<FrontEndCommand>& commands,
                              const ScanOptions& options);

}  // namespace snug
