// Which records waste most.
#pragma once

#include <cstdint>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"
#include "report/list.hpp"

namespace snug {

enum class SortKey : std::uint8_t { Size, Padding, Waste, Name };

/// One row for each reported record, with what the findings of the padding check say of it.
[[nodiscard]] std::vector<ListRow> list_rows(const Model& model,
                                             const std::vector<Finding>& findings);

/// The largest first; by name where the key says no more.
void sort_rows(std::vector<ListRow>& rows, SortKey key);

}  // namespace snug
