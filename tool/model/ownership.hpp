// Who owns what, as it was read from types and bodies: counted pointers and what is done with them,
// owning fields, and the containers of records that people build by hand.
//
// Every fact carries the place where it stands. The place (with the little that tells facts of one
// place apart) is its identity: code in a header gives the same fact in every unit that includes
// it, and all instantiations of a template give the facts of the template's text once.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace snug {

/// Ordered from weak to strong: of two readings of one place the larger one wins.
enum class OwnerUse : std::uint8_t {
  Read,      ///< Dereferenced, compared, tested, passed on by const reference.
  Assigned,  ///< Itself assigned, reset or handed out to be changed.
  Captured,  ///< Used in a lambda that lies within its scope.
  Moved,
  Returned,
  Stored,  ///< Copied, or handed to something that may keep it.
};

enum class Strength : std::uint8_t { Counted, Weak, Unique };

/// A pointer type that owns, as a template of a library.
struct OwnerType {
  std::string family;      ///< "std::shared_ptr", "boost::intrusive_ptr", "snug::rc" ...
  std::string pointee;     ///< As the compiler prints it.
  std::string pointee_id;  ///< Id of the record, empty for other types.
  Strength strength = Strength::Counted;
  bool const_pointee = false;
  auto operator<=>(const OwnerType&) const = default;
};

/// The written declaration of a variable or parameter, and where an edit makes a reference of it.
struct DeclaratorPlace {
  SourceRange where;                 ///< The whole declaration, type included.
  std::uint64_t type_begin = 0;      ///< Byte offset where `const ` goes.
  std::uint64_t type_end = 0;        ///< Byte offset where `&` goes.
  bool is_const = false;             ///< const stands there already.
  bool editable = false;             ///< Written out in one place, by no macro.
  std::vector<std::uint32_t> units;  ///< Sorted indices into Model::units that see it.
  auto operator<=>(const DeclaratorPlace&) const = default;
};

/// A parameter of counted pointer type that a function with a body takes by value.
struct OwnerParameter {
  SourceRange where;        ///< Its name.
  std::string function;     ///< Qualified name.
  std::string function_id;  ///< USR; of the template for an instantiation.
  std::string name;
  OwnerType type;
  std::uint32_t index = 0;  ///< Counts from 0.
  std::uint32_t reads = 0;  ///< Number of uses that read.
  SourceRange use_where;    ///< Of the strongest use.
  SourceRange first_read;
  OwnerUse use = OwnerUse::Read;
  bool virtual_function = false;
  bool coroutine = false;
  bool lambda = false;
  bool constructor = false;
  bool from_macro = false;
  bool calls_out = false;     ///< The body calls something that could end the caller's owner.
  bool drops_owners = false;  ///< The body itself takes owners away: the caller's may be one.
};

/// Any declaration of such a parameter, the definition's included.
struct ParameterDeclaration {
  std::string function_id;
  std::uint32_t index = 0;
  DeclaratorPlace place;
};

/// An argument for such a parameter.
struct OwnerArgument {
  SourceRange where;
  std::string function_id;
  std::uint32_t index = 0;
  bool copied = false;  ///< false: moved or a temporary, which costs no counting.
  bool in_loop = false;
  std::string caller;  ///< Qualified name of the function around it.
};

enum class OwnerCopyKind : std::uint8_t {
  Element,  ///< The variable of a range-for.
  Local,    ///< A variable made in the body of a loop.
  Walk,     ///< `n = n->next`: a variable that follows links of what it owns.
};

/// A copy of a counted pointer that each turn of a loop makes.
struct OwnerCopy {
  SourceRange where;  ///< The variable's name; for a walk, the assignment.
  std::string function;
  std::string name;
  std::string source;  ///< Text of what is copied.
  OwnerType type;
  SourceRange use_where;
  SourceRange loop;  ///< The loop's first token.
  DeclaratorPlace place;
  OwnerCopyKind kind = OwnerCopyKind::Local;
  OwnerUse use = OwnerUse::Read;
  bool in_pair = false;         ///< The variable is a pair that holds the pointer.
  bool converts = false;        ///< To a pointer to another type.
  bool source_changes = false;  ///< The loop changes, moves or unlocks what it copies from.
  bool calls_out = false;       ///< The loop calls something that could change it unseen.
  bool from_macro = false;
};

enum class OwnerNewForm : std::uint8_t {
  Construct,  ///< shared_ptr<T>(new T)
  Variable,   ///< shared_ptr<T> p(new T); also of a member in a constructor's list
  Reset,      ///< p.reset(new T)
};

/// A counted pointer made from a new-expression without a deleter.
struct OwnerNew {
  SourceRange where;  ///< The new-expression; for `reset` the call, for a construction all of it.
  SourceRange expression;  ///< The new-expression.
  std::string function;
  OwnerType type;
  std::string made;         ///< The type after `new`, as written.
  std::string made_id;      ///< Id of the record, empty for other types.
  std::uint64_t size = 0;   ///< Bytes of the object that is made.
  std::uint64_t align = 0;  ///< Bytes.
  SourceRange arguments;    ///< Between the parentheses or braces after the type; may be empty.
  SourceRange reset;        ///< From the '.' of `.reset(` to its end.
  OwnerNewForm form = OwnerNewForm::Construct;
  bool same_type = false;  ///< The pointer's pointee is what is made.
  bool braces = false;
  bool initializer_list = false;  ///< Braces that call a constructor with an initializer_list.
  bool aggregate = false;         ///< Aggregate initialisation with arguments.
  bool class_new = false;         ///< The class has an operator new of its own.
  /// A function cannot call the constructor as it is called here: it is hidden, or an argument is a
  /// constant without a place.
  bool not_forwardable = false;
  bool array = false;
  bool placement = false;
  bool in_loop = false;
  bool from_macro = false;
  std::vector<std::uint32_t> units;
};

enum class UnwrapSource : std::uint8_t {
  Parameter,  ///< A parameter by value.
  Made,       ///< A variable that was made from make_shared or new in the same function.
  Local,      ///< Another local variable.
};

/// `return *p;` or `auto v = *p;`: a copy of an object that an owner which is about to go holds.
struct OwnerUnwrap {
  SourceRange where;  ///< The expression `*p`.
  std::string function;
  std::string function_id;
  std::string name;
  OwnerType type;
  std::uint32_t index = 0;  ///< Of the parameter.
  UnwrapSource source = UnwrapSource::Local;
  std::uint64_t size = 0;  ///< Bytes of the object that is copied.
  bool returned = false;
  bool trivial = false;  ///< Copying it costs no more than moving it.
  bool shared = false;   ///< The owner was copied, kept or handed on somewhere in the function.
  bool used_after = false;
  bool in_loop = false;  ///< A turn of a loop may come back to the owner.
  bool from_macro = false;
};

/// A field that owns a record or refers to it weakly.
struct OwningField {
  std::string record_id;
  std::string record;  ///< Name.
  std::string field;
  SourceRange where;
  OwnerType type;
  std::string container;  ///< "std::vector" ... that holds the pointers; empty for a single one.
};

enum class OwnerStoreKind : std::uint8_t { Link, Reset };

/// An owning field is given an owner, or emptied.
struct OwnerStore {
  SourceRange where;
  std::string function;
  std::string record_id;  ///< Whose field it is.
  std::string field;
  std::string object;  ///< Text of the object whose field it is; "this" for members.
  std::string value;   ///< Text of what is stored; "this" for shared_from_this().
  OwnerStoreKind kind = OwnerStoreKind::Link;
  bool in_destructor = false;
};

/// A field or variable that is a container.
struct HeldContainer {
  SourceRange where;
  std::string record_id;  ///< Of the record, if it is a field.
  std::string holder;     ///< Name of the record, or of the function around the variable.
  std::string name;
  std::string container;    ///< "std::list", "std::unordered_map" ...
  std::string element;      ///< Type of the elements (of a map: of the mapped values).
  std::string element_id;   ///< Of the element's record; for owning pointers of what they point to.
  std::string key;          ///< Type of a map's keys.
  OwnerType pointer;        ///< If the elements are owning pointers; else without a family.
  std::string iterator_of;  ///< If the elements hold iterators of a list: that list's type.
  std::string type;         ///< The container's own type.
  bool integer_element = false;
  bool integer_key = false;
  bool referred = false;  ///< A reference to a container that lies elsewhere.
};

/// A call of a member function on a container that is a field.
struct ContainerCall {
  SourceRange where;
  std::string record_id;
  std::string field;
  std::string function;
  std::string method;
  std::string argument;  ///< Text of the first argument.
  std::string counter;   ///< The field of the same record that the key is counted up from.
};

enum class StringTouchKind : std::uint8_t { Compared, Copied, Changed };

/// A string member that is looked at or changed.
struct StringTouch {
  SourceRange where;
  std::string record_id;
  std::string field;
  std::string function;
  StringTouchKind kind = StringTouchKind::Compared;
};

/// Everything about ownership that a unit or a program tells. Each list is sorted by place.
struct Ownership {
  std::vector<OwnerParameter> parameters;
  std::vector<ParameterDeclaration> declarations;
  std::vector<OwnerArgument> arguments;
  std::vector<std::string> named_functions;  ///< Ids of functions with such parameters that are
                                             ///< named without being called. Sorted.
  std::vector<OwnerCopy> copies;
  std::vector<OwnerNew> news;
  std::vector<OwnerUnwrap> unwraps;
  std::vector<OwningField> fields;
  std::vector<OwnerStore> stores;
  std::vector<HeldContainer> containers;
  std::vector<ContainerCall> calls;
  std::vector<StringTouch> touches;
};

[[nodiscard]] std::string_view to_string(OwnerUse use);  ///< "read", "assigned", "captured" ...

}  // namespace snug
