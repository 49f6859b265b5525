#include "session/ranking.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace snug {
namespace {

/// What the padding check knows about a record.
struct Saving {
  std::uint64_t each = 0;
  std::uint64_t instances = 0;
};

std::unordered_map<std::string, Saving> savings_of(const std::vector<Finding>& findings) {
  std::unordered_map<std::string, Saving> savings;
  for (const Finding& finding : findings) {
    for (const SuggestedFix& fix : finding.fixes) {
      for (const SizeChange& size : fix.promise.sizes) {
        Saving& saving = savings[size.record_id];
        const std::uint64_t each = size.before - std::min(size.before, size.after);
        saving.each = std::max(saving.each, fix.safety == Safety::Refused ? 0 : each);
        saving.instances = finding.instances.value_or(0);
      }
    }
  }
  return savings;
}

}  // namespace

std::vector<ListRow> list_rows(const Model& model, const std::vector<Finding>& findings) {
  const auto savings = savings_of(findings);
  std::vector<ListRow> rows;
  for (const Record& record : model.records) {
    if (!record.reported) {
      continue;
    }
    const PaddingSum padding = padding_of(record);
    ListRow row{&record, padding.holes + padding.tail, 0, 0};
    if (const auto found = savings.find(record.id); found != savings.end()) {
      row.saved_each = found->second.each;
      row.instances = found->second.instances;
    }
    rows.push_back(row);
  }
  return rows;
}

void sort_rows(std::vector<ListRow>& rows, SortKey key) {
  const auto value = [key](const ListRow& row) -> std::uint64_t {
    switch (key) {
      case SortKey::Size:
        return row.record->size;
      case SortKey::Padding:
        return row.padding;
      case SortKey::Waste:
        return row.waste();
      case SortKey::Name:
        return 0;
    }
    return 0;
  };
  std::sort(rows.begin(), rows.end(), [&](const ListRow& a, const ListRow& b) {
    const std::uint64_t va = value(a), vb = value(b);
    const std::uint64_t pa = key == SortKey::Waste ? a.padding : 0;
    const std::uint64_t pb = key == SortKey::Waste ? b.padding : 0;
    return std::tie(vb, pb, a.record->name, a.record->id) <
           std::tie(va, pa, b.record->name, b.record->id);
  });
}

}  // namespace snug
