#include "scan/records/variants.hpp"

#include <algorithm>

#include "known/known.hpp"
#include "scan/parse/clang.hpp"

namespace snug {

namespace {

/// Templates that hold nothing of what they are made for, or only some time.
constexpr Roles holds_nothing{TypeRole::HoldsNothing, TypeRole::Iterator, TypeRole::Callable,
                              TypeRole::Span,         TypeRole::Future,   TypeRole::Weak};

/// Holds one object, or none. Smaller ones are worth no variant.
constexpr std::uint64_t large_optional = 64;

/// Fillers of boost::variant from before packs.
bool is_filler(std::string_view type) {
  return type.find("variant::void_") != std::string_view::npos;
}

}  // namespace

const Variant* VariantScanner::add(CXType type, CXCursor declaration, const std::string& family,
                                   const SourceRange& where) {
  const std::string& id = names_.id(declaration);
  const auto known = variants_.find(id);
  if (known != variants_.end()) return &known->second;
  Variant made;
  made.id = id;
  made.type = names_.type(type);
  made.family = family;
  made.where = where;
  const long long size = clang_Type_getSizeOf(type);
  const long long align = clang_Type_getAlignOf(type);
  if (size <= 0 || align <= 0) return nullptr;
  made.size = static_cast<std::uint64_t>(size);
  made.align = static_cast<std::uint64_t>(align);
  const int arguments = clang_Type_getNumTemplateArguments(type);
  for (int i = 0; i < arguments; ++i) {
    const CXType argument = clang_getCanonicalType(
        clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i)));
    Alternative alternative;
    alternative.type = names_.type(argument);
    if (is_filler(alternative.type)) continue;
    const long long bytes = clang_Type_getSizeOf(argument);
    const long long alignment = clang_Type_getAlignOf(argument);
    if (bytes <= 0 || alignment <= 0) return nullptr;
    alternative.size = static_cast<std::uint64_t>(bytes);
    alternative.align = static_cast<std::uint64_t>(alignment);
    if (argument.kind == CXType_Record) {
      alternative.record_id = names_.id(clang_getTypeDeclaration(argument));
    }
    made.alternatives.push_back(std::move(alternative));
  }
  if (made.alternatives.empty()) return nullptr;
  if (family.ends_with("::optional")) made.alternatives.push_back({"no value", "", 1, 1});
  return &variants_.emplace(id, std::move(made)).first->second;
}

/// Adds the holdings of the variants in a type. True if there are any.
bool VariantScanner::hold(CXType type, Holding holding, int depth) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray) {
    if (holding.kind == HoldingKind::Value) holding.kind = HoldingKind::Array;
    const long long count = clang_getArraySize(type);
    holding.count *= count > 0 ? static_cast<std::uint64_t>(count) : 0;
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  if (type.kind != CXType_Record || depth > 6) return false;
  // Constness lies in the low bits of a type's address: both are met, both are remembered.
  const void* key = type.data[0];
  if (without_.contains(key)) return false;
  const CXCursor declaration = clang_getTypeDeclaration(type);
  if (clang_Type_getNumTemplateArguments(type) < 1) {
    without_.insert(key);
    return false;
  }
  const std::string name = names_.template_name(declaration);
  bool found = false;
  const TypeMatch known = sources_.known().type(name);
  const bool large = known.is(TypeRole::Optional) && name.ends_with("::optional") &&
                     clang_Type_getSizeOf(type) >= static_cast<long long>(large_optional);
  if (known.is(TypeRole::Variant) || large) {
    const Variant* variant = this->add(type, declaration, name, holding.where);
    if (variant != nullptr) {
      holding.record_id = variant->id;
      holdings_.insert(holding);
      found = true;
    }
    holding.holder = holding.holder.empty() ? name : holding.holder;
  } else if ((!known.own && sources_.in_project(clang_getCursorLocation(declaration))) ||
             known.roles.has_any(holds_nothing)) {
    // What the fields of the project's own templates hold is told of those fields.
    without_.insert(key);
    return false;
  } else if (known.is(TypeRole::Pointer)) {
    if (holding.kind != HoldingKind::Container) holding.kind = HoldingKind::SmartPointer;
    if (holding.holder.empty()) holding.holder = name;
    holding.count = 0;
  } else if (known.is(TypeRole::Inside)) {
    if (holding.kind == HoldingKind::Value) holding.kind = HoldingKind::Array;
    holding.count = 0;
  } else if (!known.is(TypeRole::HoldsOne)) {
    holding.kind = HoldingKind::Container;
    holding.holder = name;
    holding.count = 0;
  }
  found = hold_arguments(type, holding, depth) || found;
  if (!found) without_.insert(key);
  return found;
}

bool VariantScanner::hold_arguments(CXType type, const Holding& holding, int depth) {
  bool found = false;
  const int arguments = clang_Type_getNumTemplateArguments(type);
  for (int i = 0; i < arguments; ++i) {
    const CXType inner = clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
    if (inner.kind == CXType_Invalid) continue;
    found = hold(inner, holding, depth + 1) || found;
  }
  return found;
}

void VariantScanner::see_alias(CXCursor alias) {
  const CXType type = clang_getCanonicalType(clang_getTypedefDeclUnderlyingType(alias));
  if (type.kind != CXType_Record || clang_Type_getNumTemplateArguments(type) < 1) return;
  const CXCursor declaration = clang_getTypeDeclaration(type);
  const std::string family = names_.template_name(declaration);
  if (!sources_.known().type(family).is(TypeRole::Variant)) return;
  const SourceRange where = sources_.name(alias);
  if (this->add(type, declaration, family, where) == nullptr) return;
  Variant& variant = variants_.at(names_.id(declaration));
  if (!variant.name.empty()) return;
  variant.name = names_.qualified(alias);
  variant.where = where;
}

void VariantScanner::visit(CXCursor cursor) {
  const CXCursorKind kind = clang_getCursorKind(cursor);
  if (kind == CXCursor_TypedefDecl || kind == CXCursor_TypeAliasDecl) return see_alias(cursor);
  if (kind != CXCursor_VarDecl) return;
  Holding holding;
  const bool global = clang_Cursor_hasVarDeclGlobalStorage(cursor) == 1;
  holding.place = !global                                        ? HoldingPlace::Local
                  : clang_getCursorTLSKind(cursor) != CXTLS_None ? HoldingPlace::ThreadLocal
                                                                 : HoldingPlace::Global;
  const CXType type = clang_getCursorType(cursor);
  const CXTypeKind canonical = clang_getCanonicalType(type).kind;
  if (canonical != CXType_Record && canonical != CXType_ConstantArray) return;
  holding.count = 1;
  holding.name = clang::to_string(clang_getCursorSpelling(cursor));
  holding.where = sources_.name(cursor);
  hold(type, std::move(holding), 0);
}

void VariantScanner::add_record(CXType type) {
  const CXCursor declaration = clang_getTypeDeclaration(type);
  if (!sources_.in_project(clang_getCursorLocation(declaration))) return;
  Holding holding;
  holding.place = HoldingPlace::Field;
  holding.owner = names_.id(declaration);
  holding.count = 1;
  clang::visit_fields(type, [&](CXCursor field) {
    holding.name = clang::to_string(clang_getCursorSpelling(field));
    holding.where = sources_.name(field);
    hold(clang_getCursorType(field), holding, 0);
  });
  clang::visit_bases(type, [&](CXCursor base) {
    holding.name.clear();
    holding.where = sources_.name(base);
    hold(clang_getCursorType(base), holding, 0);
  });
}

void VariantScanner::finish(Model& model) {
  for (auto& [id, variant] : variants_) model.variants.push_back(std::move(variant));
  model.holdings.insert(model.holdings.end(), holdings_.begin(), holdings_.end());
  std::sort(model.holdings.begin(), model.holdings.end());
  model.holdings.erase(std::unique(model.holdings.begin(), model.holdings.end()),
                       model.holdings.end());
  variants_.clear();
  holdings_.clear();
  without_.clear();
}

}  // namespace snug
