// Which suggested fixes are tried in which unit, and what the compiler's answers mean for them.
//
// A compiler run is dear, so candidates are batched: one re-parse of a unit tries as many fixes as
// cannot be mistaken for one another. Nothing here runs a compiler; the caller passes a function
// that does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/text_edit.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"
#include "model/proof.hpp"

namespace snug {

/// Edits to be tried together in one unit.
struct ProofBatch {
  std::uint32_t unit = 0;               ///< Index into Model::units.
  std::vector<TextEdit> edits;          ///< Sorted, not overlapping.
  std::vector<std::string> record_ids;  ///< Whose sizes are wanted. Sorted.
};

/// Runs the batches and gives one answer a batch, in order. Batches of one call are independent and
/// may run at the same time.
using RunBatches = std::function<std::vector<ProofAnswer>(const std::vector<ProofBatch>&)>;

struct ProofOptions {
  /// Units that each fix is tried in; 0: all that see its record, in as many rounds as it takes.
  std::uint32_t units_per_fix = 1;
  /// Re-parses that each unit is worth, but for those that find out which fix of a batch is wrong;
  /// not looked at where all units are asked for.
  std::uint32_t rounds = 4;
};

/// A fix that was not proven, and why.
struct DroppedFix {
  std::string record;  ///< Name.
  std::string title;   ///< Of the fix.
  std::string reason;
  bool tried = true;  ///< False: no unit was left in which it could be tried.
};

/// A finding whose size the compiler contradicts: an error of this program.
struct Contradiction {
  Finding finding;         ///< As it came.
  std::uint32_t unit = 0;  ///< Index into Model::units: the one that contradicts.
  std::string reason;      ///< "'A' has 20 bytes, not 16 in a.cpp".
};

/// A unit that has errors without edits, too.
struct MuteUnit {
  std::string file;
  std::string error;  ///< The first one.
};

struct ProofRun {
  std::vector<Finding> findings;            ///< In the order in which they came.
  std::vector<Contradiction> contradicted;  ///< In the same order. Not among `findings`.
  std::vector<MuteUnit> mute_units;         ///< That no fix could be tried in.
  std::vector<DroppedFix> dropped;          ///< In the order of the findings, then of their fixes.
  std::uint64_t batches = 0;                ///< Parses with edits, all rounds together.
  std::uint64_t reparses = 0;               ///< The same and those without edits, to compare.
};

/// Tries the fixes of all findings and keeps, of each finding, the first that holds: no new
/// diagnostic in any unit where it was tried, and sizes exactly as promised. The fix kept carries
/// its Proof and stands first, and the finding says what it says with that fix; fixes that are
/// refused stay behind it.
///
/// A finding none of whose fixes holds stays with the first, refused: it says why there is no edit.
/// Only where the compiler contradicts the sizes of all fixes of a finding that is about them, it
/// is among `contradicted` instead. A finding without a fix to try stays as it is.
[[nodiscard]] ProofRun prove_fixes(std::vector<Finding> findings, const Model& model,
                                   const ProofOptions& options, const RunBatches& run);

}  // namespace snug
