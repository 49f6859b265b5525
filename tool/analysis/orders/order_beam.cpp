// The way along the declared order for records that are too large to search: of all states that are
// equally far on the way, a few are kept, those that have moved least (the beam search of Lowerre's
// speech recogniser). The steps are those of the search in order_moves.cpp.
//
// 1. How far a state is: the units of the declared order that it has passed and those it has
// placed.
//    Keeping a unit does both, lifting one or placing one out of turn does one of them, so that
//    each way has as many levels as there are units, twice.
// 2. On each level states with the same debts are one: the one with fewer moves, then the one that
//    ends earlier. The best are kept, the others forgotten.
// 3. A state that ends behind the targets is dropped. The best one on the last level is the answer.
#include <algorithm>
#include <utility>

#include "analysis/orders/order_failures.hpp"
#include "analysis/orders/order_walks.hpp"

namespace snug {

namespace {

constexpr std::size_t widest_beam = 40;           ///< States kept on a level ...
constexpr std::size_t narrowest_beam = 3;         ///< ... but of long records fewer ...
constexpr std::size_t on_all_levels = 20'000;     ///< ... about so many on all levels together.
constexpr std::size_t most_beam_units = 30'000;   ///< Debts are kept in 16 bits.
constexpr std::size_t largest_table = 1U << 24U;  ///< Of units ahead.
constexpr std::uint32_t no_step = ~0U;

/// A state on the way.
struct BeamNode {
  std::uint32_t next = 0;          ///< Units of the declared order that were passed.
  std::uint32_t placed = 0;        ///< Units that were placed.
  std::uint32_t moves = 0;         ///< Members that were moved, or will have been.
  std::uint32_t parent = no_step;  ///< The last step.
  std::uint64_t key = 0;
  std::uint64_t padding = 0;  ///< Bits, of all specs together.
  bool after_run = false;
  std::vector<Reach> reach;
  std::vector<std::int16_t> debts;  ///< Per class: placed out of turn less lifted.
};

/// What led to a state.
struct BeamStep {
  enum Kind : std::uint8_t { Keep, Lift, Place };
  std::uint32_t parent;
  std::uint32_t index;  ///< The unit, or the class that is placed out of turn.
  Kind kind;
};

/// A state that can be reached: what it is judged by, and how it is made. Most are forgotten.
struct BeamChoice {
  const BeamNode* from = nullptr;
  std::uint64_t key = 0;
  std::uint64_t padding = 0;
  std::uint32_t next = 0;
  std::uint32_t placed = 0;
  std::uint32_t moves = 0;
  std::uint32_t index = 0;  ///< As in the step.
  BeamStep::Kind kind = BeamStep::Keep;
};

class Beam {
 public:
  Beam(const OrderBoard& board, std::span<const std::uint64_t> targets)
      : board_(board),
        start_(board, targets, true),
        width_(std::clamp(on_all_levels / (board.units.size() + 1), narrowest_beam, widest_beam)),
        levels_(2 * board.units.size() + 1),
        kept_(levels_.size()),
        samples_(board.classes),
        ahead_((board.units.size() + 1) * board.classes) {
    std::vector<std::uint64_t> ranges{2, board.units.size() + 1};
    ranges.resize(2 + board.classes, 1);
    for (std::size_t at = board.units.size(); at > 0; --at) {
      const OrderUnit& unit = board.units[at - 1];
      samples_[unit.klass] = &unit;
      ranges[unit.klass + 2] += 2;
      const auto behind = ahead_.begin() + static_cast<std::ptrdiff_t>(at * board.classes);
      std::copy(behind, behind + board.classes, behind - board.classes);
      ++ahead_[(at - 1) * board.classes + unit.klass];
    }
    weights_.emplace(ranges);
  }

  std::optional<std::vector<std::uint32_t>> run() {
    if (!start_.possible()) return std::nullopt;
    BeamNode first;
    first.reach.assign(start_.reach().begin(), start_.reach().end());
    first.debts.assign(board_.classes, 0);
    kept_[0].push_back(std::move(first));
    for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
      if (level > 0) keep_best(level);
      if (level > 1) kept_[level - 2] = {};  // a step leads two levels on at most
      for (const BeamNode& node : kept_[level]) expand(node);
    }
    keep_best(levels_.size() - 1);
    for (const BeamNode& end : kept_.back()) {
      if (start_.fits(end.reach)) return resolve(end.parent);
    }
    return std::nullopt;
  }

 private:
  static bool before(const BeamChoice& a, const BeamChoice& b) {
    if (a.moves != b.moves) return a.moves < b.moves;
    if (a.padding != b.padding) return a.padding < b.padding;
    if (a.next != b.next) return a.next > b.next;
    return a.key < b.key;
  }

  /// Makes the best states of a level, best first, each set of debts once.
  void keep_best(std::size_t level) {
    std::vector<BeamChoice> choices = std::exchange(levels_[level], {});
    std::sort(choices.begin(), choices.end(), before);
    std::vector<BeamNode>& out = kept_[level];
    for (const BeamChoice& choice : choices) {
      if (out.size() == width_) break;
      const bool known = std::any_of(out.begin(), out.end(),
                                     [&](const BeamNode& one) { return one.key == choice.key; });
      if (!known) out.push_back(made(choice));
    }
  }

  [[nodiscard]] BeamNode made(const BeamChoice& choice) {
    BeamNode node = *choice.from;
    const bool keeps = choice.kind == BeamStep::Keep;
    const std::uint32_t klass =
        choice.kind == BeamStep::Place ? choice.index : board_.units[choice.index].klass;
    if (choice.kind == BeamStep::Lift) {
      --node.debts[klass];
    } else {
      const OrderUnit& unit = keeps ? board_.units[choice.index] : *samples_[klass];
      (void)snug::advance(unit.reduced, node.reach);
      node.after_run = unit.run;
      if (!keeps) ++node.debts[klass];
    }
    node.next = choice.next;
    node.placed = choice.placed;
    node.moves = choice.moves;
    node.key = choice.key;
    node.padding = choice.padding;
    steps_.push_back({node.parent, choice.index, choice.kind});
    node.parent = static_cast<std::uint32_t>(steps_.size() - 1);
    return node;
  }

  [[nodiscard]] bool is_ahead(const BeamNode& node, std::uint32_t klass) const {
    return node.debts[klass] < ahead_[node.next * board_.classes + klass];
  }

  [[nodiscard]] bool may_come(const BeamNode& node, const OrderUnit& unit) const {
    return node.placed < board_.units.size() && unit.kind == board_.units[node.placed].kind &&
           !(node.after_run && unit.run);
  }

  void expand(const BeamNode& node) {
    if (node.next < board_.units.size()) {
      const OrderUnit& unit = board_.units[node.next];
      if (may_come(node, unit) && is_ahead(node, unit.klass)) place(node, unit, BeamStep::Keep);
      lift(node, unit);
    }
    for (std::uint32_t klass = 0; klass < board_.classes; ++klass) {
      // A lifted one, or one whose turn is still to come.
      if (is_ahead(node, klass) && may_come(node, *samples_[klass])) {
        place(node, *samples_[klass], BeamStep::Place);
      }
    }
  }

  void lift(const BeamNode& node, const OrderUnit& unit) {
    BeamChoice choice = stay(node, node.next, BeamStep::Lift);
    ++choice.next;
    // What was placed before its turn has been counted then.
    if (node.debts[unit.klass] <= 0) choice.moves += unit.count;
    choice.key += (*weights_)[1] - (*weights_)[unit.klass + 2];
    levels_[choice.next + choice.placed].push_back(choice);
  }

  void place(const BeamNode& node, const OrderUnit& unit, BeamStep::Kind kind) {
    reach_ = node.reach;
    if (!snug::advance(unit.reduced, reach_)) return;
    const bool keeps = kind == BeamStep::Keep;
    BeamChoice choice = stay(node, keeps ? node.next : unit.klass, kind);
    for (std::size_t s = 0; s < reach_.size(); ++s) {
      choice.padding += reach_[s].end - node.reach[s].end - unit.reduced[s].least;
    }
    if (choice.padding > start_.room()) return;
    ++choice.placed;
    choice.key += (unit.run ? (*weights_)[0] : 0) - (node.after_run ? (*weights_)[0] : 0);
    if (keeps) {
      ++choice.next;
      choice.key += (*weights_)[1];
    } else {
      if (node.debts[unit.klass] >= 0) choice.moves += unit.count;
      choice.key += (*weights_)[unit.klass + 2];
    }
    levels_[choice.next + choice.placed].push_back(choice);
  }

  /// The state of the node itself, as the beginning of a step.
  static BeamChoice stay(const BeamNode& node, std::uint32_t index, BeamStep::Kind kind) {
    return {&node, node.key, node.padding, node.next, node.placed, node.moves, index, kind};
  }

  /// The units in the order of the steps. The lifted ones of a class come in declared sequence.
  [[nodiscard]] std::vector<std::uint32_t> resolve(std::uint32_t last) const {
    std::vector<BeamStep> way;
    for (std::uint32_t at = last; at != no_step; at = steps_[at].parent) way.push_back(steps_[at]);
    std::reverse(way.begin(), way.end());
    std::vector<std::vector<std::uint32_t>> lifted(board_.classes);
    for (const BeamStep& step : way) {
      if (step.kind == BeamStep::Lift) lifted[board_.units[step.index].klass].push_back(step.index);
    }
    std::vector<std::size_t> used(board_.classes);
    std::vector<std::uint32_t> order;
    for (const BeamStep& step : way) {
      if (step.kind == BeamStep::Keep) order.push_back(step.index);
      if (step.kind == BeamStep::Place) order.push_back(lifted[step.index][used[step.index]++]);
    }
    return order;
  }

  const OrderBoard& board_;
  OrderState start_;
  std::size_t width_;
  std::vector<std::vector<BeamChoice>> levels_;  ///< Of the levels ahead.
  std::vector<std::vector<BeamNode>> kept_;      ///< By level.
  std::vector<const OrderUnit*> samples_;        ///< Per class: one of its units.
  std::vector<std::int16_t> ahead_;              ///< Per place and class: units still to come.
  std::optional<KeyWeights> weights_;            ///< Of "after a run", of the place, of the debts.
  std::vector<BeamStep> steps_;
  std::vector<Reach> reach_;  ///< Room for place().
};

}  // namespace

std::optional<std::vector<std::uint32_t>> beam_with_few_moves(
    const OrderBoard& board, std::span<const std::uint64_t> targets) {
  const std::size_t units = board.units.size();
  if (units > most_beam_units || (units + 1) * board.classes > largest_table) return std::nullopt;
  return Beam(board, targets).run();
}

}  // namespace snug
