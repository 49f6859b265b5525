// The workers of units: what they are sent, and what their answers change.
#include <fmt/format.h>

#include <utility>

#include "base/error.hpp"
#include "lsp/open_units.hpp"
#include "lsp/unit_worker.hpp"

namespace snug::lsp {
namespace {

constexpr std::chrono::milliseconds quiet{800};    // After the layouts, before the checks.
constexpr std::chrono::seconds longest_step{240};  // Without --timeout.
constexpr std::size_t most_workers = 4;

/// What a worker has to be told to have these texts; each under its length.
std::string changes_between(const OpenTexts& before, const OpenTexts& after) {
  Packer changes;
  std::uint64_t count = 0;
  for (const auto& [path, lines] : after) {
    const auto old = before.find(path);
    if (old != before.end() && old->second == lines) continue;
    ++count;
    changes.text(path);
    changes.number(1);
    changes.text(lines->text());
  }
  for (const auto& [path, lines] : before) {
    if (after.contains(path)) continue;
    ++count;
    changes.text(path);
    changes.number(0);
  }
  Packer head;
  head.number(count);
  return head.bytes() + changes.bytes();
}

OpenTexts open_texts(const Documents& documents) {
  OpenTexts texts;
  for (const auto& [name, document] : documents) {
    if (document.path().empty()) continue;
    texts.emplace(document.path(), document.shared_lines());
    texts.emplace(document.real_path(), document.shared_lines());
  }
  return texts;
}

}  // namespace

void OpenUnits::stop(const std::string& entry) {
  const auto unit = units_.find(entry);
  if (unit == units_.end()) return;
  lose(unit->second);
}

/// The process goes.
void OpenUnits::lose(OpenUnit& unit) {
  unit.worker.reset();
  unit.step = Step::None;
  unit.places_asked.clear();
}

/// What the worker does is not wanted any more; its preamble may be.
void OpenUnits::interrupt(OpenUnit& unit) {
  if (unit.worker != nullptr && unit.step != Step::None) {
    unit.worker->ask(static_cast<std::uint8_t>(QuestionKind::Stop), "");
    ++unit.asked;  // what it has answered meanwhile belongs to an older reading
  }
  unit.step = Step::None;
  unit.places_asked.clear();
}

std::optional<FoundPlaces> OpenUnits::places(const std::string& entry, const std::string& path) {
  OpenUnit& unit = units_.at(entry);
  const auto known = unit.places.find(path);
  if (known != unit.places.end()) return known->second;
  if (unit.places_asked == path) return std::nullopt;
  // One after another. A worker that is gone comes back with the next edit.
  if (!unit.places_asked.empty()) return std::nullopt;
  if (unit.worker == nullptr || unit.step == Step::None) return FoundPlaces();
  Packer question;
  question.text(path);
  unit.worker->ask(static_cast<std::uint8_t>(QuestionKind::Places), question.bytes());
  unit.places_asked = path;
  return std::nullopt;
}

/// Ends the worker that was idle for longest if there are too many.
void OpenUnits::make_room() {
  std::size_t workers = 0;
  OpenUnit* oldest = nullptr;
  for (auto& [entry, unit] : units_) {
    if (unit.worker == nullptr) continue;
    ++workers;
    if (!is_busy(unit) && (oldest == nullptr || unit.used < oldest->used)) oldest = &unit;
  }
  if (workers >= most_workers && oldest != nullptr) stop(oldest->entry);
}

void OpenUnits::start(OpenUnit& unit, Clock::time_point now) {
  unit.tried = generation_;
  OpenTexts texts = open_texts(documents_);
  const Reading reading = reading_(unit.entry);
  if (unit.worker != nullptr) {
    Packer number;
    number.number(++unit.asked);
    unit.worker->ask(static_cast<std::uint8_t>(QuestionKind::Read),
                     number.bytes() + changes_between(unit.sent, texts));
  } else {
    make_room();
    unit.asked = 0;
    Reading own = reading;
    own.holds = unit.holds;
    try {
      unit.worker = std::make_unique<Worker>(
          [&own](const WorkerEnd& end) { serve_unit(std::move(own), end); });
    } catch (const Error& error) {
      return fail(unit, error.what());
    }
    unit.begun = std::uint64_t(-1);
  }
  unit.places_asked.clear();
  unit.sent = std::move(texts);
  unit.step = Step::Reading;
  const auto limit = reading.spec.limits.timeout;
  unit.deadline = now + (limit.count() == 0 ? longest_step : 2 * limit);
}

void OpenUnits::start_checks(OpenUnit& unit, Clock::time_point now) {
  unit.worker->ask(static_cast<std::uint8_t>(QuestionKind::Check), "");
  unit.step = Step::Checking;
  const auto limit = reading_(unit.entry).spec.limits.timeout;
  unit.deadline = now + (limit.count() == 0 ? longest_step : 2 * limit);
}

std::vector<int> OpenUnits::descriptors() const {
  std::vector<int> all;
  for (const auto& [entry, unit] : units_) {
    if (unit.worker != nullptr) all.push_back(unit.worker->descriptor());
  }
  return all;
}

void OpenUnits::hear(int descriptor) {
  const auto found = std::find_if(units_.begin(), units_.end(), [&](const auto& entry) {
    return entry.second.worker != nullptr && entry.second.worker->descriptor() == descriptor;
  });
  if (found == units_.end()) return;
  OpenUnit& unit = found->second;
  const bool alive = unit.worker->read_more();
  try {
    // A listener may end the worker.
    while (unit.worker != nullptr) {
      const std::optional<Letter> letter = unit.worker->next();
      if (!letter) break;
      take(unit, *letter);
    }
  } catch (const Error& error) {
    unit.worker.reset();
    return fail(unit, error.what());
  }
  if (alive || unit.worker == nullptr) return;
  const std::string end = unit.worker->how_it_ended();
  unit.worker.reset();
  unit.holds = false;  // compiling a preamble is all that the process does itself
  unit.places_asked.clear();
  if (is_busy(unit)) return fail(unit, "the worker is gone: " + end);
  if (unit.step != Step::None) {
    listener_.log(fmt::format("{}: the idle worker is gone: {}", unit.entry, end));
  }
  unit.step = Step::None;
}

std::vector<int> OpenUnits::senders() const {
  std::vector<int> all;
  for (const auto& [entry, unit] : units_) {
    if (unit.worker != nullptr && unit.worker->sends()) {
      all.push_back(unit.worker->sending_descriptor());
    }
  }
  return all;
}

void OpenUnits::send_more(int descriptor) {
  for (auto& [entry, unit] : units_) {
    if (unit.worker != nullptr && unit.worker->sending_descriptor() == descriptor) {
      unit.worker->send_more();
    }
  }
}

void OpenUnits::take(OpenUnit& unit, const Letter& letter) {
  if (letter.kind == static_cast<std::uint8_t>(AnswerKind::Begin)) {
    unit.begun = Unpacker(letter.bytes).number();
    return;
  }
  // An edit has come since.
  if (unit.begun != unit.asked || unit.step == Step::None) return;
  switch (static_cast<AnswerKind>(letter.kind)) {
    case AnswerKind::Begin:
      return;
    case AnswerKind::Places:
      unit.places[std::exchange(unit.places_asked, "")] =
          std::make_shared<const std::vector<NamedPlace>>(named_places_from(letter.bytes));
      return;
    case AnswerKind::Layouts:
      unit.layouts = std::make_shared<const Layouts>(layouts_from(letter.bytes));
      unit.texts = unit.sent;
      unit.places.clear();
      unit.findings.reset();
      unit.trouble.clear();
      unit.check_trouble.clear();
      unit.told = false;
      unit.outdated = false;
      unit.step = Step::Ready;
      unit.due = Clock::now() +
                 (std::exchange(unit.check_at_once, false) ? std::chrono::milliseconds(0) : quiet);
      return listener_.layouts(unit);
    case AnswerKind::Findings:
      unit.findings = std::make_shared<const Findings>(findings_from(letter.bytes));
      unit.step = Step::Checked;
      return listener_.findings(unit);
    case AnswerKind::Proof:
      return listener_.proof(proof_from(letter.bytes));
    case AnswerKind::Note:
      return listener_.log(letter.bytes);
    case AnswerKind::Failure:
      if (is_busy(unit)) return fail(unit, letter.bytes);
      // The process that would prove is gone.
      listener_.log(fmt::format("{}: {}", unit.entry, letter.bytes));
      return lose(unit);
    case AnswerKind::Text:
    case AnswerKind::Edits:
    case AnswerKind::Progress:
      return;
  }
}

void OpenUnits::fail(OpenUnit& unit, const std::string& why) {
  const bool checks = unit.step == Step::Checking;
  (checks ? unit.check_trouble : unit.trouble) = why;
  unit.step = Step::None;
  listener_.trouble(unit);
}

}  // namespace snug::lsp
