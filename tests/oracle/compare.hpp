// One record of snug against one block of the compiler's dump.
#pragma once

#include <string>
#include <vector>

#include "model/model.hpp"
#include "oracle/layout_dump.hpp"

namespace snug::oracle {

/// Every difference in size, alignment, dsize, nvsize, offsets of fields, bit-fields, bases (direct
/// and indirect virtual ones), vptr, vbptr and vtordisp; one sentence each.
[[nodiscard]] std::vector<std::string> differences(const Record& record, const DumpRecord& dump);

struct Comparison {
  std::size_t compared = 0;              ///< Blocks of the dump with a record of that name.
  std::size_t skipped = 0;               ///< Blocks that `wanted` left out.
  std::vector<std::string> differences;  ///< "name: what", records that are missing included.
  std::vector<std::string> missing;      ///< As printed: records that the model lacks.
};

/// Compares every block of a dump that `wanted` lets through. Names may stand for several types
/// (local ones, several units): the block must equal one of them.
template <class Wanted>
[[nodiscard]] Comparison compare(const Model& model, const std::vector<DumpRecord>& dump,
                                 const Wanted& wanted);

/// The records of a model by normal name.
class RecordIndex {
 public:
  explicit RecordIndex(const Model& model);
  /// Empty if the block equals a record of that name; else what differs from the nearest one. A
  /// name that is not there stands for any record of the same template.
  [[nodiscard]] std::vector<std::string> check(const DumpRecord& dump) const;
  [[nodiscard]] bool contains(const std::string& key) const;
  /// True if check() compares the block with nothing.
  [[nodiscard]] bool lacks(const DumpRecord& dump) const;

 private:
  std::vector<std::pair<std::string, const Record*>> by_name_;
};

template <class Wanted>
Comparison compare(const Model& model, const std::vector<DumpRecord>& dump, const Wanted& wanted) {
  const RecordIndex index(model);
  Comparison result;
  for (const DumpRecord& block : dump) {
    if (!wanted(block)) {
      ++result.skipped;
      continue;
    }
    ++result.compared;
    if (index.lacks(block)) result.missing.push_back(block.printed);
    for (const std::string& difference : index.check(block)) {
      result.differences.push_back(block.printed + ": " + difference);
    }
  }
  return result;
}

}  // namespace snug::oracle
