#include "analysis/order_walks.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace snug {

namespace {

/// What both searches share: the targets, the states that failed, the states left to visit.
class Search {
 protected:
  Search(const OrderBoard& board, std::span<const std::uint64_t> targets, std::uint64_t states)
      : board_(board), targets_(targets.begin(), targets.end()), states_(states) {
    for (std::size_t s = 0; s < board.frames.size(); ++s) {
      const auto last = board.frames[s].last_end(targets_[s]);
      possible_ = possible_ && last.has_value();
      last_end_.push_back(last.value_or(0));
      reach_.push_back(board.frames[s].start);
      std::uint64_t rest = 0;
      for (const OrderUnit& unit : board.units) rest += unit.steps[s].least;
      rest_.push_back(rest);
    }
  }

  [[nodiscard]] bool too_long() const {
    for (std::size_t s = 0; s < reach_.size(); ++s) {
      if (reach_[s].end + rest_[s] > last_end_[s] || reach_[s].padded > targets_[s]) return true;
    }
    return false;
  }

  [[nodiscard]] bool fits() const {
    for (std::size_t s = 0; s < reach_.size(); ++s) {
      if (board_.frames[s].size(reach_[s]) > targets_[s]) return false;
    }
    return true;
  }

  /// A state costs as much as there are classes to try from it.
  void visit(std::size_t classes) { states_ -= std::min<std::uint64_t>(states_, 1 + classes / 8); }

  bool place(const OrderUnit& unit) {
    if (!advance(unit, reach_)) return false;
    for (std::size_t s = 0; s < rest_.size(); ++s) rest_[s] -= unit.steps[s].least;
    return true;
  }

  void take_back(const OrderUnit& unit, const std::vector<Reach>& before) {
    reach_ = before;
    for (std::size_t s = 0; s < rest_.size(); ++s) rest_[s] += unit.steps[s].least;
  }

  /// True if a state failed with ends no later and no fewer moves left than now.
  [[nodiscard]] bool failed_before(const std::string& key, std::uint32_t moves_left) const {
    const auto found = failures_.find(key);
    if (found == failures_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const Failure& failure) {
      return failure.moves_left >= moves_left && no_later(failure.reach, reach_);
    });
  }

  void remember_failure(std::string key, std::uint32_t moves_left) {
    std::vector<Failure>& failures = failures_[std::move(key)];
    std::erase_if(failures, [&](const Failure& old) {
      return old.moves_left <= moves_left && no_later(reach_, old.reach);
    });
    failures.push_back({moves_left, reach_});
  }

  const OrderBoard& board_;
  std::vector<std::uint64_t> targets_;
  std::vector<std::uint64_t> last_end_;
  std::vector<Reach> reach_;
  std::vector<std::uint64_t> rest_;  ///< Least advance of the units not yet placed.
  std::uint64_t states_;
  bool possible_ = true;

 private:
  struct Failure {
    std::uint32_t moves_left;
    std::vector<Reach> reach;
  };

  [[nodiscard]] bool no_later(const std::vector<Reach>& a, const std::vector<Reach>& b) const {
    for (std::size_t s = 0; s < a.size(); ++s) {
      const std::uint64_t modulus = board_.frames[s].run_modulus;
      if (a[s].end > b[s].end || a[s].padded > b[s].padded) return false;
      if (modulus > 8 && a[s].end % modulus != b[s].end % modulus) return false;
    }
    return true;
  }

  std::unordered_map<std::string, std::vector<Failure>> failures_;
};

void append(std::string& key, std::int64_t number) {
  key += static_cast<char>(number & 0xff);
  key += static_cast<char>(number >> 8 & 0xff);
}

/// Step 1: is there any order within the targets?
class SizeSearch : Search {
 public:
  SizeSearch(const OrderBoard& board, std::span<const std::uint64_t> targets, std::uint64_t states)
      : Search(board, targets, states), members_(board.size_classes), taken_(board.size_classes) {
    for (std::uint32_t i = 0; i < board.units.size(); ++i) {
      members_[board.units[i].size_klass].push_back(i);
    }
  }

  /// The units in an order within the targets.
  std::optional<std::vector<std::uint32_t>> run() {
    if (!possible_ || !go(false)) return std::nullopt;
    return chosen_;
  }

  [[nodiscard]] bool gave_up() const { return states_ == 0; }

 private:
  struct Choice {
    std::uint64_t gap;    ///< Padding that it would leave, bits, all specs together.
    std::uint64_t align;  ///< Bits.
    std::uint64_t size;   ///< Bits.
    std::uint32_t klass;
  };

  /// Classes that may come next: little padding first, then large alignments, then large sizes.
  [[nodiscard]] std::vector<Choice> choices(bool after_run) const {
    std::vector<Choice> out;
    const std::uint32_t kind = board_.units[chosen_.size()].kind;
    for (std::uint32_t klass = 0; klass < members_.size(); ++klass) {
      if (taken_[klass] == members_[klass].size()) continue;
      const OrderUnit& unit = board_.units[members_[klass][taken_[klass]]];
      if (unit.kind != kind || (after_run && unit.run)) continue;
      Choice choice{0, 0, 0, klass};
      for (std::size_t s = 0; s < reach_.size(); ++s) {
        choice.gap += unit.steps[s].from(reach_[s].end).advance - unit.steps[s].least;
        choice.align = std::max(choice.align, unit.steps[s].modulus);
        choice.size += unit.steps[s].least;
      }
      out.push_back(choice);
    }
    std::sort(out.begin(), out.end(), [](const Choice& a, const Choice& b) {
      if (a.gap != b.gap) return a.gap < b.gap;
      if (a.align != b.align) return a.align > b.align;
      if (a.size != b.size) return a.size > b.size;
      return a.klass < b.klass;
    });
    return out;
  }

  bool go(bool after_run) {
    if (too_long() || states_ == 0) return false;
    if (chosen_.size() == board_.units.size()) return fits();
    std::string key(1, after_run ? 'r' : 'f');
    for (const std::size_t count : taken_) append(key, static_cast<std::int64_t>(count));
    if (failed_before(key, 0)) return false;
    visit(taken_.size());
    for (const Choice& choice : choices(after_run)) {
      const std::uint32_t index = members_[choice.klass][taken_[choice.klass]];
      const OrderUnit& unit = board_.units[index];
      const std::vector<Reach> before = reach_;
      if (!place(unit)) {
        reach_ = before;
        continue;
      }
      ++taken_[choice.klass];
      chosen_.push_back(index);
      if (go(unit.run)) return true;
      chosen_.pop_back();
      --taken_[choice.klass];
      take_back(unit, before);
    }
    remember_failure(std::move(key), 0);
    return false;
  }

  std::vector<std::vector<std::uint32_t>> members_;  ///< Units of each class in declared order.
  std::vector<std::size_t> taken_;                   ///< How many of each class are placed.
  std::vector<std::uint32_t> chosen_;
};

/// Step 2: is there an order within the targets that moves at most so many members?
class MoveSearch : Search {
 public:
  MoveSearch(const OrderBoard& board, std::span<const std::uint64_t> targets, std::uint64_t states)
      : Search(board, targets, states),
        debts_(board.classes),
        ahead_(board.classes),
        weights_(board.classes) {
    samples_.resize(board.classes);
    for (const OrderUnit& unit : board.units) {
      ++ahead_[unit.klass];
      weights_[unit.klass] = unit.count;
      samples_[unit.klass] = &unit;
    }
  }

  std::optional<std::vector<std::uint32_t>> run(std::uint32_t most_moves) {
    if (!possible_ || !go(0, most_moves, false)) return std::nullopt;
    return resolve();
  }

  [[nodiscard]] bool gave_up() const { return states_ == 0; }

 private:
  /// A unit in the new order: one that kept its place, or any lifted one of a class.
  struct Placed {
    bool kept;
    std::uint32_t index;  ///< Unit or class.
  };

  bool go(std::uint32_t next, std::uint32_t moves_left, bool after_run) {
    if (too_long() || states_ == 0 || owed() > moves_left) return false;
    const std::size_t count = board_.units.size();
    if (placed_.size() == count && next == count) return fits();
    std::string key(1, after_run ? 'r' : 'f');
    append(key, next);
    for (const std::int32_t debt : debts_) append(key, debt);
    if (failed_before(key, moves_left)) return false;
    visit(debts_.size());
    if (place_lifted(next, moves_left, after_run, true)) return true;
    if (next < count) {
      if (keep(next, moves_left, after_run)) return true;
      if (lift(next, moves_left, after_run)) return true;
      if (place_lifted(next, moves_left, after_run, false)) return true;
    }
    remember_failure(std::move(key), moves_left);
    return false;
  }

  /// Moves that units placed before their turn are still going to cost.
  [[nodiscard]] std::uint32_t owed() const {
    std::uint32_t sum = 0;
    for (std::size_t klass = 0; klass < debts_.size(); ++klass) {
      if (debts_[klass] > 0) sum += static_cast<std::uint32_t>(debts_[klass]) * weights_[klass];
    }
    return sum;
  }

  [[nodiscard]] bool may_come(const OrderUnit& unit, bool after_run) const {
    return placed_.size() < board_.units.size() && unit.kind == board_.units[placed_.size()].kind &&
           !(after_run && unit.run);
  }

  bool put(const OrderUnit& unit, Placed what, std::uint32_t next, std::uint32_t moves_left) {
    const std::vector<Reach> before = reach_;
    if (!place(unit)) {
      reach_ = before;
      return false;
    }
    placed_.push_back(what);
    if (go(next, moves_left, unit.run)) return true;
    placed_.pop_back();
    take_back(unit, before);
    return false;
  }

  bool keep(std::uint32_t next, std::uint32_t moves_left, bool after_run) {
    const OrderUnit& unit = board_.units[next];
    // What was placed before its turn has to be found among those still ahead.
    if (!may_come(unit, after_run) || debts_[unit.klass] >= ahead_[unit.klass]) return false;
    --ahead_[unit.klass];
    if (put(unit, {true, next}, next + 1, moves_left)) return true;
    ++ahead_[unit.klass];
    return false;
  }

  bool lift(std::uint32_t next, std::uint32_t moves_left, bool after_run) {
    const OrderUnit& unit = board_.units[next];
    if (unit.count > moves_left) return false;
    --ahead_[unit.klass];
    --debts_[unit.klass];
    lifted_.push_back(next);
    if (go(next + 1, moves_left - unit.count, after_run)) return true;
    lifted_.pop_back();
    ++debts_[unit.klass];
    ++ahead_[unit.klass];
    return false;
  }

  /// Places a unit of some class: one lifted before, or one whose turn is still to come.
  bool place_lifted(std::uint32_t next, std::uint32_t moves_left, bool after_run, bool pending) {
    for (std::uint32_t klass = 0; klass < debts_.size(); ++klass) {
      if (pending ? debts_[klass] >= 0 : debts_[klass] < 0) continue;
      if (!pending && debts_[klass] >= ahead_[klass]) continue;
      const OrderUnit& unit = *samples_[klass];
      if (!may_come(unit, after_run)) continue;
      ++debts_[klass];
      if (put(unit, {false, klass}, next, moves_left)) return true;
      --debts_[klass];
    }
    return false;
  }

  /// Names the lifted units: those of a class come in their declared sequence.
  [[nodiscard]] std::vector<std::uint32_t> resolve() const {
    std::vector<std::vector<std::uint32_t>> lifted(debts_.size());
    for (const std::uint32_t index : lifted_) {
      lifted[board_.units[index].klass].push_back(index);
    }
    std::vector<std::size_t> used(debts_.size());
    std::vector<std::uint32_t> order;
    order.reserve(placed_.size());
    for (const Placed& placed : placed_) {
      order.push_back(placed.kept ? placed.index : lifted[placed.index][used[placed.index]++]);
    }
    return order;
  }

  std::vector<std::int32_t> debts_;  ///< Per class: placed out of turn less lifted.
  std::vector<std::int32_t> ahead_;  ///< Per class: units whose turn is still to come.
  std::vector<std::uint32_t> weights_;
  std::vector<const OrderUnit*> samples_;  ///< Per class: one of its units.
  std::vector<Placed> placed_;
  std::vector<std::uint32_t> lifted_;  ///< In declared order.
};

}  // namespace

Walk walk_within(const OrderBoard& board, std::span<const std::uint64_t> targets,
                 std::uint64_t states) {
  SizeSearch search(board, targets, states);
  Walk walk;
  walk.units = search.run();
  walk.gave_up = search.gave_up();
  return walk;
}

Walk walk_with_fewest_moves(const OrderBoard& board, std::span<const std::uint64_t> targets,
                            std::uint64_t states) {
  std::uint32_t members = 0;
  for (const OrderUnit& unit : board.units) members += unit.count;
  MoveSearch search(board, targets, states);
  Walk walk;
  for (std::uint32_t moves = 0; moves <= members && !search.gave_up() && !walk.units; ++moves) {
    walk.units = search.run(moves);
  }
  walk.gave_up = search.gave_up();
  return walk;
}

}  // namespace snug
