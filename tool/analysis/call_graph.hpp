// What is known of the functions of a model before anything is followed: who overrides whom, who
// may start threads, which calls hand their argument to a pool, which loops wait.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "known/known.hpp"
#include "model/model.hpp"

namespace snug::reach {

/// "app::Pool::post" of the id of a function: its scopes and name without arguments; "" for
/// lambdas.
[[nodiscard]] std::string qualified_name(std::string_view function_id);

/// What a loop waits for on each round, the longest wait last.
enum class WaitKind : std::uint8_t {
  None,
  Work,     ///< For other threads to give it something to do.
  Outside,  ///< For files, networks, users.
  Sleep,
};

/// REQUIRES: the model and what is known outlive it.
class CallGraph {
 public:
  CallGraph(const Model& model, const KnownNames& known);

  /// Functions that nobody calls and main(); main and what initialises globals come first.
  [[nodiscard]] std::vector<const Function*> roots();
  [[nodiscard]] static bool is_main(const Function& function);

  /// All that override the method, directly or not; a few at most.
  [[nodiscard]] const std::vector<const Function*>& overriders(const std::string& id);

  /// True if an object of the record was seen to be made.
  [[nodiscard]] bool is_made(const std::string& record_id) const {
    return made_.contains(record_id);
  }

  /// True if a thread may be started from the function.
  [[nodiscard]] bool may_start(const Function& function) const {
    return starters_.contains(&function);
  }

  /// Set for a function that a library (or the project's base class) runs on a thread of its own;
  /// true if several threads may run it at a time.
  [[nodiscard]] std::optional<bool> thread_entry(const Function& function) const;
  /// What the project says of the function that is called.
  [[nodiscard]] FunctionMatch own(const Call& call) const;
  [[nodiscard]] bool is_pool(const Call& call) const;
  /// The pool's tasks run beside each other: the project says so, or the class starts its threads
  /// in a loop.
  [[nodiscard]] bool is_parallel_pool(const Call& call);

  /// How often code of the function runs while it is called once: more than a few times in a row,
  /// without waiting for anybody, on each round of a loop or on some; else Seldom.
  [[nodiscard]] Often repeats(const Function& function, Recurrence recurs) const;
  /// True if the loop does nothing but read: it waits for another thread to write.
  [[nodiscard]] static bool spins(const Function& function, std::int32_t loop);
  /// True if code in the loop runs again.
  [[nodiscard]] static bool runs_again(const Function& function, std::int32_t loop);
  /// It waits for work, itself or a few calls down.
  [[nodiscard]] bool waits(const Function& function) const { return waits_.contains(&function); }

 private:
  void find_starters();
  void find_waits();
  [[nodiscard]] WaitKind wait_of(const Call& call) const;
  [[nodiscard]] bool is_configured(const Call& call) const;
  [[nodiscard]] bool keeps_work(const std::string& id) const;

  const Model& model_;
  const KnownNames& known_;
  std::unordered_map<std::string, std::vector<const Function*>> overriders_;
  std::unordered_map<std::string, std::vector<const Function*>> all_overriders_;
  std::unordered_set<const Function*> starters_;
  std::unordered_set<std::string_view> made_;              ///< Records of which objects are made.
  std::unordered_set<std::string> parallel_records_;       ///< They start threads in a loop.
  mutable std::unordered_map<std::string, bool> keepers_;  ///< Methods, see keeps_work().
  std::unordered_map<const Function*, WaitKind> waits_;
  std::unordered_map<const Function*, std::vector<WaitKind>> waiting_loops_;
};

/// True if `loop` is `inner` or one around it.
[[nodiscard]] bool encloses(const Function& function, std::int32_t loop, std::int32_t inner);

}  // namespace snug::reach
