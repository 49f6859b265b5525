#include "report/fingerprint.hpp"

#include "base/files.hpp"

namespace snug {
std::string fingerprint_of(const Finding& finding) {
  constexpr std::size_t digits = 16;
  return sha256_hex(finding.check + '\n' + lasting_name(finding.subject)).substr(0, digits);
}

}  // namespace snug
