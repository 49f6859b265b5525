// The progress line on standard error.
#pragma once

#include <iosfwd>
#include <string>

namespace snug {

/// Rewrites one line in place and removes it at the end.
class ProgressLine {
 public:
  /// With `shown` false it prints nothing.
  ProgressLine(std::ostream& err, bool shown, unsigned width, std::string what);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void update(std::size_t done, std::size_t total, const std::string& file);

 private:
  void clear();

  std::ostream& err_;
  bool shown_;
  bool dirty_ = false;
  unsigned width_;
  std::string what_;
};

}  // namespace snug
