#include "session/kept_results.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

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

std::string entry_name(Kept kind, const std::string& program, const std::string& key) {
  Packer name;
  name.text(program);
  name.text(key);
  return hex_digest(name.bytes()) + (kind == Kept::Unit ? ".unit" : ".proof");
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

std::optional<std::string> KeptResults::usable(const std::optional<std::string>& bytes) {
  if (!bytes) return std::nullopt;
  try {
    Unpacker entry(*bytes);
    const std::string_view inputs = entry.text();
    std::string result(entry.text());
    if (!is_unchanged(inputs_from_bytes(inputs), *state_)) return std::nullopt;
    return result;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<std::string> KeptResults::take(const std::string& name) {
  if (!state_) return std::nullopt;
  if (!off_) {
    std::optional<std::string> result = usable(folder_.read(name));
    if (result && may_write_) folder_.touch(name);
    if (result) return result;
  }
  if (shared_ == nullptr) return std::nullopt;
  const std::optional<std::string> bytes = shared_->find(name);
  std::optional<std::string> result = usable(bytes);
  if (result) write(name, *bytes);
  return result;
}

std::optional<std::string> KeptResults::find(Kept kind, const std::string& key) {
  std::optional<std::string> result = take(entry_name(kind, program_, key));
  ++(kind == Kept::Unit ? counts_.units : counts_.proofs);
  if (result) ++(kind == Kept::Unit ? counts_.units_found : counts_.proofs_found);
  return result;
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
  parts_.clear();
  model_digest_.clear();
}

void KeptResults::add_part(std::string_view bytes) {
  parts_.push_back(digest_of(bytes));
  model_digest_.clear();
}

std::string KeptResults::model_digest() const {
  if (!model_digest_.empty()) return model_digest_;
  std::vector<std::string> sorted = parts_;
  std::sort(sorted.begin(), sorted.end());
  std::string all;
  for (const std::string& part : sorted) all += part;
  return model_digest_ = digest_of(all);
}

}  // namespace snug
