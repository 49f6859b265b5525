// A declaration of fields cut into what its fields share and what each has of its own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/member_text.hpp"
#include "model/record.hpp"

namespace snug {

/// `const char *p = x, a[3];` is shared "const char", declarators "*p = x" and "a[3]".
struct Declarators {
  std::string shared;            ///< Attributes, storage, cv and type, as written.
  std::vector<std::string> own;  ///< One a slot of the member, in source order.
  std::string refusal;           ///< Not empty: it cannot be split with certainty.
};

/// Splits a member of kind Field that declares two or more named fields.
[[nodiscard]] Declarators split_declarators(const BodyText& body, const MemberText& member,
                                            std::span<const Slot* const> slots);

}  // namespace snug
