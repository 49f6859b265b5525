// Code that finds fields by position follows the order of the fields.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/reorder/hazards.hpp"
#include "base/files.hpp"
#include "base/text_edit.hpp"
#include "model/model.hpp"

namespace snug {

/// What a new order asks of the code around a record.
struct UseEdits {
  std::vector<TextEdit> edits;       ///< Sorted by file and place, not overlapping.
  std::vector<const Use*> settled;   ///< Uses that keep their meaning with the edits.
  std::vector<std::string> by_hand;  ///< Those that no edit can serve, one sentence each.
};

/// The edits that bring positional and parenthesised initialisers, designators and structured
/// bindings into a new order. `records` are all instantiations of one definition, `order` holds the
/// names of the fields in their new order, `index` is that of the model.
///
/// A use is left to a person (by_hand) where its text is not its own (macros, templates, #if),
/// where values would be evaluated in another order and could notice, where fields that were left
/// out would no longer be the last ones, and where arguments pass through code that was not read.
[[nodiscard]] UseEdits use_edits(std::span<const Record* const> records,
                                 std::span<const std::string> order, const HazardIndex& index,
                                 const Model& model, const Files& files);

}  // namespace snug
