// Taking values out of messages that may hold anything.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/positions.hpp"
#include "report/formats/json_parts.hpp"

namespace snug::lsp {

/// The member of an object; null if it is not there, is null, or `json` is no object.
[[nodiscard]] const Json* member(const Json& json, std::string_view name);
/// The member of the member of ...; null likewise.
[[nodiscard]] const Json* member(const Json& json, std::initializer_list<std::string_view> names);

// The value of a member; nothing if it is not there or of another type.
[[nodiscard]] std::optional<std::string> text_in(const Json& json, std::string_view name);
[[nodiscard]] std::optional<std::int64_t> number_in(const Json& json, std::string_view name);
[[nodiscard]] std::optional<bool> truth_in(const Json& json, std::string_view name);
[[nodiscard]] std::optional<Position> position_in(const Json& json, std::string_view name);

/// True if the member that the names lead to is true.
[[nodiscard]] bool is_true(const Json& json, std::initializer_list<std::string_view> names);
/// True if the array that the names lead to holds the text.
[[nodiscard]] bool holds(const Json& json, std::initializer_list<std::string_view> names,
                         std::string_view text);

[[nodiscard]] Json json_of(Position position);
[[nodiscard]] Json range_json(Position start, Position end);

}  // namespace snug::lsp
