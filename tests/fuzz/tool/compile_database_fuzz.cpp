// Any bytes as compile_commands.json: commands with absolute paths, or refused.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "scan/command/compile_database.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const auto database = snug::read_database(text, "/p/compile_commands.json");
    if (database.commands.empty()) std::abort();
    for (const snug::CompileCommand& command : database.commands) {
      if (!command.file.starts_with('/')) std::abort();
      if (!command.broken.empty()) continue;  // an entry that costs itself alone
      if (!command.directory.starts_with('/')) std::abort();
      if (command.arguments.empty()) std::abort();
    }
  } catch (const snug::Error& error) {
    if (std::string_view(error.what()).find("/p/compile_commands.json") == std::string::npos) {
      std::abort();
    }
  }
  return 0;
}
