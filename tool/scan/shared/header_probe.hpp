// Which files standard headers consist of with some flags, and how long these are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "scan/command/driver.hpp"
#include "scan/shared/header_graph.hpp"

namespace snug {

/// As the front end told them.
struct HeaderProbe {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> headers;  ///< A header and its file.
  std::vector<std::uint64_t> sizes;                              ///< Of the files, in bytes.
  std::vector<std::vector<std::uint32_t>> includes;              ///< Of each file: other files.
};

/// Parses standard headers, in this process, without bodies. A header that is not there, or does
/// not compile, is no error: what it consists of is then not known whole. `folder` is the caller's,
/// `name` becomes the name of a file in it.
[[nodiscard]] HeaderProbe probe_headers(const FrontEndCommand& command, const Files& files,
                                        const HeaderSet& headers, const std::string& folder,
                                        const std::string& name);

[[nodiscard]] std::string probe_bytes(const HeaderProbe& probe);
/// Throws Error for bytes that probe_bytes() did not make.
[[nodiscard]] HeaderProbe probe_from_bytes(std::string_view bytes);

/// Sets of headers, by the files that they consist of.
class HeaderClosures {
 public:
  explicit HeaderClosures(const HeaderProbe& probe);

  /// The headers of a list and those that they contain whole. O(headers x files).
  [[nodiscard]] HeaderSet all_of(const std::vector<std::uint32_t>& headers) const;
  /// Bytes of all files that a set consists of.
  [[nodiscard]] std::uint64_t bytes_of(const HeaderSet& headers) const;

 private:
  using FileSet = std::vector<bool>;
  std::vector<std::uint64_t> sizes_;
  std::vector<std::pair<std::uint32_t, FileSet>> closures_;
};

}  // namespace snug
