// Which files hold tests.
#pragma once

#include <functional>
#include <set>
#include <string>

namespace snug {

/// Paths of the files that are tests or benchmarks, as the model has them.
using TestFiles = std::set<std::string, std::less<>>;

}  // namespace snug
