// Replacing a set of files, all or none, however the process ends.
//
// 1. A journal with the old and the new text of every file is written to the root under a hidden
//    name. Its rename into place is the point from which on the set counts.
// 2. Each new text is written beside its file and brought to the disk.
// 3. Each is renamed over its file: readers see the old text or the new one, never a mixture.
// 4. The journal is removed.
//
// An error in 2 or 3 brings back the old texts. A process that is killed leaves the journal, and
// the next one finishes the set; if a file was changed by somebody in between, the set is taken
// back instead, and that file left alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.hpp"
#include "base/ending_signals.hpp"

namespace snug {

/// One file of a set.
struct FileChange {
  std::string path;    ///< Absolute, of the file itself and not of a link to it.
  std::string before;  ///< Its bytes as they were read.
  std::string after;
  bool operator==(const FileChange&) const = default;
};

/// What became of a set that was cut off.
struct Recovery {
  bool finished = false;           ///< All files have their new texts; else the old ones are back.
  std::vector<std::string> files;  ///< That were written for it. Sorted.
  std::vector<std::string> foreign;  ///< Changed by somebody else since then; left alone.
};

/// Replaces sets of files below one folder. Only one process at a time can have it.
class FileSet {
 public:
  /// Takes the lock of the folder. Throws Error if another process has it, or if it cannot be
  /// written. While it lives signals that end the process wait, or the lock would stay behind; the
  /// workers of a scan look for them. REQUIRES: the disk outlives it.
  FileSet(std::string root, Disk& disk);
  ~FileSet();
  FileSet(const FileSet&) = delete;
  FileSet& operator=(const FileSet&) = delete;

  /// Ends what an earlier process began; nothing if there is nothing. Throws Error where that
  /// cannot be done; the journal then stays.
  std::optional<Recovery> recover();

  /// Replaces the files. Throws Error, and all files are what they were, if one of them is no
  /// longer `before` or a step fails; if even going back fails, the message says so and the journal
  /// stays. Signals that end the process wait for its end. REQUIRES: recover() was called.
  void replace(const std::vector<FileChange>& changes);

 private:
  void write_journal(const std::vector<FileChange>& changes);
  void remove_journal();
  void write_beside(const FileChange& change, std::string_view bytes);
  void roll(const std::vector<FileChange>& changes, bool forward);
  void take_back(const std::vector<FileChange>& changes, const std::string& reason);
  [[nodiscard]] std::string journal() const;
  [[nodiscard]] std::string lock() const;

  EndingSignals signals_;
  std::string root_;
  Disk& disk_;
  int lock_ = -1;  ///< Descriptor of the lock file.
};

/// True if a process was cut off while it replaced files below the folder.
[[nodiscard]] bool has_unfinished_set(const std::string& root);

// The journal as bytes.

[[nodiscard]] std::string encode_journal(const std::vector<FileChange>& changes);
/// Nothing if the bytes are no journal or are damaged.
[[nodiscard]] std::optional<std::vector<FileChange>> decode_journal(std::string_view bytes);

}  // namespace snug
