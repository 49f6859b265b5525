// `snug list`: a table of records.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "report/report.hpp"

namespace snug {

struct ListRow {
  const Record* record = nullptr;
  std::uint64_t padding = 0;     ///< Bytes, holes and tail.
  std::uint64_t saved_each = 0;  ///< Bytes of one object that a better order saves.
  std::uint64_t instances = 0;   ///< Objects known from the code; 0: none known.
  std::string bundled = {};      ///< The folder of others' code that it lies in; empty: none.
  bool test = false;             ///< Of a test or a benchmark.

  /// Bytes that a better order saves in all objects known, at least one.
  [[nodiscard]] std::uint64_t waste() const;
};

struct RecordList {
  ToolInfo tool;
  std::string root;
  std::string current_folder;
  const Model* model = nullptr;
  std::vector<ListRow> rows;
  std::uint64_t left_out = 0;  ///< Rows that --top cut off.
};

void write_list_text(const RecordList& list, bool color, std::ostream& out);
/// snug-list/1, see man snug-list(1).
void write_list_json(const RecordList& list, std::ostream& out);

}  // namespace snug
