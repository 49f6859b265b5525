#include "scan/ownership/ownership_types.hpp"

#include <string_view>

#include "scan/parse/clang.hpp"
#include "scan/parse/names.hpp"

namespace snug::ownership {
namespace {

CXType argument(CXType type, unsigned index) {
  return clang_Type_getTemplateArgumentAsType(type, index);
}

TypeKind kind_of(const TypeMatch& known) {
  if (known.roles.has_any({TypeRole::Counted, TypeRole::Weak, TypeRole::Unique}))
    return TypeKind::Owner;
  if (known.is(TypeRole::String)) return TypeKind::String;
  if (known.is(TypeRole::Pair)) return TypeKind::Pair;
  if (known.is(TypeRole::Map)) return TypeKind::Map;
  if (known.is(TypeRole::ListIterator)) return TypeKind::ListIterator;
  return known.is(TypeRole::Sequence) ? TypeKind::Sequence : TypeKind::Wrapper;
}

Strength strength_of(const TypeMatch& known) {
  if (known.is(TypeRole::Weak)) return Strength::Weak;
  return known.is(TypeRole::Unique) ? Strength::Unique : Strength::Counted;
}

/// What ownership is about.
constexpr Roles owning_roles{TypeRole::Counted,      TypeRole::Weak,     TypeRole::Unique,
                             TypeRole::String,       TypeRole::Pair,     TypeRole::Map,
                             TypeRole::ListIterator, TypeRole::Sequence, TypeRole::Wrapper};

}  // namespace

const TypeFacts* TypeBook::find(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind != CXType_Record) return nullptr;
  const auto known = known_.find(canonical.data[0]);
  if (known != known_.end()) return known->second.get();
  return (known_[canonical.data[0]] = make(canonical)).get();
}

const TypeFacts* TypeBook::counted(CXType type) {
  const TypeFacts* facts = find(type);
  const bool is_counted = facts != nullptr && facts->kind == TypeKind::Owner &&
                          facts->owner.strength == Strength::Counted;
  return is_counted ? facts : nullptr;
}

std::unique_ptr<TypeFacts> TypeBook::make(CXType canonical) {
  const int arguments = clang_Type_getNumTemplateArguments(canonical);
  if (arguments < 1) return nullptr;
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  // A name in no table is no type of these: most are told by the last of their names.
  if (!all_.has_type(clang::to_string(clang_getCursorSpelling(declaration)))) return nullptr;
  const std::string qualified = names_.template_name(declaration);
  const TypeMatch known = all_.type(qualified);
  if (known.row == nullptr || !known.row->roles.has_any(owning_roles)) return nullptr;
  auto facts = std::make_unique<TypeFacts>();
  facts->kind = kind_of(known);
  facts->roles = known.roles;
  facts->family = known.own ? qualified : std::string(known.row->name);
  const auto at = [&](int index) {
    return argument(canonical, index >= 0 && index < arguments ? static_cast<unsigned>(index) : 0);
  };
  facts->element = at(known.row->element);
  facts->key = at(known.row->key);
  if (facts->kind == TypeKind::Owner) {
    const CXType pointee = clang_getCanonicalType(facts->element);
    facts->owner.family = facts->family;
    facts->owner.strength = strength_of(known);
    facts->owner.const_pointee = clang_isConstQualifiedType(pointee) != 0;
    facts->owner.pointee = names_.type(facts->element);
    const CXCursor record = record_of(pointee);
    if (!clang::is_null(record)) facts->owner.pointee_id = names_.id(record);
  }
  return facts;
}

bool is_integer(CXType type) {
  CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind == CXType_Record) {
    const CXCursor declaration = clang_getTypeDeclaration(canonical);
    const std::string name = clang::to_string(clang_getCursorSpelling(declaration));
    if (!KnownNames::built_in()->type(name).is(TypeRole::Atomic) ||
        clang_Type_getNumTemplateArguments(canonical) < 1) {
      return false;
    }
    canonical = clang_getCanonicalType(argument(canonical, 0));
  }
  return canonical.kind != CXType_Bool && canonical.kind != CXType_Char_S &&
         canonical.kind != CXType_Char_U && canonical.kind != CXType_SChar &&
         canonical.kind != CXType_WChar && canonical.kind >= CXType_UChar &&
         canonical.kind <= CXType_Int128;
}

CXCursor record_of(CXType type) {
  const CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind != CXType_Record) return clang_getNullCursor();
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  const CXCursor definition = clang_getCursorDefinition(declaration);
  return clang::is_null(definition) ? declaration : definition;
}

}  // namespace snug::ownership
