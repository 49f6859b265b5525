#include "scan/evidence/evidence_context.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "scan/records/classes.hpp"

namespace snug::evidence {

namespace {

bool is_record_kind(CXCursorKind kind) {
  return kind == CXCursor_StructDecl || kind == CXCursor_ClassDecl || kind == CXCursor_UnionDecl ||
         kind == CXCursor_ClassTemplate || kind == CXCursor_ClassTemplatePartialSpecialization;
}

CXCursor outermost_named(CXCursor record) {
  while (clang_Cursor_isAnonymousRecordDecl(record) != 0) {
    const CXCursor parent = clang_getCursorSemanticParent(record);
    if (!is_record_kind(clang_getCursorKind(parent))) {
      break;
    }
    record = parent;
  }
  return record;
}

}  // namespace

std::string spelling(CXCursor cursor) {
  return clang::to_string(clang_getCursorSpelling(cursor));
}

std::string_view last_part(std::string_view name) {
  const std::size_t scope = name.rfind("::");
  return scope == std::string_view::npos ? name : name.substr(scope + 2);
}

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_word(std::string_view name, std::string_view lower) {
  return std::search(name.begin(), name.end(), lower.begin(), lower.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         }) != name.end();
}

Context::Context(const Sources& sources, Names& names, bool openmp)
    : sources_(sources), names_(names), openmp_(openmp) {}

const FieldFacts& Context::field(CXCursor field) {
  const auto [place, added] = fields_.try_emplace(field);
  FieldFacts& facts = place->second;
  if (!added) {
    return facts;
  }
  const CXCursor record = outermost_named(clang_getCursorSemanticParent(field));
  FieldFacts made;
  made.name = spelling(field);
  made.record_id = names_.id(record);
  made.project = sources_.in_project(clang_getCursorLocation(record));
  const CXType type = clang_getCursorType(field);
  made.type = &this->type(type);
  made.reference = made.type->reference;
  made.anonymous = made.name.empty() || made.name.find("(anonymous") != std::string::npos ||
                   made.name.find("(unnamed") != std::string::npos;
  facts = made;
  return facts;
}

namespace {

/// Closures in the arguments of an instantiation: the USR does not tell those of one function
/// apart.
std::string closures_in(CXCursor function) {
  std::string places;
  const auto add = [&](CXType type) {
    if (type.kind == CXType_Invalid) return;
    CXType at = clang_getCanonicalType(type);
    if (at.kind == CXType_LValueReference || at.kind == CXType_RValueReference) {
      at = clang_getCanonicalType(clang_getPointeeType(at));
    }
    const CXCursor closure = clang_getTypeDeclaration(at);
    if (spelling(closure).find("(lambda") == std::string::npos) return;
    unsigned line = 0;
    unsigned column = 0;
    clang_getFileLocation(clang_getCursorLocation(closure), nullptr, &line, &column, nullptr);
    places += "@" + std::to_string(line) + ":" + std::to_string(column);
  };
  const int own = clang_Cursor_getNumTemplateArguments(function);
  for (int i = 0; i < own; ++i) {
    const auto index = static_cast<unsigned>(i);
    if (clang_Cursor_getTemplateArgumentKind(function, index) == CXTemplateArgumentKind_Type) {
      add(clang_Cursor_getTemplateArgumentType(function, index));
    }
  }
  const CXType owner = clang_getCursorType(clang_getCursorSemanticParent(function));
  const int count = clang_Type_getNumTemplateArguments(owner);
  for (int i = 0; i < count; ++i) {
    add(clang_Type_getTemplateArgumentAsType(owner, static_cast<unsigned>(i)));
  }
  return places;
}

}  // namespace

std::string Context::function_id(CXCursor function) {
  std::string usr = clang::to_string(clang_getCursorUSR(function)) + closures_in(function);
  // Each program has a main() of its own.
  const bool main = usr == "c:@F@main" || usr.starts_with("c:@F@main#");
  if (clang_getCursorLinkage(function) == CXLinkage_External && !usr.empty() && !main) {
    return usr;
  }
  CXFile file = nullptr;
  unsigned line = 0;
  unsigned column = 0;
  clang_getFileLocation(clang_getCursorLocation(function), &file, &line, &column, nullptr);
  usr += "@" + sources_.shown(sources_.path(file));
  if (is_local(clang_getCursorSemanticParent(function))) {
    usr += ":" + std::to_string(line) + ":" + std::to_string(column);
  }
  return usr;
}

void Context::note_lambda(CXType closure, const std::string& id) {
  lambdas_[clang_getTypeDeclaration(clang_getCanonicalType(closure))] = id;
}

std::string Context::lambda_id(CXType closure) const {
  const auto found = lambdas_.find(clang_getTypeDeclaration(clang_getCanonicalType(closure)));
  return found == lambdas_.end() ? std::string() : found->second;
}

namespace {

bool leads_to_elements(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kNames{"operator[]", "at",   "begin", "end",
                                                          "front",      "back", "data",  "size"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

namespace {

bool starts_code(const FunctionMatch& known) {
  constexpr Effects about_threads{Effect::StartsThread, Effect::HandsToPool, Effect::Joins,
                                  Effect::JoinsObject,  Effect::TakesLock,   Effect::ReleasesLock};
  return known.row != nullptr && !known.own && known.row->scope != "*" &&
         known.row->effects.has_any(about_threads);
}

}  // namespace

const CalleeFacts& Context::callee(CXCursor function) {
  const auto [place, added] = callees_.try_emplace(function);
  if (!added) {
    return place->second;
  }
  CalleeFacts made;
  made.cursor = function;
  made.name = spelling(function);
  const CXCursorKind kind = clang_getCursorKind(function);
  made.constructor = kind == CXCursor_Constructor;
  made.conversion = kind == CXCursor_ConversionFunction;
  made.method = kind == CXCursor_CXXMethod || made.conversion;
  made.is_static = made.method && clang_CXXMethod_isStatic(function) != 0;
  made.is_virtual = made.method && clang_CXXMethod_isVirtual(function) != 0;
  made.is_const = made.method && clang_CXXMethod_isConst(function) != 0;
  made.is_operator = made.name.starts_with("operator") && made.name.size() > 8 &&
                     std::isalnum(static_cast<unsigned char>(made.name[8])) == 0 &&
                     made.name[8] != '_' && !made.conversion;
  made.project = sources_.in_project(clang_getCursorLocation(function));
  const CXCursor owner = clang_getCursorSemanticParent(function);
  if (made.project && made.method && leads_to_elements(made.name)) {
    // An array of the project's own is read as those of libraries are.
    made.project = !this->type(clang_getCursorType(owner)).container;
  }
  const CXCursorKind owner_kind = clang_getCursorKind(owner);
  if (is_record_kind(owner_kind) || owner_kind == CXCursor_Namespace) {
    made.lambda = made.method && spelling(owner).find("(lambda") != std::string::npos;
    made.owner = made.lambda ? std::string() : names_.template_name(owner);
  }
  made.known = sources_.known().function(made.owner, made.name, made.method);
  if (made.project && !made.lambda && starts_code(made.known)) {
    // A known function of a library that is only declared here, or that has the library's scope.
    made.project =
        made.known.row->scope.empty() && !clang::is_null(clang_getCursorDefinition(function));
  }
  const CXType result = clang_getCanonicalType(clang_getCursorResultType(function));
  made.returns_reference =
      result.kind == CXType_LValueReference || result.kind == CXType_RValueReference;
  const TypeFacts& facts = this->type(result);
  made.returns_pointer = facts.pointer || facts.smart;
  if (made.lambda) {
    made.id = lambda_id(clang_getCursorType(owner));
    callees_.erase(function);  // the lambda may not have been read yet
    return callees_.insert_or_assign(function, std::move(made)).first->second;
  }
  made.id = made.project ? function_id(function) : std::string();
  CalleeFacts& facts_place = callees_[function];
  facts_place = std::move(made);
  return facts_place;
}

const std::string& Context::variable(CXCursor cursor) {
  const CXCursor variable = clang_getCanonicalCursor(cursor);
  const auto found = variable_ids_.find(variable);
  if (found != variable_ids_.end() && clang_isCursorDefinition(cursor) == 0) {
    return found->second;
  }
  const std::string id = found != variable_ids_.end() ? found->second : this->function_id(variable);
  if (found == variable_ids_.end()) {
    variable_ids_.emplace(variable, id);
  }
  CXCursor definition = clang_getCursorDefinition(cursor);
  // `static long count;` in C is only a tentative definition.
  if (clang::is_null(definition) && clang_Cursor_getStorageClass(variable) != CX_SC_Extern) {
    definition = variable;
  }
  if (!clang::is_null(definition) && !variables.contains(id) &&
      sources_.in_project(clang_getCursorLocation(definition))) {
    Variable made;
    made.id = id;
    made.name = names_.qualified(definition);
    made.where = sources_.name(definition);
    const CXType type = clang_getCursorType(definition);
    made.type = names_.type(type);
    const TypeFacts& facts = this->type(type);
    made.record_id = facts.pointer || facts.smart || facts.reference ? "" : facts.record_id;
    made.size = facts.reference ? 8 : facts.size;
    made.align = facts.align;
    made.array_elements = facts.elements;
    made.thread_local_storage = is_thread_local(definition);
    made.is_atomic = facts.atomic;
    made.is_lock = facts.lock;
    made.is_const = facts.is_const;
    made.in_function = is_local(clang_getCursorSemanticParent(definition));
    made.zero_initialized = clang::is_null(clang_Cursor_getVarDeclInitializer(definition));
    // alignas on the variable
    clang::visit_children(definition, [&](CXCursor child, CXCursor) {
      if (clang_getCursorKind(child) == CXCursor_AlignedAttr) {
        made.align = std::max(made.align, asked_alignment(child));
      }
      return CXChildVisit_Continue;
    });
    variables.emplace(id, std::move(made));
  }
  return variable_ids_.find(variable)->second;
}

void Context::hold(CXType type, CXCursor declaration, HoldingPlace place,
                   const std::string& owner) {
  const TypeFacts& facts = this->type(type);
  if (facts.reference || facts.pointer || facts.number || facts.element.kind == CXType_Invalid) {
    if (!facts.record || !facts.project) {
      return;
    }
  }
  Holding holding;
  holding.place = place;
  holding.owner = owner;
  holding.name = spelling(declaration);
  holding.where = sources_.name(declaration);
  holding.count = 1;
  hold_level(clang_getCanonicalType(type), std::move(holding), 0);
}

void Context::hold_level(CXType type, Holding holding, int depth) {
  const TypeFacts facts = this->type(type);
  const bool holds_nothing =
      facts.roles.has_any({TypeRole::HoldsNothing, TypeRole::Iterator}) || facts.function_object;
  if (depth > 6 || facts.reference || holds_nothing) {
    return;
  }
  const bool among_others = holding.kind == HoldingKind::Container ||
                            holding.kind == HoldingKind::PointerContainer ||
                            (holding.kind == HoldingKind::Array && holding.count != 1);
  if (facts.pointer) {
    const TypeFacts& pointee = this->type(facts.element);
    if (!among_others || !pointee.record || !pointee.project) return;
    holding.kind = HoldingKind::PointerContainer;
    holding.record_id = names_.id(clang_getTypeDeclaration(clang_getCanonicalType(facts.element)));
    holdings.push_back(std::move(holding));
    return;
  }
  if (facts.record && facts.project && !facts.smart) {
    holding.record_id = names_.id(clang_getTypeDeclaration(clang_getCanonicalType(type)));
    holdings.push_back(holding);
    if (!facts.container && !facts.array) {
      return;
    }
  }
  if (facts.array) {
    holding.kind =
        depth == 0 || holding.kind == HoldingKind::Value ? HoldingKind::Array : holding.kind;
    holding.count *= facts.elements;
    hold_level(facts.element, std::move(holding), depth + 1);
    return;
  }
  if (!facts.record || (!facts.container && !facts.smart)) {
    return;
  }
  if (!facts.smart) {
    holding.kind = HoldingKind::Container;
    holding.holder = facts.name;
    holding.count = 0;
  } else if (among_others) {
    holding.kind = HoldingKind::PointerContainer;
  } else {
    holding.kind = HoldingKind::SmartPointer;
    holding.holder = facts.name;
    holding.count = 0;
  }
  if (facts.project && facts.container) {
    hold_level(facts.element, std::move(holding), depth + 1);
    return;
  }
  const int arguments = clang_Type_getNumTemplateArguments(type);
  for (int i = 0; i < arguments; ++i) {
    const CXType inner = clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
    if (inner.kind != CXType_Invalid) {
      hold_level(clang_getCanonicalType(inner), holding, depth + 1);
    }
  }
}

Spot Context::spot(CXCursor cursor) const {
  Spot spot;
  CXFile file = nullptr;
  unsigned offset = 0;
  clang_getFileLocation(clang_getCursorLocation(cursor), &file, &spot.line, &spot.column, &offset);
  spot.offset = offset;
  return spot;
}

std::uint32_t Context::end_offset(CXCursor cursor) const {
  unsigned offset = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(cursor)), nullptr, nullptr, nullptr,
                        &offset);
  return offset;
}

}  // namespace snug::evidence
