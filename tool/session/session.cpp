#include "session/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/kept_files.hpp"
#include "fix/unread_units.hpp"
#include "gate/places.hpp"
#include "scan/parts/part_file.hpp"
#include "session/better_order.hpp"
#include "session/check_selection.hpp"
#include "session/configure.hpp"
#include "session/kept_findings.hpp"
#include "session/profile.hpp"
#include "session/unread_files.hpp"

namespace snug {
namespace {

/// One command for each file: the first of the database that can be read, else the first.
std::vector<FrontEndCommand> first_ways(const Project& project, DriverCache& drivers) {
  std::map<std::string, FrontEndCommand> chosen;
  const auto readable = [](const FrontEndCommand& command) {
    return command.failure.empty() && command.skipped.empty();
  };
  for (const CompileCommand& way : project.commands) {
    const auto known = chosen.find(way.file);
    if (known != chosen.end() && readable(known->second)) continue;
    for (FrontEndCommand& command : translate({way}, project.scan, drivers)) {
      if (known == chosen.end()) {
        chosen.try_emplace(way.file, std::move(command));
      } else if (readable(command)) {
        known->second = std::move(command);
      }
    }
  }
  std::vector<FrontEndCommand> commands;
  for (auto& [file, command] : chosen) commands.push_back(std::move(command));
  return commands;
}

/// Differences are told to all: they are faults of this program that cost time only.
void tell_sharing(const SharingReport& report, Events& events) {
  for (const std::string& file : report.differences) {
    events.tell(fmt::format(
        "the standard headers were not shared among units like {}: read behind their compiled form "
        "it gave another model. Please report it; --no-preamble saves the try",
        file));
  }
  for (const auto& [rule, count] : report.refusals) {
    events.detail(fmt::format("{} unit{} read without shared headers: {}", count,
                              count == 1 ? "" : "s", rule));
  }
}

}  // namespace

std::vector<const Check*> chosen_checks(const CheckPlan& plan, bool layout_only) {
  validate_options(all_checks(), plan.options);
  std::vector<const Check*> checks = select_checks(all_checks(), plan.checks.value_or(""));
  if (layout_only) {
    std::erase_if(checks, [](const Check* check) { return check->needs_bodies; });
  }
  return checks;
}

Session::Session(ProjectSpec spec, const Files& files, Runner& runner, Events& events)
    : spec_(std::move(spec)),
      events_(events),
      drivers_(runner),
      project_(load_project(spec_, files, drivers_, events)) {
  const bool shares = !spec_.shared_cache.empty();
  if (project_.parts.empty() && (shares || !spec_.cache.empty())) {
    kept_.emplace(spec_.cache, spec_.cache_read_only && !shares,
                  open_shared_results(spec_.shared_cache, spec_.cache_read_only, events_), events_);
  }
  events_.step("load");
}

const std::vector<FrontEndCommand>& Session::commands() {
  if (!commands_) {
    commands_ = spec_.one_way ? first_ways(project_, drivers_)
                              : translate(project_.commands, project_.scan, drivers_);
  }
  return *commands_;
}

Model Session::read(const Files& files, Origins* origins) {
  if (!project_.parts.empty()) {
    Model model = read_parts(project_, spec_, events_, origins);
    keep_inputs(spec_.outputs, spec_.current_folder, inputs_of(model));
    events_.step("read");
    return model;
  }
  ScanOptions options = project_.scan;
  options.files = &files;
  options.sharing = &sharing_;
  Model model = scan_units(
      commands(), options,
      [&](const ScanProgress& progress, const std::string& file) {
        events_.progress(progress, file);
      },
      keeper(), origins);
  keep_inputs(spec_.outputs, spec_.current_folder, inputs_of(model));
  tell_sharing(sharing_, events_);
  events_.step("scan");
  return model;
}

Model& Session::own_model() {
  if (!model_) model_ = read(files(), &origins_);
  return *model_;
}

const Model& Session::model() {
  return own_model();
}

std::string Session::part() {
  const Model& model = own_model();
  return part_bytes({project_.scan.root, "", project_.scan.known->digest()}, model, origins_);
}

Checked Session::check(const CheckPlan& plan) {
  // What cannot be right is told before the long scan.
  (void)chosen_checks(plan, spec_.meaning.layout_only);
  Checked checked;
  checked.gates = open_gates(plan, project_, files());
  const std::vector<ProfiledType> profiled = open_profile(plan, spec_.current_folder);
  Model& model = own_model();
  checked.plan = settled(plan, project_.configuration);
  checked.checks = chosen_checks(checked.plan, spec_.meaning.layout_only);

  // Beyond this point the parsed code is plain data.
  const KeptFiles texts(files());
  read_rules(checked.gates, model, project_, checked.plan, texts);
  const AccessProfile profile = matched_profile(profiled, model, checked.plan, events_);
  const auto run = [&] {
    return run_checks(
        checked.checks, model, texts, checked.plan.options, profile, *project_.scan.known,
        test_files_of(model, project_.scan.root),
        [&](const Check& check) { events_.step(fmt::format("check {}", check.id)); },
        orders_memory());
  };
  // What is not saved yet will be another text with the next key.
  if (kept_ && profile.records.empty() && files().texts().empty()) {
    checked.findings = kept_findings(
        *kept_, findings_question(checked.checks, checked.plan.options, model, project_.scan),
        texts, run);
    events_.step("kept findings");
  } else {
    checked.findings = run();
  }

  // What is not reported costs no proof.
  pass_gates(checked.gates, checked.findings, model, project_, checked.checks, checked.plan, texts);
  events_.step("gates");
  return checked;
}

std::vector<Finding> Session::orders(const CheckPlan& plan) {
  Model& model = own_model();
  const CheckPlan all = settled(plan, project_.configuration);
  Gates gates;
  read_rules(gates, model, project_, CheckPlan(), files());
  std::vector<Finding> findings =
      padding_findings(model, files(), all.options, *project_.scan.known, orders_memory());
  events_.step("rank");
  return findings;
}

void Session::respect_others(std::vector<Finding>& findings) {
  snug::respect_others(own_model(), project_, files(), findings);
}

Proven Session::prove(std::vector<Finding> findings, const ProofPlan& plan) {
  Proven proven = snug::prove(std::move(findings), own_model(), project_.scan, plan, keeper());
  respect_others(proven.run.findings);
  events_.step("prove");
  return proven;
}

std::string Session::plan_proofs(const Checked& checked, const ProofPlan& plan,
                                 std::size_t& count) {
  const Model& model = own_model();
  const std::vector<ProofJob> jobs = planned_jobs(checked.findings, model, project_.scan, plan);
  count = jobs.size();
  return plan_bytes(project_.scan, model, jobs);
}

Judged Session::judge(Checked& checked, const ProofPlan& plan) {
  const Model& model = own_model();
  Judged judged;
  judged.proven = snug::prove(std::move(checked.findings), model, project_.scan, plan, keeper());
  std::vector<Finding>& findings = judged.proven.run.findings;
  respect_unread_units(model, findings);
  events_.step("prove");
  respect_others(findings);
  const bool whole = project_.parts.empty() && project_.named.empty() && spec_.shard.count == 1;
  if (whole) respect_unread_files(project_, model, files(), findings, events_);
  judged.counts =
      snug::judge(checked.gates, findings, model, project_, checked.checks, checked.plan, events_);
  judged.counts.contradicted = judged.proven.run.contradicted.size();
  return judged;
}

FixRun Session::fix(const FixPlan& plan) {
  FixPlan all = plan;
  all.check = settled(plan.check, project_.configuration);
  return run_fix_rounds(
      project_, [this](const Files& files) { return read(files); }, all, keeper(), events_);
}

}  // namespace snug
