// Loops that go over the same elements again and again, as opposed to those that come to each once.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/model.hpp"

namespace snug {

class RepeatedWalks {
 public:
  /// REQUIRES: the model outlives it.
  explicit RepeatedWalks(const Model& model);

  /// True if a loop around `loop`, in the function or in one that calls it, comes to what
  /// `elements` leads to again on each round: `for (step) for (p : particles)`, but not `for
  /// (level) for (f : level.files)`, nor from within an `if`. Loops that wait for the end of
  /// something are none. O(ways to the function), some hundreds at most.
  [[nodiscard]] bool again(const Function& function, std::int32_t loop, const Path& elements) const;

 private:
  struct Site {
    const Function* caller = nullptr;
    const Call* call = nullptr;
  };
  struct Search {
    int depth = 0;
    int sites = 0;
  };

  [[nodiscard]] bool again_from(const Function& function, Recurrence recurs, const Path& elements,
                                std::int32_t walk, Search& search) const;

  std::unordered_map<std::string_view, std::vector<Site>> callers_;
};

/// True if the loop counts or walks, as opposed to one that waits for the end of the program.
[[nodiscard]] bool is_counted(const Function& function, std::int32_t loop);

}  // namespace snug
