// Whether a function runs once in the life of a program.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/model.hpp"
#include "model/test_files.hpp"

namespace snug {

/// Why a function may run more than once.
struct RunsAgain {
  std::string why;      ///< For people: "'f()' is called from 3 places"; empty: it runs once.
  bool surely = false;  ///< A loop, a recursion or a table of functions says so; else nothing does.
};

/// REQUIRES: the model outlives it.
class RunCounts {
 public:
  /// Calls in `tests` count for nothing.
  explicit RunCounts(const Model& model, const TestFiles& tests = {});

  /// A function runs once if it is main(), what initialises a global, or what one of those
  /// calls at one place outside of loops, directly or through others like it. Each function is
  /// asked for once.
  [[nodiscard]] const RunsAgain& runs_again(const Function& function) const;

 private:
  struct Site {
    const Function* caller = nullptr;
    bool again = false;  ///< In a loop, or on several threads.
  };
  [[nodiscard]] RunsAgain reason(const Function& function) const;

  std::unordered_map<std::string_view, std::vector<Site>> sites_;  ///< By the id of the callee.
  mutable std::unordered_map<const Function*, RunsAgain> known_;
};

}  // namespace snug
