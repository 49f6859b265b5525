#include "session/fix_rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "fix/editable.hpp"
#include "gate/interfaces.hpp"
#include "gate/places.hpp"
#include "model/scanned_text.hpp"
#include "session/check_selection.hpp"
#include "session/gates.hpp"
#include "session/proving.hpp"
#include "session/unit_status.hpp"
#include "session/unread_files.hpp"

namespace snug {
namespace {

/// Of a chain of functions that hand an owner on, each round frees one.
constexpr unsigned most_rounds = 100;

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

class Rounds {
 public:
  Rounds(const Project& project, const ReadModel& read, const FixPlan& plan, Keeper* keeper,
         Events& events)
      : project_(project),
        read_(read),
        plan_(plan),
        keeper_(keeper),
        events_(events),
        checks_(select_checks(all_checks(), plan.check.checks.value_or(""))) {}

  FixRun run() {
    while (result_.rounds < most_rounds && round()) {
    }
    collect_changes();
    const auto place = [](const LeftFinding& left) {
      return std::tie(left.finding.where, left.finding.check);
    };
    std::stable_sort(result_.left.begin(), result_.left.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return std::move(result_);
  }

 private:
  /// True if another round may find more.
  bool round() {
    const OverlayFiles files(edited_, *project_.scan.files);
    Model model = read_(files);
    ++result_.rounds;
    if (result_.rounds == 1) result_.model = model;
    if (!units_analysed(result_.model, plan_.keep_going)) return false;
    Gates gates;
    read_rules(gates, model, project_, CheckPlan(), files);
    auto findings = run_checks(checks_, model, files, plan_.check.options, {}, *project_.scan.known,
                               test_files_of(model, project_.scan.root));
    pass_gates(gates, findings, model, project_, checks_, plan_.check, files);
    respect_others(model, project_, files, findings);
    respect_unread_files(project_, model, files, findings, events_);
    std::erase_if(findings, [&](const Finding& finding) { return !wanted(finding, model); });

    std::vector<std::string> build_folders;
    if (!project_.database.empty()) build_folders.push_back(folder_of(project_.database));
    const EditableFiles editable(project_.scan.root, build_folders, model);
    const FixRules rules = rules_for(editable);
    OpenFixes fixes = open_fixes(std::move(findings), model, rules);
    result_.left.clear();
    for (const LeftFix& left : fixes.left) tell(left, fixes.closed[left.finding]);

    ScanOptions options = project_.scan;
    options.files = &files;
    Proven proven = prove(std::move(fixes.open), model, options, ProofPlan{all_units, {}}, keeper_);
    if (!proven.changed_files.empty()) {
      throw Error(fmt::format("{}: changed while it was read; nothing was written, run again",
                              proven.changed_files.front()));
    }
    const std::vector<Finding>& open = proven.run.findings;
    result_.rejected = proven.run.dropped;
    for (const Finding& finding : open) {
      const bool refused =
          !finding.fixes.empty() && finding.fixes.front().safety == Safety::Refused;
      if (refused) tell({0, Left::Refused, finding.fixes.front().reasons}, finding);
    }
    if (result_.rounds == 1) tell_proof_problems(proven, project_, events_);
    const Choice choice = choose_fixes(open);
    const VerifiedSet set =
        verify_set(choice.chosen, open, model, rules, batch_runner(model, options, keeper_));
    result_.reparses += proven.run.reparses + set.reparses;
    for (const LeftFix& left : choice.left) tell(left, open[left.finding]);
    for (const LeftFix& left : set.dropped) {
      tell(left, open[left.finding]);
      fallen_.insert(key(open[left.finding]));
    }
    apply(set, open, model, editable);
    // What was applied may open another fix: an order for what holds the record, a reference for
    // what only hands an owner on. Texts that were there before would come again and again.
    return !set.chosen.empty() && seen_.insert(state()).second;
  }

  [[nodiscard]] bool wanted(const Finding& finding, const Model& model) const {
    if (finding.level < *plan_.check.level || fallen_.contains(key(finding))) return false;
    if (project_.scope.sources.empty() && project_.scope.headers.empty()) return true;
    if (contains(project_.scope.headers, finding.where.file) ||
        contains(project_.scope.sources, finding.where.file)) {
      return true;
    }
    const Record* record = model.find(finding.record_id);
    return record != nullptr &&
           std::any_of(record->units.begin(), record->units.end(), [&](std::uint32_t unit) {
             return contains(project_.scope.sources, model.units[unit].file);
           });
  }

  [[nodiscard]] static std::string key(const Finding& finding) {
    return finding.check + " " + finding.subject + " " + finding.record_id;
  }

  [[nodiscard]] FixRules rules_for(const EditableFiles& editable) const {
    FixRules rules;
    rules.safety = plan_.safety;
    rules.real_name = [&editable](const std::string& file) { return editable.real_name(file); };
    rules.bar = [this, &editable](const std::string& file) -> std::string {
      if (!project_.scope.only_files.empty() && !contains(project_.scope.only_files, file)) {
        return "other units that include it were not read; name it among the FILES, or use a "
               "compile database";
      }
      return editable.bar(file);
    };
    return rules;
  }

  void tell(const LeftFix& left, const Finding& finding) {
    result_.left.push_back({finding, left.why, left.reasons});
  }

  void apply(const VerifiedSet& set, const std::vector<Finding>& findings, const Model& model,
             const EditableFiles& editable) {
    std::map<std::string, std::vector<TextEdit>> by_file;
    for (TextEdit& edit : joined_edits(findings, set.chosen)) by_file[edit.file].push_back(edit);
    const Files& before = *project_.scan.files;
    const OverlayFiles now(edited_, before);
    std::map<std::string, std::string> texts;
    for (const auto& [file, edits] : by_file) {
      if (!originals_.contains(file)) {
        auto text = before.read(file);
        if (!text || !is_as_scanned(model, file, text)) {
          throw Error(fmt::format("{}: {}; nothing was written, run again", file,
                                  changed_since_scan(file)));
        }
        originals_.emplace(file, std::move(*text));
      }
      texts[file] = apply_edits(*now.read(file), edits);
    }
    // Every name of a file stands for the new text.
    for (const auto& [path, hash] : model.file_hashes) {
      const auto text = texts.find(editable.real_name(path));
      if (text != texts.end()) edited_[path] = text->second;
    }
    for (auto& [file, text] : texts) edited_[file] = std::move(text);
    for (const std::size_t index : set.chosen) applied(findings[index], set);
  }

  void applied(const Finding& finding, const VerifiedSet& set) {
    AppliedFix done{finding, {}, {}};
    std::set<std::string> own{finding.record_id};
    for (const SizeChange& promised : finding.fixes.front().promise.sizes) {
      own.insert(promised.record_id);
    }
    const auto size = set.sizes.find(finding.record_id);
    if (size != set.sizes.end()) done.record = size->second;
    for (const SizeChange& other : finding.fixes.front().proof->knock_on) {
      const auto now = set.sizes.find(other.record_id);
      if (now != set.sizes.end() && !own.contains(other.record_id)) {
        done.others.push_back(now->second);
      }
    }
    result_.applied.push_back(std::move(done));
  }

  /// Stands for the texts as they are now.
  [[nodiscard]] std::string state() const {
    std::string hashes;
    for (const auto& [file, text] : edited_) hashes += sha256_hex(text);
    return sha256_hex(hashes);
  }

  void collect_changes() {
    for (const auto& [file, text] : originals_) {
      const std::string& after = edited_.at(file);
      if (after != text) {
        result_.changes.push_back({EditableFiles::behind_links(file), text, after});
      }
    }
    std::sort(result_.changes.begin(), result_.changes.end(),
              [](const FileChange& a, const FileChange& b) { return a.path < b.path; });
  }

  const Project& project_;
  const ReadModel& read_;
  const FixPlan& plan_;
  Keeper* keeper_;
  Events& events_;
  std::vector<const Check*> checks_;
  FixRun result_;
  std::map<std::string, std::string> edited_;     ///< Path to text with the fixes so far.
  std::map<std::string, std::string> originals_;  ///< Texts before the first edit.
  std::set<std::string> seen_;                    ///< See state().
  std::set<std::string> fallen_;                  ///< Findings that the whole set did not bear.
};

}  // namespace

FixRun run_fix_rounds(const Project& project, const ReadModel& read, const FixPlan& plan,
                      Keeper* keeper, Events& events) {
  return Rounds(project, read, plan, keeper, events).run();
}

}  // namespace snug
