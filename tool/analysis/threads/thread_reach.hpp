// Which thread touches what: the bodies of the model, followed from where threads start.
//
// 1. Roots are main, initialisers of globals and functions that nobody calls (a library's
//    interface). From each the calls are followed with the objects that they hand on: a path of the
//    callee that begins with its parameter becomes the path of the caller's argument.
// 2. A place that starts a thread makes a thread, whose entry is followed in the same way. Where it
//    starts tells how many there are of it (in a loop, a parallel region, a pool), and what runs
//    until it is joined.
// 3. Every access ends up as a touch: thread, object, field, what else is held and how often.
//
// All is followed twice: what pointers are given, and which records threads touch at all, is known
// only after the first round; the second one keeps the touches. Of code that is too large to follow
// all, the threads come before the interface: roots from which threads may start get two fifths of
// the work, the threads as much, all other roots the rest.
//
// Virtual calls go to every function that overrides, or to the one of the object's type where that
// is known. What cannot be followed (a pointer to a function of unknown origin, a thread whose
// entry is not known) is told in `unknown_calls`.
//
// The code is written down in reach_*.hpp: call_graph (what is known before anything is followed),
// reach_objects (paths become objects), reach_follower (calls, threads and accesses).
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "known/known.hpp"
#include "model/model.hpp"

namespace snug {

/// A call, or the start of a thread, on the way to an access.
struct ReachStep {
  const Function* caller = nullptr;
  const Function* callee = nullptr;
  Spot where;  ///< In the file of the caller.
};

enum class ThreadKind : std::uint8_t {
  Main,      ///< main(), and what initialises globals.
  External,  ///< Whoever calls the function, which nobody in the code does.
  Started,
};

/// A thread, or all threads that one place starts.
struct ReachThread {
  const Function* entry = nullptr;
  const Function* starter = nullptr;   ///< Started: the function that starts it ...
  const ThreadStart* start = nullptr;  ///< ... and where.
  ThreadKind kind = ThreadKind::Main;
  bool many = false;         ///< Several of it run at a time.
  bool queued = false;       ///< A task of a pool that may have one thread only.
  bool again = false;        ///< A task that hands itself in again.
  bool ends_unseen = false;  ///< What waits for its end cannot be told.
  /// The threads of which this is one, that run different functions by one call; 0: itself.
  std::uint32_t part_of = 0;
  std::vector<std::uint32_t> after;    ///< Threads that have ended before this one starts.
  std::vector<const Function*> roots;  ///< Where the following began that found it.
};

/// How one object looks from the threads of one kind.
enum class Sharing : std::uint8_t {
  Shared,     ///< The same object for each.
  PerThread,  ///< Each has an element of its own of a shared array.
  Private,    ///< Made by the thread itself, or handed over to it alone.
};

/// Where in an array an access goes.
enum class IndexClass : std::uint8_t {
  None,
  Constant,
  PerThread,  ///< Another one for each thread.
  Running,    ///< Runs with a loop of the thread itself.
  Unknown,
};

/// The array right around what is touched (the last Element or Item step).
struct TouchedElement {
  std::string array;               ///< Key of the array, as Touch::object.
  std::uint64_t number = 0;        ///< Of constants.
  std::uint64_t stride_bytes = 0;  ///< From one index to the next; 0: not known.
  IndexClass index = IndexClass::None;
  bool inside = false;  ///< The array lies in an object (no heap block of its own).
  // What the array is called: a field, or a variable.
  std::string record_id;
  std::string field;
  std::string root;  ///< Key of the variable: "G:id" or "L:function#number"; else empty.
  const Function* maker = nullptr;  ///< Of a block that a call gave: the function that calls ...
  const Call* made_by = nullptr;    ///< ... and the call.
};

/// One access as seen by one thread.
struct Touch {
  const Function* function = nullptr;  ///< Where the field stands in the code ...
  Spot where;                          ///< ... at this place.
  std::uint32_t thread = 0;
  std::string object;     ///< Key of the object whose field it is; equal keys are one object.
  std::string record_id;  ///< The object's record; empty for globals and elements of scalars.
  std::string field;      ///< Its field. For globals and elements: empty.
  std::uint64_t offset_bits = 0;  ///< Of what is touched, in the object (or in the element).
  std::uint64_t size_bits = 0;    ///< 0: not known.
  AccessKind kind = AccessKind::Read;
  bool atomic = false;
  bool lock = false;
  bool hot = false;  ///< Again and again: in a loop that does not wait, here or a few calls up ...
  bool steady = false;    ///< ... and on each round of that, as far as is known ...
  bool branched = false;  ///< ... or in one branch of it.
  bool spun = false;      ///< An atomic that a loop does nothing but read.
  Sharing sharing = Sharing::Private;
  bool exact = false;  ///< One object is meant, not any one of its kind, between touches ...
  const Function* anchor = nullptr;  ///< ... with this function: it was given the object.
  /// Fields (record, name) with the pointers that lead to the object.
  std::vector<std::pair<std::string, std::string>> through;
  std::string global;  ///< Id of the variable that holds it, if it lies in one.
  TouchedElement element;
  std::vector<std::string> locks;   ///< Keys of the locks that are held, sorted.
  std::vector<std::uint32_t> live;  ///< Threads that run beside Main and External code.
  std::vector<ReachStep> path;      ///< From the entry of the thread to the function.

  [[nodiscard]] bool writes() const {
    return kind == AccessKind::Write || kind == AccessKind::ReadWrite;
  }
};

/// A call that could not be followed.
struct UnknownCall {
  std::uint32_t thread = 0;
  const Function* function = nullptr;
  Spot where;
  bool starts_thread = false;
  auto operator<=>(const UnknownCall&) const = default;
};

/// What is known of two touches at the same time.
enum class Together : std::uint8_t {
  Never,
  Maybe,   ///< Nothing says that they are apart.
  Surely,  ///< Both threads were seen to run.
};

struct ReachMap {
  std::vector<ReachThread> threads;
  std::vector<Touch> touches;
  /// Fields (record, name) that are written again and again.
  std::set<std::pair<std::string, std::string>> moving;
  std::vector<UnknownCall> unknown_calls;  ///< Sorted by thread and place, each once.
  /// What calls of pools stand for; the threads refer to it.
  std::vector<std::shared_ptr<const ThreadStart>> pool_starts;
  bool complete = true;  ///< false: the code is too large, and the rest was left out.

  /// Whether the two touches happen at the same time on two processors.
  [[nodiscard]] Together together(const Touch& a, const Touch& b) const;
  [[nodiscard]] bool concurrent(const Touch& a, const Touch& b) const {
    return together(a, b) != Together::Never;
  }
};

struct ReachOptions {
  /// Which functions run what they are given on a thread, and which wait. Never null.
  const KnownNames* known = KnownNames::built_in().get();
  std::uint64_t budget = 200'000;  ///< Functions that are looked at, each with its objects.
};

[[nodiscard]] ReachMap thread_reach(const Model& model, const ReachOptions& options = {});

}  // namespace snug
