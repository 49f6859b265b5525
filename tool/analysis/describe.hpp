// Words for records and slots that several checks print.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// "'name'", "the unnamed bit-field" or "the anonymous union".
[[nodiscard]] std::string slot_label(const Slot& slot);

/// What the fingerprint of a finding on a record is made of: qualified name (of the template, for
/// an instantiation) and the names of the fields concerned.
[[nodiscard]] std::string subject_of(const Record& record, std::span<const std::string> slots = {});

/// "1 byte", "24 bytes".
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);

/// Cache lines that an object at the start of a line takes.
[[nodiscard]] std::uint64_t lines_of(std::uint64_t bytes, const Abi& abi);

/// The last component of a path.
[[nodiscard]] std::string_view file_name(std::string_view path);

/// Objects of the record that the code is known to make: elements of constant arrays that are
/// members of other records, each counted once a definition. Empty if there are none. Adds one
/// evidence of kind "instances" for each.
[[nodiscard]] std::optional<std::uint64_t> known_instances(const Record& record, const Model& model,
                                                           std::vector<Evidence>& evidence);

}  // namespace snug
