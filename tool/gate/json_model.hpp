// Pieces of the model as JSON and back.
#pragma once

#include <nlohmann/json.hpp>

#include "gate/json_reader.hpp"
#include "model/finding.hpp"
#include "model/record.hpp"
#include "model/source.hpp"

namespace snug {

/// As in a report: kind, name, type and extent, and the slots inside an anonymous one.
[[nodiscard]] nlohmann::ordered_json json_of_slot(const Slot& slot);

[[nodiscard]] Slot slot_from(const JsonValue& json);
[[nodiscard]] Level level_from(const JsonValue& json);
[[nodiscard]] SlotKind slot_kind_from(const JsonValue& json);
[[nodiscard]] RecordKind record_kind_from(const JsonValue& json);
/// A `location`; null is no place.
[[nodiscard]] SourceRange range_from(const JsonValue& json);

}  // namespace snug
