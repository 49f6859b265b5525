#include "session/outputs.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/files.hpp"

namespace snug {

namespace fs = std::filesystem;

void keep_inputs(const Options& options, const Console& console,
                 const std::vector<std::string>& inputs) {
  const std::pair<std::string_view, std::string> outputs[] = {
      {"-o", options.output == "-" ? "" : options.output},
      {"--write-baseline", options.write_baseline},
      {"--export-replacements", options.export_replacements}};
  for (const auto& [option, name] : outputs) {
    if (name.empty()) continue;
    const std::string path = normal_path(name, console.current_folder);
    std::error_code error;
    if (!fs::is_regular_file(path, error)) continue;
    for (const std::string& input : inputs) {
      if (input != path && !fs::equivalent(input, path, error)) continue;
      throw Error(
          fmt::format("{} {}: this file is read by the run and is not overwritten; name "
                      "another one",
                      option, name));
    }
  }
}

}  // namespace snug
