// The walk along the declared order that moves fewest members. At each unit: a unit that was lifted
// before is placed, the unit keeps its place, it is lifted, or one whose turn is still to come is
// placed. How many moves are allowed is first counted up from none; where that takes long, down
// from those of a good order (order_beam.cpp).
#include <algorithm>
#include <utility>

#include "analysis/orders/order_failures.hpp"
#include "analysis/orders/order_walks.hpp"

namespace snug {

namespace {

/// More units than these are not searched: the search goes as deep as twice their number.
constexpr std::size_t most_walked_units = 1000;

/// So many states are visited before an order of few moves is asked for.
constexpr std::uint64_t first_states = 4000;

/// Step 2: is there an order within the targets that moves at most so many members?
class MoveSearch {
 public:
  MoveSearch(const OrderBoard& board, std::span<const std::uint64_t> targets, std::uint64_t states)
      : board_(board),
        state_(board, targets, true),
        failed_(board.frames),
        states_(states),
        debts_(board.classes),
        ahead_(board.classes),
        weights_(board.classes) {
    samples_.resize(board.classes);
    for (const OrderUnit& unit : board.units) {
      ++ahead_[unit.klass];
      weights_[unit.klass] = unit.count;
      samples_[unit.klass] = &unit;
    }
    std::vector<std::uint64_t> ranges{2, board.units.size() + 1};
    for (const std::int32_t ahead : ahead_) {
      ranges.push_back(2 * static_cast<std::uint64_t>(ahead) + 1);
    }
    keys_.emplace(ranges);
    for (std::size_t klass = 0; klass < debts_.size(); ++klass) {
      key_ += static_cast<std::uint64_t>(ahead_[klass]) * (*keys_)[klass + 2];
    }
  }

  /// REQUIRES: no earlier call found one.
  std::optional<std::vector<std::uint32_t>> run(std::uint32_t most_moves) {
    if (!state_.possible() || !go(0, most_moves, false)) return std::nullopt;
    return resolve();
  }

  [[nodiscard]] bool gave_up() const { return states_ == 0; }
  [[nodiscard]] std::uint64_t states_left() const { return states_; }

 private:
  /// A unit in the new order: one that kept its place, or any lifted one of a class.
  struct Placed {
    bool kept;
    std::uint32_t index;  ///< Unit or class.
  };

  bool go(std::uint32_t next, std::uint32_t moves_left, bool after_run) {
    if (state_.too_long() || states_ == 0 || owed_ > moves_left) return false;
    const std::size_t count = board_.units.size();
    if (placed_.size() == count && next == count) return state_.fits();
    const std::uint64_t key = key_ + (after_run ? (*keys_)[0] : 0) + next * (*keys_)[1];
    if (failed_.contains(key, moves_left, state_.reach())) return false;
    // A state costs as much as there are classes to try from it.
    states_ -= std::min<std::uint64_t>(states_, 1 + debts_.size() / 8);
    if (place_lifted(next, moves_left, after_run, true)) return true;
    if (next < count) {
      if (keep(next, moves_left, after_run)) return true;
      if (lift(next, moves_left, after_run)) return true;
      if (place_lifted(next, moves_left, after_run, false)) return true;
    }
    failed_.add(key, moves_left, state_.reach());
    return false;
  }

  /// Moves the debt of a class, with the key and what units placed before their turn still cost.
  void add_debt(std::uint32_t klass, std::int32_t more) {
    if (debts_[klass] > 0) owed_ -= static_cast<std::uint32_t>(debts_[klass]) * weights_[klass];
    debts_[klass] += more;
    if (debts_[klass] > 0) owed_ += static_cast<std::uint32_t>(debts_[klass]) * weights_[klass];
    key_ += static_cast<std::uint64_t>(std::int64_t{more}) * (*keys_)[klass + 2];
  }

  [[nodiscard]] bool may_come(const OrderUnit& unit, bool after_run) const {
    return placed_.size() < board_.units.size() && unit.kind == board_.units[placed_.size()].kind &&
           !(after_run && unit.run);
  }

  bool put(const OrderUnit& unit, Placed what, std::uint32_t next, std::uint32_t moves_left) {
    if (!state_.place(unit)) return false;
    placed_.push_back(what);
    if (go(next, moves_left, unit.run)) return true;
    placed_.pop_back();
    state_.take_back(unit);
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
    add_debt(unit.klass, -1);
    lifted_.push_back(next);
    if (go(next + 1, moves_left - unit.count, after_run)) return true;
    lifted_.pop_back();
    add_debt(unit.klass, 1);
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
      add_debt(klass, 1);
      if (put(unit, {false, klass}, next, moves_left)) return true;
      add_debt(klass, -1);
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

  const OrderBoard& board_;
  OrderState state_;
  FailedStates failed_;
  std::uint64_t states_;             ///< Left to visit.
  std::vector<std::int32_t> debts_;  ///< Per class: placed out of turn less lifted.
  std::vector<std::int32_t> ahead_;  ///< Per class: units whose turn is still to come.
  std::vector<std::uint32_t> weights_;
  std::vector<const OrderUnit*> samples_;  ///< Per class: one of its units.
  std::uint32_t owed_ = 0;                 ///< Moves that units placed before their turn will cost.
  std::optional<KeyWeights> keys_;         ///< Of "after a run", of the place, of the debts.
  std::uint64_t key_ = 0;                  ///< Of the debts.
  std::vector<Placed> placed_;
  std::vector<std::uint32_t> lifted_;  ///< In declared order.
};

/// Moves are allowed one by one until there is a way: quick where few are needed.
Walk upwards(const OrderBoard& board, std::span<const std::uint64_t> targets,
             std::uint64_t states) {
  std::uint32_t members = 0;
  for (const OrderUnit& unit : board.units) members += unit.count;
  MoveSearch search(board, targets, states);
  Walk walk;
  for (std::uint32_t moves = 0; moves <= members && !search.gave_up() && !walk.units; ++moves) {
    walk.units = search.run(moves);
  }
  walk.gave_up = !walk.units && search.gave_up();
  return walk;
}

/// From an order of few moves down: is there one with fewer? What failed with more moves fails with
/// fewer too, so that hardly anything is searched twice. The answer is the one that the search
/// comes to first with the fewest moves allowed, as upwards.
Walk downwards(const OrderBoard& board, std::span<const std::uint64_t> targets,
               std::uint64_t states, std::vector<std::uint32_t> known) {
  std::optional<MoveSearch> search(std::in_place, board, targets, states);
  Walk walk{std::move(known), false};
  std::uint32_t moves = count_moved(members_of(board, *walk.units));
  while (moves > 0) {
    auto fewer = search->run(moves - 1);
    if (!fewer) break;
    walk.units = std::move(fewer);
    moves = count_moved(members_of(board, *walk.units));
    search.emplace(board, targets, search->states_left());
  }
  walk.gave_up = search->gave_up();
  if (walk.gave_up) return walk;
  if (auto first = search->run(moves)) walk.units = std::move(first);
  return walk;
}

}  // namespace

Walk walk_with_fewest_moves(const OrderBoard& board, std::span<const std::uint64_t> targets,
                            std::uint64_t states) {
  const bool searched = board.units.size() <= most_walked_units;
  Walk walk;
  if (searched) walk = upwards(board, targets, std::min(states, first_states));
  if (walk.units || (searched && !walk.gave_up)) return walk;
  walk.units = beam_with_few_moves(board, targets);
  walk.gave_up = true;
  return searched && walk.units ? downwards(board, targets, states, std::move(*walk.units)) : walk;
}

}  // namespace snug
