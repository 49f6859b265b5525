// Both files: magic, version, contents, 16 bytes of checksum over everything before.
#include "scan/proof/proof_plan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/packed.hpp"
#include "scan/parts/model_file.hpp"
#include "scan/proof/proof_answer.hpp"

namespace snug {
namespace {

constexpr std::string_view plan_magic = "snug-plan\n";
constexpr std::string_view answers_magic = "snug-answers\n";
constexpr std::uint64_t plan_version = 1;
constexpr std::size_t sum_size = 16;

std::string with_sum(std::string_view magic, const Packer& content) {
  std::string bytes = std::string(magic) + content.bytes();
  return bytes + digest_of(bytes);
}

/// What stands between magic and checksum. Throws Error if the file is not whole.
std::string_view content_of(std::string_view bytes, std::string_view magic, const std::string& name,
                            std::string_view made_by) {
  if (!bytes.starts_with(magic)) {
    throw Error(fmt::format("{}: not a file that '{}' wrote", name, made_by));
  }
  const bool long_enough = bytes.size() >= magic.size() + 8 + sum_size;
  const std::string_view summed = bytes.substr(0, long_enough ? bytes.size() - sum_size : 0);
  if (!long_enough || digest_of(summed) != bytes.substr(summed.size())) {
    throw Error(fmt::format("{}: the file is damaged; run '{}' again", name, made_by));
  }
  const std::string_view content = summed.substr(magic.size());
  const std::uint64_t version = Unpacker(content).number();
  if (version != plan_version) {
    throw Error(fmt::format("{}: the file has version {}, this program reads version {}", name,
                            version, plan_version));
  }
  return content.substr(8);
}

void put_job(Packer& out, const ProofJob& job, const TextChange& change) {
  out.number(job.unit);
  out.number(job.edits.size());
  for (const auto& [file, begin, end, text] : job.edits) {
    out.text(change(file));
    out.number(begin);
    out.number(end);
    out.text(text);
  }
  out.texts(job.record_ids);
}

ProofJob get_job(Unpacker& in, const TextChange& change) {
  ProofJob job;
  job.unit = static_cast<std::uint32_t>(in.number());
  for (std::uint64_t left = in.number(); left > 0; --left) {
    TextEdit& edit = job.edits.emplace_back();
    edit.file = change(std::string(in.text()));
    edit.begin = in.number();
    edit.end = in.number();
    edit.text = in.text();
  }
  job.record_ids = in.texts();
  return job;
}

/// The paths in what a compiler says.
ProofAnswer changed(ProofAnswer answer, const TextChange& change) {
  for (std::string* text : {&answer.problem, &answer.unusable}) *text = change(std::move(*text));
  for (ProofDiagnostic& diagnostic : answer.new_diagnostics) {
    diagnostic.message = change(std::move(diagnostic.message));
    diagnostic.where.file = change(std::move(diagnostic.where.file));
    for (SourceRange& note : diagnostic.notes) note.file = change(std::move(note.file));
  }
  return answer;
}

/// What a proof asks of a model: layouts of what the units see, and texts of files.
Model needed_for(const std::vector<ProofJob>& jobs, const Model& model) {
  std::set<std::uint32_t> wanted;
  for (const ProofJob& job : jobs) wanted.insert(job.unit);
  const auto is_seen = [&](const Record& record) {
    return record.id.find('#') != std::string::npos ||
           std::any_of(record.units.begin(), record.units.end(),
                       [&](std::uint32_t unit) { return wanted.contains(unit); });
  };
  Model needed;
  needed.abi = model.abi;
  needed.file_hashes = model.file_hashes;
  for (std::uint32_t i = 0; i < model.units.size(); ++i) {
    const Unit& unit = model.units[i];
    if (wanted.contains(i)) {
      needed.units.push_back(unit);
      continue;
    }
    Unit& bare = needed.units.emplace_back();
    bare.file = unit.file;
    bare.flags_key = unit.flags_key;
  }
  std::copy_if(model.records.begin(), model.records.end(), std::back_inserter(needed.records),
               is_seen);
  std::copy_if(model.conflicts.begin(), model.conflicts.end(), std::back_inserter(needed.conflicts),
               [&](const LayoutConflict& conflict) { return is_seen(conflict.other); });
  return needed;
}

PartFacts get_facts(Unpacker& in) {
  PartFacts facts;
  for (std::string* text : {&facts.root, &facts.unit, &facts.known}) *text = in.text();
  return facts;
}

void put_meaning(Packer& out, const ScanMeaning& meaning, const TextChange& change) {
  const auto& [root, excludes, named_files, only_headers, query_drivers, target, cache_line,
               system_headers, layout_only, known] = meaning;
  (void)query_drivers;  // the commands are translated
  (void)known;
  out.text(change(root));
  for (const auto* list : {&excludes, &named_files, &only_headers}) {
    out.number(list->size());
    for (const std::string& one : *list) out.text(change(one));
  }
  out.text(target);
  out.number(cache_line);
  out.number((system_headers ? 1U : 0U) | (layout_only ? 2U : 0U));
}

ScanMeaning get_meaning(Unpacker& in, const TextChange& change) {
  ScanMeaning meaning;
  meaning.root = change(std::string(in.text()));
  for (auto* list : {&meaning.excludes, &meaning.named_files, &meaning.only_headers}) {
    for (std::uint64_t left = in.number(); left > 0; --left) {
      list->push_back(change(std::string(in.text())));
    }
  }
  meaning.target = in.text();
  meaning.cache_line = static_cast<std::uint32_t>(in.number());
  const std::uint64_t bits = in.number();
  meaning.system_headers = (bits & 1U) != 0;
  meaning.layout_only = (bits & 2U) != 0;
  return meaning;
}

constexpr std::string_view plan_maker = "snug check --plan", answer_maker = "snug prove";

}  // namespace

std::string proof_key(const ProofJob& job, const Model& model, const std::string& root) {
  const TextChange change = portable_from(root);
  const Unit& unit = model.units.at(job.unit);
  Packer key;
  for (const std::string* text : {&unit.file, &unit.directory}) key.text(change(*text));
  key.text(unit.flags_key);
  key.number(unit.arguments.size());
  for (const std::string& argument : unit.arguments) key.text(change(argument));
  for (const std::uint32_t file : unit.files) {
    const auto entry = std::next(model.file_hashes.begin(), file);
    key.text(change(entry->first));
    key.text(entry->second);
  }
  ProofJob without_unit = job;
  without_unit.unit = 0;
  put_job(key, without_unit, change);
  return hex_digest(key.bytes());
}

std::string plan_bytes(const ScanMeaning& meaning, const Model& model,
                       const std::vector<ProofJob>& jobs) {
  const TextChange change = portable_from(meaning.root);
  Packer content;
  content.number(plan_version);
  const PartFacts facts = with_unit({meaning.root, "", meaning.known->digest()}, model);
  for (const std::string* text : {&facts.root, &facts.unit, &facts.known}) content.text(*text);
  put_meaning(content, meaning, change);
  content.text(to_bytes(needed_for(jobs, model), change));
  content.number(jobs.size());
  for (const ProofJob& job : jobs) put_job(content, job, change);
  return with_sum(plan_magic, content);
}

PartFacts plan_facts(std::string_view bytes, const std::string& name) {
  Unpacker in(content_of(bytes, plan_magic, name, plan_maker));
  return get_facts(in);
}

ProofWork plan_at(std::string_view bytes, const std::string& name, const std::string& root) {
  Unpacker in(content_of(bytes, plan_magic, name, plan_maker));
  const TextChange change = portable_to(root);
  ProofWork work;
  work.facts = get_facts(in);
  work.meaning = get_meaning(in, change);
  work.model = model_from_bytes(in.text(), name, change);
  for (std::uint64_t left = in.number(); left > 0; --left) {
    work.jobs.push_back(get_job(in, change));
    if (work.jobs.back().unit >= work.model.units.size()) {
      throw Error(fmt::format("{}: the file is damaged; run '{}' again", name, plan_maker));
    }
  }
  return work;
}

std::string answers_bytes(const ProofAnswers& answers, const std::string& root) {
  const TextChange change = portable_from(root);
  Packer content;
  content.number(plan_version);
  content.number(answers.size());
  for (const auto& [key, answer] : answers) {
    content.text(key);
    content.text(encode_answer(changed(answer, change)));
  }
  return with_sum(answers_magic, content);
}

void read_answers(std::string_view bytes, const std::string& name, const std::string& root,
                  ProofAnswers& answers) {
  Unpacker in(content_of(bytes, answers_magic, name, answer_maker));
  const TextChange change = portable_to(root);
  for (std::uint64_t left = in.number(); left > 0; --left) {
    std::string key(in.text());
    answers.insert_or_assign(std::move(key), changed(decode_answer(in.text()), change));
  }
}

}  // namespace snug
