// One run of a worker, with all that it needs around it.
#pragma once

#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/packed.hpp"
#include "base/process.hpp"
#include "lsp/answers.hpp"
#include "lsp/reading.hpp"
#include "lsp/worker.hpp"
#include "session/session.hpp"

namespace snug::lsp {

inline void send(const WorkerEnd& end, AnswerKind kind, std::string_view bytes) {
  end.send(static_cast<std::uint8_t>(kind), bytes);
}

/// Runs a step; what goes wrong is told.
template <class Step>
void told(const WorkerEnd& end, Step step) {
  try {
    step();
  } catch (const std::exception& error) {
    send(end, AnswerKind::Failure, error.what());
  }
}

/// What a run tells goes to the server's log.
class SentEvents final : public Events {
 public:
  explicit SentEvents(const WorkerEnd& end) : end_(&end) {}
  /// What is told from now on goes there.
  void send_to(const WorkerEnd& end) { end_ = &end; }
  void tell(const std::string& sentence) override { send(*end_, AnswerKind::Note, sentence); }
  void progress(const ScanProgress& progress, const std::string& file) override {
    Packer packer;
    packer.number(progress.done);
    packer.number(progress.total);
    packer.text(file);
    send(*end_, AnswerKind::Progress, packer.bytes());
  }

 private:
  const WorkerEnd* end_;
};

/// Texts that are not as on the disk. What is saved comes through the door that others use, too.
[[nodiscard]] inline std::map<std::string, std::string> unsaved(const Reading& reading) {
  std::map<std::string, std::string> texts;
  for (const auto& [path, text] : reading.texts) {
    if (reading.files->read(path) != text) texts.emplace(path, text);
  }
  return texts;
}

/// REQUIRES: what it is made from outlives it.
struct Run {
  Run(const Reading& reading, ProjectSpec spec, Runner& runner, const WorkerEnd& end)
      : files(unsaved(reading), *reading.files),
        events(end),
        session(std::move(spec), files, runner, events),
        plan(reading.plan) {}

  OverlayFiles files;
  SentEvents events;
  Session session;
  CheckPlan plan;
};

}  // namespace snug::lsp
