// Depth first over classes of units: at each place those that may come next, little padding first,
// then large alignments, then large sizes. That order alone is tried first, without a look back:
// where it ends within the targets, which it does for most records, nothing was searched.
#include "analysis/orders/order_walks.hpp"

#include <algorithm>

#include "analysis/orders/order_failures.hpp"

namespace snug {

namespace {

/// More units than these are not searched: the search goes as deep as there are units.
constexpr std::size_t most_sized_units = 2000;

/// Step 1: is there any order within the targets?
class SizeSearch {
 public:
  SizeSearch(const OrderBoard& board, std::span<const std::uint64_t> targets, std::uint64_t states)
      : board_(board),
        state_(board, targets, false),
        failed_(board.frames),
        states_(states),
        members_(board.size_classes),
        taken_(board.size_classes) {
    for (std::uint32_t i = 0; i < board.units.size(); ++i) {
      members_[board.units[i].size_klass].push_back(i);
    }
    std::vector<std::uint64_t> ranges{2};
    for (const auto& members : members_) ranges.push_back(members.size() + 1);
    weights_.emplace(ranges);
  }

  /// The units in an order within the targets.
  std::optional<std::vector<std::uint32_t>> run() {
    if (!state_.possible()) return std::nullopt;
    if (greedy()) return chosen_;
    if (board_.units.size() > most_sized_units) {
      states_ = 0;
      return std::nullopt;
    }
    if (!go(false)) return std::nullopt;
    return chosen_;
  }

  [[nodiscard]] bool gave_up() const { return states_ == 0; }

 private:
  struct Choice {
    std::uint64_t gap;    ///< Padding that it would leave, bits, all specs together.
    std::uint64_t align;  ///< Bits.
    std::uint64_t size;   ///< Bits.
    std::uint32_t klass;
    bool operator<(const Choice& other) const {
      if (gap != other.gap) return gap < other.gap;
      if (align != other.align) return align > other.align;
      if (size != other.size) return size > other.size;
      return klass < other.klass;
    }
  };

  [[nodiscard]] const OrderUnit& next_of(std::uint32_t klass) const {
    return board_.units[members_[klass][taken_[klass]]];
  }

  /// The class as a choice for the next place; nothing if none of it may come there.
  [[nodiscard]] std::optional<Choice> choice_of(std::uint32_t klass, bool after_run) const {
    if (taken_[klass] == members_[klass].size()) return std::nullopt;
    const OrderUnit& unit = next_of(klass);
    if (unit.kind != board_.units[chosen_.size()].kind || (after_run && unit.run)) {
      return std::nullopt;
    }
    Choice choice{0, 0, 0, klass};
    const std::span<const Reach> reach = state_.reach();
    for (std::size_t s = 0; s < reach.size(); ++s) {
      choice.gap += unit.steps[s].from(reach[s].end).advance - unit.steps[s].least;
      choice.align = std::max(choice.align, unit.steps[s].modulus);
      choice.size += unit.steps[s].least;
    }
    return choice;
  }

  [[nodiscard]] std::vector<Choice> choices(bool after_run) const {
    std::vector<Choice> out;
    for (std::uint32_t klass = 0; klass < members_.size(); ++klass) {
      if (const auto choice = choice_of(klass, after_run)) out.push_back(*choice);
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  bool put(std::uint32_t klass) {
    if (!state_.place(next_of(klass))) return false;
    chosen_.push_back(members_[klass][taken_[klass]++]);
    key_ += (*weights_)[klass + 1];
    return true;
  }

  void take_back(std::uint32_t klass) {
    key_ -= (*weights_)[klass + 1];
    --taken_[klass];
    chosen_.pop_back();
    state_.take_back(next_of(klass));
  }

  /// The first choice at each place. False, and nothing is placed, if that leads nowhere.
  bool greedy() {
    std::vector<std::uint32_t> way;
    bool stuck = false;
    while (!stuck && !state_.too_long() && chosen_.size() < board_.units.size()) {
      const bool after_run = !chosen_.empty() && board_.units[chosen_.back()].run;
      std::optional<Choice> best;
      for (std::uint32_t klass = 0; klass < members_.size(); ++klass) {
        const auto choice = choice_of(klass, after_run);
        if (choice && (!best || *choice < *best)) best = choice;
      }
      stuck = !best || !put(best->klass);
      if (!stuck) way.push_back(best->klass);
    }
    if (chosen_.size() == board_.units.size() && !state_.too_long() && state_.fits()) return true;
    for (; !way.empty(); way.pop_back()) take_back(way.back());
    return false;
  }

  bool go(bool after_run) {
    if (state_.too_long() || states_ == 0) return false;
    if (chosen_.size() == board_.units.size()) return state_.fits();
    const std::uint64_t key = key_ + (after_run ? (*weights_)[0] : 0);
    if (failed_.contains(key, 0, state_.reach())) return false;
    // A state costs as much as there are classes to try from it.
    states_ -= std::min<std::uint64_t>(states_, 1 + taken_.size() / 8);
    for (const Choice& choice : choices(after_run)) {
      if (!put(choice.klass)) continue;
      if (go(board_.units[chosen_.back()].run)) return true;
      take_back(choice.klass);
    }
    failed_.add(key, 0, state_.reach());
    return false;
  }

  const OrderBoard& board_;
  OrderState state_;
  FailedStates failed_;
  std::uint64_t states_;                             ///< Left to visit.
  std::vector<std::vector<std::uint32_t>> members_;  ///< Units of each class in declared order.
  std::vector<std::size_t> taken_;                   ///< How many of each class are placed.
  std::optional<KeyWeights> weights_;                ///< Of "after a run", then of the classes.
  std::uint64_t key_ = 0;                            ///< Of what is placed.
  std::vector<std::uint32_t> chosen_;
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

}  // namespace snug
