#include "analysis/reorder/reorder_render.hpp"

#include <algorithm>
#include <map>

#include "analysis/reorder/declarators.hpp"

namespace snug {
namespace {

bool empty_line(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

class Renderer {
 public:
  Renderer(const BodyText& body, std::span<const Slot* const> slots, std::span<const Piece> pieces,
           std::span<const Place> places, std::vector<std::string>& refusals)
      : body_(body), slots_(slots), pieces_(pieces), places_(places), refusals_(refusals) {
    const auto first_break = body.text.find('\n', body.open);
    const bool crlf = first_break != std::string_view::npos && first_break > 0 &&
                      body.text[first_break - 1] == '\r';
    eol_ = crlf ? "\r\n" : "\n";
    staying_.resize(body.members.size());
    before_.resize(body.members.size());
    after_.resize(body.members.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) sort_in(i);
    airy_ = is_airy();
  }

  std::vector<TextEdit> run() {
    check();
    if (!refusals_.empty()) return {};
    for (std::size_t k = 0; k < body_.members.size(); ++k) {
      if (!before_[k].empty()) insert_before(k);
      if (removed(k)) {
        remove(k);
      } else if (split(k)) {
        rewrite(k);
      }
      if (!after_[k].empty()) insert_after(k);
    }
    close_groups();
    return merged();
  }

 private:
  using Pieces = std::vector<std::size_t>;  ///< Indices into pieces_, in the new order.

  void sort_in(std::size_t piece) {
    const auto& place = places_[piece];
    const bool here = place.where == Place::Where::Stays || place.where == Place::Where::Inside;
    auto& list = here                                  ? staying_[place.member]
                 : place.where == Place::Where::Before ? before_[place.member]
                                                       : after_[place.member];
    list.push_back(piece);
  }

  [[nodiscard]] const MemberText& member_of(std::size_t piece) const {
    return body_.members[pieces_[piece].member];
  }
  [[nodiscard]] bool removed(std::size_t k) const {
    return body_.members[k].kind == MemberKind::Field && staying_[k].empty();
  }
  /// True if the member stays, but not with all its fields or not with its fields alone.
  [[nodiscard]] bool split(std::size_t k) const {
    return !staying_[k].empty() && !(staying_[k].size() == 1 && pieces_[staying_[k][0]].whole);
  }

  void check() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const auto& member = member_of(i);
      const bool moves = places_[i].where != Place::Where::Stays;
      if (moves && member.shared_comment) {
        const auto name = slots_[pieces_[i].slots.front()]->name;
        refusals_.push_back("a comment stands on the line that '" + name +
                            "' shares with other members");
        return;
      }
      if (pieces_[i].whole || declarators_.contains(pieces_[i].member)) continue;
      auto parts = split_declarators(body_, member, slots_);
      if (!parts.refusal.empty()) return refusals_.push_back(parts.refusal);
      declarators_.emplace(pieces_[i].member, std::move(parts));
    }
  }

  // Text of pieces.

  [[nodiscard]] std::string_view text(std::uint64_t begin, std::uint64_t end) const {
    return body_.text.substr(begin, end - begin);
  }

  [[nodiscard]] std::string statement(std::size_t index) const {
    const auto& piece = pieces_[index];
    const auto& member = member_of(index);
    if (piece.whole) return std::string(text(member.begin, member.end));
    const auto& parts = declarators_.at(piece.member);
    auto result = parts.shared;
    for (std::size_t i = 0; i < piece.slots.size(); ++i) {
      result += (i == 0 ? " " : ", ") + parts.own[piece.first + i];
    }
    return result + ";";
  }

  /// True if the piece carries the comments of its member: it is all of it, or the first part of
  /// one of which nothing stays.
  [[nodiscard]] bool carries_comments(std::size_t index) const {
    const auto& piece = pieces_[index];
    return member_of(index).fills_lines() &&
           (piece.whole || (piece.first == 0 && staying_[piece.member].empty()));
  }

  /// The piece as lines of its own, line breaks included.
  [[nodiscard]] std::string lines(std::size_t index, const std::string& indent) const {
    const auto& member = member_of(index);
    if (!carries_comments(index)) return indent + statement(index) + eol_;
    return std::string(text(member.slice_begin, member.begin)) + statement(index) +
           std::string(text(member.end, member.slice_end));
  }
  [[nodiscard]] std::string lines(const Pieces& list, const std::string& indent) const {
    std::string result;
    for (const auto index : list) result += lines(index, indent);
    return result;
  }
  /// True if nothing, a blank line or a label stands above the lines of the member.
  [[nodiscard]] bool set_off_above(const MemberText& member) const {
    const auto above = line_begin(body_.text, std::max<std::uint64_t>(member.slice_begin, 1) - 1);
    return above <= body_.open || empty_line(text(above, member.slice_begin)) ||
           ends_with_label(above, member.slice_begin);
  }
  /// The same below.
  [[nodiscard]] bool set_off_below(const MemberText& member) const {
    const auto below = line_end(body_.text, member.slice_end);
    return below > body_.close || empty_line(text(member.slice_end, below)) ||
           ends_with_label(member.slice_end, below);
  }

  /// True if most fields are paragraphs of their own.
  [[nodiscard]] bool is_airy() const {
    const auto own = std::count_if(body_.members.begin(), body_.members.end(), [&](const auto& m) {
      return m.kind == MemberKind::Field && m.fills_lines() && set_off_above(m) && set_off_below(m);
    });
    return own > 2 && 2 * static_cast<std::size_t>(own) > slots_.size();
  }

  /// True if the piece was set off above, and brings its comment or was a paragraph of its own.
  [[nodiscard]] bool stands_apart(std::size_t index) const {
    const auto& member = member_of(index);
    if (!carries_comments(index) || !set_off_above(member)) return false;
    const bool first = line_begin(body_.text, member.slice_begin - 1) <= body_.open;
    const bool commented = !empty_line(text(member.slice_begin, member.begin));
    if (!commented) return !first && airy_ && set_off_below(member);
    return !first || empty_line(text(member.slice_end, line_end(body_.text, member.slice_end)));
  }

  /// The pieces as lines between what ends at `at` and what begins there; those that stood apart do
  /// so again.
  [[nodiscard]] std::string lines_at(std::uint64_t at, const Pieces& list,
                                     const std::string& indent) const {
    const auto above = line_begin(body_.text, std::max<std::uint64_t>(at, 1) - 1);
    const bool at_end = line_end(body_.text, at) > body_.close;
    bool apart = above <= body_.open || empty_line(text(above, at)) || ends_with_label(above, at);
    std::string result;
    bool owes = false;  // The piece before stood apart from what follows.
    for (const auto index : list) {
      if ((owes || stands_apart(index)) && !apart) result += eol_;
      result += lines(index, indent);
      owes = stands_apart(index) && set_off_below(member_of(index));
      apart = false;
    }
    if (owes && !at_end && !empty_line(text(at, line_end(body_.text, at)))) result += eol_;
    return result;
  }

  /// True if the piece can stand on a line with others without loss.
  [[nodiscard]] bool fits_in_line(std::size_t index) const {
    const auto& member = member_of(index);
    const bool bare =
        !carries_comments(index) || (empty_line(text(member.slice_begin, member.begin)) &&
                                     empty_line(text(member.end, member.slice_end)));
    const auto own = statement(index);
    return bare && own.find('\n') == std::string::npos && own.find("//") == std::string::npos;
  }
  [[nodiscard]] bool fit_in_line(const Pieces& list) const {
    return std::all_of(list.begin(), list.end(), [&](auto index) { return fits_in_line(index); });
  }
  [[nodiscard]] bool come_from_shared_lines(const Pieces& list) const {
    return std::none_of(list.begin(), list.end(),
                        [&](auto index) { return member_of(index).fills_lines(); });
  }

  [[nodiscard]] std::string indent_at(std::uint64_t at) const {
    const auto begin = line_begin(body_.text, at);
    return std::string(text(begin, std::min(space_after(begin), at)));
  }

  /// The indentation for a declaration near the member.
  [[nodiscard]] std::string indent_near(const MemberText& member) const {
    if (member.starts_line && member.kind != MemberKind::Label) return indent_at(member.begin);
    for (const auto& other : body_.members) {
      if (other.starts_line && !other.slots.empty()) return indent_at(other.begin);
    }
    return indent_at(body_.close) + "  ";
  }

  // Edits.

  void edit(std::uint64_t begin, std::uint64_t end, std::string replacement) {
    edits_.push_back({"", begin, end, std::move(replacement)});
  }

  void insert_before(std::size_t k) {
    const auto& member = body_.members[k];
    const auto& list = before_[k];
    const bool in_line = fit_in_line(list) && !member.fills_lines() && !member.shared_comment;
    const auto indent = indent_near(member);
    if (in_line && (!member.starts_line || come_from_shared_lines(list))) {
      std::string result;
      for (const auto index : list) result += statement(index) + " ";
      edit(member.begin, member.begin, result);
    } else if (member.starts_line) {
      edit(member.lead_begin, member.lead_begin, lines_at(member.lead_begin, list, indent));
    } else {
      edit(space_before(member.begin), member.begin, eol_ + lines(list, indent) + indent);
    }
  }

  void insert_after(std::size_t k) {
    const auto& member = body_.members[k];
    const auto& list = after_[k];
    const bool in_line = fit_in_line(list) && !member.fills_lines() && !member.shared_comment;
    const auto indent = indent_near(member);
    if (in_line && (!member.ends_line || come_from_shared_lines(list))) {
      std::string result;
      for (const auto index : list) result += " " + statement(index);
      edit(member.end, member.end, result);
    } else if (member.ends_line) {
      edit(member.tail_end, member.tail_end, lines_at(member.tail_end, list, indent));
    } else {
      const auto next = space_after(member.end);
      const bool closes = next == body_.close;
      edit(member.end, next,
           eol_ + lines(list, indent) + (closes ? indent_at(body_.close) : indent));
    }
  }

  [[nodiscard]] std::uint64_t space_before(std::uint64_t at) const {
    const auto last = at == 0 ? std::string_view::npos : body_.text.find_last_not_of(" \t", at - 1);
    return last == std::string_view::npos ? 0 : last + 1;
  }
  [[nodiscard]] std::uint64_t space_after(std::uint64_t at) const {
    return std::min(body_.text.find_first_not_of(" \t", at), body_.text.size());
  }

  void remove(std::size_t k) {
    const auto& member = body_.members[k];
    if (member.fills_lines()) {
      removed_.push_back({"", member.slice_begin, member.slice_end, ""});
    } else if (empties_line(member)) {
      removed_.push_back(
          {"", line_begin(body_.text, member.begin), line_end(body_.text, member.begin), ""});
    } else if (member.ends_line) {
      edit(space_before(member.begin), member.end, "");
    } else {
      edit(member.begin, space_after(member.end), "");
    }
  }

  /// True if the member's line holds nothing but members that move away.
  [[nodiscard]] bool empties_line(const MemberText& member) const {
    const auto begin = line_begin(body_.text, member.begin);
    const auto end = line_end(body_.text, member.begin);
    if (begin < body_.open || end > body_.close) return false;
    auto at = begin;
    for (std::size_t k = 0; k < body_.members.size(); ++k) {
      const auto& other = body_.members[k];
      if (other.end <= begin || other.begin >= end) continue;
      if (!removed(k) || other.begin < begin || other.end > end) return false;
      if (!empty_line(text(at, other.begin))) return false;
      at = other.end;
    }
    return empty_line(text(at, end));
  }

  /// A declaration of several fields of which some stay: those that stay next to each other remain
  /// one declaration.
  void rewrite(std::size_t k) {
    const auto& member = body_.members[k];
    const auto indent = indent_near(member);
    std::string result;
    bool open = false;  // A declaration that may take a further field.
    for (const auto index : staying_[k]) {
      const bool inside = places_[index].where == Place::Where::Inside;
      if (!member.fills_lines() && !fits_in_line(index)) {
        return refusals_.push_back("'" + slots_[pieces_[index].slots.front()]->name +
                                   "' would have to share a line with other members");
      }
      const bool own_line = result.empty() || result.back() == '\n';
      const auto gap = !member.fills_lines() ? (result.empty() ? "" : " ") : own_line ? "" : eol_;
      if (inside) {
        result += member.fills_lines() ? gap + lines(index, indent) : gap + statement(index);
      } else if (open) {
        result.pop_back();
        for (const auto& own : own_declarators(index)) result += ", " + own;
        result += ";";
      } else {
        result += gap + (member.fills_lines() && !result.empty() ? indent : "") + statement(index);
      }
      open = !inside;
    }
    edit(member.begin, member.end, result);
  }

  [[nodiscard]] std::vector<std::string> own_declarators(std::size_t index) const {
    const auto& piece = pieces_[index];
    const auto& own = declarators_.at(piece.member).own;
    const auto begin = own.begin() + static_cast<std::ptrdiff_t>(piece.first);
    return {begin, begin + static_cast<std::ptrdiff_t>(piece.slots.size())};
  }

  // Blank lines: a group of lines that goes away takes one of the blank lines around it along.

  void close_groups() {
    for (std::size_t i = 0; i < removed_.size();) {
      auto group = removed_[i];
      for (++i; i < removed_.size() && removed_[i].begin <= group.end; ++i) {
        group.end = std::max(group.end, removed_[i].end);
      }
      if (!inserted_within(group.begin, group.end)) close_group(group);
      edits_.push_back(group);
    }
  }

  [[nodiscard]] bool inserted_within(std::uint64_t begin, std::uint64_t end) const {
    return std::any_of(edits_.begin(), edits_.end(), [&](const TextEdit& e) {
      return !e.text.empty() && e.end >= begin && e.begin <= end;
    });
  }

  void close_group(TextEdit& group) const {
    const auto above = group.begin > body_.open ? line_begin(body_.text, group.begin - 1) : 0;
    const bool at_brace = above < body_.open;
    const bool blank_above = !at_brace && empty_line(text(above, group.begin));
    const auto below = line_end(body_.text, group.end);
    const bool at_end = below > body_.close;
    const bool blank_below = !at_end && empty_line(text(group.end, below));
    if (blank_above && (blank_below || at_end || ends_with_label(group.end, below))) {
      group.begin = above;
    } else if (blank_below && (at_brace || ends_with_label(above, group.begin))) {
      group.end = below;
    }
  }

  [[nodiscard]] bool ends_with_label(std::uint64_t begin, std::uint64_t end) const {
    return std::any_of(body_.members.begin(), body_.members.end(), [&](const MemberText& member) {
      return member.kind == MemberKind::Label && member.begin >= begin && member.end <= end;
    });
  }

  /// Edits that touch become one.
  [[nodiscard]] std::vector<TextEdit> merged() {
    std::multimap<std::uint64_t, TextEdit> by_begin;  // Equal ones keep the order they came in.
    for (auto& edit : edits_) by_begin.emplace(edit.begin, std::move(edit));
    std::vector<TextEdit> result;
    for (auto& [begin, next] : by_begin) {
      if (!result.empty() && begin <= result.back().end) {
        result.back().end = std::max(result.back().end, next.end);
        result.back().text += next.text;
      } else {
        result.push_back(std::move(next));
      }
    }
    return result;
  }

  const BodyText& body_;
  std::span<const Slot* const> slots_;
  std::span<const Piece> pieces_;
  std::span<const Place> places_;
  std::vector<std::string>& refusals_;
  std::string eol_;
  bool airy_ = false;
  std::vector<Pieces> staying_, before_, after_;  ///< By member.
  std::map<std::size_t, Declarators> declarators_;
  std::vector<TextEdit> edits_;
  std::vector<TextEdit> removed_;  ///< Whole lines that go away.
};

}  // namespace

std::vector<TextEdit> render_moves(const BodyText& body, std::span<const Slot* const> slots,
                                   std::span<const Piece> pieces, std::span<const Place> places,
                                   const std::string& file, std::vector<std::string>& refusals) {
  auto edits = Renderer(body, slots, pieces, places, refusals).run();
  if (!refusals.empty()) return {};
  for (auto& edit : edits) edit.file = file;
  return edits;
}

}  // namespace snug
