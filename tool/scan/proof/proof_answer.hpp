// The form in which a worker sends its answer to the parent.
#pragma once

#include <string>
#include <string_view>

#include "model/proof.hpp"

namespace snug {

[[nodiscard]] std::string encode_answer(const ProofAnswer& answer);
/// Throws Error for bytes that encode_answer did not make.
[[nodiscard]] ProofAnswer decode_answer(std::string_view bytes);

}  // namespace snug
