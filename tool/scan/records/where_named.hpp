// Where the code of a file names records and fields, beside their declarations.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scan/command/driver.hpp"
#include "scan/parse/scan.hpp"

namespace snug {

/// A name in the text that means a record, or a field of it.
struct NamedPlace {
  std::uint64_t begin = 0;  ///< Bytes.
  std::uint64_t end = 0;
  std::string record;             ///< Id.
  bool field = false;             ///< It means the field that is declared
  std::string file;               ///< in this file
  std::uint64_t declared_at = 0;  ///< at this byte.

  friend bool operator==(const NamedPlace&, const NamedPlace&) = default;
};

/// The places in the file, in order, each once: of what stands in templates, that of the first
/// instantiation. The unit is parsed with bodies in a process of its own. Throws Error with the
/// reason if there is not exactly one unit or it cannot be read.
[[nodiscard]] std::vector<NamedPlace> where_named(const std::vector<FrontEndCommand>& commands,
                                                  const ScanOptions& options,
                                                  const std::string& file);

[[nodiscard]] std::string to_bytes(const std::vector<NamedPlace>& places);
/// Throws Error for bytes that to_bytes did not make.
[[nodiscard]] std::vector<NamedPlace> named_places_from(std::string_view bytes);

}  // namespace snug
