#include "scan/proof/proof_records.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

#include "scan/parse/clang.hpp"
#include "scan/records/records.hpp"

namespace snug {
namespace {

bool is_class(CXCursorKind kind) {
  return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl || kind == CXCursor_UnionDecl;
}

bool is_template(CXCursorKind kind) {
  return kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization;
}

/// True for a USR in which a local type stands with its byte offset, as `...@12@...`: that of an
/// instantiation with such an argument.
bool holds_offset(std::string_view id) {
  for (std::size_t at = id.find('@'); at != std::string_view::npos;) {
    const std::size_t next = id.find('@', at + 1);
    const auto part = id.substr(at + 1, next == std::string_view::npos ? next : next - at - 1);
    if (!part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos) {
      return true;
    }
    at = next;
  }
  return false;
}

/// What a pointer, reference or array is made of in the end.
CXType made_of(CXType type) {
  for (;;) {
    type = clang_getCanonicalType(type);
    switch (type.kind) {
      case CXType_Pointer:
      case CXType_LValueReference:
      case CXType_RValueReference:
        type = clang_getPointeeType(type);
        break;
      case CXType_ConstantArray:
      case CXType_IncompleteArray:
      case CXType_VariableArray:
      case CXType_DependentSizedArray:
        type = clang_getArrayElementType(type);
        break;
      default:
        return type;
    }
  }
}

}  // namespace

ProofRecords::ProofRecords(ModelQuestions& model, const EditedSources& edited,
                           const Sources& sources, Names& names)
    : model_(model), edited_(edited), sources_(sources), names_(names) {}

std::string ProofRecords::name_before(CXCursor declaration) const {
  std::string name = names_.qualified(declaration);
  for (const auto& edited : edited_.texts()) {
    const std::string opening = " at " + sources_.shown(edited.first) + ":";
    for (std::size_t at = 0; (at = name.find(opening, at)) != std::string::npos;) {
      at += opening.size();
      std::uint64_t line = 0;
      std::uint64_t column = 0;
      const char* const end = name.data() + name.size();
      const auto colon = std::from_chars(name.data() + at, end, line);
      if (colon.ptr == end || *colon.ptr != ':') continue;
      const auto close = std::from_chars(colon.ptr + 1, end, column);
      if (close.ec != std::errc()) continue;
      const auto place = edited_.original_place(edited.first, line, column);
      const auto length = static_cast<std::size_t>(close.ptr - (name.data() + at));
      name.replace(at, length, fmt::format("{}:{}", place.first, place.second));
    }
  }
  return name;
}

const Record* ProofRecords::find(CXCursor declaration) {
  const std::string& id = names_.id(declaration);
  const bool shifts = is_local(declaration) || is_unnamed(declaration) || holds_offset(id) ||
                      model_.find(id + "#2") != nullptr;
  if (!shifts) return model_.find(id);
  CXFile file = nullptr;
  unsigned offset = 0;
  const CXCursor written = written_definition(declaration);
  clang_getFileLocation(clang_getCursorLocation(written), &file, nullptr, nullptr, &offset);
  if (file == nullptr) return nullptr;
  const auto& path = sources_.path(file);
  const auto there = model_.at_place(path, edited_.original_offset(path, offset));
  if (there.empty()) return nullptr;
  // All instantiations of a template stand at one place, and the model need not have this one.
  const std::string name = name_before(declaration);
  const auto has_name = [&](const Record* record) { return record->name == name; };
  const auto first = std::find_if(there.begin(), there.end(), has_name);
  if (first == there.end() || std::any_of(std::next(first), there.end(), has_name)) return nullptr;
  return *first;
}

void ProofRecords::add_declaration(CXCursor declaration, std::set<std::string>& ids) {
  const auto kind = clang_getCursorKind(declaration);
  if (is_class(kind)) {
    const auto* record = find(declaration);
    if (record != nullptr && record->reported) ids.insert(record->id);
  }
  if (is_template(kind)) {
    for (const Record* record : model_.of_template(names_.id(declaration))) ids.insert(record->id);
  }
}

void ProofRecords::add_type(CXType type, std::set<std::string>& ids) {
  if (type.kind == CXType_Invalid) return;
  add_declaration(clang_getTypeDeclaration(made_of(type)), ids);
}

void ProofRecords::add_parents(CXCursor cursor, std::set<std::string>& ids) {
  for (auto at = cursor; !clang::is_null(at) && clang_isInvalid(clang_getCursorKind(at)) == 0;) {
    if (clang_getCursorKind(at) == CXCursor_TranslationUnit) return;
    add_declaration(at, ids);
    const auto parent = clang_getCursorSemanticParent(at);
    if (clang_equalCursors(parent, at) != 0) return;
    at = parent;
  }
}

std::set<std::string> ProofRecords::referred_at(std::span<const CXCursor> cursors) {
  std::set<std::string> ids;
  for (const auto cursor : cursors) {
    add_type(clang_getCursorType(cursor), ids);
    const auto referenced = clang_getCursorReferenced(cursor);
    if (clang::is_null(referenced)) continue;
    add_declaration(referenced, ids);
    add_type(clang_getCursorType(referenced), ids);
    const auto kind = clang_getCursorKind(referenced);
    const bool member = kind == CXCursor_FieldDecl || kind == CXCursor_Constructor;
    if (member) add_declaration(clang_getCursorSemanticParent(referenced), ids);
  }
  if (ids.empty()) {
    for (const auto cursor : cursors) add_parents(cursor, ids);
  }
  return ids;
}

}  // namespace snug
