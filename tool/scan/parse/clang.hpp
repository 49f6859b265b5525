// RAII around the handles of libclang, and the few conversions that everything else needs.
// Only files in scan/ may include this.
#pragma once

#include <clang-c/Index.h>

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace snug::clang {

struct DisposeIndex {
  void operator()(void* index) const { clang_disposeIndex(index); }
};
struct DisposeUnit {
  void operator()(CXTranslationUnit unit) const { clang_disposeTranslationUnit(unit); }
};
using Index = std::unique_ptr<void, DisposeIndex>;
using TranslationUnit = std::unique_ptr<std::remove_pointer_t<CXTranslationUnit>, DisposeUnit>;

/// Takes the string over and disposes of it; a null string becomes an empty one.
[[nodiscard]] std::string to_string(CXString string);

/// The path as the compiler opened it, made absolute and lexically normal. Empty for no file.
/// A relative one starts at the current folder of the process: units are parsed in theirs.
[[nodiscard]] std::string path_of(CXFile file);

/// The files that the unit reads, itself first, each as often as it is included; without those of a
/// compiled header.
[[nodiscard]] std::vector<CXFile> included_files(CXTranslationUnit unit);

/// Bytes of the identifier, keyword or number at the offset; 1 for any other character.
[[nodiscard]] std::size_t token_length(std::string_view text, std::size_t offset);

/// A declaration of a function, method, constructor, destructor or conversion.
[[nodiscard]] bool is_function(CXCursorKind kind);
[[nodiscard]] bool is_function_or_template(CXCursorKind kind);

struct CursorHash {
  std::size_t operator()(const CXCursor& cursor) const;
};
struct CursorEqual {
  bool operator()(const CXCursor& a, const CXCursor& b) const;
};
using CursorSet = std::unordered_set<CXCursor, CursorHash, CursorEqual>;
template <class Value>
using CursorMap = std::unordered_map<CXCursor, Value, CursorHash, CursorEqual>;

/// Calls `visit(cursor)` for the fields, the direct bases or the methods of a record type; those of
/// template instantiations, too, whose cursors have no children.
template <class Visit>
void visit_fields(CXType type, Visit&& visit) {
  clang_Type_visitFields(
      type,
      [](CXCursor cursor, CXClientData data) {
        (*static_cast<std::remove_reference_t<Visit>*>(data))(cursor);
        return CXVisit_Continue;
      },
      &visit);
}
template <class Visit>
void visit_bases(CXType type, Visit&& visit) {
  clang_visitCXXBaseClasses(
      type,
      [](CXCursor cursor, CXClientData data) {
        (*static_cast<std::remove_reference_t<Visit>*>(data))(cursor);
        return CXVisit_Continue;
      },
      &visit);
}
template <class Visit>
void visit_methods(CXType type, Visit&& visit) {
  clang_visitCXXMethods(
      type,
      [](CXCursor cursor, CXClientData data) {
        (*static_cast<std::remove_reference_t<Visit>*>(data))(cursor);
        return CXVisit_Continue;
      },
      &visit);
}

[[nodiscard]] inline bool is_null(CXCursor cursor) {
  return clang_Cursor_isNull(cursor) != 0;
}

/// False for what the front end made from templates, which libclang shows among the parts of a unit
/// that was parsed behind a compiled header. What is written down (specialised or instantiated
/// explicitly) is a part.
[[nodiscard]] bool is_part_of_unit(CXCursor child);

/// Calls `visit(child, parent)` for the direct children; it returns a CXChildVisitResult. Those of
/// a unit are what its text declares: behind a compiled header libclang shows what templates became
/// among them, and those are left out.
template <class Visit>
void visit_children(CXCursor parent, Visit&& visit) {
  clang_visitChildren(
      parent,
      [](CXCursor child, CXCursor owner, CXClientData data) {
        if (clang_getCursorKind(owner) == CXCursor_TranslationUnit && !is_part_of_unit(child)) {
          return CXChildVisit_Continue;
        }
        return (*static_cast<std::remove_reference_t<Visit>*>(data))(child, owner);
      },
      &visit);
}

}  // namespace snug::clang
