// Layouts in words, for hovers, hints and lenses, and as data for those who draw them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lsp/settings.hpp"
#include "lsp/view.hpp"

namespace snug::lsp {

inline constexpr std::uint64_t bits_in_byte = 8;

/// "56 bytes, 25 padding"; with what a reorder saves where there is one.
[[nodiscard]] std::string lens_title(const Record& record, const Layouts& layouts);

/// Bytes of holes and tail.
[[nodiscard]] std::uint64_t padding_bytes(const Record& record);

/// The size in the best order that the padding check knows; nothing if there is no smaller one.
[[nodiscard]] std::optional<std::uint64_t> smaller_size(const Record& record,
                                                        const Layouts& layouts);

/// Table, strip and totals, with the suggested layout beside it, as `snug show` prints them.
[[nodiscard]] std::string drawing(const Record& record, const Layouts& layouts,
                                  const std::string& folder);

/// A code block that no text can end.
[[nodiscard]] std::string code_block(const std::string& text, const std::string& language);

/// The answer to snug/layout for a record: slots with their places, the suggested order, text.
/// Nested records are named by their ids and stand in `children`.
[[nodiscard]] Json layout_json(const Declared& declared, const View& view,
                               const std::string& folder);

/// The slots that stand in the text as declarations of this document, those of anonymous members
/// included, each with the padding slot behind it (null if there is none).
struct PlacedSlot {
  const Slot* slot = nullptr;
  const Slot* gap = nullptr;
};
[[nodiscard]] std::vector<PlacedSlot> placed_slots(const Record& record);

}  // namespace snug::lsp
