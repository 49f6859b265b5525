// What snug knows about libraries, as tables: one file a family (known/std.cpp, known/boost.cpp
// ...).
//
// A type has *roles* (it is a lock, it owns what it points to, it is an array), a function has
// *effects* (it starts a thread, it waits, it hands out what an object holds). The readers of code
// ask for roles and effects and never for names, so that a library is added by a row, and a project
// adds its own types and functions by [[known.type]] and [[known.function]] in .snug.toml.
//
// Names are written with as many scopes as are told: "vector" is every vector, "std::vector" the
// one of the standard library, `thread` of `std::thread` is found in `std::__1::thread`, too. Names
// that are in no table are judged by their words where that is safe: a TicketLock is a lock.
//
// Cost: a look-up takes one hash and a comparison for each row with the same last name.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace snug {

/// A set of values of an enumeration with at most 64 of them.
template <class Bit>
class Bits {
 public:
  constexpr Bits() = default;
  constexpr Bits(Bit bit) : bits_(std::uint64_t{1} << static_cast<unsigned>(bit)) {}
  constexpr Bits(std::initializer_list<Bit> bits) {
    for (const Bit bit : bits) *this |= Bits(bit);
  }
  [[nodiscard]] constexpr bool has(Bit bit) const { return (bits_ & Bits(bit).bits_) != 0; }
  [[nodiscard]] constexpr bool has_any(Bits other) const { return (bits_ & other.bits_) != 0; }
  [[nodiscard]] constexpr std::uint64_t value() const { return bits_; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  constexpr Bits& operator|=(Bits other) {
    bits_ |= other.bits_;
    return *this;
  }
  [[nodiscard]] friend constexpr Bits operator|(Bits a, Bits b) { return a |= b; }
  constexpr bool operator==(const Bits&) const = default;

 private:
  std::uint64_t bits_ = 0;
};

/// What a type is for the code that uses it.
enum class TypeRole : std::uint8_t {
  // Threads.
  Lock,         ///< Taken and given back: a mutex, a spin lock.
  Guard,        ///< Holds a lock as long as it lives.
  SharedGuard,  ///< ... as a reader.
  Condition,    ///< What threads wait on under a lock.
  Atomic,
  Thread,      ///< Constructed with what it runs; join() waits for it.
  Pool,        ///< wait() and the like wait for what was handed to it.
  Future,      ///< get() and wait() wait for a thread or a task.
  WaitsAtEnd,  ///< Its destructor waits for others or gives a lock back.
  Parallel,    ///< An execution policy under which algorithms run on several threads.
  // What can be called.
  Callable,  ///< Holds something that can be called, whose type does not tell what.
  // What refers to an object elsewhere.
  Pointer,  ///< A smart pointer of any kind: `element` is what it points to.
  Refers,   ///< Stands for another object: pointers, iterators, references in a wrapper.
  Iterator,
  Counted,       ///< Owns together with others.
  ControlBlock,  ///< ... with its counts in a block beside the object.
  Weak,          ///< Points to what counted pointers own.
  Unique,        ///< Owns alone.
  // What holds objects.
  Sequence,  ///< Elements of one type, elsewhere; `element`.
  Indexed,   ///< ... found by their number, and growing.
  Linked,    ///< ... in nodes with links.
  DoublyLinked,
  Map,           ///< `key` to `element`.
  Nodes,         ///< ... whose entries are nodes that never move.
  Ordered,       ///< ... in order of the keys.
  Inside,        ///< An array that lies in the object: std::array.
  Span,          ///< Elements that another one holds.
  HoldsOne,      ///< One object at most of each argument, in itself.
  HoldsNothing,  ///< Nothing of what it is made for: allocators, comparisons, hashes.
  Variant,       ///< One of its arguments at a time.
  Expected,      ///< A value or an error.
  Optional,
  Wrapper,  ///< An optional, an atomic: an owner in it owns through it.
  String,
  Pair,
  Empty,         ///< Stands for no value: std::monostate.
  NamesOne,      ///< Its methods name what they make: variant::emplace<T>().
  NodeLike,      ///< Its name says list, map or set: elements may be nodes.
  MapLike,       ///< Its name says map.
  ListIterator,  ///< Of a doubly linked list.
};
using Roles = Bits<TypeRole>;

/// What a call does, beyond what its parameters tell.
enum class Effect : std::uint8_t {
  // Threads.
  StartsThread,   ///< Argument `entry` runs on another thread; those behind it are handed over.
  HandsToPool,    ///< ... some time, on any thread of a pool, perhaps on this one.
  LikePool,       ///< Called as methods of pools are: what it is given may run on a thread.
  MayRunInOrder,  ///< ... one after the other, as far as the call tells.
  RunsEach,       ///< Each argument that can be called runs.
  FirstCallable,  ///< `entry` is the first argument that can be called; it is a default only.
  KeepsHandle,    ///< Argument `object` points to the handle of the thread.
  RunsObject,     ///< The object that it is called for runs, by its thread entry.
  HandsOver,      ///< What `entry` is given is argument `object` alone.
  WaitsAtOnce,    ///< The handle waits when it goes, also if nobody keeps it.
  ThreadEntry,    ///< The function itself, and what overrides it, runs on a thread of its own.
  Joins,          ///< Waits for the thread of argument `object`.
  Detaches,
  JoinsObject,   ///< A method that waits for the thread, future or pool that it is called for.
  ThreadNumber,  ///< Another number for each thread.
  // Waiting.
  Waits,        ///< A function that stops until others, or the world, have done something.
  WaitsMethod,  ///< The same of methods.
  Sleeps,       ///< ... until some time has gone by.
  FromOutside,  ///< ... until something comes from outside of the process.
  // Locks and atomics.
  TakesLock,  ///< A function on argument `object`.
  ReleasesLock,
  TakesItself,  ///< A method of a lock.
  ReleasesItself,
  SharedLock,  ///< ... as a reader.
  AtomicRead,
  AtomicWrite,
  AtomicBoth,
  AtomicAside,  ///< Touches no value of an atomic.
  // Values.
  Passes,         ///< Gives its argument back: std::move, std::as_const.
  CallsNow,       ///< Calls what it is given, once, before it returns.
  KeepsCallable,  ///< Is given something to call and does not call it.
  Makes,          ///< An object of a template argument, out of its arguments.
  MakesCounted,   ///< ... that counted pointers own.
  Builds,         ///< Passes its arguments, those behind the first `object`, on to a constructor.
  Pure,           ///< A function of the standard library that changes nothing.
  PureMember,     ///< The same of methods that are const.
  NeverReturns,
  // Containers and pointers: what methods do, told from their names.
  HandsOut,       ///< Gives a way to what the object holds, and touches nothing else.
  GivesHandle,    ///< Gives a pointer or an iterator that stays behind.
  GivesArray,     ///< Gives a pointer to the first of several.
  RunsOver,       ///< An algorithm over the range that it is given.
  MovesElements,  ///< ... that moves whole elements about.
  Looks,          ///< Looks at a container or a pointer, and changes neither.
  LooksAtOwner,   ///< Looks at a pointer, not through it.
  Adds,           ///< Puts its last argument into a container.
  TakesAway,      ///< Takes elements out, or the object away from a pointer.
  Keeps,          ///< Takes a const reference and keeps a copy.
  Changes,        ///< Part of the life of a container made by hand.
  Compares,
  LockWord,  ///< Takes or gives back a lock, by name.
  // Bytes.
  CopiesBytes,  ///< Copies or compares the bytes of what it is given.
  SetsBytes,    ///< ... or sets them.
  BytesGoOut,   ///< Bytes go to, or come from, outside of the process.
  MapsBytes,    ///< Its result lies over bytes from outside of the process.
  MakesPair,    ///< Of its arguments: std::make_pair, the constructor of a pair.
  Neutral,      ///< Takes a pointer, and does not care what lies behind it.
};
using Effects = Bits<Effect>;

struct KnownType {
  std::string_view name;
  Roles roles;
  std::int8_t element = 0;      ///< The template argument that is held or pointed to; -1: none.
  std::int8_t key = -1;         ///< Of maps.
  std::string_view maker = {};  ///< The function that makes object and pointer in one.
  std::string_view weak = "std::weak_ptr";  ///< The weak pointer of a counted one.
};

struct KnownFunction {
  std::string_view scope;  ///< Class or namespace; "": a function of C; "*": any, methods too.
  std::string_view name;   ///< One that ends in '*' stands for all that begin so.
  Effects effects;
  std::int8_t entry = -1;       ///< Argument that runs.
  std::int8_t object = -1;      ///< Argument that the function is about: a lock, a handle.
  bool many = false;            ///< Runs on several threads at a time.
  bool waits = false;           ///< Comes back when all has run.
  std::string_view shown = {};  ///< What a thread that it starts is called; empty: scope and name.
};

/// What a project adds, as it was read.
struct OwnType {
  std::string name;
  Roles roles;
  std::int8_t element = 0;
  std::int8_t key = -1;
};
struct OwnFunction {
  std::string name;  ///< With as many scopes as are told.
  Effects effects;
  std::int8_t entry = -1;
  std::int8_t object = -1;
  bool many = false;
  bool waits = false;
};
struct OwnRows {
  std::vector<OwnType> types;
  std::vector<OwnFunction> functions;
};

/// What is known of the name of a type.
struct TypeMatch {
  Roles roles;                     ///< Of all rows that match, and of the words of the name.
  const KnownType* row = nullptr;  ///< The row with the most scopes; null: words alone.
  bool own = false;                ///< The row is one of the project.
  [[nodiscard]] bool is(TypeRole role) const { return roles.has(role); }
};

/// What is known of the name of a function.
struct FunctionMatch {
  Effects effects;
  const KnownFunction* row = nullptr;  ///< The row with the most scopes; null: a name in a list.
  bool own = false;
  [[nodiscard]] bool does(Effect effect) const { return effects.has(effect); }
};

/// The tables, ready to be asked. Immutable: threads may share it.
class KnownNames {
 public:
  explicit KnownNames(OwnRows own = {});
  KnownNames(const KnownNames&) = delete;
  KnownNames& operator=(const KnownNames&) = delete;

  /// The tables of the program alone.
  [[nodiscard]] static const std::shared_ptr<const KnownNames>& built_in();

  /// `qualified`: of the record or its template, without template arguments.
  [[nodiscard]] TypeMatch type(std::string_view qualified) const;
  /// False if no row has that last name: cheap.
  [[nodiscard]] bool has_type(const std::string& last_name) const {
    return types_by_name_.contains(last_name);
  }
  /// `scope`: the class, without template arguments, or the namespace; may be empty.
  [[nodiscard]] FunctionMatch function(std::string_view scope, std::string_view name,
                                       bool method) const;
  /// What a name alone tells, in whatever scope: one hash.
  [[nodiscard]] Effects named(std::string_view name) const {
    const auto found = lists_.find(name);
    return found == lists_.end() ? Effects() : found->second;
  }
  /// True for namespaces whose functions run what they are given, for each element of a range.
  [[nodiscard]] static bool has_algorithms(std::string_view scope);
  /// The row of a function that builds an object out of its arguments, or null.
  [[nodiscard]] const KnownFunction* builder(std::string_view name) const;
  /// The same for a name with its scopes, of the rows that the project added.
  [[nodiscard]] FunctionMatch own_function(std::string_view qualified) const;

  [[nodiscard]] bool has_own() const { return !own_.types.empty() || !own_.functions.empty(); }
  /// The same for a function that starts threads, as ThreadStart::kind names it.
  [[nodiscard]] FunctionMatch starter(std::string_view kind) const;

  /// What the project added, in one line; equal texts, equal answers. Empty: nothing.
  [[nodiscard]] std::string digest() const;

 private:
  struct TypeEntry {
    KnownType row;
    bool own;
  };
  struct FunctionEntry {
    KnownFunction row;
    bool own;
  };
  void add(const KnownType& row, bool own);
  void add(const KnownFunction& row, bool own);
  [[nodiscard]] FunctionMatch match(std::string_view scope, std::string_view name, bool method,
                                    bool own_only) const;

  OwnRows own_;
  std::vector<TypeEntry> types_;
  std::vector<FunctionEntry> functions_;
  std::unordered_multimap<std::string_view, std::uint32_t> types_by_name_;
  std::unordered_multimap<std::string_view, std::uint32_t> functions_by_name_;
  std::unordered_map<std::string_view, Effects> lists_;
  std::vector<std::uint32_t> families_;  ///< Rows whose names end in '*'.
};

/// What a name alone tells, of the tables of the program: KnownNames::named().
[[nodiscard]] Effects effects_of_name(std::string_view name);

/// Words of .snug.toml for roles and effects, and the bits that each stands for.
struct RoleWord {
  std::string_view word;
  Roles roles;
};
struct EffectWord {
  std::string_view word;
  Effects effects;
};
[[nodiscard]] const std::vector<RoleWord>& role_words();
[[nodiscard]] const std::vector<EffectWord>& effect_words();

/// "mutex" of "std::mutex": the part behind the last ::.
[[nodiscard]] std::string_view last_scope(std::string_view name);

}  // namespace snug
