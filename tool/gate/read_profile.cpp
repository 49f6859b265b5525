#include "gate/read_profile.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>
#include <system_error>

#include "base/error.hpp"
#include "base/files.hpp"
#include "gate/json_reader.hpp"

namespace snug {

namespace {

constexpr std::string_view profile_schema = "snug-profile/1";
constexpr std::uintmax_t largest = std::uintmax_t{64} << 20U;  // bytes

/// A name that is neither empty nor among those seen; `what` is "type" or "field".
std::string new_name(const JsonValue& json, std::string_view what, std::set<std::string>& seen) {
  const JsonValue value = json["name"];
  std::string name = value.text();
  if (name.empty()) value.wrong(fmt::format("is empty, but a {} has a name", what));
  if (!seen.insert(name).second) {
    value.wrong(fmt::format("names the {} '{}' a second time", what, name));
  }
  return name;
}

}  // namespace

std::vector<ProfiledType> read_profile(std::string_view text, const std::string& name) {
  const nlohmann::json json = parse_json(text, name);
  const JsonValue root(json, name);
  if (const std::string found = root["schema"].text(); found != profile_schema) {
    root["schema"].wrong(
        fmt::format("is '{}', but this program reads '{}', as snug::write_access_profile writes it",
                    found, profile_schema));
  }
  std::vector<ProfiledType> types;
  std::set<std::string> type_names;
  for (const JsonValue& item : root["types"].items()) {
    ProfiledType type;
    type.name = new_name(item, "type", type_names);
    std::set<std::string> field_names;
    for (const JsonValue& one : item["fields"].items()) {
      ProfiledField field;
      field.name = new_name(one, "field", field_names);
      field.counted = {one["reads"].count(), one["writes"].count()};
      type.fields.push_back(std::move(field));
    }
    types.push_back(std::move(type));
  }
  return types;
}

std::vector<ProfiledType> read_profile_file(const std::string& path, const std::string& name) {
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (!unknown && size > largest) {
    throw Error(fmt::format("{}: this file has {} MiB, but a profile has at most {}", name,
                            size >> 20U, largest >> 20U));
  }
  return read_profile(read_file(path), name);
}

}  // namespace snug
