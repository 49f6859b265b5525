// Records that other binaries may know, that share their bytes in a union, and whose order of
// fields is the meaning of a comparison.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "scan/parse/c_guards.hpp"
#include "scan/uses/seen/uses_member_pointers.hpp"
#include "scan/uses/uses_effects.hpp"

namespace snug::uses {

bool Context::is_offered_to_c(CXCursor declaration) {
  if (clang_Location_isFromMainFile(clang_getCursorLocation(declaration)) != 0) return false;
  CXFile file = nullptr;
  const unsigned begin = begin_offset(declaration, &file);
  if (file == nullptr) return false;
  const auto [known, fresh] = c_guards_.try_emplace(file);
  if (fresh) known->second = c_guards(sources_.text(file));
  return std::any_of(known->second.begin(), known->second.end(), [&](const auto& stretch) {
    return begin >= stretch.first && begin < stretch.second;
  });
}

namespace {

/// True for a declaration that other binaries are to see: an attribute of it gives it default
/// visibility, or it is exported from or imported into a DLL. The front end does not show what a
/// pragma before it says.
bool is_exported(CXCursor declaration) {
  bool visible = false;
  clang::visit_children(declaration, [&](CXCursor child, CXCursor) {
    const CXCursorKind kind = clang_getCursorKind(child);
    visible = kind == CXCursor_DLLExport || kind == CXCursor_DLLImport ||
              (kind == CXCursor_VisibilityAttr &&
               clang_getCursorVisibility(declaration) == CXVisibility_Default);
    return visible ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return visible;
}

bool is_linkage_spec(Ancestors ancestors) {
  return std::any_of(ancestors.begin(), ancestors.end(), [](CXCursor ancestor) {
    return clang_getCursorKind(ancestor) == CXCursor_LinkageSpec;
  });
}

/// True for a function or variable whose symbol is its plain name and can be seen from outside.
bool has_c_linkage(const Context& context, CXCursor declaration, Ancestors ancestors) {
  if (!context.is_cxx() || !is_linkage_spec(ancestors) ||
      clang_getCursorLinkage(declaration) != CXLinkage_External) {
    return false;
  }
  const std::string mangled = clang::to_string(clang_Cursor_getMangling(declaration));
  const std::string name = spelling(declaration);
  return mangled == name ||
         (mangled.size() == name.size() + 1 && mangled.front() == '_' && mangled.ends_with(name));
}

/// A record that is declared in a header and defined elsewhere, in a source file or a header of the
/// implementation, is a handle: outside, only its name is known.
bool is_opaque(const RecordFacts& record) {
  CXFile declared = nullptr;
  CXFile defined = nullptr;
  (void)begin_offset(clang_getCanonicalCursor(record.definition), &declared);
  (void)begin_offset(record.definition, &defined);
  return declared != nullptr && defined != nullptr && clang_File_isEqual(declared, defined) == 0;
}

/// How others see a function or variable, and with it the types that it names.
struct Interface {
  UseKind kind = UseKind::ExternC;
  std::string_view whose = "the C interface of";
};

void add_linked_type(Context& context, CXCursor declaration, Ancestors ancestors, CXType type,
                     const Interface& interface) {
  type = clang_getCanonicalType(type);
  bool indirect = false;
  while (type.kind == CXType_Pointer || type.kind == CXType_LValueReference ||
         type.kind == CXType_RValueReference) {
    indirect = true;
    type = clang_getCanonicalType(clang_getPointeeType(type));
  }
  const RecordFacts* record = context.record(type);
  if (record == nullptr || (indirect && is_opaque(*record))) {
    return;
  }
  context.add(
      *record, declaration, ancestors,
      {.kind = interface.kind,
       .detail = fmt::format("is part of {} '{}'", interface.whose, spelling(declaration))});
}

/// Nothing where nobody else sees the function or variable.
std::optional<Interface> interface_of(Context& context, CXCursor declaration, Ancestors ancestors) {
  if (clang_getCursorLinkage(declaration) != CXLinkage_External) return std::nullopt;
  if (context.is_cxx() ? has_c_linkage(context, declaration, ancestors)
                       : context.is_offered_to_c(declaration)) {
    return Interface{};
  }
  if (is_exported(declaration))
    return Interface{UseKind::Exported, "the interface of the exported"};
  return std::nullopt;
}

bool is_ordering(const std::string& name) {
  static constexpr std::array<std::string_view, 5> kNames{"operator<=>", "operator<", "operator>",
                                                          "operator<=", "operator>="};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_defaulted(const Context& context, CXCursor function) {
  if (clang_CXXMethod_isDefaulted(function) != 0) {
    return true;
  }
  CXFile file = nullptr;
  const unsigned begin = begin_offset(function, &file);
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(function)), nullptr, nullptr,
                        nullptr, &end);
  if (file == nullptr || end <= begin) {
    return false;
  }
  return context.sources().text(file).substr(begin, end - begin).ends_with("default");
}

void add_comparison(Context& context, CXCursor function, const std::string& name,
                    Ancestors ancestors) {
  if (!is_defaulted(context, function)) {
    return;
  }
  const RecordFacts* record = context.record(clang_getCursorSemanticParent(function));
  if (record == nullptr && clang_Cursor_getNumArguments(function) > 0) {  // a friend
    record = context.record(clang_getCursorType(clang_Cursor_getArgument(function, 0)));
  }
  if (record == nullptr) return;
  UseFacts use{.kind = UseKind::DefaultedComparison, .fields = record->field_names()};
  if (name == "operator==") {
    const auto noticed = std::find_if(
        record->fields.begin(), record->fields.end(),
        [&](const FieldFacts& field) { return !compares_quietly(context, field.type); });
    if (noticed == record->fields.end()) return;  // equal in any order
    use.detail = "runs code for '" + noticed->name + "' that may be noticed";
  } else if (name != "operator<=>") {
    use.detail = "asks operator<=>";
    use.keeps_meaning = true;
  }
  context.add(*record, function, ancestors, use);
}

/// Comparisons of a class stand in it, or beside it as functions.
void note_comparison(Context& context, CXCursor function) {
  const CXCursor owner = clang_getCursorSemanticParent(function);
  if (clang_getCursorKind(function) == CXCursor_CXXMethod) {
    return context.effects().comparisons[owner].push_back(function);
  }
  const int count = clang_Cursor_getNumArguments(function);
  for (int i = 0; i < count; ++i) {
    const CXCursor parameter = clang_Cursor_getArgument(function, static_cast<unsigned>(i));
    if (const RecordFacts* record = context.record(clang_getCursorType(parameter))) {
      context.effects().comparisons[record->definition].push_back(function);
    }
  }
}

/// Bytes, numbers and arrays of them beside a record in a union: a way to look at its bytes.
bool is_raw(CXType type) {
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
    if (is_scalar_number(type)) {
      return true;
    }
  }
  return false;
}

/// A pointer to bytes or numbers, but for text, beside a pointer to a record in a union.
bool points_to_numbers(CXType type) {
  if (type.kind != CXType_Pointer) return false;
  const CXType to = clang_getCanonicalType(clang_getPointeeType(type));
  return is_scalar_number(to) && to.kind != CXType_Char_S && to.kind != CXType_Char_U;
}

void see_union(Context& context, const RecordFacts& record, Ancestors ancestors) {
  const bool seen_through =
      std::any_of(record.fields.begin(), record.fields.end(),
                  [](const FieldFacts& field) { return points_to_numbers(field.type); });
  const bool raw = std::any_of(record.fields.begin(), record.fields.end(),
                               [](const FieldFacts& field) { return is_raw(field.type); });
  for (const FieldFacts& field : record.fields) {
    if (record.fields.size() < 2) continue;
    if (const RecordFacts* told = record_of_member_pointer(context, field.type)) {
      context.add(
          *told, field.cursor, ancestors,
          {.kind = UseKind::OffsetOf, .detail = "has a pointer to its member looked at as bytes"});
    }
    const RecordFacts* pointed = seen_through ? context.pointee(field.type) : nullptr;
    if (pointed != nullptr && field.type.kind == CXType_Pointer) {
      context.add(*pointed, field.cursor, ancestors,
                  {.kind = UseKind::ByteCast,
                   .detail = "is pointed to by a union that has a pointer to numbers too"});
    }
    const RecordFacts* member = context.record(field.type);
    if (member == nullptr) continue;
    const std::string owner = record.name.empty() || record.name.find('(') != std::string::npos
                                  ? "an unnamed union"
                                  : "the union '" + record.name + "'";
    context.add(*member, field.cursor, ancestors,
                {.kind = UseKind::UnionMember, .detail = "shares its bytes in " + owner});
    if (raw) {
      context.add(*member, field.cursor, ancestors,
                  {.kind = UseKind::ByteCast, .detail = "is placed over raw memory in " + owner});
    }
  }
}

/// The record that `std::tuple_size<T>` is specialised for is bound with get<>.
void note_tuple_size(Context& context, CXCursor record) {
  if (spelling(record) == "tuple_size") {
    const CXType type = clang_getCursorType(record);
    if (clang_Type_getNumTemplateArguments(type) == 1) {
      if (const RecordFacts* bound =
              context.record(clang_Type_getTemplateArgumentAsType(type, 0))) {
        context.note_tuple_like(bound->id);
      }
    }
  }
}

}  // namespace

void see_record(Context& context, CXCursor record, Ancestors ancestors) {
  if (clang_isCursorDefinition(record) == 0) {
    return;
  }
  if (clang_getCursorKind(record) == CXCursor_UnionDecl) {
    if (const RecordFacts* facts = context.record(record)) {
      see_union(context, *facts, ancestors);
    }
  }
  note_tuple_size(context, record);
  const RecordFacts* facts = context.record(record);
  if (facts == nullptr) return;
  // What is defined in a source file is not declared for anybody else.
  const bool own = clang_Location_isFromMainFile(clang_getCursorLocation(record)) != 0;
  const bool in_extern_c = context.is_cxx() && !ancestors.empty() &&
                           clang_getCursorKind(ancestors.back()) == CXCursor_LinkageSpec &&
                           begins_with(context, ancestors.back(), "extern \"C\"");
  if (!own && (in_extern_c || context.is_offered_to_c(record))) {
    context.add(*facts, record, ancestors,
                {.kind = UseKind::ExternC, .detail = "is declared for C"});
  }
  if (is_exported(record)) {
    context.add(*facts, record, ancestors,
                {.kind = UseKind::Exported, .detail = "has an attribute that exports it"});
  }
}

void see_function(Context& context, CXCursor function, Ancestors ancestors) {
  const CXCursorKind kind = clang_getCursorKind(function);
  if (kind == CXCursor_Constructor) {
    return;
  }
  const std::string name = spelling(function);
  if (context.is_cxx() && name.starts_with("operator") &&
      (name == "operator==" || is_ordering(name))) {
    note_comparison(context, function);
    add_comparison(context, function, name, ancestors);
    return;
  }
  if (kind != CXCursor_FunctionDecl) {
    return;
  }
  const auto interface = interface_of(context, function, ancestors);
  if (!interface) {
    return;
  }
  const CXType type = clang_getCursorType(function);
  add_linked_type(context, function, ancestors, clang_getResultType(type), *interface);
  const int count = clang_getNumArgTypes(type);
  for (int i = 0; i < count; ++i) {
    add_linked_type(context, function, ancestors, clang_getArgType(type, static_cast<unsigned>(i)),
                    *interface);
  }
}

void see_linked_variable(Context& context, CXCursor variable, Ancestors ancestors) {
  if (const auto interface = interface_of(context, variable, ancestors)) {
    add_linked_type(context, variable, ancestors, clang_getCursorType(variable), *interface);
  }
}

}  // namespace snug::uses
