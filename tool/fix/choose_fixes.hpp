// Which of the suggested fixes are applied, and what is said of the others.
//
// Everything that speaks against a fix without the compiler is found here; verify_set.hpp has the
// last word.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/text_edit.hpp"
#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// Why a fix is left out.
enum class Left : std::uint8_t {
  Review,    ///< Its safety is `review`, and less was asked for.
  Abi,       ///< Its safety is `abi`, and less was asked for.
  ByHand,    ///< Code that no edit can serve has to follow it.
  Refused,   ///< The check can make no edit.
  Barred,    ///< One of its files may not or cannot be changed.
  Unseen,    ///< Code that was not read may depend on it.
  Waiting,   ///< Its edits touch those of a fix that comes before it.
  Rejected,  ///< The compiler does not accept it, alone or with the others.
};

struct LeftFix {
  std::size_t finding = 0;  ///< Index into the findings.
  Left why = Left::Refused;
  std::vector<std::string> reasons;  ///< Sentences without a full stop.
};

/// What the fixes may touch. Each function gives an empty string or a reason.
struct FixRules {
  Safety safety = Safety::Safe;  ///< The most that is applied.
  /// Why a file may not be changed.
  std::function<std::string(const std::string& file)> bar;
  /// One name for all names of a file that symbolic links give it.
  std::function<std::string(const std::string& file)> real_name;
};

/// The findings with the fixes that may be applied, for the proof, and those that have none.
struct OpenFixes {
  std::vector<Finding> open;
  std::vector<Finding> closed;
  std::vector<LeftFix> left;  ///< One for each of `closed`, in its order.
};

/// Sorts out what the rules do not allow. Edits of the fixes that stay name files as
/// `rules.real_name` does, each once.
[[nodiscard]] OpenFixes open_fixes(std::vector<Finding> findings, const Model& model,
                                   const FixRules& rules);

/// Proven fixes whose edits do not touch.
struct Choice {
  std::vector<std::size_t> chosen;  ///< Indices into the findings, ascending.
  std::vector<LeftFix> left;        ///< Those that wait.
};

/// Takes the first fix of each finding where the compiler has verified it. Of two fixes whose edits
/// touch, the one whose finding comes first is taken; equal edits are no conflict.
[[nodiscard]] Choice choose_fixes(const std::vector<Finding>& findings);

/// The edits of the chosen fixes: sorted, each once, not overlapping.
[[nodiscard]] std::vector<TextEdit> joined_edits(const std::vector<Finding>& findings,
                                                 const std::vector<std::size_t>& chosen);

}  // namespace snug
