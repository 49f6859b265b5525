// What the bodies of functions do, as plain data: who reads and writes which field, in which loop,
// under which lock, reached from which thread.
//
// Everything is said of *paths*. A path is where an object comes from (a parameter, a global, a
// local) and the steps from there (a field, an element, what a pointer points to). A check that
// wants to know which object a function touches follows the paths through the calls: the root
// `Parameter 0` of the callee is argument 0 of the call, `This` is its object.
//
// `pool->workers[i].jobs++` in a function with the parameter `pool` is
//
//   FieldAccess{ path: Parameter 0 -> Field Pool::workers -> Element [Loop 0] -> Field
//   Worker::jobs,
//           record_id: Worker, field: "jobs", kind: ReadWrite, loop: 0 }
//
// Places inside a function are spots: they lie in the file of the function (Function::where).
// Numbers (of loops, locals, parameters) are indices into the vectors of the function itself.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/source.hpp"

namespace snug {

/// A place in the file of a function. Lines and columns count from 1; the offset is in bytes.
struct Spot {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t offset = 0;
  auto operator<=>(const Spot&) const = default;
};

/// Where a value or an object comes from.
enum class RootKind : std::uint8_t {
  Unknown,       ///< Could not be told. `number` is 0.
  This,          ///< The object of the method; in a lambda, of the method around it.
  Parameter,     ///< `number`: index into Function::parameters.
  Local,         ///< `number`: index into Function::locals of the function `id`.
  Global,        ///< `id`: of Model::variables (function statics and static members included).
  Result,        ///< What the function `id` returned (its Function::returns tells what that is).
  Heap,          ///< Made here by new, make_unique, make_shared ... `id`: record.
  Constant,      ///< A number: `number`.
  Member,        ///< A number kept in field `id` of the object of the method.
  LoopVariable,  ///< Runs with a loop: `number` is an index into Function::loops of `id`.
  ThreadNumber,  ///< Differs by thread: omp_get_thread_num(), a thread_local, sched_getcpu() ...
  Ticket,        ///< Drawn from a counter in the function `id`: `number` - 1 is the loop around.
  Function,      ///< Something that can be called: `id` is the function.
};

/// A root. `id` of Parameter, Local and LoopVariable is the function that owns it, which is another
/// one inside lambdas and parallel regions. A parameter or local that is a pointer or a reference
/// stands for the object that it points to: there is no Pointed step behind it. A local that is
/// initialised with a path, and stays what it is, is replaced by that path.
///
/// Result: `number` is the index of the call in Function::calls.
struct Root {
  RootKind kind = RootKind::Unknown;
  std::string id;
  std::uint64_t number = 0;
  auto operator<=>(const Root&) const = default;
};

enum class StepKind : std::uint8_t {
  Field,    ///< `record_id`, `field`.
  Element,  ///< Of an array inside the object (T[N], std::array); `index`.
  Pointed,  ///< Through a pointer, smart pointer or iterator; outside of the object before it.
  Item,     ///< An element of a container, or of what a pointer points to; `index`.
};

/// One step of a path.
struct Step {
  StepKind kind = StepKind::Field;
  std::string record_id;     ///< Field: the record that declares it. Element, Item: of the element.
  std::string field;         ///< Field: its name. Element, Item: empty.
  Root index;                ///< Element, Item: what the index is; Unknown for hashes and the like.
  std::uint64_t stride = 1;  ///< Element, Item: a constant that the index is multiplied by.
  std::uint64_t size = 0;    ///< Element, Item: bytes of the element; 0: not known.
  auto operator<=>(const Step&) const = default;
};

struct Path {
  Root root;
  std::vector<Step> steps;
  auto operator<=>(const Path&) const = default;
};

enum class AccessKind : std::uint8_t {
  Read,
  Write,
  ReadWrite,  ///< ++, +=, a read-modify-write, a method that is not const of code without a body.
  Address,    ///< Its address goes where it was not followed.
};

/// How often a part of a body runs.
enum class Often : std::uint8_t {
  EachTime,   ///< Whenever the loop, or the call, around it comes round.
  OneBranch,  ///< In one branch, which is not always taken.
  AtTimes,    ///< In branches inside of each other.
  Seldom,     ///< In a branch that the source calls unlikely, or that handles an exception.
};

/// How often a part comes that runs `part` often in something that runs `around` often.
[[nodiscard]] inline Often inside(Often around, Often part) {
  const bool nested = around == Often::OneBranch && part == Often::OneBranch;
  if (nested) return Often::AtTimes;
  return around < part ? part : around;
}

/// What brings control back to a part of a body.
struct Recurrence {
  /// The innermost loop that does: the one right around, unless control leaves that behind the part
  /// (break, return ...). -1: none, the next call does.
  std::int32_t loop = -1;
  Often often = Often::EachTime;  ///< Against the rounds of that loop, or the calls.
  auto operator<=>(const Recurrence&) const = default;
};

/// One touch of a field, of an element or of a variable that others can see. Locals of the function
/// itself are left out unless they are records, arrays or reached through a pointer.
struct FieldAccess {
  Path path;
  /// The field: of the last Field step with at most Element steps behind it. Empty if what is
  /// touched is no part of a record (an Item, a variable).
  std::string record_id;
  std::string field;
  AccessKind kind = AccessKind::Read;
  bool atomic = false;     ///< Atomic type or builtin; `order` then tells the memory order.
  bool lock = false;       ///< The field is a lock that is taken or released here.
  std::string order;       ///< "relaxed", "acquire" ...; empty: seq_cst or none.
  std::int32_t loop = -1;  ///< Innermost loop, an index into Function::loops; -1: none.
  Recurrence recurs;
  Spot where;
  Path
      value;  ///< Of a pointer, a reference or a callable that is written: what it stands for then.
};

enum class LoopKind : std::uint8_t { For, RangeFor, While, Do, Algorithm };

/// A loop in a body. An algorithm of the standard library that calls a lambda is one, too: the
/// lambda's accesses are then in the lambda's own function, called from this loop.
struct Loop {
  LoopKind kind = LoopKind::For;
  bool linked = false;    ///< Follows a link (`n = n->next`) or a node container.
  bool parallel = false;  ///< Its iterations are shared among threads (OpenMP for, par algorithms).
  std::int32_t parent = -1;  ///< The loop around it, -1: none.
  /// The innermost loop around it from which it takes where to start or end: other rounds of that,
  /// other elements. -1: none; of While and Do loops not known.
  std::int32_t bounds_from = -1;
  Recurrence recurs;  ///< Of the loop as a whole.
  Spot where;
  std::uint32_t end = 0;         ///< Byte offset behind it.
  std::uint64_t trip_count = 0;  ///< If it is a constant; 0: not known.
  Path range;             ///< What it runs over (an array, a container, a pointer), if known.
  std::string record_id;  ///< Of the elements, if they are records.
};

/// An argument or an object that is handed to a function.
struct Argument {
  Path path;  ///< The object, or the value (Constant, LoopVariable ...).
  bool by_reference =
      false;             ///< The callee sees the object itself: a reference or a pointer to it.
  std::string callable;  ///< Id of the function, if it is one (lambda, &f, &C::m, bind).
};

/// One call. What could not be followed has `callee` empty, or no function of that id is known.
struct Call {
  std::string callee;       ///< Id of the function.
  std::string name;         ///< Its name without scopes, for people and for code without a body.
  bool is_virtual = false;  ///< Any function that overrides it may be meant.
  bool indirect = false;    ///< Through a pointer, std::function or parameter: see `object`.
  Argument object;          ///< Of methods: the object; of indirect calls: what is called.
  std::vector<Argument> arguments;
  Path handle;  ///< What keeps the threads that it returns, as ThreadStart::handle.
  std::int32_t loop = -1;
  Recurrence recurs;
  Spot where;
};

/// A lock that is held in a part of a body.
struct LockHold {
  Path lock;
  bool shared = false;      ///< As a reader.
  std::uint32_t begin = 0;  ///< Byte offsets: from the first byte that is under the lock ...
  std::uint32_t end = 0;    ///< ... to the first one that is not.
};

/// A place from which code runs on another thread.
struct ThreadStart {
  std::string kind;   ///< "std::thread", "pthread_create", "OpenMP parallel region" ...
  std::string entry;  ///< Id of the function; empty: not resolved.
  Argument object;    ///< Of member functions and functors.
  std::vector<Argument> arguments;  ///< Of the entry, in its order.
  /// The variable, field or element that keeps the thread, if one does. The result of the function
  /// itself: it returns the thread, and Call::handle of whoever calls it tells.
  Path handle;
  bool many = false;   ///< Runs on several threads by itself (OpenMP, parallel algorithms).
  bool pool = false;   ///< Handed to a pool or a scheduler: runs some time, on any of its threads.
  bool waits = false;  ///< The place waits for the end before it goes on (OpenMP, par algorithms).
  bool detached = false;
  std::int32_t loop = -1;
  Spot where;
};

/// A place that waits for the end of a thread: join(), get(), pthread_join ...
struct ThreadJoin {
  Path handle;
  std::int32_t loop = -1;
  Spot where;
};

enum class ConstructionKind : std::uint8_t { Variable, Temporary, Heap, Emplace, Assignment };

/// A constant array of at most so many elements holds few of them.
inline constexpr std::uint64_t few_elements = 16;

/// An object that is made.
struct Construction {
  std::string record_id;    ///< What is made.
  std::string type;         ///< The same as the compiler prints it.
  std::string source_id;    ///< Record of the only argument of the constructor, if it is one ...
  std::string source_type;  ///< ... and its type: for a variant, the alternative that is built.
  Spot where;
  std::int32_t loop = -1;
  ConstructionKind kind = ConstructionKind::Variable;
  bool array = false;  ///< Heap: several at once, more than `few_elements` or an unknown number.
};

struct Parameter {
  std::string name;
  std::string type;
  std::string record_id;      ///< Of the type, or of what it points or refers to.
  bool by_reference = false;  ///< A pointer or a reference.
};

/// A local variable with automatic storage.
struct Local {
  std::string name;
  std::string type;
  std::string record_id;             ///< Of the type or of the elements of the array.
  std::uint64_t array_elements = 0;  ///< Of a constant array; 0: none.
  std::uint64_t size = 0;            ///< Bytes; 0: not known.
  std::uint64_t align = 1;           ///< Bytes, alignas included where the compiler tells it.
  std::int32_t loop = -1;            ///< The loop in whose body it is declared.
  std::int32_t loop_variable = -1;   ///< The loop that it counts or walks with.
  bool reassigned = false;           ///< A pointer that is given several objects, one by one.
  Spot where;
};

enum class FunctionKind : std::uint8_t {
  Plain,
  Constructor,
  Destructor,
  Lambda,
  Region,       ///< The body of a parallel region; it sees the locals of the function around it.
  Initializer,  ///< What initialises a global.
};

/// One function that has a body, once however many units include it. An instantiation is a function
/// of its own; the template itself is none.
struct Function {
  std::string id;  ///< USR; with the file for internal linkage. Lambdas: of the outer one + place.
  std::string name;  ///< Qualified, for people.
  SourceRange where;
  std::string record_id;  ///< Of methods: the record. Of lambdas: that of the method around them.
  std::string outer;      ///< Of lambdas, regions and initialisers: the function (variable) around.
  std::vector<Parameter> parameters;
  std::vector<Local> locals;
  std::vector<FieldAccess> accesses;
  std::vector<Loop> loops;
  std::vector<Call> calls;
  std::vector<LockHold> locks;
  std::vector<ThreadStart> starts;
  std::vector<ThreadJoin> joins;
  std::vector<Construction> constructions;
  /// Of functions that return a pointer or a reference, and of numbers that tell threads apart.
  std::vector<Path> returns;
  std::vector<std::string> overrides;  ///< Ids of the methods that it overrides, direct ones.
  FunctionKind kind = FunctionKind::Plain;
  bool is_virtual = false;
  bool is_const = false;
  bool is_static = false;
  bool coroutine = false;
  bool instantiation = false;
  bool internal_linkage = false;
  bool address_taken = false;  ///< In some unit, other than to start a thread.
};

/// A variable with static or thread storage: globals, static members, function statics.
struct Variable {
  std::string id;
  std::string name;
  std::string type;
  std::string record_id;             ///< Of the type, or of the array's elements.
  SourceRange where;                 ///< Of the definition; its offset tells the order in the file.
  std::uint64_t size = 0;            ///< Bytes.
  std::uint64_t align = 1;           ///< Bytes.
  std::uint64_t array_elements = 0;  ///< Of a constant array; 0: none.
  bool thread_local_storage = false;
  bool is_atomic = false;
  bool is_lock = false;
  bool is_const = false;
  bool in_function = false;
  bool zero_initialized = false;  ///< Has no initialiser, or one that may be all zeros (.bss).
};

enum class HoldingKind : std::uint8_t {
  Value,         ///< One object.
  Array,         ///< T[N], std::array<T, N>; `count` elements.
  Container,     ///< vector, deque, map, ...; `holder` is its template name.
  SmartPointer,  ///< unique_ptr, shared_ptr, optional-like boxes; `holder` is the template name.
  PointerContainer,  ///< A container, or an array of `count`, of plain or smart pointers to them.
};

enum class HoldingPlace : std::uint8_t { Field, Global, ThreadLocal, Local };

/// How objects of a record type are kept. A container of arrays gives one holding per level.
struct Holding {
  std::string record_id;  ///< Of the object that is held.
  HoldingKind kind = HoldingKind::Value;
  HoldingPlace place = HoldingPlace::Field;
  std::string holder;       ///< Qualified name of the container or pointer template, else empty.
  std::uint64_t count = 0;  ///< Objects if known (product over nested arrays), 0: not known.
  std::string owner;        ///< Id of the record (Field), variable or function (Local).
  std::string name;         ///< Of the field or variable.
  SourceRange where;
  auto operator<=>(const Holding&) const = default;
};

[[nodiscard]] std::string_view to_string(AccessKind kind);  ///< "read", "write", ...

/// A path as text for people and tests: "this.stats[loop 0].hits", "$0->jobs" (parameter 0),
/// "%2.count" (local 2). A Pointed step is "->", an Item is "{index}", an Element "[index]".
[[nodiscard]] std::string to_string(const Path& path);
[[nodiscard]] std::string to_string(const Root& root);

/// A spot as a range of the function's file, one column wide.
[[nodiscard]] SourceRange range_of(const Function& function, const Spot& spot);

/// True if the lock is held at the spot.
[[nodiscard]] inline bool holds(const LockHold& hold, const Spot& spot) {
  return hold.begin <= spot.offset && spot.offset < hold.end;
}

}  // namespace snug
