#include "model/layout/rules.hpp"

#include <algorithm>

namespace snug {

const RecordRules* Rules::of(std::string_view record_id) const {
  const auto found = std::lower_bound(
      records.begin(), records.end(), record_id,
      [](const RecordRules& rules, std::string_view wanted) { return rules.record_id < wanted; });
  return found != records.end() && found->record_id == record_id ? &*found : nullptr;
}

}  // namespace snug
