#include "scan/ownership_types.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "scan/clang.hpp"
#include "scan/names.hpp"

namespace snug::ownership {
namespace {

// snug: ignore(soa-candidate): a table to read, and the first look rejects nearly all
struct Known {
  std::string_view name;  ///< Without scopes: a cheap first look.
  std::string_view qualified;
  TypeKind kind;
  Strength strength = Strength::Counted;
};

constexpr auto known_templates = std::to_array<Known>({
    {"shared_ptr", "std::shared_ptr", TypeKind::Owner},
    {"shared_ptr", "boost::shared_ptr", TypeKind::Owner},
    {"intrusive_ptr", "boost::intrusive_ptr", TypeKind::Owner},
    {"local_shared_ptr", "boost::local_shared_ptr", TypeKind::Owner},
    {"rc", "snug::rc", TypeKind::Owner},
    {"weak_ptr", "std::weak_ptr", TypeKind::Owner, Strength::Weak},
    {"weak_ptr", "boost::weak_ptr", TypeKind::Owner, Strength::Weak},
    {"weak_rc", "snug::weak_rc", TypeKind::Owner, Strength::Weak},
    {"unique_ptr", "std::unique_ptr", TypeKind::Owner, Strength::Unique},
    {"scoped_ptr", "boost::scoped_ptr", TypeKind::Owner, Strength::Unique},
    {"box", "snug::box", TypeKind::Owner, Strength::Unique},
    {"basic_string", "std::basic_string", TypeKind::String},
    {"basic_string", "std::__cxx11::basic_string", TypeKind::String},
    {"pair", "std::pair", TypeKind::Pair},
    {"vector", "std::vector", TypeKind::Sequence},
    {"deque", "std::deque", TypeKind::Sequence},
    {"list", "std::list", TypeKind::Sequence},
    {"list", "std::__cxx11::list", TypeKind::Sequence},
    {"forward_list", "std::forward_list", TypeKind::Sequence},
    {"array", "std::array", TypeKind::Sequence},
    {"set", "std::set", TypeKind::Sequence},
    {"multiset", "std::multiset", TypeKind::Sequence},
    {"unordered_set", "std::unordered_set", TypeKind::Sequence},
    {"queue", "std::queue", TypeKind::Sequence},
    {"stack", "std::stack", TypeKind::Sequence},
    {"priority_queue", "std::priority_queue", TypeKind::Sequence},
    {"small_vector", "boost::container::small_vector", TypeKind::Sequence},
    {"InlinedVector", "absl::InlinedVector", TypeKind::Sequence},
    {"flat_hash_set", "absl::flat_hash_set", TypeKind::Sequence},
    {"map", "std::map", TypeKind::Map},
    {"multimap", "std::multimap", TypeKind::Map},
    {"unordered_map", "std::unordered_map", TypeKind::Map},
    {"unordered_multimap", "std::unordered_multimap", TypeKind::Map},
    {"unordered_map", "boost::unordered_map", TypeKind::Map},
    {"unordered_map", "boost::unordered::unordered_map", TypeKind::Map},
    {"flat_hash_map", "absl::flat_hash_map", TypeKind::Map},
    {"node_hash_map", "absl::node_hash_map", TypeKind::Map},
    {"optional", "std::optional", TypeKind::Wrapper},
    {"atomic", "std::atomic", TypeKind::Wrapper},
    {"_List_iterator", "std::_List_iterator", TypeKind::ListIterator},
    {"_List_const_iterator", "std::_List_const_iterator", TypeKind::ListIterator},
    {"__list_iterator", "std::__list_iterator", TypeKind::ListIterator},
    {"__list_const_iterator", "std::__list_const_iterator", TypeKind::ListIterator},
});

CXType argument(CXType type, unsigned index) {
  return clang_Type_getTemplateArgumentAsType(type, index);
}

/// "std::list" for what a library's inline namespace of an ABI wraps.
std::string plain_family(std::string_view qualified) {
  const std::size_t abi = qualified.find("__cxx11::");
  std::string name(qualified);
  if (abi != std::string_view::npos) name.erase(abi, 9);
  return name;
}

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
  if (clang_Type_getNumTemplateArguments(canonical) < 1) return nullptr;
  const CXCursor declaration = clang_getTypeDeclaration(canonical);
  const std::string name = clang::to_string(clang_getCursorSpelling(declaration));
  const auto begins = [&](const Known& known) { return known.name == name; };
  if (std::none_of(known_templates.begin(), known_templates.end(), begins)) return nullptr;
  const std::string qualified = names_.template_name(declaration);
  const auto known = std::find_if(known_templates.begin(), known_templates.end(),
                                  [&](const Known& one) { return one.qualified == qualified; });
  if (known == known_templates.end()) return nullptr;
  auto facts = std::make_unique<TypeFacts>();
  facts->kind = known->kind;
  facts->family = plain_family(known->qualified);
  facts->element = argument(canonical, 0);
  facts->key = facts->element;
  if (known->kind == TypeKind::Map || known->kind == TypeKind::Pair) {
    facts->element = argument(canonical, 1);
  }
  if (known->kind == TypeKind::Owner) {
    const CXType pointee = clang_getCanonicalType(facts->element);
    facts->owner.family = facts->family;
    facts->owner.strength = known->strength;
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
    if ((name != "atomic" && name != "__atomic_base") ||
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
