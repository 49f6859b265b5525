#include "scan/parse/clang.hpp"

#include <filesystem>

namespace snug::clang {

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

std::vector<CXFile> included_files(CXTranslationUnit unit) {
  std::vector<CXFile> files;
  clang_getInclusions(
      unit,
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        static_cast<std::vector<CXFile>*>(data)->push_back(file);
      },
      &files);
  return files;
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

bool is_function(CXCursorKind kind) {
  switch (kind) {
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
      return true;
    default:
      return false;
  }
}

bool is_function_or_template(CXCursorKind kind) {
  return is_function(kind) || kind == CXCursor_FunctionTemplate;
}

bool is_part_of_unit(CXCursor child) {
  if (clang_isDeclaration(clang_getCursorKind(child)) == 0) return true;
  const CXCursor around = clang_getCursorLexicalParent(child);
  if (!is_null(around) && clang_getCursorKind(around) != CXCursor_TranslationUnit) return false;
  const CXCursor from = clang_getSpecializedCursorTemplate(child);
  return is_null(from) ||
         clang_equalLocations(clang_getCursorLocation(child), clang_getCursorLocation(from)) == 0;
}

std::size_t CursorHash::operator()(const CXCursor& cursor) const {
  return clang_hashCursor(cursor);
}

bool CursorEqual::operator()(const CXCursor& a, const CXCursor& b) const {
  return clang_equalCursors(a, b) != 0;
}

}  // namespace snug::clang
