// Words and edits that the checks on ownership share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"
#include "model/model.hpp"

namespace snug {

/// "std::shared_ptr<Config>".
[[nodiscard]] std::string owner_text(const OwnerType& type);

/// "std::make_shared", "boost::make_shared", "snug::make_rc": what makes object and counts in one
/// allocation. Empty where nothing does.
[[nodiscard]] std::string maker_of(std::string_view family);

/// "std::weak_ptr", "snug::weak_rc" ...
[[nodiscard]] std::string weak_of(std::string_view family);

/// Edits that turn `T x` into `const T& x`. Empty if the declaration is not editable.
[[nodiscard]] std::vector<TextEdit> reference_edits(const DeclaratorPlace& place);

/// True if the word (of an identifier, any case, underscores aside) names a link that leads back:
/// parent, owner, prev ...
[[nodiscard]] bool leads_back(std::string_view field);

/// True if all units are compiled as C++20 or later.
[[nodiscard]] bool all_cxx20(const std::vector<std::uint32_t>& units, const Model& model);

/// "in 'f'", or nothing for code outside of functions.
[[nodiscard]] std::string in_function(std::string_view function);

/// The path without its folders, for subjects of fingerprints of code outside of functions.
[[nodiscard]] std::string subject_at(const std::string& function, std::string_view what,
                                     const SourceRange& where);

}  // namespace snug
