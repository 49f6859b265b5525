#include "scan/clang.hpp"

#include <filesystem>

namespace snug::clang {

namespace {

std::string_view text_of(CXTranslationUnit unit, CXFile file) {
  std::size_t size = 0;
  const char* text = clang_getFileContents(unit, file, &size);
  return text == nullptr ? std::string_view() : std::string_view(text, size);
}

}  // namespace

std::string to_string(CXString string) {
  const char* text = clang_getCString(string);
  std::string copy = text == nullptr ? std::string() : std::string(text);
  clang_disposeString(string);
  return copy;
}

std::string path_of(CXFile file) {
  if (file == nullptr) {
    return {};
  }
  const std::filesystem::path path = to_string(clang_getFileName(file));
  if (path.is_absolute()) {
    return path.lexically_normal().string();
  }
  std::error_code ignored;
  return (std::filesystem::current_path(ignored) / path).lexically_normal().string();
}

SourceRange range_of(CXSourceRange range) {
  SourceRange result;
  CXFile begin_file = nullptr;
  CXFile end_file = nullptr;
  unsigned begin = 0;
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeStart(range), &begin_file, &result.line, &result.column,
                        &begin);
  clang_getFileLocation(clang_getRangeEnd(range), &end_file, &result.end_line, &result.end_column,
                        &end);
  if (begin_file == nullptr || clang_File_isEqual(begin_file, end_file) == 0 || end < begin) {
    return {};
  }
  result.file = path_of(begin_file);
  result.begin = begin;
  result.end = end;
  return result;
}

SourceRange name_range(CXCursor cursor) {
  SourceRange result;
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getCursorLocation(cursor), &file, &result.line, &result.column,
                        &offset);
  if (file == nullptr) {
    return {};
  }
  const std::string_view text = text_of(clang_Cursor_getTranslationUnit(cursor), file);
  result.file = path_of(file);
  result.begin = offset;
  result.end = offset + token_length(text, offset);
  result.end_line = result.line;
  result.end_column = result.column + static_cast<std::uint32_t>(result.end - result.begin);
  return result;
}

bool in_macro(CXCursor cursor) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getExpansionLocation(clang_getCursorLocation(cursor), &file, nullptr, nullptr, &offset);
  // The constructor of a template is printed with the template's arguments.
  const std::string spelling = to_string(clang_getCursorSpelling(cursor));
  const std::string name = spelling.substr(0, spelling.find('<'));
  if (file == nullptr || name.empty() || name.front() == '(') {
    return false;
  }
  const std::string_view text = text_of(clang_Cursor_getTranslationUnit(cursor), file);
  return offset > text.size() ||
         text.substr(offset, token_length(text, offset)) != std::string_view(name);
}

std::size_t token_length(std::string_view text, std::size_t offset) {
  const auto in_word = [](char c) {
    return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  };
  if (offset >= text.size()) {
    return 0;
  }
  std::size_t end = offset;
  while (end < text.size() && in_word(text[end])) {
    ++end;
  }
  return end == offset ? 1 : end - offset;
}

std::size_t CursorHash::operator()(const CXCursor& cursor) const {
  return clang_hashCursor(cursor);
}

bool CursorEqual::operator()(const CXCursor& a, const CXCursor& b) const {
  return clang_equalCursors(a, b) != 0;
}

}  // namespace snug::clang
