// Compiled headers are worth what they save in all units that are read behind them, less what it
// costs to compile them and to try them out.
//
// 1. Units with the same flags form a group: target, language, standard, macros and folders are all
//    in the flags.
// 2. Of each unit the standard headers are taken that it names (header_graph.hpp), and those that
//    these contain: all that a group names is parsed once to learn which (header_probe.hpp).
// 3. Candidates are the sets of units and what two of them have in common. A unit can be served by
//    a candidate that is part of its own set: a header that a unit does not include must not be
//    seen in it.
// 4. The best candidate is taken first, then the one that gains most beside it, as long as one
//    pays.
#include "scan/shared/shared_plan.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "known/std_headers.hpp"
#include "scan/parse/workers.hpp"
#include "scan/shared/header_graph.hpp"
#include "scan/shared/header_probe.hpp"

namespace snug {
namespace {

/// What compiling a plan's headers, loading them and trying them in one unit costs, in units that
/// read them plainly.
constexpr std::uint64_t cost_in_units = 4;
constexpr std::size_t most_plans = 4;        // Of one group.
constexpr std::size_t most_candidates = 64;  // Sets of units; what pairs have in common adds.

/// Flags behind which other texts come first, or other files are read than texts name.
constexpr auto barring_flags = std::to_array<std::string_view>(
    {"-include", "-imacros", "-include-pch", "-fmodule", "-fprebuilt-module", "-fcxx-modules",
     "-fimplicit-module", "-ivfsoverlay", "-nostdlibinc", "-nostdinc++", "-nobuiltininc",
     "-fopenmp", "-D_OPENMP"});

/// Why no unit with these flags shares headers; empty if it may.
std::string flags_refusal(const FrontEndCommand& command) {
  if (command.arguments.front() == "clang-cl") return "flags in the syntax of cl";
  for (const std::string& argument : command.arguments) {
    const auto barring = std::find_if(barring_flags.begin(), barring_flags.end(),
                                      [&](auto flag) { return argument.starts_with(flag); });
    if (barring != barring_flags.end()) return "the flag " + std::string(*barring);
  }
  if (search_folders(command.arguments).system.empty()) {
    return "the folders of the system's headers are not known";
  }
  return "";
}

/// What one unit includes.
struct UnitHeaders {
  std::size_t place = 0;
  std::vector<std::uint32_t> order;
  HeaderSet all;
  std::uint64_t saved = 0;  ///< Bytes that its plan saves; 0: it has none.
  std::optional<std::size_t> plan;
};

struct Candidate {
  HeaderSet headers;
  std::uint64_t bytes = 0;
};

using ByBits = decltype([](const HeaderSet& a, const HeaderSet& b) {
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (a.test(at) != b.test(at)) return b.test(at);
  }
  return false;
});

std::vector<Candidate> candidates_of(const std::vector<UnitHeaders>& units,
                                     const HeaderClosures& closures) {
  std::map<HeaderSet, std::size_t, ByBits> counts;
  for (const UnitHeaders& unit : units) ++counts[unit.all];
  std::vector<std::pair<std::size_t, HeaderSet>> sets;
  for (const auto& [headers, count] : counts) sets.emplace_back(count, headers);
  std::stable_sort(sets.begin(), sets.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  sets.resize(std::min(sets.size(), most_candidates));
  std::map<HeaderSet, bool, ByBits> distinct;
  for (std::size_t first = 0; first < sets.size(); ++first) {
    for (std::size_t second = first; second < sets.size(); ++second) {
      distinct.emplace(sets[first].second & sets[second].second, true);
    }
  }
  std::vector<Candidate> result;
  for (const auto& [headers, ignored] : distinct) {
    if (headers.any()) result.push_back({headers, closures.bytes_of(headers)});
  }
  return result;
}

bool serves(const Candidate& candidate, const UnitHeaders& unit) {
  return (candidate.headers & ~unit.all).none();
}

/// Bytes that are not read again, less what the plan costs; 0 if it does not pay.
std::uint64_t gain_of(const Candidate& candidate, const std::vector<UnitHeaders>& units) {
  std::uint64_t gain = 0;
  std::size_t served = 0;
  for (const UnitHeaders& unit : units) {
    if (!serves(candidate, unit) || candidate.bytes <= unit.saved) continue;
    gain += candidate.bytes - unit.saved;
    ++served;
  }
  const std::uint64_t cost = cost_in_units * candidate.bytes;
  return served < units_of_plan || gain <= cost ? 0 : gain - cost;
}

/// Names in the order in which a unit that is served includes them; behind these what it has only
/// within others, and is not there yet.
std::vector<std::string> names_of(const HeaderSet& headers, const UnitHeaders& unit,
                                  const HeaderClosures& closures) {
  std::vector<std::uint32_t> named;
  for (const std::uint32_t header : unit.order) {
    if (headers.test(header)) named.push_back(header);
  }
  for (std::uint32_t header = 0; header < standard_headers().size(); ++header) {
    if (headers.test(header) && !closures.all_of(named).test(header)) named.push_back(header);
  }
  std::vector<std::string> names;
  for (const std::uint32_t header : named) names.emplace_back(standard_headers()[header]);
  return names;
}

/// Units with the same flags.
struct Group {
  std::vector<UnitHeaders> units;
  HeaderSet named;  ///< By enough of them.
};

Group read_group(const std::vector<FrontEndCommand>& commands,
                 const std::vector<std::size_t>& places, const ScanOptions& options,
                 std::size_t& choosing) {
  Group group;
  HeaderGraph graph(*options.files, search_folders(commands[places.front()].arguments));
  std::map<std::uint32_t, std::size_t> counts;
  for (const std::size_t place : places) {
    if (graph.chooses_features(commands[place].file)) {
      ++choosing;
      continue;
    }
    UnitHeaders unit;
    unit.place = place;
    unit.order = graph.headers_of(commands[place].file);
    for (const std::uint32_t header : unit.order) ++counts[header];
    group.units.push_back(std::move(unit));
  }
  for (const auto& [header, count] : counts) {
    if (count >= units_of_plan) group.named.set(header);
  }
  return group;
}

/// Takes the best candidates; the units know theirs by number.
std::vector<HeaderSet> choose(std::vector<UnitHeaders>& units,
                              const std::vector<Candidate>& candidates) {
  std::vector<HeaderSet> chosen;
  while (chosen.size() < most_plans) {
    const Candidate* best = nullptr;
    std::uint64_t most = 0;
    for (const Candidate& candidate : candidates) {
      const std::uint64_t gain = gain_of(candidate, units);
      if (gain > most) best = &candidate;
      most = std::max(most, gain);
    }
    if (best == nullptr) break;
    for (UnitHeaders& unit : units) {
      if (!serves(*best, unit) || best->bytes <= unit.saved) continue;
      unit.saved = best->bytes;
      unit.plan = chosen.size();
    }
    chosen.push_back(best->headers);
  }
  return chosen;
}

void plan_group(Group& group, const HeaderClosures& closures, SharedPlans& result) {
  for (UnitHeaders& unit : group.units) unit.all = closures.all_of(unit.order);
  const std::vector<HeaderSet> chosen = choose(group.units, candidates_of(group.units, closures));
  std::size_t without = group.units.size();
  for (std::size_t number = 0; number < chosen.size(); ++number) {
    SharedPlan plan;
    for (const UnitHeaders& unit : group.units) {
      if (unit.plan != number) continue;
      if (plan.units.empty()) plan.headers = names_of(chosen[number], unit, closures);
      plan.units.push_back(unit.place);
    }
    // A later one may have taken most of its units.
    if (plan.units.size() < units_of_plan) continue;
    without -= plan.units.size();
    result.plans.push_back(std::move(plan));
  }
  if (without > 0) result.refusals["its standard headers are those of too few units"] += without;
}

}  // namespace

SharedPlans plan_shared_headers(const std::vector<FrontEndCommand>& commands,
                                const std::vector<std::size_t>& places, const ScanOptions& options,
                                const std::string& folder) {
  SharedPlans result;
  if (options.system_headers) {
    result.refusals["--system-headers"] = places.size();
    return result;
  }
  std::map<std::vector<std::string>, std::vector<std::size_t>> by_flags;
  for (const std::size_t place : places) by_flags[commands[place].arguments].push_back(place);
  std::vector<Group> groups;
  for (const auto& [arguments, members] : by_flags) {
    const std::string refusal = members.size() < units_of_plan
                                    ? "fewer than 8 units have the same flags"
                                    : flags_refusal(commands[members.front()]);
    if (!refusal.empty()) {
      result.refusals[refusal] += members.size();
      continue;
    }
    std::size_t choosing = 0;
    Group group = read_group(commands, members, options, choosing);
    if (choosing > 0) result.refusals["its text chooses what the headers declare"] += choosing;
    if (group.units.size() >= units_of_plan) {
      groups.push_back(std::move(group));
    } else if (!group.units.empty()) {
      result.refusals["its standard headers are those of too few units"] += group.units.size();
    }
  }
  run_in_workers(
      groups.size(),
      [&](std::size_t task) {
        const Group& group = groups[task];
        return probe_bytes(probe_headers(commands[group.units.front().place], *options.files,
                                         group.named, folder, "probe" + std::to_string(task)));
      },
      limits_of(options),
      [&](std::size_t task, TaskOutcome outcome) {
        HeaderProbe probe;
        if (outcome.status == TaskStatus::Ok) probe = probe_from_bytes(outcome.bytes);
        plan_group(groups[task], HeaderClosures(probe), result);
      });
  return result;
}

}  // namespace snug
