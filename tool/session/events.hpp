// What a run says while it works.
#pragma once

#include <cstddef>
#include <string>

namespace snug {

/// Who listens to a run: a terminal, an editor, a test.
class Events {
 public:
  virtual ~Events() = default;
  /// A sentence that the user should read, without a line end.
  virtual void tell(const std::string& sentence) = 0;
  /// One for those who ask for details.
  virtual void detail(const std::string& sentence) { (void)sentence; }
  /// A unit is done; `done` counts from 1.
  virtual void progress(std::size_t done, std::size_t total, const std::string& file) {
    (void)done, (void)total, (void)file;
  }
  /// A step that began with the end of the one before has ended.
  virtual void step(const std::string& name) { (void)name; }
};

}  // namespace snug
