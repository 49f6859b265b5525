#include "analysis/offset_table.hpp"

#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace snug {
namespace {

/// The number that a comment begins with (behind marks such as `+` and `@`): `// 0x08`, `/* +8 */`,
/// `// 8..15`.
std::optional<std::uint64_t> leading_number(std::string_view comment) {
  const std::size_t at = comment.find_first_not_of("/*!< \t+@([#:");
  if (at == std::string_view::npos) return std::nullopt;
  const bool hexadecimal = comment.substr(at, 2) == "0x" || comment.substr(at, 2) == "0X";
  comment.remove_prefix(hexadecimal ? at + 2 : at);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(comment.data(), comment.data() + comment.size(), number,
                                            hexadecimal ? 16 : 10);
  if (error != std::errc{}) return std::nullopt;
  const bool whole =
      end == comment.data() + comment.size() || std::isalnum(static_cast<unsigned char>(*end)) == 0;
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

const SourceToken* table_of_offsets(const BodyText& body, const Record& record) {
  const SourceToken* last = nullptr;
  std::size_t rows = 0;
  std::size_t behind_start = 0;
  auto next = record.slots.begin();
  const Slot* field = nullptr;  // the last one in front of the comment
  for (const SourceToken& comment : body.comments) {
    for (; next != record.slots.end(); ++next) {
      if (next->kind != SlotKind::Field || next->name.empty()) continue;
      if (next->where.begin >= comment.begin) break;
      field = &*next;
    }
    const auto number = leading_number(body.spelling(comment));
    if (!number || field == nullptr || field->extent.offset_bits != *number * 8 ||
        field->where.begin < line_begin(body.text, comment.begin)) {
      continue;
    }
    ++rows;
    behind_start += *number > 0 ? 1 : 0;
    last = &comment;
  }
  return rows > 1 && behind_start > 0 ? last : nullptr;
}

}  // namespace snug
