// Types that code outside of the project may know: other binaries hold their layout.
#pragma once

#include <string>
#include <vector>

#include "gate/configuration/configuration.hpp"
#include "gate/install_rules.hpp"
#include "gate/installed_headers.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Where the headers lie that a project offers to others, as far as the configuration does not say.
struct OfferedHeaders {
  std::string root;  ///< Of the project; what lies in a folder "include" below it is offered.
  InstalledFiles installed;             ///< By the build.
  const InstallRules* rules = nullptr;  ///< What build files say; null: nothing.
};

/// Makes every fix of a type that such a header declares, or whose knock-on reaches such a type,
/// one of safety `abi`, and says which rule it was. With public-headers in the configuration the
/// headers that match are the only ones (globs are relative to its folder); an empty list: none.
void respect_public_headers(const Model& model, const Configuration& configuration,
                            const OfferedHeaders& offered, std::vector<Finding>& findings);

/// Refuses the fixes of records that are declared once more, field by field the same, in another
/// file: who wrote the copy counts on both being alike.
void respect_copies(const Model& model, std::vector<Finding>& findings);

}  // namespace snug
