// Joining models one at a time, so that N copies of a common header's records are never held.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/origins.hpp"

namespace snug {

/// The result does not depend on the order of add(), nor, with origins, on what was merged before.
/// Of equal definitions and uses, the copy of the unit that comes first by file and flags is kept.
/// Of several layouts of one id, the one that most units see (then the one of the first unit)
/// becomes the record, the others conflicts.
class Merger {
 public:
  /// Units below the root come before others, wherever it lies.
  explicit Merger(std::string root = {});
  ~Merger();
  Merger(Merger&&) noexcept;
  Merger& operator=(Merger&&) noexcept;

  /// Takes a model over. Throws Error if it has analysed units of another target than the ones
  /// before it.
  void add(Model part, const Origins& origins = {});

  /// What was added. The merger is empty afterwards. `origins`: null, or gets those of the model.
  [[nodiscard]] Model finish(Origins* origins = nullptr);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace snug
