#include "report/proof_words.hpp"

#include <fmt/format.h>

namespace snug {

std::string proof_words(const SuggestedFix& fix) {
  if (!fix.proof || !fix.proof->verified) {
    return "not proven by the compiler";
  }
  const Proof& proof = *fix.proof;
  if (proof.units_using == 1) {
    return "verified in the only unit that uses it";
  }
  if (proof.units_proven == proof.units_using) {
    return proof.units_using == 2
               ? "verified in both units that use it"
               : fmt::format("verified in all {} units that use it", proof.units_using);
  }
  return fmt::format("verified in {} of the {} units that use it", proof.units_proven,
                     proof.units_using);
}

}  // namespace snug
