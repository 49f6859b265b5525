// Source text of records and fields: where a declaration begins and ends, what stands between the
// braces. The front end's ranges leave out attributes and macros behind a declarator, so the text
// is read again.
#pragma once

#include <clang-c/Index.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/source.hpp"
#include "scan/parse/lexer.hpp"
#include "scan/parse/sources.hpp"

namespace snug {

/// True if a default member initialiser follows the name of a field. A field whose name comes from
/// a macro is asked through its child expressions.
[[nodiscard]] bool has_initializer(CXCursor field, const Sources& sources);

/// Where the value of #pragma pack changes in a file.
struct PackChange {
  std::size_t offset = 0;        ///< Behind the directive.
  std::uint64_t align_bits = 0;  ///< From there on; 0: none, or what the file was entered with.
};

/// The #pragma pack directives of a text, in order. Conditions are not looked at.
[[nodiscard]] std::vector<PackChange> pack_changes(std::string_view text);

/// The text of one record's definition, for the fields that stand in it.
class RecordText {
 public:
  /// `definition` is a cursor with an extent: a record, a class template or a specialisation.
  RecordText(CXCursor definition, const Sources& sources);

  /// False if there is no such text (macros, several files).
  [[nodiscard]] bool known() const { return file_ != nullptr; }
  /// From the keyword (struct, class, union) to the closing brace.
  [[nodiscard]] SourceRange definition() const;
  /// The keyword.
  [[nodiscard]] SourceRange keyword() const;
  /// #if, #ifdef ... stand between the braces of the record.
  [[nodiscard]] bool conditional() const { return conditional_; }
  /// From the first token of a field's declaration (leading attributes included) to the end of its
  /// declarator, with trailing attributes and its initialiser, without the final comma or
  /// semicolon. Of `int a, *b;` the ranges are `int a` and `int a, *b`: the specifiers are shared.
  [[nodiscard]] SourceRange declaration(CXCursor field) const;

 private:
  const Sources& sources_;
  CXFile file_ = nullptr;
  std::string_view text_;
  std::vector<Lexeme> tokens_;
  std::size_t keyword_ = 0;  ///< Indices into tokens_.
  std::size_t open_ = 0;
  std::size_t end_ = 0;
  bool conditional_ = false;
};

}  // namespace snug
