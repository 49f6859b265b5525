// Types whose layout others know: frozen ones, and those of public headers.
#pragma once

#include <string>
#include <vector>

#include "gate/configuration.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Takes back what was suggested for frozen records: a finding on one that has a fix is dropped,
/// because nobody may follow it. A fix that changes the size of a record of which a frozen one
/// consists is refused, and the finding becomes a note.
void respect_frozen(const Model& model, std::vector<Finding>& findings);

/// Makes every fix of a type that a public header declares, or whose knock-on reaches such a type,
/// one of safety `abi`. Globs are relative to the folder of the configuration.
void respect_public_headers(const Model& model, const Configuration& configuration,
                            std::vector<Finding>& findings);

/// The ids of the records that the given ones consist of, themselves included: bases and fields by
/// value, arrays too. Sorted.
[[nodiscard]] std::vector<std::string> parts_of(const Model& model, std::vector<std::string> ids);

}  // namespace snug
