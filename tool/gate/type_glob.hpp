// Globs for the names of types.
#pragma once

#include <string_view>

namespace snug {

/// True if the glob fits the qualified name or an end of it that begins at a component: `Order`
/// fits market::Order, `market::*` all types directly in market, `market::**` those deeper down
/// too, `::Order` only the one in the global namespace. `*`, `?` and `[...]` do not cross the `::`
/// between components; inside template arguments they match anything. O(components * |glob| *
/// |name|).
[[nodiscard]] bool type_glob_matches(std::string_view glob, std::string_view name);

}  // namespace snug
