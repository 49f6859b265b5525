// The edit of the source text that brings the fields of a record into another order.
//
// Whole declarations move, with everything that a reader takes for a part of them: the comment
// block directly above, the comment behind, attributes, alignas, default initialisers. Whatever is
// no field (methods, nested types, access labels, friends, static members) stays where it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/text_edit.hpp"
#include "model/model.hpp"
#include "model/record.hpp"

namespace snug {

/// Edits, or the reasons why none can be made with certainty; never both.
struct ReorderEdit {
  std::vector<TextEdit> edits;        ///< Sorted by file and place, not overlapping.
  std::vector<std::string> refusals;  ///< One sentence each, without a full stop.
  std::vector<std::string> cautions;  ///< What a person has to look at, with its place.
  bool stale = false;                 ///< Refused only because a file changed since it was scanned.
};

/// The slots that an order is about, in the order of their declaration: fields (anonymous structs
/// and unions count as one), bit-fields, unnamed bit-fields that have a width. The pointers go into
/// `record.slots`.
[[nodiscard]] std::vector<const Slot*> movable_slots(const Record& record);

/// The edits that declare the movable slots of `record` in the order given, and that bring the
/// visible member initialiser lists of its constructors into that order.
///
/// `order[i]` is the index into movable_slots(record) of the slot that comes i-th. As few
/// declarations as possible are moved; a declaration of several fields is split where its fields
/// part. An order that changes nothing gives no edits and no refusals.
///
/// A group of #if ... #endif stays where it is, with all that stands in it.
///
/// Refused: macros or other preprocessor directives among the fields, declarations that cannot be
/// split with certainty, an order that would change the access of a field, that would use a nested
/// type before its declaration, or that would initialise a member after one that reads it; files
/// that have changed since the model was read.
///
/// REQUIRES: `order` holds every index below movable_slots(record).size() exactly once.
[[nodiscard]] ReorderEdit reorder_edits(const Record& record, std::span<const std::uint32_t> order,
                                        const Model& model, const Files& files);

}  // namespace snug
