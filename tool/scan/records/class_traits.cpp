// What kind of class one is: POD for the purpose of layout, aggregate, standard layout, trivially
// copyable, empty, polymorphic.

#include <algorithm>

#include "scan/parse/declarations.hpp"
#include "scan/records/classes.hpp"

namespace snug {

/// What the declarations of member functions say about a class.
struct MemberFacts {
  bool virtual_function = false;
  bool not_pod = false;             ///< A special member that C++03 does not allow in a POD.
  bool user_provided_copy = false;  ///< Copy or move operation or destructor, not defaulted.
  bool user_constructor = false;    ///< Declared.
  bool user_provided_constructor = false;
  bool user_destructor = false;
};

namespace {

bool at_one_place(CXCursor a, CXCursor b) {
  return clang_equalLocations(clang_getCursorLocation(a), clang_getCursorLocation(b)) != 0;
}

/// Bytes of text that a declaration takes.
unsigned length_of(CXCursor declaration) {
  const CXSourceRange extent = clang_getCursorExtent(declaration);
  unsigned begin = 0;
  unsigned end = 0;
  clang_getSpellingLocation(clang_getRangeStart(extent), nullptr, nullptr, nullptr, &begin);
  clang_getSpellingLocation(clang_getRangeEnd(extent), nullptr, nullptr, nullptr, &end);
  return end - begin;
}

/// A declaration the user wrote: implicit ones stand at the name of their class. Those of a class
/// that is made from a template may stand at the name in any of the template's declarations; there
/// is never more to them than the name.
bool written_by_user(CXCursor member, CXCursor owner) {
  if (at_one_place(member, owner)) return false;
  const bool defaulted =
      clang_CXXMethod_isDefaulted(member) != 0 || clang_CXXMethod_isDeleted(member) != 0;
  if (!defaulted || clang::is_null(clang_getSpecializedCursorTemplate(owner))) return true;
  return length_of(member) > clang::to_string(clang_getCursorSpelling(owner)).size();
}

/// The special members, as far as a cursor tells them.
bool is_copy_or_move(CXCursor method) {
  const CXCursorKind kind = clang_getCursorKind(method);
  if (kind == CXCursor_Constructor) {
    return clang_CXXConstructor_isCopyConstructor(method) != 0 ||
           clang_CXXConstructor_isMoveConstructor(method) != 0;
  }
  return clang_CXXMethod_isCopyAssignmentOperator(method) != 0 ||
         clang_CXXMethod_isMoveAssignmentOperator(method) != 0;
}

void read_method(CXCursor method, bool defaulted_is_pod, MemberFacts& facts) {
  const CXCursorKind kind = clang_getCursorKind(method);
  const bool defaulted =
      clang_CXXMethod_isDefaulted(method) != 0 || clang_CXXMethod_isDeleted(method) != 0;
  const bool constructor = kind == CXCursor_Constructor;
  const bool destructor = kind == CXCursor_Destructor;
  const bool copy = is_copy_or_move(method);
  facts.user_constructor = facts.user_constructor || constructor;
  facts.user_destructor = facts.user_destructor || destructor;
  facts.user_provided_constructor = facts.user_provided_constructor || (constructor && !defaulted);
  facts.user_provided_copy = facts.user_provided_copy || ((copy || destructor) && !defaulted);
  const bool move_assignment = clang_CXXMethod_isMoveAssignmentOperator(method) != 0;
  if (constructor || destructor || copy) {
    facts.not_pod = facts.not_pod || !defaulted_is_pod || (!defaulted && !move_assignment);
  }
}

}  // namespace

void Classes::read_methods(ReadClass& info, MemberFacts& facts) {
  clang::visit_methods(info.type, [&](CXCursor method) {
    facts.virtual_function = facts.virtual_function || clang_CXXMethod_isVirtual(method) != 0;
    if (written_by_user(method, info.cursor)) {
      read_method(method, defaulted_is_pod_, facts);
    }
  });
  if (facts.user_provided_constructor && facts.not_pod) {
    return;
  }
  // Constructor templates are no methods; those of an instantiation are its template's.
  CXCursor pattern = info.cursor;
  bool found = false;
  auto look = [&](CXCursor child, CXCursor) {
    found = found || (clang_getCursorKind(child) == CXCursor_FunctionTemplate &&
                      clang_getTemplateCursorKind(child) == CXCursor_Constructor &&
                      (!defaulted_is_pod_ || clang_CXXMethod_isDeleted(child) == 0));
    return CXChildVisit_Continue;
  };
  clang::visit_children(pattern, look);
  pattern = clang_getCursorDefinition(clang_getSpecializedCursorTemplate(info.cursor));
  if (!found && !clang::is_null(pattern) && at_one_place(pattern, info.cursor)) {
    clang::visit_children(pattern, look);
  }
  if (found) {
    facts.user_constructor = facts.user_provided_constructor = facts.not_pod = true;
  }
}

namespace {

/// A type that C++03 calls POD (atomics are none).
bool is_pod98(const FieldInfo& field, CXType type) {
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  if (type.kind == CXType_Record) {
    return field.record != nullptr && field.record->pod;
  }
  return !field.is_reference && type.kind != CXType_Atomic;
}

/// What the bases and the fields of a class say about it as they are looked at one by one.
class ClassTraits {
 public:
  ClassTraits(const ReadClass& info, const MemberFacts& facts)
      : pod(info.bases.empty() && !facts.virtual_function && !facts.not_pod && !info.lambda),
        trivial(!facts.user_provided_copy && !facts.virtual_function),
        standard(!facts.virtual_function),
        polymorphic(facts.virtual_function),
        empty(info.cxx && !facts.virtual_function),
        info_(info) {}

  void add(const BaseInfo& base) {
    virtual_base = virtual_base || base.is_virtual;
    open_bases = open_bases && clang_getCXXAccessSpecifier(info_.cursor_of(base)) == CX_CXXPublic;
    if (base.type == nullptr) {
      return;
    }
    polymorphic = polymorphic || base.type->polymorphic;
    empty = empty && !base.is_virtual && base.type->empty;
    trivial = trivial && base.type->trivially_copyable;
    standard = standard && base.type->standard_layout && !(fields_in_bases_ && !base.type->empty);
    fields_in_bases_ = fields_in_bases_ || !base.type->empty;
  }

  void add(const FieldInfo& field, bool microsoft) {
    const bool takes_room = field.width ? *field.width != 0 : !field.overlapping_empty();
    const bool empty_in_ms =
        microsoft && field.overlapping_empty() &&
        std::any_of(field.record->fields.begin(), field.record->fields.end(),
                    [](const FieldInfo& inner) { return inner.record != nullptr; });
    empty = empty && !takes_room && !empty_in_ms;
    if (field.width && !field.named) {
      return;
    }
    const CX_CXXAccessSpecifier own = clang_getCXXAccessSpecifier(info_.cursor_of(field));
    open_fields = open_fields && (own == CX_CXXPublic || own == CX_CXXInvalidAccessSpecifier);
    standard = standard && !fields_in_bases_ &&
               (access_ == CX_CXXInvalidAccessSpecifier || access_ == own) && !field.is_reference &&
               (field.record == nullptr || field.record->standard_layout);
    access_ = own;
    trivial = trivial &&
              (field.record == nullptr || field.is_reference || field.record->trivially_copyable);
    pod = pod && is_pod98(field, info_.member_of(field).type);
  }

  bool pod;
  bool trivial;
  bool standard;
  bool polymorphic;
  bool empty;
  bool virtual_base = false;
  bool open_bases = true;
  bool open_fields = true;

 private:
  const ReadClass& info_;
  bool fields_in_bases_ = false;
  CX_CXXAccessSpecifier access_ = CX_CXXInvalidAccessSpecifier;  ///< Of the fields so far.
};

}  // namespace

void Classes::settle(ReadClass& info) {
  MemberFacts facts;
  if (info.cxx) {
    read_methods(info, facts);
  }
  info.user_constructor = facts.user_constructor;
  info.user_destructor = facts.user_destructor;
  info.lambda = clang::to_string(clang_getCursorSpelling(info.cursor)).starts_with("(lambda");
  ClassTraits traits(info, facts);
  bool initializers = false;
  for (const BaseInfo& base : info.bases) {
    traits.add(base);
  }
  for (const FieldInfo& field : info.fields) {
    traits.add(field, abi_.microsoft);
    initializers = initializers || (info.cxx && (!field.width || field.named) &&
                                    has_initializer(info.cursor_of(field), sources_));
  }
  info.polymorphic = traits.polymorphic;
  info.empty = traits.empty;
  const bool plain = !traits.virtual_base && !traits.polymorphic;
  info.standard_layout = traits.standard && plain;
  info.trivially_copyable = traits.trivial && plain;
  const bool constructors =
      standard_ >= 20 ? facts.user_constructor : facts.user_provided_constructor;
  info.aggregate = !constructors && traits.open_fields && plain && !info.lambda &&
                   (info.bases.empty() || (standard_ >= 17 && traits.open_bases)) &&
                   (!initializers || standard_ >= 14);
  if (!info.cxx) {
    info.pod = info.aggregate = info.standard_layout = info.trivially_copyable = true;
  } else if (standard_ < 11 || pod11_) {
    info.pod = clang_isPODType(info.type) != 0;
  } else {
    info.pod = traits.pod && traits.open_fields && !initializers;
  }
}

}  // namespace snug
