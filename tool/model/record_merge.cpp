#include "model/record_merge.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace snug {
namespace {

/// The unit numbers mapped, sorted, each once.
std::vector<std::uint32_t> renumbered(std::vector<std::uint32_t> units,
                                      const std::vector<std::uint32_t>& number_of) {
  for (std::uint32_t& unit : units) unit = number_of[unit];
  std::sort(units.begin(), units.end());
  units.erase(std::unique(units.begin(), units.end()), units.end());
  return units;
}

/// The layout that most units see first.
bool seen_by_more(const Layout& a, const Layout& b) {
  return std::tuple(b.record.units.size(), a.record.units, a.record.size, a.record.where) <
         std::tuple(a.record.units.size(), b.record.units, b.record.size, b.record.where);
}

struct Other {
  LayoutConflict conflict;
  std::uint32_t from = 0;
};

}  // namespace

void RecordMerger::add(Record record, std::vector<std::uint32_t> seen_by, std::uint32_t from,
                       const Before& before) {
  record.units.clear();
  std::vector<Layout>& layouts = records_[record.id];
  const auto same = std::find_if(layouts.begin(), layouts.end(), [&](const Layout& layout) {
    return same_layout(layout.record, record) && is_same_text(layout.record, record);
  });
  if (same == layouts.end()) {
    layouts.push_back({std::move(record), from, std::move(seen_by)});
    return;
  }
  const bool reported = same->record.reported || record.reported;
  same->units.insert(same->units.end(), seen_by.begin(), seen_by.end());
  if (before(from, same->from)) {
    same->record = std::move(record);
    same->from = from;
  }
  same->record.reported = reported;
}

void RecordMerger::finish(const FileVersions& files, const std::vector<std::uint32_t>& number_of,
                          Model& model, Origins& origins) {
  const auto hashes = files.hashes();
  std::vector<Layout> kept;
  std::vector<Other> others;
  kept.reserve(records_.size());
  for (auto& [id, layouts] : records_) {
    join_copies(layouts, hashes);
    for (Layout& layout : layouts) layout.record.units = renumbered(layout.units, number_of);
    std::sort(layouts.begin(), layouts.end(), seen_by_more);
    for (std::size_t other = 1; other < layouts.size(); ++other) {
      const bool in_doubt =
          doubtful_.contains(id) || files.disagree(layouts[other].units, layouts.front().units);
      const std::uint32_t from = layouts[other].from;
      others.push_back({{std::move(layouts[other].record), in_doubt}, from});
    }
    kept.push_back({std::move(layouts.front().record), layouts.front().from, {}});
  }
  records_.clear();
  doubtful_.clear();
  std::sort(kept.begin(), kept.end(),
            [](const Layout& a, const Layout& b) { return a.record.id < b.record.id; });
  std::sort(others.begin(), others.end(), [](const Other& a, const Other& b) {
    return std::tie(a.conflict.other.id, a.conflict.other.units) <
           std::tie(b.conflict.other.id, b.conflict.other.units);
  });
  model.records.reserve(kept.size());
  for (Layout& layout : kept) {
    model.records.push_back(std::move(layout.record));
    origins.records.push_back(number_of[layout.from]);
  }
  for (Other& other : others) {
    model.conflicts.push_back(std::move(other.conflict));
    origins.conflicts.push_back(number_of[other.from]);
  }
}

}  // namespace snug
