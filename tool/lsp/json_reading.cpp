#include "lsp/json_reading.hpp"

#include <algorithm>
#include <limits>

namespace snug::lsp {

const Json* member(const Json& json, std::string_view name) {
  if (!json.is_object()) return nullptr;
  const auto found = json.find(std::string(name));
  return found == json.end() || found->is_null() ? nullptr : &*found;
}

const Json* member(const Json& json, std::initializer_list<std::string_view> names) {
  const Json* at = &json;
  for (const std::string_view name : names) {
    at = member(*at, name);
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::optional<std::string> text_in(const Json& json, std::string_view name) {
  const Json* value = member(json, name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

std::optional<std::int64_t> number_in(const Json& json, std::string_view name) {
  const Json* value = member(json, name);
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  if (value->is_number_unsigned()) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min(value->get<std::uint64_t>(), most));
  }
  return value->get<std::int64_t>();
}

std::optional<bool> truth_in(const Json& json, std::string_view name) {
  const Json* value = member(json, name);
  if (value == nullptr || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

std::optional<Position> position_in(const Json& json, std::string_view name) {
  const Json* value = member(json, name);
  if (value == nullptr) return std::nullopt;
  const auto line = number_in(*value, "line"), character = number_in(*value, "character");
  if (!line || !character || *line < 0 || *character < 0) return std::nullopt;
  return Position{static_cast<std::uint64_t>(*line), static_cast<std::uint64_t>(*character)};
}

bool is_true(const Json& json, std::initializer_list<std::string_view> names) {
  const Json* value = member(json, names);
  return value != nullptr && value->is_boolean() && value->get<bool>();
}

bool holds(const Json& json, std::initializer_list<std::string_view> names, std::string_view text) {
  const Json* list = member(json, names);
  return list != nullptr && list->is_array() &&
         std::any_of(list->begin(), list->end(), [&](const Json& entry) {
           return entry.is_string() && entry.get<std::string>() == text;
         });
}

Json json_of(Position position) {
  return {{"line", position.line}, {"character", position.character}};
}

Json range_json(Position start, Position end) {
  return {{"start", json_of(start)}, {"end", json_of(end)}};
}

}  // namespace snug::lsp
