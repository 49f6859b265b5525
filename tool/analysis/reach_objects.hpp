// Objects as the following of calls sees them. Used by thread_reach.cpp alone.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/thread_reach.hpp"

namespace snug::reach {

struct Frame;

/// An object (or a number) with everything that is known of where it comes from.
struct Object {
  std::string root;         ///< Key of where it begins: "G:id", "L:function#2", "?record" ...
  std::vector<Step> steps;  ///< From there; indices are Constant, ThreadNumber (another one for
                            ///< each thread), LoopVariable (of the thread itself) or Unknown.
  Sharing sharing = Sharing::Shared;
  IndexClass number = IndexClass::Unknown;  ///< As a value.
  std::uint64_t constant = 0;
  std::string global;              ///< Id of the variable, if the root is one.
  bool block = false;              ///< The root is a heap block or unknown: no neighbours.
  std::string callable;            ///< Id of the function that it is.
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
  Spot called_at;
  const Call* call = nullptr;
  std::uint32_t thread = 0;
  std::uint32_t depth = 0;
  bool hot = false;
  std::vector<std::string> locks;  ///< Held by the callers; sorted.
};

/// What pointers that are fields were given, over all code that was followed.
using PointsTo = std::map<std::pair<std::string, std::string>, std::vector<Object>>;

/// Resolves the paths of functions to objects. REQUIRES: the arguments outlive it.
class Objects {
 public:
  Objects(const Model& model, const std::vector<ReachThread>& threads)
      : model_(model), threads_(threads) {}

  [[nodiscard]] Object resolve(const Path& path, const Frame& frame) const;
  [[nodiscard]] Object argument(const Argument& argument, const Frame& frame) const;
  /// What a value is as an index.
  [[nodiscard]] Root index(const Root& root, const Frame& frame) const;
  /// The same object as a thread sees it that is started in the frame.
  [[nodiscard]] Object handed_over(Object object, const ThreadStart& start,
                                   const Frame& frame) const;
  /// What stands for any object of a record.
  [[nodiscard]] static Object any_of(const std::string& record_id);

  /// The frame of a function among this one and those around it.
  [[nodiscard]] static const Frame* frame_of(const std::string& id, const Frame& frame);

  void point(const FieldAccess& access, const Frame& frame);

  [[nodiscard]] std::uint64_t offset_bits(const Step& field) const;
  [[nodiscard]] const Slot* slot(const Step& field) const;

 private:
  [[nodiscard]] Object root_of(const Path& path, const Frame& frame) const;
  [[nodiscard]] Object local(const Root& root, const Frame& frame) const;
  void append(Object& object, const Step& step, const Frame& frame) const;

  const Model& model_;
  const std::vector<ReachThread>& threads_;
  PointsTo points_to_;
  mutable int depth_ = 0;
};

/// True if `loop` is `inner` or one around it.
[[nodiscard]] bool encloses(const Function& function, std::int32_t loop, std::int32_t inner);
/// True if code in the loop runs more than a few times.
[[nodiscard]] bool is_hot(const Function& function, std::int32_t loop);

/// "L:f#1.a[2].b" of the first `count` steps.
[[nodiscard]] std::string key_of(const Object& object, std::size_t count);
[[nodiscard]] inline std::string key_of(const Object& object) {
  return key_of(object, object.steps.size());
}

}  // namespace snug::reach
