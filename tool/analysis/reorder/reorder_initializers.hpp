// Member initialiser lists follow the order of the fields.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/text_edit.hpp"
#include "model/model.hpp"
#include "model/record.hpp"

namespace snug {

struct InitializerEdits {
  std::vector<TextEdit> edits;
  std::string stale_file;  ///< Not empty: this file changed since it was scanned.
};

/// The edits that bring the visible member initialiser lists of the record's constructors into the
/// order of the fields given by `order` (see reorder_edits). Bases keep their places in the list;
/// comments move with the initialiser that they stand behind.
///
/// Adds to `refusals` where a list comes out of a macro, where a comment belongs to no initialiser
/// for certain, and where a member would be initialised after one that reads it.
[[nodiscard]] InitializerEdits initializer_edits(const Record& record,
                                                 std::span<const Slot* const> slots,
                                                 std::span<const std::uint32_t> order,
                                                 const Model& model, const Files& files,
                                                 std::vector<std::string>& refusals);

}  // namespace snug
