// All mistakes of a file in one message: who mends one wants to know of the others.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace snug::configuration {

/// Runs steps that may throw Error, and goes on with the next.
class ErrorList {
 public:
  template <class Step>
  void attempt(const Step& step) {
    try {
      step();
    } catch (const Error& error) {
      text_ += (text_.empty() ? "" : "\n") + std::string(error.what());
    }
  }
  /// Throws what was caught as one Error, a line each; nothing if nothing was.
  void raise() const {
    if (!text_.empty()) throw Error(text_);
  }

 private:
  std::string text_;
};

/// Lines that begin with FILE:LINE:COLUMN, sorted by their places, below a line that counts them;
/// one line alone is left as it is.
[[nodiscard]] std::string errors_in_order(const std::string& lines, const std::string& file);

}  // namespace snug::configuration
