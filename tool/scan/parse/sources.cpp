#include "scan/parse/sources.hpp"

#include <algorithm>
#include <filesystem>

#include "base/glob.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

namespace {

bool below(const std::string& path, const std::string& root) {
  if (root.empty()) {
    return true;
  }
  const bool slash = root.back() == '/';
  return path.size() > root.size() && path.starts_with(root) && (slash || path[root.size()] == '/');
}

/// A glob matches the path, one of the folders it lies in, or (without a slash) any part of it.
bool excluded(const std::string& relative, const std::string& glob) {
  std::size_t end = 0;
  std::size_t part = 0;
  while (end != std::string::npos) {
    end = relative.find('/', part);
    const std::string head = relative.substr(0, end);
    const std::string name = relative.substr(part, end == std::string::npos ? end : end - part);
    if (glob_matches(glob, head) ||
        (glob.find('/') == std::string::npos && glob_matches(glob, name))) {
      return true;
    }
    part = end + 1;
  }
  return false;
}

/// Offsets at which lines begin; lines end as the front end has it: \n, \r\n or \r.
std::vector<std::size_t> line_starts(std::string_view text) {
  std::vector<std::size_t> starts = {0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      starts.push_back(i + 1);
    }
  }
  return starts;
}

std::string resolved_path(const std::string& path) {
  std::error_code error;
  const std::string real = std::filesystem::canonical(path, error).string();
  return error ? path : real;
}

std::set<std::string> with_resolved_paths(const std::vector<std::string>& paths) {
  std::set<std::string> result(paths.begin(), paths.end());
  for (const std::string& path : paths) result.insert(resolved_path(path));
  return result;
}

}  // namespace

Sources::Sources(CXTranslationUnit unit, const ScanOptions& options)
    : unit_(unit),
      options_(options),
      real_root_(options.root.empty() ? "" : resolved_path(options.root)),
      only_headers_(with_resolved_paths(options.only_headers)),
      named_files_(with_resolved_paths(options.named_files)) {}

const Sources::Facts& Sources::facts(CXFile file) const {
  const auto [at, fresh] = files_.try_emplace(file);
  Facts& facts = at->second;
  if (!fresh || file == nullptr) {
    return facts;
  }
  facts.path = clang::path_of(file);
  std::size_t size = 0;
  const char* text = clang_getFileContents(unit_, file, &size);
  facts.text = text == nullptr ? std::string_view() : std::string_view(text, size);
  const std::map<std::string, std::string>& texts = options_.files->texts();
  const auto given = texts.find(facts.path);
  if (given != texts.end() && given->second.size() == size) facts.text = given->second;
  const auto among = [&](const std::set<std::string>& files) {
    return !files.empty() &&
           (files.contains(facts.path) || files.contains(resolved_path(facts.path)));
  };
  facts.chosen = only_headers_.empty() || among(only_headers_);
  facts.named = among(named_files_);
  facts.below_root = facts.named;
  // A link on the way to the root, or below it, changes nothing about where a file lies.
  const bool linked = !below(facts.path, options_.root);
  const std::string place = linked ? resolved_path(facts.path) : facts.path;
  const std::string& root = linked ? real_root_ : options_.root;
  if (!facts.named && below(place, root)) {
    const std::string relative =
        root.empty() ? place : place.substr(root.size() + (root.back() == '/' ? 0 : 1));
    facts.below_root = std::none_of(
        options_.excludes.begin(), options_.excludes.end(), [&](const std::string& glob) {
          return glob.starts_with('/') ? excluded(facts.path.substr(1), glob.substr(1))
                                       : excluded(relative, glob);
        });
  }
  return facts;
}

const KnownNames& Sources::known() const {
  return *options_.known;
}

const std::string& Sources::path(CXFile file) const {
  return facts(file).path;
}

std::string_view Sources::text(CXFile file) const {
  return facts(file).text;
}

std::string Sources::shown(const std::string& path) const {
  if (options_.root.empty() || !below(path, options_.root)) {
    return path;
  }
  return path.substr(options_.root.size() + (options_.root.back() == '/' ? 0 : 1));
}

bool Sources::in_project(CXSourceLocation location) const {
  CXFile file = nullptr;
  clang_getExpansionLocation(location, &file, nullptr, nullptr, nullptr);
  if (clang_Location_isInSystemHeader(location) != 0) {
    return options_.system_headers || (file != nullptr && facts(file).named);
  }
  return file != nullptr && facts(file).below_root;
}

bool Sources::may_be_project(CXFile file) const {
  return file != nullptr && (options_.system_headers || facts(file).below_root);
}

bool Sources::is_excluded(CXFile file) const {
  return file != nullptr && !facts(file).below_root && below(facts(file).path, options_.root);
}

bool Sources::reported(CXSourceLocation location) const {
  CXFile file = nullptr;
  clang_getExpansionLocation(location, &file, nullptr, nullptr, nullptr);
  return file != nullptr && in_project(location) && facts(file).chosen;
}

SourceRange Sources::range(CXSourceRange range) const {
  SourceRange result;
  CXFile begin_file = nullptr;
  CXFile end_file = nullptr;
  unsigned begin = 0;
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeStart(range), &begin_file, &result.line, &result.column,
                        &begin);
  clang_getFileLocation(clang_getRangeEnd(range), &end_file, &result.end_line, &result.end_column,
                        &end);
  if (begin_file == nullptr || begin_file != end_file || end < begin) {
    return {};
  }
  result.file = path(begin_file);
  result.begin = begin;
  result.end = end;
  return result;
}

SourceRange Sources::name(CXCursor cursor) const {
  SourceRange result;
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getCursorLocation(cursor), &file, &result.line, &result.column,
                        &offset);
  if (file == nullptr) {
    return {};
  }
  const std::size_t length = clang::token_length(text(file), offset);
  result.file = path(file);
  result.begin = offset;
  result.end = offset + length;
  result.end_line = result.line;
  result.end_column = result.column + static_cast<std::uint32_t>(length);
  return result;
}

SourceRange Sources::range(CXFile file, std::size_t begin, std::size_t end) const {
  const Facts& known = facts(file);
  if (file == nullptr || end < begin || end > known.text.size()) {
    return {};
  }
  if (known.lines.empty()) {
    known.lines = line_starts(known.text);
  }
  SourceRange result;
  const auto place = [&](std::size_t offset, std::uint32_t& line, std::uint32_t& column) {
    const auto next = std::upper_bound(known.lines.begin(), known.lines.end(), offset);
    line = static_cast<std::uint32_t>(next - known.lines.begin());
    column = static_cast<std::uint32_t>(offset - *std::prev(next)) + 1;
  };
  place(begin, result.line, result.column);
  place(end, result.end_line, result.end_column);
  result.file = known.path;
  result.begin = begin;
  result.end = end;
  return result;
}

bool Sources::in_macro(CXCursor cursor) const {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, nullptr, nullptr, &offset);
  // The constructor of a template is printed with the template's arguments.
  const std::string spelling = clang::to_string(clang_getCursorSpelling(cursor));
  const std::string name = spelling.substr(0, spelling.find('<'));
  if (file == nullptr || name.empty() || name.front() == '(') {
    return false;
  }
  const std::string_view whole = text(file);
  return offset > whole.size() ||
         whole.substr(offset, clang::token_length(whole, offset)) != std::string_view(name);
}

}  // namespace snug
