// Uses that no record can be excluded from.
#pragma once

#include <string_view>

namespace snug {

/// The record id of a use that concerns all records of the program: what it counts or shows does
/// not tell which objects it comes from.
inline constexpr std::string_view every_record = "*";

}  // namespace snug
