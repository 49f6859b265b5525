// What the compiler says to an edited unit that it did not say before.
#pragma once

#include <clang-c/Index.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/proof.hpp"
#include "scan/parse/sources.hpp"
#include "scan/proof/edited_sources.hpp"
#include "scan/proof/proof_records.hpp"

namespace snug {

/// How often each message stands in each file; lines are left out, since edits shift them.
using DiagnosticCounts = std::map<std::pair<std::string, std::string>, std::size_t>;

/// Warnings and errors of a unit.
[[nodiscard]] DiagnosticCounts count_diagnostics(CXTranslationUnit unit, const Sources& sources);

/// The first error of a unit, as "FILE:LINE: message" with the file relative to the root; empty if
/// it has none.
[[nodiscard]] std::string first_error(CXTranslationUnit unit, const Sources& sources);

/// Every error of the edited unit; without errors, the warnings that stand in an edit or refer to a
/// record that `concerned` holds.
[[nodiscard]] std::vector<ProofDiagnostic> suspects(CXTranslationUnit unit, const Sources& sources,
                                                    const EditedSources& edited,
                                                    ProofRecords& records,
                                                    const std::vector<std::string>& concerned);

/// Leaves out the suspects that the unedited unit had as well, as often as it had them.
[[nodiscard]] std::vector<ProofDiagnostic> without_known(std::vector<ProofDiagnostic> suspects,
                                                         DiagnosticCounts known);

}  // namespace snug
