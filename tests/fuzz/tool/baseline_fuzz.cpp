// Any bytes as a baseline: what is read is written and read again the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "gate/baseline.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const snug::Baseline baseline = snug::read_baseline(text, "base.json");
    const std::string again = snug::to_text(baseline);
    if (snug::to_text(snug::read_baseline(again, "again.json")) != again) std::abort();
    std::vector<snug::Finding> findings(1);
    const std::string print = baseline.findings.empty() ? "" : baseline.findings[0].fingerprint;
    (void)snug::compare(baseline, std::span(&print, 1), findings);
    if (!baseline.findings.empty() && findings[0].state != snug::FindingState::Known) std::abort();
  } catch (const snug::Error& error) {
    if (!std::string_view(error.what()).starts_with("base.json:")) std::abort();
  }
  return 0;
}
