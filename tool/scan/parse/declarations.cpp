#include "scan/parse/declarations.hpp"

#include <algorithm>
#include <charconv>

#include "scan/parse/clang.hpp"

namespace snug {

namespace {

bool is(std::string_view text, const Lexeme& token, std::string_view word) {
  return spelling(text, token) == word;
}

bool opens(std::string_view word) {
  return word == "(" || word == "[" || word == "{";
}

bool closes(std::string_view word) {
  return word == ")" || word == "]" || word == "}";
}

bool has_expression(CXCursor field) {
  bool found = false;
  clang::visit_children(field, [&](CXCursor child, CXCursor) {
    found = found || clang_isExpression(clang_getCursorKind(child)) != 0;
    return found ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return found && clang_Cursor_isBitField(field) == 0;
}

/// Where the location stands in its file, macros taken as the place that uses them.
std::pair<CXFile, std::size_t> place(CXSourceLocation location) {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(location, &file, nullptr, nullptr, &offset);
  return {file, offset};
}

}  // namespace

bool has_initializer(CXCursor field, const Sources& sources) {
  const auto [file, offset] = place(clang_getCursorLocation(field));
  if (file == nullptr) {
    return false;
  }
  if (sources.in_macro(field)) {
    return has_expression(field);
  }
  const std::string_view text = sources.text(file);
  int depth = 0;
  for (const Lexeme& token : lex(text, offset, offset + 512)) {
    const std::string_view word = spelling(text, token);
    if (depth == 0 && (word == "=" || word == "{")) {
      return true;
    }
    if (depth == 0 && (word == ";" || word == "," || word == "}")) {
      return false;
    }
    // A parenthesis that closes belongs to a declarator: int (*f)(int) = nullptr;
    depth += opens(word) ? 1 : closes(word) && depth > 0 ? -1 : 0;
  }
  return false;
}

std::vector<PackChange> pack_changes(std::string_view text) {
  std::vector<PackChange> changes;
  std::vector<std::uint64_t> stack;
  std::uint64_t now = 0;
  for (const Lexeme& directive : lex(text, 0, text.size())) {
    if (directive.kind != LexemeKind::Directive) {
      continue;
    }
    const std::string_view line = spelling(text, directive);
    const std::vector<Lexeme> words = lex(line, line.find('#') + 1, line.size());
    if (words.size() < 4 || !is(line, words[0], "pragma") || !is(line, words[1], "pack")) {
      continue;
    }
    std::uint64_t value = words.size() == 4 ? 0 : now;  // pack() resets
    for (std::size_t i = 3; i < words.size(); ++i) {
      if (is(line, words[i], "push")) {
        stack.push_back(now);
      } else if (is(line, words[i], "pop") && !stack.empty()) {
        value = stack.back();
        stack.pop_back();
      } else if (words[i].kind == LexemeKind::Number) {
        value = 0;
        std::from_chars(line.data() + words[i].begin, line.data() + words[i].end, value);
        value *= 8;
      }
    }
    now = value;
    changes.push_back({directive.end, now});
  }
  return changes;
}

RecordText::RecordText(CXCursor definition, const Sources& sources) : sources_(sources) {
  const CXSourceRange extent = clang_getCursorExtent(definition);
  const auto [file, begin] = place(clang_getRangeStart(extent));
  const auto [end_file, end] = place(clang_getRangeEnd(extent));
  const auto [name_file, name] = place(clang_getCursorLocation(definition));
  if (file == nullptr || file != end_file || file != name_file || name < begin || end <= name) {
    return;
  }
  text_ = sources.text(file);
  if (end > text_.size()) {
    return;
  }
  tokens_ = lex(text_, begin, end);
  std::size_t at = 0;
  bool keyword = false;
  for (; at < tokens_.size() && tokens_[at].begin <= name; ++at) {
    const std::string_view word = spelling(text_, tokens_[at]);
    if (word == "struct" || word == "class" || word == "union") {
      keyword_ = at;
      keyword = true;
    }
  }
  int depth = 0;
  for (open_ = at == 0 ? 0 : at - 1; open_ < tokens_.size(); ++open_) {
    const std::string_view word = spelling(text_, tokens_[open_]);
    if (depth == 0 && word == "{") {
      break;
    }
    depth += word == "(" || word == "[" ? 1 : word == ")" || word == "]" ? -1 : 0;
  }
  if (!keyword || open_ == tokens_.size() || !is(text_, tokens_.back(), "}")) {
    tokens_.clear();
    return;
  }
  end_ = tokens_.size() - 1;
  file_ = file;
  conditional_ = std::any_of(tokens_.begin() + static_cast<std::ptrdiff_t>(open_), tokens_.end(),
                             [&](const Lexeme& token) {
                               return token.kind == LexemeKind::Directive &&
                                      is_conditional(spelling(text_, token));
                             });
}

SourceRange RecordText::definition() const {
  return known() ? sources_.range(file_, tokens_[keyword_].begin, tokens_[end_].end)
                 : SourceRange();
}

SourceRange RecordText::keyword() const {
  return known() ? sources_.range(file_, tokens_[keyword_].begin, tokens_[keyword_].end)
                 : SourceRange();
}

SourceRange RecordText::declaration(CXCursor field) const {
  if (!known()) {
    return {};
  }
  const CXSourceRange extent = clang_getCursorExtent(field);
  const auto [file, begin] = place(clang_getRangeStart(extent));
  const auto [name_file, name] = place(clang_getCursorLocation(field));
  const auto [end_file, end] = place(clang_getRangeEnd(extent));
  if (file != file_ || name_file != file_ || end_file != file_ || begin > name ||
      begin < tokens_[open_].end || end > tokens_[end_].begin) {
    return {};
  }
  // The extent ends with the name, the declarator or the initialiser; attributes and macros go on
  // to the comma or semicolon.
  auto at = std::lower_bound(
      tokens_.begin(), tokens_.end(), std::max(end, name + 1),
      [](const Lexeme& token, std::size_t offset) { return token.begin < offset; });
  std::size_t last = std::max(end, name);
  if (at != tokens_.begin()) {
    last = std::max(last, std::prev(at)->end);
  }
  int depth = 0;
  for (; at != tokens_.end(); ++at) {
    const std::string_view word = spelling(text_, *at);
    if (depth == 0 && (word == ";" || word == "," || word == "}")) {
      break;
    }
    if (at->kind == LexemeKind::Directive) {
      continue;
    }
    depth += opens(word) ? 1 : closes(word) ? -1 : 0;
    last = at->end;
  }
  return at == tokens_.end() ? SourceRange() : sources_.range(file_, begin, last);
}

}  // namespace snug
