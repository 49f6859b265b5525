// What the parts of the use scanner share: facts about records, and the uses collected so far.
// Only the files uses*.cpp include this.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/sources.hpp"

namespace snug::uses {

/// From the outermost cursor to the direct parent.
using Ancestors = std::span<const CXCursor>;

struct FieldFacts {
  std::string name;  ///< Empty for anonymous structs and unions and for unnamed bit-fields.
  CXCursor cursor;
  CXType type;  ///< Canonical.
};

/// A complete struct, class or union as the scanner needs it.
struct RecordFacts {
  CXCursor definition;
  CXType type;          ///< Canonical.
  std::string id;       ///< As in Model::records; of the primary template inside its own code.
  std::string name;     ///< Without scopes, for people.
  bool counts = false;  ///< May be reported: uses of other records are not collected.
  bool is_union = false;
  bool aggregate = false;
  std::vector<FieldFacts> fields;  ///< In declaration order.
  std::vector<CXType> bases;       ///< Direct ones, canonical.

  [[nodiscard]] std::vector<std::string> field_names() const;
};

/// Everything about a use that is known where it is seen.
// snug: ignore(padding): lives for one call, and says first what the use is
struct UseFacts {
  UseKind kind;
  std::vector<std::string> fields = {};
  std::string detail = {};
  bool keeps_meaning = false;
  bool asserted = false;
  bool repeats = false;
  std::vector<UseItem> items = {};
  std::string obstacle = {};
};

/// What a function does besides computing its result from what it is given.
struct Behaviour {
  bool acts = true;   ///< Changes something that others see, or was not seen to change nothing.
  bool reads = true;  ///< Looks at memory that can change.
};

/// What is known of types and functions so far; see scan/uses/uses_effects.hpp.
struct KnownEffects {
  clang::CursorMap<bool> dies_quietly, quiet, compares_quietly;
  clang::CursorMap<std::vector<CXCursor>> comparisons;  ///< By the definition of the class.
  clang::CursorMap<Behaviour> behaviours;
  std::size_t depth = 0;   ///< Of functions inside functions.
  bool in_circle = false;  ///< An answer was taken from a question that is still open.
};

/// The obstacle of uses in code that was made out of a template.
inline constexpr std::string_view in_template = "its code is a template, which serves other types";

/// Variables in sections of their own, and what the linker's names of such sections are declared
/// as: null for what is no record.
struct Sections {
  struct Variable {
    CXCursor cursor;
    const RecordFacts* record;
    std::string section;
  };
  std::vector<Variable> variables;
  std::map<std::string, const RecordFacts*> walked_as;
};

/// What is done with pointers to members; see scan/uses/seen/uses_member_pointers.cpp.
struct MemberPointers {
  bool measured_in_template = false;  ///< A template looks at the address of what one gives.
};

/// Memory that has the size of records in its type, or that of a parameter of the templates; see
/// scan/uses/seen/uses_rooms.cpp. By the place of the declaration's name.
struct Room {
  CXCursor declaration;
  std::vector<const RecordFacts*> records = {};
  std::vector<std::string> templates = {};
  bool seen = false;  ///< It is no memory: whatever is done with it, its size is seen.
};
using Rooms = std::map<std::pair<CXFile, unsigned>, Room>;

/// A function that allocates and prints how much.
struct SizeTeller {
  CXCursor function;
  const RecordFacts* owner;  ///< The class whose objects it serves; null: all that are made.
};

/// A field of a template whose default value has its type from the arguments.
struct DependentValue {
  SourceRange where;  ///< Of the class: that of its instantiations too.
  std::string field;
  CXCursor cursor;
};

/// What is done with a pointer or a reference to a field.
struct Reach {
  bool walks = false;   ///< It goes on to what lies behind (or before) the field.
  bool bounds = false;  ///< It is where a range of fields begins or ends.
  bool pinned = false;  ///< The field's offset itself can be seen.
  bool guessed = true;  ///< That it walks is told from names or a count only.
  bool typed = true;    ///< It walks in steps of the field's own type (of an array: its elements).
  std::optional<std::uint64_t> bytes = {};  ///< What it touches at most, from the field's start.
  std::string how = {};                     ///< Completes "it ...".

  void join(const Reach& other);
};

/// Facts about the unit, made when they are first asked for, and the result.
class Context {
 public:
  Context(const Sources& sources, bool cxx);

  /// The record that a type is, through typedefs, qualifiers, references and arrays. Null for other
  /// types, incomplete records and types that still depend on template parameters.
  [[nodiscard]] const RecordFacts* record(CXType type);
  /// The record that a declaration (or a class template) defines, or null.
  [[nodiscard]] const RecordFacts* record(CXCursor declaration);
  /// The record that a pointer or an array that decays to one points to, or null.
  [[nodiscard]] const RecordFacts* pointee(CXType type);
  /// The record itself if it counts; else, for an instantiation of a foreign template (an array,
  /// a pair), the records among its arguments that do.
  [[nodiscard]] std::vector<const RecordFacts*> counted(const RecordFacts& record);

  /// The records of the project that were asked for so far and whose fields have an order.
  [[nodiscard]] std::vector<const RecordFacts*> known_records() const;

  /// True if `derived` is `base` or derives from it.
  [[nodiscard]] bool same_or_derived(const RecordFacts& derived, const RecordFacts& base);
  /// True if a record that starts with `inner` as its first member is `outer` (at any depth).
  [[nodiscard]] bool starts_with(const RecordFacts& outer, CXType inner);
  /// True if destroying an object of the type runs code.
  [[nodiscard]] bool destructor_runs(CXType type);

  /// Adds a use of every record that stands behind `record`.
  void add(const RecordFacts& record, CXCursor at, Ancestors ancestors, const UseFacts& facts);
  /// Adds a use by id. The place is the cursor's extent where the code is written.
  void add(std::string record_id, CXCursor at, Ancestors ancestors, const UseFacts& facts);
  void add(InitializerList list) { initializers_.push_back(std::move(list)); }

  [[nodiscard]] bool is_cxx() const { return is_cxx_; }
  [[nodiscard]] const Sources& sources() const { return sources_; }
  /// True if the declaration stands in a part of a header that is written for C and C++ alike.
  [[nodiscard]] bool is_offered_to_c(CXCursor declaration);

  void note_tuple_like(std::string record_id) { tuple_like_.insert(std::move(record_id)); }
  [[nodiscard]] bool is_tuple_like(const RecordFacts& record) const {
    return tuple_like_.contains(record.id);
  }

  KnownEffects& effects() { return effects_; }
  Sections& sections() { return sections_; }
  std::vector<DependentValue>& dependent_values() { return dependent_values_; }
  std::vector<SizeTeller>& size_tellers() { return size_tellers_; }
  Rooms& rooms() { return rooms_; }
  /// Names of class templates with a field that is as large as an argument.
  std::set<std::string>& room_templates() { return room_templates_; }
  MemberPointers& member_pointers() { return member_pointers_; }
  /// Names of templates that look at the bytes of what they are given.
  std::set<std::string>& byte_readers() { return byte_readers_; }
  /// Fields whose value is printed somewhere in the unit; empty until they were looked for.
  std::optional<clang::CursorSet>& printed_fields() { return printed_fields_; }
  /// Of fields and of variables that are no locals: the functions and variables of the project that
  /// name them.
  /// O(unit) once.
  [[nodiscard]] const std::vector<CXCursor>& code_that_names(CXCursor variable) const;
  /// Names of templates that decide by the size of an argument.
  std::set<std::string>& size_askers() { return size_askers_; }
  /// Lists that build an argument of a template.
  std::vector<std::pair<CXCursor, const RecordFacts*>>& template_arguments() {
    return template_arguments_;
  }
  /// The first element of a list in braces; null if it has none. The last answer is kept: to ask
  /// for each row of a table costs the rows of one, as the front end hands out all children or
  /// none.
  [[nodiscard]] CXCursor first_row(CXCursor table);
  /// A name that declarations give a record of the project.
  void note_name(const std::string& name, const std::string& id) { names_of_[name].insert(id); }
  /// The records that bear the name, sorted.
  [[nodiscard]] std::vector<std::string> ids_by_name(const std::string& name) const {
    const auto found = names_of_.find(name);
    return found == names_of_.end() ? std::vector<std::string>{}
                                    : std::vector(found->second.begin(), found->second.end());
  }

  /// What was found of local variables and parameters that point to fields.
  [[nodiscard]] clang::CursorMap<Reach>& reaches() { return reaches_; }

  /// Parameters of type `void*` that are given bytes somewhere.
  [[nodiscard]] clang::CursorSet& given_bytes() { return given_bytes_; }
  /// Declarations of symbols that were noted.
  [[nodiscard]] clang::CursorSet& symbols() { return symbols_; }
  /// Records whose pointers were seen to lose (first) or to regain (second) their type.
  [[nodiscard]] std::pair<std::set<std::string>, std::set<std::string>>& untyped() {
    return untyped_;
  }
  /// Local lists of addresses: whether they are sorted or compared.
  [[nodiscard]] clang::CursorMap<bool>& lists_in_order() { return lists_in_order_; }

  std::vector<Use>& uses() { return uses_; }
  std::vector<InitializerList>& initializers() { return initializers_; }

 private:
  [[nodiscard]] std::unique_ptr<RecordFacts> make_facts(CXCursor definition);
  [[nodiscard]] std::string id_of(CXCursor definition);

  const Sources& sources_;
  Names names_;
  bool is_cxx_;
  clang::CursorMap<std::unique_ptr<RecordFacts>> records_;
  clang::CursorMap<bool> destructors_;
  std::map<CXFile, std::vector<std::pair<std::size_t, std::size_t>>> c_guards_;
  std::unordered_set<std::string> tuple_like_;
  KnownEffects effects_;
  Sections sections_;
  std::vector<DependentValue> dependent_values_;
  std::vector<SizeTeller> size_tellers_;
  Rooms rooms_;
  std::set<std::string> room_templates_;
  MemberPointers member_pointers_;
  std::set<std::string> byte_readers_;
  std::optional<clang::CursorSet> printed_fields_;
  mutable std::optional<clang::CursorMap<std::vector<CXCursor>>> code_that_names_;
  std::set<std::string> size_askers_;
  std::vector<std::pair<CXCursor, const RecordFacts*>> template_arguments_;
  CXCursor table_ = clang_getNullCursor();
  CXCursor first_row_ = clang_getNullCursor();
  clang::CursorMap<Reach> reaches_;
  clang::CursorMap<bool> lists_in_order_;
  clang::CursorSet given_bytes_;
  clang::CursorSet symbols_;
  std::pair<std::set<std::string>, std::set<std::string>> untyped_;
  std::unordered_map<std::string, std::set<std::string>> names_of_;
  std::vector<Use> uses_;
  std::vector<InitializerList> initializers_;
};

// Small questions about cursors.

/// True for two cursors of one expression. Cursors that were reached through different parents need
/// not compare equal for clang_equalCursors.
[[nodiscard]] bool same_node(CXCursor a, CXCursor b);
/// The direct children, in libclang's order.
[[nodiscard]] std::vector<CXCursor> children_of(CXCursor cursor);
/// The operand of a cast, a parenthesis or an implicit conversion: its last child that is an
/// expression. Null if there is none.
[[nodiscard]] CXCursor operand_of(CXCursor cursor);
/// True for parentheses and conversions that the compiler inserts.
[[nodiscard]] bool is_implicit(CXCursorKind kind);
/// Where the members of a record are written: an implicit instantiation has no children.
[[nodiscard]] CXCursor written(CXCursor definition);
/// True for explicit casts.
[[nodiscard]] bool is_cast(CXCursorKind kind);
/// Goes down through parentheses and implicit conversions.
[[nodiscard]] CXCursor strip_implicit(CXCursor expression);
/// Goes down through explicit casts too.
[[nodiscard]] CXCursor strip_casts(CXCursor expression);
/// How many of the ancestors are left when conversions, parentheses and casts are dropped from the
/// inner end.
[[nodiscard]] std::size_t skip_conversions_up(Ancestors ancestors);

[[nodiscard]] std::string spelling(CXCursor cursor);
/// The name of the function that a call calls, without scopes; empty if it is not known.
[[nodiscard]] std::string callee_name(CXCursor call);
/// True if the function's own name says that it hands out or takes back memory.
[[nodiscard]] bool is_allocation_name(std::string_view name);
/// Byte offset where the cursor's text begins, and the file; where a macro is expanded, the place
/// of its use.
[[nodiscard]] unsigned begin_offset(CXCursor cursor, CXFile* file = nullptr);
/// True if the code that the cursor was parsed from begins with the word, in the definition of a
/// macro too.
[[nodiscard]] bool begins_with(const Context& context, CXCursor cursor, std::string_view word);
/// char, signed char, unsigned char, std::byte, char8_t: types that bytes are looked at through.
[[nodiscard]] bool is_byte_type(CXType type);
/// A number, an enumeration or a byte.
[[nodiscard]] bool is_scalar_number(CXType type);
/// Evaluates to zero: 0, 0.0, '\0', false, nullptr, NULL, {} and braces around those.
[[nodiscard]] bool is_zero(CXCursor expression);

/// The first record that a pointer points to below conversions and casts: `(char*)&t` gives T.
[[nodiscard]] const RecordFacts* record_behind(Context& context, CXCursor expression);
/// True if the expression is a sizeof, or a product with one.
[[nodiscard]] bool is_whole_size(const Context& context, CXCursor expression);
/// True if some part of the expression is an offsetof.
[[nodiscard]] bool contains_offsetof(CXCursor expression);

/// The values of a list, as the front end tells them.
struct ListValues {
  std::span<const CXCursor> clauses;
  std::vector<std::string> fields;  ///< Of the clauses behind those for bases.
  std::size_t bases = 0;            ///< How many of the clauses are for bases.
};

/// Adds the items of a list in braces or parentheses to a use, or what stands against moving them.
/// REQUIRES: no inner braces are left out.
void add_items(Context& context, CXCursor list, Ancestors ancestors, const RecordFacts& record,
               const ListValues& values, UseFacts& facts);
/// The same for the names of a structured binding; `fields` are all fields of the record.
void add_binding_items(Context& context, CXCursor declaration, Ancestors ancestors,
                       const std::vector<std::string>& fields, UseFacts& facts);

// The themes, one file each. Each is called for the cursor kinds that concern it.

void see_init_list(Context& context, CXCursor list, Ancestors ancestors);
void see_paren_list(Context& context, CXCursor list, Ancestors ancestors);
void see_binding(Context& context, CXCursor declaration, Ancestors ancestors);
void see_construction(Context& context, CXCursor call, const std::string& name,
                      Ancestors ancestors);

void see_constructor(Context& context, CXCursor constructor, Ancestors ancestors);
void see_field(Context& context, CXCursor field, Ancestors ancestors);
void see_member_update(Context& context, CXCursor call, const std::string& name,
                       Ancestors ancestors);

void see_byte_call(Context& context, CXCursor call, const std::string& name, Ancestors ancestors);
void see_cast(Context& context, CXCursor cast, Ancestors ancestors);
void see_untyped_arguments(Context& context, CXCursor call);
void see_untyped_variable(Context& context, CXCursor variable, Ancestors ancestors);
void see_assembly(Context& context, CXCursor statement, Ancestors ancestors);

/// A member expression whose address may reach further than the field.
void see_field_address(Context& context, CXCursor member, Ancestors ancestors);

void see_sizeof(Context& context, CXCursor expression, Ancestors ancestors);
void see_member_ref(Context& context, CXCursor reference, Ancestors ancestors);
void see_null_base(Context& context, CXCursor cast, Ancestors ancestors);
/// `&p->field` where p is null or a number by its declaration: an offset by hand.
void see_offset_by_hand(Context& context, CXCursor member, Ancestors ancestors);

void see_type_name(Context& context, CXCursor declaration);
/// The texts of the unit, once all its names are known. REQUIRES: function bodies were read.
void see_uncompiled(Context& context);

void see_record(Context& context, CXCursor record, Ancestors ancestors);
void see_function(Context& context, CXCursor function, Ancestors ancestors);
void see_linked_variable(Context& context, CXCursor variable, Ancestors ancestors);

void see_section(Context& context, CXCursor variable);
/// A list that builds an object between the angles of a template.
void see_template_argument(Context& context, CXCursor list);
/// Records that assembly outside of functions or readers of sections know. REQUIRES: the unit was
/// walked.
void see_symbols(Context& context, std::span<const CXFile> files);

/// Adds the records that templates build by position in default values whose type they do not know.
void add_dependent_values(Context& context, std::span<const Record> records);

/// Adds the records that may be built in code that the front end does not show, for the whole unit.
/// REQUIRES: all records were seen.
void add_unseen_code(Context& context);

/// How a function treats a pointer that it is given, judged by its name.
enum class CallKind { Unknown, Memory, Io, Map, Allocation, Neutral };
[[nodiscard]] CallKind call_kind(std::string_view name);

}  // namespace snug::uses
