// Any bytes as a report: what is read does not differ from itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "gate/compare_runs.hpp"
#include "gate/read_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  try {
    const snug::RunResult run = snug::read_report(text, "r.json");
    const snug::RunDiff same = snug::compare_runs(run, run);
    if (!same.records.empty() || !same.new_findings.empty() || !same.gone_findings.empty()) {
      std::abort();
    }
    snug::RunResult nothing;
    nothing.model.abi = run.model.abi;
    if (snug::compare_runs(run, nothing).records.size() != run.model.records.size()) std::abort();
  } catch (const snug::Error& error) {
    if (!std::string_view(error.what()).starts_with("r.json:")) std::abort();
  }
  return 0;
}
