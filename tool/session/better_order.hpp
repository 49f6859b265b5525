// What the findings say about better orders of the fields of records.
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
