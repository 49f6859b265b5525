// What is known of the functions of a model before anything is followed: who overrides whom, who
// may start threads, which calls hand their argument to a pool, which loops wait.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/model.hpp"

namespace snug::reach {

/// "app::Pool::post" of the id of a function: its scopes and name without arguments; "" for
/// lambdas.
[[nodiscard]] std::string qualified_name(std::string_view function_id);

/// REQUIRES: the model outlives it.
class CallGraph {
 public:
  /// `pools`: see ReachOptions.
  CallGraph(const Model& model, const std::vector<std::string>& pools);

  /// Functions that nobody calls and main(); main and what initialises globals come first.
  [[nodiscard]] std::vector<const Function*> roots();
  [[nodiscard]] static bool is_main(const Function& function);

  /// All that override the method, directly or not; a few at most.
  [[nodiscard]] const std::vector<const Function*>& overriders(const std::string& id);

  /// True if a thread may be started from the function.
  [[nodiscard]] bool may_start(const Function& function) const {
    return starters_.contains(&function);
  }

  [[nodiscard]] bool is_pool(const Call& call) const;
  /// The pool's tasks run beside each other: the project says so, or the class starts its threads
  /// in a loop.
  [[nodiscard]] bool is_parallel_pool(const Call& call);

  /// How often code of the function runs while it is called once: more than a few times in a row,
  /// without waiting for anybody, on each round of a loop or on some; else Seldom.
  [[nodiscard]] Often repeats(const Function& function, Recurrence recurs) const;
  /// True if code in the loop runs again.
  [[nodiscard]] static bool runs_again(const Function& function, std::int32_t loop);

 private:
  void find_starters();
  void find_waits();
  [[nodiscard]] bool is_configured(const Call& call) const;

  const Model& model_;
  const std::vector<std::string>& pools_;
  std::unordered_map<std::string, std::vector<const Function*>> overriders_;
  std::unordered_map<std::string, std::vector<const Function*>> all_overriders_;
  std::unordered_set<const Function*> starters_;
  std::unordered_set<std::string> parallel_records_;  ///< They start threads in a loop.
  std::unordered_set<const Function*> waits_;         ///< They wait for other threads or the world.
  std::unordered_map<const Function*, std::vector<bool>> waiting_loops_;
};

/// True if `loop` is `inner` or one around it.
[[nodiscard]] bool encloses(const Function& function, std::int32_t loop, std::int32_t inner);

}  // namespace snug::reach
