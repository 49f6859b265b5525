// What is read of one unit or of the project. The proof of a fix: whoever includes an edited file
// may depend on it, so that every unit of the database that can reach one is read (kept results
// make that cheap), and the finding has to be there still.
#include "lsp/reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "base/packed.hpp"
#include "fix/editable.hpp"
#include "fix/replacements.hpp"
#include "gate/places.hpp"
#include "lsp/answers.hpp"
#include "lsp/run.hpp"
#include "report/draw.hpp"
#include "report/fingerprint.hpp"
#include "report/paths.hpp"
#include "scan/command/distinct_commands.hpp"
#include "scan/parse/include_graph.hpp"
#include "session/unit_status.hpp"

namespace snug::lsp {
namespace {

/// What kept units from being read, a line each.
std::string reasons_of(const Model& model, const std::string& root) {
  std::string reasons;
  for (const Unit& unit : model.units) {
    if (unit.status == UnitStatus::Ok) continue;
    reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "\n", relative_path(unit.file, root),
                           to_string(unit.status));
    for (std::size_t i = 0; i < std::min<std::size_t>(unit.problems.size(), 3); ++i) {
      reasons += fmt::format("{} {}", i == 0 ? ":" : ";", unit.problems[i]);
    }
  }
  return reasons;
}

/// Why no unit could be read; empty if one could.
std::string failure_of(const Model& model, const std::string& root) {
  const bool any = std::any_of(model.units.begin(), model.units.end(),
                               [](const Unit& unit) { return unit.status == UnitStatus::Ok; });
  if (any) return "";
  return model.units.empty() ? "there is no unit to read" : reasons_of(model, root);
}

/// What the server keeps of a model.
Model kept_part(const Model& model) {
  Model kept;
  kept.abi = model.abi;
  kept.records = model.records;
  kept.file_hashes = model.file_hashes;
  for (const Unit& unit : model.units) {
    kept.units.push_back({unit.file, unit.status, false, unit.problems, {}, {}, {}, {}, {}});
  }
  return kept;
}

/// A unit whose checks have been run.
struct CheckedUnit {
  std::unique_ptr<Run> run;
  Checked checked;
};

std::set<std::string> edited_files(const Finding& finding) {
  std::set<std::string> files;
  for (const SuggestedFix& fix : finding.fixes) {
    for (const TextEdit& edit : fix.edits) files.insert(edit.file);
  }
  return files;
}

/// The main files of the units that may read one of the files.
std::vector<std::string> users_of(const std::set<std::string>& files, Run& run, Runner& runner) {
  const Project& project = run.session.project();
  std::set<std::string> users, names;
  for (const std::string& file : files) {
    names.insert(std::filesystem::path(file).filename().string());
  }
  DriverCache drivers(runner);
  IncludeGraph graph(run.files);
  CompileDatabase database = load_database(project.database);
  remove_same_commands(database.commands);
  for (const FrontEndCommand& command : translate(database.commands, project.scan, drivers)) {
    if (!command.failure.empty() || !command.skipped.empty()) continue;
    // Links may give a file several names; the last part tells enough for a superset.
    const auto named = [&](const std::string& path) {
      return names.contains(std::filesystem::path(path).filename().string());
    };
    const std::set<std::string> reached = graph.reachable(command);
    if (named(command.file) || std::any_of(reached.begin(), reached.end(), named)) {
      users.insert(command.file);
    }
  }
  return {users.begin(), users.end()};
}

bool same_finding(const Finding& a, const Finding& b) {
  return a.check == b.check && a.where.file == b.where.file && a.where.begin == b.where.begin &&
         fingerprint_of(a) == fingerprint_of(b);
}

void fill_in(ProofAnswer& answer, const Run& run, const Model& model) {
  const Project& project = run.session.project();
  std::vector<std::string> build_folders;
  if (!project.database.empty()) build_folders.push_back(folder_of(project.database));
  const EditableFiles editable(project.scan.root, build_folders, model);
  const SuggestedFix& fix = answer.finding.front().fixes.front();
  for (const TextEdit& edit : fix.edits) {
    const auto hash = model.file_hashes.find(edit.file);
    if (hash == model.file_hashes.end() || hash->second.empty()) {
      answer.refusal = fmt::format("{} was read in several versions", edit.file);
      return;
    }
    if (const std::string bar = editable.bar(edit.file); !bar.empty()) {
      answer.refusal = fmt::format("{}: {}", relative_path(edit.file, project.scan.root), bar);
      return;
    }
    answer.hashes[edit.file] = hash->second;
  }
}

/// Proves one finding of a run in all units that see it.
void prove_in(Run& run, Checked checked, const Finding& wanted, ProofAnswer& answer) {
  std::erase_if(checked.findings,
                [&](const Finding& finding) { return !same_finding(finding, wanted); });
  if (checked.findings.empty()) {
    answer.refusal =
        fmt::format("the finding is gone once all {} units that may use the type are read",
                    run.session.model().units.size());
    return;
  }
  checked.findings.resize(1);
  Judged judged = run.session.judge(checked, {all_units});
  if (judged.proven.run.findings.empty()) {
    answer.refusal = "the compiler contradicts the size that was computed; please report it";
    return;
  }
  answer.finding.push_back(std::move(judged.proven.run.findings.front()));
  const Finding& finding = answer.finding.front();
  if (finding.fixes.empty()) {
    answer.refusal = "there is no edit for it";
    return;
  }
  const SuggestedFix& fix = finding.fixes.front();
  if (fix.safety == Safety::Refused || fix.edits.empty() || !fix.by_hand.empty()) {
    const std::vector<std::string>& reasons = fix.by_hand.empty() ? fix.reasons : fix.by_hand;
    answer.refusal = reasons.empty() ? "the compiler does not accept the edit"
                                     : fmt::format("{}", fmt::join(reasons, "; "));
    return;
  }
  fill_in(answer, run, run.session.model());
}

ProofAnswer prove_one(CheckedUnit& unit, const Reading& reading, std::uint64_t token,
                      std::uint64_t index, Runner& runner, const WorkerEnd& end) {
  ProofAnswer answer;
  answer.token = token;
  if (unit.run == nullptr || index >= unit.checked.findings.size()) {
    answer.refusal = "there is no such finding";
    return answer;
  }
  const Finding wanted = unit.checked.findings[index];
  const Project& project = unit.run->session.project();
  std::vector<std::string> users;
  if (!project.database.empty()) users = users_of(edited_files(wanted), *unit.run, runner);
  std::set<std::string> read;
  for (const Unit& one : unit.run->session.model().units) read.insert(one.file);
  const bool all_read = std::all_of(users.begin(), users.end(),
                                    [&](const std::string& user) { return read.contains(user); });
  if (all_read) {
    prove_in(*unit.run, unit.checked, wanted, answer);
    return answer;
  }
  ProjectSpec spec = reading.spec;
  spec.files = users;
  Run wider(reading, std::move(spec), runner, end);
  Checked checked = wider.session.check(wider.plan);
  prove_in(wider, std::move(checked), wanted, answer);
  return answer;
}

void check_unit(CheckedUnit& unit, const Reading& reading, Runner& runner, const WorkerEnd& end) {
  auto run = std::make_unique<Run>(reading, reading.spec, runner, end);
  const std::string failure = failure_of(run->session.model(), run->session.project().scan.root);
  if (!failure.empty()) return send(end, AnswerKind::Failure, failure);
  unit.checked = run->session.check(run->plan);
  run->session.respect_others(unit.checked.findings);
  unit.run = std::move(run);
  send(end, AnswerKind::Findings, to_bytes(Findings{unit.checked.findings, false}));
}

void prove(CheckedUnit& unit, const Reading& reading, const Letter& question, Runner& runner,
           const WorkerEnd& end) {
  Unpacker from(question.bytes);
  const std::uint64_t token = from.number(), index = from.number();
  ProofAnswer proof;
  try {
    proof = prove_one(unit, reading, token, index, runner, end);
  } catch (const Error& error) {
    proof = {token, {}, {}, error.what()};
  }
  send(end, AnswerKind::Proof, to_bytes(proof));
}

}  // namespace

void send_layouts(Run& run, const WorkerEnd& end) {
  const Model& model = run.session.model();
  const Project& project = run.session.project();
  const std::string failure = failure_of(model, project.scan.root);
  if (!failure.empty()) return send(end, AnswerKind::Failure, failure);
  const Layouts layouts{kept_part(model), run.session.orders(run.plan), project.scan.root,
                        project.database};
  send(end, AnswerKind::Layouts, to_bytes(layouts));
}

void check_and_prove(const Reading& reading, Runner& runner, const WorkerEnd& end) {
  CheckedUnit unit;
  told(end, [&] { check_unit(unit, reading, runner, end); });
  while (const std::optional<Letter> question = end.receive()) {
    told(end, [&] { prove(unit, reading, *question, runner, end); });
  }
}

void send_places(Run& run, const std::string& file, const WorkerEnd& end) {
  const std::vector<NamedPlace> places =
      where_named(run.session.commands(), run.session.project().scan, file);
  send(end, AnswerKind::Places, to_bytes(places));
}

void read_project(const Reading& reading, const WorkerEnd& end) {
  told(end, [&] {
    RealRunner runner;
    Run run(reading, reading.spec, runner, end);
    Checked checked = run.session.check(run.plan);
    Judged judged = run.session.judge(checked, {1});
    const std::string failure = failure_of(run.session.model(), run.session.project().scan.root);
    if (!failure.empty()) return send(end, AnswerKind::Failure, failure);
    send_layouts(run, end);
    send(end, AnswerKind::Findings, to_bytes(Findings{judged.proven.run.findings, true}));
  });
}

void draw_on_targets(const Reading& reading, const std::string& file, std::uint64_t offset,
                     const std::vector<std::string>& targets, const WorkerEnd& end) {
  told(end, [&] {
    RealRunner runner;
    std::vector<std::unique_ptr<Run>> runs;
    std::vector<TargetLayout> layouts;
    for (const std::string& target : targets) {
      ProjectSpec spec = reading.spec;
      spec.meaning.layout_only = true;
      spec.meaning.target = target;
      runs.push_back(std::make_unique<Run>(reading, std::move(spec), runner, end));
      const Model& model = runs.back()->session.model();
      const std::string failure = failure_of(model, runs.back()->session.project().scan.root);
      if (!failure.empty()) throw Error(fmt::format("for {}: {}", target, failure));
      const auto here =
          std::find_if(model.records.begin(), model.records.end(), [&](const Record& record) {
            return record.where.file == file && record.where.begin == offset;
          });
      layouts.push_back({&model, here == model.records.end() ? nullptr : &*here});
    }
    std::ostringstream out;
    draw_targets(layouts, {false, 120, reading.spec.current_folder}, out);
    send(end, AnswerKind::Text, out.str());
  });
}

void find_safe_edits(const Reading& reading, const WorkerEnd& end) {
  told(end, [&] {
    ProjectSpec spec = reading.spec;
    spec.all_units = true;
    RealRunner runner;
    Run run(reading, std::move(spec), runner, end);
    const FixRun fixed = run.session.fix({run.plan, Safety::Safe, false});
    if (!units_analysed(fixed.model, false)) {
      throw Error("nothing is changed: units could not be read, and may use what would change: " +
                  reasons_of(fixed.model, reading.spec.current_folder));
    }
    FileEdits edits;
    edits.fixes = fixed.applied.size();
    for (const FileChange& change : fixed.changes) {
      edits.hashes[change.path] = sha256_hex(change.before);
      for (TextEdit& edit : edits_between(change)) edits.edits.push_back(std::move(edit));
    }
    for (const LeftFinding& left : fixed.left) {
      edits.left.push_back(
          fmt::format("{}: {}", left.finding.message, fmt::join(left.reasons, "; ")));
    }
    send(end, AnswerKind::Edits, to_bytes(edits));
  });
}

}  // namespace snug::lsp
