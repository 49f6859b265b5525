// Templates and concepts that ask how large their argument is: `if constexpr (sizeof(V) <= 16)`,
// `requires (sizeof(V) < 64)`, `Pick<sizeof(V)>`. The front end shows the code of most templates
// only as it was written, where the argument has no size yet, so that the records come from those
// who name the template:
//   1. while the unit is walked, a template is noted whose text decides by a size of its parameter;
//   2. at the end, and only if there is one, the project's code is walked again: which template
//      mentions which, and which records are given to which;
//   3. who mentions an asker asks too; every record that reaches one has its size seen.
// Templates are told apart by their names alone, since an overload or a partial specialization that
// was not chosen for today's size may be chosen for tomorrow's.
#include "scan/uses/uses_template_sizes.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "known/value_names.hpp"
#include "scan/uses/seen/uses_heap.hpp"
#include "scan/uses/seen/uses_member_pointers.hpp"
#include "scan/uses/seen/uses_rooms.hpp"
#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

namespace {

/// UnexposedDecl: a variable template has no kind of its own.
bool is_template(CXCursorKind kind) {
  return kind == CXCursor_FunctionTemplate || kind == CXCursor_ClassTemplate ||
         kind == CXCursor_ClassTemplatePartialSpecialization || kind == CXCursor_ConceptDecl ||
         kind == CXCursor_TypeAliasTemplateDecl || kind == CXCursor_UnexposedDecl;
}

bool is_size(CXCursor expression) {
  const CXCursorKind kind = clang_getCursorKind(strip_casts(expression));
  return kind == CXCursor_UnaryExpr || kind == CXCursor_IntegerLiteral;
}

/// How many of the ancestors are left above a sum or a product of sizes and numbers.
std::size_t skip_sizes_up(Ancestors ancestors) {
  std::size_t left = skip_conversions_up(ancestors);
  while (left > 0 && clang_getCursorKind(ancestors[left - 1]) == CXCursor_BinaryOperator) {
    const CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(ancestors[left - 1]);
    const std::vector<CXCursor> sides = children_of(ancestors[left - 1]);
    if ((kind != CXBinaryOperator_Add && kind != CXBinaryOperator_Mul) ||
        !std::all_of(sides.begin(), sides.end(), is_size)) {
      break;
    }
    left = skip_conversions_up(ancestors.first(left - 1));
  }
  return left;
}

/// The size itself is compared, not a number of objects that fits somewhere.
bool is_compared_itself(Ancestors ancestors) {
  const std::size_t left = skip_sizes_up(ancestors);
  if (left == 0 || clang_getCursorKind(ancestors[left - 1]) != CXCursor_BinaryOperator) {
    return false;
  }
  switch (clang_getCursorBinaryOperatorKind(ancestors[left - 1])) {
    case CXBinaryOperator_LT:
    case CXBinaryOperator_LE:
    case CXBinaryOperator_GT:
    case CXBinaryOperator_GE:
    case CXBinaryOperator_EQ:
    case CXBinaryOperator_NE:
      return true;
    default:
      return false;
  }
}

/// True if the code between the template and the size decides something by it.
bool decides(const Flow& flow, Ancestors ancestors) {
  const bool in_body = std::any_of(ancestors.begin(), ancestors.end(), [](CXCursor above) {
    return clang_getCursorKind(above) == CXCursor_CompoundStmt;
  });
  const CXCursorKind stop = clang_getCursorKind(flow.stop);
  if (stop == CXCursor_StaticAssert) return false;  // holds for the smaller record, or is told
  if (is_compared_itself(ancestors)) return true;
  if (stop == CXCursor_DeclRefExpr || stop == CXCursor_MemberRefExpr ||
      stop == CXCursor_EnumConstantDecl) {
    return true;
  }
  if (stop == CXCursor_ReturnStmt) return !flow.arithmetic;
  if (stop == CXCursor_VarDecl && !flow.in_type) return !in_body && !flow.in_list;
  if (stop == CXCursor_TypeAliasDecl || stop == CXCursor_TypedefDecl) return flow.arithmetic;
  if (flow.in_type && flow.reshaped) return true;  // how many fit
  if (stop == CXCursor_CXXBaseSpecifier || stop == CXCursor_NonTypeTemplateParameter) return true;
  return !in_body && (stop == CXCursor_ConceptDecl || stop == CXCursor_FunctionTemplate);
}

/// True if the text of a template has a sizeof that counts no pack.
bool text_has_sizeof(const Context& context, CXCursor declaration) {
  CXFile file = nullptr;
  const unsigned begin = begin_offset(declaration, &file);
  unsigned end = 0;
  clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(declaration)), nullptr, nullptr,
                        nullptr, &end);
  if (file == nullptr || end <= begin) return false;
  const std::string_view text = context.sources().text(file).substr(begin, end - begin);
  if (!text.starts_with("template")) return false;
  for (std::size_t at = text.find("sizeof"); at != std::string_view::npos;
       at = text.find("sizeof", at + 1)) {
    if (!text.substr(at + 6).starts_with("...")) return true;
  }
  return false;
}

/// Who mentions whom, and who is given which record.
struct Mentions {
  std::map<std::string, std::set<std::string>> by_template;  ///< mentioned -> those around it
  struct Given {
    const RecordFacts* record;
    CXCursor at;
  };
  std::multimap<std::string, Given> given;
  std::multimap<std::string, Given> members;  ///< Given by a pointer to a member.
};

class Walker {
 public:
  Walker(Context& context, Mentions& mentions) : context_(context), mentions_(mentions) {}

  void walk(CXCursor cursor) {
    const CXCursorKind kind = clang_getCursorKind(cursor);
    const bool opens = is_template(kind) && !spelling(cursor).empty();
    if (opens) around_.push_back(spelling(cursor));
    const std::vector<CXCursor> children = children_of(cursor);
    see(cursor, kind, children);
    for (std::size_t i = 0; i < children.size(); ++i) {
      if (clang_getCursorKind(children[i]) == CXCursor_TemplateRef) see_template(children, i);
      walk(children[i]);
    }
    if (opens) around_.pop_back();
  }

 private:
  /// A member of what a template does not know has its name in the text alone.
  [[nodiscard]] std::string member_name(CXCursor member) const {
    if (std::string name = spelling(member); !name.empty()) return name;
    CXFile file = nullptr;
    const unsigned begin = begin_offset(member, &file);
    unsigned end = 0;
    clang_getFileLocation(clang_getRangeEnd(clang_getCursorExtent(member)), nullptr, nullptr,
                          nullptr, &end);
    if (file == nullptr || end <= begin) return {};
    const std::string_view text = context_.sources().text(file).substr(begin, end - begin);
    const std::size_t step = std::max(text.rfind('.') + 1, text.rfind("->") + 1);
    const auto is_name = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    };
    std::string name;
    for (std::size_t at = step; at < text.size() && text[at] != '<'; ++at) {
      if (is_name(text[at])) {
        name += text[at];
      } else {
        name.clear();  // `->`, `template`, blanks
      }
    }
    return name;
  }

  void see(CXCursor cursor, CXCursorKind kind, const std::vector<CXCursor>& children) {
    if (kind == CXCursor_OverloadedDeclRef) return mention(spelling(cursor));
    if (kind == CXCursor_MemberRefExpr) return see_member(cursor, children);
    if (kind != CXCursor_DeclRefExpr && kind != CXCursor_CallExpr) return;
    const CXCursor target = clang_getCursorReferenced(cursor);
    if (clang::is_null(target) || !is_named(target)) return;
    const std::string name = spelling(target);
    mention(name);
    if (kind == CXCursor_DeclRefExpr) return give_types(name, children, 0);
    const int types = clang_Cursor_getNumTemplateArguments(target);
    for (int i = 0; i < types; ++i) {
      give(name, clang_Cursor_getTemplateArgumentType(target, static_cast<unsigned>(i)), cursor);
    }
    const bool member = clang_getCursorKind(target) == CXCursor_CXXMethod;
    const int values = clang_Cursor_getNumArguments(cursor);
    for (int i = 0; i < values; ++i) {
      const CXType type =
          clang_getCursorType(clang_Cursor_getArgument(cursor, static_cast<unsigned>(i)));
      give(name, type, cursor);
      // The arguments of the template of a member are not told.
      if (member && clang_getCanonicalType(type).kind == CXType_Pointer) {
        give(name, clang_getPointeeType(clang_getCanonicalType(type)), cursor);
      }
    }
  }

  /// `canvas.draw<T>()`; in a template the member is known by its name alone.
  void see_member(CXCursor member, const std::vector<CXCursor>& children) {
    const std::string name = member_name(member);
    if (name.empty()) return;
    mention(name);
    give_types(name, children, 0);
  }

  /// `Info<T>`: the types that stand behind the name of the template.
  void see_template(const std::vector<CXCursor>& siblings, std::size_t at) {
    const CXCursor target = clang_getCursorReferenced(siblings[at]);
    if (clang::is_null(target) || !is_named(target)) return;
    mention(spelling(target));
    give_types(spelling(target), siblings, at + 1);
  }

  void give_types(const std::string& name, const std::vector<CXCursor>& children,
                  std::size_t from) {
    for (std::size_t i = from; i < children.size(); ++i) {
      if (clang_getCursorKind(children[i]) != CXCursor_TypeRef) continue;
      give(name, clang_getCursorType(children[i]), children[i]);
    }
  }

  void mention(const std::string& name) {
    for (const std::string& outer : around_) mentions_.by_template[name].insert(outer);
  }

  void give(const std::string& name, CXType type, CXCursor at) {
    const RecordFacts* const record = context_.record(type);
    if (record != nullptr) mentions_.given.insert({name, {record, at}});
    const RecordFacts* const pointed = record_of_member_pointer(context_, type);
    if (pointed != nullptr) mentions_.members.insert({name, {pointed, at}});
  }

  [[nodiscard]] bool is_named(CXCursor target) const {
    return context_.sources().in_project(clang_getCursorLocation(target)) ||
           asks_layout(spelling(target));
  }

  Context& context_;
  Mentions& mentions_;
  std::vector<std::string> around_;
};

bool names_a_trait(std::string_view text) {
  return std::ranges::any_of(layout_traits(), [&](std::string_view trait) {
    return text.find(trait) != std::string_view::npos;
  });
}

/// True if a file of the project names one of the questions of the standard library.
bool names_a_trait(const Context& context) {
  struct Search {
    const Sources* sources;
    bool found;
  } search{&context.sources(), false};
  clang_getInclusions(
      context.sources().unit(),
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        auto& so_far = *static_cast<Search*>(data);
        so_far.found = so_far.found || (so_far.sources->may_be_project(file) &&
                                        names_a_trait(so_far.sources->text(file)));
      },
      &search);
  return search.found;
}

}  // namespace

void note_size_asked(Context& context, const Flow& flow, CXCursor size, Ancestors ancestors) {
  const bool decided = !flow.allocation && decides(flow, ancestors);
  if (!decided && flow.in_type) note_room(context, flow, nullptr, ancestors);
  if (!decided && !is_size_noticed(context, size, ancestors)) return;
  for (const CXCursor above : ancestors) {
    const CXCursorKind kind = clang_getCursorKind(above);
    if (is_template(kind)) context.size_askers().insert(spelling(above));
    if (kind == CXCursor_LambdaExpr) context.size_askers().insert("operator()");
  }
}

void note_size_asked(Context& context, CXCursor declaration) {
  if (!spelling(declaration).empty() && text_has_sizeof(context, declaration)) {
    context.size_askers().insert(spelling(declaration));
  }
}

namespace {

/// Adds the names of all templates that mention one of these, directly or not.
void add_callers(const Mentions& mentions, std::set<std::string>& names) {
  std::vector<std::string> open(names.begin(), names.end());
  while (!open.empty()) {
    const auto callers = mentions.by_template.find(open.back());
    open.pop_back();
    if (callers == mentions.by_template.end()) continue;
    for (const std::string& outer : callers->second) {
      if (names.insert(outer).second) open.push_back(outer);
    }
  }
}

/// True if a file of the project has `&T::`.
bool names_a_member(const Context& context) {
  struct Search {
    const Sources* sources;
    bool found;
  } search{&context.sources(), false};
  clang_getInclusions(
      context.sources().unit(),
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        auto& so_far = *static_cast<Search*>(data);
        if (so_far.found || !so_far.sources->may_be_project(file)) return;
        const std::string_view text = so_far.sources->text(file);
        for (std::size_t at = text.find("::"); at != std::string_view::npos && !so_far.found;
             at = text.find("::", at + 2)) {
          std::size_t begin = at;
          while (begin > 0 && (std::isalnum(static_cast<unsigned char>(text[begin - 1])) != 0 ||
                               text[begin - 1] == '_')) {
            --begin;
          }
          so_far.found = begin > 0 && begin < at && text[begin - 1] == '&';
          so_far.found = so_far.found || text.substr(at).starts_with("::*");
        }
      },
      &search);
  return search.found;
}

}  // namespace

void add_sizes_asked(Context& context) {
  std::set<std::string>& askers = context.size_askers();
  std::set<std::string>& readers = context.byte_readers();
  if (names_a_trait(context)) askers.insert(layout_traits().begin(), layout_traits().end());
  if (!readers.empty() && !names_a_member(context)) readers.clear();
  if (askers.empty() && readers.empty()) return;
  Mentions mentions;
  Walker walker(context, mentions);
  for (const CXCursor child :
       children_of(clang_getTranslationUnitCursor(context.sources().unit()))) {
    if (context.sources().in_project(clang_getCursorLocation(child))) walker.walk(child);
  }
  add_callers(mentions, askers);
  add_callers(mentions, readers);
  for (const std::string& name : readers) {
    const auto [first, last] = mentions.members.equal_range(name);
    for (auto one = first; one != last; ++one) {
      context.add(*one->second.record, one->second.at, {},
                  {.kind = UseKind::OffsetOf,
                   .detail = "has a pointer to its member looked at as bytes by a template"});
    }
  }
  for (const std::string& name : askers) {
    const auto [first, last] = mentions.given.equal_range(name);
    for (auto one = first; one != last; ++one) {
      context.add(
          *one->second.record, one->second.at, {},
          {.kind = UseKind::SizeArithmetic, .detail = "is asked for its size by a template"});
    }
  }
}

}  // namespace snug::uses
