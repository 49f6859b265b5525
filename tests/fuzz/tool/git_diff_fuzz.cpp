// Any bytes as the output of git diff: files below the folder, and ranges that make sense.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gate/git_changes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const snug::ChangedLines changes = snug::parse_diff(text, "/p");
  for (const auto& [file, ranges] : changes.files()) {
    if (!file.starts_with("/p/") || ranges.empty()) std::abort();
    for (const snug::LineRange& range : ranges) {
      if (range.last != 0xFFFFFFFFU && range.last + 1 < range.first) std::abort();
    }
  }
  return 0;
}
