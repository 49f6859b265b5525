// Small questions about cursors that the ownership scanner asks in several places.
#include <algorithm>
#include <cctype>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {

bool is_loop(CXCursorKind kind) {
  return kind == CXCursor_ForStmt || kind == CXCursor_WhileStmt || kind == CXCursor_DoStmt ||
         kind == CXCursor_CXXForRangeStmt;
}

bool from_macro(CXCursor cursor) {
  const CXSourceLocation at = clang_getCursorLocation(cursor);
  CXFile file = nullptr;
  CXFile spelled_file = nullptr;
  unsigned offset = 0;
  unsigned spelled = 0;
  clang_getExpansionLocation(at, &file, nullptr, nullptr, &offset);
  clang_getSpellingLocation(at, &spelled_file, nullptr, nullptr, &spelled);
  return file != spelled_file || offset != spelled;
}

bool is_conversion(CXCursorKind kind) {
  return kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr;
}

std::size_t above_conversions(Ancestors ancestors) {
  std::size_t left = ancestors.size();
  while (left > 0 && is_conversion(clang_getCursorKind(ancestors[left - 1]))) --left;
  return left;
}

CXCursor function_around(Ancestors ancestors, std::size_t* lambdas) {
  CXCursor found = clang_getNullCursor();
  std::size_t count = 0;
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    const CXCursorKind kind = clang_getCursorKind(*i);
    const bool lambda = kind == CXCursor_LambdaExpr;
    count += lambda ? 1 : 0;
    if ((lambda || clang::is_function_or_template(kind)) && clang::is_null(found)) found = *i;
    if (clang::is_function_or_template(kind) || (lambdas == nullptr && !clang::is_null(found)))
      break;
  }
  if (lambdas != nullptr) *lambdas = count;
  return found;
}

CXCursor loop_around(Ancestors ancestors) {
  for (std::size_t i = ancestors.size(); i-- > 0;) {
    const CXCursorKind kind = clang_getCursorKind(ancestors[i]);
    if (kind == CXCursor_LambdaExpr || clang::is_function_or_template(kind)) break;
    if (!is_loop(kind)) continue;
    // The first part of a for statement, and the range of a range-for, run once.
    const bool inner = i + 1 < ancestors.size();
    if (kind == CXCursor_ForStmt && inner &&
        clang_getCursorKind(ancestors[i + 1]) == CXCursor_DeclStmt) {
      continue;
    }
    if (kind == CXCursor_CXXForRangeStmt && inner &&
        clang_isExpression(clang_getCursorKind(ancestors[i + 1])) != 0 &&
        !same_place(ancestors[i + 1], last_expression(ancestors[i]))) {
      continue;
    }
    return ancestors[i];
  }
  return clang_getNullCursor();
}

CXCursor stripped(CXCursor expression) {
  while (is_conversion(clang_getCursorKind(expression))) {
    const CXCursor inner = last_expression(expression);
    if (clang::is_null(inner)) return expression;
    expression = inner;
  }
  return expression;
}

bool same_place(CXCursor a, CXCursor b) {
  CXFile file_a = nullptr;
  CXFile file_b = nullptr;
  unsigned offset_a = 0;
  unsigned offset_b = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(a)), &file_a, nullptr, nullptr,
                        &offset_a);
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(b)), &file_b, nullptr, nullptr,
                        &offset_b);
  return file_a == file_b && offset_a == offset_b;
}

std::string name_of(CXCursor cursor) {
  return clang::to_string(clang_getCursorSpelling(cursor));
}

CXCursor last_expression(CXCursor cursor) {
  CXCursor last = clang_getNullCursor();
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    if (clang_isExpression(clang_getCursorKind(child)) != 0) last = child;
    return CXChildVisit_Continue;
  });
  return last;
}

bool copies(CXCursor constructor) {
  if (clang_getCursorKind(constructor) != CXCursor_Constructor) return false;
  const CXType type = clang_getCursorType(constructor);
  if (clang_getNumArgTypes(type) < 1) return false;
  return clang_getCanonicalType(clang_getArgType(type, 0)).kind == CXType_LValueReference;
}

bool is_direct_owner(CXType type, Context& context) {
  return context.types.counted(type) != nullptr;
}

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// True if a comma separates declarators in the text: one outside of all brackets.
bool has_outer_comma(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    depth += c == '<' || c == '(' || c == '[' || c == '{' ? 1 : 0;
    depth -= c == '>' || c == ')' || c == ']' || c == '}' ? 1 : 0;
    if (c == ',' && depth == 0) return true;
  }
  return false;
}

bool has_word(std::string_view text, std::string_view word) {
  const auto part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !part(text[at - 1])) && (end == text.size() || !part(text[end]))) return true;
  }
  return false;
}

/// const that stands at the type itself: in front of it, or behind its last bracket.
bool is_const_type(std::string_view type) {
  const std::size_t bracket = type.find('<');
  const std::size_t close = type.rfind('>');
  return has_word(type.substr(0, std::min(bracket, type.size())), "const") ||
         (close != std::string_view::npos && has_word(type.substr(close), "const"));
}

}  // namespace

DeclaratorPlace declarator(const Context& context, CXCursor declaration) {
  DeclaratorPlace place;
  place.where = context.range(declaration);
  CXFile file = nullptr;
  unsigned name = 0;
  clang_getFileLocation(clang_getCursorLocation(declaration), &file, nullptr, nullptr, &name);
  if (file == nullptr || context.sources.path(file) != place.where.file) return place;
  const std::string_view text = context.sources.text(file);
  if (place.where.end > text.size() || place.where.begin >= place.where.end) return place;
  std::uint64_t end = name;
  const bool unnamed = name_of(declaration).empty();
  if (unnamed) {
    end = std::min(place.where.end, static_cast<std::uint64_t>(text.find('=', place.where.begin)));
  }
  if (end <= place.where.begin || end > text.size()) return place;
  while (end > place.where.begin && is_space(text[end - 1])) --end;
  place.type_begin = place.where.begin;
  place.type_end = end;
  const std::string_view type = text.substr(place.type_begin, end - place.type_begin);
  place.is_const = is_const_type(type);
  const bool parameter = clang_getCursorKind(declaration) == CXCursor_ParmDecl;
  const bool more = !parameter && place.where.end < text.size() && text[place.where.end] == ',';
  place.editable = !type.empty() && !more && !has_outer_comma(type) && !from_macro(declaration) &&
                   type.find_first_of("&*([") == std::string_view::npos &&
                   !has_word(type, "static") && !has_word(type, "constexpr");
  return place;
}

const Shape& Context::shape(CXCursor record) {
  const auto known = shapes_.find(record);
  if (known != shapes_.end()) return known->second;
  Shape found;
  int strings = 0;
  bool list = false;
  bool iterators = false;
  bool integer = false;
  bool map = false;
  bool holds_records = false;
  bool integers = false;
  clang::visit_fields(clang_getCursorType(record), [&](CXCursor field) {
    const CXType type = clang_getCursorType(field);
    integer |= is_integer(type);
    const TypeFacts* of_field = types.find(type);
    if (of_field == nullptr) return;
    strings += of_field->kind == TypeKind::String ? 1 : 0;
    list |= of_field->roles.has(TypeRole::DoublyLinked);
    iterators |= of_field->kind == TypeKind::Map;
    map |= of_field->kind == TypeKind::Map && is_integer(of_field->key);
    if (of_field->kind == TypeKind::Sequence) {
      integers |= is_integer(of_field->element);
      holds_records |= !clang::is_null(record_of(of_field->element));
    }
  });
  found.lists = list && iterators;
  found.counted_map = map && integer;
  found.free_list = holds_records && integers;
  found.strings = strings >= 2;
  return shapes_.emplace(record, found).first->second;
}

bool Context::takes_owner(CXType function) {
  const CXType canonical = clang_getCanonicalType(function);
  if (canonical.kind != CXType_FunctionProto) return false;
  const auto [known, added] = takes_owner_.try_emplace(canonical.data[0], false);
  if (!added) return known->second;
  bool takes = false;
  const int count = clang_getNumArgTypes(canonical);
  for (int i = 0; i < count && !takes; ++i) {
    takes = types.counted(clang_getArgType(canonical, static_cast<unsigned>(i))) != nullptr;
  }
  takes_owner_[canonical.data[0]] = takes;
  return takes;
}

Variable* Context::variable(CXCursor reference) {
  CXCursor declaration = clang_getCursorReferenced(reference);
  const auto binding = bindings.find(declaration);
  if (binding != bindings.end()) declaration = binding->second;
  const auto found = variables.find(declaration);
  return found == variables.end() ? nullptr : &found->second;
}

std::string Context::text(CXCursor cursor) const {
  CXFile file = nullptr;
  unsigned begin = 0;
  unsigned end = 0;
  const CXSourceRange extent = clang_getCursorExtent(cursor);
  clang_getFileLocation(clang_getRangeStart(extent), &file, nullptr, nullptr, &begin);
  clang_getFileLocation(clang_getRangeEnd(extent), nullptr, nullptr, nullptr, &end);
  if (file == nullptr) return {};
  const std::string_view all = sources.text(file);
  if (begin >= end || end > all.size()) return {};
  std::string line;
  for (const char c : all.substr(begin, end - begin)) {
    if (!is_space(c)) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string Context::function_name(Ancestors ancestors) {
  for (auto i = ancestors.rbegin(); i != ancestors.rend(); ++i) {
    if (!clang::is_function_or_template(clang_getCursorKind(*i))) continue;
    std::string name = names.template_name(*i);
    if (name.ends_with("()")) name.resize(name.size() - 2);
    return name;
  }
  return {};
}

std::string Context::function_id(CXCursor function) {
  const bool lambda = clang_getCursorKind(function) == CXCursor_LambdaExpr ||
                      (clang_getCursorKind(function) == CXCursor_CXXMethod &&
                       name_of(clang_getCursorSemanticParent(function)).starts_with("(lambda"));
  if (lambda) {
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getFileLocation(clang_getCursorLocation(function), &file, nullptr, nullptr, &offset);
    return "lambda@" + clang::to_string(clang_getFileName(file)) + ":" + std::to_string(offset);
  }
  const CXCursor pattern = clang_getSpecializedCursorTemplate(function);
  return clang::to_string(clang_getCursorUSR(clang::is_null(pattern) ? function : pattern));
}

}  // namespace snug::ownership
