// 1. A text with one directive a header is parsed as a header, with the flags of the units, and
//    with a record of directives and macros.
// 2. From the record comes which file includes which, whether or not it had been included before,
//    and which macros there are.
// 3. The front end writes its form of it, which units are parsed behind.
// It is refused where a file in it is not the system's, or anything is said against it.
#include "scan/shared/compiled_headers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/disk.hpp"
#include "base/packed.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/in_directory.hpp"
#include "scan/parse/parse.hpp"
#include "scan/shared/record_of_text.hpp"

namespace snug {
namespace {

bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_word(char c) {
  return starts_word(c) || (c >= '0' && c <= '9');
}

/// Adds every identifier of the text, those in comments too.
void add_words(std::string_view text, std::set<std::string, std::less<>>& words) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && continues_word(text[end])) ++end;
    if (end > at && starts_word(text[at])) {
      const std::string_view word = text.substr(at, end - at);
      if (!words.contains(word)) words.emplace(word);
    }
    at = std::max(end, at + 1);
  }
}

/// Files, what they include and their words; a file that may not be shared is told.
std::string read_files(CXTranslationUnit unit, const ScanOptions& options, CXFile own,
                       CompiledHeaders& result) {
  const RecordOfText record = record_of_text(unit);
  std::set<std::string, std::less<>> words;
  std::unordered_map<std::string, std::uint32_t> places;
  const std::string below = options.root.ends_with('/') ? options.root : options.root + "/";
  for (const CXFile file : record.files) {
    if (file == own) continue;
    const std::string path = clang::path_of(file);
    const CXSourceLocation begin = clang_getLocationForOffset(unit, file, 0);
    if (clang_Location_isInSystemHeader(begin) == 0 || path.starts_with(below)) {
      return fmt::format("{} is no header of the system", path);
    }
    if (!places.emplace(path, static_cast<std::uint32_t>(result.files.size())).second) continue;
    result.files.push_back(path);
    std::size_t size = 0;
    const char* const text = clang_getFileContents(unit, file, &size);
    if (text != nullptr) add_words({text, size}, words);
  }
  result.includes.resize(result.files.size());
  for (const RecordedDirective& directive : record.directives) {
    if (directive.kind == RecordedKind::Definition) {
      result.macros.push_back(clang::to_string(clang_getCursorSpelling(directive.cursor)));
    }
    if (directive.kind != RecordedKind::Inclusion || directive.by == nullptr ||
        directive.file == nullptr || directive.by == own) {
      continue;
    }
    const auto by = places.find(clang::path_of(directive.by));
    const auto file = places.find(clang::path_of(directive.file));
    if (by != places.end() && file != places.end()) {
      result.includes[by->second].push_back(file->second);
    }
  }
  result.words.assign(words.begin(), words.end());
  return "";
}

/// The inputs without the text that only names the headers.
void forget_own(UnitInputs& inputs, const std::string& path) {
  std::erase_if(inputs.files, [&](const InputFile& file) { return file.path == path; });
}

}  // namespace

FrontEndCommand header_command(FrontEndCommand command, const std::string& path) {
  std::vector<std::string>& arguments = command.arguments;
  for (std::size_t at = 0; at + 1 < arguments.size(); ++at) {
    if (arguments[at] == "-x") arguments[at + 1] = command.cxx ? "c++-header" : "c-header";
  }
  command.file = path;
  command.compiler_headers.clear();
  return command;
}

CompiledHeaders compile_headers(const FrontEndCommand& command, const ScanOptions& options,
                                const std::vector<std::string>& headers, const std::string& folder,
                                const std::string& name) {
  const ParseStart start = start_parse();
  CompiledHeaders result;
  const std::string path = fmt::format("{}/{}.hpp", folder, name);
  std::string text;
  for (const std::string& header : headers) text += fmt::format("#include <{}>\n", header);
  RealDisk().write(path, text, 0600);
  const FrontEndCommand own = header_command(command, path);
  const InDirectory here(command.directory);
  const clang::Index index = clang::worker_index();
  unsigned flags = CXTranslationUnit_Incomplete | CXTranslationUnit_ForSerialization |
                   CXTranslationUnit_DetailedPreprocessingRecord |
                   CXTranslationUnit_VisitImplicitAttributes;
  if (options.layout_only) flags |= clang::layout_flags;
  const clang::Parsed parsed =
      clang::parse(index.get(), clang::without_warnings(own), flags, *options.files);
  if (parsed.unit == nullptr || parsed.failed) {
    result.refusal = "the headers do not compile alone";
    return result;
  }
  CXTranslationUnit unit = parsed.unit.get();
  result.refusal = read_files(unit, options, clang_getFile(unit, path.c_str()), result);
  if (!result.refusal.empty()) return result;
  collect_inputs(unit, own, options, {}, start, result.inputs);
  forget_own(result.inputs, path);
  std::string compiled = fmt::format("{}/{}.pch", folder, name);
  const int saved =
      clang_saveTranslationUnit(unit, compiled.c_str(), clang_defaultSaveOptions(unit));
  if (saved != CXSaveError_None) {
    result.refusal = "the compiled form cannot be written";
    return result;
  }
  result.compiled = std::move(compiled);
  return result;
}

std::string headers_bytes(const CompiledHeaders& headers) {
  Packer bytes;
  bytes.text(headers.compiled);
  bytes.text(headers.refusal);
  bytes.texts(headers.files);
  for (const auto& includes : headers.includes) {
    bytes.number(includes.size());
    for (const std::uint32_t place : includes) bytes.number(place);
  }
  bytes.texts(headers.words);
  bytes.texts(headers.macros);
  bytes.text(inputs_bytes(headers.inputs));
  return bytes.bytes();
}

CompiledHeaders headers_from_bytes(std::string_view bytes) {
  Unpacker rest(bytes);
  CompiledHeaders headers;
  headers.compiled = rest.text();
  headers.refusal = rest.text();
  headers.files = rest.texts();
  if (headers.refusal.empty()) headers.includes.resize(headers.files.size());
  for (auto& includes : headers.includes) {
    for (std::uint64_t count = rest.number(); count != 0; --count) {
      includes.push_back(static_cast<std::uint32_t>(rest.number()));
    }
  }
  headers.words = rest.texts();
  headers.macros = rest.texts();
  headers.inputs = inputs_from_bytes(rest.text());
  return headers;
}

HeaderFacts::HeaderFacts(const CompiledHeaders& headers) : headers_(headers) {
  for (std::uint32_t place = 0; place < headers.files.size(); ++place) {
    places_.emplace(headers.files[place], place);
  }
  words_.insert(headers.words.begin(), headers.words.end());
  macros_.insert(headers.macros.begin(), headers.macros.end());
}

const std::uint32_t* HeaderFacts::find(const std::string& path) const {
  const auto found = places_.find(path);
  return found == places_.end() ? nullptr : &found->second;
}

}  // namespace snug
