// Joins the records that units tell, as model/merge.hpp does for the whole model.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/file_versions.hpp"
#include "model/layout/layouts.hpp"
#include "model/model.hpp"
#include "model/origins.hpp"

namespace snug {

class RecordMerger {
 public:
  /// Whether a unit comes before another one, by their numbers.
  using Before = std::function<bool(std::uint32_t, std::uint32_t)>;

  /// `seen_by`: the units that see this layout; `from`: the one whose copy it is. Of equal copies
  /// the one of the first unit is kept. O(layouts of the record).
  void add(Record record, std::vector<std::uint32_t> seen_by, std::uint32_t from,
           const Before& before);
  /// Every other layout of this record is in doubt.
  void doubt(const std::string& id) { doubtful_.insert(id); }

  /// Puts records and conflicts into the model and where they come from into the origins, all as
  /// final numbers: `number_of` maps those of add() to them. Empties the merger.
  void finish(const FileVersions& files, const std::vector<std::uint32_t>& number_of, Model& model,
              Origins& origins);

 private:
  std::unordered_map<std::string, std::vector<Layout>> records_;
  std::set<std::string> doubtful_;  ///< Ids.
};

}  // namespace snug
