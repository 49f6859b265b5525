// The pieces of a SARIF log that are about places in files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/formats/json_parts.hpp"
#include "report/text_positions.hpp"

namespace snug {

/// The name that stands for the project root in the URIs of a log.
inline constexpr const char* sarif_root = "%SRCROOT%";

/// Makes SARIF locations and numbers the files that they name.
class SarifPlaces {
 public:
  explicit SarifPlaces(const Report& report) : report_(report), positions_(report.files) {}

  /// A physicalLocation. REQUIRES: the place is known.
  [[nodiscard]] Json physical(const SourceRange& where);
  /// An artifactLocation.
  [[nodiscard]] Json artifact(const std::string& path);
  /// One artifactChange a file, or an empty list if a file that is edited cannot be read as it was
  /// when it was scanned: its places could not be told then.
  [[nodiscard]] Json changes(const std::vector<TextEdit>& edits);
  /// The `artifacts` of a run: every file that was named, in the order of their numbers.
  [[nodiscard]] Json artifacts() const;

 private:
  [[nodiscard]] Json location(const std::string& path) const;
  [[nodiscard]] Json region(const SourceRange& where);
  /// Null if the file cannot be read or is another one than was scanned.
  [[nodiscard]] const TextPositions* as_scanned(const std::string& path);

  const Report& report_;
  FilePositions positions_;
  std::map<std::string, const TextPositions*> as_scanned_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> files_;
};

}  // namespace snug
