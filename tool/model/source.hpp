// Where something stands in the source text.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace snug {

/// A half-open range of one file. Lines and columns count from 1, columns in bytes; `begin` and
/// `end` are byte offsets into the file as it was read. A range without a file means "no place
/// known".
struct SourceRange {
  std::string file;  ///< Absolute, lexically normal path; reports make it relative to the root.
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  [[nodiscard]] bool known() const { return !file.empty(); }
  auto operator<=>(const SourceRange&) const = default;
};

}  // namespace snug
