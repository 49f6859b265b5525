// CMake writes one cmake_install.cmake a folder; all kinds of install() rules (FILES, DIRECTORY,
// TARGETS with FILE_SET or PUBLIC_HEADER) end as commands of one form in it:
//
//   file(INSTALL DESTINATION "${CMAKE_INSTALL_PREFIX}/include" TYPE FILE FILES "/p/a.h" "/p/b.h")
//   file(INSTALL DESTINATION "..." TYPE DIRECTORY FILES "/p/include/" FILES_MATCHING REGEX "...")
//
// 1. The text is cut into words: quoted arguments (with their escapes), bare words and brackets;
//    comments are left out.
// 2. Of each file(INSTALL the quoted arguments behind FILES are taken, up to the next bare word.
// 3. include(...) of other such scripts is followed, each once, below the build folder.
#include "gate/installed_headers.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

namespace snug {
namespace {

struct ScriptWord {
  std::string text;
  bool quoted = false;
};

bool ends_word(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')' || c == '"' ||
         c == '#';
}

/// A quoted argument from behind its first quote; `at` is left behind the last one.
std::string quoted_text(std::string_view text, std::size_t& at) {
  std::string result;
  while (at < text.size() && text[at] != '"') {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    result += text[at++];
  }
  if (at < text.size()) ++at;
  return result;
}

std::vector<ScriptWord> words_of(std::string_view text) {
  std::vector<ScriptWord> words;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '"') {
      words.push_back({quoted_text(text, ++at), true});
    } else if (c == '(' || c == ')') {
      words.push_back({std::string(1, c), false});
      ++at;
    } else if (ends_word(c)) {
      ++at;
    } else {
      const std::size_t begin = at;
      while (at < text.size() && !ends_word(text[at])) ++at;
      words.push_back({std::string(text.substr(begin, at - begin)), false});
    }
  }
  return words;
}

std::string normal(const std::string& path) {
  std::string result = std::filesystem::path(path).lexically_normal().string();
  while (result.size() > 1 && result.back() == '/') result.pop_back();
  return result;
}

/// A path that is known as it stands: absolute, without a variable.
bool is_plain_path(const std::string& text) {
  return text.starts_with('/') && text.find('$') == std::string::npos;
}

class ScriptReader {
 public:
  explicit ScriptReader(std::string_view text) : words_(words_of(text)) {}

  InstallScript read() {
    for (std::size_t i = 0; i + 2 < words_.size(); ++i) {
      if (words_[i].quoted || words_[i + 1].text != "(") continue;
      if (words_[i].text == "include" && words_[i + 2].quoted) {
        if (is_plain_path(words_[i + 2].text)) script_.includes.insert(normal(words_[i + 2].text));
      } else if (words_[i].text == "file" && words_[i + 2].text == "INSTALL") {
        read_install(i + 3);
      }
    }
    return std::move(script_);
  }

 private:
  void read_install(std::size_t at) {
    bool folder = false;
    bool files = false;
    for (; at < words_.size(); ++at) {
      const ScriptWord& word = words_[at];
      if (!word.quoted) {
        if (word.text == ")" || word.text == "(") return;
        folder = folder || word.text == "DIRECTORY";
        if (files) return;  // what follows says how, not what
        files = word.text == "FILES";
      } else if (files && is_plain_path(word.text)) {
        (folder ? script_.installed.folders : script_.installed.files).insert(normal(word.text));
      }
    }
  }

  std::vector<ScriptWord> words_;
  InstallScript script_;
};

void read_cmake(const std::string& folder, const Files& files, InstalledFiles& all) {
  std::vector<std::string> open{folder + "/cmake_install.cmake"};
  std::set<std::string> seen(open.begin(), open.end());
  while (!open.empty()) {
    const auto text = files.read(open.back());
    open.pop_back();
    if (!text) continue;
    InstallScript script = read_install_script(*text);
    all.files.merge(script.installed.files);
    all.folders.merge(script.installed.folders);
    for (const std::string& next : script.includes) {
      const bool own = next.starts_with(folder + "/") && next.ends_with("/cmake_install.cmake");
      if (own && seen.insert(next).second) open.push_back(next);
    }
  }
}

/// An object: each file or folder of the sources to the place where it goes.
void read_meson(const std::string& folder, const Files& files, InstalledFiles& all) {
  const auto text = files.read(folder + "/meson-info/intro-installed.json");
  if (!text) return;
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (!json.is_object()) return;
  for (const auto& entry : json.items()) {
    if (is_plain_path(entry.key())) all.files.insert(normal(entry.key()));
  }
}

}  // namespace

bool InstalledFiles::contains(const std::string& file) const {
  return files.contains(file) ||
         std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return file.starts_with(folder + "/"); });
}

InstallScript read_install_script(std::string_view text) {
  return ScriptReader(text).read();
}

InstalledFiles installed_files(const std::string& build_folder, const Files& files) {
  InstalledFiles all;
  read_cmake(build_folder, files, all);
  read_meson(build_folder, files, all);
  return all;
}

}  // namespace snug
