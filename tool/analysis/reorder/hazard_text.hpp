// What people read about an order-dependent use.
#pragma once

#include <string>

#include "model/use.hpp"

namespace snug {

/// One sentence without a full stop: the function, what happens to the record of that name there,
/// and what a new order asks for.
[[nodiscard]] std::string hazard_sentence(const Use& use, const std::string& name);

}  // namespace snug
