// What the preprocessor did in a unit, in the order in which it did it.
// Only files in scan/ may include this.
#pragma once

#include <clang-c/Index.h>

#include <string>
#include <vector>

namespace snug {

enum class RecordedKind : std::uint8_t {
  Inclusion,   ///< A directive, whether or not the file had been included before.
  Definition,  ///< Of a macro.
  Expansion,   ///< A macro that is used, or asked for by #ifdef, #ifndef, defined.
};

struct RecordedDirective {
  RecordedKind kind = RecordedKind::Inclusion;
  unsigned offset = 0;    ///< In bytes, where it stands in ...
  CXFile by = nullptr;    ///< ... this file.
  CXFile file = nullptr;  ///< Inclusion: what is included; null: it was not found. Expansion:
                          ///< where the macro is defined; null: nowhere in a text.
  CXCursor cursor;        ///< Has the name.
};

struct RecordOfText {
  std::vector<CXFile> files;  ///< That were read, but for those of a compiled header.
  std::vector<RecordedDirective> directives;
};

/// REQUIRES: the unit was parsed with CXTranslationUnit_DetailedPreprocessingRecord. What came with
/// a compiled header is left out if its index leaves out its declarations.
[[nodiscard]] RecordOfText record_of_text(CXTranslationUnit unit);

}  // namespace snug
