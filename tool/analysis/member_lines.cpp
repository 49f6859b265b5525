#include "analysis/member_lines.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace snug {
namespace {

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v\\") == std::string_view::npos;
}

std::size_t line_breaks(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

class LineFinder {
 public:
  explicit LineFinder(BodyText& body) : body_(body) {}

  void run() {
    for (auto& member : body_.members) find_extent(member);
    for (auto& member : body_.members) find_slice(member);
    for (auto& member : body_.members) member.shared_comment = shares_comment(member);
  }

 private:
  [[nodiscard]] std::string_view between(std::uint64_t begin, std::uint64_t end) const {
    return begin < end ? body_.text.substr(begin, end - begin) : std::string_view();
  }

  /// End of the last token before the member, and start of the first one behind it.
  [[nodiscard]] std::uint64_t token_before(const MemberText& member) const {
    return member.first_token == 0 ? body_.open : body_.tokens[member.first_token - 1].end;
  }
  [[nodiscard]] std::uint64_t token_after(const MemberText& member) const {
    return member.last_token == body_.tokens.size() ? body_.close
                                                    : body_.tokens[member.last_token].begin;
  }

  void find_extent(MemberText& member) const {
    const auto first = line_begin(body_.text, member.begin);
    member.starts_line = token_before(member) <= first && !comment_across(first, member.begin);
    const auto after = token_after(member);
    member.ends_line = line_end(body_.text, trailing_end(member)) <= after;
    member.slice_begin = member.begin;
    member.slice_end = member.end;
  }

  /// A comment that begins on an earlier line and ends on the member's own.
  [[nodiscard]] bool comment_across(std::uint64_t line, std::uint64_t begin) const {
    return std::any_of(body_.comments.begin(), body_.comments.end(), [&](const SourceToken& c) {
      return c.begin < line && c.end > line && c.end <= begin;
    });
  }

  /// End of the comments behind the member that begin on its last line.
  [[nodiscard]] std::uint64_t trailing_end(const MemberText& member) const {
    auto end = member.end;
    for (const auto& comment : body_.comments) {
      if (comment.begin < end || comment.begin >= token_after(member)) continue;
      if (!blank(between(end, comment.begin)) || line_breaks(between(end, comment.begin)) > 0)
        break;
      end = comment.end;
    }
    return end;
  }

  void find_slice(MemberText& member) const {
    if (member.starts_line) {
      member.lead_begin = leading_begin(member);
      const auto own = line_begin(body_.text, member.begin);
      if (member.lead_begin < own && heads_group(member)) {
        member.heading_begin = member.lead_begin;
        member.heading_end = own;
        member.lead_begin = own;
      }
    }
    if (member.ends_line) member.tail_end = line_end(body_.text, continued_end(member));
    if (!member.fills_lines()) return;
    member.slice_begin = member.lead_begin;
    member.slice_end = member.tail_end;
  }

  [[nodiscard]] std::optional<std::uint64_t> trailing_column(const MemberText& member) const {
    for (const auto& comment : body_.comments) {
      if (comment.begin < member.end) continue;
      const auto gap = between(member.end, comment.begin);
      if (!blank(gap) || line_breaks(gap) > 0) return std::nullopt;
      return comment.begin - line_begin(body_.text, comment.begin);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool points_back(const SourceToken& comment) const {
    const auto text = body_.spelling(comment);
    return text.starts_with("///<") || text.starts_with("//!<") || text.starts_with("/**<") ||
           text.starts_with("/*!<");
  }

  /// The comment lines below that go on with what stands behind the member.
  [[nodiscard]] std::uint64_t continued_end(const MemberText& member) const {
    auto end = trailing_end(member);
    const auto column = trailing_column(member);
    for (const auto& comment : body_.comments) {
      if (comment.begin < end) continue;
      const auto gap = between(end, comment.begin);
      if (!blank(gap) || line_breaks(gap) != 1 || !fills_lines(comment)) break;
      const auto own = comment.begin - line_begin(body_.text, comment.begin);
      const bool goes_on = column && own == *column && own > indent_of(member) &&
                           comment.kind == TokenKind::LineComment;
      if (!goes_on && !points_back(comment)) break;
      end = comment.end;
    }
    return end;
  }

  [[nodiscard]] std::uint64_t indent_of(const MemberText& member) const {
    return member.begin - line_begin(body_.text, member.begin);
  }

  [[nodiscard]] bool fills_lines(const SourceToken& comment) const {
    return blank(between(line_begin(body_.text, comment.begin), comment.begin)) &&
           blank(between(comment.end, line_end(body_.text, comment.end)));
  }

  [[nodiscard]] bool is_marker(const SourceToken& comment) const {
    static constexpr std::array<std::string_view, 7> kMarkers{
        "NOLINTBEGIN", "NOLINTEND", "clang-format o", "@{", "@}", "\\{", "\\}"};
    const auto text = body_.spelling(comment);
    return std::any_of(kMarkers.begin(), kMarkers.end(), [&](std::string_view marker) {
      return text.find(marker) != std::string_view::npos;
    });
  }

  /// Start of the line on which the comment block above the member begins.
  [[nodiscard]] std::uint64_t leading_begin(const MemberText& member) const {
    auto begin = line_begin(body_.text, member.begin);
    const auto floor = previous_end(member);
    for (auto at = body_.comments.rbegin(); at != body_.comments.rend(); ++at) {
      if (at->begin >= begin) continue;
      const auto gap = between(at->end, begin);
      const bool above = at->begin >= floor && blank(gap) && line_breaks(gap) == 1;
      if (!above || !fills_lines(*at) || points_back(*at) || is_marker(*at)) break;
      begin = line_begin(body_.text, at->begin);
    }
    return begin;
  }

  /// True if the comment block above the member speaks of several: it ends in a colon, is set off
  /// by a rule, or stands behind a blank line and further fields follow without a word of their
  /// own.
  [[nodiscard]] bool heads_group(const MemberText& member) const {
    if (member.slots.empty()) return false;
    const auto own = line_begin(body_.text, member.begin);
    auto block = between(member.lead_begin, own);
    if (block.find("----") != std::string_view::npos ||
        block.find("====") != std::string_view::npos ||
        block.find("****") != std::string_view::npos ||
        block.find("////") != std::string_view::npos) {
      return true;
    }
    while (!block.empty() &&
           std::string_view(" \t\r\n*/").find(block.back()) != std::string_view::npos) {
      block.remove_suffix(1);
    }
    if (block.ends_with(':')) return true;
    block.remove_prefix(std::min(block.find_first_not_of(" \t"), block.size()));
    const bool documents = block.starts_with("///") || block.starts_with("//!") ||
                           block.starts_with("/**") || block.starts_with("/*!");
    return !documents && stands_apart(member) && goes_on_below(member);
  }

  /// Nothing, or a blank line, a label or a directive, stands above the comments of the member.
  [[nodiscard]] bool stands_apart(const MemberText& member) const {
    const auto index = static_cast<std::size_t>(&member - body_.members.data());
    if (index == 0) return true;
    const auto& before = body_.members[index - 1];
    if (before.kind == MemberKind::Label || before.kind == MemberKind::Directive) return true;
    return previous_end(member) < member.lead_begin;
  }

  /// The next member is a field on the next line, without a comment above it.
  [[nodiscard]] bool goes_on_below(const MemberText& member) const {
    const auto index = static_cast<std::size_t>(&member - body_.members.data()) + 1;
    if (index >= body_.members.size() || !member.ends_line) return false;
    const auto& next = body_.members[index];
    return next.kind == MemberKind::Field && next.starts_line &&
           line_begin(body_.text, next.begin) == line_end(body_.text, continued_end(member));
  }

  /// Where the member before ends, with the comments that belong to it.
  [[nodiscard]] std::uint64_t previous_end(const MemberText& member) const {
    const auto index = static_cast<std::size_t>(&member - body_.members.data());
    if (index == 0) return line_end_of_brace();
    const auto& before = body_.members[index - 1];
    return before.ends_line ? line_end(body_.text, continued_end(before)) : before.end;
  }

  [[nodiscard]] std::uint64_t line_end_of_brace() const {
    const auto end = line_end(body_.text, body_.open);
    return blank(between(body_.open, end)) ? body_.open : end;
  }

  [[nodiscard]] bool shares_comment(const MemberText& member) const {
    if (member.fills_lines()) return false;
    const auto begin = line_begin(body_.text, member.begin);
    const auto end = line_end(body_.text, member.end);
    return std::any_of(body_.comments.begin(), body_.comments.end(), [&](const SourceToken& c) {
      const bool inside = c.begin >= member.begin && c.end <= member.end;
      return !inside && c.end > begin && c.begin < end;
    });
  }

  BodyText& body_;
};

}  // namespace

void find_lines(BodyText& body) {
  LineFinder(body).run();
}

}  // namespace snug
