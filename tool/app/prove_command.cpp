// `snug prove`: the proofs of a plan, or a part of them, on this machine.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <ostream>
#include <set>

#include "app/commands.hpp"
#include "app/output.hpp"
#include "app/run.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "scan/proof/proof_plan.hpp"
#include "session/parts.hpp"

namespace snug {
namespace {

/// The K-th of N equal parts.
std::vector<ProofJob> shard_of(const std::vector<ProofJob>& jobs, const Shard& shard) {
  std::vector<ProofJob> mine;
  for (std::size_t i = shard.index - 1; i < jobs.size(); i += shard.count) mine.push_back(jobs[i]);
  return mine;
}

ScanOptions options_of(const ProofWork& work, const Options& options, const Console& console) {
  ScanOptions scan;
  static_cast<ScanMeaning&>(scan) = work.meaning;
  static_cast<ScanLimits&>(scan) = options.project.limits;
  scan.files = &console.files;
  return scan;
}

}  // namespace

ExitStatus run_prove(const Options& options, Console& console) {
  if (options.printing.output.empty()) {
    throw Error("'snug prove' needs -o ANSWERS, the file to write");
  }
  if (options.arguments.size() != 1) {
    throw Error("'snug prove' needs PLAN, one file that 'snug check --plan' wrote");
  }
  check_output(options, console);
  const std::string path = normal_path(options.arguments.front(), console.current_folder);
  keep_inputs(outputs_of(options), console.current_folder, {path});
  const std::string& wanted = options.project.meaning.root;
  const std::string bytes = read_file(path);
  const std::string root =
      place_of(plan_facts(bytes, options.arguments.front()),
               wanted.empty() ? "" : normal_path(wanted, console.current_folder),
               console.current_folder, [](const std::string& file) {
                 std::error_code error;
                 return std::filesystem::exists(file, error);
               });
  const ProofWork work = plan_at(bytes, options.arguments.front(), root);
  const std::vector<ProofJob> jobs = shard_of(work.jobs, options.project.shard);
  const std::vector<ProofAnswer> fresh =
      run_proofs(jobs, work.model, options_of(work, options, console));

  ProofAnswers answers;
  std::set<std::string> problems;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (fresh[i].problem.empty()) {
      answers.emplace(proof_key(jobs[i], work.model, root), fresh[i]);
    } else {
      problems.insert(fmt::format("{}: {}", work.model.units[jobs[i].unit].file, fresh[i].problem));
    }
  }
  write_as_is(options, console, answers_bytes(answers, root));
  for (const std::string& problem : problems) fmt::print(console.err, "snug: {}\n", problem);
  return problems.empty() ? ExitStatus::Ok : ExitStatus::Failed;
}

}  // namespace snug
