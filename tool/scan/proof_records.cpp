#include "scan/proof_records.hpp"

#include <algorithm>

#include "scan/clang.hpp"
#include "scan/records.hpp"

namespace snug {
namespace {

bool is_record(CXCursorKind kind) {
  return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl || kind == CXCursor_UnionDecl;
}

bool is_template(CXCursorKind kind) {
  return kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization;
}

/// What a pointer, reference or array is made of in the end.
CXType stripped(CXType type) {
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

ProofRecords::ProofRecords(const Model& model, const EditedSources& edited, const Sources& sources,
                           Names& names)
    : model_(model), edited_(edited), sources_(sources), names_(names) {
  for (const auto& record : model.records) {
    by_place_[{record.where.file, record.where.begin}].push_back(&record);
    if (!record.template_id.empty()) by_template_.emplace(record.template_id, &record);
  }
}

const Record* ProofRecords::find(CXCursor declaration) {
  if (const auto* record = model_.find(names_.id(declaration))) return record;
  CXFile file = nullptr;
  unsigned offset = 0;
  const CXCursor written = written_definition(declaration);
  clang_getFileLocation(clang_getCursorLocation(written), &file, nullptr, nullptr, &offset);
  if (file == nullptr) return nullptr;
  const auto& path = sources_.path(file);
  const auto found = by_place_.find({path, edited_.original_offset(path, offset)});
  if (found == by_place_.end()) return nullptr;
  const auto& there = found->second;
  if (there.size() == 1) return there.front();
  const auto& name = names_.qualified(declaration);
  const auto same = std::find_if(there.begin(), there.end(),
                                 [&](const Record* record) { return record->name == name; });
  return same == there.end() ? nullptr : *same;
}

void ProofRecords::add_declaration(CXCursor declaration, std::set<std::string>& ids) {
  const auto kind = clang_getCursorKind(declaration);
  if (is_record(kind)) {
    const auto* record = find(declaration);
    if (record != nullptr && record->reported) ids.insert(record->id);
  }
  if (is_template(kind) || is_record(kind)) {
    const auto all = by_template_.equal_range(names_.id(declaration));
    for (auto at = all.first; is_template(kind) && at != all.second; ++at) {
      ids.insert(at->second->id);
    }
  }
}

void ProofRecords::add_type(CXType type, std::set<std::string>& ids) {
  if (type.kind == CXType_Invalid) return;
  add_declaration(clang_getTypeDeclaration(stripped(type)), ids);
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
