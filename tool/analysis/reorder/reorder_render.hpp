// Text edits that move declarations to their places.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/member_text.hpp"
#include "analysis/reorder/reorder_places.hpp"
#include "base/text_edit.hpp"
#include "model/record.hpp"

namespace snug {

/// The edits of the record's file, sorted, or the reasons why there are none. `file` is the path
/// that the edits carry.
[[nodiscard]] std::vector<TextEdit> render_moves(
    const BodyText& body, std::span<const Slot* const> slots, std::span<const Piece> pieces,
    std::span<const Place> places, const std::string& file, std::vector<std::string>& refusals);

}  // namespace snug
