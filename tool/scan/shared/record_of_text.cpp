#include "scan/shared/record_of_text.hpp"

#include "scan/parse/clang.hpp"

namespace snug {
namespace {

CXFile file_of(CXSourceLocation location, unsigned* offset) {
  CXFile file = nullptr;
  clang_getFileLocation(location, &file, nullptr, nullptr, offset);
  return file;
}

}  // namespace

RecordOfText record_of_text(CXTranslationUnit unit) {
  RecordOfText record;
  record.files = clang::included_files(unit);
  clang::visit_children(clang_getTranslationUnitCursor(unit), [&](CXCursor cursor, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    RecordedDirective found;
    found.cursor = cursor;
    if (kind == CXCursor_InclusionDirective) {
      found.kind = RecordedKind::Inclusion;
      found.file = clang_getIncludedFile(cursor);
    } else if (kind == CXCursor_MacroDefinition) {
      found.kind = RecordedKind::Definition;
    } else if (kind == CXCursor_MacroExpansion) {
      found.kind = RecordedKind::Expansion;
      const CXCursor definition = clang_getCursorReferenced(cursor);
      if (!clang::is_null(definition)) {
        found.file = file_of(clang_getCursorLocation(definition), nullptr);
      }
    } else {
      return clang_isPreprocessing(kind) != 0 ? CXChildVisit_Continue : CXChildVisit_Break;
    }
    found.by = file_of(clang_getCursorLocation(cursor), &found.offset);
    record.directives.push_back(found);
    return CXChildVisit_Continue;
  });
  return record;
}

}  // namespace snug
