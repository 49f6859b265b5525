// What is shown beside the text without being asked for an edit.
#pragma once

#include <cstdint>

#include "lsp/settings.hpp"
#include "lsp/view.hpp"

namespace snug::lsp {

/// Hover on the name of a record's definition or of a field; null elsewhere.
[[nodiscard]] Json hover_json(const View& view, std::uint64_t offset, const Client& client,
                              const Settings& settings);

/// Hover where the text names a record or a field that it does not declare; null if the record is
/// not known.
[[nodiscard]] Json named_hover_json(const View& view, const NamedPlace& place, const Client& client,
                                    const Settings& settings);

/// One lens for each record.
[[nodiscard]] Json lenses_json(const View& view, const Settings& settings);

/// Padding behind fields and at the end, and where cache lines begin, in [begin, end) of the text.
[[nodiscard]] Json hints_json(const View& view, std::uint64_t begin, std::uint64_t end,
                              const Settings& settings);

}  // namespace snug::lsp
