#include "gate/configuration/toml_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/spelling.hpp"
#include "gate/configuration/configuration.hpp"
#include "gate/configuration/error_list.hpp"

namespace snug::configuration {

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += between;
    text += word;
  }
  return text;
}

SourceRange range_of(const toml::source_region& source, const std::string& file) {
  SourceRange range;
  range.file = file;
  range.line = source.begin.line;
  range.column = source.begin.column;
  range.end_line = source.end.line;
  range.end_column = source.end.column;
  return range;
}

std::string_view type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a point";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

void Table::read() const {
  ErrorList errors;
  for (const auto& entry : table_) {
    errors.attempt([&] { read_entry(entry.first, entry.second); });
  }
  errors.raise();
}

void Table::read_entry(const toml::key& key, const toml::node& value) const {
  const auto known = std::find(names_.begin(), names_.end(), key.str());
  const SourceRange where = range_of(key.source(), file_);
  if (known == names_.end()) {
    throw Error(fmt::format("{}: there is no key '{}' in {}{} (its keys are {})", place_text(where),
                            key.str(), name_, did_you_mean(key.str(), names_),
                            joined(names_, ", ")));
  }
  takes_[static_cast<std::size_t>(known - names_.begin())](value, where);
}

void Values::wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
  throw Error(fmt::format("{}: '{}' has to be {}, not {}",
                          place_text(range_of(node.source(), file_)), key, wanted,
                          type_name(node)));
}

const toml::table& Values::table(const toml::node& node, std::string_view key) const {
  if (!node.is_table()) wrong(node, key, "a table");
  return *node.as_table();
}

std::string Values::string(const toml::node& node, std::string_view key) const {
  const auto* text = node.as_string();
  if (text == nullptr) wrong(node, key, "a string");
  if (text->get().empty() || text->get().find('\0') != std::string::npos) {
    throw Error(fmt::format("{}: '{}' cannot be empty or hold a NUL",
                            place_text(range_of(node.source(), file_)), key));
  }
  return text->get();
}

std::vector<std::string> Values::strings(const toml::node& node, std::string_view key) const {
  if (node.is_string()) return {string(node, key)};
  if (!node.is_array()) wrong(node, key, "a list of strings");
  std::vector<std::string> values;
  for (const toml::node& item : *node.as_array()) {
    values.push_back(string(item, fmt::format("each item of {}", key)));
  }
  return values;
}

std::uint64_t Values::number(const toml::node& node, std::string_view key) const {
  const auto* value = node.as_integer();
  if (value == nullptr) wrong(node, key, "a whole number");
  if (value->get() < 0) {
    throw Error(fmt::format("{}: '{}' cannot be negative",
                            place_text(range_of(node.source(), file_)), key));
  }
  return static_cast<std::uint64_t>(value->get());
}

std::string Values::word(const toml::node& node, std::string_view key,
                         const std::vector<std::string>& words) const {
  std::string value = string(node, key);
  if (std::find(words.begin(), words.end(), value) != words.end()) return value;
  throw Error(fmt::format("{}: '{}' cannot be '{}': it is one of {}{}",
                          place_text(range_of(node.source(), file_)), key, value,
                          joined(words, ", "), did_you_mean(value, words)));
}

bool Values::truth(const toml::node& node, std::string_view key) const {
  const auto* on = node.as_boolean();
  if (on == nullptr) wrong(node, key, "true or false");
  return on->get();
}

}  // namespace snug::configuration
