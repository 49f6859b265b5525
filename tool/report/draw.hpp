// `snug show`: a layout as a person reads it.
#pragma once

#include <iosfwd>
#include <span>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"
#include "report/report.hpp"

namespace snug {

struct DrawOptions {
  bool color = false;
  unsigned width = 100;        ///< Columns of the terminal.
  std::string current_folder;  ///< Paths below it are printed relative to it.
};

/// Table, bar and totals of one record, with the better order beside it where there is one.
void draw_record(const Record& record, const Model& model, const BetterOrder* better,
                 const DrawOptions& options, std::ostream& out);

/// The bar alone: a letter for each byte of a part, a dot for each byte of padding.
void draw_strip(const Record& record, const Model& model, std::ostream& out);

/// One record as several targets lay it out. A target that lacks the record has a null pointer.
struct TargetLayout {
  const Model* model = nullptr;
  const Record* record = nullptr;
};

/// Offsets and sizes of one record on several targets, side by side.
void draw_targets(std::span<const TargetLayout> layouts, const DrawOptions& options,
                  std::ostream& out);

/// A table of records to choose from: the matches of an ambiguous name, the instantiations of a
/// template.
void draw_matches(std::span<const Record* const> records, const DrawOptions& options,
                  std::ostream& out);

}  // namespace snug
