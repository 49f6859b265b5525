// The worker of a unit reads nothing itself but preambles. Every step is a fork of it, which can be
// ended at any time without losing what it holds:
//
// 1. Layouts: function bodies are skipped, so that they come soon after a keystroke. The first time
//    kept results count; after an edit the compiled preamble is used. Of a file that is compiled in
//    several ways (for a static and a shared library) the first one counts here.
// 2. The checks, which need bodies, then proofs by the same process.
// 3. Where the code names records, beside the others.
//
// The preamble is compiled once the checks run, or at the latest when the first edit comes; then
// whenever an edit changes it. That cannot be interrupted: letters wait, and of several readings
// that have come meanwhile the last counts.
#include "lsp/unit_worker.hpp"

#include <poll.h>

#include <cerrno>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "lsp/run.hpp"
#include "scan/parse/held_unit.hpp"
#include "scan/parse/workers.hpp"

namespace snug::lsp {
namespace {

/// Runs a program once for each question: compilers say the same while an editor is open.
class OnceRunner final : public Runner {
 public:
  ProgramResult run(const std::vector<std::string>& arguments,
                    const ProgramOptions& options) override {
    Packer key;
    key.texts(arguments);
    key.text(options.directory);
    key.texts(options.environment);
    const auto known = results_.find(key.bytes());
    if (known != results_.end()) return known->second;
    return results_.emplace(key.bytes(), run_program(arguments, options)).first->second;
  }

 private:
  std::map<std::string, ProgramResult> results_;
};

class UnitWorker {
 public:
  UnitWorker(Reading reading, const WorkerEnd& end) : reading_(std::move(reading)), end_(end) {}

  void run() {
    limit_this_process(reading_.spec.limits);
    read(0);
    while (wait()) {
    }
  }

 private:
  /// Hears the server or a step; false once the server has no more to say.
  bool wait() {
    std::vector<pollfd> ends{{end_.descriptor(), POLLIN, 0}};
    for (const auto* step : {&step_, &places_}) {
      if (*step != nullptr) ends.push_back({(*step)->descriptor(), POLLIN, 0});
    }
    if (::poll(ends.data(), static_cast<nfds_t>(ends.size()), -1) < 0) return errno == EINTR;
    for (std::size_t at = 1; at < ends.size(); ++at) {
      if (ends[at].revents == 0) continue;
      relay(step_ != nullptr && step_->descriptor() == ends[at].fd ? step_ : places_);
    }
    if (ends[0].revents == 0) return true;
    const std::optional<Letter> letter = end_.receive();
    if (!letter) return false;
    take(*letter);
    return true;
  }

  [[nodiscard]] bool more_waits() const {
    pollfd end{end_.descriptor(), POLLIN, 0};
    return ::poll(&end, 1, 0) > 0;
  }

  void take(const Letter& letter) {
    switch (static_cast<QuestionKind>(letter.kind)) {
      case QuestionKind::Read:
        return take_texts(letter.bytes);
      case QuestionKind::Stop:
        step_.reset();
        places_.reset();
        return;
      case QuestionKind::Check:
        step_ = std::make_unique<Worker>(
            [this](const WorkerEnd& end) { check_and_prove(reading_, runner_, end); });
        return hold_beside();
      case QuestionKind::Prove:
        if (step_ != nullptr) step_->ask(letter.kind, letter.bytes);
        return;
      case QuestionKind::Places: {
        const std::string file(Unpacker(letter.bytes).text());
        places_ = std::make_unique<Worker>([this, file](const WorkerEnd& end) {
          try {
            Run run(reading_, reading_.spec, runner_, end);
            send_places(run, file, end);
          } catch (const std::exception& error) {
            send(end, AnswerKind::Note, error.what());
            send(end, AnswerKind::Places, to_bytes(std::vector<NamedPlace>()));
          }
        });
        return;
      }
    }
  }

  void take_texts(std::string_view bytes) {
    Unpacker from(bytes);
    const std::uint64_t number = from.number();
    for (std::uint64_t left = from.number(); left > 0; --left) {
      const std::string path(from.text());
      if (from.number() == 0) {
        reading_.texts.erase(path);
      } else {
        reading_.texts[path] = from.text();
      }
    }
    step_.reset();
    places_.reset();
    read(number);
  }

  void read(std::uint64_t number) {
    const bool again = number != 0;
    if (again && more_waits()) return;
    Packer begin;
    begin.number(number);
    send(end_, AnswerKind::Begin, begin.bytes());
    told(end_, [&] {
      Run run(reading_, layouts_spec(), runner_, end_);
      if (again) {
        hold(run.session);
        if (more_waits()) return;
        run.session.read_with(held_.get());
      }
      step_ = std::make_unique<Worker>([&run](const WorkerEnd& end) {
        run.events.send_to(end);
        told(end, [&] { send_layouts(run, end); });
      });
    });
  }

  [[nodiscard]] ProjectSpec layouts_spec() const {
    ProjectSpec spec = reading_.spec;
    spec.meaning.layout_only = true;
    spec.one_way = true;
    return spec;
  }

  /// Compiles the preamble if there is none that is current.
  void hold(Session& session) {
    if (!reading_.holds) return;
    const ScanOptions& scan = session.project().scan;
    const std::vector<FrontEndCommand>& commands = session.commands();
    if (held_ != nullptr && is_current(*held_, commands, scan)) return;
    held_.reset();
    held_ = hold_unit(commands, scan);
  }

  /// The same while the checks run. What cannot be read they tell.
  void hold_beside() {
    if (!reading_.holds) return;
    try {
      Run run(reading_, layouts_spec(), runner_, end_);
      hold(run.session);
    } catch (const Error&) {
      held_.reset();
    }
  }

  /// Hands on whole letters.
  void relay(std::unique_ptr<Worker>& step) {
    if (step == nullptr) return;
    const bool alive = step->read_more();
    while (const std::optional<Letter> letter = step->next())
      end_.send(letter->kind, letter->bytes);
    if (alive) return;
    const bool places = &step == &places_;
    const std::string end = step->how_it_ended();
    step.reset();
    if (!places && !end.ends_with("status 0")) {
      send(end_, AnswerKind::Failure, "the worker is gone: " + end);
    }
  }

  Reading reading_;
  const WorkerEnd& end_;
  OnceRunner runner_;
  std::unique_ptr<HeldUnit> held_;
  std::unique_ptr<Worker> step_;  ///< Layouts, or checks and proofs.
  std::unique_ptr<Worker> places_;
};

}  // namespace

void serve_unit(Reading reading, const WorkerEnd& end) {
  UnitWorker(std::move(reading), end).run();
}

}  // namespace snug::lsp
