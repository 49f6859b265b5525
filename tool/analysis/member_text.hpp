// The members of a record as they stand in the source text: where each declaration begins and ends,
// which comments belong to it and which lines it fills.
//
// This reads the text, not the syntax tree, because an edit has to know every byte: a declaration
// that a macro or an #if makes has no text of its own and is reported as such.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.hpp"
#include "model/record.hpp"

namespace snug {

enum class MemberKind : std::uint8_t {
  Field,     ///< Declares one or more of the slots.
  Label,     ///< public:, private:, signals: ...
  Wall,      ///< An unnamed bit-field that is no slot (`int : 0;`).
  Name,      ///< A nested type, alias or constant that fields may name.
  Function,  ///< A function for certain.
  Directive,
  Other,
};

/// One declaration (or label) at the top level of the record's braces.
struct MemberText {
  MemberKind kind = MemberKind::Other;
  Access access = Access::Public;  ///< That applies to it; of a label: from there on.
  bool starts_line = false;     ///< Nothing but white space and its own comments stands before it.
  bool ends_line = false;       ///< Nothing but comments stands behind it on its last line.
  bool shared_comment = false;  ///< Shares a line with another member and with a comment.
  std::uint64_t begin = 0;      ///< First token.
  std::uint64_t end = 0;        ///< Behind the `;`, the `}` or the `:`.
  /// What moves with it. Where it fills its lines: from the start of the first line of its leading
  /// comment to behind the line break after its trailing comment; else [begin, end).
  std::uint64_t slice_begin = 0;
  std::uint64_t slice_end = 0;
  std::uint64_t lead_begin = 0;  ///< Where it starts its line: of its leading comment's first line.
  /// The comment above it that heads a group of fields and stays where it is; empty if there is
  /// none.
  std::uint64_t heading_begin = 0;
  std::uint64_t heading_end = 0;
  std::uint64_t tail_end = 0;   ///< Where it ends its line: behind the break after its comments.
  std::size_t first_token = 0;  ///< Into BodyText::tokens, [first, last).
  std::size_t last_token = 0;
  std::vector<std::uint32_t> slots;     ///< Indices of the slots that it declares, in source order.
  std::vector<std::string_view> names;  ///< That it declares, for kind Name.
  std::string pinned;                   ///< Why it cannot be moved; empty if it can.

  [[nodiscard]] bool fills_lines() const { return starts_line && ends_line; }
};

/// What stands between the braces of one record.
struct BodyText {
  std::string_view text;    ///< The whole file.
  std::uint64_t open = 0;   ///< Behind the opening brace.
  std::uint64_t close = 0;  ///< The closing brace.
  Access initial_access = Access::Public;
  std::vector<SourceToken> tokens;  ///< Between the braces, without comments.
  std::vector<SourceToken> comments;
  std::vector<MemberText> members;
  std::uint64_t conditional_at =
      0;  ///< Of the first member under #if that may be a field; 0: none.
  std::vector<std::string> refusals;  ///< Not empty: the members cannot be told with certainty.

  [[nodiscard]] std::string_view spelling(const SourceToken& token) const {
    return text.substr(token.begin, token.end - token.begin);
  }
};

/// Reads the members of a record. `slots` are its movable slots in the order of declaration.
[[nodiscard]] BodyText read_members(std::string_view text, const Record& record,
                                    std::span<const Slot* const> slots);

/// Index behind the bracket that closes the one at tokens[at] ( ( [ { ), or tokens.size().
[[nodiscard]] std::size_t skip_brackets(const BodyText& body, std::size_t at);
/// Index behind the `>` that closes the `<` at tokens[at], or `at` if none does before a `;`.
[[nodiscard]] std::size_t skip_angles(const BodyText& body, std::size_t at);
/// Index behind the attributes and alignas specifiers that begin at tokens[at].
[[nodiscard]] std::size_t skip_attributes(const BodyText& body, std::size_t at);

}  // namespace snug
