#include "support/program.hpp"

#include <stdlib.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/files.hpp"

namespace snug::test {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  std::string pattern = (fs::temp_directory_path() / "snug-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw std::runtime_error("no scratch folder: " + pattern);
  }
  folder_ = fs::canonical(pattern);
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  fs::remove_all(folder_, error);
}

std::string ScratchFolder::path(std::string_view name) const {
  return name.empty() ? folder_.string() : (folder_ / name).string();
}

std::string ScratchFolder::write(std::string_view name, std::string_view text) const {
  const fs::path file = folder_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

std::string ScratchFolder::read(std::string_view name) const {
  return read_file(path(name));
}

void ScratchFolder::write_database(const std::vector<std::string>& files,
                                   const std::vector<std::string>& flags) const {
  nlohmann::json database = nlohmann::json::array();
  for (const std::string& file : files) {
    nlohmann::json arguments = {"c++"};
    for (const std::string& flag : flags) {
      arguments.push_back(flag);
    }
    arguments.push_back("-c");
    arguments.push_back(file);
    database.push_back({{"directory", path()}, {"file", file}, {"arguments", arguments}});
  }
  write("compile_commands.json", database.dump(1));
}

}  // namespace snug::test
