// Asking the compiler: which records a unit has, and how it lays them out.
#pragma once

#include <string>
#include <vector>

#include "oracle/layout_dump.hpp"
#include "scan/command/compile_database.hpp"
#include "scan/command/driver.hpp"

namespace snug::oracle {

/// A unit that includes another one and takes sizeof of every record in it that can be named.
struct Probe {
  std::string file;         ///< Where it was written.
  std::size_t asked = 0;    ///< Records whose size it takes.
  std::size_t unnamed = 0;  ///< Records without a name: lambdas, anonymous structs ...
  std::size_t refused = 0;  ///< Names that the compiler does not take there (local types ...).
  std::string problem;      ///< Not empty: the unit does not compile.
  std::vector<DumpRecord> layout;  ///< The compiler's dump of the probe.
};

/// Writes and runs a probe of the unit. The names come from the dump of all complete records; that
/// dump lays a record out before a trailing attribute is seen, so nothing else is taken from it.
/// `more` are further names, as dumps print them.
[[nodiscard]] Probe run_probe(const FrontEndCommand& command, const std::string& scratch,
                              const std::vector<std::string>& more = {});

/// The dump of the records that the unit itself makes the compiler lay out.
[[nodiscard]] std::vector<DumpRecord> used_records(const FrontEndCommand& command,
                                                   std::string& problem);

}  // namespace snug::oracle
