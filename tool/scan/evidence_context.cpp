#include "scan/evidence_context.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "scan/classes.hpp"

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

/// "Locked_Mutex_t" -> "lockedmutex"
std::string plain(std::string_view name) {
  std::string result;
  for (const char c : last_part(name)) {
    if (c != '_') {
      result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  if (result.size() > 1 && result.back() == 't' && name.ends_with("_t")) {
    result.pop_back();
  }
  return result;
}

bool is_lock_name(std::string_view name) {
  const std::string last = plain(name);
  static constexpr std::array<std::string_view, 9> kEndings{
      "mutex", "spinlock", "rwlock",    "spinmutex",        "futex",
      "latch", "lock",     "semaphore", "pthreadmutexunion"};
  if (last.ends_with("latch") || last.ends_with("semaphore")) {
    return false;
  }
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return last.ends_with(ending); }) &&
         !has_word(last, "guard") && !last.starts_with("unique") && !last.starts_with("scoped") &&
         last != "sharedlock";
}

bool is_guard_name(std::string_view name) {
  const std::string last = plain(name);
  return last == "lockguard" || last == "uniquelock" || last == "scopedlock" ||
         last == "sharedlock" || last.ends_with("locker") || last.ends_with("lockguard") ||
         last.ends_with("guard") || last.ends_with("lockholder") || last.ends_with("scopedlock") ||
         last.ends_with("autolock") || last.starts_with("scopedlock") || last == "writelock" ||
         last == "readlock" || last == "writerlock" || last == "readerlock" ||
         last.ends_with("mutexlock") || last.ends_with("lockscope");
}

bool is_smart_name(std::string_view name) {
  const std::string last = plain(name);
  return last.ends_with("ptr") || last.ends_with("iterator") || last == "referencewrapper" ||
         last.ends_with("pointer") || last == "rc" || last == "box" || last == "scopedrefptr" ||
         last == "optional" || last == "intrusiveptr";
}

bool is_number(CXTypeKind kind) {
  return (kind >= CXType_Bool && kind <= CXType_Int128) || kind == CXType_Enum;
}

}  // namespace

std::string spelling(CXCursor cursor) {
  return clang::to_string(clang_getCursorSpelling(cursor));
}

std::string_view last_part(std::string_view name) {
  const std::size_t scope = name.rfind("::");
  return scope == std::string_view::npos ? name : name.substr(scope + 2);
}

bool has_word(std::string_view name, std::string_view lower) {
  return std::search(name.begin(), name.end(), lower.begin(), lower.end(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         }) != name.end();
}

Context::Context(const Sources& sources, Names& names, bool openmp)
    : sources_(sources), names_(names), openmp_(openmp) {}

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
  facts.project = sources_.in_project(clang_getCursorLocation(declaration));
  facts.name = names_.template_name(declaration);
  facts.record_id = names_.id(declaration);
  const std::string_view last = last_part(facts.name);
  facts.atomic = last == "atomic" || last == "atomic_flag" || last == "__atomic_base" ||
                 last == "atomic_ref" || last == "__atomic_float";
  facts.guard = is_guard_name(facts.name);
  facts.lock = !facts.guard && is_lock_name(facts.name);
  facts.thread = facts.name == "std::thread" || facts.name == "std::jthread" ||
                 facts.name == "boost::thread" || facts.name == "std::__1::thread";
  facts.future = last == "future" || last == "shared_future";
  facts.function_object = last == "function" || last == "move_only_function" ||
                          last == "packaged_task" || last == "AnyInvocable" ||
                          last == "unique_function" || last == "Function";
  const int arguments = clang_Type_getNumTemplateArguments(canonical);
  const CXType first = arguments > 0 ? clang_Type_getTemplateArgumentAsType(canonical, 0)
                                     : CXType{CXType_Invalid, {nullptr, nullptr}};
  if (is_smart_name(facts.name) && (arguments > 0 || has_word(last, "iterator"))) {
    facts.smart = true;
    facts.element = first;
    if (first.kind != CXType_Invalid) {
      const TypeFacts inner = this->type(first);
      facts.record_id = inner.record_id.empty() ? facts.record_id : inner.record_id;
    }
    return;
  }
  if (facts.project || first.kind == CXType_Invalid || facts.atomic) {
    return;
  }
  facts.element = first;
  const TypeFacts inner = this->type(first);
  facts.array = facts.name == "std::array" || facts.name == "boost::array";
  facts.container = !facts.array && !facts.thread && !facts.future && !facts.guard;
  if (facts.array) {
    facts.elements = inner.size == 0 ? 0 : facts.size / inner.size;
    facts.atomic = inner.atomic;
    facts.lock = inner.lock;
    facts.record_id = inner.record_id;
  }
}

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
  if (clang_getCursorLinkage(function) == CXLinkage_External && !usr.empty()) {
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
  const CXCursorKind owner_kind = clang_getCursorKind(owner);
  if (is_record_kind(owner_kind) || owner_kind == CXCursor_Namespace) {
    made.lambda = made.method && spelling(owner).find("(lambda") != std::string::npos;
    made.owner = made.lambda ? std::string() : names_.template_name(owner);
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
  static constexpr std::array<std::string_view, 9> kNoHolders{
      "allocator",   "less",     "greater",          "hash", "equal_to", "default_delete",
      "char_traits", "iterator", "reference_wrapper"};
  const std::string_view last = last_part(facts.name);
  const bool holds_nothing =
      std::find(kNoHolders.begin(), kNoHolders.end(), last) != kNoHolders.end() ||
      has_word(last, "iterator") || facts.function_object;
  if (depth > 6 || facts.reference || facts.pointer || holds_nothing) {
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
  holding.kind = facts.smart ? HoldingKind::SmartPointer : HoldingKind::Container;
  holding.holder = facts.name;
  holding.count = 0;
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
