#include "session/gates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "fix/editable.hpp"
#include "gate/ignores.hpp"
#include "gate/interfaces.hpp"
#include "gate/places.hpp"
#include "gate/public_types.hpp"
#include "gate/staged.hpp"
#include "gate/touched.hpp"
#include "model/scanned_text.hpp"
#include "report/fingerprint.hpp"
#include "report/paths.hpp"
#include "session/configure.hpp"

namespace snug {
namespace {

/// So many findings that are gone are named; the rest is counted.
constexpr std::size_t most_gone = 10;

/// The files of the scan as they were scanned: in others the places of the model mean nothing.
class ScannedFiles final : public Files {
 public:
  ScannedFiles(const Model& model, const Files& files) : model_(model), files_(files) {}

  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override {
    std::optional<std::string> text = files_.read(path);
    return is_as_scanned(model_, path, text) ? text : std::nullopt;
  }

 private:
  const Model& model_;
  const Files& files_;
};

/// The project's own files that are reported on.
std::vector<std::string> marked_paths(const Model& model, const Project& project) {
  const std::vector<std::string>& headers = project.scan.only_headers;
  std::vector<std::string> paths;
  for (const auto& [path, hash] : model.file_hashes) {
    if (headers.empty() || std::find(headers.begin(), headers.end(), path) != headers.end()) {
      paths.push_back(path);
    }
  }
  return paths;
}

std::vector<std::string> check_ids(std::span<const Check* const> checks) {
  std::vector<std::string> ids;
  for (const Check* check : checks) ids.emplace_back(check->id);
  return ids;
}

std::vector<std::string> fingerprints_of(std::span<const Finding> findings) {
  std::vector<std::string> fingerprints;
  for (const Finding& finding : findings) fingerprints.push_back(fingerprint_of(finding));
  return fingerprints;
}

/// Without a database the FILES are all there is.
bool reads_whole_project(const Model& model, const Project& project) {
  const bool all_files =
      project.named.empty() || !project.parts.empty() || project.database.empty();
  return all_files && std::all_of(model.units.begin(), model.units.end(), [](const Unit& unit) {
           return unit.status == UnitStatus::Ok || unit.status == UnitStatus::Skipped;
         });
}

void tell_gone(const std::vector<KnownFinding>& gone, Events& events) {
  for (std::size_t i = 0; i < gone.size() && i < most_gone; ++i) {
    const std::string times = gone[i].count > 1 ? fmt::format(" ({} times)", gone[i].count) : "";
    events.tell(
        fmt::format("gone from the baseline: {} [{}]{}", gone[i].subject, gone[i].check, times));
  }
  if (gone.size() > most_gone) {
    events.tell(fmt::format("... and {} more", gone.size() - most_gone));
  }
}

/// Entries of the baseline that this run was able to find.
void keep_findable(std::vector<KnownFinding>& gone, std::span<const Check* const> checks,
                   Level least) {
  const std::vector<std::string> ids = check_ids(checks);
  std::erase_if(gone, [&](const KnownFinding& known) {
    return known.level < least || std::find(ids.begin(), ids.end(), known.check) == ids.end();
  });
}

bool is_by_value(std::string_view id, std::span<const Check* const> checks) {
  return std::any_of(checks.begin(), checks.end(),
                     [&](const Check* check) { return check->id == id && check->by_value; });
}

/// Drops the findings in code of others, but for folders of which a file was named.
void leave_out_bundled(Gates& gates, std::vector<Finding>& findings, const Project& project,
                       const CheckPlan& plan, const Files& files) {
  if (plan.bundled) return;
  BundledCode code(project.scan.root, project.configuration.bundled, files);
  std::set<std::string> named;
  for (const std::string& file : project.named) named.insert(code.folder_of(file));
  std::set<std::string> left_out;
  std::erase_if(findings, [&](const Finding& finding) {
    const std::string folder = code.folder_of(finding.where.file);
    if (folder.empty() || named.contains(folder)) return false;
    left_out.insert(folder);
    ++gates.bundled;
    return true;
  });
  gates.bundled_folders.assign(left_out.begin(), left_out.end());
}

OfferedHeaders offered_by(const Project& project, const InstallRules& rules, const Files& files) {
  OfferedHeaders offered{project.scan.root, {}, &rules};
  if (!project.database.empty()) {
    offered.installed = installed_files(folder_of(project.database), files);
  }
  return offered;
}

/// The lines that findings have to touch; nothing if all count.
std::optional<ChangedLines> wanted_changes(const CheckPlan& plan, const std::string& root) {
  if (plan.staged) return staged_lines(root);
  if (!plan.since.empty()) return changed_since(root, plan.since);
  return std::nullopt;
}

}  // namespace

Gates open_gates(const CheckPlan& plan, const Project& project, const Files& files) {
  Gates gates;
  if (!plan.baseline.empty()) {
    const std::string path = normal_path(plan.baseline, project.current_folder);
    gates.baseline = read_baseline(read_file(files, path), plan.baseline);
  }
  if (!project.scan.root.empty()) gates.changes = wanted_changes(plan, project.scan.root);
  return gates;
}

void read_rules(Gates& gates, Model& model, const Project& project, const CheckPlan& plan,
                const Files& files) {
  if (!gates.changes) gates.changes = wanted_changes(plan, project.scan.root);
  const ScannedFiles scanned(model, files);
  gates.marks = read_marks(marked_paths(model, project), scanned, known_checks());
  model.rules = read_rules(model, gates.marks, project.configuration);
  if (!gates.baseline) return;
  const bool any_unit = std::any_of(model.units.begin(), model.units.end(),
                                    [](const Unit& unit) { return unit.status == UnitStatus::Ok; });
  if (any_unit && gates.baseline->target != model.abi.target) {
    throw Error(fmt::format(
        "{}: the baseline is for the target {}, this run is for {}; layouts differ, so keep one "
        "baseline for each target",
        plan.baseline, gates.baseline->target, model.abi.target));
  }
  agree(model, *gates.baseline, model.rules);
}

void pass_gates(Gates& gates, std::vector<Finding>& findings, const Model& model,
                const Project& project, std::span<const Check* const> checks, const CheckPlan& plan,
                const Files& files) {
  Ignored kept = apply_ignores(std::move(findings), model, gates.marks, check_ids(checks));
  gates.ignored = kept.silenced;
  findings = std::move(kept.findings);
  const std::string& root = project.scan.root;
  const std::vector<std::string> run = check_ids(checks);
  const bool wanted = std::find(run.begin(), run.end(), "source-mark") != run.end();
  // What a mark silences may come from a unit that was not read.
  if (wanted && reads_whole_project(model, project)) {
    findings.insert(findings.end(), kept.unused.begin(), kept.unused.end());
    std::sort(findings.begin(), findings.end(), report_before);
  }
  leave_out_bundled(gates, findings, project, plan, files);
  std::map<std::string, bool> made;  // what a program made is changed there, not here
  const auto generated = [&](const std::string& file) {
    const auto [place, added] = made.try_emplace(file);
    if (!added) return place->second;
    const auto text = files.read(file);
    return place->second = text && !why_generated(*text).empty();
  };
  for (Finding& finding : findings) {
    if (is_test_file(relative_path(finding.where.file, root))) finding.few = true;
    if (is_by_value(finding.check, checks) && generated(finding.where.file)) finding.few = true;
    if (finding.observed && finding.observed->total() > 0) finding.few = false;
    if (finding.few && is_by_value(finding.check, checks)) finding.level = Level::Note;
    const auto level = project.configuration.levels.find(finding.check);
    if (level != project.configuration.levels.end()) finding.level = level->second;
  }
  respect_frozen(model, findings);
  respect_copies(model, findings);
  gates.below_level =
      std::erase_if(findings, [&](const Finding& finding) { return finding.level < *plan.level; });
  if (gates.changes) {
    const std::size_t all = findings.size();
    keep_touched(model, *gates.changes, findings);
    gates.untouched = all - findings.size();
  }
}

void respect_others(const Model& model, const Project& project, const Files& files,
                    std::vector<Finding>& findings) {
  const InstallRules rules(project.scan.root, files);
  const OfferedHeaders offered = offered_by(project, rules, files);
  respect_public_headers(model, project.configuration, offered, findings);
}

GateCounts judge(const Gates& gates, std::vector<Finding>& findings, const Model& model,
                 const Project& project, std::span<const Check* const> checks,
                 const CheckPlan& plan, Events& events) {
  GateCounts counts;
  counts.ignored = gates.ignored;
  counts.untouched = gates.untouched;
  counts.below_level = gates.below_level;
  counts.bundled = gates.bundled;
  counts.bundled_folders = gates.bundled_folders;
  const bool whole = reads_whole_project(model, project);
  if (whole) {
    for (const BudgetEntry& budget : idle_budgets(model, project.configuration)) {
      events.tell(fmt::format("{}: no record is named {}; this budget limits nothing",
                              place_text(budget.where), fmt::join(budget.types, " or ")));
    }
  }
  if (!gates.baseline) return counts;
  std::vector<KnownFinding> gone = compare(*gates.baseline, fingerprints_of(findings), findings);
  counts.compared = true;
  counts.known = static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [](const Finding& finding) { return finding.state == FindingState::Known; }));
  counts.fresh = findings.size() - counts.known;
  if (whole && !gates.changes) {
    keep_findable(gone, checks, *plan.level);
    tell_gone(gone, events);
    for (const KnownFinding& known : gone) counts.gone += known.count;
    for (const std::string& name : vanished_frozen(*gates.baseline, model)) {
      events.tell(fmt::format("no frozen record is named {} any more", name));
    }
  }
  return counts;
}

std::string baseline_text(const Model& model, std::span<const Finding> findings) {
  return to_text(baseline_of(model, findings, fingerprints_of(findings)));
}

}  // namespace snug
