#include "analysis/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "analysis/describe.hpp"
#include "analysis/holders.hpp"
#include "analysis/threads/observed.hpp"
#include "analysis/threads/thread_facts.hpp"
#include "base/error.hpp"

namespace snug {

#define SNUG_CHECK(name) extern const Check name;
namespace checks {
#include "check_list.inc"
}  // namespace checks
#undef SNUG_CHECK

std::uint64_t Pass::option(std::string_view name) const {
  const auto declared = std::find_if(check.options.begin(), check.options.end(),
                                     [&](const CheckOption& one) { return one.name == name; });
  if (declared == check.options.end()) {
    throw std::logic_error(fmt::format("check '{}' declares no option '{}'", check.id, name));
  }
  const auto set = options.find(fmt::format("{}.{}", check.id, name));
  return set == options.end() ? declared->default_value : set->second;
}

void Pass::report(Finding finding) {
  finding.check = check.id;
  findings.push_back(std::move(finding));
}

std::span<const Check* const> all_checks() {
#define SNUG_CHECK(name) &checks::name,
  static const auto list = [] {
    std::array checks = {
#include "check_list.inc"
    };
    std::sort(checks.begin(), checks.end(),
              [](const Check* a, const Check* b) { return a->id < b->id; });
    return checks;
  }();
#undef SNUG_CHECK
  return list;
}

namespace {

/// Of the record that the first fix shrinks most.
std::int64_t lines_saved(const Finding& finding, const Abi& abi) {
  std::int64_t most = 0;
  if (finding.fixes.empty()) return most;
  for (const SizeChange& size : finding.fixes.front().promise.sizes) {
    most = std::max(most, static_cast<std::int64_t>(lines_of(size.before, abi)) -
                              static_cast<std::int64_t>(lines_of(size.after, abi)));
  }
  return most;
}

/// The records that the finding is about, in all its instantiations.
std::vector<const Record*> concerned(const Finding& finding, const Model& model) {
  std::vector<const Record*> records;
  const auto add = [&](const std::string& id) {
    const Record* record = model.find(id);
    if (record == nullptr) return;
    if (std::find(records.begin(), records.end(), record) == records.end()) {
      records.push_back(record);
    }
  };
  add(finding.record_id);
  if (!finding.fixes.empty()) {
    for (const SizeChange& size : finding.fixes.front().promise.sizes) add(size.record_id);
  }
  return records;
}

/// Puts what is held before what stands against a fix, each place once.
void add_held(const std::vector<Evidence>& held, std::vector<Evidence>& evidence) {
  const auto hazard = std::find_if(evidence.begin(), evidence.end(),
                                   [](const Evidence& one) { return one.kind == "hazard"; });
  std::vector<Evidence> added;
  for (const Evidence& one : held) {
    const bool known = std::any_of(evidence.begin(), evidence.end(), [&](const Evidence& other) {
      return other.where == one.where && other.where.known() && other.kind != "hazard";
    });
    if (!known) added.push_back(one);
  }
  evidence.insert(hazard, added.begin(), added.end());
}

/// Bytes of each object that the first fix saves most of, in hundredths; nothing if that is no
/// object of a record.
std::optional<std::uint64_t> percent_saved(const Finding& finding,
                                           const std::vector<const Record*>& records) {
  std::optional<std::uint64_t> most;
  const auto add = [&](std::uint64_t before, std::uint64_t after) {
    if (after < before) most = std::max(most.value_or(0), 100 * (before - after) / before);
  };
  if (!finding.fixes.empty()) {
    for (const SizeChange& size : finding.fixes.front().promise.sizes) add(size.before, size.after);
  }
  const auto saved = static_cast<std::uint64_t>(std::max<std::int64_t>(0, finding.bytes_saved));
  for (const Record* record : records) {
    if (saved < record->size) add(record->size, record->size - saved);
  }
  return most;
}

/// Each fix of it changes what other binaries or stored bytes may know.
bool of_others(const Finding& finding) {
  return !finding.fixes.empty() &&
         std::all_of(finding.fixes.begin(), finding.fixes.end(),
                     [](const SuggestedFix& fix) { return fix.safety == Safety::Abi; });
}

constexpr std::uint64_t least_percent = 5;  ///< Of each of many objects, to be worth a warning.
/// Where code was read that makes objects, and nothing shows that it makes many.
constexpr std::uint64_t least_percent_unseen = 12;

/// Says how many objects there are. A finding about few is a note, and one that saves little of
/// each.
void weigh(const Holders& holders, const Model& model, Finding& finding) {
  const std::vector<const Record*> records = concerned(finding, model);
  std::vector<Evidence> held;
  const bool counted = finding.observed && finding.observed->total() > 0;
  const Number number = holders.number_of(records, held);
  finding.few = number == Number::Few && !counted;
  if (finding.few) {
    finding.level = Level::Note;
    for (Evidence& one : held) one.message = "few objects were seen: " + one.message;
    held.resize(std::min<std::size_t>(held.size(), 1));
  } else if (number == Number::Unknown && held.empty() && !counted && of_others(finding)) {
    finding.few = true;
    finding.level = Level::Note;
    held.push_back({"held",
                    "others may know this type, and no object of it was seen: what the bytes are "
                    "worth is not known",
                    finding.where});
  } else if (const bool unseen = number == Number::Unknown && !held.empty(); !counted) {
    const std::optional<std::uint64_t> percent = percent_saved(finding, records);
    // Of what nobody holds as far as was read, a line of a large object is not much either.
    const bool line_less =
        number == Number::Many && finding.lines_saved > 0 && percent && *percent > 0;
    if (percent && !line_less && *percent < (unseen ? least_percent_unseen : least_percent)) {
      finding.few = true;
      finding.level = Level::Note;
      held.push_back({"held",
                      fmt::format("little is won: {} % of each object{}", *percent,
                                  unseen ? ", and nothing shows that there are many" : ""),
                      finding.where});
    }
  }
  add_held(held, finding.evidence);
  for (SuggestedFix& fix : finding.fixes) {
    if (fix.words) add_held(held, fix.words->evidence);
  }
}

}  // namespace

std::vector<Finding> run_checks(std::span<const Check* const> checks, const Model& model,
                                const Files& files, const OptionValues& options,
                                const AccessProfile& profile, const KnownNames& known,
                                const TestFiles& tests, const CheckDone& done,
                                OrderMemory* orders) {
  std::vector<Finding> findings;
  const ThreadFacts threads(model, {.known = &known});
  const Holders holders(model, tests);
  for (const Check* check : checks) {
    const std::size_t before = findings.size();
    Pass pass{*check, model, files, options, threads, holders, findings, profile, known, orders};
    check->run(pass);
    for (std::size_t i = before; i < findings.size(); ++i) {
      findings[i].lines_saved = lines_saved(findings[i], model.abi);
      if (check->ranked) observe(model, profile, findings[i]);
      if (check->by_value) weigh(holders, model, findings[i]);
    }
    if (done) done(*check);
  }
  std::sort(findings.begin(), findings.end(), report_before);
  return findings;
}

}  // namespace snug
