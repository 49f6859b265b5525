// shared_ptr<T>(new T), shared_ptr<T> p(new T), p.reset(new T): two allocations for one object.
#include <string_view>

#include "scan/ownership/ownership_context.hpp"
#include "scan/parse/declarations.hpp"

namespace snug::ownership {
namespace {

bool can_be_made(const TypeFacts& type) {
  return type.roles.has(TypeRole::ControlBlock);
}

struct NewText {
  std::string made;
  std::uint64_t begin = 0;  ///< Of the arguments, byte offset.
  std::uint64_t end = 0;
  bool has_arguments = false;
  bool braces = false;
  bool array = false;
  bool placement = false;
  bool understood = false;
};

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Reads `new TYPE`, `new TYPE(...)` or `new TYPE{...}` from [begin, end) of the text.
NewText read_new(std::string_view text, std::uint64_t begin, std::uint64_t end) {
  NewText result;
  if (begin + 3 > end || end > text.size()) return result;
  std::uint64_t at = begin;
  if (text.substr(at, 2) == "::") at += 2;
  if (text.substr(at, 3) != "new") return result;
  at += 3;
  while (at < end && is_white(text[at])) ++at;
  result.placement = at < end && text[at] == '(';
  const std::uint64_t type = at;
  int angles = 0;
  while (at < end && (angles > 0 || (text[at] != '(' && text[at] != '{'))) {
    angles += text[at] == '<' ? 1 : 0;
    angles -= text[at] == '>' ? 1 : 0;
    result.array |= text[at] == '[';
    ++at;
  }
  std::uint64_t type_end = at;
  while (type_end > type && is_white(text[type_end - 1])) --type_end;
  result.made = std::string(text.substr(type, type_end - type));
  result.has_arguments = at < end;
  if (result.has_arguments) {
    result.braces = text[at] == '{';
    if (text[end - 1] != (result.braces ? '}' : ')')) return result;
    result.begin = at + 1;
    result.end = end - 1;
  }
  result.understood = !result.made.empty() && result.made.find("//") == std::string::npos &&
                      result.made.find("/*") == std::string::npos && !result.placement;
  return result;
}

bool is_initializer_list(CXCursor constructor) {
  const CXType type = clang_getCursorType(constructor);
  if (clang_getNumArgTypes(type) < 1) return false;
  const CXCursor record = record_of(clang_getArgType(type, 0));
  return !clang::is_null(record) && name_of(record) == "initializer_list";
}

bool has_own_new(CXCursor record) {
  bool found = false;
  clang::visit_children(record, [&](CXCursor child, CXCursor) {
    if (clang_getCursorKind(child) == CXCursor_CXXMethod && name_of(child) == "operator new") {
      found = true;
    }
    if (clang_getCursorKind(child) == CXCursor_CXXBaseSpecifier) {
      const CXCursor base = record_of(clang_getCursorType(child));
      found = found || (!clang::is_null(base) && has_own_new(base));
    }
    return found ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return found;
}

/// True if its default constructor is none that somebody wrote: T() clears the bytes before it
/// runs.
bool clears_first(CXCursor record) {
  const CXCursor pattern = clang_getSpecializedCursorTemplate(record);
  bool written = false;
  clang::visit_children(clang::is_null(pattern) ? record : pattern, [&](CXCursor child, CXCursor) {
    written = written || (clang_getCursorKind(child) == CXCursor_Constructor &&
                          clang_CXXConstructor_isDefaultConstructor(child) != 0 &&
                          clang_CXXMethod_isDefaulted(child) == 0);
    return written ? CXChildVisit_Break : CXChildVisit_Continue;
  });
  return !written;
}

/// True if `new T` leaves some byte of the object as it is.
bool leaves_bytes(CXType type, const Sources& sources, int depth) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray) {
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  }
  if (type.kind == CXType_LValueReference || type.kind == CXType_RValueReference) return false;
  if (type.kind != CXType_Record) return true;
  const CXCursor record = record_of(type);
  if (depth > 8 || !clears_first(record)) return false;
  bool left = false;
  clang::visit_fields(type, [&](CXCursor field) {
    left = left || (!has_initializer(field, sources) &&
                    leaves_bytes(clang_getCursorType(field), sources, depth + 1));
  });
  clang::visit_bases(type, [&](CXCursor base) {
    left = left || leaves_bytes(clang_getCursorType(base), sources, depth + 1);
  });
  return left;
}

/// An object that is no buffer is cleared in no time.
constexpr std::uint64_t large_buffer = 256;

bool leaves_bytes(const Context& context, CXCursor expression) {
  const CXType pointer = clang_getCanonicalType(clang_getCursorType(expression));
  return leaves_bytes(clang_getPointeeType(pointer), context.sources, 0);
}

/// `static const int n = 3;` in a class has no place in memory unless it is defined outside: a
/// function that takes references cannot be given it.
bool is_undefined_constant(CXCursor variable) {
  if (clang_getCursorKind(variable) != CXCursor_VarDecl) return false;
  const CXCursorKind scope = clang_getCursorKind(clang_getCursorSemanticParent(variable));
  const bool member = scope == CXCursor_ClassDecl || scope == CXCursor_StructDecl ||
                      scope == CXCursor_ClassTemplate ||
                      scope == CXCursor_ClassTemplatePartialSpecialization;
  return member && clang::is_null(clang_getCursorDefinition(variable));
}

bool takes_undefined_constant(CXCursor construction) {
  const int count = clang_Cursor_getNumArguments(construction);
  for (int i = 0; i < count; ++i) {
    const CXCursor argument =
        stripped(clang_Cursor_getArgument(construction, static_cast<unsigned>(i)));
    if (is_undefined_constant(clang_getCursorReferenced(argument))) return true;
  }
  return false;
}

void note_object(Context& context, CXCursor expression, OwnerNew& fact) {
  const CXType made = clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(expression)));
  const long long size = clang_Type_getSizeOf(made);
  const long long align = clang_Type_getAlignOf(made);
  fact.size = size < 0 ? 0 : static_cast<std::uint64_t>(size);
  fact.align = align < 0 ? 0 : static_cast<std::uint64_t>(align);
  const CXCursor record = record_of(made);
  if (clang::is_null(record)) return;
  fact.made_id = context.names.id(record);
  fact.class_new = has_own_new(record);
  const CXCursor value = last_expression(expression);
  if (clang::is_null(value)) return;
  const CXCursor inner = stripped(value);
  if (clang_getCursorKind(inner) == CXCursor_CallExpr) {
    const CXCursor constructor = clang_getCursorReferenced(inner);
    const CX_CXXAccessSpecifier access = clang_getCXXAccessSpecifier(constructor);
    fact.not_forwardable =
        access == CX_CXXPrivate || access == CX_CXXProtected || takes_undefined_constant(inner);
    fact.initializer_list = fact.braces && is_initializer_list(constructor);
  } else if (clang_getCursorKind(inner) == CXCursor_InitListExpr) {
    bool any = false;
    clang::visit_children(inner, [&](CXCursor, CXCursor) {
      any = true;
      return CXChildVisit_Break;
    });
    fact.aggregate = any;
  }
}

/// What stands around the call that takes the new object over. False if it is none of the forms.
bool note_form(Context& context, CXCursor call, Ancestors above, OwnerNew& fact) {
  const CXCursor callee = clang_getCursorReferenced(call);
  if (clang_getCursorKind(callee) == CXCursor_Constructor) {
    const TypeFacts* type = context.types.counted(clang_getCursorType(call));
    if (type == nullptr || !can_be_made(*type)) return false;
    fact.type = type->owner;
    const SourceRange whole = context.range(call);
    const bool variable =
        !above.empty() && (clang_getCursorKind(above.back()) == CXCursor_VarDecl ||
                           clang_getCursorKind(above.back()) == CXCursor_FieldDecl ||
                           clang_getCursorKind(above.back()) == CXCursor_Constructor);
    const std::string text = context.text(call);
    const std::size_t name = text.find(last_scope(type->family));
    const bool spelled = name != std::string::npos && name < text.find("new");
    fact.form = variable || !spelled ? OwnerNewForm::Variable : OwnerNewForm::Construct;
    fact.where = fact.form == OwnerNewForm::Construct ? whole : fact.expression;
    return true;
  }
  if (name_of(callee) != "reset") return false;
  CXCursor member = clang_getNullCursor();
  clang::visit_children(call, [&](CXCursor child, CXCursor) {
    member = child;
    return CXChildVisit_Break;
  });
  if (clang_getCursorKind(member) != CXCursor_MemberRefExpr) return false;
  CXCursor object = last_expression(member);
  if (clang::is_null(object)) return false;
  object = stripped(object);
  const TypeFacts* type = context.types.counted(clang_getCursorType(object));
  if (type == nullptr || !can_be_made(*type)) return false;
  fact.type = type->owner;
  fact.form = OwnerNewForm::Reset;
  fact.where = context.range(call);
  fact.reset = fact.where;
  fact.reset.begin = context.range(object).end;
  return true;
}

}  // namespace

void see_new(Context& context, CXCursor expression, Ancestors ancestors) {
  const std::size_t left = above_conversions(ancestors);
  if (left == 0 || clang_getCursorKind(ancestors[left - 1]) != CXCursor_CallExpr) return;
  const CXCursor call = ancestors[left - 1];
  if (clang_Cursor_getNumArguments(call) != 1) return;
  OwnerNew fact;
  fact.expression = context.range(expression);
  const std::size_t outer = above_conversions(ancestors.first(left - 1));
  if (!note_form(context, call, ancestors.first(outer), fact)) return;
  CXFile file = nullptr;
  unsigned begin = 0;
  clang_getFileLocation(clang_getRangeStart(clang_getCursorExtent(expression)), &file, nullptr,
                        nullptr, &begin);
  if (file == nullptr) return;
  const std::string_view text = context.sources.text(file);
  const NewText written = read_new(text, begin, fact.expression.end);
  fact.made = written.made;
  fact.braces = written.braces;
  fact.array = written.array;
  fact.placement = written.placement;
  fact.arguments = context.sources.range(file, written.begin, written.end);
  fact.from_macro = from_macro(expression) || from_macro(call) || !written.understood;
  fact.in_loop = !clang::is_null(loop_around(ancestors));
  fact.function = context.function_name(ancestors);
  note_object(context, expression, fact);
  // make_shared would clear what this leaves as it is: of a buffer, each time.
  if (!written.has_arguments && fact.size >= large_buffer && leaves_bytes(context, expression)) {
    return;
  }
  fact.same_type =
      !fact.made_id.empty() && fact.made_id == fact.type.pointee_id && !fact.type.const_pointee;
  context.facts.news.push_back(std::move(fact));
}

}  // namespace snug::ownership
