// The progress line on standard error.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "scan/parse/scan.hpp"

namespace snug {

/// What is left, from the time that units took which were parsed: "about 40 s left". Empty until
/// two seconds have passed and a few units were parsed, because the first ones say little, and at
/// the end. Models of other runs come first and take no time: they tell nothing of the others.
[[nodiscard]] std::string rest_text(const ScanProgress& progress,
                                    std::chrono::duration<double> spent);

/// Rewrites one line in place and removes it at the end.
class ProgressLine {
 public:
  /// With `shown` false it prints nothing.
  ProgressLine(std::ostream& err, bool shown, unsigned width, std::string what);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void update(const ScanProgress& progress, const std::string& file);

 private:
  using Clock = std::chrono::steady_clock;

  void clear();

  std::ostream& err_;
  bool shown_;
  bool dirty_ = false;
  unsigned width_;
  std::string what_;
  Clock::time_point parsing_ = Clock::now();  ///< Since when units are parsed.
};

}  // namespace snug
