// What a run met and does not report, and why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.hpp"

namespace snug {

struct LeftOutCount {
  std::string_view key;  ///< In JSON: "records_without_layout".
  std::uint64_t count = 0;
  std::string words;  ///< "2 records without a layout"; empty: the summary tells it elsewhere.
};

/// Every reason there is, in a fixed order; those that did not occur have count 0.
[[nodiscard]] std::vector<LeftOutCount> left_out_counts(const Report& report);

}  // namespace snug
