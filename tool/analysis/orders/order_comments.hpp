// Comments of a record that speak of the order of its fields: what a person knows and no compiler.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/member_text.hpp"

namespace snug {

/// One sentence "FILE:LINE: the comment says "..."" for each comment above the record or among its
/// members that speaks of the order, in text order. Comments inside functions and nested types
/// belong to those and are not read.
[[nodiscard]] std::vector<std::string> comments_on_order(const BodyText& body, const Record& record,
                                                         std::string_view file);

/// A comment on one line, at most 72 bytes, without its marks, in quotation marks.
[[nodiscard]] std::string quoted_comment(std::string_view comment);

}  // namespace snug
