#include "model/model.hpp"

#include <algorithm>

#include "model/merge.hpp"

namespace snug {

const Record* Model::find(std::string_view id) const {
  const auto found = std::lower_bound(
      records.begin(), records.end(), id,
      [](const Record& record, std::string_view wanted) { return record.id < wanted; });
  return found != records.end() && found->id == id ? &*found : nullptr;
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
