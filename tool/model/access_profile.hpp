// How often a run of the program read and wrote the fields of its records, as counted by
// snug::tracked_ptr.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace snug {

/// Sums stop at the largest number instead of going round.
struct Accesses {
  std::uint64_t reads = 0;
  std::uint64_t writes = 0;

  [[nodiscard]] std::uint64_t total() const;
  /// How often the field was visited: reading and writing it once each is one visit.
  [[nodiscard]] std::uint64_t visits() const { return reads > writes ? reads : writes; }
  void add(const Accesses& more);
  bool operator==(const Accesses&) const = default;
};

/// What was counted for one record.
struct RecordAccesses {
  std::string record_id;
  std::vector<Accesses> slots;  ///< One for each slot of the record; what nobody touched has zeros.

  [[nodiscard]] Accesses sum() const;
};

struct AccessProfile {
  std::vector<RecordAccesses> records;  ///< Sorted by record_id, each once.

  /// What was counted for a record; null if nothing was. O(log n).
  [[nodiscard]] const RecordAccesses* of(std::string_view record_id) const;
  /// True if at least a tenth as many accesses were counted for the record as for the one that has
  /// most.
  [[nodiscard]] bool is_hot(std::string_view record_id) const;
};

}  // namespace snug
