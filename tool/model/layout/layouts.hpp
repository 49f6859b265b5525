// The layouts under which the units of a merge know one record.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/record.hpp"

namespace snug {

struct Layout {
  Record record;
  std::uint32_t from = 0;
  std::vector<std::uint32_t> units;
};

/// A record that is written once more in another file is told from the first, whatever its layout:
/// an edit of one of them leaves the other.
[[nodiscard]] bool is_same_text(const Record& a, const Record& b);

/// Joins layouts that two names of one file, or a file and its copy, have told apart. `hashes`:
/// path to the hash of the text.
void join_copies(std::vector<Layout>& layouts, const std::map<std::string, std::string>& hashes);

}  // namespace snug
