// Which records a TYPE of the command line means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// True if `type` is the qualified name or a suffix of it that begins at a component: Order and
/// market::Order match market::Order, Vec<int> matches ns::Vec<int>. Blanks inside do not count.
[[nodiscard]] bool names_record(std::string_view type, std::string_view qualified_name);

/// The records that the type names: those with exactly that name, else those with that suffix, else
/// the instantiations of a template of that name. Only reported records unless there is none.
[[nodiscard]] std::vector<const Record*> matching_records(const std::string& type,
                                                          const Model& model);

/// "; did you mean 'Order'?" for a type that no record has.
[[nodiscard]] std::string type_hint(const std::string& type, const Model& model);

}  // namespace snug
