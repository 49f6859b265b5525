// Objects as the following of calls sees them: paths of functions, seen from where a call came
// from. Used by the follower alone.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "analysis/call_graph.hpp"
#include "analysis/threads/thread_reach.hpp"

namespace snug::reach {

struct Frame;

/// Keys of objects in memory that processes share begin with this.
inline constexpr std::string_view mapping_key = "M:";

/// An object (or a number) with everything that is known of where it comes from.
struct Object {
  std::string root;         ///< Key of where it begins: "G:id", "L:function#2", "?record" ...
  std::vector<Step> steps;  ///< From there; indices are Constant, ThreadNumber (another one for
                            ///< each thread), LoopVariable (of the thread itself) or Unknown.
  Sharing sharing = Sharing::Shared;
  bool exact = false;                       ///< The root is one object, see Touch::exact.
  bool block = false;                       ///< The root is a heap block or unknown: no neighbours.
  IndexClass number = IndexClass::Unknown;  ///< As a value.
  std::int32_t born_loop = -1;              ///< The loop in `born`.
  const Function* anchor = nullptr;         ///< See Touch::anchor.
  const Frame* born = nullptr;      ///< Of locals and heap blocks: the call that makes it, if it
                                    ///< runs on the thread that sees the object.
  const Function* maker = nullptr;  ///< Of a block that a call gave: the function that calls ...
  const Call* made_by = nullptr;    ///< ... and the call.
  std::string made_as;              ///< Record that it is made as, if it is known and no part.
  std::vector<std::pair<std::string, std::string>> through;  ///< See Touch::through.
  std::uint64_t constant = 0;
  std::string global;    ///< Id of the variable, if the root is one.
  std::string callable;  ///< Id of the function that it is.
  /// The field (record, name) with the pointer that led to the block, as a name for it.
  std::pair<std::string, std::string> named;
  const Frame* closure = nullptr;  ///< Where the lambda was written.

  [[nodiscard]] bool known() const { return !root.empty(); }
};

/// One function with the objects that it was given.
struct Frame {
  const Function* function = nullptr;
  Object self;
  std::vector<Object> parameters;
  const Frame* outer = nullptr;   ///< Of lambdas and regions: the function around.
  const Frame* caller = nullptr;  ///< Null for entries.
  const Call* call = nullptr;
  Spot called_at;
  std::uint32_t thread = 0;
  std::uint32_t depth = 0;
  std::uint32_t from_loop = far;   ///< Calls since the last loop that repeats them.
  std::uint32_t detours = 0;       ///< Calls on the way here that come at times only, see `seldom`.
  bool certain = true;             ///< false: it may be another one that overrides the same.
  Often often = Often::EachTime;   ///< On the rounds of the loop right below.
  mutable bool kept = false;       ///< Something refers to it once its call has returned.
  std::vector<std::string> locks;  ///< Held by the callers; sorted.

  static constexpr std::uint32_t most_detours = 2;  ///< With more, nothing here is steady.
  static constexpr std::uint32_t seldom = 4;        ///< `detours` where the way comes seldom.
  static constexpr std::uint32_t far = 4;  ///< This many calls from a loop, or no loop at all.
};

/// Notes that a frame is needed after its return, and with it those that it was called from or lies
/// in. Null is none.
void keep_frames(const Frame* frame);

/// What tells objects apart, for those who remember having seen one: of key_of(), how it is shared
/// and what it is as a value.
[[nodiscard]] std::uint64_t hash_of(const Object& object);
/// Mixes a number into a hash.
[[nodiscard]] inline std::uint64_t mixed_in(std::uint64_t hash, std::uint64_t number) {
  hash = (hash ^ number) * 0x9e3779b97f4a7c15U;
  return hash ^ (hash >> 29U);
}
[[nodiscard]] inline std::uint64_t mixed_in(std::uint64_t hash, std::string_view text) {
  return mixed_in(hash, std::hash<std::string_view>{}(text));
}
[[nodiscard]] inline std::uint64_t mixed_in(std::uint64_t hash, const Function* function) {
  return mixed_in(hash, std::uint64_t{std::hash<const Function*>{}(function)});
}

/// Resolves the paths of functions to objects. REQUIRES: the arguments outlive it.
class Objects {
 public:
  Objects(const Model& model, const std::vector<ReachThread>& threads)
      : model_(model), threads_(threads) {}

  [[nodiscard]] Object resolve(const Path& path, const Frame& frame) const;
  [[nodiscard]] Object argument(const Argument& argument, const Frame& frame) const;
  /// What a value is as an index.
  [[nodiscard]] Root index(const Root& root, const Frame& frame) const;
  /// The same object as a thread sees it that is started in the frame, in a loop or none (-1).
  [[nodiscard]] Object handed_over(Object object, std::int32_t loop, const Frame& frame) const;
  /// What stands for any object of a record.
  [[nodiscard]] static Object any_of(const std::string& record_id);
  /// The object that the function was given by code that nobody has read.
  [[nodiscard]] static Object given_to(const Function& function, const std::string& record_id);

  /// The frame of a function among this one and those around it.
  [[nodiscard]] static const Frame* frame_of(const std::string& id, const Frame& frame);

  /// What a callable that was kept in a field may be: of the very object, else of any one.
  struct Kept {
    std::string function;
    const Frame* closure = nullptr;
    std::string holder;  ///< Key of the field with the object that it is one of.
    bool exact = false;  ///< The holder is one object.
  };
  [[nodiscard]] std::vector<Kept> kept_in(Object field) const;
  /// Forgets what refers to the frames of a round.
  void begin_round() { callables_.clear(); }

  /// Notes what a pointer, or a callable, that is a field is given.
  void point(const FieldAccess& access, const Frame& frame);
  /// Notes that the function is called from here.
  void enter(const Frame& frame);

  [[nodiscard]] const Slot* slot(const Step& field) const;

 private:
  /// What pointers that are fields were given, over all code that was followed. Of one that is
  /// given several things no more than two are kept: nobody follows it.
  struct Pointee {
    Object object;  ///< `born` is empty: the frame may be gone.
    std::uint32_t thread = 0;
    const Function* born_in = nullptr;  ///< The function that makes it, if one was followed.
  };
  static constexpr std::size_t most_kept = 8;  ///< Callables of one field.
  using PointsTo = std::map<std::pair<std::string, std::string>, std::vector<Pointee>>;

  [[nodiscard]] Object root_of(const Path& path, const Frame& frame) const;
  [[nodiscard]] Object ticket(const Root& root, const Frame& frame) const;
  /// What belongs to the frame of a starter, as the thread sees it that runs in the other one.
  [[nodiscard]] Object seen_from(Object object, const Frame& owner, const Frame& frame) const;
  [[nodiscard]] static const Call* call_of(const Root& root, const Frame*& frame);
  [[nodiscard]] Object this_of(const Frame& frame) const;
  [[nodiscard]] Object parameter(const Root& root, const Frame& frame) const;
  [[nodiscard]] Object local(const Root& root, const Frame& frame) const;
  [[nodiscard]] Object global(const Root& root) const;
  [[nodiscard]] Object result(const Root& root, const Frame& frame) const;
  [[nodiscard]] Object heap(const Root& root, const Frame& frame) const;
  void append(Object& object, const Step& step, const Frame& frame) const;
  void append_index(Object& object, Step& made, const Step& step, const Frame& frame) const;
  /// True if the field that is last in the object points to one known object, which it becomes.
  [[nodiscard]] bool follow_pointer(Object& object, const Frame& frame) const;
  void publish(Object& value, bool of_thread) const;
  [[nodiscard]] bool made_once(const Pointee& pointee) const;
  void point_element(const FieldAccess& access, const Frame& frame);
  /// Notes what a pointer is given that lies in one object, where others of its name get others.
  void point_holder(const FieldAccess& access, const Frame& frame, Pointee pointee);
  /// What the pointer that is last in the object is given: all of its name, or this one. Null: not
  /// known.
  [[nodiscard]] const Pointee* pointee_of(const Object& object) const;

  const Model& model_;
  const std::vector<ReachThread>& threads_;
  PointsTo points_to_;  ///< Of thread-local variables: "G:id" and "".
  std::unordered_map<std::string, Pointee>
      held_pointees_;  ///< By the key of the field of one object.
  std::map<std::pair<std::string, std::string>, std::vector<Kept>> callables_;
  std::unordered_map<const Function*, std::size_t> callers_;  ///< Hash of the way to the function.
  std::unordered_set<const Function*> called_again_;          ///< On several ways, or in a loop.
  mutable int depth_ = 0;
};

/// Where several threads come from that one place starts: the call around the start, and its loop.
struct Repetition {
  const Frame* frame = nullptr;
  std::int32_t loop = -1;
};

/// The innermost loop around a place of a frame, among its callers too. `frame` null: none.
[[nodiscard]] Repetition repetition_of(const Frame& frame, std::int32_t loop);

/// "L:f#1.a[2].b" of the first `count` steps.
[[nodiscard]] std::string key_of(const Object& object, std::size_t count);
[[nodiscard]] inline std::string key_of(const Object& object) {
  return key_of(object, object.steps.size());
}

/// True if the first `count` steps of the object lead from one object to one object.
[[nodiscard]] bool is_exact(const Object& object, std::size_t count);

/// The number behind the '#' of the key of a local, and the id of its function.
struct LocalKey {
  std::string function;
  std::size_t number = 0;
};
[[nodiscard]] LocalKey local_key(const std::string& root);

}  // namespace snug::reach
