#include "model/model.hpp"

#include <algorithm>

#include "model/merge.hpp"

namespace snug {

namespace {

template <class Item>
const Item* find_by_id(const std::vector<Item>& items, std::string_view id) {
  const auto found =
      std::lower_bound(items.begin(), items.end(), id,
                       [](const Item& item, std::string_view wanted) { return item.id < wanted; });
  return found != items.end() && found->id == id ? &*found : nullptr;
}

}  // namespace

const Record* Model::find(std::string_view id) const {
  return find_by_id(records, id);
}

const Function* Model::find_function(std::string_view id) const {
  return find_by_id(functions, id);
}

const Variable* Model::find_variable(std::string_view id) const {
  return find_by_id(variables, id);
}

const Record* Model::find_in_unit(std::string_view id, std::uint32_t unit) const {
  const auto sees = [&](const Record& record) {
    return std::binary_search(record.units.begin(), record.units.end(), unit);
  };
  const Record* const main = find(id);
  if (main == nullptr || sees(*main)) return main;
  auto at = std::lower_bound(conflicts.begin(), conflicts.end(), id,
                             [](const LayoutConflict& conflict, std::string_view wanted) {
                               return conflict.other.id < wanted;
                             });
  for (; at != conflicts.end() && at->other.id == id; ++at) {
    if (sees(at->other)) return &at->other;
  }
  return nullptr;
}

std::string_view to_string(UnitStatus status) {
  switch (status) {
    case UnitStatus::Ok:
      return "ok";
    case UnitStatus::Failed:
      return "failed";
    case UnitStatus::Crashed:
      return "crashed";
    case UnitStatus::Timeout:
      return "timeout";
    case UnitStatus::MemoryLimit:
      return "memory-limit";
    case UnitStatus::Skipped:
      return "skipped";
  }
  return "unknown";
}

Model merge(std::vector<Model> parts) {
  Merger merger;
  for (Model& part : parts) merger.add(std::move(part));
  return merger.finish();
}

}  // namespace snug
