// Which parts of a list of values or initialisers may change places. Only the files uses*.cpp
// include this.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// What the evaluation of an expression does, as far as its neighbours can notice.
struct Effects {
  bool acts = false;              ///< Runs code that was not seen to be pure, or changes something.
  bool reads = false;             ///< Looks at memory that can change.
  bool indirect = false;          ///< ... through a pointer or a reference.
  std::set<std::string> moved;    ///< Variables whose value it takes away with std::move.
  std::set<std::string> names;    ///< Variables that it reads.
  std::set<std::string> changed;  ///< Variables that nobody else can reach, and that it changes.

  /// Adds what the evaluation of another expression does.
  void join(const Effects& other);

  /// False only if both can be evaluated in either order.
  [[nodiscard]] bool disturbs(const Effects& other) const;
};

/// The effects of a value that initialises a field of this type: its own, and those of the
/// conversion to the field.
[[nodiscard]] Effects effects_of(Context& context, CXCursor value, CXType field);

/// The same for a member initialiser of a constructor, whose parameters nobody else can reach; for
/// a default member initialiser the constructor is a null cursor.
[[nodiscard]] Effects effects_of_initializer(Context& context, CXCursor value, CXType field,
                                             CXCursor constructor);

/// The effects of making an object without arguments.
[[nodiscard]] Effects effects_of_default(Context& context, CXType field);

/// What a call of the function does besides the evaluation of its arguments. A function whose body
/// the unit does not have acts.
[[nodiscard]] Behaviour behaviour_of(Context& context, CXCursor function);

/// The same for a definition: its parameters' default values, initialisers and body alone.
[[nodiscard]] Behaviour behaviour_of_body(Context& context, CXCursor definition);

/// What turning an object into a field of another type does: a conversion function of its class
/// runs, which the front end does not show in lists.
[[nodiscard]] Behaviour behaviour_of_conversion(Context& context, CXType from, CXType to);

/// True for a function of the standard library that computes something from its object and its
/// arguments and does nothing else.
[[nodiscard]] bool is_pure_in_std(CXCursor function, const std::string& name);

/// True if destroying an object of the type runs no code that others can notice: scalars, what the
/// standard library makes of such types, and classes whose destructors are seen to do nothing else.
[[nodiscard]] bool dies_quietly(Context& context, CXType type);

/// True if making, copying, assigning, comparing and destroying objects of the type run no such
/// code.
[[nodiscard]] bool is_quiet(Context& context, CXType type);

/// True if comparing two objects of the type with == runs no such code.
[[nodiscard]] bool compares_quietly(Context& context, CXType type);

/// True for what is declared in namespace std or a namespace inside it.
[[nodiscard]] bool is_in_std(CXCursor declaration);

/// The effects of a field that a constructor does not list: its default member initialiser, or the
/// default constructor of its type.
[[nodiscard]] Effects effects_unlisted(Context& context, const FieldFacts& field);

/// The detail of uses that bind the initialisation of two fields together.
inline constexpr std::string_view has_effects = "runs code for both that the other may notice";

/// Tells which fields of a class have to keep their order because of what their default
/// initialisers, destructors and copies do.
void add_effects_of_fields(Context& context, const RecordFacts& record, Ancestors ancestors);

}  // namespace snug::uses
