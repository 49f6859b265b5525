// Which lines and comments belong to each member of a record.
#pragma once

#include "analysis/member_text.hpp"

namespace snug {

/// Fills in starts_line, ends_line, the slice and shared_comment of every member. REQUIRES: tokens,
/// comments and the extents of the members are set.
///
/// A comment above belongs to a member when it fills its lines and no blank line parts them; one
/// behind it on the same line, with the lines below that go on in the same column or begin with
/// `///<`, belongs to it as well. Region markers (NOLINTBEGIN, clang-format off, //@{ ...) belong
/// to nobody.
void find_lines(BodyText& body);

}  // namespace snug
