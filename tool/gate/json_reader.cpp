#include "gate/json_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.hpp"

namespace snug {

void JsonValue::wrong(std::string_view message) const {
  throw Error(fmt::format("{}: {}: {}", name_, path_.empty() ? "the whole text" : path_, message));
}

JsonValue JsonValue::operator[](std::string_view key) const {
  if (!json_.is_object()) wrong("has to be an object");
  const auto found = json_.find(key);
  if (found == json_.end()) wrong(fmt::format("lacks the key '{}'", key));
  const std::string path = path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  return {*found, name_, path};
}

bool JsonValue::has(std::string_view key) const {
  if (!json_.is_object()) wrong("has to be an object");
  return json_.contains(key);
}

std::string JsonValue::text() const {
  if (!json_.is_string()) wrong("has to be a string");
  return json_.get<std::string>();
}

std::uint64_t JsonValue::count() const {
  if (!json_.is_number_unsigned()) wrong("has to be a whole number that is not negative");
  return json_.get<std::uint64_t>();
}

std::uint32_t JsonValue::small_count() const {
  const std::uint64_t value = count();
  if (value > std::numeric_limits<std::uint32_t>::max()) wrong("is too large");
  return static_cast<std::uint32_t>(value);
}

std::int64_t JsonValue::integer() const {
  if (!json_.is_number_integer()) wrong("has to be a whole number");
  if (json_.is_number_unsigned() &&
      json_.get<std::uint64_t>() >
          static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    wrong("is too large");
  }
  return json_.get<std::int64_t>();
}

bool JsonValue::truth() const {
  if (!json_.is_boolean()) wrong("has to be true or false");
  return json_.get<bool>();
}

std::vector<JsonValue> JsonValue::items() const {
  if (!json_.is_array()) wrong("has to be a list");
  std::vector<JsonValue> values;
  values.reserve(json_.size());
  for (std::size_t i = 0; i < json_.size(); ++i) {
    values.push_back({json_[i], name_, fmt::format("{}[{}]", path_, i)});
  }
  return values;
}

nlohmann::json parse_json(std::string_view text, const std::string& name) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const std::size_t byte =
        std::min<std::size_t>(error.byte == 0 ? 0 : error.byte - 1, text.size());
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n') + 1;
    throw Error(fmt::format("{}:{}: this is no valid JSON{}", name, line,
                            byte == text.size() ? "; the text ends too early" : ""));
  } catch (const nlohmann::json::exception&) {
    throw Error(fmt::format("{}: this is no JSON that can be read (a number is too large)", name));
  }
}

}  // namespace snug
