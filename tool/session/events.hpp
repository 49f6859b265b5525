// What a run says while it works.
#pragma once

#include <string>

#include "scan/parse/scan.hpp"

namespace snug {

/// Who listens to a run: a terminal, an editor, a test.
class Events {
 public:
  virtual ~Events() = default;
  /// A sentence that the user should read, without a line end.
  virtual void tell(const std::string& sentence) = 0;
  /// One for those who ask for details.
  virtual void detail(const std::string& sentence) { (void)sentence; }
  /// A unit is done.
  virtual void progress(const ScanProgress& progress, const std::string& file) {
    (void)progress, (void)file;
  }
  /// A step that began with the end of the one before has ended.
  virtual void step(const std::string& name) { (void)name; }
};

}  // namespace snug
