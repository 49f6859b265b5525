// The table of all families of facts of a model. Merging, files of models and parts, and what a
// merged model remembers of its units are loops over it: a new family is a member of Model, its
// traits (fact_traits.hpp), its form (`store`) and a row here.
#pragma once

#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "model/facts/evidence_facts.hpp"
#include "model/facts/ownership_facts.hpp"
#include "model/facts/record_form.hpp"
#include "model/facts/type_facts.hpp"
#include "model/facts/use_facts.hpp"
#include "model/model.hpp"

namespace snug {

/// Raise it when the form of anything that is stored changes.
inline constexpr std::uint64_t model_file_version = 16;

/// Where a model keeps the facts of one family: members, from the outside in.
template <auto... path>
struct FactTable {
  template <class ModelLike>
  [[nodiscard]] static auto& of(ModelLike& model) {
    return (model.*....*path);
  }
};

/// In the order in which they are stored.
using FactTables =
    std::tuple<FactTable<&Model::uses>, FactTable<&Model::initializers>,
               FactTable<&Model::functions>, FactTable<&Model::variables>,
               FactTable<&Model::holdings>, FactTable<&Model::enumerations>,
               FactTable<&Model::enum_uses>, FactTable<&Model::ownership, &Ownership::parameters>,
               FactTable<&Model::ownership, &Ownership::declarations>,
               FactTable<&Model::ownership, &Ownership::arguments>,
               FactTable<&Model::ownership, &Ownership::named_functions>,
               FactTable<&Model::ownership, &Ownership::copies>,
               FactTable<&Model::ownership, &Ownership::news>,
               FactTable<&Model::ownership, &Ownership::unwraps>,
               FactTable<&Model::ownership, &Ownership::fields>,
               FactTable<&Model::ownership, &Ownership::stores>,
               FactTable<&Model::ownership, &Ownership::containers>,
               FactTable<&Model::ownership, &Ownership::calls>,
               FactTable<&Model::ownership, &Ownership::touches>, FactTable<&Model::variants>>;

inline constexpr std::size_t fact_table_count = std::tuple_size_v<FactTables>;

/// The type of the facts in a table.
template <class Table>
using FactOf =
    typename std::remove_reference_t<decltype(Table::of(std::declval<Model&>()))>::value_type;

/// Calls `visit(table, index)` for each table; the index is a std::integral_constant.
template <class Visit>
constexpr void each_fact_table(const Visit& visit) {
  [&]<std::size_t... index>(std::index_sequence<index...>) {
    (visit(std::tuple_element_t<index, FactTables>{}, std::integral_constant<std::size_t, index>{}),
     ...);
  }(std::make_index_sequence<fact_table_count>{});
}

template <class Archive>
void store(Archive& archive, auto& value, const Model*) {
  // A member that is added here is a table above, or stored below. The rules are not stored: they
  // are read from marks and configuration when a check begins.
  auto& [abi, units, records, conflicts, uses, initializers, functions, variables, holdings,
         enumerations, enum_uses, ownership, variants, file_hashes, left_out, rules] = value;
  archive(abi, units, records, conflicts);
  each_fact_table([&](auto table, auto) { archive(table.of(value)); });
  archive(file_hashes, left_out);
}

}  // namespace snug
