// Which types and functions do nothing that their neighbours could notice.
//
// Scalars are quiet, and what the standard library makes of quiet types. A class is if all that it
// writes itself (constructors, destructor, assignment) is seen to touch nothing but its object, and
// its bases and fields are. What the unit does not show is taken to be noticed.
#include <algorithm>
#include <string_view>

#include "known/known.hpp"
#include "scan/uses/uses_effects.hpp"

namespace snug::uses {

namespace {

/// Functions inside functions that are followed.
constexpr std::size_t kDeepest = 24;

CXType element_of(CXType type) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  return type;
}

/// A type that a template still has to be told.
bool is_open(CXType type) {
  return type.kind == CXType_Unexposed || type.kind == CXType_Dependent;
}

bool is_std_type(CXType type) {
  return is_in_std(clang_getTypeDeclaration(type));
}

bool has_virtual_destructor(Context& context, CXType type) {
  const RecordFacts* record = context.record(type);
  if (record == nullptr) return false;
  bool found = false;
  for (const CXCursor child : children_of(written(record->definition))) {
    found |=
        clang_getCursorKind(child) == CXCursor_Destructor && clang_CXXMethod_isVirtual(child) != 0;
  }
  return found || std::any_of(record->bases.begin(), record->bases.end(),
                              [&](CXType base) { return has_virtual_destructor(context, base); });
}

/// What an owner of the standard library runs when it lets go of its object.
bool is_quiet_owner(Context& context, CXType owner, const std::string& name) {
  const TypeMatch known = context.sources().known().type("std::" + name);
  if (!known.roles.has_any({TypeRole::Unique, TypeRole::Counted})) return true;
  const CXType owned = clang_Type_getTemplateArgumentAsType(owner, 0);
  if (has_virtual_destructor(context, element_of(owned))) return false;  // of what, is not known
  if (known.is(TypeRole::Counted)) return true;
  const CXType deleter = clang_Type_getTemplateArgumentAsType(owner, 1);
  return deleter.kind == CXType_Invalid || context.sources()
                                               .known()
                                               .type(spelling(clang_getTypeDeclaration(deleter)))
                                               .is(TypeRole::HoldsNothing);
}

/// Asks about each type among the arguments of an instantiation of the standard library.
template <class Question>
bool all_arguments(CXType type, Question question) {
  const int count = clang_Type_getNumTemplateArguments(type);
  for (int i = 0; i < count; ++i) {
    const CXType part = clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
    if (part.kind != CXType_Invalid && !question(part)) return false;
  }
  return true;
}

template <class Question>
bool all_parts(const RecordFacts& record, Question question) {
  return std::all_of(record.bases.begin(), record.bases.end(), question) &&
         std::all_of(record.fields.begin(), record.fields.end(),
                     [&](const FieldFacts& field) { return question(field.type); });
}

/// Answers a question about a class once. A class that holds its own kind (through a pointer that
/// owns it) is what its other parts are; answers that were drawn from such a guess are not kept.
template <class Answer>
bool ask_once(Context& context, clang::CursorMap<bool>& known, CXType type, Answer answer) {
  const CXCursor key = clang_getTypeDeclaration(type);
  const auto [place, is_new] = known.try_emplace(key, true);
  KnownEffects& effects = context.effects();
  if (!is_new) {
    effects.in_circle |= place->second;  // may be the guess
    return place->second;
  }
  const bool before = std::exchange(effects.in_circle, false);
  const bool result = answer();
  if (result && effects.in_circle) {
    known.erase(key);
  } else {
    known[key] = result;
  }
  effects.in_circle = before;
  return result;
}

bool does_nothing(Context& context, CXCursor function) {
  return clang_CXXMethod_isDefaulted(function) != 0 || clang_CXXMethod_isDeleted(function) != 0 ||
         !behaviour_of(context, function).acts;
}

/// What the class itself writes of the members that the compiler calls unasked.
bool has_quiet_members(Context& context, const RecordFacts& record) {
  for (const CXCursor child : children_of(written(record.definition))) {
    const CXCursorKind kind = clang_getCursorKind(child);
    const std::string name = spelling(child);
    const bool asked =
        kind == CXCursor_Constructor ||
        (kind == CXCursor_CXXMethod && (name == "operator=" || name == "operator=="));
    if (asked && !does_nothing(context, child)) return false;
    if (kind == CXCursor_FieldDecl) {
      for (const CXCursor value : children_of(child)) {
        if (clang_isExpression(clang_getCursorKind(value)) != 0 &&
            effects_of_initializer(context, value, CXType{}, clang_getNullCursor()).acts) {
          return false;
        }
      }
    }
  }
  return true;
}

bool has_quiet_destructor(Context& context, const RecordFacts& record) {
  for (const CXCursor child : children_of(written(record.definition))) {
    if (clang_getCursorKind(child) == CXCursor_Destructor && !does_nothing(context, child)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_in_std(CXCursor declaration) {
  CXCursor scope = clang_getCursorSemanticParent(declaration);
  std::string outermost;
  while (!clang::is_null(scope) && clang_isDeclaration(clang_getCursorKind(scope)) != 0) {
    if (clang_getCursorKind(scope) == CXCursor_Namespace) outermost = spelling(scope);
    scope = clang_getCursorSemanticParent(scope);
  }
  return outermost == "std";
}

bool is_pure_in_std(CXCursor function, const std::string& name) {
  const snug::Effects effects = effects_of_name(name);
  const CXCursorKind kind = clang_getCursorKind(function);
  if (kind == CXCursor_CXXMethod || kind == CXCursor_ConversionFunction) {
    const bool plain =
        clang_CXXMethod_isConst(function) != 0 && clang_CXXMethod_isVirtual(function) == 0;
    return (plain && effects.has(Effect::PureMember)) ||
           (clang_CXXMethod_isStatic(function) != 0 && (name == "max" || name == "min"));
  }
  return kind == CXCursor_FunctionDecl && effects.has(Effect::Pure);
}

bool dies_quietly(Context& context, CXType type) {
  type = element_of(type);
  if (is_open(type)) return false;
  if (type.kind != CXType_Record || clang_isPODType(type) != 0) return true;
  return ask_once(context, context.effects().dies_quietly, type, [&] {
    const auto ask = [&](CXType part) { return dies_quietly(context, part); };
    if (is_std_type(type)) {
      return is_quiet_owner(context, type, spelling(clang_getTypeDeclaration(type))) &&
             all_arguments(type, ask);
    }
    const RecordFacts* record = context.record(type);
    return record != nullptr && has_quiet_destructor(context, *record) && all_parts(*record, ask);
  });
}

bool is_quiet(Context& context, CXType type) {
  type = element_of(type);
  if (is_open(type)) return false;
  if (type.kind != CXType_Record || clang_isPODType(type) != 0) return true;
  return ask_once(context, context.effects().quiet, type, [&] {
    if (!dies_quietly(context, type)) return false;
    const auto ask = [&](CXType part) { return is_quiet(context, part); };
    if (is_std_type(type)) return all_arguments(type, ask);
    const RecordFacts* record = context.record(type);
    return record != nullptr && has_quiet_members(context, *record) && all_parts(*record, ask);
  });
}

bool compares_quietly(Context& context, CXType type) {
  type = element_of(type);
  const RecordFacts* record = type.kind == CXType_Record ? context.record(type) : nullptr;
  if (record == nullptr && !is_std_type(type)) return true;
  return ask_once(context, context.effects().compares_quietly, type, [&] {
    const auto ask = [&](CXType part) { return compares_quietly(context, part); };
    if (is_std_type(type)) return all_arguments(type, ask);
    const auto known = context.effects().comparisons.find(record->definition);
    if (known == context.effects().comparisons.end()) return true;
    return std::all_of(known->second.begin(), known->second.end(), [&](CXCursor function) {
      return clang_CXXMethod_isDefaulted(function) != 0 ? all_parts(*record, ask)
                                                        : does_nothing(context, function);
    });
  });
}

Behaviour behaviour_of(Context& context, CXCursor function) {
  KnownEffects& known = context.effects();
  const CXCursor definition =
      clang::is_null(function) ? function : clang_getCursorDefinition(function);
  const bool dynamic = !clang::is_null(function) && clang_CXXMethod_isVirtual(function) != 0 &&
                       clang_getCursorKind(function) == CXCursor_CXXMethod;
  if (clang::is_null(definition) || dynamic || known.depth >= kDeepest) return {};
  const auto [place, is_new] = known.behaviours.try_emplace(definition, Behaviour{});
  if (!is_new) return place->second;  // one that calls itself is not followed
  ++known.depth;
  Behaviour behaviour = behaviour_of_body(context, definition);
  if (clang_getCursorKind(definition) == CXCursor_Constructor) {
    const RecordFacts* record = context.record(clang_getCursorSemanticParent(definition));
    const auto ask = [&](CXType part) { return is_quiet(context, part); };
    behaviour.acts |= record == nullptr || !all_parts(*record, ask);
  }
  --known.depth;
  return known.behaviours[definition] = behaviour;
}

Behaviour behaviour_of_conversion(Context& context, CXType from, CXType to) {
  Behaviour all{.acts = false, .reads = false};
  const RecordFacts* record = context.record(from);
  if (record == nullptr || to.kind == CXType_Invalid || is_in_std(record->definition) ||
      record == context.record(clang_getCanonicalType(to))) {
    return all;
  }
  const auto join = [&](const Behaviour& one) {
    all.acts |= one.acts;
    all.reads |= one.reads;
  };
  for (const CXCursor child : children_of(written(record->definition))) {
    if (clang_getCursorKind(child) == CXCursor_ConversionFunction) {
      join(behaviour_of(context, child));
    }
  }
  for (const CXType base : record->bases) join(behaviour_of_conversion(context, base, to));
  return all;
}

}  // namespace snug::uses
