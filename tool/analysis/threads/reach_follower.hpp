// Walks through the code from its roots and from where threads start, and collects touches.
// Used by thread_reach() alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analysis/call_graph.hpp"
#include "analysis/threads/reach_objects.hpp"

namespace snug::reach {

/// More than these are not collected; ReachMap::complete tells.
inline constexpr std::size_t most_touches = 200'000;

/// REQUIRES: the arguments outlive it.
class Follower {
 public:
  Follower(const Model& model, const ReachOptions& options, ReachMap& result)
      : model_(model),
        options_(options),
        result_(result),
        graph_(model, *options.known),
        objects_(model, result.threads) {}

  void run();

 private:
  // Calls: reach_follower.cpp.
  /// Which roots are followed: those from which threads may start, or the others.
  enum class Roots : std::uint8_t { Starters, Others };
  void begin_round();
  void follow_roots(Roots which);
  void follow_threads();
  /// Follows all, visiting no more functions than the budget.
  void round(std::uint64_t budget);
  Frame& make_frame() { return frames_.emplace_back(); }
  void drop(const Frame& frame);
  /// False if there was nothing new to see.
  bool follow(Frame& frame);
  void call(const Frame& frame, const Call& call);
  void enter_target(const Frame& frame, const Call& call, const Function& target,
                    const std::vector<Object>& arguments, const Frame* closure, bool certain);
  /// The functions that are meant: `certain` if one of them it is.
  struct Target {
    const Function* function = nullptr;
    const Frame* closure = nullptr;  ///< Where a lambda was written, if that is known.
  };
  [[nodiscard]] std::vector<Target> targets_of(const Frame& frame, const Call& call, bool& certain);
  /// Threads that have an object each, of different classes, run beside each other what one call
  /// means: each function counts as a thread of its own. False: it is no such call.
  bool part_threads(Frame& inner, const Call& call, const Function& target);
  [[nodiscard]] std::uint64_t memo_key(const Frame& frame) const;
  /// The frame that a lambda or region was written in.
  [[nodiscard]] static const Frame* outer_of(const Function& target, const Frame& frame,
                                             const Frame* closure);
  void note_unknown(const Frame& frame, const Spot& where, bool starts_thread);

  // Threads: reach_threads.cpp.
  void start(const Frame& frame, const ThreadStart& start, bool parallel = true);
  void start_one(const Frame& frame, const ThreadStart& start, const Target& target, bool parallel,
                 bool one_of_several);
  /// The functions that a place which starts a thread may mean.
  [[nodiscard]] std::vector<Target> entries_of(const Frame& frame, const ThreadStart& start);
  std::vector<Target> virtual_entries(const Frame& frame, const ThreadStart& start);
  /// Those that a call of a function gives, whose result is meant.
  void add_returned(const Path& path, std::vector<Target>& targets) const;
  /// Notes on which threads the library's queue is worked off.
  void note_runner(const Frame& frame, const Call& call);
  void note_resumer(const Frame& frame, const Call& call);
  /// Other threads than that of the frame resume coroutines: the function is a task of theirs.
  bool start_coroutine(const Frame& frame, const Call& call, const Function& target);
  /// A method that a library runs on a thread of its own: the object is the thread's.
  void start_entry(const Frame& frame, bool many);
  /// submit(f), Schedule(&f, argument): the pool runs it some time.
  void hand_to_pool(const Frame& frame, const Call& call, const std::vector<Object>& arguments);
  void join(const Frame& frame, const ThreadJoin& join);
  /// What keeps a thread: of one that is returned, what the caller keeps it in.
  [[nodiscard]] Object handle_object(const Frame& frame, const Path& handle) const;
  [[nodiscard]] ReachThread thread_of(const Frame& frame, const ThreadStart& start,
                                      const Function& entry, bool parallel);
  [[nodiscard]] bool ends_in_loop(const Frame& frame, const ThreadStart& start,
                                  const Repetition& around) const;
  void note_live(const Frame& frame, const ThreadStart& start, std::uint32_t thread);
  /// What a function keeps in a local has ended when it returns.
  void end_locals(const Frame& frame);
  void end(std::uint32_t thread);
  void add_root(std::uint32_t thread);

  // Accesses: reach_touches.cpp.
  void touch(const Frame& frame, const FieldAccess& access);
  /// One touch for each object around what is touched, as far as it lies in one piece of memory.
  void add_levels(const Frame& frame, const FieldAccess& access, const Object& object, Touch made);
  /// Notes what a round needs to know of a touch; true if it is one to keep.
  [[nodiscard]] bool notes(const Touch& made);
  /// Keeps the touch of step number `step` of the object, or of the object itself.
  void emit(Touch& made, const Frame& frame, const FieldAccess& access, const Object& object,
            std::optional<std::size_t> step);
  [[nodiscard]] bool matters(const Touch& made) const;
  [[nodiscard]] bool ends_work(const Frame& frame, const FieldAccess& access) const;
  [[nodiscard]] bool counts_for_runner(const Frame& frame, const FieldAccess& access) const;
  [[nodiscard]] Often repeats(const Frame& frame, const Recurrence& recurs) const;
  [[nodiscard]] std::vector<std::string> locks_at(const Frame& frame, const Spot& spot) const;
  [[nodiscard]] std::uint64_t size_of_root(const Object& object) const;

  const Model& model_;
  const ReachOptions& options_;
  ReachMap& result_;
  CallGraph graph_;
  Objects objects_;
  std::deque<Frame> frames_;   ///< Of the calls that are followed now, and those that are kept.
  std::deque<Frame> entries_;  ///< Of threads.
  std::deque<Frame*> queue_;
  std::map<std::pair<const Function*, std::uint32_t>, std::uint32_t> contexts_;
  /// Hashes of keys: the keys themselves are long.
  std::unordered_set<std::uint64_t> seen_;
  std::unordered_set<std::uint64_t> touched_;
  std::unordered_map<std::string, std::uint32_t> started_;
  std::map<std::pair<std::uint32_t, const Function*>, std::uint32_t> parts_;  ///< See part_threads.
  std::unordered_map<std::uint32_t, std::string> handles_;
  /// Of threads that a loop starts: the loop, while it is not known that it ends them, too.
  std::unordered_map<std::uint32_t, Repetition> repetitions_;
  std::set<UnknownCall> unknown_;
  std::vector<std::uint32_t> live_;
  std::vector<std::uint32_t> done_;
  const std::vector<const Function*>* roots_ = nullptr;  ///< Of what is followed now.
  std::unordered_set<std::string> met_;                  ///< Records that started threads touch.
  std::map<std::string, std::set<std::uint32_t>>
      runners_;                                ///< Of queues: threads of the last round.
  /// Entries of the threads that resume coroutines, with those of earlier rounds.
  std::unordered_set<const Function*> resumers_;
  bool many_resume_ = false;
  std::unordered_set<const Function*> again_;  ///< Tasks that hand themselves in again.
  bool scouting_ = true;                       ///< The first round.
  bool crowded_ = false;                       ///< Several threads run one queue.
  bool cut_ = false;                           ///< Something was left out.
  std::uint32_t contexts_each_ = 0;            ///< Followed of a function on a thread.
  std::uint64_t visits_ = 0;
  std::uint64_t limit_ = 0;  ///< Of the visits, in this part of a round.
};

}  // namespace snug::reach
