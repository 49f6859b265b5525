// How an alignment is written so that every unit that reads the file understands it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/files.hpp"
#include "model/model.hpp"

namespace snug {

/// Where an alignment stands: in front of a field, or behind the keyword of a record.
enum class AlignmentPlace : std::uint8_t { Field, Record };

/// "alignas(64)" for C++ and C23, and where the file has alignas itself; "_Alignas(64)" for C; an
/// attribute where both read the file, and for records in C. Nothing where no spelling serves all
/// units that read the file.
[[nodiscard]] std::optional<std::string> alignment_text(const Model& model, const Files& files,
                                                        const Record& record, std::uint64_t bytes,
                                                        AlignmentPlace place);

}  // namespace snug
