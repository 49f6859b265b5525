// What `snug show` writes.
#pragma once

#include <string>
#include <vector>

#include "app/run.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// The records that the TYPES of a command line name.
struct NamedRecords {
  std::vector<std::string> types;
  std::vector<std::vector<const Record*>> of_type;  ///< One entry a type; none is empty.
  std::vector<const Record*> all;
};

/// An alias in the files of the project names what it stands for. Throws Error that says what else
/// there is for a type that no record has.
[[nodiscard]] NamedRecords records_named(const std::vector<std::string>& types, const Model& model,
                                         const Files& files, const std::string& current_folder);

/// Keeps the findings about these records.
void keep_about(const std::vector<const Record*>& records, std::vector<Finding>& findings);

/// Draws each record beside its better order, or writes a report of them, to where the run writes.
void write_layouts(const NamedRecords& named, std::vector<Finding> findings, Run& run);

/// Draws each type on all targets side by side; a model each.
void write_targets(const std::vector<std::string>& types, const std::vector<Model>& models,
                   const Options& options, Console& console);

}  // namespace snug
