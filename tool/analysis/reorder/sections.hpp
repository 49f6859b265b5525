// Comments and regions that head groups of fields: what a move makes untrue.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/member_text.hpp"
#include "analysis/reorder/reorder_places.hpp"

namespace snug {

/// One sentence "FILE:LINE: ..." for each heading whose group a field leaves or joins when the
/// pieces go to their places. A heading is a comment that stands alone, one that member_text tells
/// to head a group, or `#pragma region`; its group ends at the next one, at a label and, where
/// the heading stands right above its first field, at a blank line. O(members + comments).
[[nodiscard]] std::vector<std::string> parted_sections(const BodyText& body,
                                                       std::span<const Piece> pieces,
                                                       std::span<const Place> places,
                                                       std::span<const Slot* const> slots,
                                                       std::string_view file);

}  // namespace snug
