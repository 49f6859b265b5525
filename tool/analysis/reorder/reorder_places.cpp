#include "analysis/reorder/reorder_places.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace snug {
namespace {

/// Positions between members in text order: 2k is before member k, 2k + 1 after it.
using Position = std::size_t;

struct Gap {
  Position at = 0;
  Access access = Access::Public;
};

class Placer {
 public:
  Placer(const BodyText& body, std::span<const Piece> pieces) : body_(body), pieces_(pieces) {
    for (const auto& piece : pieces) floors_.push_back(floor_of(piece));
    find_gaps();
  }

  std::optional<std::vector<Place>> run() {
    const auto count = pieces_.size();
    // best[i]: fields that stay when piece i - 1 stays and all before it are placed; 0 is the start
    // of the record, count + 1 its end.
    std::vector<std::optional<std::size_t>> best(count + 2);
    std::vector<std::size_t> from(count + 2);
    best[0] = 0;
    for (std::size_t to = 1; to <= count + 1; ++to) {
      const auto before = stayer_before(best, to);
      if (!before) continue;
      best[to] = *best[*before] + (to <= count ? pieces_[to - 1].slots.size() : 0);
      from[to] = *before;
    }
    if (!best[count + 1]) return std::nullopt;
    return trace(from);
  }

 private:
  /// The stayer before `to` up to which most fields stay, of equals the first, of those behind
  /// which the fields between have places. Mostly the first that is tried.
  [[nodiscard]] std::optional<std::size_t> stayer_before(
      const std::vector<std::optional<std::size_t>>& best, std::size_t to) const {
    std::vector<std::size_t> stayers;
    for (std::size_t j = 0; j < to; ++j) {
      if (best[j] && follows(j, to)) stayers.push_back(j);
    }
    const auto stays_more = [&](std::size_t a, std::size_t b) {
      return std::pair(*best[b], a) < std::pair(*best[a], b);
    };
    const auto most = std::min_element(stayers.begin(), stayers.end(), stays_more);
    if (most == stayers.end() || place_between(*most, to)) {
      return most == stayers.end() ? std::nullopt : std::optional(*most);
    }
    stayers.erase(most);
    std::sort(stayers.begin(), stayers.end(), stays_more);
    const auto found = std::find_if(stayers.begin(), stayers.end(), [&](std::size_t j) {
      return place_between(j, to).has_value();
    });
    return found == stayers.end() ? std::nullopt : std::optional(*found);
  }

  [[nodiscard]] std::vector<Place> trace(const std::vector<std::size_t>& from) const {
    std::vector<Place> places(pieces_.size());
    for (auto to = pieces_.size() + 1; to != 0; to = from[to]) {
      const auto between = place_between(from[to], to).value();
      std::copy(between.begin(), between.end(),
                places.begin() + static_cast<std::ptrdiff_t>(from[to]));
      if (to <= pieces_.size()) places[to - 1] = {Place::Where::Stays, pieces_[to - 1].member};
    }
    return places;
  }

  /// True if stayer `to` stands behind stayer `from` in the text.
  [[nodiscard]] bool follows(std::size_t from, std::size_t to) const {
    if (from == 0 || to == pieces_.size() + 1) return true;
    const auto& a = pieces_[from - 1];
    const auto& b = pieces_[to - 1];
    return std::pair(a.member, a.first) < std::pair(b.member, b.first);
  }

  /// Places for the pieces between two stayers, or nothing.
  [[nodiscard]] std::optional<std::vector<Place>> place_between(std::size_t from,
                                                                std::size_t to) const {
    const auto moved = pieces_.subspan(from, to - from - 1);
    for (const auto& piece : moved) {
      if (!body_.members[piece.member].pinned.empty()) return std::nullopt;
    }
    const bool inside =
        from != 0 && to <= pieces_.size() && pieces_[from - 1].member == pieces_[to - 1].member;
    if (inside) return place_inside(moved, from);
    const Position low = from == 0 ? 0 : 2 * pieces_[from - 1].member + 1;
    const Position high =
        to > pieces_.size() ? 2 * body_.members.size() : 2 * pieces_[to - 1].member;
    return place_in_gaps(moved, from, gaps_between(low, high));
  }

  [[nodiscard]] std::optional<std::vector<Place>> place_inside(std::span<const Piece> moved,
                                                               std::size_t from) const {
    const auto member = pieces_[from - 1].member;
    for (std::size_t i = 0; i < moved.size(); ++i) {
      const bool same = access_of(moved[i]) == body_.members[member].access;
      if (!same || floors_[from + i] > 2 * member) return std::nullopt;
    }
    return std::vector<Place>(moved.size(), {Place::Where::Inside, member});
  }

  /// The earliest gap for each piece; then those that did not stay right behind the stayer before
  /// go to the stayer that follows, if they may.
  [[nodiscard]] std::optional<std::vector<Place>> place_in_gaps(std::span<const Piece> moved,
                                                                std::size_t first,
                                                                std::span<const Gap> gaps) const {
    std::vector<std::size_t> chosen;
    std::size_t gap = 0;
    for (std::size_t i = 0; i < moved.size(); ++i) {
      while (gap < gaps.size() && !fits(moved[i], floors_[first + i], gaps[gap])) ++gap;
      if (gap == gaps.size()) return std::nullopt;
      chosen.push_back(gap);
    }
    const bool behind_stayer = first != 0;
    for (auto i = moved.size(); i-- > 0;) {
      if (behind_stayer && gaps[chosen[i]].at % 2 == 1 && chosen[i] == 0) break;
      if (gaps.back().access != access_of(moved[i]) || !last_is_stayer(gaps)) break;
      chosen[i] = gaps.size() - 1;
    }
    std::vector<Place> places;
    for (const auto index : chosen) {
      const auto at = gaps[index].at;
      places.push_back({at % 2 == 0 ? Place::Where::Before : Place::Where::After, at / 2});
    }
    return places;
  }

  [[nodiscard]] bool last_is_stayer(std::span<const Gap> gaps) const {
    const auto at = gaps.back().at;
    return at % 2 == 0 && body_.members[at / 2].kind == MemberKind::Field;
  }

  [[nodiscard]] bool fits(const Piece& piece, Position floor, const Gap& gap) const {
    return gap.access == access_of(piece) && gap.at >= floor;
  }

  [[nodiscard]] Access access_of(const Piece& piece) const {
    return body_.members[piece.member].access;
  }

  /// Places around everything that stays in the range: both ends, and what is no field between.
  [[nodiscard]] std::vector<Gap> gaps_between(Position low, Position high) const {
    std::vector<Gap> found;
    const auto first = std::lower_bound(gaps_.begin(), gaps_.end(), low,
                                        [](const Gap& gap, Position at) { return gap.at < at; });
    for (auto here = first; here != gaps_.end() && here->at <= high; ++here) {
      const Gap& gap = *here;
      const bool end = gap.at == low || gap.at == high;
      const bool field = body_.members[gap.at / 2].kind == MemberKind::Field;
      if (!field || (end && (gap.at == high || low != 0))) found.push_back(gap);
    }
    return found;
  }

  void find_gaps() {
    int depth = 0;
    auto access = body_.initial_access;
    for (std::size_t k = 0; k < body_.members.size(); ++k) {
      const auto& member = body_.members[k];
      if (depth == 0) gaps_.push_back({2 * k, access});
      if (member.kind == MemberKind::Directive) depth += nesting(member);
      access = member.access;
      if (depth == 0) gaps_.push_back({2 * k + 1, access});
    }
  }

  [[nodiscard]] int nesting(const MemberText& directive) const {
    const auto text = body_.text.substr(directive.begin, directive.end - directive.begin);
    const auto name = text.substr(std::min(text.find_first_not_of("# \t"), text.size()));
    return name.starts_with("if") ? 1 : name.starts_with("endif") ? -1 : 0;
  }

  /// The first position behind every nested name that the piece uses.
  [[nodiscard]] Position floor_of(const Piece& piece) const {
    const auto& member = body_.members[piece.member];
    for (auto k = piece.member; k-- > 0;) {
      const auto& names = body_.members[k].names;
      if (names.empty()) continue;
      for (auto at = member.first_token; at < member.last_token; ++at) {
        const auto word = body_.spelling(body_.tokens[at]);
        if (std::find(names.begin(), names.end(), word) != names.end()) return 2 * k + 1;
      }
    }
    return 0;
  }

  const BodyText& body_;
  std::span<const Piece> pieces_;
  std::vector<Position> floors_;
  std::vector<Gap> gaps_;
};

struct Home {
  std::size_t member = 0;
  std::size_t index = 0;
};

std::vector<Home> find_homes(const BodyText& body, std::size_t slots) {
  std::vector<Home> homes(slots);
  for (std::size_t k = 0; k < body.members.size(); ++k) {
    const auto& own = body.members[k].slots;
    for (std::size_t i = 0; i < own.size(); ++i) homes[own[i]] = {k, i};
  }
  return homes;
}

}  // namespace

std::vector<Piece> cut_pieces(const BodyText& body, std::span<const std::uint32_t> order) {
  const auto homes = find_homes(body, order.size());
  std::vector<Piece> pieces;
  for (const auto slot : order) {
    const auto home = homes[slot];
    if (!pieces.empty() && pieces.back().member == home.member &&
        pieces.back().first + pieces.back().slots.size() == home.index) {
      pieces.back().slots.push_back(slot);
    } else {
      pieces.push_back({home.member, home.index, {slot}, false});
    }
  }
  for (auto& piece : pieces) {
    piece.whole = piece.slots.size() == body.members[piece.member].slots.size();
  }
  return pieces;
}

std::optional<std::vector<Place>> find_places(const BodyText& body, std::span<const Piece> pieces) {
  return Placer(body, pieces).run();
}

}  // namespace snug
