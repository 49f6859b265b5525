// The pieces of the JSON report, each a pure function of one piece of the model.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "report/report.hpp"

namespace snug {

/// Keys in the order in which they are set, so that reports read as the manual describes them.
using Json = nlohmann::ordered_json;

[[nodiscard]] Json json_of(const SourceRange& where, const std::string& root);
[[nodiscard]] Json json_of(const Abi& abi);
[[nodiscard]] Json json_of(const Unit& unit, const std::string& root);
[[nodiscard]] Json json_of(const Slot& slot);
/// The same with where it is declared, and with what its type is.
[[nodiscard]] Json json_of(const Slot& slot, const std::string& root);
[[nodiscard]] Json json_of(const Record& record, const Report& report);
[[nodiscard]] Json json_of(const Finding& finding, const Report& report);

/// The folder that relative paths start at.
[[nodiscard]] Json root_json(const std::string& root);
/// A file that was read; without a hash where it was read in several versions.
[[nodiscard]] Json file_json(const std::string& path, const std::string& hash,
                             const std::string& root);

/// Counts over the units, the reported records and the findings.
[[nodiscard]] Json summary_json(const Report& report);

/// Number of cache lines that an object of `size` bytes takes when it starts on a line.
[[nodiscard]] std::uint64_t lines_of(std::uint64_t size, std::uint32_t line_bytes);

/// One line of JSON. Bytes that are not UTF-8 become U+FFFD (paths are percent-encoded before).
[[nodiscard]] std::string dump(const Json& json);

}  // namespace snug
