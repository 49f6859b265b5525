// Reading files through one door: real files, files in memory (tests, fuzzers) and unsaved text.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace snug {

/// Where source text comes from. Paths are absolute and lexically normal.
class Files {
 public:
  virtual ~Files() = default;
  /// The bytes of a file, or nothing if it cannot be read.
  [[nodiscard]] virtual std::optional<std::string> read(const std::string& path) const = 0;
  /// Path to text of the files that are not as on the disk. Who opens files by itself (the front
  /// end) has to be handed these; all others it may read from the disk.
  [[nodiscard]] virtual const std::map<std::string, std::string>& texts() const;
};

class DiskFiles final : public Files {
 public:
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
};

class MemoryFiles final : public Files {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
  [[nodiscard]] const std::map<std::string, std::string>& texts() const override { return texts_; }

 private:
  std::map<std::string, std::string> texts_;
};

/// The files of this machine.
[[nodiscard]] const Files& disk_files();

/// Texts in memory in front of other files: what an editor has not saved, or a fix has not written.
/// REQUIRES: the other files outlive it.
class OverlayFiles final : public Files {
 public:
  OverlayFiles(std::map<std::string, std::string> texts, const Files& files)
      : texts_(std::move(texts)), files_(files) {
    texts_.insert(files.texts().begin(), files.texts().end());
  }
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
  [[nodiscard]] const std::map<std::string, std::string>& texts() const override { return texts_; }

 private:
  std::map<std::string, std::string> texts_;
  const Files& files_;
};

/// The bytes of a file. Throws Error with the path and the system's reason.
[[nodiscard]] std::string read_file(const std::string& path);

/// The same through a door; the disk says why a file cannot be read.
[[nodiscard]] std::string read_file(const Files& files, const std::string& path);

/// Replaces a file: writes beside it, flushes, renames. Keeps permissions; follows a symbolic link
/// and replaces its target. Throws Error; the old file is then untouched.
void write_file_atomically(const std::string& path, std::string_view bytes);

/// Lower-case hexadecimal SHA-256 of the bytes.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// Absolute and lexically normal form of a path, relative to `base` if it is relative.
[[nodiscard]] std::string normal_path(const std::string& path, const std::string& base);

}  // namespace snug
