#include "analysis/orders/order_failures.hpp"

#include <algorithm>
#include <limits>

namespace snug {

namespace {

/// Steele, Lea and Flood's splitmix64: spreads the bits of a number.
std::uint64_t spread_bits(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

}  // namespace

KeyWeights::KeyWeights(std::span<const std::uint64_t> ranges) {
  std::uint64_t weight = 1;
  for (const std::uint64_t range : ranges) {
    weights_.push_back(weight);
    if (range > std::numeric_limits<std::uint64_t>::max() / weight) {
      for (std::size_t i = 0; i < ranges.size(); ++i) {
        weights_.resize(ranges.size());
        weights_[i] = spread_bits(i) | 1U;
      }
      return;
    }
    weight *= range;
  }
}

std::size_t FailedStates::first_place(std::uint64_t key) const {
  return spread_bits(key) & (entries_.size() - 1);
}

bool FailedStates::no_later(const Reach* a, const Reach* b) const {
  for (std::size_t s = 0; s < frames_.size(); ++s) {
    const std::uint64_t modulus = frames_[s].run_modulus;
    if (a[s].end > b[s].end || a[s].padded > b[s].padded) return false;
    if (modulus > 8 && a[s].end % modulus != b[s].end % modulus) return false;
  }
  return true;
}

bool FailedStates::contains(std::uint64_t key, std::uint32_t moves_left,
                            std::span<const Reach> reach) const {
  if (entries_.empty()) return false;
  const std::size_t mask = entries_.size() - 1;
  for (std::size_t at = first_place(key); entries_[at].used; at = (at + 1) & mask) {
    const Entry& entry = entries_[at];
    if (entry.key == key && entry.moves_left >= moves_left &&
        no_later(reach_at(at), reach.data())) {
      return true;
    }
  }
  return false;
}

void FailedStates::add(std::uint64_t key, std::uint32_t moves_left, std::span<const Reach> reach) {
  if (2 * (count_ + 1) > entries_.size()) grow();
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = first_place(key);
  for (; entries_[at].used; at = (at + 1) & mask) {
    // What says less than the new one makes room for it.
    if (entries_[at].key == key && entries_[at].moves_left <= moves_left &&
        no_later(reach.data(), reach_at(at))) {
      break;
    }
  }
  count_ += entries_[at].used ? 0 : 1;
  entries_[at] = {key, moves_left, true};
  std::copy(reach.begin(), reach.end(),
            reaches_.begin() + static_cast<std::ptrdiff_t>(at * frames_.size()));
}

void FailedStates::grow() {
  const std::vector<Entry> entries = std::move(entries_);
  const std::vector<Reach> reaches = std::move(reaches_);
  const std::size_t size = std::max<std::size_t>(64, 4 * entries.size());
  entries_.assign(size, {});
  reaches_.assign(size * frames_.size(), {});
  for (std::size_t old = 0; old < entries.size(); ++old) {
    if (!entries[old].used) continue;
    std::size_t at = first_place(entries[old].key);
    while (entries_[at].used) at = (at + 1) & (size - 1);
    entries_[at] = entries[old];
    for (std::size_t s = 0; s < frames_.size(); ++s) {
      reaches_[at * frames_.size() + s] = reaches[old * frames_.size() + s];
    }
  }
}

OrderState::OrderState(const OrderBoard& board, std::span<const std::uint64_t> targets,
                       bool reduced)
    : board_(board), reduced_(reduced), targets_(targets.begin(), targets.end()) {
  for (std::size_t s = 0; s < board.frames.size(); ++s) {
    const OrderFrame& frame = board.frames[s];
    const std::uint64_t whole = reduced ? frame.whole : 0;
    const auto last = frame.last_end(targets_[s]);
    std::uint64_t rest = 0;
    for (const OrderUnit& unit : board.units) rest += steps_of(unit)[s].least;
    possible_ = possible_ && last && *last >= whole;
    last_end_.push_back(possible_ ? *last - whole : 0);
    reach_.push_back(frame.start);
    rest_.push_back(rest);
  }
}

bool OrderState::too_long() const {
  for (std::size_t s = 0; s < reach_.size(); ++s) {
    if (reach_[s].end + rest_[s] > last_end_[s] || reach_[s].padded > targets_[s]) return true;
  }
  return false;
}

std::uint64_t OrderState::room() const {
  std::uint64_t room = 0;
  for (std::size_t s = 0; s < reach_.size(); ++s) {
    const std::uint64_t least = reach_[s].end + rest_[s];
    room += last_end_[s] - std::min(last_end_[s], least);
  }
  return room;
}

bool OrderState::fits(std::span<const Reach> reach) const {
  for (std::size_t s = 0; s < reach.size(); ++s) {
    Reach end = reach[s];
    if (reduced_) end.end += board_.frames[s].whole;
    if (board_.frames[s].size(end) > targets_[s]) return false;
  }
  return true;
}

bool OrderState::place(const OrderUnit& unit) {
  before_.insert(before_.end(), reach_.begin(), reach_.end());
  if (!snug::advance(steps_of(unit), reach_)) {
    std::copy(before_.end() - static_cast<std::ptrdiff_t>(reach_.size()), before_.end(),
              reach_.begin());
    before_.resize(before_.size() - reach_.size());
    return false;
  }
  for (std::size_t s = 0; s < rest_.size(); ++s) rest_[s] -= steps_of(unit)[s].least;
  return true;
}

void OrderState::take_back(const OrderUnit& unit) {
  std::copy(before_.end() - static_cast<std::ptrdiff_t>(reach_.size()), before_.end(),
            reach_.begin());
  before_.resize(before_.size() - reach_.size());
  for (std::size_t s = 0; s < rest_.size(); ++s) rest_[s] += steps_of(unit)[s].least;
}

}  // namespace snug
