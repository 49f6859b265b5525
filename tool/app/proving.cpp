#include "app/proving.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <map>
#include <ostream>
#include <utility>

#include "base/files.hpp"
#include "fix/editable.hpp"
#include "fix/stale_edits.hpp"
#include "scan/driver.hpp"
#include "scan/prove.hpp"

namespace snug {
namespace {

/// The command of a unit from what the model knows of it: for models that were read from a file.
CompileCommand command_of(const Unit& unit) {
  const std::string folder = unit.file.substr(0, unit.file.rfind('/'));
  CompileCommand command =
      commands_for_files({unit.file}, unit.flags, folder.empty() ? "/" : folder).front();
  return command;
}

/// One command for each unit of the model, in its order.
std::vector<CompileCommand> commands_of(const Model& model, const Project& project) {
  DriverCache drivers;
  std::map<std::pair<std::string, std::string>, const CompileCommand*> known;
  for (const CompileCommand& command : project.commands) {
    const FrontEndCommand adapted = adapt(command, project.scan, drivers);
    known.emplace(std::pair{adapted.file, adapted.flags_key}, &command);
  }
  std::vector<CompileCommand> commands;
  for (const Unit& unit : model.units) {
    const auto found = known.find({unit.file, unit.flags_key});
    commands.push_back(found == known.end() ? command_of(unit) : *found->second);
  }
  return commands;
}

}  // namespace

void tell_changed(const Proven& proven, Console& console) {
  for (const std::string& file : proven.changed_files) {
    fmt::print(console.err,
               "snug: {} changed since it was scanned: its fixes are left out and places in it may "
               "be off; run again\n",
               file);
  }
}

RunBatches batch_runner(const Model& model, const Project& project) {
  std::vector<CompileCommand> commands;  // made only if there is something to prove
  return [&model, &project, commands](const std::vector<ProofBatch>& batches) mutable {
    if (commands.empty()) {
      commands = commands_of(model, project);
    }
    std::vector<ProofJob> jobs;
    for (const ProofBatch& batch : batches) {
      jobs.push_back({batch.unit, commands[batch.unit], batch.edits, batch.record_ids});
    }
    return run_proofs(jobs, model, project.scan);
  };
}

Proven prove(std::vector<Finding> findings, const Model& model, const Project& project,
             const Options& options) {
  const RunBatches run = batch_runner(model, project);
  ProofOptions proof;
  proof.units_per_fix = options.prove_units;
  const DiskFiles disk;
  const OverlayFiles files(project.scan.unsaved, disk);
  refuse_edits(findings, changed_files(findings, model, files));
  const std::vector<Finding> tried = findings;
  Proven result;
  result.run = prove_fixes(std::move(findings), model, proof, run);
  // A proof takes as long as a scan: files may have been saved meanwhile.
  result.changed_files = changed_files(tried, model, files);
  refuse_proven(result.run.findings, tried, result.changed_files);
  drop_stale_sizes(result.run.findings, model, files);
  refuse_generated(result.run.findings, files);
  return result;
}

}  // namespace snug
