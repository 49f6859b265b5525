// Proofs that are done elsewhere: what has to be compiled, as a file, and the answers, as files.
//
// Like a part, both have no folder of their own: paths below the root are relative to it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.hpp"
#include "model/proof.hpp"
#include "scan/parse/scan.hpp"
#include "scan/parts/part_file.hpp"
#include "scan/proof/prove.hpp"

namespace snug {

/// Names a job by all that its answer depends on but the compiler's own headers: the command of the
/// unit, every file of the project that it reads, the edits. The same wherever the project is.
[[nodiscard]] std::string proof_key(const ProofJob& job, const Model& model,
                                    const std::string& root);

/// Answers by the key of their job.
using ProofAnswers = std::map<std::string, ProofAnswer>;

/// Jobs with what is needed to do them.
struct ProofWork {
  PartFacts facts;
  ScanMeaning meaning;  ///< Of the run that planned; its `known` is not kept.
  Model model;          ///< Units, their files, and the records that they see; no more.
  std::vector<ProofJob> jobs;
};

/// The bytes of a plan. The root of the meaning is where the model's paths are.
[[nodiscard]] std::string plan_bytes(const ScanMeaning& meaning, const Model& model,
                                     const std::vector<ProofJob>& jobs);

/// The facts of a plan alone, then the plan as if it had been made in this folder. Both throw
/// Error, which names `name`, for what is no whole plan of this version.
[[nodiscard]] PartFacts plan_facts(std::string_view bytes, const std::string& name);
[[nodiscard]] ProofWork plan_at(std::string_view bytes, const std::string& name,
                                const std::string& root);

[[nodiscard]] std::string answers_bytes(const ProofAnswers& answers, const std::string& root);

/// Adds the answers to `answers`, with the paths of this root. Throws Error as above.
void read_answers(std::string_view bytes, const std::string& name, const std::string& root,
                  ProofAnswers& answers);

}  // namespace snug
