// What is said of data that threads fight over: who uses it on which thread, and what is not known.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/threads/contention.hpp"
#include "model/finding.hpp"

namespace snug {

/// What an array or variable is called and where it stands.
struct ContendedName {
  std::string text;
  SourceRange where;
  std::string subject;
};

[[nodiscard]] std::string_view tier_name(ContentionTier tier);

/// The array or variable of a contention; none if the model has no name for it.
[[nodiscard]] std::optional<ContendedName> name_of(const Model& model,
                                                   const Contention& contention);

/// True if the place is in C: snug::padded is none of its ways then.
[[nodiscard]] bool is_c(const Model& model, const SourceRange& where);

/// The slot of a field, members of anonymous structs and unions included; null if there is none.
[[nodiscard]] const Slot* slot_of(const Record& record, const std::string& field);

/// The uses of both sides of each contention, the ways to them, and where the threads start.
/// `name`: of what the sides touch; empty: each has its own. A sentence is told once; of many
/// contentions the first few are told, and how many more there are.
void add_uses(const ReachMap& reach, const std::vector<const Contention*>& contention,
              const std::string& name, std::vector<Evidence>& evidence);

/// What the threads of the uses call that could not be followed. `where`: of the finding.
void add_unknown(const ReachMap& reach, const std::vector<const Contention*>& contention,
                 const SourceRange& where, std::vector<Evidence>& evidence);

}  // namespace snug
