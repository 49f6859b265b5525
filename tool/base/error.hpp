// The one exception of the tool: thrown deep, caught once in main.
#pragma once

#include <stdexcept>
#include <string>

namespace snug {

/// Something the user has to know: what, where, why and what to do, in one or two sentences.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace snug
