#include "analysis/orders/order_search.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "analysis/orders/order_units.hpp"
#include "analysis/orders/order_walks.hpp"

namespace snug {

namespace {

/// The order as an answer, if the layout rules confirm the targets.
std::optional<FoundOrder> answer(const OrderProblem& problem, const OrderBoard& board,
                                 const std::vector<std::uint32_t>& units,
                                 std::span<const std::uint64_t> targets, bool exact) {
  FoundOrder found;
  found.order = members_of(board, units);
  for (std::size_t s = 0; s < problem.specs.size(); ++s) {
    found.size_bits.push_back(lay_out(problem.specs[s], problem.abi, found.order).size_bits);
    if (found.size_bits.back() > targets[s]) return std::nullopt;
  }
  found.moved = count_moved(found.order);
  found.exact = exact;
  return found;
}

struct SmallestSize {
  std::uint64_t bits = 0;
  bool exact = true;
};

/// The smallest size of one spec of the problem under any allowed order.
SmallestSize smallest_size(const OrderProblem& problem, std::size_t spec) {
  OrderProblem alone{
      {problem.specs[spec]}, problem.abi, problem.groups, problem.fixed, problem.states};
  const OrderBoard board = make_board(alone);
  const OrderFrame& frame = board.frames.front();
  Reach tight = frame.start;
  for (const OrderUnit& unit : board.units) tight.end += unit.steps.front().least;
  SmallestSize result;
  for (result.bits = frame.size(tight); result.bits < frame.declared; result.bits += frame.align) {
    const Walk walk = walk_within(board, std::span(&result.bits, 1), problem.states);
    if (walk.units) return result;
    result.exact = result.exact && !walk.gave_up;
  }
  result.bits = frame.declared;
  return result;
}

/// Targets for all specs together: each at its own smallest if one order does it for all, else as
/// many as go together, those that gain most first.
std::vector<std::uint64_t> joint_targets(const OrderProblem& problem, const OrderBoard& board,
                                         bool& exact) {
  std::vector<std::uint64_t> targets;
  std::vector<std::uint64_t> least;
  for (std::size_t s = 0; s < problem.specs.size(); ++s) {
    const SmallestSize smallest = smallest_size(problem, s);
    exact = exact && smallest.exact;
    least.push_back(smallest.bits);
    targets.push_back(board.frames[s].declared);
  }
  if (problem.specs.size() == 1 || walk_within(board, least, problem.states).units) return least;
  exact = false;
  std::vector<std::size_t> by_gain(targets.size());
  std::iota(by_gain.begin(), by_gain.end(), 0U);
  std::sort(by_gain.begin(), by_gain.end(), [&](std::size_t a, std::size_t b) {
    const std::uint64_t gain_a = targets[a] - least[a];
    const std::uint64_t gain_b = targets[b] - least[b];
    return gain_a != gain_b ? gain_a > gain_b : a < b;
  });
  for (const std::size_t s : by_gain) {
    const std::uint64_t declared = std::exchange(targets[s], least[s]);
    if (!walk_within(board, targets, problem.states).units) targets[s] = declared;
  }
  return targets;
}

bool improves(const OrderBoard& board, const std::vector<std::uint64_t>& sizes) {
  bool better = false;
  for (std::size_t s = 0; s < sizes.size(); ++s) {
    if (sizes[s] > board.frames[s].declared) return false;
    better = better || sizes[s] < board.frames[s].declared;
  }
  return better;
}

/// All allowed orders of the units, one by one, in lexicographic order.
class EveryOrder {
 public:
  EveryOrder(const OrderProblem& problem, const OrderBoard& board)
      : problem_(problem), board_(board) {
    for (const RecordSpec& spec : problem.specs) {
      declared_.push_back(lay_out(spec, problem.abi));
    }
  }

  /// REQUIRES: few units; factorial time.
  std::optional<FoundOrder> best() {
    std::vector<std::uint32_t> units(board_.units.size());
    std::iota(units.begin(), units.end(), 0U);
    do {
      if (allowed(units)) consider(units);
    } while (std::next_permutation(units.begin(), units.end()));
    return std::move(best_);
  }

 private:
  [[nodiscard]] bool allowed(const std::vector<std::uint32_t>& units) const {
    for (std::size_t p = 0; p < units.size(); ++p) {
      if (board_.units[units[p]].kind != board_.units[p].kind) return false;
      if (p > 0 && board_.units[units[p]].run && board_.units[units[p - 1]].run) return false;
    }
    return true;
  }

  void consider(const std::vector<std::uint32_t>& units) {
    FoundOrder found;
    found.order = members_of(board_, units);
    for (std::size_t s = 0; s < problem_.specs.size(); ++s) {
      const Placement placement = lay_out(problem_.specs[s], problem_.abi, found.order);
      if (!keeps_packing(placement, declared_[s])) return;
      found.size_bits.push_back(placement.size_bits);
    }
    if (!improves(board_, found.size_bits)) return;
    found.moved = count_moved(found.order);
    if (!best_ || before(found, *best_)) best_ = std::move(found);
  }

  [[nodiscard]] bool keeps_packing(const Placement& placement, const Placement& declared) const {
    return std::all_of(board_.units.begin(), board_.units.end(), [&](const OrderUnit& unit) {
      for (std::uint32_t i = 1; unit.run && i < unit.count; ++i) {
        const std::uint64_t here =
            placement.offset_bits[unit.first + i] - placement.offset_bits[unit.first];
        const std::uint64_t there =
            declared.offset_bits[unit.first + i] - declared.offset_bits[unit.first];
        if (here != there) return false;
      }
      return true;
    });
  }

  static bool before(const FoundOrder& a, const FoundOrder& b) {
    const auto sum = [](const FoundOrder& found) {
      return std::accumulate(found.size_bits.begin(), found.size_bits.end(), std::uint64_t{0});
    };
    return sum(a) != sum(b) ? sum(a) < sum(b) : a.moved < b.moved;
  }

  const OrderProblem& problem_;
  const OrderBoard& board_;
  std::vector<Placement> declared_;
  std::optional<FoundOrder> best_;
};

/// So many units can be tried in every order.
constexpr std::size_t few_units = 8;

}  // namespace

std::optional<FoundOrder> fewest_moves(const OrderProblem& problem,
                                       std::span<const std::uint64_t> targets) {
  const OrderBoard board = make_board(problem);
  const Walk walk = walk_with_fewest_moves(board, targets, problem.states);
  return walk.units ? answer(problem, board, *walk.units, targets, !walk.gave_up) : std::nullopt;
}

std::optional<FoundOrder> any_order(const OrderProblem& problem,
                                    std::span<const std::uint64_t> targets) {
  const OrderBoard board = make_board(problem);
  const auto units = walk_within(board, targets, problem.states).units;
  return units ? answer(problem, board, *units, targets, false) : std::nullopt;
}

std::optional<FoundOrder> smallest_order(const OrderProblem& problem) {
  const OrderBoard board = make_board(problem);
  if (board.units.size() < 2) return std::nullopt;
  const bool meet = std::any_of(problem.specs.begin(), problem.specs.end(), empties_may_meet);
  if (meet && board.units.size() <= few_units) return EveryOrder(problem, board).best();

  bool exact = !meet;
  const std::vector<std::uint64_t> targets = joint_targets(problem, board, exact);
  if (!improves(board, targets)) return std::nullopt;
  std::optional<FoundOrder> found = fewest_moves(problem, targets);
  if (!found || !found->exact) {
    std::optional<FoundOrder> other = any_order(problem, targets);
    if (other && (!found || other->moved < found->moved)) found = std::move(other);
  }
  if (found) found->exact = found->exact && exact;
  return found && improves(board, found->size_bits) ? found : std::nullopt;
}

std::uint32_t count_moved(std::span<const std::uint32_t> order) {
  // Patience sorting: last[k] is the smallest end of an increasing sequence of k + 1 members.
  std::vector<std::uint32_t> last;
  for (const std::uint32_t member : order) {
    const auto at = std::lower_bound(last.begin(), last.end(), member);
    if (at == last.end()) {
      last.push_back(member);
    } else {
      *at = member;
    }
  }
  return static_cast<std::uint32_t>(order.size() - last.size());
}

bool empties_may_meet(const RecordSpec& spec) {
  std::multiset<std::string> fixed;
  for (const EmptyAt& empty : spec.prefix.empties) fixed.insert(empty.type_id);
  for (const VirtualBaseSpec& base : spec.virtual_bases) {
    for (const EmptyAt& empty : base.empties) fixed.insert(empty.type_id);
  }
  for (std::size_t i = 0; i < spec.members.size(); ++i) {
    for (const EmptyAt& empty : spec.members[i].empties) {
      if (fixed.contains(empty.type_id)) return true;
      for (std::size_t j = 0; j < i; ++j) {
        if (!spec.members[i].no_unique_address && !spec.members[j].no_unique_address) continue;
        for (const EmptyAt& other : spec.members[j].empties) {
          if (other.type_id == empty.type_id) return true;
        }
      }
    }
  }
  return false;
}

}  // namespace snug
