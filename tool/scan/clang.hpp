// RAII around the handles of libclang, and the few conversions that everything else needs.
// Only files in scan/ may include this.
#pragma once

#include <clang-c/Index.h>

#include <memory>
#include <string>
#include <type_traits>

#include "model/source.hpp"

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
[[nodiscard]] std::string path_of(CXFile file);

/// Range in the file where the text really stands (for macro expansions: where the macro is used).
[[nodiscard]] SourceRange range_of(CXSourceRange range);
/// Range of the token at the cursor's location, `length` bytes long.
[[nodiscard]] SourceRange name_range(CXCursor cursor);
/// True if the cursor's location comes out of a macro expansion.
[[nodiscard]] bool in_macro(CXCursor cursor);

[[nodiscard]] inline bool is_null(CXCursor cursor) {
  return clang_Cursor_isNull(cursor) != 0;
}

/// Calls `visit(child, parent)` for the direct children; it returns a CXChildVisitResult.
template <class Visit>
void visit_children(CXCursor parent, Visit&& visit) {
  clang_visitChildren(
      parent,
      [](CXCursor child, CXCursor owner, CXClientData data) {
        return (*static_cast<std::remove_reference_t<Visit>*>(data))(child, owner);
      },
      &visit);
}

}  // namespace snug::clang
