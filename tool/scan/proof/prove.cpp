// One re-parse of one unit with edits applied:
//
//  1. The edits are applied in memory; the front end gets the files as unsaved buffers, so headers
//     are edited for every unit that includes them.
//  2. The unit is parsed with the command of the scan, function bodies included. Of the warnings
//     that can be switched on, those about member order and uninitialised reads are, whatever the
//     project asks for, and no others.
//  3. Sizes come from the same walk that the scan makes, and are compared with the layouts that
//  this
//     unit had in the scan: a record may have others elsewhere.
//  4. Every error counts; a warning only where it stands in an edit or refers to a record that the
//     edits are about. Only if there is something that counts, the unit is parsed once more without
//     the edits, in the same worker: if that has errors (the files or the machine are not those of
//     the scan), the unit proves nothing; else what it says then is taken off.
#include "scan/proof/prove.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/packed.hpp"
#include "model/scanned_text.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/clang.hpp"
#include "scan/parse/in_directory.hpp"
#include "scan/parse/keeper.hpp"
#include "scan/parse/names.hpp"
#include "scan/parse/parse.hpp"
#include "scan/parse/sources.hpp"
#include "scan/parse/unit_inputs.hpp"
#include "scan/parse/walk.hpp"
#include "scan/parse/workers.hpp"
#include "scan/proof/edited_sources.hpp"
#include "scan/proof/model_questions.hpp"
#include "scan/proof/proof_answer.hpp"
#include "scan/proof/proof_diagnostics.hpp"
#include "scan/proof/proof_records.hpp"

namespace snug {
namespace {

/// A flag that asks for warnings, or makes errors of them. Those that take errors back stay:
/// without them the unedited unit may not compile.
bool asks_for_warnings(const std::string& flag) {
  const bool value_of_another = flag.starts_with("-Wa,") || flag.starts_with("-Wp,");
  return flag.starts_with("-W") && !flag.starts_with("-Wno-") && !value_of_another;
}

/// The command of the scan, with the warnings that tell of a broken order. Those of the project are
/// left out: the analyses behind some cost as much as a tenth of the parse.
FrontEndCommand proof_command(const Unit& unit) {
  FrontEndCommand command;
  command.file = unit.file;
  command.directory = unit.directory;
  command.arguments = unit.arguments;
  std::erase_if(command.arguments, [](const std::string& argument) {
    return argument == "-w" || argument.starts_with("-Wno-reorder") ||
           argument.starts_with("-Wno-uninitialized") || asks_for_warnings(argument);
  });
  const char* const warnings[] = {"-Wreorder", "-Wreorder-ctor", "-Wuninitialized",
                                  "-ferror-limit=0"};
  command.arguments.insert(command.arguments.end(), std::begin(warnings), std::end(warnings));
  return command;
}

constexpr unsigned kFlags = CXTranslationUnit_VisitImplicitAttributes;

class ProofParse {
 public:
  ProofParse(const ProofJob& job, const FrontEndCommand& command, ModelQuestions& questions,
             const Model& model, const ScanOptions& options, UnitInputs* inputs,
             LeftStanding& standing)
      : job_(job),
        command_(command),
        questions_(questions),
        model_(model),
        options_(options),
        inputs_(inputs),
        standing_(standing) {}

  ProofAnswer run() {
    const Files& files = *options_.files;
    ProofAnswer answer;
    std::set<std::string> edited_files;
    for (const auto& edit : job_.edits) edited_files.insert(edit.file);
    for (const auto& file : edited_files) {
      if (is_as_scanned(model_, file, files.read(file))) continue;
      answer.problem = changed_since_scan(file);
      return answer;
    }
    const EditedSources edited(job_.edits, files);
    const auto held = std::make_shared<const clang::Index>(clang::worker_index());
    standing_.push_back(held);
    const CXIndex index = held->get();
    const OverlayFiles with_edits(edited.texts(), files);
    const auto& parsed = left_standing(clang::parse(index, command_, kFlags, with_edits));
    collect(parsed, job_.edits);
    if (parsed.unit == nullptr) {
      answer.problem =
          parsed.problems.empty() ? "the front end could not be started" : parsed.problems.back();
      return answer;
    }
    const Sources sources(parsed.unit.get(), options_);
    Names names(sources);
    ProofRecords records(questions_, edited, sources, names);
    answer.sizes = sizes(sources, records);
    auto found = suspects(parsed.unit.get(), sources, edited, records, job_.record_ids);
    if (!found.empty()) compare_with_unedited(index, std::move(found), answer);
    return answer;
  }

 private:
  const clang::Parsed& left_standing(clang::Parsed parsed) const {
    const auto whole = std::make_shared<const clang::Parsed>(std::move(parsed));
    standing_.push_back(whole);
    return *whole;
  }

  void collect(const clang::Parsed& parsed, const std::vector<TextEdit>& edits) const {
    if (inputs_ == nullptr || parsed.unit == nullptr) return;
    collect_inputs(parsed.unit.get(), command_, options_, edits, start_, *inputs_);
  }

  void compare_with_unedited(CXIndex index, std::vector<ProofDiagnostic> found,
                             ProofAnswer& answer) const {
    const auto& parsed = left_standing(clang::parse(index, command_, kFlags, *options_.files));
    collect(parsed, {});
    if (parsed.unit == nullptr) {
      answer = {};
      answer.unusable = "the front end could not be started";
    } else {
      const Sources sources(parsed.unit.get(), options_);
      auto error = first_error(parsed.unit.get(), sources);
      if (error.empty()) {
        const auto known = count_diagnostics(parsed.unit.get(), sources);
        for (const auto& entry : known) answer.original_diagnostics += entry.second;
        answer.new_diagnostics = without_known(std::move(found), known);
      } else {
        answer = {};
        answer.unusable = std::move(error);
      }
    }
    answer.parses = 2;
  }

  [[nodiscard]] std::vector<SizeChange> sizes(const Sources& sources, ProofRecords& records) const {
    const std::set<std::string> wanted(job_.record_ids.begin(), job_.record_ids.end());
    std::map<std::string, SizeChange> found;
    walk(
        sources, [](CXCursor, std::span<const CXCursor>) {},
        [&](CXType type) {
          const auto* record = records.find(clang_getTypeDeclaration(type));
          const auto bytes = clang_Type_getSizeOf(type);
          if (record == nullptr || bytes < 0) return;
          const auto before = questions_.size_in_unit(*record);
          if (!before) return;
          const auto size = static_cast<std::uint64_t>(bytes);
          if (size == *before && !wanted.contains(record->id)) return;
          found[record->id] = {record->id, record->name, *before, size};
        });
    std::vector<SizeChange> result;
    for (auto& [id, change] : found) result.push_back(std::move(change));
    return result;
  }

  const ProofJob& job_;
  const FrontEndCommand& command_;
  ModelQuestions& questions_;
  const Model& model_;  ///< For the texts of files only.
  const ScanOptions& options_;
  UnitInputs* inputs_;  ///< Null: nobody wants to know them.
  LeftStanding& standing_;
  const ParseStart start_ = start_parse();
};

/// The name of a job's answer. What the model says of records is not part of it: see
/// model_questions.hpp.
std::string answer_key(const ProofJob& job, const FrontEndCommand& command, const Model& model,
                       const ScanOptions& options) {
  Packer key;
  key.text("proof");
  key.text(unit_key(command, options));
  key.text(model.units.at(job.unit).flags_key);
  key.number(job.edits.size());
  for (const auto& [file, begin, end, text] : job.edits) {
    key.text(file);
    // An edit is tried only in the text that the scan read.
    const auto scanned = model.file_hashes.find(file);
    key.text(scanned == model.file_hashes.end() ? std::string() : scanned->second);
    key.number(begin);
    key.number(end);
    key.text(text);
  }
  key.texts(job.record_ids);
  return key.bytes();
}

/// The answers to jobs, from compiling them or from another run.
class Answers {
 public:
  Answers(const std::vector<ProofJob>& jobs, const Model& model, const ScanOptions& options,
          Keeper* keeper)
      : jobs_(jobs),
        model_(model),
        options_(options),
        keeper_(keeper),
        records_(model),
        answers_(jobs.size()) {
    for (const ProofJob& job : jobs) commands_.push_back(proof_command(model.units.at(job.unit)));
  }

  std::vector<ProofAnswer> get() {
    for (std::size_t job = 0; job < jobs_.size(); ++job) {
      if (!take_kept(job)) open_.push_back(job);
    }
    run_in_workers(
        open_.size(), [&](std::size_t task) { return parse(open_[task]); }, limits_of(options_),
        [&](std::size_t task, const TaskOutcome& outcome) { take(open_[task], outcome); });
    return std::move(answers_);
  }

 private:
  [[nodiscard]] std::string key(std::size_t job) const {
    return answer_key(jobs_[job], commands_[job], model_, options_);
  }

  bool take_kept(std::size_t job) {
    if (keeper_ == nullptr) return false;
    return keeper_->find(Kept::Proof, key(job), [&](std::string_view kept) {
      Unpacker bytes(kept);
      const std::string_view encoded = bytes.text();
      if (!says_the_same(bytes.text(), records_, jobs_[job].unit)) return false;
      answers_[job] = decode_answer(encoded);
      return true;
    });
  }

  /// In a worker: what is kept, the answer with what it asked of the model, behind it what it was
  /// made from.
  [[nodiscard]] std::string parse(std::size_t job) const {
    take_down(standing_);
    const FrontEndCommand& command = commands_[job];
    if (command.arguments.empty()) throw Error("its command is not known; scan again");
    const InDirectory here(command.directory);
    UnitInputs inputs;
    UnitInputs* const wanted = keeper_ == nullptr ? nullptr : &inputs;
    ModelQuestions questions(records_, jobs_[job].unit);
    Packer kept;
    kept.text(encode_answer(
        ProofParse(jobs_[job], command, questions, model_, options_, wanted, standing_).run()));
    kept.text(keeper_ == nullptr ? std::string() : questions.bytes());
    Packer all;
    all.text(kept.bytes());
    all.text(inputs_bytes(inputs));
    return all.bytes();
  }

  void take(std::size_t job, const TaskOutcome& outcome) {
    ProofAnswer& answer = answers_[job];
    if (outcome.status != TaskStatus::Ok) {
      answer.problem = outcome.reason.empty() ? "the worker gave no answer" : outcome.reason;
      return;
    }
    Unpacker bytes(outcome.bytes);
    const std::string_view kept = bytes.text();
    answer = decode_answer(Unpacker(kept).text());
    if (keeper_ == nullptr || !answer.problem.empty() || !answer.unusable.empty()) return;
    const std::string_view inputs = bytes.text();
    if (inputs_from_bytes(inputs).refusal.empty())
      keeper_->keep(Kept::Proof, key(job), inputs, kept);
  }

  const std::vector<ProofJob>& jobs_;
  const Model& model_;
  const ScanOptions& options_;
  Keeper* keeper_;
  RecordIndex records_;
  std::vector<FrontEndCommand> commands_;
  std::vector<ProofAnswer> answers_;
  std::vector<std::size_t> open_;  ///< Jobs for which no answer is kept.
  mutable LeftStanding standing_;  ///< By the task before, of the worker that this is.
};

}  // namespace

std::vector<ProofAnswer> run_proofs(const std::vector<ProofJob>& jobs, const Model& model,
                                    const ScanOptions& options, Keeper* keeper) {
  return Answers(jobs, model, options, keeper).get();
}

}  // namespace snug
