// A session with a console around it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/console.hpp"
#include "app/exit_status.hpp"
#include "app/options.hpp"
#include "app/progress.hpp"
#include "app/stopwatch.hpp"
#include "model/model.hpp"
#include "session/events.hpp"
#include "session/session.hpp"

namespace snug {

/// The folder of --cache; empty for "off", or where the user has none.
[[nodiscard]] std::string cache_folder(const Options& options, const Console& console);

/// The files that the run is to write.
[[nodiscard]] std::vector<OutputFile> outputs_of(const Options& options);

/// Tells on standard error what happens, and measures it.
class ConsoleEvents final : public Events {
 public:
  /// REQUIRES: both outlive it.
  ConsoleEvents(const Options& options, const Console& console);

  void tell(const std::string& sentence) override;
  void detail(const std::string& sentence) override;
  void progress(const ScanProgress& progress, const std::string& file) override;
  void step(const std::string& name) override;

  [[nodiscard]] const Stopwatch& stopwatch() const { return stopwatch_; }

 private:
  const Options& options_;
  const Console& console_;
  Stopwatch stopwatch_;
  std::unique_ptr<ProgressLine> line_;  ///< While units are read.
};

/// What every command that reads code begins and ends with.
struct Run {
  /// Throws Error if a result could never be written or there is nothing to read. `files`: FILES.
  /// REQUIRES: options and console outlive it.
  Run(const Options& options, std::vector<std::string> files, Console& console);

  /// Names the units that could not be analysed; tells times; the status that units alone give.
  [[nodiscard]] ExitStatus finish(const Model& model) const;
  /// How long each step took, what was parsed and how much came from other runs, if that is asked
  /// for. `proofs`: of this run; null where none were made.
  void tell_timings(const ProofRun* proofs = nullptr) const;
  /// Names the units that could not be analysed.
  void tell_units(const Model& model) const;

  const Options& options;
  Console& console;
  ConsoleEvents events;
  OverlayFiles files;  ///< What is staged, if that is asked for, in front of the console's files.
  Session session;
};

}  // namespace snug
