#include "analysis/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "analysis/describe.hpp"
#include "analysis/holders.hpp"
#include "analysis/observed.hpp"
#include "analysis/thread_facts.hpp"
#include "base/error.hpp"

namespace snug {

#define SNUG_CHECK(name) extern const Check name;
namespace checks {
#include "check_list.inc"
}  // namespace checks
#undef SNUG_CHECK

std::uint64_t Pass::option(std::string_view name) const {
  const auto declared = std::find_if(check.options.begin(), check.options.end(),
                                     [&](const CheckOption& one) { return one.name == name; });
  if (declared == check.options.end()) {
    throw std::logic_error(fmt::format("check '{}' declares no option '{}'", check.id, name));
  }
  const auto set = options.find(fmt::format("{}.{}", check.id, name));
  return set == options.end() ? declared->default_value : set->second;
}

void Pass::report(Finding finding) {
  finding.check = check.id;
  findings.push_back(std::move(finding));
}

std::span<const Check* const> all_checks() {
#define SNUG_CHECK(name) &checks::name,
  static const auto list = [] {
    std::array checks = {
#include "check_list.inc"
    };
    std::sort(checks.begin(), checks.end(),
              [](const Check* a, const Check* b) { return a->id < b->id; });
    return checks;
  }();
#undef SNUG_CHECK
  return list;
}

namespace {

/// Of the record that the first fix shrinks most.
std::int64_t lines_saved(const Finding& finding, const Abi& abi) {
  std::int64_t most = 0;
  if (finding.fixes.empty()) return most;
  for (const SizeChange& size : finding.fixes.front().promise.sizes) {
    most = std::max(most, static_cast<std::int64_t>(lines_of(size.before, abi)) -
                              static_cast<std::int64_t>(lines_of(size.after, abi)));
  }
  return most;
}

}  // namespace

std::vector<Finding> run_checks(std::span<const Check* const> checks, const Model& model,
                                const Files& files, const OptionValues& options,
                                const AccessProfile& profile,
                                const std::vector<std::string>& thread_entries) {
  std::vector<Finding> findings;
  const ThreadFacts threads(model, {thread_entries});
  const Holders holders(model);
  for (const Check* check : checks) {
    const std::size_t before = findings.size();
    Pass pass{*check, model, files, options, threads, holders, findings, profile};
    check->run(pass);
    for (std::size_t i = before; i < findings.size(); ++i) {
      findings[i].lines_saved = lines_saved(findings[i], model.abi);
    }
    if (!check->ranked) continue;
    for (std::size_t i = before; i < findings.size(); ++i) observe(model, profile, findings[i]);
  }
  std::sort(findings.begin(), findings.end(), report_before);
  return findings;
}

}  // namespace snug
