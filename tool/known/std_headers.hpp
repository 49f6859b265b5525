// Headers that come with compilers and systems: of C, C++ and POSIX.
#pragma once

#include <span>
#include <string_view>

namespace snug {

/// Their names as directives spell them ("vector", "sys/types.h"), sorted. None of them changes
/// what another one of them says, whichever comes first.
[[nodiscard]] std::span<const std::string_view> standard_headers();

/// Where the name is in standard_headers(); its size() for another name. O(log n).
[[nodiscard]] std::size_t standard_header(std::string_view name);

/// True if the text defines a macro by which it chooses what standard headers declare
/// (_GNU_SOURCE, _FILE_OFFSET_BITS), under whatever condition. O(size).
[[nodiscard]] bool chooses_features(std::string_view text);

}  // namespace snug
