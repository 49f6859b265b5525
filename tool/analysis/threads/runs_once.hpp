// Whether a function runs once in the life of a program.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// REQUIRES: the model outlives it.
class RunCounts {
 public:
  explicit RunCounts(const Model& model);

  /// Empty if the function runs once: main(), what initialises a global, and what one of those
  /// calls at one place outside of loops, directly or through others like it. Else why it may run
  /// again, for people: "'f()' is called from 3 places". Each function is asked for once.
  [[nodiscard]] const std::string& runs_again(const Function& function) const;

 private:
  struct Site {
    const Function* caller = nullptr;
    bool again = false;  ///< In a loop, or on several threads.
  };
  [[nodiscard]] std::string reason(const Function& function) const;

  std::unordered_map<std::string_view, std::vector<Site>> sites_;  ///< By the id of the callee.
  mutable std::unordered_map<const Function*, std::string> known_;
};

}  // namespace snug
