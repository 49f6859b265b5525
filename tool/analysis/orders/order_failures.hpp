// What the searches for orders share: where they stand, and which states failed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/orders/order_units.hpp"

namespace snug {

/// Makes 64-bit keys of vectors of small numbers: the sum of each number times a weight of its own.
/// Moving one number by one moves the key by its weight, so that no state is ever read as a whole.
/// As long as the numbers of all positions fit into 64 bits together, the key is a number in mixed
/// radix and stands for one vector only; else the weights are random (two of n states then share a
/// key with a chance of n^2 / 2^64).
class KeyWeights {
 public:
  /// `ranges[i]`: how many values number i takes.
  explicit KeyWeights(std::span<const std::uint64_t> ranges);
  [[nodiscard]] std::uint64_t operator[](std::size_t i) const { return weights_[i]; }

 private:
  std::vector<std::uint64_t> weights_;
};

/// States from which there is no way on, in one flat table with open addressing.
class FailedStates {
 public:
  explicit FailedStates(std::span<const OrderFrame> frames) : frames_(frames) {}

  /// True if a state failed with ends no later and no fewer moves left than these.
  [[nodiscard]] bool contains(std::uint64_t key, std::uint32_t moves_left,
                              std::span<const Reach> reach) const;
  void add(std::uint64_t key, std::uint32_t moves_left, std::span<const Reach> reach);

 private:
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t moves_left = 0;
    bool used = false;
  };

  [[nodiscard]] std::size_t first_place(std::uint64_t key) const;
  [[nodiscard]] const Reach* reach_at(std::size_t place) const {
    return &reaches_[place * frames_.size()];
  }
  [[nodiscard]] bool no_later(const Reach* a, const Reach* b) const;
  void grow();

  std::span<const OrderFrame> frames_;
  std::vector<Entry> entries_;  ///< A power of two of them, at most half of them used.
  std::vector<Reach> reaches_;  ///< One for each frame of each entry.
  std::size_t count_ = 0;
};

/// The targets, the ends so far, the states left to visit.
class OrderState {
 public:
  /// `reduced`: places units by their reduced steps.
  OrderState(const OrderBoard& board, std::span<const std::uint64_t> targets, bool reduced);

  /// False if the targets cannot be met whatever the order.
  [[nodiscard]] bool possible() const { return possible_; }
  /// Nothing that is placed from here on can end within the targets.
  [[nodiscard]] bool too_long() const;
  /// With everything placed: the sizes are within the targets.
  [[nodiscard]] bool fits() const { return fits(reach_); }
  [[nodiscard]] bool fits(std::span<const Reach> reach) const;
  /// Bits of padding that the targets leave, of all specs together. REQUIRES: nothing is placed.
  [[nodiscard]] std::uint64_t room() const;

  /// Places a unit; false, and nothing has changed, where its run would be packed otherwise.
  [[nodiscard]] bool place(const OrderUnit& unit);
  /// Takes back the last unit that was placed.
  void take_back(const OrderUnit& unit);

  [[nodiscard]] std::span<const Reach> reach() const { return reach_; }
  [[nodiscard]] const std::vector<Steps>& steps_of(const OrderUnit& unit) const {
    return reduced_ ? unit.reduced : unit.steps;
  }

 private:
  const OrderBoard& board_;
  bool reduced_;
  bool possible_ = true;
  std::vector<std::uint64_t> targets_;
  std::vector<std::uint64_t> last_end_;
  std::vector<Reach> reach_;
  std::vector<Reach> before_;        ///< Ends before each unit that is placed.
  std::vector<std::uint64_t> rest_;  ///< Least advance of the units not yet placed.
};

}  // namespace snug
