// A report as lint formats have it: a flat list of entries, each with a place, a level and a text.
//
// GitLab's code quality, JUnit, Checkstyle and rdjson all are such lists. Findings that a baseline
// knows are no entries; units that could not be analysed are.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/report.hpp"

namespace snug {

enum class EntryLevel : std::uint8_t { Note, Warning, Error };

struct LintEntry {
  EntryLevel level = EntryLevel::Warning;
  std::string check;    ///< Of a finding its check; "unit-not-analysed" for a unit.
  std::string path;     ///< Relative to the root where it lies below it, UTF-8.
  SourceRange where;    ///< Line and column are at least 1.
  std::string message;  ///< One line.
  std::string details;  ///< Evidence and fixes, a line each; may be empty.
  /// Survives edits elsewhere, and no two entries of a report have the same.
  std::string fingerprint;
  const Finding* finding = nullptr;  ///< Null for a unit.
};

/// All entries in the order of the report, units first. O(findings + evidence).
[[nodiscard]] std::vector<LintEntry> lint_entries(const Report& report);

}  // namespace snug
