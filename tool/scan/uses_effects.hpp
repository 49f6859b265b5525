// Which parts of a list of values may change places. Only the files uses*.cpp include this.
#pragma once

#include <set>
#include <string>

#include "scan/uses_context.hpp"

namespace snug::uses {

/// What the evaluation of an expression does, as far as its neighbours can notice.
struct Effects {
  bool acts = false;            ///< Runs code that was not looked at, or changes something.
  bool reads = false;           ///< Looks at memory that can change.
  bool indirect = false;        ///< ... through a pointer or a reference.
  std::set<std::string> moved;  ///< Variables whose value it takes away with std::move.
  std::set<std::string> names;  ///< Variables that it reads.

  /// False only if both can be evaluated in either order.
  [[nodiscard]] bool disturbs(const Effects& other) const;
};

/// The effects of a value that initialises a field of this type: its own, and those of the
/// conversion to the field.
[[nodiscard]] Effects effects_of(Context& context, CXCursor value, CXType field);

}  // namespace snug::uses
