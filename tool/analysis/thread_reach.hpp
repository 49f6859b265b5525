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
// Virtual calls go to every function that overrides. What cannot be followed (a pointer to a
// function of unknown origin, code that was not read) is told in `unknown_calls`.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
  ThreadKind kind = ThreadKind::Main;
  const Function* entry = nullptr;
  const Function* starter = nullptr;   ///< Started: the function that starts it ...
  const ThreadStart* start = nullptr;  ///< ... and where.
  bool many = false;                   ///< Several of it run at a time.
  bool repeats = false;                ///< Runs again and again: a pool's task.
  std::vector<std::uint32_t> after;    ///< Threads that have ended before this one starts.
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
  std::string array;  ///< Key of the array, as Touch::object.
  IndexClass index = IndexClass::None;
  std::uint64_t number = 0;        ///< Of constants.
  std::uint64_t stride_bytes = 0;  ///< From one index to the next; 0: not known.
  bool inside = false;             ///< The array lies in an object (no heap block of its own).
  // What the array is called: a field, or a variable.
  std::string record_id;
  std::string field;
  std::string root;  ///< Key of the variable: "G:id" or "L:function#number"; else empty.
};

/// One access as seen by one thread.
struct Touch {
  std::uint32_t thread = 0;
  const Function* function = nullptr;  ///< Where the field stands in the code ...
  Spot where;                          ///< ... at this place.
  std::string object;     ///< Key of the object whose field it is; equal keys are one object.
  std::string record_id;  ///< The object's record; empty for globals and elements of scalars.
  std::string field;      ///< Its field. For globals and elements: empty.
  std::uint64_t offset_bits = 0;  ///< Of what is touched, in the object (or in the element).
  std::uint64_t size_bits = 0;    ///< 0: not known.
  AccessKind kind = AccessKind::Read;
  bool atomic = false;
  bool lock = false;
  bool hot = false;  ///< In a loop, on the way here too, that runs more than a few times.
  Sharing sharing = Sharing::Private;
  std::string global;  ///< Id of the variable that holds it, if it lies in one.
  TouchedElement element;
  std::vector<std::string> locks;   ///< Keys of the locks that are held, sorted.
  std::vector<std::uint32_t> live;  ///< Threads that run beside Main and External code.
  std::vector<ReachStep> path;      ///< From the entry of the thread to the function.

  [[nodiscard]] bool writes() const {
    return kind == AccessKind::Write || kind == AccessKind::ReadWrite;
  }
};

struct ReachMap {
  std::vector<ReachThread> threads;
  std::vector<Touch> touches;
  std::vector<std::string> unknown_calls;  ///< Sentences, sorted, each once.
  /// What calls of pools stand for; the threads refer to it.
  std::vector<std::shared_ptr<const ThreadStart>> pool_starts;
  bool complete = true;  ///< false: the code is too large, and the rest was left out.

  /// True if the two touches can happen at the same time on two processors.
  [[nodiscard]] bool concurrent(const Touch& a, const Touch& b) const;
};

/// Names of functions that hand what they are given to a pool, apart from those of `pools`.
struct ReachOptions {
  std::vector<std::string> pools;
  std::uint64_t budget = 40'000;  ///< Functions that are looked at, each with its objects.
};

[[nodiscard]] ReachMap thread_reach(const Model& model, const ReachOptions& options = {});

}  // namespace snug
