// The items of a use as they are written: what a new order of fields has to move.
//
// The front end tells which values there are; where each begins and ends is told from the text
// between the brackets, cut at its commas. Both have to agree, else nothing is moved.
#include <algorithm>

#include "scan/parse/lexer.hpp"
#include "scan/uses/uses_effects.hpp"

namespace snug::uses {

namespace {

/// A place in a file and the same place behind macros.
bool is_plain(CXSourceLocation location) {
  CXFile written = nullptr, expanded = nullptr;
  unsigned at_written = 0, at_expanded = 0;
  clang_getSpellingLocation(location, &written, nullptr, nullptr, &at_written);
  clang_getExpansionLocation(location, &expanded, nullptr, nullptr, &at_expanded);
  return written != nullptr && clang_File_isEqual(written, expanded) != 0 &&
         at_written == at_expanded;
}

/// True for code that the compiler made out of a template: its text serves other types too.
bool is_instantiated(Ancestors ancestors) {
  return std::any_of(ancestors.begin(), ancestors.end(), [](CXCursor above) {
    const CXCursorKind kind = clang_getCursorKind(above);
    const bool can_be = kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod ||
                        kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
                        kind == CXCursor_ConversionFunction || kind == CXCursor_VarDecl;
    return can_be && !clang::is_null(clang_getSpecializedCursorTemplate(above));
  });
}

/// The text between a pair of brackets, cut at its commas.
class Brackets {
 public:
  /// `begin` and `end` are the offsets of the range that holds the brackets.
  Brackets(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text), tokens_(lex(text, begin, end)) {}

  /// Cuts the brackets that open with token `open`. False if they are not closed.
  bool cut(std::size_t open) {
    pieces_.clear();
    directive_ = false;
    int depth = 0;
    std::size_t from = tokens_[open].end;
    UseItem piece;
    bool empty = true;
    for (std::size_t i = open; i < tokens_.size(); ++i) {
      const std::string_view word = snug::spelling(text_, tokens_[i]);
      const bool opens = word == "(" || word == "{" || word == "[";
      const bool closes = word == ")" || word == "}" || word == "]";
      directive_ |= tokens_[i].kind == LexemeKind::Directive;
      depth += opens ? 1 : closes ? -1 : 0;
      if ((depth == 1 && word == ",") || depth == 0) {
        if (!empty) finish(piece, from);
        from = tokens_[i].end;
        empty = true;
        last_ = i;
        if (depth == 0) return true;
        continue;
      }
      if (i == open) continue;
      if (empty) piece.begin = tokens_[i].begin;
      piece.end = tokens_[i].end;
      empty = false;
    }
    return false;
  }

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] std::string_view word(std::size_t i) const {
    return snug::spelling(text_, tokens_[i]);
  }
  /// The token that closes what was cut.
  [[nodiscard]] std::size_t last() const { return last_; }
  [[nodiscard]] std::vector<UseItem>& pieces() { return pieces_; }
  [[nodiscard]] bool has_directive() const { return directive_; }
  /// A comment stands before the first item and is not plainly a part of it.
  [[nodiscard]] bool has_leading_comment() const { return leading_comment_; }

 private:
  /// A comment like "/*name=*/" in front of a value belongs to it.
  void finish(UseItem piece, std::size_t from) {
    std::string_view gap = text_.substr(from, piece.begin - from);
    const std::size_t first = gap.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos) {
      const std::size_t comment_end = gap.find_last_not_of(" \t") + 1;
      const std::string_view comment = gap.substr(first, comment_end - first);
      if (comment.starts_with("/*") && comment.find("*/") == comment.size() - 2 &&
          (comment.ends_with("=*/") || comment.ends_with("= */"))) {
        piece.begin = from + first;
      } else if (pieces_.empty()) {
        leading_comment_ = true;
      }
    }
    pieces_.push_back(std::move(piece));
  }

  std::string_view text_;
  std::vector<Lexeme> tokens_;
  std::vector<UseItem> pieces_;
  std::size_t last_ = 0;
  bool directive_ = false;
  bool leading_comment_ = false;
};

struct Extent {
  CXFile file = nullptr;
  unsigned begin = 0;
  unsigned end = 0;
};

Extent extent_of(CXCursor cursor) {
  Extent extent;
  const CXSourceRange range = clang_getCursorExtent(cursor);
  clang_getFileLocation(clang_getRangeStart(range), &extent.file, nullptr, nullptr, &extent.begin);
  clang_getFileLocation(clang_getRangeEnd(range), nullptr, nullptr, nullptr, &extent.end);
  return extent;
}

/// What stands against moving the items of a use, whatever they are.
std::string obstacle_of(CXCursor cursor, Ancestors ancestors) {
  const CXSourceRange range = clang_getCursorExtent(cursor);
  if (is_instantiated(ancestors)) return std::string(in_template);
  if (!is_plain(clang_getRangeStart(range)) || !is_plain(clang_getRangeEnd(range))) {
    return "it comes out of a macro";
  }
  return "";
}

/// True if the text stands in a file that is included in the middle of the declaration around it:
/// other places may include it too.
bool is_included_text(CXFile file, Ancestors ancestors) {
  for (auto above = ancestors.rbegin(); above != ancestors.rend(); ++above) {
    if (clang_isDeclaration(clang_getCursorKind(*above)) != 0) {
      CXFile around = nullptr;
      static_cast<void>(begin_offset(*above, &around));
      return around != nullptr && clang_File_isEqual(around, file) == 0;
    }
  }
  return false;
}

std::string obstacle_of(const Brackets& brackets) {
  if (brackets.has_directive()) return "preprocessor directives stand among the values";
  if (brackets.has_leading_comment()) return "a comment belongs to none of the values for certain";
  return "";
}

bool is_unmovable(std::string_view item) {
  return item.ends_with("...") || item.find("__COUNTER__") != std::string_view::npos ||
         item.find("__LINE__") != std::string_view::npos;
}

CXType type_of(const RecordFacts& record, const std::string& field) {
  const auto found = std::find_if(record.fields.begin(), record.fields.end(),
                                  [&](const FieldFacts& facts) { return facts.name == field; });
  return found == record.fields.end() ? CXType{} : found->type;
}

}  // namespace

void add_items(Context& context, CXCursor list, Ancestors ancestors, const RecordFacts& record,
               const ListValues& values, UseFacts& facts) {
  facts.obstacle = obstacle_of(list, ancestors);
  if (!facts.obstacle.empty()) return;
  const Extent extent = extent_of(list);
  const std::string_view text = context.sources().text(extent.file);
  Brackets brackets(text, extent.begin, extent.end);
  const auto refuse = [&](std::string why) { facts.obstacle = std::move(why); };
  if (is_included_text(extent.file, ancestors)) {
    return refuse("its values are in a file that is included there");
  }
  std::size_t open = 0;
  while (open < brackets.size() && !(brackets.word(open) == "{" || brackets.word(open) == "(")) {
    ++open;
  }
  if (open == brackets.size() || !brackets.cut(open) || brackets.last() + 1 != brackets.size()) {
    return refuse("its text could not be read");
  }
  auto& pieces = brackets.pieces();
  facts.obstacle = obstacle_of(brackets);
  if (!facts.obstacle.empty()) return;
  if (pieces.size() != values.clauses.size()) return refuse("its text could not be read");
  std::vector<Effects> effects;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    CXFile file = nullptr;
    const unsigned at = begin_offset(values.clauses[i], &file);
    const std::string_view written = text.substr(pieces[i].begin, pieces[i].end - pieces[i].begin);
    if (clang_File_isEqual(file, extent.file) == 0 || at < pieces[i].begin || at >= pieces[i].end ||
        is_unmovable(written)) {
      return refuse("its text could not be read");
    }
    if (i < values.bases) continue;
    pieces[i].field = values.fields.at(i - values.bases);
    if (pieces[i].field.empty()) return refuse("one of the fields has no name");
    effects.push_back(effects_of(context, values.clauses[i], type_of(record, pieces[i].field)));
    for (std::uint32_t j = 0; j + 1 < effects.size(); ++j) {
      if (effects.back().disturbs(effects[j])) pieces[i].follows.push_back(j);
    }
    facts.items.push_back(std::move(pieces[i]));
  }
}

void add_binding_items(Context& context, CXCursor declaration, Ancestors ancestors,
                       const std::vector<std::string>& fields, UseFacts& facts) {
  facts.obstacle = obstacle_of(declaration, ancestors);
  if (!facts.obstacle.empty()) return;
  std::vector<std::string> names;  // "[a, b]"
  const std::string list = spelling(declaration);
  for (std::size_t at = 1; at + 1 < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size() - 1);
    names.push_back(list.substr(at, end - at));
    at = end + 2;
  }
  facts.obstacle = "its text could not be read";
  if (names.size() != fields.size()) return;
  const Extent extent = extent_of(declaration);
  const std::string_view text = context.sources().text(extent.file);
  Brackets brackets(text, extent.begin, extent.end);
  for (std::size_t open = 0; open < brackets.size(); ++open) {
    if (brackets.word(open) != "[" || !brackets.cut(open)) continue;
    auto& pieces = brackets.pieces();
    const bool fits = std::equal(
        pieces.begin(), pieces.end(), names.begin(), names.end(),
        [&](const UseItem& piece, const std::string& name) {
          const std::string_view written = text.substr(piece.begin, piece.end - piece.begin);
          return written == name || (written.starts_with(name) &&
                                     written.find_first_of(" \t\r\n[", name.size()) == name.size());
        });
    if (!fits) continue;
    facts.obstacle = obstacle_of(brackets);
    if (!facts.obstacle.empty()) return;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (fields[i].empty()) {
        facts.obstacle = "one of the fields has no name";
        return;
      }
      pieces[i].field = fields[i];
    }
    facts.items = std::move(pieces);
    return;
  }
}

}  // namespace snug::uses
