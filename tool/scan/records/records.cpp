#include "scan/records/records.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "layout/gcc_layout.hpp"
#include "scan/parse/declarations.hpp"

namespace snug {

namespace {

RecordKind kind_of(CXCursor record) {
  switch (clang_getCursorKind(record)) {
    case CXCursor_UnionDecl:
      return RecordKind::Union;
    case CXCursor_ClassDecl:
      return RecordKind::Class;
    default:
      return RecordKind::Struct;
  }
}

bool in_extern_c(CXCursor record, const Sources& sources) {
  for (CXCursor at = clang_getCursorSemanticParent(record);
       !clang::is_null(at) && clang_isTranslationUnit(clang_getCursorKind(at)) == 0 &&
       clang_isInvalid(clang_getCursorKind(at)) == 0;
       at = clang_getCursorSemanticParent(at)) {
    const CXCursorKind kind = clang_getCursorKind(at);
    if (kind != CXCursor_LinkageSpec && kind != CXCursor_UnexposedDecl) {
      continue;
    }
    CXFile file = nullptr;
    unsigned offset = 0;
    clang_getSpellingLocation(clang_getRangeStart(clang_getCursorExtent(at)), &file, nullptr,
                              nullptr, &offset);
    const std::string_view text = sources.text(file);
    const std::vector<Lexeme> tokens = lex(text, offset, offset + 64);
    return tokens.size() > 1 && spelling(text, tokens[0]) == "extern" &&
           spelling(text, tokens[1]) == "\"C\"";
  }
  return false;
}

Traits traits_of(const ReadClass& info, const Sources& sources, const Abi& abi) {
  Traits traits;
  traits.polymorphic = info.polymorphic;
  traits.has_virtual_bases = !info.virtual_bases.empty();
  traits.packed = info.packed_attribute;
  traits.pragma_pack = pack_limits(info, abi);
  traits.explicit_align = info.explicit_align;
  traits.aggregate = info.aggregate;
  traits.standard_layout = info.standard_layout;
  traits.trivially_copyable = info.trivially_copyable;
  traits.pod = info.pod;
  traits.empty = info.empty;
  traits.final = info.final;
  traits.lambda = info.lambda;
  traits.flexible_array = info.flexible;
  traits.bit_field_wall =
      std::any_of(info.fields.begin(), info.fields.end(),
                  [](const FieldInfo& field) { return field.width.value_or(1) == 0; });
  traits.local = is_local(info.cursor);
  traits.unnamed = is_unnamed(info.cursor);
  const CXLinkageKind linkage = clang_getCursorLinkage(info.cursor);
  traits.internal_linkage = info.cxx && linkage != CXLinkage_External;
  // Of the system's nobody asks, and it depends on which header came first.
  const bool own = sources.reported(clang_getCursorLocation(info.cursor));
  traits.c_linkage = !info.cxx || (own && in_extern_c(info.cursor, sources));
  traits.instantiation = is_instantiation(info.cursor);
  traits.invalid = clang_isInvalidDeclaration(info.cursor) != 0;
  return traits;
}

void add_text(const ReadClass& info, const Sources& sources, Record& record) {
  const CXCursor written = written_definition(info.cursor);
  if (info.lambda) {
    record.where = sources.name(info.cursor);
    record.definition = sources.range(clang_getCursorExtent(info.cursor));
    return;
  }
  const RecordText text(written, sources);
  record.where = sources.name(written);
  if (record.traits.unnamed && text.known()) {
    record.where = text.keyword();
  }
  record.definition =
      text.known() ? text.definition() : sources.range(clang_getCursorExtent(written));
  record.traits.from_macro = !text.known();
  record.traits.conditional_fields = text.conditional();
}

}  // namespace

bool is_instantiation(CXCursor record) {
  const CXCursor pattern = clang_getSpecializedCursorTemplate(record);
  if (clang::is_null(pattern)) {
    return false;
  }
  if (clang_equalLocations(clang_getCursorLocation(pattern), clang_getCursorLocation(record)) !=
      0) {
    return true;
  }
  // An explicit specialisation has a body of its own, an explicit instantiation has none.
  bool has_member = false;
  clang::visit_children(record, [&](CXCursor child, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(child);
    has_member = clang_isDeclaration(kind) != 0 || kind == CXCursor_CXXBaseSpecifier ||
                 kind == CXCursor_CXXAccessSpecifier;
    return has_member ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  if (has_member) {
    return false;
  }
  CXFile file = nullptr;
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(record)), &file, nullptr, nullptr,
                        &end);
  std::size_t size = 0;
  const char* text = clang_getFileContents(clang_Cursor_getTranslationUnit(record), file, &size);
  return text == nullptr || end == 0 || end > size || text[end - 1] != '}';
}

CXCursor written_definition(CXCursor record) {
  while (is_instantiation(record)) {
    const CXCursor pattern = clang_getSpecializedCursorTemplate(record);
    const CXCursor definition = clang_getCursorDefinition(pattern);
    const CXCursor next = clang::is_null(definition) ? pattern : definition;
    if (clang_equalCursors(next, record) != 0) {
      break;
    }
    record = next;
  }
  return record;
}

Record make_record(const ReadClass& info, const Sources& sources, Names& names, const Abi& abi,
                   bool reported) {
  Record record;
  record.id = names.id(info.cursor);
  record.name = names.qualified(info.cursor);
  record.kind = kind_of(info.cursor);
  record.size = info.size_bits / 8;
  record.align = info.align_bits / 8;
  record.data_size = info.data_bits / 8;
  record.nonvirtual_size = info.nonvirtual_bits / 8;
  record.nonvirtual_align = info.nonvirtual_align_bits / 8;
  record.reported = reported;
  record.traits = traits_of(info, sources, abi);
  const CXCursor origin = primary_template(info.cursor);
  if (!clang::is_null(origin)) {
    record.template_id = names.id(origin);
    record.template_name = names.template_name(origin);
  }
  record.where = sources.name(info.cursor);
  if (reported) {
    add_text(info, sources, record);
  }
  if (info.problem.empty()) {
    record.slots = make_slots(info, sources, names, abi, reported);
    label_padding(record);
  }
  return record;
}

void RecordCollector::add(CXType type) {
  const CXCursor declaration = clang_getTypeDeclaration(type);
  if (!sources_.reported(clang_getCursorLocation(written_definition(declaration)))) {
    return;
  }
  const ReadClass* info = classes_.find(type);
  if (info != nullptr && seen_.insert(info).second) {
    reported_.push_back(info);
  }
}

void RecordCollector::add_needed(const ClassInfo& info) {
  const auto need = [&](const ClassInfo* other) {
    if (other != nullptr && seen_.insert(other).second) {
      needed_.push_back(&as_read(*other));
      add_needed(*other);
    }
  };
  for (const BaseInfo& base : info.bases) {
    need(base.type);
  }
  for (const VirtualBaseInfo& base : info.virtual_bases) {
    need(base.type);
  }
  for (const FieldInfo& field : info.fields) {
    if (!field.is_reference) {
      need(field.record);
    }
  }
}

void RecordCollector::finish(Model& model, Unit& unit) {
  for (const ReadClass* info : reported_) {
    add_needed(*info);
  }
  GccLayouts gcc(classes_.abi(), classes_.standard());
  const auto make = [&](const ReadClass& info, bool reported) {
    Record record = make_record(info, sources_, names_, classes_.abi(), reported);
    record.traits.abi_differs = gcc.differs(info);
    std::string problem = info.problem;
    if (problem.empty()) {
      problem = coverage_error(record);
    }
    if (!problem.empty()) {
      if (reported) {
        unit.problems.push_back(
            fmt::format("the layout of '{}' is left out: {}", record.name, problem));
        model.left_out.without_layout.push_back(record.name);
      }
      return;
    }
    record.units = {0};
    model.records.push_back(std::move(record));
  };
  for (const ReadClass* info : reported_) {
    make(*info, true);
  }
  for (const ReadClass* info : needed_) {
    make(*info, false);
  }
  auto& without = model.left_out.without_layout;
  std::sort(without.begin(), without.end());
  without.erase(std::unique(without.begin(), without.end()), without.end());
  std::stable_sort(model.records.begin(), model.records.end(),
                   [](const Record& a, const Record& b) { return a.id < b.id; });
  // Ids that two declarations share after all are told apart in the order of the source.
  for (std::size_t i = 1, same = 1; i < model.records.size(); ++i) {
    const std::string& before = model.records[i - same].id;
    same = model.records[i].id == before ? same + 1 : 1;
    if (same > 1) {
      model.records[i].id += fmt::format("#{}", same);
    }
  }
  std::sort(model.records.begin(), model.records.end(),
            [](const Record& a, const Record& b) { return a.id < b.id; });
}

}  // namespace snug
