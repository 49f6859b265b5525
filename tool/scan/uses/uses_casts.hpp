// Pointers to objects that become pointers to something else. Only the files uses*.cpp include
// this.
#pragma once

#include <string_view>

#include "scan/uses/uses_context.hpp"

namespace snug::uses {

/// The address of a `from` becomes another pointer by the conversion `cast`, though its type got
/// lost in between: adds a use where its bytes are looked at, or where it is taken for another
/// record.
void see_typed_address(Context& context, CXCursor cast, Ancestors ancestors,
                       const RecordFacts& from);

/// True for the names of functions that take memory back, or set all of it to one value: what is in
/// it does not matter to them.
[[nodiscard]] bool takes_memory_back(std::string_view name);

}  // namespace snug::uses
