// Edits that keep data of different threads on lines of their own, and what they cost.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "analysis/threads/contention.hpp"
#include "base/files.hpp"
#include "model/finding.hpp"

namespace snug {

/// The fields that have to begin a line of their own so that no pair is left on one: in the order
/// of their offsets, each that clashes with one of those that the line has so far.
[[nodiscard]] std::set<std::string> line_starts(const Record& record,
                                                const std::set<std::string>& names,
                                                const std::vector<const Contention*>& pairs);

/// An alignment of a line in front of each of the fields. `records`: the layouts of one definition.
/// `evidence` gets what makes the edit risky.
[[nodiscard]] std::optional<SuggestedFix> align_fields(const Model& model, const Files& files,
                                                       const std::vector<const Record*>& records,
                                                       const std::set<std::string>& names,
                                                       std::vector<Evidence>& evidence);

/// An alignment of a line on the record of the elements, written behind its keyword.
[[nodiscard]] std::optional<SuggestedFix> align_record(const Model& model, const Files& files,
                                                       const Record& record);

/// What separating costs: sizes before and after, times the objects that are known.
void add_bill(const Record& record, std::uint64_t after, std::optional<std::uint64_t> instances,
              std::vector<Evidence>& evidence);

}  // namespace snug
