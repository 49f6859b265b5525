#include "scan/command/unit_language.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include "scan/command/compile_database.hpp"

namespace snug {

std::string language_for(const std::string& file, const CommandFlags& flags) {
  static constexpr auto known = std::to_array<std::string_view>(
      {"c", "c++", "c-header", "c++-header", "cpp-output", "c++-cpp-output", "c++-module",
       "objective-c", "objective-c++", "objective-c-header", "objective-c++-header",
       "c++-user-header", "c++-system-header"});
  if (!flags.language.empty()) {
    const bool fine = std::find(known.begin(), known.end(), flags.language) != known.end();
    return fine ? flags.language : "";
  }
  static constexpr auto endings =
      std::to_array<std::pair<std::string_view, std::string_view>>({{".i", "cpp-output"},
                                                                    {".ii", "c++-cpp-output"},
                                                                    {".m", "objective-c"},
                                                                    {".mm", "objective-c++"},
                                                                    {".M", "objective-c++"},
                                                                    {".cppm", "c++-module"},
                                                                    {".ccm", "c++-module"},
                                                                    {".cxxm", "c++-module"},
                                                                    {".ixx", "c++-module"},
                                                                    {".mpp", "c++-module"},
                                                                    {".s", ""},
                                                                    {".S", ""},
                                                                    {".sx", ""},
                                                                    {".asm", ""},
                                                                    {".cu", ""},
                                                                    {".f", ""},
                                                                    {".F", ""},
                                                                    {".f90", ""},
                                                                    {".F90", ""},
                                                                    {".hip", ""},
                                                                    {".cl", ""},
                                                                    {".swift", ""},
                                                                    {".rs", ""},
                                                                    {".rc", ""},
                                                                    {".go", ""},
                                                                    {".d", ""},
                                                                    {".ads", ""},
                                                                    {".adb", ""}});
  const std::string extension = std::filesystem::path(file).extension().string();
  for (const auto& [ending, language] : endings) {
    if (extension == ending) return std::string(language);
  }
  switch (language_of(file)) {
    case Language::C:
      return flags.cxx ? "c++" : "c";
    case Language::Cxx:
      return "c++";
    case Language::Header: {
      const bool c = !flags.cxx && extension == ".h";
      return c ? "c-header" : "c++-header";
    }
    case Language::Other:
      return flags.cxx ? "c++" : "c";
  }
  return "";
}

}  // namespace snug
