// One file of source text, scanned as a unit: for tests of what is read from code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "scan/parse/scan.hpp"
#include "support/temp_folder.hpp"

namespace snug::test {

/// A unit named "u.cpp" (or `name`) in a folder of its own; `headers` are written beside it.
class TextUnit {
 public:
  explicit TextUnit(std::string_view text, std::vector<std::string> flags = {"-std=c++20"},
                    const std::string& name = "u.cpp")
      : flags_(std::move(flags)), file_(folder_.write(name, text)) {
    options.root = folder_.path();
  }

  void header(const std::string& name, std::string_view text) const { folder_.write(name, text); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.path(name); }
  [[nodiscard]] const std::string& file() const { return file_; }

  [[nodiscard]] Model scan() const {
    CompileCommand command;
    command.file = file_;
    command.directory = folder_.path();
    command.arguments = {file_.ends_with(".c") ? "clang" : "clang++"};
    command.arguments.insert(command.arguments.end(), flags_.begin(), flags_.end());
    command.arguments.push_back(file_);
    return scan_unit(command, options);
  }

  ScanOptions options;

 private:
  TempFolder folder_;
  std::vector<std::string> flags_;
  std::string file_;
};

/// The record of that name, or null.
[[nodiscard]] inline const Record* record_named(const Model& model, std::string_view name) {
  for (const Record& record : model.records) {
    if (record.name == name) {
      return &record;
    }
  }
  return nullptr;
}

/// The slot of that name, or null; members of anonymous structs and unions are found, too.
[[nodiscard]] inline const Slot* slot_named(const std::vector<Slot>& slots, std::string_view name) {
  for (const Slot& slot : slots) {
    if (slot.name == name) {
      return &slot;
    }
    if (const Slot* inner = slot_named(slot.members, name)) {
      return inner;
    }
  }
  return nullptr;
}

}  // namespace snug::test
