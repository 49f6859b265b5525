#include "model/ownership_merge.hpp"

#include <utility>

#include "model/facts/tables.hpp"

namespace snug {

Ownership sorted_once(Ownership facts) {
  const UnitOrder none_earlier = [](std::uint32_t, std::uint32_t) { return false; };
  Model unit;
  unit.ownership = std::move(facts);
  each_fact_table([&](auto table, auto) {
    using Fact = FactOf<decltype(table)>;
    FactMerger<Fact> merger;
    for (Fact& fact : table.of(unit)) merger.add(std::move(fact), 0, none_earlier);
    table.of(unit) = merger.finish();
  });
  return std::move(unit.ownership);
}

}  // namespace snug
