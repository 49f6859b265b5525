// What workers do: one run over a unit or over the project, with the texts of the editor.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/process.hpp"
#include "lsp/worker.hpp"
#include "session/plans.hpp"

namespace snug::lsp {

struct Reading {
  ProjectSpec spec;  ///< Its files are what is read; none: the project.
  CheckPlan plan;
  std::map<std::string, std::string> texts;  ///< Of open documents.
  const Files* files = nullptr;              ///< What is not open. Never null.
  bool holds = true;                         ///< A compiled preamble is kept between readings.
};

struct Run;  // lsp/run.hpp

/// Sends the Layouts of a run, or Failure.
void send_layouts(Run& run, const WorkerEnd& end);

/// Runs the checks over the unit (Findings), then answers with a Proof to each letter (two numbers:
/// a token, and the finding's place in the list) until there are no more.
void check_and_prove(const Reading& reading, Runner& runner, const WorkerEnd& end);

/// Sends the Places where the file names records and fields.
void send_places(Run& run, const std::string& file, const WorkerEnd& end);

/// Checks and proves the whole project: Layouts, then Findings.
void read_project(const Reading& reading, const WorkerEnd& end);

/// Draws the record that is declared at a byte of the file, on each target: Text.
void draw_on_targets(const Reading& reading, const std::string& file, std::uint64_t offset,
                     const std::vector<std::string>& targets, const WorkerEnd& end);

/// Finds what `snug fix` would change (all that is safe): FileEdits.
void find_safe_edits(const Reading& reading, const WorkerEnd& end);

}  // namespace snug::lsp
