// Small projects in memory, scanned unit by unit and merged, for tests of order-dependent uses.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"

namespace snug::test {

/// Files by name relative to the root. Those that end in .c, .cpp are units; each is parsed on its
/// own. C++20 and C17. Fails the test where a unit does not compile.
[[nodiscard]] Model scan_sources(const std::map<std::string, std::string>& files,
                                 const std::vector<std::string>& flags = {});

/// The uses of a record (by its name, or of the template with that name) of one kind.
[[nodiscard]] std::vector<Use> uses_of(const Model& model, std::string_view record, UseKind kind);

/// All uses of a record that one unit shows as a whole, as "kind@file:line", sorted; those that
/// keep their meaning end in "=".
[[nodiscard]] std::vector<std::string> use_list(const Model& model, std::string_view record);

/// All instantiations with that name, or the record itself.
[[nodiscard]] std::vector<const Record*> records_named(const Model& model, std::string_view name);

}  // namespace snug::test
