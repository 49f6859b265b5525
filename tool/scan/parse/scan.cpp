// 1. Commands are translated in the parent (compilers are asked here, once) and sorted; commands of
//    one file with the same layout-relevant flags count once.
// 2. The target of the run is chosen; units for another one are skipped.
// 3. Workers parse, one unit each, and send their model as bytes.
// 4. Each model is joined to the others as it comes in and forgotten; joining does not depend on
// the
//    order.
#include "scan/parse/scan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/error.hpp"
#include "base/packed.hpp"
#include "model/merge.hpp"
#include "scan/command/driver.hpp"
#include "scan/parse/keeper.hpp"
#include "scan/parse/parse.hpp"
#include "scan/parse/unit_inputs.hpp"
#include "scan/parse/workers.hpp"
#include "scan/parts/model_file.hpp"
#include "scan/shared/header_sharing.hpp"

namespace snug {
namespace {

/// A unit with nothing in it but what became of it.
Model empty_model(const FrontEndCommand& command, UnitStatus status, std::string reason) {
  Unit unit;
  unit.file = command.file;
  unit.flags_key = command.flags_key;
  unit.flags = command.layout_flags;
  unit.status = status;
  unit.problems = command.notes;
  if (!reason.empty()) unit.problems.push_back(std::move(reason));
  Model model;
  model.units.push_back(std::move(unit));
  return model;
}

bool can_be_parsed(const FrontEndCommand& command) {
  return command.failure.empty() && command.skipped.empty();
}

/// The target that most units are for; of equals the first by name. Empty if there are none.
std::string common_target(const std::vector<FrontEndCommand>& commands) {
  std::map<std::string, std::size_t> counts;
  for (const FrontEndCommand& command : commands) {
    if (!can_be_parsed(command)) continue;
    const auto known = std::find_if(counts.begin(), counts.end(), [&](const auto& entry) {
      return same_target(entry.first, command.target);
    });
    ++(known != counts.end() ? known->second : counts[command.target]);
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? "" : most->first;
}

UnitStatus status_of(TaskStatus status) {
  switch (status) {
    case TaskStatus::Ok:
      return UnitStatus::Ok;
    case TaskStatus::Failed:
      return UnitStatus::Failed;
    case TaskStatus::Crashed:
      return UnitStatus::Crashed;
    case TaskStatus::Timeout:
      return UnitStatus::Timeout;
    case TaskStatus::MemoryLimit:
      return UnitStatus::MemoryLimit;
  }
  return UnitStatus::Failed;
}

/// Sorts out what needs no front end: the rest comes back.
std::vector<FrontEndCommand> set_aside(std::vector<FrontEndCommand> commands, Merger& merger) {
  const std::string target = common_target(commands);
  std::vector<FrontEndCommand> rest;
  for (FrontEndCommand& command : commands) {
    if (!command.failure.empty()) {
      merger.add(empty_model(command, UnitStatus::Failed, command.failure));
    } else if (!command.skipped.empty()) {
      merger.add(empty_model(command, UnitStatus::Skipped, command.skipped));
    } else if (!same_target(command.target, target)) {
      merger.add(
          empty_model(command, UnitStatus::Skipped,
                      fmt::format("it is for the target '{}', this run for '{}' (--target chooses)",
                                  command.target, target)));
    } else {
      // One spelling for all, so that the models can be joined.
      command.arguments.at(1) = "--target=" + target;
      rest.push_back(std::move(command));
    }
  }
  return rest;
}

/// Joins models that turn out to be for one ABI; the others are set aside. Flags like -mabi= change
/// the ABI within one target, which only the front end can tell.
class AbiMerger {
 public:
  AbiMerger(Merger first, std::string root)
      : without_code_(std::move(first)), root_(std::move(root)) {}

  void add(Model part) {
    const bool analysed = part.units.front().status == UnitStatus::Ok;
    if (!analysed) {
      without_code_.add(std::move(part));
      return;
    }
    Group& group = groups_.try_emplace(part.abi, Group{0, Merger(root_)}).first->second;
    ++group.units;
    group.merger.add(std::move(part));
  }

  Model finish(Origins* origins) {
    const auto most = std::max_element(
        groups_.begin(), groups_.end(),
        [](const auto& a, const auto& b) { return a.second.units < b.second.units; });
    if (most == groups_.end()) return without_code_.finish(origins);
    Merger all = std::move(most->second.merger);
    all.add(without_code_.finish());
    for (auto& [abi, group] : groups_) {
      if (&group == &most->second) continue;
      for (Unit& unit : group.merger.finish().units) {
        unit.status = UnitStatus::Skipped;
        unit.problems.emplace_back("its flags choose another ABI than those of most units");
        Model skipped;
        skipped.units.push_back(std::move(unit));
        all.add(std::move(skipped));
      }
    }
    return all.finish(origins);
  }

 private:
  struct Group {
    std::size_t units = 0;
    Merger merger;
  };
  Merger without_code_;
  std::string root_;
  std::map<Abi, Group> groups_;
};

}  // namespace

WorkerLimits limits_of(const ScanOptions& options) {
  WorkerLimits limits;
  limits.jobs = options.jobs;
  limits.timeout = options.timeout;
  limits.memory = options.memory_limit_mb << 20U;
  return limits;
}

std::vector<FrontEndCommand> translate(const std::vector<CompileCommand>& commands,
                                       const ScanOptions& options, DriverCache& cache) {
  std::vector<FrontEndCommand> result;
  for (const CompileCommand& command : commands) {
    result.push_back(adapt(command, options, cache));
  }
  const auto key = [](const FrontEndCommand& command) {
    return std::tie(command.file, command.flags_key, command.arguments, command.directory);
  };
  std::sort(result.begin(), result.end(),
            [&](const auto& a, const auto& b) { return key(a) < key(b); });
  const auto same = [](const FrontEndCommand& a, const FrontEndCommand& b) {
    return a.file == b.file && a.flags_key == b.flags_key;
  };
  result.erase(std::unique(result.begin(), result.end(), same), result.end());
  return result;
}

Model scan_all(const std::vector<CompileCommand>& commands, const ScanOptions& options,
               const Progress& progress) {
  DriverCache cache;
  return scan_units(translate(commands, options, cache), options, progress);
}

Model scan_units(std::vector<FrontEndCommand> commands, const ScanOptions& options,
                 const Progress& progress) {
  return scan_units(std::move(commands), options, progress, nullptr);
}

namespace {

/// Joins the models of units, parsed now or kept from another run, as they come.
class UnitReader {
 public:
  UnitReader(std::vector<FrontEndCommand> units, const ScanOptions& options,
             const Progress& progress, Keeper* keeper, Merger aside)
      : units_(std::move(units)),
        options_(options),
        progress_(progress),
        keeper_(keeper),
        merger_(std::move(aside), options.root) {}

  Model read(Origins* origins) {
    if (keeper_ != nullptr) keeper_->begin_model(*options_.files);
    for (std::size_t unit = 0; unit < units_.size(); ++unit) {
      if (!take_kept(unit)) open_.push_back(unit);
    }
    HeaderSharing sharing(units_, open_, options_);
    parse_all(sharing.first(), sharing);
    const std::set<std::size_t> done(sharing.first().begin(), sharing.first().end());
    std::erase_if(open_, [&](std::size_t unit) { return done.contains(unit); });
    parse_all(open_, sharing);
    parse_all(std::exchange(again_, {}), sharing);
    if (options_.sharing != nullptr) *options_.sharing = sharing.report();
    return merger_.finish(origins);
  }

 private:
  bool take_kept(std::size_t unit) {
    if (keeper_ == nullptr) return false;
    const FrontEndCommand& command = units_[unit];
    return keeper_->find(Kept::Unit, unit_key(command, options_), [&](std::string_view bytes) {
      Model model = model_from_bytes(bytes, command.file);
      ++progressed_.kept;
      add(std::move(model), command);
      return true;
    });
  }

  void parse_all(const std::vector<std::size_t>& units, HeaderSharing& sharing) {
    run_in_workers(
        units.size(), [&](std::size_t task) { return parse(units[task], sharing); },
        limits_of(options_),
        [&](std::size_t task, TaskOutcome outcome) {
          take(units[task], std::move(outcome), sharing);
        });
  }

  /// In a worker: the model, what it was made from, and how it was read.
  [[nodiscard]] std::string parse(std::size_t unit, const HeaderSharing& sharing) const {
    take_down(standing_);
    UnitInputs inputs;
    UnitInputs* const wanted = keeper_ == nullptr ? nullptr : &inputs;
    std::string shared;
    Packer answer;
    answer.text(sharing.scan(unit, wanted, standing_, shared));
    answer.text(inputs_bytes(inputs));
    answer.text(shared);
    return answer.bytes();
  }

  void take(std::size_t unit, TaskOutcome outcome, HeaderSharing& sharing) {
    const FrontEndCommand& command = units_[unit];
    if (outcome.status != TaskStatus::Ok) {
      if (sharing.avoid(unit)) return again_.push_back(unit);
      return add(empty_model(command, status_of(outcome.status), outcome.reason), command);
    }
    Unpacker answer(outcome.bytes);
    const std::string_view bytes = answer.text();
    Model model = model_from_bytes(bytes, command.file);
    const std::string_view inputs = answer.text();
    sharing.note(unit, answer.text());
    if (keeper_ != nullptr && model.units.front().status == UnitStatus::Ok) {
      keep(command, inputs, bytes);
    }
    add(std::move(model), command);
  }

  void keep(const FrontEndCommand& command, std::string_view inputs, std::string_view model) {
    const std::string refusal = inputs_from_bytes(inputs).refusal;
    if (refusal.empty()) {
      keeper_->keep(Kept::Unit, unit_key(command, options_), inputs, model);
    } else {
      keeper_->refused(command.file, refusal);
    }
  }

  void add(Model model, const FrontEndCommand& command) {
    merger_.add(std::move(model));
    ++progressed_.done;
    progressed_.total = units_.size();
    if (progress_) progress_(progressed_, command.file);
  }

  const std::vector<FrontEndCommand> units_;
  const ScanOptions& options_;
  const Progress& progress_;
  Keeper* keeper_;
  AbiMerger merger_;
  std::vector<std::size_t> open_;   ///< Units for which nothing is kept.
  std::vector<std::size_t> again_;  ///< Those that have to be read once more.
  ScanProgress progressed_;
  mutable LeftStanding standing_;  ///< By the task before, of the worker that this is.
};

}  // namespace

Model scan_units(std::vector<FrontEndCommand> commands, const ScanOptions& options,
                 const Progress& progress, Keeper* keeper, Origins* origins) {
  if (options.held != nullptr) keeper = nullptr;
  Merger aside(options.root);
  std::vector<FrontEndCommand> units = set_aside(std::move(commands), aside);
  return UnitReader(std::move(units), options, progress, keeper, std::move(aside)).read(origins);
}

Model scan_unit(const CompileCommand& command, const ScanOptions& options) {
  DriverCache cache;
  return scan_unit(adapt(command, options, cache), options);
}

}  // namespace snug
