// A database tells of the files of one build. What lies beside them and is in no unit (a test that
// is switched off, a plugin, a table in an .inc file that another configuration includes) may list
// the values of a record by position or write its bytes, and no compiler says so.
//
// 1. The files below the root that look like C or C++ and that no unit reads are collected, once.
// 2. Each that names the record of a safe fix and can see its declaration makes the fix a matter of
//    review. What it does with the record is not looked at: its flags are not known.
// 3. A record of a source file is seen by whoever includes that file, and by what it includes
// itself
//    under a condition that this build does not meet.
#include "session/unread_files.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>

#include "scan/parse/include_graph.hpp"

namespace snug {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_entries = 100'000;
constexpr std::uintmax_t largest_file = 4U << 20U;
/// Of all files together, bytes.
constexpr std::uintmax_t most_text = 256U << 20U;

template <std::size_t N>
bool is_one_of(const std::string& text, const std::array<std::string_view, N>& all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

bool is_piece_name(const std::string& extension) {
  static constexpr std::array<std::string_view, 8> kPieces{".inc", ".inl", ".ipp", ".tpp",
                                                           ".txx", ".def", ".tcc", ".impl"};
  return is_one_of(extension, kPieces);
}

/// A file that is compiled itself, and that others rarely include.
bool is_main_name(const std::string& extension) {
  static constexpr std::array<std::string_view, 9> kMains{".c", ".cc", ".cpp", ".cxx", ".c++",
                                                          ".C", ".cu", ".m",   ".mm"};
  return is_one_of(extension, kMains);
}

bool is_source_name(const std::string& extension) {
  static constexpr std::array<std::string_view, 7> kOthers{".h",   ".hh",   ".hpp", ".hxx",
                                                           ".h++", ".cppm", ".ixx"};
  return is_main_name(extension) || is_one_of(extension, kOthers) || is_piece_name(extension);
}

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_character(text[at - 1])) &&
        (end == text.size() || !is_word_character(text[end]))) {
      return true;
    }
  }
  return false;
}

/// With links resolved: one file may have two names.
std::string real_path(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  return error ? path.string() : real.string();
}

bool is_build_folder(const fs::path& folder) {
  std::error_code error;
  const std::string name = folder.filename().string();
  return name.starts_with('.') || name == "node_modules" ||
         fs::exists(folder / "CMakeCache.txt", error) || fs::exists(folder / "build.ninja", error);
}

/// Paths below the root that look like source and that the model does not know, sorted. `all`
/// becomes false if there are too many.
std::vector<fs::path> unread_below(const std::string& root, const std::set<std::string>& read,
                                   bool& all) {
  std::vector<fs::path> found;
  std::error_code error;
  std::size_t seen = 0;
  std::uintmax_t bytes = 0;
  all = true;
  fs::recursive_directory_iterator entry(root, fs::directory_options::skip_permission_denied,
                                         error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (++seen > most_entries || bytes > most_text) {
      all = false;
      break;
    }
    std::error_code none;
    if (entry->is_directory(none)) {
      if (is_build_folder(entry->path())) entry.disable_recursion_pending();
      continue;
    }
    if (is_source_name(entry->path().extension().string()) && entry->is_regular_file(none) &&
        entry->file_size(none) <= largest_file && !read.contains(entry->path().string()) &&
        !read.contains(real_path(entry->path()))) {
      found.push_back(entry->path());
      bytes += entry->file_size(none);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

/// The name of a record without scopes and arguments.
std::string plain_name(const Record& record) {
  std::string name = record.template_name.empty() ? record.name : record.template_name;
  const std::size_t angle = name.find('<');
  if (angle != std::string::npos) name.resize(angle);
  const std::size_t scope = name.rfind(':');
  return scope == std::string::npos ? name : name.substr(scope + 1);
}

std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

/// The names of the files that a text includes, without folders, sorted.
std::vector<std::string> included_files(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string& path : included_names(text)) names.push_back(last_part(path));
  std::sort(names.begin(), names.end());
  return names;
}

/// What the files of the project include: their names without folders, by file.
class Included {
 public:
  explicit Included(const Files& files) : files_(files) {}

  const std::vector<std::string>& by(const std::string& file) {
    const auto [place, is_new] = known_.try_emplace(file);
    if (is_new) {
      if (const auto text = files_.read(file)) place->second = included_files(*text);
    }
    return place->second;
  }

 private:
  const Files& files_;
  std::map<std::string, std::vector<std::string>> known_;
};

}  // namespace

bool may_use_own(std::string_view text, std::string_view name, const std::string& file,
                 const std::string& source, const std::vector<std::string>& source_includes) {
  if (name.empty() || !has_word(text, name)) return false;
  const std::vector<std::string> included = included_files(text);
  return std::binary_search(included.begin(), included.end(), last_part(source)) ||
         std::binary_search(source_includes.begin(), source_includes.end(), last_part(file));
}

bool may_use(std::string_view text, std::string_view name, const std::vector<std::string>& headers,
             bool is_piece) {
  if (name.empty() || !has_word(text, name)) return false;
  if (is_piece) return true;
  const std::vector<std::string> included = included_names(text);
  return std::any_of(included.begin(), included.end(), [&](const std::string& path) {
    return std::binary_search(headers.begin(), headers.end(), path.substr(path.rfind('/') + 1));
  });
}

void respect_unread_files(const Project& project, const Model& model, const Files& files,
                          std::vector<Finding>& findings, Events& events) {
  const std::string& root = project.scan.root;
  const bool any_safe = std::ranges::any_of(findings, [](const Finding& finding) {
    return std::ranges::any_of(finding.fixes, [](const SuggestedFix& fix) {
      return fix.safety == Safety::Safe && !fix.edits.empty();
    });
  });
  if (!any_safe || root.empty() || project.database.empty()) return;
  std::set<std::string> read;
  std::vector<std::string> headers;
  for (const auto& [path, hash] : model.file_hashes) {
    read.insert(path);
    read.insert(real_path(path));
    headers.push_back(path.substr(path.rfind('/') + 1));
  }
  for (const Unit& unit : model.units) {
    read.insert(unit.file);
    read.insert(real_path(unit.file));
  }
  std::sort(headers.begin(), headers.end());
  bool all = true;
  const std::vector<fs::path> unread = unread_below(root, read, all);
  if (!all) {
    events.tell(
        fmt::format("{} holds too many files that no unit reads; what some of them do with a type "
                    "that a fix changes is not known",
                    root));
  }
  Included included(files);
  for (const fs::path& path : unread) {
    const auto text = files.read(path.string());
    if (!text) continue;
    const bool piece = is_piece_name(path.extension().string());
    for (Finding& finding : findings) {
      const Record* record = model.find(finding.record_id);
      if (record == nullptr) continue;
      const std::string& source = record->where.file;
      const bool own = is_main_name(fs::path(source).extension().string());
      if (own ? !may_use_own(*text, plain_name(*record), path.string(), source, included.by(source))
              : !may_use(*text, plain_name(*record), headers, piece)) {
        continue;
      }
      for (SuggestedFix& fix : finding.fixes) {
        if (fix.safety != Safety::Safe || fix.edits.empty()) continue;
        fix.safety = Safety::Review;
        fix.reasons.push_back(fmt::format("{}: names '{}', and no unit reads this file",
                                          path.lexically_relative(root).string(),
                                          plain_name(*record)));
      }
    }
  }
}

}  // namespace snug
