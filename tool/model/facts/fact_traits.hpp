// How the facts of one family are joined when models are merged. What differs between families says
// FactTraits of each; everything else is done once, for all of them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace snug {

/// Of a family of facts:
///
///   static K key(const Fact&)          what tells facts apart and the order in which they are kept
///   static bool join(Fact& known, Fact& other, bool first)
///                                      joins another copy of the same fact into the known one.
///                                      `first`: the other comes from an earlier unit. True if the
///                                      kept copy is now the other's. Without it: the copy of the
///                                      earliest unit is kept
///
/// and, where they are needed:
///
///   static constexpr bool whole        facts that differ in anything are two: no key, no join
///   static constexpr bool anonymous    it does not matter from which unit the kept copy comes
///   static std::vector<std::uint32_t>& units(Fact&)     the units that see it, as places in
///                                                       Model::units; none: all of the part
///   static void arrive(Fact&)          called for each fact before it is joined
///   static void settle(std::vector<Fact>&)              called for all when everything is joined
template <class Fact>
struct FactTraits;

template <class Fact>
concept WholeFact = FactTraits<Fact>::whole;

/// The kept copy of it has a unit, which a merged model remembers for the next merge.
template <class Fact>
concept FactWithOrigin = !WholeFact<Fact> && !requires { FactTraits<Fact>::anonymous; };

template <class Fact>
concept FactWithUnits = requires(Fact& fact) { FactTraits<Fact>::units(fact); };

/// Whether a unit comes before another one, by their numbers.
using UnitOrder = std::function<bool(std::uint32_t, std::uint32_t)>;

/// The facts of one family while they are joined.
template <class Fact>
class FactMerger {
 public:
  /// `from` is the number of the unit that the fact comes from. O(log facts).
  void add(Fact fact, std::uint32_t from, const UnitOrder& before) {
    using Family = FactTraits<Fact>;
    if constexpr (requires { Family::arrive(fact); }) Family::arrive(fact);
    const auto [place, added] = facts_.try_emplace(Family::key(fact), std::move(fact), from);
    if (added) return;  // else the fact was not moved from
    Copy& known = place->second;
    if (join(known.fact, fact, FactWithOrigin<Fact> && before(from, known.from))) known.from = from;
  }

  /// All facts by their keys; empties the merger. `from`: null, or gets the unit of each copy.
  [[nodiscard]] std::vector<Fact> finish(std::vector<std::uint32_t>* from = nullptr) {
    std::vector<Fact> all;
    all.reserve(facts_.size());
    if (from != nullptr) from->reserve(facts_.size());
    for (auto& [key, copy] : std::exchange(facts_, {})) {
      all.push_back(std::move(copy.fact));
      if (from != nullptr) from->push_back(copy.from);
    }
    if constexpr (requires { FactTraits<Fact>::settle(all); }) FactTraits<Fact>::settle(all);
    return all;
  }

 private:
  struct Copy {
    Copy(Fact&& one, std::uint32_t unit) : fact(std::move(one)), from(unit) {}
    Fact fact;
    std::uint32_t from;
  };

  static bool join(Fact& known, Fact& other, bool first) {
    if constexpr (requires { FactTraits<Fact>::join(known, other, first); }) {
      return FactTraits<Fact>::join(known, other, first);
    } else {
      if (first) known = std::move(other);
      return first;
    }
  }

  std::map<decltype(FactTraits<Fact>::key(std::declval<const Fact&>())), Copy> facts_;
};

template <WholeFact Fact>
class FactMerger<Fact> {
 public:
  void add(Fact fact, std::uint32_t, const UnitOrder&) { facts_.insert(std::move(fact)); }

  [[nodiscard]] std::vector<Fact> finish(std::vector<std::uint32_t>* = nullptr) {
    std::vector<Fact> all;
    all.reserve(facts_.size());
    while (!facts_.empty()) all.push_back(std::move(facts_.extract(facts_.begin()).value()));
    return all;
  }

 private:
  std::set<Fact> facts_;
};

}  // namespace snug
