// Findings as clients show them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/files.hpp"
#include "lsp/documents.hpp"
#include "lsp/settings.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug::lsp {

/// The texts of files as the client sees them, each cut into lines once: open documents, else what
/// is on the disk.
class FileLines {
 public:
  FileLines(const Documents& documents, const Files& files)
      : documents_(documents), files_(files) {}

  struct Text {
    std::shared_ptr<const Lines> lines;
    std::string hash;
    std::string uri;
    std::optional<std::int64_t> version;  ///< Of an open document.
  };
  /// Null if the file cannot be read.
  [[nodiscard]] const Text* of(const std::string& path);

 private:
  const Documents& documents_;
  const Files& files_;
  // snug: ignore(large-variant): only files that cannot be read have none
  std::map<std::string, std::optional<Text>> known_;
};

/// The open document with this name, whatever links lead to it; null if there is none.
[[nodiscard]] const Document* open_document(const Documents& documents, const std::string& path);

/// {uri, range} of a place, exact if the file is as it was scanned; nothing if it is not.
[[nodiscard]] std::optional<Json> location_json(const SourceRange& where, const Model& model,
                                                FileLines& texts, Encoding encoding);

/// The finding as a diagnostic; nothing if its file is not as it was scanned.
[[nodiscard]] std::optional<Json> diagnostic_json(const Finding& finding, const Model& model,
                                                  FileLines& texts, const Client& client);

/// The diagnostics of one file.
[[nodiscard]] Json diagnostics_json(const std::vector<Finding>& findings, const std::string& path,
                                    const Model& model, FileLines& texts, const Client& client);

}  // namespace snug::lsp
