#include "analysis/threads/thread_facts.hpp"

namespace snug {

const ThreadFacts::Known& ThreadFacts::known() const {
  if (known_ != nullptr) return *known_;
  auto made = std::make_unique<Known>();
  if (!model_->functions.empty() && model_->abi.cache_line_bytes != 0) {
    made->reach = thread_reach(*model_, options_);
    made->contention = find_contention(*model_, made->reach);
  }
  known_ = std::move(made);
  return *known_;
}

}  // namespace snug
