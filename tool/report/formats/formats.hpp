// The formats of a report, as one table: a new one is a writer and a row.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "report/report.hpp"

namespace snug {

enum class Format : std::uint8_t {
  Text,
  Concise,
  Json,
  Sarif,
  Github,
  Gitlab,
  Junit,
  Checkstyle,
  Rdjson,
  Markdown,
  Html
};

struct FormatSpec {
  std::string_view name;     ///< As in --format NAME.
  std::string_view summary;  ///< What it is for, to stand in parentheses behind the name.
  void (*write)(const Report& report, const TextStyle& style, std::ostream& out);
  Format format;
  bool commands = false;  ///< Its lines are workflow commands of GitHub Actions.
  bool drawings = false;  ///< It shows Report::better.
};

/// All formats, in the order in which help lists them.
[[nodiscard]] std::span<const FormatSpec> report_formats();

/// The row of a format.
[[nodiscard]] const FormatSpec& format_spec(Format format);

}  // namespace snug
