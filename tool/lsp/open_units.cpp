// When a unit is read:
//
// 1. A document that no unit covers becomes a unit of its own (of a header, a unit that includes it
//    is found by the session). An edit stops the worker of each unit that covers it and makes the
//    unit due after a pause; however fast somebody types, one reading waits at most. The worker
//    stays for the next reading, and is sent the texts that have changed.
// 2. The worker sends layouts. The checks follow when nothing was typed for a while, or at once
//    after a file is opened or saved.
// 3. A worker that has nothing to do stays for proofs, four of them at most.
//
// A reading that fails leaves what was known; it is tried again when any text changes.
#include "lsp/open_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "lsp/unit_worker.hpp"

namespace snug::lsp {
namespace {

constexpr std::chrono::milliseconds pause{200};  // After an edit.
constexpr std::size_t most_busy = 2;
constexpr Clock::time_point never = Clock::time_point::max();

/// The hash under which the unit has read the document; null if it has not.
const std::string* hash_in(const OpenUnit& unit, const Document& document) {
  if (unit.layouts == nullptr) return nullptr;
  const auto& hashes = unit.layouts->model.file_hashes;
  auto found = hashes.find(document.path());
  if (found == hashes.end()) found = hashes.find(document.real_path());
  return found == hashes.end() ? nullptr : &found->second;
}

}  // namespace

OpenUnits::OpenUnits(const Documents& documents, std::function<Reading(const std::string&)> reading,
                     UnitListener listener)
    : documents_(documents), reading_(std::move(reading)), listener_(std::move(listener)) {}

bool OpenUnits::covers(const OpenUnit& unit, const Document& document) const {
  return unit.entry == document.path() || hash_in(unit, document) != nullptr;
}

bool OpenUnits::is_fresh(const OpenUnit& unit) const {
  if (unit.layouts == nullptr || unit.outdated) return false;
  return std::all_of(documents_.begin(), documents_.end(), [&](const auto& entry) {
    const std::string* hash = hash_in(unit, entry.second);
    return hash == nullptr || *hash == entry.second.hash();
  });
}

bool OpenUnits::needs_reading(const OpenUnit& unit) const {
  return unit.tried != generation_ && (!unit.trouble.empty() || !is_fresh(unit));
}

/// An open document has no better unit.
bool OpenUnits::serves(const OpenUnit& unit) const {
  return std::any_of(documents_.begin(), documents_.end(),
                     [&](const auto& entry) { return covers(unit, entry.second); });
}

OpenUnit* OpenUnits::unit_for(const Document& document) {
  OpenUnit* best = nullptr;
  const auto rank = [&](const OpenUnit& unit) {
    const std::string* hash = hash_in(unit, document);
    return std::tuple(is_fresh(unit) && hash != nullptr, hash != nullptr,
                      unit.entry == document.path(), unit.used);
  };
  for (auto& [entry, unit] : units_) {
    if (!covers(unit, document)) continue;
    if (best == nullptr || rank(*best) < rank(unit)) best = &unit;
  }
  return best;
}

void OpenUnits::opened(const Document& document) {
  if (document.path().empty()) return;
  ++generation_;
  OpenUnit* unit = unit_for(document);
  if (unit == nullptr) {
    unit = &units_[document.path()];
    unit->entry = document.path();
  }
  unit->check_at_once = true;
  unit->used = ++uses_;
}

void OpenUnits::changed(const Document& document) {
  ++generation_;
  for (auto& [entry, unit] : units_) {
    if (!covers(unit, document) && unit.layouts != nullptr) continue;
    interrupt(unit);
    unit.due = Clock::now() + pause;
    unit.check_at_once = false;
  }
  if (OpenUnit* unit = unit_for(document)) unit->used = ++uses_;
}

void OpenUnits::saved(const Document& document) {
  ++generation_;  // what failed is tried again
  // The text is the one that was read before: only the checks need not wait any longer.
  for (auto& [entry, unit] : units_) {
    if (!covers(unit, document)) continue;
    unit.check_at_once = true;
    unit.due = Clock::now();
  }
}

void OpenUnits::closed(const std::string& path, const std::string& real_path) {
  ++generation_;
  for (auto& [entry, unit] : units_) {
    if (unit.layouts == nullptr) continue;
    const auto& hashes = unit.layouts->model.file_hashes;
    // What was not saved is gone: the unit reads the disk from now on.
    if (hashes.contains(path) || hashes.contains(real_path)) unit.outdated = true;
  }
  drop_idle();
}

void OpenUnits::disk_changed() {
  ++generation_;
  for (auto& [entry, unit] : units_) {
    unit.outdated = true;
    // Commands and included files may be others: nothing that a worker holds can be relied on.
    if (is_busy(unit)) unit.due = Clock::now() + pause;
    lose(unit);
  }
}

void OpenUnits::drop_idle() {
  std::erase_if(units_, [&](const auto& entry) { return !serves(entry.second); });
}

Known OpenUnits::known(const Document& document, bool checks) {
  OpenUnit* unit = unit_for(document);
  if (unit == nullptr) return {Knowledge::None, nullptr, "it is not read"};
  const bool covered = hash_in(*unit, document) != nullptr;
  if (covered && is_fresh(*unit)) {
    unit->used = ++uses_;
    if (!checks || unit->findings != nullptr) return {Knowledge::Fresh, unit, ""};
    if (unit->check_trouble.empty()) return {Knowledge::Pending, nullptr, ""};
    return {Knowledge::None, nullptr, unit->check_trouble};
  }
  if (is_busy(*unit) || needs_reading(*unit)) return {Knowledge::Pending, nullptr, ""};
  const std::string why = unit->trouble.empty()
                              ? "it is outside of the project, or not in its database"
                              : unit->trouble;
  if (covered) return {Knowledge::Stale, unit, why};
  return {Knowledge::None, nullptr, why};
}

bool OpenUnits::ask(const std::string& entry, std::size_t finding, std::uint64_t token) {
  OpenUnit& unit = units_.at(entry);
  // Other documents than its own may be edited, too: all texts have to be those of the worker.
  if (unit.worker == nullptr || unit.tried != generation_) {
    if (unit.tried == generation_) ++generation_;
    unit.outdated = true;
    unit.check_at_once = true;
    return false;
  }
  if (unit.step != Step::Checked) return false;
  Packer question;
  question.number(token);
  question.number(finding);
  unit.worker->ask(static_cast<std::uint8_t>(QuestionKind::Prove), question.bytes());
  return true;
}

std::size_t OpenUnits::busy() const {
  return static_cast<std::size_t>(std::count_if(
      units_.begin(), units_.end(), [](const auto& entry) { return is_busy(entry.second); }));
}

void OpenUnits::tick(Clock::time_point now) {
  std::vector<OpenUnit*> order;
  for (auto& [entry, unit] : units_) order.push_back(&unit);
  std::sort(order.begin(), order.end(),
            [](const OpenUnit* a, const OpenUnit* b) { return a->used > b->used; });
  for (OpenUnit* unit : order) {
    if (is_busy(*unit) && now >= unit->deadline) {
      unit->worker.reset();
      fail(*unit, "it took too long and was ended");
    }
    if (busy() >= most_busy || is_busy(*unit)) continue;
    if (needs_reading(*unit) && now >= unit->due) {
      start(*unit, now);
    } else if (unit->step == Step::Ready && now >= unit->due) {
      start_checks(*unit, now);
    }
  }
}

Clock::time_point OpenUnits::next_due() const {
  Clock::time_point next = never;
  const bool full = busy() >= most_busy;
  for (const auto& [entry, unit] : units_) {
    if (is_busy(unit)) {
      next = std::min(next, unit.deadline);
    } else if (!full && (unit.step == Step::Ready || needs_reading(unit))) {
      next = std::min(next, unit.due);
    }
  }
  return next;
}

}  // namespace snug::lsp
