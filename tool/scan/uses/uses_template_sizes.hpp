// Records whose size a template asks for. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

/// A sizeof of what is no record yet; notes the templates around it if they decide by the number.
void note_size_asked(Context& context, const Flow& flow, CXCursor size, Ancestors ancestors);
/// A variable template, whose code the front end does not show.
void note_size_asked(Context& context, CXCursor declaration);
/// Adds a use of each record that is given to a template that asks, directly or through other
/// templates. REQUIRES: the unit was walked. O(code of the project), O(1) where nobody asks.
void add_sizes_asked(Context& context);

}  // namespace snug::uses
