// What a type is for the purpose of following objects.
#include "scan/evidence/evidence_context.hpp"

#include <optional>

#include "scan/records/classes.hpp"

namespace snug::evidence {

namespace {

/// True if the class, or the template that it is made from, has operator[], or begin and end.
bool gives_elements(CXCursor declaration) {
  const CXCursor pattern = clang_getSpecializedCursorTemplate(declaration);
  bool index = false;
  bool begin = false;
  bool end = false;
  clang::visit_children(clang::is_null(pattern) ? declaration : pattern,
                        [&](CXCursor child, CXCursor) {
                          if (clang_getCursorKind(child) == CXCursor_CXXMethod) {
                            const std::string name = spelling(child);
                            index = index || name == "operator[]";
                            begin = begin || name == "begin";
                            end = end || name == "end";
                          }
                          return CXChildVisit_Continue;
                        });
  return index || (begin && end);
}

/// What the elements are of an array that the project made itself: a class with one pointer, a
/// count, and a way to the elements. Invalid for other types.
CXType own_element(CXType canonical) {
  const CXType none{CXType_Invalid, {nullptr, nullptr}};
  CXType element = none;
  int pointers = 0;
  int counts = 0;
  clang::visit_fields(canonical, [&](CXCursor field) {
    const CXType type = clang_getCanonicalType(clang_getCursorType(field));
    if (type.kind == CXType_Pointer) {
      ++pointers;
      element = clang_getCanonicalType(clang_getPointeeType(type));
    } else if (type.kind >= CXType_UShort && type.kind <= CXType_Int128) {
      ++counts;
    }
  });
  const bool array = pointers == 1 && counts >= 1 && element.kind == CXType_Record &&
                     gives_elements(clang_getTypeDeclaration(canonical));
  return array ? element : none;
}

bool is_number(CXTypeKind kind) {
  return (kind >= CXType_Bool && kind <= CXType_Int128) || kind == CXType_Enum;
}

}  // namespace

std::uint64_t Context::asked_alignment(CXCursor attribute) const {
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(attribute)), &file, nullptr,
                        nullptr, &offset);
  const std::string_view text = file == nullptr ? std::string_view() : sources_.text(file);
  const auto bits = offset < text.size() ? asked_alignment_bits(text.substr(offset)) : std::nullopt;
  // A name instead of a number: nobody names an alignment that is less than a line.
  return bits ? *bits / 8 : 64;
}

namespace {

/// False for a record without a definition, and for arrays of those: the front end must not be
/// asked for their alignment.
bool is_complete(CXType canonical) {
  CXType type = canonical;
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
         type.kind == CXType_VariableArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  return type.kind != CXType_Record ||
         !clang::is_null(clang_getCursorDefinition(clang_getTypeDeclaration(type)));
}

}  // namespace

const TypeFacts& Context::type(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  const auto [place, added] = types_.try_emplace(canonical.data[0]);
  TypeFacts& facts = place->second;
  if (added) {
    fill(canonical, facts);
  }
  return facts;
}

void Context::fill(CXType canonical, TypeFacts& facts) {
  // The type of an expression that names a method is a placeholder: it has no size, and the front
  // end must not be asked for one.
  if (canonical.kind == CXType_Invalid || canonical.kind == CXType_Unexposed ||
      canonical.kind == CXType_Overload || canonical.kind == CXType_Dependent) {
    return;
  }
  facts.is_const = clang_isConstQualifiedType(canonical) != 0;
  if (canonical.kind == CXType_LValueReference || canonical.kind == CXType_RValueReference) {
    // References inside of references do not exist: this recurses once. The map may grow.
    TypeFacts inner = this->type(clang_getPointeeType(canonical));
    inner.reference = true;
    types_[canonical.data[0]] = std::move(inner);
    return;
  }
  const bool complete = is_complete(canonical);
  const long long size = complete ? clang_Type_getSizeOf(canonical) : 0;
  const long long align = complete ? clang_Type_getAlignOf(canonical) : 1;
  facts.size = size > 0 ? static_cast<std::uint64_t>(size) : 0;
  facts.align = align > 0 ? static_cast<std::uint64_t>(align) : 1;
  facts.number = is_number(canonical.kind);
  switch (canonical.kind) {
    case CXType_Pointer: {
      facts.pointer = true;
      facts.element = clang_getCanonicalType(clang_getPointeeType(canonical));
      const CXTypeKind kind = facts.element.kind;
      facts.function_object = kind == CXType_FunctionProto || kind == CXType_FunctionNoProto;
      facts.record_id = this->type(facts.element).record_id;
      break;
    }
    case CXType_ConstantArray:
    case CXType_IncompleteArray:
    case CXType_VariableArray: {
      facts.array = true;
      facts.element = clang_getCanonicalType(clang_getArrayElementType(canonical));
      const long long count = clang_getArraySize(canonical);
      facts.elements = count > 0 ? static_cast<std::uint64_t>(count) : 0;
      const TypeFacts inner = this->type(facts.element);
      facts.record_id = inner.record_id;
      facts.atomic = inner.atomic;
      facts.lock = inner.lock;
      break;
    }
    case CXType_Atomic: {
      facts.atomic = true;
      facts.element = clang_Type_getValueType(canonical);
      facts.number = is_number(facts.element.kind);
      break;
    }
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
      facts.function = true;
      break;
    case CXType_MemberPointer:
      facts.function_object = true;
      break;
    case CXType_Record:
      fill_record(canonical, facts);
      break;
    default:
      break;
  }
}

void Context::fill_record(CXType canonical, TypeFacts& facts) {
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  facts.record = true;
  facts.self = canonical;
  facts.project = sources_.in_project(clang_getCursorLocation(declaration));
  facts.name = names_.template_name(declaration);
  facts.record_id = names_.id(declaration);
  const TypeMatch known = sources_.known().type(facts.name);
  facts.roles = known.roles;
  facts.atomic = known.is(TypeRole::Atomic);
  facts.guard = known.is(TypeRole::Guard);
  facts.lock = known.is(TypeRole::Lock);
  facts.thread = known.is(TypeRole::Thread);
  facts.future = known.is(TypeRole::Future);
  facts.function_object = known.is(TypeRole::Callable);
  const int arguments = clang_Type_getNumTemplateArguments(canonical);
  // A row of the project tells which argument is held; it makes a class of the project a container.
  const int held = known.own ? known.row->element : 0;
  const CXType first = held >= 0 && held < arguments ? clang_Type_getTemplateArgumentAsType(
                                                           canonical, static_cast<unsigned>(held))
                                                     : CXType{CXType_Invalid, {nullptr, nullptr}};
  if (known.is(TypeRole::Refers) && (arguments > 0 || known.is(TypeRole::Iterator))) {
    facts.smart = true;
    // unique_ptr<T[]> points to the first T.
    facts.element = first.kind == CXType_IncompleteArray
                        ? clang_getCanonicalType(clang_getArrayElementType(first))
                        : first;
    if (first.kind != CXType_Invalid) {
      const TypeFacts inner = this->type(first);
      facts.record_id = inner.record_id.empty() ? facts.record_id : inner.record_id;
    }
    return;
  }
  const bool own_container =
      known.own && known.row->roles.has_any({TypeRole::Sequence, TypeRole::Map});
  if (facts.project && !own_container && !facts.lock && !facts.atomic) {
    facts.element = own_element(canonical);
    facts.container = facts.element.kind != CXType_Invalid;
    return;
  }
  if (first.kind == CXType_Invalid || facts.atomic) {
    return;
  }
  facts.element = first;
  const TypeFacts inner = this->type(first);
  facts.array = known.is(TypeRole::Inside);
  facts.container = !facts.array && !facts.thread && !facts.future && !facts.guard;
  if (facts.array) {
    facts.elements = inner.size == 0 ? 0 : facts.size / inner.size;
    facts.atomic = inner.atomic;
    facts.lock = inner.lock;
    facts.record_id = inner.record_id;
  }
}

}  // namespace snug::evidence
