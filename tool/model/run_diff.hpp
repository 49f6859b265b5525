// What changed between two runs: layouts and findings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/slot_diff.hpp"

namespace snug {

struct RecordDiff {
  enum class Kind : std::uint8_t {
    Grew,
    Shrank,
    Changed,   ///< Of the same size, with other slots or another alignment.
    Appeared,  ///< In the new run alone.
    Vanished,  ///< In the old run alone.
    Moved,     ///< The same layout in another file or namespace.
  };
  /// One of the two runs; all zero where the record does not exist.
  struct Side {
    std::string name;
    SourceRange where;
    std::uint64_t size = 0;     ///< Bytes.
    std::uint64_t align = 0;    ///< Bytes.
    std::uint64_t padding = 0;  ///< Bytes, holes and tail.
  };
  Kind kind = Kind::Changed;
  Side before;
  Side after;
  std::vector<SlotChange> slots;  ///< None for Appeared and Vanished.

  [[nodiscard]] std::int64_t growth() const {
    return static_cast<std::int64_t>(after.size) - static_cast<std::int64_t>(before.size);
  }
};

/// Sums over the records of a run.
struct RunTotals {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::uint64_t padding = 0;  ///< Bytes.
  std::uint64_t units_failed = 0;
};

struct RunDiff {
  std::string target;  ///< Of both.
  RunTotals before;
  RunTotals after;
  /// By kind as listed above, then by bytes (most first) and name.
  std::vector<RecordDiff> records;
  bool has_findings = false;  ///< Both runs know theirs.
  std::vector<Finding> new_findings;
  std::vector<Finding> gone_findings;
  std::vector<std::string> new_fingerprints;   ///< One for each new finding.
  std::vector<std::string> gone_fingerprints;  ///< One for each that is gone.

  [[nodiscard]] std::size_t count(RecordDiff::Kind kind) const;
};

[[nodiscard]] std::string_view to_string(RecordDiff::Kind kind);  ///< "grew", ...

}  // namespace snug
