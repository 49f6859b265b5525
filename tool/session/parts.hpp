// Parts that were scanned elsewhere, read where the project is now.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scan/parts/part_file.hpp"
#include "session/root.hpp"

namespace snug {

/// Where the sources of a part are. `named`: the folder of --root, or empty. `current`: where the
/// user stands. The folder of the scan as long as the unit is there (and --root chooses what of it
/// is reported), else --root, else the nearest folder at or above `current` that holds the unit,
/// else the folder of the scan.
[[nodiscard]] std::string place_of(const PartFacts& part, const std::string& named,
                                   const std::string& current, const Exists& exists);

/// The parts as one model.
struct JoinedParts {
  Model model;
  Origins origins;
  std::string root;  ///< Where all of them are; empty if they are in several folders.
  std::vector<std::string> knowledge;  ///< Distinct PartFacts::known.
};

/// Reads and joins the parts, one at a time. Throws Error that names what is no whole part.
/// `place`: where the sources of each are.
[[nodiscard]] JoinedParts join_parts(const std::vector<std::string>& paths,
                                     const std::function<std::string(const PartFacts&)>& place);

}  // namespace snug
