#include "app/run.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>
#include <utility>

#include "app/output.hpp"
#include "app/status.hpp"
#include "gate/staged.hpp"
#include "report/report.hpp"
#include "session/cache_folder.hpp"
#include "session/version.hpp"

namespace snug {
namespace {

ProjectSpec spec_of(const Options& options, std::vector<std::string> files,
                    const Console& console) {
  check_output(options, console);
  ProjectSpec spec = options.project;
  spec.files = std::move(files);
  spec.outputs = outputs_of(options);
  spec.cache = cache_folder(options, console);
  spec.shared_cache = options.shared_cache;
  spec.cache_read_only = options.cache_read_only;
  spec.current_folder = console.current_folder;
  return spec;
}

}  // namespace

std::string cache_folder(const Options& options, const Console& console) {
  if (options.cache == "off") return "";
  if (!options.cache.empty()) return normal_path(options.cache, console.current_folder);
  return user_cache_folder();
}

std::vector<OutputFile> outputs_of(const Options& options) {
  std::vector<OutputFile> outputs;
  const auto add = [&](const char* option, const std::string& name) {
    if (!name.empty()) outputs.push_back({option, name});
  };
  add("-o", options.printing.output == "-" ? "" : options.printing.output);
  add("--write-baseline", options.writing.baseline);
  add("--export-replacements", options.writing.replacements);
  add("--plan", options.writing.proof_plan);
  add("--depfile", options.writing.depfile);
  return outputs;
}

ConsoleEvents::ConsoleEvents(const Options& options, const Console& console)
    : options_(options), console_(console) {}

void ConsoleEvents::tell(const std::string& sentence) {
  line_.reset();
  fmt::print(console_.err, "snug: {}\n", sentence);
}

void ConsoleEvents::detail(const std::string& sentence) {
  if (options_.printing.verbose) tell(sentence);
}

void ConsoleEvents::progress(const ScanProgress& progress, const std::string& file) {
  if (line_ == nullptr) {
    line_ = std::make_unique<ProgressLine>(console_.err, shows_progress(options_, console_),
                                           console_.width, "scanning");
  }
  line_->update(progress, file);
}

void ConsoleEvents::step(const std::string& name) {
  line_.reset();
  stopwatch_.lap(name);
}

Run::Run(const Options& asked, std::vector<std::string> named_files, Console& around)
    : options(asked),
      console(around),
      events(asked, around),
      files(asked.check.staged ? staged_texts(around.current_folder)
                               : std::map<std::string, std::string>(),
            around.files),
      session(spec_of(asked, std::move(named_files), around), files, around.runner, events) {}

void Run::tell_units(const Model& model) const {
  const Report report = {
      tool_info(), session.project().scan.root, &model, {}, console.current_folder, nullptr, {}};
  write_unit_problems(report, color_on_errors(options, console), console.err);
}

void Run::tell_timings(const ProofRun* proofs) const {
  if (!options.printing.timings) return;
  events.stopwatch().print(console.err);
  if (proofs != nullptr && proofs->batches > 0) {
    fmt::print(console.err, "snug: {} proof{}, {} compared with the unedited unit\n",
               proofs->batches, proofs->batches == 1 ? "" : "s",
               proofs->reparses - proofs->batches);
  }
  if (const KeptCounts* kept = session.kept()) {
    fmt::print(console.err, "snug: {} of {} units and {} of {} proofs from the cache\n",
               kept->units_found, kept->units, kept->proofs_found, kept->proofs);
    fmt::print(console.err, "snug: {} bytes in the cache\n", session.cache_bytes());
  }
  const SharingReport& sharing = session.sharing();
  if (sharing.shared + sharing.audited > 0 || !sharing.refusals.empty()) {
    fmt::print(console.err,
               "snug: {} units parsed, {} of them behind shared headers, {} both ways\n",
               sharing.plain + sharing.shared + sharing.audited, sharing.shared, sharing.audited);
    for (const auto& [rule, count] : sharing.refusals) {
      fmt::print(console.err, "snug: {} not behind shared headers: {}\n", count, rule);
    }
  }
  if (const SharedResults* shared = session.shared()) {
    const SharedCounts& counts = shared->counts();
    fmt::print(console.err, "snug: shared cache {}: {} of {} lookups found, {} stored\n",
               shared->told(), counts.found, counts.lookups, counts.stored);
  }
}

ExitStatus Run::finish(const Model& model) const {
  tell_units(model);
  tell_timings();
  return units_status(model, options);
}

}  // namespace snug
