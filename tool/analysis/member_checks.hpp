// What makes the members of a record too uncertain to be moved.
#pragma once

#include <span>

#include "analysis/member_text.hpp"
#include "model/record.hpp"

namespace snug {

/// Adds a refusal for every slot without text of its own and for directives that may hide fields,
/// and pins the members that have to stay: behind a macro on lines of its own, beside a zero-width
/// bit-field. REQUIRES: tokens and members are set.
void check_members(BodyText& body, const Record& record, std::span<const Slot* const> slots);

}  // namespace snug
