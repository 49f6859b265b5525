#include "analysis/reorder/sections.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "analysis/orders/order_comments.hpp"

namespace snug {
namespace {

/// Bytes [begin, end) of the heading. Two sections are the same if they begin alike.
struct Section {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  bool attached = false;  ///< Stands right above its first field.
};

class SectionFinder {
 public:
  explicit SectionFinder(const BodyText& body) : body_(body) {}

  /// By member.
  std::vector<std::optional<Section>> run() {
    std::uint64_t from = body_.open;
    for (const MemberText& member : body_.members) {
      const bool first = from == body_.open;
      const std::uint64_t begin = start_of(member);
      if (current_ && current_->attached && !first && has_blank_line(from, begin)) current_.reset();
      read_comments(from, begin);
      if (member.heading_end > member.heading_begin) {
        current_ = Section{member.heading_begin, member.heading_end, true};
      }
      if (member.kind == MemberKind::Label) current_.reset();
      if (member.kind == MemberKind::Directive) read_directive(member);
      found_.push_back(current_);
      from = member.ends_line ? member.tail_end : member.end;
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] static std::uint64_t start_of(const MemberText& member) {
    if (member.heading_end > member.heading_begin) return member.heading_begin;
    return member.starts_line ? member.lead_begin : member.begin;
  }

  [[nodiscard]] bool has_blank_line(std::uint64_t begin, std::uint64_t end) const {
    while (begin < end) {
      const std::uint64_t next = line_end(body_.text, begin);
      const auto line = body_.text.substr(begin, next - begin);
      if (next <= end && line.find_first_not_of(" \t\r\n") == std::string_view::npos) return true;
      begin = next;
    }
    return false;
  }

  /// Comments that belong to no member.
  void read_comments(std::uint64_t begin, std::uint64_t end) {
    for (const SourceToken& comment : body_.comments) {
      if (comment.begin < begin || comment.end > end) continue;
      const auto text = body_.spelling(comment);
      const auto has = [&](std::string_view word) {
        return text.find(word) != std::string_view::npos;
      };
      if (has("NOLINT") || has("clang-format") || has("snug:")) continue;
      if (has("@}") || has("\\}")) {
        current_.reset();
        continue;
      }
      // Line comments below one another are one heading.
      const bool goes_on =
          current_ && !current_->attached &&
          line_end(body_.text, current_->end - 1) == line_begin(body_.text, comment.begin);
      if (goes_on) {
        current_->end = comment.end;
      } else {
        current_ = Section{comment.begin, comment.end, false};
      }
    }
  }

  void read_directive(const MemberText& member) {
    const auto text = body_.text.substr(member.begin, member.end - member.begin);
    if (text.find("endregion") != std::string_view::npos) {
      current_.reset();
    } else if (text.find("region") != std::string_view::npos ||
               text.find("pragma mark") != std::string_view::npos) {
      current_ = Section{member.begin, member.end, false};
    }
  }

  const BodyText& body_;
  std::optional<Section> current_;
  std::vector<std::optional<Section>> found_;
};

/// True if the piece is the first field below a heading that stands right above it.
bool is_below_heading(const BodyText& body, const Piece& piece) {
  const MemberText& member = body.members[piece.member];
  return piece.first == 0 && member.heading_end > member.heading_begin;
}

/// True for a heading that can be of no single field: it ends in a colon or is set off by a rule.
bool is_title(const BodyText& body, const Section& section) {
  auto block = body.text.substr(section.begin, section.end - section.begin);
  for (const std::string_view rule : {"----", "====", "****", "////"}) {
    if (block.find(rule) != std::string_view::npos) return true;
  }
  const auto last = block.find_last_not_of(" \t\r\n*/");
  return last != std::string_view::npos && block[last] == ':';
}

}  // namespace

std::vector<std::string> parted_sections(const BodyText& body, std::span<const Piece> pieces,
                                         std::span<const Place> places,
                                         std::span<const Slot* const> slots,
                                         std::string_view file) {
  const auto sections = SectionFinder(body).run();
  const std::string_view name = file.substr(file.rfind('/') + 1);
  std::vector<std::pair<std::uint64_t, std::string>> found;  // once for each heading
  const auto tell = [&](const std::optional<Section>& section, const Piece& piece,
                        std::string_view what) {
    if (!section || std::any_of(found.begin(), found.end(),
                                [&](const auto& known) { return known.first == section->begin; })) {
      return;
    }
    const auto line =
        1 + std::count(body.text.begin(),
                       body.text.begin() + static_cast<std::ptrdiff_t>(section->end - 1), '\n');
    const auto heading = body.text.substr(section->begin, section->end - section->begin);
    found.emplace_back(section->begin, fmt::format("{}:{}: {} heads a group of fields; '{}' {} it",
                                                   name, line, quoted_comment(heading),
                                                   slots[piece.slots.front()]->name, what));
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (places[i].where == Place::Where::Stays) continue;
    const auto& from = sections[pieces[i].member];
    const auto& to = sections[places[i].member];
    const bool same = from.has_value() == to.has_value() && (!from || from->begin == to->begin);
    if (same && from && is_below_heading(body, pieces[i]) && !is_title(body, *from)) {
      tell(from, pieces[i], "moves away below");
    }
    if (same) continue;
    tell(from, pieces[i], "leaves");
    tell(to, pieces[i], "joins");
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> sentences;
  for (auto& [begin, sentence] : found) sentences.push_back(std::move(sentence));
  return sentences;
}

}  // namespace snug
