// Owning fields of records, what is stored in them, and the containers that records and functions
// hold.
#include <algorithm>
#include <string_view>

#include "scan/ownership/ownership_context.hpp"

namespace snug::ownership {
namespace {

bool is_node_container(const TypeFacts& type) {
  return type.roles.has_any({TypeRole::Linked, TypeRole::Map});
}

/// The owning pointer that a type holds, at most three containers deep; `container` becomes the
/// outermost container.
const TypeFacts* owner_in(Context& context, CXType type, std::string* container, int depth = 0) {
  CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind == CXType_ConstantArray) {
    canonical = clang_getArrayElementType(canonical);
    if (container->empty()) *container = "array";
  }
  const TypeFacts* facts = context.types.find(canonical);
  if (facts == nullptr || facts->kind == TypeKind::Owner) return facts;
  if (depth == 3 || facts->kind == TypeKind::String || facts->kind == TypeKind::ListIterator) {
    return nullptr;
  }
  const bool many = facts->kind == TypeKind::Sequence || facts->kind == TypeKind::Map;
  if (many && container->empty()) *container = facts->family;
  return owner_in(context, facts->element, container, depth + 1);
}

/// The list whose iterators a type holds: itself, in a pair, or in a record of the project.
std::string list_of_iterators(Context& context, CXType type, int depth = 0) {
  const TypeFacts* facts = context.types.find(type);
  if (facts != nullptr && facts->kind == TypeKind::ListIterator) {
    return context.names.type(clang_getCanonicalType(facts->element));
  }
  if (depth == 2) return {};
  if (facts != nullptr && facts->kind == TypeKind::Pair) {
    std::string found = list_of_iterators(context, facts->key, depth + 1);
    return found.empty() ? list_of_iterators(context, facts->element, depth + 1) : found;
  }
  std::string found;
  const CXCursor record = record_of(type);
  if (facts == nullptr && !clang::is_null(record) &&
      context.sources.in_project(clang_getCursorLocation(record))) {
    clang::visit_fields(clang_getCanonicalType(type), [&](CXCursor field) {
      if (found.empty()) found = list_of_iterators(context, clang_getCursorType(field), depth + 1);
    });
  }
  return found;
}

/// A plain pointer to a record of the project, which may own.
void note_pointer(Context& context, CXType element, HeldContainer& fact) {
  const CXType pointer = clang_getCanonicalType(element);
  if (pointer.kind != CXType_Pointer) return;
  const CXType pointee = clang_getPointeeType(pointer);
  const CXCursor record = record_of(pointee);
  if (clang::is_null(record) || !context.sources.in_project(clang_getCursorLocation(record))) {
    return;
  }
  fact.pointer.strength = Strength::Unique;
  fact.pointer.pointee = context.names.type(pointee);
  fact.pointer.pointee_id = context.names.id(record);
}

/// The type of the node container that an array or a vector has for its elements, else the type
/// itself: `std::list<T> buckets[16]`.
CXType container_in(Context& context, CXType type) {
  CXType at = clang_getCanonicalType(type);
  while (at.kind == CXType_ConstantArray) {
    at = clang_getCanonicalType(clang_getArrayElementType(at));
  }
  const TypeFacts* facts = context.types.find(at);
  if (facts == nullptr || facts->kind != TypeKind::Sequence || is_node_container(*facts)) return at;
  const TypeFacts* inner = context.types.find(facts->element);
  const bool nodes = inner != nullptr && is_node_container(*inner);
  return nodes ? clang_getCanonicalType(facts->element) : at;
}

/// A field or variable of container type. `record` is null for variables.
void note_container(Context& context, CXCursor declaration, CXCursor record,
                    const std::string& holder) {
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  const bool reference = type.kind == CXType_LValueReference || type.kind == CXType_RValueReference;
  if (reference) type = clang_getPointeeType(type);
  type = container_in(context, type);
  const TypeFacts* facts = context.types.find(type);
  if (facts == nullptr || (facts->kind != TypeKind::Sequence && facts->kind != TypeKind::Map)) {
    return;
  }
  HeldContainer fact;
  const TypeFacts* element = context.types.find(facts->element);
  if (element != nullptr && element->kind == TypeKind::Owner) fact.pointer = element->owner;
  if (element == nullptr) note_pointer(context, facts->element, fact);
  const CXCursor held = record_of(facts->element);
  const bool project_record =
      !clang::is_null(held) && context.sources.in_project(clang_getCursorLocation(held));
  fact.integer_element = is_integer(facts->element);
  fact.integer_key = facts->kind == TypeKind::Map && is_integer(facts->key);
  fact.iterator_of = list_of_iterators(context, facts->element);
  fact.referred = reference;
  const bool pointers = !fact.pointer.family.empty() || !fact.pointer.pointee_id.empty();
  const bool owners = !reference && pointers && is_node_container(*facts);
  if (!owners && !project_record && fact.iterator_of.empty() &&
      (clang::is_null(record) ||
       !(fact.integer_element || fact.integer_key || facts->roles.has(TypeRole::DoublyLinked)))) {
    return;
  }
  fact.where = context.sources.name(declaration);
  if (!clang::is_null(record)) fact.record_id = context.names.id(record);
  fact.holder = holder;
  fact.name = name_of(declaration);
  fact.container = facts->family;
  fact.element = context.names.type(facts->element);
  fact.element_id = fact.pointer.family.empty() ? std::string() : fact.pointer.pointee_id;
  if (fact.pointer.family.empty() && !clang::is_null(held)) {
    fact.element_id = context.names.id(held);
  }
  if (facts->kind == TypeKind::Map) fact.key = context.names.type(facts->key);
  fact.type = context.names.type(clang_getCanonicalType(facts->element));
  context.facts.containers.push_back(std::move(fact));
}

CXCursor first_child(CXCursor cursor) {
  CXCursor first = clang_getNullCursor();
  clang::visit_children(cursor, [&](CXCursor child, CXCursor) {
    first = child;
    return CXChildVisit_Break;
  });
  return first;
}

/// Text of the object whose member is named: "this" for an implicit one.
std::string object_text(const Context& context, CXCursor member) {
  const CXCursor object = first_child(member);
  if (clang::is_null(object) || clang_isExpression(clang_getCursorKind(object)) == 0) {
    return "this";
  }
  std::string text = context.text(object);
  while (!text.empty() &&
         (text.back() == '>' || text.back() == '-' || text.back() == '.' || text.back() == ' ')) {
    if (text.back() == '>' && !text.ends_with("->")) break;
    text.pop_back();
  }
  return text;
}

/// The value itself of what is stored: of a pair the second, of a local variable what it was made
/// from by `new`.
CXCursor stored_value(CXCursor value) {
  CXCursor at = stripped(value);
  constexpr int deepest = 6;
  for (int depth = 0; depth < deepest; ++depth) {
    const CXCursorKind kind = clang_getCursorKind(at);
    CXCursor next = clang_getNullCursor();
    if (kind == CXCursor_InitListExpr) {
      next = last_expression(at);
    } else if (kind == CXCursor_CallExpr) {
      const CXCursor callee = clang_getCursorReferenced(at);
      const std::string name = name_of(callee);
      const bool pair = effects_of_name(name.substr(0, name.find('<'))).has(Effect::MakesPair);
      const int count = clang_Cursor_getNumArguments(at);
      const bool made = pair || clang_getCursorKind(callee) == CXCursor_Constructor;
      if (made && count > 0) next = clang_Cursor_getArgument(at, static_cast<unsigned>(count - 1));
    } else if (kind == CXCursor_DeclRefExpr) {
      const CXCursor variable = clang_getCursorReferenced(at);
      if (clang_getCursorKind(variable) != CXCursor_VarDecl) return at;
      const CXCursor made = stripped(last_expression(variable));
      return !clang::is_null(made) && clang_getCursorKind(made) == CXCursor_CXXNewExpr ? made : at;
    }
    if (clang::is_null(next)) return at;
    at = stripped(next);
  }
  return at;
}

/// Text of a value that is stored: without std::move, "this" for an owner of this object.
std::string value_text(const Context& context, CXCursor value) {
  std::string text = context.text(value);
  if (text.find("shared_from_this()") != std::string::npos) return "this";
  for (const std::string_view wrapper : {"std::move(", "move("}) {
    if (text.starts_with(wrapper) && text.ends_with(")")) {
      return text.substr(wrapper.size(), text.size() - wrapper.size() - 1);
    }
  }
  return text;
}

class Store {
 public:
  Store(Context& context, CXCursor reference, const TypeFacts& type, Ancestors ancestors)
      : context_(context), reference_(reference), type_(type), ancestors_(ancestors) {}

  void note() {
    const std::size_t left = above_conversions(ancestors_);
    if (left == 0) return;
    const CXCursor parent = ancestors_[left - 1];
    const bool counted = type_.kind == TypeKind::Owner;
    if (clang_getCursorKind(parent) == CXCursor_MemberRefExpr) {
      return note_method(name_of(parent), left - 1, counted);
    }
    if (clang_getCursorKind(parent) != CXCursor_CallExpr) return;
    const std::string name = name_of(clang_getCursorReferenced(parent));
    if (name == "operator=" && counted && same_place(parent, reference_)) {
      return note_value(clang_Cursor_getArgument(parent, 1), parent);
    }
    if (name == "operator[]" && !counted) {
      const std::size_t outer = above_conversions(ancestors_.first(left - 1));
      if (outer == 0) return;
      const CXCursor assign = ancestors_[outer - 1];
      if (clang_getCursorKind(assign) == CXCursor_BinaryOperator &&
          same_place(assign, reference_) &&
          clang_getCursorBinaryOperatorKind(assign) == CXBinaryOperator_Assign) {
        note_value(last_expression(assign), assign);
      }
      if (clang_getCursorKind(assign) == CXCursor_CallExpr && same_place(assign, reference_) &&
          name_of(clang_getCursorReferenced(assign)) == "operator=") {
        note_value(clang_Cursor_getArgument(assign, 1), assign);
      }
    }
  }

 private:
  void note_method(const std::string& method, std::size_t member, bool counted) {
    if (member == 0 || clang_getCursorKind(ancestors_[member - 1]) != CXCursor_CallExpr) return;
    const CXCursor call = ancestors_[member - 1];
    const int arguments = clang_Cursor_getNumArguments(call);
    if (counted) {
      if (method == "reset" && arguments == 0) add(OwnerStoreKind::Reset, {}, call);
      return;
    }
    if (method == "clear" || method == "erase") return add(OwnerStoreKind::Reset, {}, call);
    if (arguments == 0 || !effects_of_name(method).has(Effect::Adds)) return;
    const CXCursor last = clang_Cursor_getArgument(call, static_cast<unsigned>(arguments - 1));
    note_value(last, call);
  }

  void note_value(CXCursor value, CXCursor at) {
    if (clang::is_null(value)) return;
    const bool plain = type_.kind != TypeKind::Owner &&
                       clang_getCanonicalType(type_.element).kind == CXType_Pointer;
    const CXCursor made = plain ? stored_value(value) : clang_getNullCursor();
    const bool fresh = !clang::is_null(made) && clang_getCursorKind(made) == CXCursor_CXXNewExpr;
    const std::string text = value_text(context_, fresh ? made : value);
    const bool empty = text == "nullptr" || text == "{}" || text == "NULL" || text == "0";
    add(empty ? OwnerStoreKind::Reset : OwnerStoreKind::Link, empty ? std::string() : text, at);
  }

  void add(OwnerStoreKind kind, std::string value, CXCursor at) {
    const CXCursor field = clang_getCursorReferenced(reference_);
    const CXCursor record = clang_getCursorSemanticParent(field);
    OwnerStore fact;
    fact.where = context_.range(at);
    fact.function = context_.function_name(ancestors_);
    fact.record_id = context_.names.id(record);
    fact.field = name_of(field);
    fact.object = object_text(context_, reference_);
    fact.value = std::move(value);
    fact.kind = kind;
    fact.in_destructor = std::any_of(ancestors_.begin(), ancestors_.end(), [](CXCursor one) {
      return clang_getCursorKind(one) == CXCursor_Destructor;
    });
    context_.facts.stores.push_back(std::move(fact));
  }

  Context& context_;
  CXCursor reference_;
  const TypeFacts& type_;
  Ancestors ancestors_;
};

}  // namespace

void see_record(Context& context, CXType type) {
  const CXCursor record = record_of(type);
  if (clang::is_null(record) || !context.sources.in_project(clang_getCursorLocation(record))) {
    return;
  }
  clang::visit_fields(clang_getCanonicalType(type), [&](CXCursor field) {
    const CXType declared = clang_getCursorType(field);
    note_container(context, field, record, context.names.qualified(record));
    std::string container;
    const TypeFacts* owner = owner_in(context, declared, &container);
    if (owner == nullptr || owner->owner.pointee_id.empty()) return;
    OwningField fact;
    fact.record_id = context.names.id(record);
    fact.record = context.names.qualified(record);
    fact.field = name_of(field);
    fact.where = context.sources.name(field);
    fact.type = owner->owner;
    fact.container = std::move(container);
    context.facts.fields.push_back(std::move(fact));
  });
}

void see_held_variable(Context& context, CXCursor variable, Ancestors ancestors) {
  const CXCursor parent = clang_getCursorSemanticParent(variable);
  const CXCursorKind kind = clang_getCursorKind(parent);
  if (kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl) return;
  note_container(context, variable, clang_getNullCursor(), context.function_name(ancestors));
}

/// A counted pointer, or a container, that is a field of a record of the project.
void see_field(Context& context, CXCursor reference, const TypeFacts& type, Ancestors ancestors) {
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl ||
      !context.sources.in_project(clang_getCursorLocation(field))) {
    return;
  }
  const bool owner = type.kind == TypeKind::Owner;
  std::string container;
  const TypeFacts* held =
      owner ? &type : owner_in(context, clang_getCursorType(reference), &container);
  const bool plain = held == nullptr && is_node_container(type) &&
                     clang_getCanonicalType(type.element).kind == CXType_Pointer;
  if (!plain && (held == nullptr || held->owner.strength == Strength::Weak)) return;
  Store(context, reference, type, ancestors).note();
}

/// `parent_(parent)` in a constructor's list.
void see_member_initialiser(Context& context, CXCursor reference, Ancestors ancestors) {
  if (ancestors.empty() || clang_getCursorKind(ancestors.back()) != CXCursor_Constructor) return;
  const CXCursor field = clang_getCursorReferenced(reference);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl ||
      !context.sources.in_project(clang_getCursorLocation(field)) ||
      context.types.counted(clang_getCursorType(field)) == nullptr) {
    return;
  }
  OwnerStore fact;
  fact.where = context.range(reference);
  fact.function = context.function_name(ancestors);
  fact.record_id = context.names.id(clang_getCursorSemanticParent(field));
  fact.field = name_of(field);
  fact.object = "this";
  context.facts.stores.push_back(std::move(fact));
}

}  // namespace snug::ownership
