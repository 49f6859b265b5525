// Memory that is as large as a record. Only the files uses*.cpp include this.
#pragma once

#include "scan/uses/uses_flow.hpp"

namespace snug::uses {

/// A sizeof that stands in the type of a declaration, `flow.stop`. `record` is null where the size
/// is that of a parameter of the templates around it.
void note_room(Context& context, const Flow& flow, const RecordFacts* record, Ancestors ancestors);

/// `std::vector<char> room(sizeof(T))`: notes the variable. False if the size goes elsewhere.
bool note_filled(Context& context, const Flow& flow, const RecordFacts& record,
                 Ancestors ancestors);

/// Adds a use of each record whose size is seen through such memory, and notes the templates that
/// see that of a parameter. REQUIRES: the unit was walked. O(code of the project), O(1) where there
/// is no such memory.
void add_rooms_seen(Context& context);

// For uses_room_mentions.cpp.

[[nodiscard]] const Room* room_of(Context& context, CXCursor declaration);

/// The type of a declaration below arrays and references.
struct InnerType {
  CXType type;
  bool array = false;
};
[[nodiscard]] InnerType inner_type(CXCursor declaration);

/// The names of the templates among the ancestors.
[[nodiscard]] std::vector<std::string> templates_around(Ancestors ancestors);

/// The size is seen: of the records, and of what the templates are given.
void tell_size_seen(Context& context, const Room& room, CXCursor at, Ancestors ancestors);

/// Some field of the holder is as large as the record.
void add_holder_by_size(Context& context, const RecordFacts& record, const RecordFacts& holder,
                        CXCursor at);

/// True if the room is new, and memory.
bool add_room(Context& context, Room room, Ancestors ancestors);

}  // namespace snug::uses
