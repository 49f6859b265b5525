#include "report/proof_words.hpp"

#include <fmt/format.h>

namespace snug {

std::string proof_words(const SuggestedFix& fix) {
  if (!fix.proof || !fix.proof->verified) {
    return "not proven by the compiler";
  }
  const Proof& proof = *fix.proof;
  if (proof.units_using == 1) {
    return "compiled in the one unit that uses it";
  }
  if (proof.units_proven == proof.units_using) {
    return fmt::format("compiled in all {} units that use it", proof.units_using);
  }
  return fmt::format("compiled in {} of the {} units that use it", proof.units_proven,
                     proof.units_using);
}

}  // namespace snug
