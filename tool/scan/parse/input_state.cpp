#include "scan/parse/input_state.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "base/digest.hpp"
#include "base/disk.hpp"

namespace snug {
namespace {

constexpr std::size_t longest_name = 255;

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\f')) ++at;
  return at;
}

/// The end of a directive: the first line end without a backslash before it.
std::size_t directive_end(std::string_view text, std::size_t at) {
  for (;;) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    std::size_t last = end;
    while (last > at && (text[last - 1] == '\r' || text[last - 1] == ' ')) --last;
    if (last == at || text[last - 1] != '\\') return end;
    at = end + 1;
  }
}

bool may_look_for_files(std::string_view directive) {
  static constexpr auto words = std::to_array<std::string_view>(
      {"include", "import", "if", "elif", "define", "__include_macros"});
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return directive.starts_with(word); });
}

/// Each "..." and <...> of a directive.
void add_names(std::string_view directive, std::vector<SpelledName>& names) {
  for (std::size_t at = 0; at < directive.size();) {
    const char open = directive[at];
    if (open != '"' && open != '<') {
      ++at;
      continue;
    }
    const std::size_t end = directive.find(open == '<' ? '>' : '"', at + 1);
    if (end == std::string_view::npos) {
      ++at;
      continue;
    }
    const std::string_view name = directive.substr(at + 1, end - at - 1);
    const bool possible = !name.empty() && name.size() <= longest_name &&
                          name.find_first_of(" \t\n=&|") == std::string_view::npos;
    if (possible) names.push_back({std::string(name), open == '"'});
    at = open == '<' && !possible ? at + 1 : end + 1;
  }
}

/// A question whether a file is there with neither a name nor one word for it.
bool asks_for_computed_name(std::string_view directive) {
  static constexpr std::string_view word = "__has_include";
  for (std::size_t at = 0; (at = directive.find(word, at)) != std::string_view::npos;) {
    at += word.size();
    if (directive.substr(at).starts_with("_next")) at += 5;
    at = skip_blanks(directive, at);
    if (at >= directive.size() || directive[at] != '(') continue;
    at = skip_blanks(directive, at + 1);
    if (at >= directive.size()) return true;
    if (directive[at] == '<' || directive[at] == '"') continue;
    const std::size_t close = directive.find_first_of("()", at);
    if (close == std::string_view::npos || directive[close] == '(') return true;
  }
  return false;
}

}  // namespace

SpelledNames spelled_names(std::string_view text) {
  SpelledNames result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = skip_blanks(text, at);
    std::size_t word = begin;
    if (text.substr(begin, 1) == "#") {
      word = begin + 1;
    } else if (text.substr(begin, 2) == "%:") {
      word = begin + 2;
    } else if (text.substr(begin, 3) == "?\?=") {
      word = begin + 3;
    }
    if (word == begin) {
      const std::size_t end = text.find('\n', begin);
      at = end == std::string_view::npos ? text.size() : end + 1;
      continue;
    }
    const std::size_t end = directive_end(text, begin);
    const std::string_view directive = text.substr(word, end - word);
    const std::string_view rest = directive.substr(skip_blanks(directive, 0));
    // A comment or a line end may stand before the word: then all of it is looked through.
    const bool plain = !rest.starts_with('/') && !rest.starts_with('\\');
    if (!plain || may_look_for_files(rest)) add_names(rest, result.names);
    if (asks_for_computed_name(rest)) result.sure = false;
    at = end + 1;
  }
  return result;
}

const InputState::Text& InputState::text(const std::string& path) {
  const auto [at, fresh] = texts_.try_emplace(path);
  if (fresh) {
    if (const auto text = files_.read(path)) {
      at->second.digest = digest_of(*text);
      at->second.names = spelled_names(*text).names;
    }
  }
  return at->second;
}

std::optional<std::string> InputState::digest(const std::string& path) {
  return text(path).digest;
}

bool InputState::spells(const std::string& path, const std::string& included) {
  const std::vector<SpelledName>& names = text(path).names;
  return std::any_of(names.begin(), names.end(), [&](const SpelledName& name) {
    return included == name.name || included.ends_with("/" + name.name);
  });
}

const std::string& InputState::real_path(const std::string& path) {
  const auto [at, fresh] = real_paths_.try_emplace(path, path);
  if (!fresh) return at->second;
  struct stat info{};
  std::string result = path;
  if (path.size() > 1 && ::lstat(path.c_str(), &info) == 0) {
    if (S_ISLNK(info.st_mode) || S_ISDIR(info.st_mode)) {
      const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                             &std::free);
      if (real != nullptr) result = real.get();
    } else {
      const std::size_t slash = path.rfind('/');
      const std::string folder = folder_of(path);
      result = folder == "/" ? path : real_path(folder) + path.substr(slash);
    }
  }
  return real_paths_[path] = std::move(result);
}

const InputState::Names& InputState::listing(const std::string& folder) {
  const auto [at, fresh] = listings_.try_emplace(folder);
  if (!fresh) return at->second;
  if (DIR* const stream = ::opendir(folder.c_str())) {
    while (const dirent* entry = ::readdir(stream)) at->second.emplace(entry->d_name);
    ::closedir(stream);
  }
  // What is not saved is there as well.
  for (auto text = files_.texts().lower_bound(folder + "/"); text != files_.texts().end(); ++text) {
    if (!text->first.starts_with(folder + "/")) break;
    const std::string_view rest = std::string_view(text->first).substr(folder.size() + 1);
    at->second.emplace(rest.substr(0, rest.find('/')));
  }
  return at->second;
}

bool InputState::is_there(const std::string& folder, const std::string& name) {
  const bool plain = name.front() != '/' && name.find("./") == std::string::npos &&
                     name.find("//") == std::string::npos && name.back() != '/';
  if (!plain) {
    const std::string path = name.front() == '/' ? name : folder + "/" + name;
    (void)listing(folder_of(normal_path(path, "/")));  // whose change would change the answer
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 || files_.texts().contains(normal_path(path, "/"));
  }
  const std::size_t slash = name.rfind('/');
  if (slash == std::string::npos) return listing(folder).contains(name);
  return listing(folder).contains(name.substr(0, name.find('/'))) &&
         listing(folder + "/" + name.substr(0, slash)).contains(name.substr(slash + 1));
}

std::string InputState::presence_of(const std::string& path,
                                    const std::vector<std::string>& folders) {
  const std::string own = folder_of(path);
  std::string bits;
  for (const SpelledName& name : text(path).names) {
    if (name.quoted) bits += is_there(own, name.name) ? '1' : '0';
    for (const std::string& folder : folders) bits += is_there(folder, name.name) ? '1' : '0';
  }
  return digest_of(bits);
}

std::string InputState::presence(const std::vector<std::string>& paths,
                                 const std::vector<std::string>& folders,
                                 const std::vector<Lookup>& lookups) {
  auto& known = presences_[folders];
  std::string all;
  for (const std::string& path : paths) {
    auto found = known.find(path);
    if (found == known.end()) found = known.emplace(path, presence_of(path, folders)).first;
    all += found->second;
  }
  for (const Lookup& lookup : lookups) all += is_there(lookup.folder, lookup.name) ? '1' : '0';
  return digest_of(all);
}

std::vector<std::string> InputState::folders_read() const {
  std::vector<std::string> folders;
  for (const auto& [folder, names] : listings_) {
    if (!names.empty()) folders.push_back(folder);
  }
  return folders;
}

}  // namespace snug
