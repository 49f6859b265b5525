// How long the steps of a run take.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <vector>

#include "report/report.hpp"

namespace snug {

/// Measures step after step.
class Stopwatch {
 public:
  /// Ends a step that began with the end of the one before.
  void lap(std::string step);
  [[nodiscard]] const std::vector<Timing>& timings() const { return timings_; }
  /// One line a step.
  void print(std::ostream& out) const;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last_ = Clock::now();
  std::vector<Timing> timings_;
};

}  // namespace snug
