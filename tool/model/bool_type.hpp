// bool among the enumerations: it has two values.
#pragma once

#include <string_view>

namespace snug {

/// Slot::enumeration of a field of type bool or _Bool, also through aliases and as the element of
/// an array. No Enumeration has this id.
inline constexpr std::string_view bool_enumeration = "bool";

}  // namespace snug
