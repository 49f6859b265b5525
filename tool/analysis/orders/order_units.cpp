#include "analysis/orders/order_units.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "layout/layout_state.hpp"

namespace snug {

namespace {

/// The unit's members alone, behind `start` bits of something else.
Placement place_alone(const RecordSpec& spec, const OrderUnit& unit, std::uint64_t start,
                      const Abi& abi) {
  RecordSpec alone;
  alone.cxx = spec.cxx;
  alone.max_field_align_bits = spec.max_field_align_bits;
  alone.prefix.data_bits = alone.prefix.size_bits = start;
  for (std::uint32_t i = 0; i < unit.count; ++i) {
    alone.members.push_back(spec.members[unit.first + i]);
    alone.members.back().empties.clear();
  }
  return lay_out(alone, abi);
}

Steps field_steps(const RecordSpec& spec, const OrderUnit& unit, const Abi& abi) {
  const MemberSpec& member = spec.members[unit.first];
  Steps steps;
  if (member.no_unique_address && member.is_empty && !abi.microsoft) {
    steps.at.resize(1);  // Lies at 0 and advances nothing.
    return steps;
  }
  const Placement placement = place_alone(spec, unit, 8, abi);
  const std::uint64_t align = std::max<std::uint64_t>(8, placement.offset_bits[0]);
  const std::uint64_t size = placement.data_bits - placement.offset_bits[0];
  const std::uint64_t full = member.flexible ? 0 : member.size_bits;
  steps.modulus = align;
  steps.least = size;
  for (std::uint64_t r = 0; r < align; r += 8) {
    const std::uint64_t gap = align_up(r, align) - r;
    steps.at.push_back({gap + size, full == size ? 0 : gap + full, true});
  }
  return steps;
}

Steps run_steps(const RecordSpec& spec, const OrderUnit& unit, const Abi& abi,
                const Placement& declared) {
  Steps steps;
  for (std::uint32_t i = 0; i < unit.count; ++i) {
    const MemberSpec& member = spec.members[unit.first + i];
    steps.modulus = std::max({steps.modulus, member.type_align_bits, member.explicit_align_bits});
  }
  for (std::uint64_t r = 0; r < steps.modulus; r += 8) {
    const Placement placement = place_alone(spec, unit, r, abi);
    Steps::At at{placement.data_bits - r, 0, true};
    for (std::uint32_t i = 0; i < unit.count; ++i) {
      const std::uint64_t here = placement.offset_bits[i] - placement.offset_bits[0];
      const std::uint64_t there =
          declared.offset_bits[unit.first + i] - declared.offset_bits[unit.first];
      at.possible = at.possible && here == there;
    }
    steps.at.push_back(at);
  }
  steps.least = steps.at.front().advance;
  for (const Steps::At& at : steps.at) steps.least = std::min(steps.least, at.advance);
  return steps;
}

std::vector<OrderUnit> cut_units(const OrderProblem& problem) {
  const RecordSpec& spec = problem.specs.front();
  const auto members = static_cast<std::uint32_t>(spec.members.size());
  const std::uint32_t groups =
      members == 0 ? 0 : *std::max_element(problem.groups.begin(), problem.groups.end()) + 1;
  std::vector<OrderUnit> units;
  for (std::uint32_t i = 0; i < members;) {
    OrderUnit unit;
    unit.first = i;
    unit.kind = problem.groups[i];
    unit.run = spec.members[i].bit_width.has_value();
    bool fixed = problem.fixed[i];
    for (++i; unit.run && i < members && spec.members[i].bit_width; ++i, ++unit.count) {
      // A run that changes access within cannot go anywhere else.
      fixed = fixed || problem.fixed[i] || problem.groups[i] != unit.kind;
    }
    const MemberSpec& member = spec.members[unit.first];
    fixed = fixed || member.flexible || (member.no_unique_address && member.is_empty);
    if (fixed) unit.kind = groups + static_cast<std::uint32_t>(units.size());
    units.push_back(unit);
  }
  return units;
}

/// Numbers equal keys alike, in order of first appearance.
template <typename Key>
std::uint32_t number(std::map<Key, std::uint32_t>& seen, Key key) {
  const auto next = static_cast<std::uint32_t>(seen.size());
  return seen.try_emplace(std::move(key), next).first->second;
}

bool has_tail(const Steps& steps) {
  return std::any_of(steps.at.begin(), steps.at.end(),
                     [](const Steps::At& at) { return at.padded != 0; });
}

/// Two fields that differ by a multiple of every modulus leave the same padding wherever they
/// stand. Runs are left as they are, and so is what has a tail: it matters where that ends.
std::vector<Steps> reduced(const OrderUnit& unit, const std::vector<std::uint64_t>& moduli) {
  std::vector<Steps> steps = unit.steps;
  for (std::size_t s = 0; s < steps.size(); ++s) {
    if (unit.run || has_tail(steps[s])) continue;
    const std::uint64_t whole = steps[s].least / moduli[s] * moduli[s];
    steps[s].least -= whole;
    for (Steps::At& at : steps[s].at) at.advance -= whole;
  }
  return steps;
}

/// With a tail somewhere, fields before it may not be shortened either: its end would come out
/// wrong.
bool any_tail(const OrderBoard& board) {
  return std::any_of(board.units.begin(), board.units.end(), [](const OrderUnit& unit) {
    return std::any_of(unit.steps.begin(), unit.steps.end(), has_tail);
  });
}

void number_classes(OrderBoard& board) {
  std::vector<std::uint64_t> moduli(board.frames.size(), 8);
  for (const OrderUnit& unit : board.units) {
    for (std::size_t s = 0; s < moduli.size(); ++s) {
      moduli[s] = std::max(moduli[s], unit.steps[s].modulus);
      if (unit.run) {
        auto& frame = board.frames[s];
        frame.run_modulus = std::max(frame.run_modulus, unit.steps[s].modulus);
      }
    }
  }
  const bool tails = any_tail(board);
  using Key = std::tuple<std::uint32_t, bool, std::uint32_t, std::vector<Steps>>;
  std::map<Key, std::uint32_t> classes;
  std::map<Key, std::uint32_t> size_classes;
  for (OrderUnit& unit : board.units) {
    std::vector<Steps> less = reduced(unit, moduli);
    unit.reduced = tails ? unit.steps : less;
    for (std::size_t s = 0; s < moduli.size(); ++s) {
      board.frames[s].whole += unit.steps[s].least - unit.reduced[s].least;
    }
    unit.klass = number(classes, Key{unit.kind, unit.run, unit.count, unit.reduced});
    unit.size_klass = number(size_classes, Key{unit.kind, unit.run, 0, std::move(less)});
  }
  board.classes = static_cast<std::uint32_t>(classes.size());
  board.size_classes = static_cast<std::uint32_t>(size_classes.size());
}

}  // namespace

std::uint64_t OrderFrame::size(const Reach& reach) const {
  std::uint64_t data = reach.end;
  std::uint64_t total = std::max({spec->prefix.size_bits, data, overlap});
  for (const VirtualBaseSpec& base : spec->virtual_bases) {
    if (base.is_empty) {
      total = std::max(total, base.size_bits);
      continue;
    }
    const std::uint64_t cap = spec->max_field_align_bits;
    const std::uint64_t base_align =
        cap == 0 ? base.nonvirtual_align_bits : std::min(cap, base.nonvirtual_align_bits);
    data = align_up(data, base_align) + base.nonvirtual_bits;
    total = std::max(total, data);
  }
  return align_up(std::max(total, reach.padded), align);
}

std::optional<std::uint64_t> OrderFrame::last_end(std::uint64_t target) const {
  for (std::uint64_t end = target / 8 * 8;; end -= 8) {
    if (size({end, 0}) <= target) return end;
    if (end <= start.end || end == 0) return std::nullopt;
  }
}

OrderBoard make_board(const OrderProblem& problem) {
  OrderBoard board;
  board.units = cut_units(problem);
  for (const RecordSpec& spec : problem.specs) {
    const Placement declared = lay_out(spec, problem.abi);
    OrderFrame frame;
    frame.spec = &spec;
    frame.start.end = spec.prefix.data_bits;
    frame.align = declared.align_bits;
    frame.declared = declared.size_bits;
    for (const MemberSpec& member : spec.members) {
      if (member.no_unique_address && member.is_empty && !problem.abi.microsoft) {
        frame.overlap = std::max(frame.overlap, member.size_bits);
      }
    }
    board.frames.push_back(frame);
    for (OrderUnit& unit : board.units) {
      unit.steps.push_back(unit.run ? run_steps(spec, unit, problem.abi, declared)
                                    : field_steps(spec, unit, problem.abi));
    }
  }
  number_classes(board);
  return board;
}

bool advance(const std::vector<Steps>& steps, std::span<Reach> reach) {
  for (std::size_t s = 0; s < reach.size(); ++s) {
    const Steps::At& at = steps[s].from(reach[s].end);
    if (!at.possible) return false;
    if (at.padded != 0) reach[s].padded = std::max(reach[s].padded, reach[s].end + at.padded);
    reach[s].end += at.advance;
  }
  return true;
}

std::vector<std::uint32_t> members_of(const OrderBoard& board,
                                      const std::vector<std::uint32_t>& units) {
  std::vector<std::uint32_t> order;
  for (const std::uint32_t index : units) {
    for (std::uint32_t i = 0; i < board.units[index].count; ++i) {
      order.push_back(board.units[index].first + i);
    }
  }
  return order;
}

}  // namespace snug
