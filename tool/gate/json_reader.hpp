// JSON texts that came from outside, read with the place of every mistake.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace snug {

/// A value somewhere in a JSON text. Every accessor throws Error with the name of the text, the
/// path of the value ("records[3].size") and what it should have been. REQUIRES: the JSON value
/// outlives it.
class JsonValue {
 public:
  JsonValue(const nlohmann::json& json, std::string name) : json_(json), name_(std::move(name)) {}

  /// A key that has to be there.
  [[nodiscard]] JsonValue operator[](std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  [[nodiscard]] bool is_null() const { return json_.is_null(); }

  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] std::uint32_t small_count() const;  ///< Below 2^32.
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] bool truth() const;
  [[nodiscard]] std::vector<JsonValue> items() const;

  /// Throws Error: the path, then the message.
  [[noreturn]] void wrong(std::string_view message) const;

 private:
  JsonValue(const nlohmann::json& json, std::string name, std::string path)
      : json_(json), name_(std::move(name)), path_(std::move(path)) {}

  const nlohmann::json& json_;
  std::string name_;
  std::string path_;
};

/// The text as JSON. Throws Error with the name and the line of a mistake.
[[nodiscard]] nlohmann::json parse_json(std::string_view text, const std::string& name);

}  // namespace snug
