// Files that are read once in a run, however many findings ask for their text.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/files.hpp"

namespace snug {

/// The bytes of a file and their hash, which is worked out when it is asked for.
class FileText {
 public:
  explicit FileText(std::string bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  /// SHA-256 in hexadecimal. O(size) the first time.
  [[nodiscard]] const std::string& hash() const;

 private:
  std::string bytes_;
  mutable std::string hash_;
};

/// Keeps what it reads: one text of each file for all that look at it. REQUIRES: the files outlive
/// it; one thread.
class KeptFiles final : public Files {
 public:
  explicit KeptFiles(const Files& files) : files_(files) {}
  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override;
  /// Without a copy; null if the file cannot be read.
  [[nodiscard]] std::shared_ptr<const FileText> text(const std::string& path) const;
  /// What was asked for so far, by path; null: it could not be read.
  [[nodiscard]] const std::map<std::string, std::shared_ptr<const FileText>>& texts_read() const {
    return texts_;
  }

 private:
  const Files& files_;
  mutable std::map<std::string, std::shared_ptr<const FileText>> texts_;
};

/// The text of a file, kept where the files keep it; null if it cannot be read.
[[nodiscard]] std::shared_ptr<const FileText> file_text(const Files& files,
                                                        const std::string& path);

}  // namespace snug
