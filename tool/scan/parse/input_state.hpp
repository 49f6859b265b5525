// What the files and folders that units read are like now.
//
// The front end finds a header by trying folder after folder, so that a new file in one of them may
// take the place of another. What it tried cannot be asked for; it follows from the names that the
// directives of a text spell and the folders that are searched: each name in each folder either is
// there or is not. That is one bit, and the bits of a unit have one digest.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/files.hpp"

namespace snug {

/// A name that is looked for in the folders of the flags; where it stands between quotes, first
/// beside the text.
struct SpelledName {
  std::string name;
  bool quoted = false;
};

/// Every name between quotes or angle brackets in directives that may look for a file (#include,
/// #if, #define ...). `sure`: false if a file may be looked for whose name cannot be told.
struct SpelledNames {
  std::vector<SpelledName> names;
  bool sure = true;
};
[[nodiscard]] SpelledNames spelled_names(std::string_view text);

/// A name, looked for in one folder.
struct Lookup {
  std::string folder;
  std::string name;
};

/// Answers are remembered: one object a run and round, as long as nothing is meant to change.
class InputState {
 public:
  /// REQUIRES: the files outlive it.
  explicit InputState(const Files& files) : files_(files) {}

  /// Digest of the text; nothing if it cannot be read.
  [[nodiscard]] std::optional<std::string> digest(const std::string& path);
  /// The path with links resolved; itself if there is no such file.
  [[nodiscard]] const std::string& real_path(const std::string& path);
  /// True if a directive of the text spells a name that ends the other path.
  [[nodiscard]] bool spells(const std::string& path, const std::string& included);
  /// Digest of which names of these texts are there in which folders, and which lookups are.
  [[nodiscard]] std::string presence(const std::vector<std::string>& paths,
                                     const std::vector<std::string>& folders,
                                     const std::vector<Lookup>& lookups);
  /// Folders that presence() looked into, those that are not there left out.
  [[nodiscard]] std::vector<std::string> folders_read() const;

 private:
  struct Text {
    std::optional<std::string> digest;
    std::vector<SpelledName> names;
  };
  using Names = std::unordered_set<std::string>;

  const Text& text(const std::string& path);
  const Names& listing(const std::string& folder);
  bool is_there(const std::string& folder, const std::string& name);
  std::string presence_of(const std::string& path, const std::vector<std::string>& folders);

  const Files& files_;
  std::unordered_map<std::string, Text> texts_;
  std::unordered_map<std::string, std::string> real_paths_;
  std::unordered_map<std::string, Names> listings_;
  std::map<std::vector<std::string>, std::unordered_map<std::string, std::string>> presences_;
};

}  // namespace snug
