// Which declarations stay and where the others go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/member_text.hpp"

namespace snug {

/// A declaration, or the part of one that stays together in the new order.
// snug: ignore(soa-candidate): the declarations of one record
struct Piece {
  std::size_t member = 0;            ///< Into BodyText::members.
  std::size_t first = 0;             ///< Index into that member's slots of its first slot.
  std::vector<std::uint32_t> slots;  ///< In source order.
  bool whole = false;                ///< All slots of the member.
};

/// Cuts the new order into pieces, in that order. A declaration of several fields stays whole as
/// long as they follow one another as before.
[[nodiscard]] std::vector<Piece> cut_pieces(const BodyText& body,
                                            std::span<const std::uint32_t> order);

/// Where a piece goes.
struct Place {
  enum class Where : std::uint8_t {
    Stays,
    Before,  ///< Before `member`.
    After,   ///< After `member`.
    Inside,  ///< Between two staying pieces of `member`.
  };
  Where where = Where::Stays;
  std::size_t member = 0;
};

/// A place for each piece, such that as many fields as possible stay. Nothing if there is none:
/// fields keep their access, pinned members stay, and names are declared before they are used.
/// Dynamic programming over the pieces that stay, O(n^3) in the number of pieces.
[[nodiscard]] std::optional<std::vector<Place>> find_places(const BodyText& body,
                                                            std::span<const Piece> pieces);

}  // namespace snug
