// Which units of a run are to share which compiled standard headers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

/// A plan for fewer units costs more than it saves.
inline constexpr std::size_t units_of_plan = 8;

/// Units that are read behind the same headers.
struct SharedPlan {
  std::vector<std::string> headers;  ///< Names of standard headers, in the order of a unit's.
  std::vector<std::size_t> units;    ///< Places in the list of commands.
};

struct SharedPlans {
  std::vector<SharedPlan> plans;
  /// Why units have no part in one, and how many of each.
  std::map<std::string, std::size_t> refusals;
};

/// Plans for the commands at these places. Only those are told that pay: see shared_plan.cpp.
/// Headers are parsed in workers; `folder` takes their texts and is the caller's.
/// O(units x distinct sets of headers), and at most 2,000 candidates.
[[nodiscard]] SharedPlans plan_shared_headers(const std::vector<FrontEndCommand>& commands,
                                              const std::vector<std::size_t>& places,
                                              const ScanOptions& options,
                                              const std::string& folder);

}  // namespace snug
