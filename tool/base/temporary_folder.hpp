// A folder for files that nobody needs behind a run.
#pragma once

#include <string>

#include "base/ending_signals.hpp"

namespace snug {

/// A new folder below the system's for temporary files, for this user alone. It is removed with the
/// object, and so it is where a signal ends the program: these wait while the object lives. A
/// child that ends by _exit leaves it alone.
class TemporaryFolder {
 public:
  /// `name` begins the folder's. Throws Error where none can be made.
  explicit TemporaryFolder(const std::string& name);
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  EndingSignals signals_;  ///< The first: they arrive when the folder is gone.
  std::string path_;
};

}  // namespace snug
