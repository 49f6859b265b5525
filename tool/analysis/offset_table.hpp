// Comments that tell the offset of each field.
#pragma once

#include "analysis/member_text.hpp"
#include "model/record.hpp"

namespace snug {

/// The comment of the last field that is followed by its own offset in bytes (`// 0x08`, `/* +8
/// */`,
/// `// 8..15`), if two fields are: then the numbers are a table of the layout. Else null.
/// O(slots + comments).
[[nodiscard]] const SourceToken* table_of_offsets(const BodyText& body, const Record& record);

}  // namespace snug
