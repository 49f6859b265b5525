// What the parts of the ownership scanner share. Only the files ownership*.cpp include this.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/ownership.hpp"
#include "scan/ownership/ownership_types.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"

namespace snug::ownership {

/// From the outermost cursor to the direct parent.
using Ancestors = std::span<const CXCursor>;

/// A variable of counted pointer type (or a pair that holds one) that is no reference, and what has
/// been seen of it so far.
struct Variable {
  CXCursor cursor;
  CXCursor function;   ///< Around it: a function or a lambda. Null at namespace scope.
  CXCursor loop;       ///< The loop whose every turn makes it anew, or null.
  std::string around;  ///< Name of the function.
  OwnerType type;
  std::size_t lambdas = 0;  ///< Lambdas around it.
  std::uint32_t index = 0;  ///< Of a parameter.
  bool parameter = false;
  bool in_pair = false;
  bool element = false;   ///< The variable of a range-for.
  bool copied = false;    ///< Initialised with a copy of another owner.
  bool converts = false;  ///< That copy is one of another pointer type.
  bool made = false;      ///< Initialised from make_shared, new and the like.

  OwnerUse use = OwnerUse::Read;
  /// The same without what hands it to a parameter by value of the project's own functions: those
  /// are arguments, and a reference hands on as well as an owner does.
  OwnerUse own_use = OwnerUse::Read;
  std::uint32_t reads = 0;
  CXCursor source = clang_getNullCursor();  ///< What it was copied from.
  SourceRange use_where;
  SourceRange first_read;
  std::uint64_t last_use = 0;  ///< Byte offset.
  /// `n = n->next`, which counts as no other use.
  std::vector<std::pair<SourceRange, CXCursor>> walks;
};

/// What a record is made of, for the hand-made containers.
struct Shape {
  bool lists = false;        ///< A std::list and a container of its iterators.
  bool counted_map = false;  ///< An unordered_map with integer keys, and an integer.
  bool free_list = false;    ///< A sequence of records, and one of integers.
  bool strings = false;      ///< Two or more strings.
};

class Context {
 public:
  Context(const Sources& sources_of_unit, Names& names_of_unit)
      : sources(sources_of_unit),
        names(names_of_unit),
        types(names_of_unit, sources_of_unit.known()) {}

  const Sources& sources;
  Names& names;
  TypeBook types;
  Ownership facts;
  clang::CursorMap<Variable> variables;
  clang::CursorMap<CXCursor> bindings;  ///< Names of a structured binding to the whole.
  std::vector<OwnerUnwrap> unwraps;     ///< Not judged yet.
  std::vector<CXCursor> unwrap_owners;  ///< Their variables, in the same order.

  [[nodiscard]] const Shape& shape(CXCursor record);
  /// True if a function of that type takes a counted pointer by value.
  [[nodiscard]] bool takes_owner(CXType function);
  /// The variable that a reference names, or null.
  [[nodiscard]] Variable* variable(CXCursor reference);

  [[nodiscard]] SourceRange range(CXCursor cursor) const {
    return sources.range(clang_getCursorExtent(cursor));
  }
  /// The text of an expression, on one line.
  [[nodiscard]] std::string text(CXCursor cursor) const;
  /// Qualified name of the function around.
  [[nodiscard]] std::string function_name(Ancestors ancestors);
  /// USR; of the template for an instantiation. Of a lambda and of its operator(): its place.
  [[nodiscard]] static std::string function_id(CXCursor function);

 private:
  clang::CursorMap<Shape> shapes_;
  std::unordered_map<const void*, bool> takes_owner_;
};

// Small questions about cursors.

[[nodiscard]] bool is_loop(CXCursorKind kind);
[[nodiscard]] bool from_macro(CXCursor cursor);
[[nodiscard]] bool is_conversion(CXCursorKind kind);  ///< Parentheses and what compilers insert.
/// Number of ancestors left when conversions are dropped from the inner end.
[[nodiscard]] std::size_t above_conversions(Ancestors ancestors);
/// The function or lambda around, or null; `lambdas` counts the lambdas around.
[[nodiscard]] CXCursor function_around(Ancestors ancestors, std::size_t* lambdas = nullptr);
/// The innermost loop within the same function whose every turn reaches the cursor, or null.
[[nodiscard]] CXCursor loop_around(Ancestors ancestors);
/// The expression without conversions.
[[nodiscard]] CXCursor stripped(CXCursor expression);
[[nodiscard]] bool same_place(CXCursor a, CXCursor b);    ///< Both begin at the same byte.
[[nodiscard]] std::string name_of(CXCursor cursor);       ///< Its spelling.
[[nodiscard]] CXCursor last_expression(CXCursor cursor);  ///< The last child that is one, or null.
/// True if the constructor takes its first argument by reference to const or copies it.
[[nodiscard]] bool copies(CXCursor constructor);
[[nodiscard]] bool is_direct_owner(CXType type, Context& context);

/// The declaration of a variable or parameter, ready for making it a reference.
[[nodiscard]] DeclaratorPlace declarator(const Context& context, CXCursor declaration);

// The themes, one file each.

void see_parameter(Context& context, CXCursor parameter, Ancestors ancestors);
void see_variable(Context& context, CXCursor variable, Ancestors ancestors);
void see_binding(Context& context, CXCursor declaration, Ancestors ancestors);
void see_reference(Context& context, CXCursor reference, Ancestors ancestors);

void see_argument(Context& context, CXCursor call, Ancestors ancestors);
/// True if the call, which copies an owner, makes an argument that see_argument notes.
[[nodiscard]] bool hands_on(Context& context, CXCursor call, Ancestors ancestors);
void see_function_name(Context& context, CXCursor reference, Ancestors ancestors);
void see_unwrap(Context& context, CXCursor call, Ancestors ancestors);
void see_new(Context& context, CXCursor expression, Ancestors ancestors);

void see_field(Context& context, CXCursor reference, const TypeFacts& type, Ancestors ancestors);
void see_member_initialiser(Context& context, CXCursor reference, Ancestors ancestors);
void see_record(Context& context, CXType type);
void see_held_variable(Context& context, CXCursor variable, Ancestors ancestors);
void see_container_use(Context& context, CXCursor reference, Ancestors ancestors);
void see_string_use(Context& context, CXCursor reference, Ancestors ancestors);

/// Turns the variables that were seen into facts.
void judge_variables(Context& context);

// Questions about bodies, asked for few of them.

struct BodyFacts {
  bool calls_out = false;       ///< Something is called that was not read and may change anything.
  bool source_changes = false;  ///< What `root` names is changed, or a lock is taken or given back.
  bool coroutine = false;
  bool drops_owners = false;  ///< Elements or pointers that others own through are taken away.
};
/// `root` is the variable or field that something was copied from; may be null. `pointee` is what
/// the owners are of that count as taken away, as the compiler prints it.
[[nodiscard]] BodyFacts look_into(const Context& context, CXCursor body, CXCursor root,
                                  std::string_view pointee);
/// The variable or field that an expression starts from: `a` of `a.b[1]->c`, the field for members
/// of this. Null if it is another expression.
[[nodiscard]] CXCursor root_of(CXCursor expression);
/// A variable of a function, static ones included.
[[nodiscard]] bool is_local(CXCursor variable);

}  // namespace snug::ownership
