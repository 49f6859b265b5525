// What workers do: one run over a unit or over the project, with the texts of the editor.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "lsp/worker.hpp"
#include "session/plans.hpp"

namespace snug::lsp {

/// Sent from server to worker.
enum class QuestionKind : std::uint8_t {
  Check = 1,  ///< Run the checks over the unit.
  Prove,      ///< Two numbers: a token, and the finding's place in the list.
};

struct Reading {
  ProjectSpec spec;  ///< Its files are what is read; none: the project.
  CheckPlan plan;    ///< Without a level: the project's, and if it sets none, notes count.
  std::map<std::string, std::string> texts;  ///< Of open documents.
  const Files* files = nullptr;              ///< What is not open. Never null.
};

/// Sends the Layouts of a unit or header, then answers questions until there are no more.
void read_unit(const Reading& reading, const WorkerEnd& end);

/// Checks and proves the whole project: Layouts, then Findings.
void read_project(const Reading& reading, const WorkerEnd& end);

/// Draws the record that is declared at a byte of the file, on each target: Text.
void draw_on_targets(const Reading& reading, const std::string& file, std::uint64_t offset,
                     const std::vector<std::string>& targets, const WorkerEnd& end);

/// Finds what `snug fix` would change (all that is safe): FileEdits.
void find_safe_edits(const Reading& reading, const WorkerEnd& end);

}  // namespace snug::lsp
