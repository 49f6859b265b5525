// How the program ends.
#pragma once

namespace snug {

enum class ExitStatus : int {
  Ok = 0,        ///< Nothing at or above --fail-on.
  Findings = 1,  ///< Something at or above --fail-on.
  Failed = 2,    ///< The job could not be done: wrong usage, unreadable input, broken units.
};

}  // namespace snug
