// Findings as bytes, for what this build of the program alone reads back.
#pragma once

#include <string>
#include <vector>

#include "base/packed.hpp"
#include "base/text_edit.hpp"
#include "model/finding.hpp"

namespace snug {

/// Puts every member of the values, those that only proofs fill in included.
void pack(Packer& to, const std::vector<Finding>& findings);
void pack(Packer& to, const std::vector<TextEdit>& edits);

/// Adds what pack() put. Throws Error for other bytes.
void unpack(Unpacker& from, std::vector<Finding>& findings);
void unpack(Unpacker& from, std::vector<TextEdit>& edits);

}  // namespace snug
