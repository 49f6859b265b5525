// The texts that the client has open, as it sees them: what it has not saved included.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/positions.hpp"
#include "report/formats/json_parts.hpp"

namespace snug::lsp {

/// The absolute path of a file: URI; nothing for any other, or for one of another machine.
[[nodiscard]] std::optional<std::string> path_of(std::string_view uri);

class Document {
 public:
  Document(std::string uri, std::int64_t version, std::string text);

  [[nodiscard]] const std::string& uri() const { return uri_; }
  [[nodiscard]] const std::string& path() const { return path_; }  ///< Empty: it is no file.
  [[nodiscard]] const std::string& real_path() const { return real_path_; }  ///< Without links.
  [[nodiscard]] std::int64_t version() const { return version_; }
  [[nodiscard]] const Lines& lines() const { return *lines_; }
  [[nodiscard]] std::shared_ptr<const Lines> shared_lines() const { return lines_; }
  [[nodiscard]] const std::string& text() const { return lines_->text(); }
  /// SHA-256 of the text, as a scan tells it. O(size) the first time after a change.
  [[nodiscard]] const std::string& hash() const;

  /// Applies the contentChanges of a didChange, in order. Nothing is changed, and the reason
  /// returned, if one of them makes no sense.
  [[nodiscard]] std::string change(const Json& changes, std::int64_t version, Encoding encoding);

 private:
  std::string uri_;
  std::string path_;
  std::string real_path_;
  std::int64_t version_;
  std::shared_ptr<const Lines> lines_;
  mutable std::string hash_;
};

/// Open documents by their path (their URI, if they are no files).
using Documents = std::map<std::string, Document>;

/// Path to text of all that are files, under each name that they have.
[[nodiscard]] std::map<std::string, std::string> texts_of(const Documents& documents);

}  // namespace snug::lsp
