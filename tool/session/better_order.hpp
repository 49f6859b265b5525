// A record as it would lie in memory after a reorder.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/check.hpp"
#include "base/files.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "report/report.hpp"

namespace snug {

/// The record with its fields in the order of the names. Empty if the names are not those of its
/// fields or the layout rules cannot place them.
[[nodiscard]] std::optional<Record> reordered(const Record& record, const Model& model,
                                              std::span<const std::string> order);

/// The first fix of the findings that makes this record smaller, refused ones left out; null if
/// there is none. `size_after` gets the bytes that it promises.
[[nodiscard]] const SuggestedFix* shrinking_fix(const Record& record,
                                                std::span<const Finding> findings,
                                                std::uint64_t* size_after = nullptr);

/// The records that a verified fix of the findings reorders, by their ids. The fixes pointed to
/// belong to `findings`.
[[nodiscard]] std::map<std::string, BetterOrder> better_orders(const Model& model,
                                                               std::span<const Finding> findings);

/// Findings of the padding check that save at least a byte, unless the options ask for more.
/// `known` and `orders`: as for run_checks.
[[nodiscard]] std::vector<Finding> padding_findings(const Model& model, const Files& files,
                                                    OptionValues options, const KnownNames& known,
                                                    OrderMemory* orders = nullptr);

}  // namespace snug
