// What the project asks of its records: limits, interfaces and groups, from marks in the source
// and from the configuration. Checks, the search for orders and the gates read them here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/record.hpp"
#include "model/source.hpp"

namespace snug {

/// The most that a record may have of something, and where that was said.
struct Limit {
  std::uint64_t most = 0;
  SourceRange set_at;
};

/// A layout as it was when it was agreed upon.
struct AgreedLayout {
  std::uint64_t size = 0;   ///< Bytes.
  std::uint64_t align = 1;  ///< Bytes.
  std::vector<Slot> slots;  ///< Kind, name, type and extent; the other facts are not known.
};

/// The rules for one record.
struct RecordRules {
  std::string record_id;
  std::optional<Limit> max_size;      ///< Bytes.
  std::optional<Limit> max_padding;   ///< Bytes: holes and tail.
  std::optional<Limit> max_lines;     ///< Cache lines of an object that starts at one.
  std::optional<SourceRange> frozen;  ///< Its layout is an interface; where that was said.
  /// The layout that a frozen record had when the baseline was written. Empty: none is known.
  std::optional<AgreedLayout> agreed;
  /// One name for each slot of the record: fields of one group stay together on a line. Empty: the
  /// slot is in no group. Empty vector: there are no groups.
  std::vector<std::string> groups;
};

/// A mark that says something nobody understands.
struct BadMark {
  SourceRange where;
  std::string message;  ///< What is wrong and what to write instead.
  auto operator<=>(const BadMark&) const = default;
};

struct Rules {
  std::vector<RecordRules> records;  ///< Sorted by record_id, each once.
  std::vector<BadMark> bad_marks;    ///< Sorted by place.
  bool baseline_read = false;        ///< A frozen record without an agreed layout is a new one.

  /// The rules for a record; null if there are none. O(log n).
  [[nodiscard]] const RecordRules* of(std::string_view record_id) const;
};

}  // namespace snug
