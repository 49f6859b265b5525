// [[known.type]] and [[known.function]] of .snug.toml.
#pragma once

#include "gate/configuration/toml_table.hpp"
#include "known/known.hpp"

namespace snug::configuration {

/// Adds the rows of the table `known`, which stands at `where`. Throws Error for anything that is
/// no row.
void read_known(const Values& values, const toml::node& node, const SourceRange& where,
                OwnRows& rows);

}  // namespace snug::configuration
