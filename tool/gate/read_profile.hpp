// The profile that a program with snug::tracked_ptr writes: snug-profile/1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/access_profile.hpp"

namespace snug {

struct ProfiledField {
  std::string name;
  Accesses counted;
};

/// A type as the program's compiler printed its name.
struct ProfiledType {
  std::string name;
  std::vector<ProfiledField> fields;
};

/// Reads a profile. Throws Error with the name of the text and the place of a mistake: no JSON,
/// another schema, a key that is missing or of another type, a type or a field that is named twice.
[[nodiscard]] std::vector<ProfiledType> read_profile(std::string_view text,
                                                     const std::string& name);

/// The profile in a file, which messages call `name`. Throws Error as read_profile does, also if
/// the file cannot be read or has more than 64 MiB.
[[nodiscard]] std::vector<ProfiledType> read_profile_file(const std::string& path,
                                                          const std::string& name);

}  // namespace snug
