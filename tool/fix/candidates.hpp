// Fixes that wait for their proof, and which of them may be tried together.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"
#include "model/proof.hpp"

namespace snug {

/// What a unit said to a candidate.
enum class Verdict : std::uint8_t {
  Holds,
  Unsettled,  ///< Something is wrong with the batch; a smaller one will tell what.
  Lost,       ///< The parse gave no answer.
  Unusable,   ///< The unit does not compile without the edits either.
};

/// One fix of one finding on its way through the rounds.
struct Candidate {
  std::size_t finding = 0;                    ///< Index into the findings.
  std::size_t fix = 0;                        ///< Index into the finding's fixes.
  std::vector<std::string> record_ids;        ///< That it changes by itself. Sorted.
  std::vector<std::uint32_t> units;           ///< Usable units that see one of them. Sorted.
  std::map<std::uint32_t, std::size_t> seen;  ///< By unit: how many of its records it sees.
  /// The unit with most uses that could break: initialiser lists, assertions, designators.
  std::optional<std::uint32_t> telling;
  std::map<std::uint32_t, Verdict> verdicts;  ///< By unit.
  std::string lost_reason;                    ///< Why a unit said nothing, if one did.
  std::string rejection;       ///< Not empty: it does not hold. For people who look into proofs.
  std::string no_edit;         ///< The same for those who read the finding, as a clause.
  std::uint32_t rejector = 0;  ///< The unit that rejected it.
  bool contradicted = false;   ///< The compiler computed another size than was promised.
  bool again = false;  ///< It stands in for a fix that was rejected, or lost a unit that it asked.
  std::map<std::string, SizeChange> sizes;  ///< As the compiler told them, by record id.
};

[[nodiscard]] std::size_t units_with(const Candidate& candidate, Verdict verdict);

/// Which records lie in which: as members, elements of array members or bases, at any depth.
/// Answers are worked out when they are asked for, since common types lie in nearly everything.
class Containment {
 public:
  explicit Containment(const Model& model);

  /// Records that contain the record, itself included.
  [[nodiscard]] const std::set<std::string>& holders(const std::string& record_id) const;

  /// How much the uses of the record in each file can tell about a fix of it.
  using Telling = std::map<std::string, std::size_t>;
  [[nodiscard]] const Telling& telling(const std::string& record_id) const;

 private:
  void weigh_uses(const Model& model);

  std::map<std::string, Telling> telling_;
  std::map<std::string, std::set<std::string>> direct_;  ///< Part to the records around it.
  mutable std::map<std::string, std::set<std::string>> holders_;
};

/// How strictly fixes are kept apart.
enum class Mixing : std::uint8_t {
  NoSharedHolder,  ///< No third record contains records of both: every size has one cause.
  NoNesting,       ///< Only no record of one contains a record of the other.
};

/// The candidate for a fix: what it changes, who sees it, and the units that say most about it.
[[nodiscard]] Candidate make_candidate(std::size_t finding, std::size_t fix,
                                       std::span<const Finding> findings, const Model& model,
                                       const Containment& holders);

}  // namespace snug
