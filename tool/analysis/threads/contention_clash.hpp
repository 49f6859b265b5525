// Two groups of touches against each other: which of them happen at the same time, on one object,
// again and again. Used by the search for contention alone.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/threads/contention.hpp"

namespace snug::contention {

using Touches = std::vector<const Touch*>;

/// Bits of an object.
struct Range {
  std::uint64_t begin = ~std::uint64_t{0};
  std::uint64_t end = 0;
  void add(const Touch& touch);
  [[nodiscard]] bool known() const { return end > begin; }
};

/// What two groups of touches have against each other.
struct Clash {
  bool found = false;
  ContentionTier tier = ContentionTier::Possible;
  std::vector<const Touch*> first;  ///< Those that clash, a few.
  std::vector<const Touch*> second;
  Range first_range;  ///< Of all that clash, in the object.
  Range second_range;

  /// Keeps the strongest ones.
  void add(const Touch* a, const Touch* b, ContentionTier with);
};

/// Judges pairs of touches. REQUIRES: the map outlives it.
class Judge {
 public:
  explicit Judge(const ReachMap& reach) : reach_(reach) {}

  /// Both are written by different functions on different threads.
  [[nodiscard]] Clash writes(const Touches& first, const Touches& second) const;
  /// `written` is written on one thread, `read` is only read, on a thread that has no use for the
  /// first; or a counter that all threads write lies beside data that they read elsewhere.
  [[nodiscard]] Clash reads(const Touches& written, const Touches& read) const;
  /// Two atomics of an interface that are updated by functions of their own.
  [[nodiscard]] Clash updates(const Touches& first, const Touches& second, bool shared) const;

  /// `second` is an atomic that threads spin on, while others write `first`, another atomic.
  [[nodiscard]] Clash spins(const Touches& first, const Touches& second) const;
  /// Atomics of objects of which each thread has one: `own` is written by the thread itself,
  /// `taken` by the others. Not if others write the first too (`own_of_others`), or each its own
  /// second.
  [[nodiscard]] Clash steals(const Touches& own, const Touches& taken, const Touches& own_of_others,
                             const Touches& taken_of_own) const;

  /// `branches`: what comes in one branch of a loop counts as coming each time.
  [[nodiscard]] ContentionTier tier_of(const Touch& a, const Touch& b, bool branches = false) const;
  [[nodiscard]] bool is_external(const Touch& touch) const;
  [[nodiscard]] bool is_started(const Touch& touch) const;
  [[nodiscard]] bool can_clash(const Touch& a, const Touch& b) const;

 private:
  [[nodiscard]] bool is_steady(const Touch& touch) const;
  /// The thread that writes moves what is spun on as well, each time: a seqlock, whose line would
  /// travel anyway.
  [[nodiscard]] bool moves_both(const Touch& write, const Touches& spun) const;
  [[nodiscard]] bool is_busy(const Touch& touch) const;

  const ReachMap& reach_;
};

}  // namespace snug::contention
