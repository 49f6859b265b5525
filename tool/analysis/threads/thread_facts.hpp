// What the checks of one run share about threads: followed once, when the first of them asks.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "analysis/threads/contention.hpp"
#include "analysis/threads/thread_reach.hpp"
#include "model/model.hpp"

namespace snug {

/// REQUIRES: the model outlives it. Not for several threads at a time.
class ThreadFacts {
 public:
  explicit ThreadFacts(const Model& model, ReachOptions options = {})
      : model_(&model), options_(std::move(options)) {}

  /// Empty without bodies.
  [[nodiscard]] const ReachMap& reach() const { return known().reach; }
  [[nodiscard]] const std::vector<Contention>& contention() const { return known().contention; }

 private:
  struct Known {
    ReachMap reach;
    std::vector<Contention> contention;
  };
  [[nodiscard]] const Known& known() const;

  const Model* model_;
  ReachOptions options_;
  mutable std::unique_ptr<const Known> known_;
};

}  // namespace snug
