// 1. Plans tell which units share what (shared_plan.cpp); their headers are compiled in workers.
// 2. Two units of each plan, and one in fifty of the others, are audited: read plainly and behind
//    the headers. A plan is given up if an audit differs, or if rules were against all of them.
// 3. All other units are read behind the headers, and plainly where a rule is against it, or where
//    a worker ended on one.
#include "scan/shared/header_sharing.hpp"

#include <set>
#include <utility>

#include "base/error.hpp"
#include "scan/parse/workers.hpp"
#include "scan/parts/model_file.hpp"
#include "scan/shared/compiled_headers.hpp"
#include "scan/shared/shared_plan.hpp"

namespace snug {
namespace {

constexpr std::size_t audited_share = 50;  // One unit in so many.

// What a worker tells of a unit; anything else is the rule that it broke.
constexpr std::string_view told_plain = "plain";
constexpr std::string_view told_shared = "shared";
constexpr std::string_view told_same = "same";
constexpr std::string_view told_different = "different";

}  // namespace

struct HeaderSharing::Plan {
  SharedPlan plan;
  std::set<std::size_t> audited;
  CompiledHeaders headers;
  std::unique_ptr<HeaderFacts> facts;  ///< Null: there is no compiled form.
  std::size_t agreed = 0;              ///< Audits in which both were the same.
  std::size_t open = 0;                ///< Audits that are not done yet.
  bool given_up = false;

  [[nodiscard]] bool is_used() const { return facts != nullptr && !given_up; }
  void end_audit(std::size_t place, bool same) {
    if (!audited.contains(place)) return;
    agreed += same ? 1 : 0;
    if (--open == 0 && agreed == 0) given_up = true;
  }
};

HeaderSharing::HeaderSharing(const std::vector<FrontEndCommand>& commands,
                             const std::vector<std::size_t>& places, const ScanOptions& options)
    : commands_(commands), options_(options) {
  if (options.share_headers && places.size() >= units_of_plan) compile(places);
}

HeaderSharing::~HeaderSharing() = default;

void HeaderSharing::compile(const std::vector<std::size_t>& places) {
  try {
    folder_.emplace("snug-headers");
  } catch (const Error&) {
    report_.refusals["no folder for temporary files"] += places.size();
    return;
  }
  SharedPlans plans = plan_shared_headers(commands_, places, options_, folder_->path());
  for (const auto& [rule, count] : plans.refusals) report_.refusals[rule] += count;
  for (SharedPlan& plan : plans.plans) {
    plans_.push_back(std::make_unique<Plan>());
    plans_.back()->plan = std::move(plan);
  }
  run_in_workers(
      plans_.size(),
      [&](std::size_t task) {
        const SharedPlan& plan = plans_[task]->plan;
        return headers_bytes(compile_headers(commands_[plan.units.front()], options_, plan.headers,
                                             folder_->path(), "shared" + std::to_string(task)));
      },
      limits_of(options_),
      [&](std::size_t task, TaskOutcome outcome) {
        Plan& plan = *plans_[task];
        if (outcome.status == TaskStatus::Ok) plan.headers = headers_from_bytes(outcome.bytes);
        if (plan.headers.compiled.empty()) {
          const std::string why =
              plan.headers.refusal.empty() ? outcome.reason : plan.headers.refusal;
          report_.refusals[why] += plan.plan.units.size();
          return;
        }
        plan.facts = std::make_unique<HeaderFacts>(plan.headers);
      });
  for (const auto& plan : plans_) {
    if (!plan->is_used()) continue;
    for (std::size_t at = 0; at < plan->plan.units.size(); ++at) {
      const std::size_t place = plan->plan.units[at];
      plan_of_[place] = plan.get();
      const bool tried = at % audited_share == 0 || at == plan->plan.units.size() / 2;
      if (!tried) continue;
      plan->audited.insert(place);
      ++plan->open;
      first_.push_back(place);
    }
  }
}

std::string HeaderSharing::scan(std::size_t place, UnitInputs* inputs, LeftStanding& standing,
                                std::string& outcome) const {
  const FrontEndCommand& command = commands_[place];
  const auto found = plan_of_.find(place);
  const Plan* const plan = found == plan_of_.end() ? nullptr : found->second;
  const auto plainly = [&] { return to_bytes(scan_unit(command, options_, inputs, &standing)); };
  outcome = told_plain;
  if (plan == nullptr || !plan->is_used()) return plainly();
  const bool audited = plan->audited.contains(place);
  std::optional<Model> behind = scan_unit_behind(*plan->facts, command, options_,
                                                 audited ? nullptr : inputs, &standing, outcome);
  if (!behind) return plainly();
  outcome = told_shared;
  std::string bytes = to_bytes(std::move(*behind));
  if (!audited) return bytes;
  std::string plain = plainly();
  outcome = plain == bytes ? told_same : told_different;
  return plain;
}

void HeaderSharing::note(std::size_t place, std::string_view outcome) {
  const auto found = plan_of_.find(place);
  if (found == plan_of_.end()) {
    ++report_.plain;
    return;
  }
  Plan& plan = *found->second;
  if (outcome == told_shared) {
    ++report_.shared;
  } else if (outcome == told_same || outcome == told_different) {
    ++report_.audited;
  } else {
    ++report_.plain;
    if (outcome != told_plain) ++report_.refusals[std::string(outcome)];
  }
  if (outcome == told_different) {
    plan.given_up = true;
    report_.differences.push_back(commands_[place].file);
  }
  plan.end_audit(place, outcome == told_same);
}

bool HeaderSharing::avoid(std::size_t place) {
  const auto found = plan_of_.find(place);
  if (found == plan_of_.end() || !found->second->is_used()) return false;
  found->second->end_audit(place, false);
  plan_of_.erase(found);
  ++report_.refusals["the front end ends on it"];
  return true;
}

}  // namespace snug
