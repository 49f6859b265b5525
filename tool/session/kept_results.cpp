#include "session/kept_results.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/packed.hpp"
#include "scan/parse/unit_inputs.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

/// This build of the program: two may call themselves the same version.
std::string program_identity() {
  const ToolInfo tool = tool_info();
  std::string text = fmt::format("{}\n{}", tool.version, tool.libclang);
  struct stat file{};
  if (::stat("/proc/self/exe", &file) == 0) {
    text += fmt::format("\n{}\n{}\n{}", file.st_size, file.st_mtim.tv_sec, file.st_mtim.tv_nsec);
  }
  return text;
}

std::string entry_name(const std::string& program, const std::string& key, const char* ending) {
  Packer name;
  name.text(program);
  name.text(key);
  return hex_digest(name.bytes()) + ending;
}

std::string entry_name(Kept kind, const std::string& program, const std::string& key) {
  return entry_name(program, key, kind == Kept::Unit ? ".unit" : ".proof");
}

}  // namespace

KeptResults::KeptResults(const std::string& folder, bool read_only,
                         std::unique_ptr<SharedResults> shared, Events& events)
    : folder_(folder),
      shared_(std::move(shared)),
      events_(events),
      program_(program_identity()),
      off_(folder.empty()),
      may_write_(!read_only) {
  const std::string why = off_ ? "" : folder_.distrust();
  if (why.empty()) return;
  off_ = true;
  events_.detail(fmt::format("no results are kept: {}", why));
}

KeptResults::~KeptResults() {
  if (off_) return;
  try {
    if (may_write_) {
      folder_.count(counts_.units + counts_.proofs, counts_.units_found + counts_.proofs_found);
    }
    if (wrote_) folder_.shrink();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the results of the run stand
  }
}

bool KeptResults::is_used(const std::optional<std::string>& bytes, const UseResult& use) {
  if (!bytes) return false;
  try {
    Unpacker entry(*bytes);
    const std::string_view inputs = entry.text();
    const std::string_view result = entry.text();
    return is_unchanged(inputs_from_bytes(inputs), *state_) && use(result);
  } catch (const Error&) {
    return false;  // of another form: it is made anew
  }
}

bool KeptResults::take(const std::string& name, const UseResult& use) {
  if (!state_) return false;
  if (!off_ && is_used(folder_.read(name), use)) {
    if (may_write_) folder_.touch(name);
    return true;
  }
  if (shared_ == nullptr) return false;
  const std::optional<std::string> bytes = shared_->find(name);
  if (!is_used(bytes, use)) return false;
  write(name, *bytes);
  return true;
}

bool KeptResults::find(Kept kind, const std::string& key, const UseResult& use) {
  const bool found = take(entry_name(kind, program_, key), use);
  ++(kind == Kept::Unit ? counts_.units : counts_.proofs);
  if (found) ++(kind == Kept::Unit ? counts_.units_found : counts_.proofs_found);
  return found;
}

void KeptResults::keep(Kept kind, const std::string& key, std::string_view inputs,
                       std::string_view result) {
  Packer entry;
  entry.text(inputs);
  entry.text(result);
  const std::string name = entry_name(kind, program_, key);
  write(name, entry.bytes());
  if (shared_ != nullptr) shared_->keep(name, entry.bytes());
}

std::optional<std::string> KeptResults::read(const std::string& name) {
  if (off_) return std::nullopt;
  std::optional<std::string> bytes = folder_.read(name);
  if (bytes && may_write_) folder_.touch(name);
  return bytes;
}

std::optional<std::string> KeptResults::answer_to(const std::string& question) {
  return read(entry_name(program_, question, ".order"));
}

void KeptResults::keep_answer(const std::string& question, std::string_view answer) {
  write(entry_name(program_, question, ".order"), answer);
}

std::optional<std::string> KeptResults::findings_for(const std::string& question) {
  return read(entry_name(program_, question, ".found"));
}

void KeptResults::keep_findings(const std::string& question, std::string_view findings) {
  write(entry_name(program_, question, ".found"), findings);
}

void KeptResults::write(const std::string& name, std::string_view bytes) {
  if (off_ || !may_write_) return;
  const std::string why = folder_.write(name, bytes);
  if (why.empty()) {
    wrote_ = true;
    return;
  }
  may_write_ = false;
  events_.detail(fmt::format("results are not kept: {}", why));
}

void KeptResults::refused(const std::string& file, const std::string& why) {
  events_.detail(fmt::format("{} is not kept: {}", file, why));
}

void KeptResults::begin_model(const Files& files) {
  state_.emplace(files);
}

}  // namespace snug
