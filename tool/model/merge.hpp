// Joining models one at a time, so that N copies of a common header's records are never held.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/model.hpp"

namespace snug {

/// The result does not depend on the order of add(). Of equal definitions and uses, the copy of the
/// unit that comes first by file and flags is kept. Of several layouts of one id, the one that most
/// units see (then the one of the first unit) becomes the record, the others conflicts.
class Merger {
 public:
  Merger();
  ~Merger();
  Merger(Merger&&) noexcept;
  Merger& operator=(Merger&&) noexcept;

  /// Takes a model over. Throws Error if it has analysed units of another target than the ones
  /// before it.
  void add(Model part);

  /// What was added. The merger is empty afterwards.
  [[nodiscard]] Model finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace snug
