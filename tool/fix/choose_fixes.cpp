#include "fix/choose_fixes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "fix/unread_units.hpp"
#include "model/scanned_text.hpp"

namespace snug {
namespace {

using Sentences = std::vector<std::string>;

/// Places that touch count: what stands between them belongs to both.
bool touch(const TextEdit& a, const TextEdit& b) {
  return a != b && a.file == b.file && a.begin <= b.end && b.begin <= a.end;
}

bool touch(const std::vector<TextEdit>& a, const std::vector<TextEdit>& b) {
  return std::any_of(a.begin(), a.end(), [&](const TextEdit& edit) {
    return std::any_of(b.begin(), b.end(),
                       [&](const TextEdit& other) { return touch(edit, other); });
  });
}

class Sieve {
 public:
  Sieve(const Model& model, const FixRules& rules) : model_(model), rules_(rules) {}

  /// Why the fix cannot be applied, or nothing.
  [[nodiscard]] std::optional<LeftFix> against(const Finding& finding,
                                               const SuggestedFix& fix) const {
    if (fix.safety == Safety::Refused || fix.edits.empty()) {
      const bool stale = std::any_of(fix.reasons.begin(), fix.reasons.end(), says_changed);
      return LeftFix{0, stale ? Left::Barred : Left::Refused, fix.reasons};
    }
    if (!fix.by_hand.empty()) return LeftFix{0, Left::ByHand, fix.by_hand};
    if (fix.safety > rules_.safety) {
      return LeftFix{0, fix.safety == Safety::Abi ? Left::Abi : Left::Review, fix.reasons};
    }
    if (auto reasons = barred(fix); !reasons.empty()) return LeftFix{0, Left::Barred, reasons};
    if (auto reasons = unseen(finding, fix); !reasons.empty()) {
      return LeftFix{0, Left::Unseen, reasons};
    }
    return std::nullopt;
  }

  void name_files(SuggestedFix& fix) const {
    for (TextEdit& edit : fix.edits) edit.file = rules_.real_name(edit.file);
    std::sort(fix.edits.begin(), fix.edits.end());
    fix.edits.erase(std::unique(fix.edits.begin(), fix.edits.end()), fix.edits.end());
  }

 private:
  [[nodiscard]] Sentences barred(const SuggestedFix& fix) const {
    std::set<std::string> files, reasons;
    for (const TextEdit& edit : fix.edits) files.insert(edit.file);
    for (const std::string& file : files) {
      if (const std::string reason = rules_.bar(file); !reason.empty()) {
        reasons.insert(fmt::format("{}: {}", file, reason));
      }
    }
    return {reasons.begin(), reasons.end()};
  }

  /// Units that see the record, but whose own code was not searched; and units that could not be
  /// read at all, where the fix goes beyond files that are a unit of their own.
  [[nodiscard]] Sentences unseen(const Finding& finding, const SuggestedFix& fix) const {
    std::set<std::string> ids{finding.record_id}, reasons;
    for (const SizeChange& size : fix.promise.sizes) ids.insert(size.record_id);
    for (const std::string& id : ids) {
      const Record* record = model_.find(id);
      if (record == nullptr) continue;
      for (const std::uint32_t number : record->units) {
        const Unit& unit = model_.units[number];
        if (unit.searched || unit.status != UnitStatus::Ok) continue;
        reasons.insert(
            fmt::format("{} uses it and was not searched: it is outside of the root "
                        "or is excluded",
                        unit.file));
      }
    }
    for (const std::string& file : unread_users(fix, model_)) {
      reasons.insert(fmt::format("{} could not be read and may use it", file));
    }
    return {reasons.begin(), reasons.end()};
  }

  const Model& model_;
  const FixRules& rules_;
};

}  // namespace

OpenFixes open_fixes(std::vector<Finding> findings, const Model& model, const FixRules& rules) {
  const Sieve sieve(model, rules);
  OpenFixes result;
  for (Finding& finding : findings) {
    std::vector<SuggestedFix> open;
    std::optional<LeftFix> first;
    for (const SuggestedFix& fix : finding.fixes) {
      auto against = sieve.against(finding, fix);
      if (!against) {
        open.push_back(fix);
        sieve.name_files(open.back());
      } else if (!first) {
        first = std::move(against);
      }
    }
    if (!open.empty()) {
      finding.fixes = std::move(open);
      result.open.push_back(std::move(finding));
    } else if (first) {
      first->finding = result.closed.size();
      result.left.push_back(std::move(*first));
      result.closed.push_back(std::move(finding));
    }
  }
  return result;
}

Choice choose_fixes(const std::vector<Finding>& findings) {
  Choice choice;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (findings[i].fixes.empty()) continue;
    const SuggestedFix& fix = findings[i].fixes.front();
    if (!fix.proof || !fix.proof->verified || fix.edits.empty()) continue;
    const auto before = std::find_if(
        choice.chosen.begin(), choice.chosen.end(),
        [&](std::size_t other) { return touch(fix.edits, findings[other].fixes.front().edits); });
    if (before == choice.chosen.end()) {
      choice.chosen.push_back(i);
    } else {
      choice.left.push_back(
          {i,
           Left::Waiting,
           {fmt::format("its edits touch those of '{}'", findings[*before].fixes.front().title)}});
    }
  }
  return choice;
}

std::vector<TextEdit> joined_edits(const std::vector<Finding>& findings,
                                   const std::vector<std::size_t>& chosen) {
  std::set<TextEdit> edits;
  for (const std::size_t index : chosen) {
    const auto& own = findings[index].fixes.front().edits;
    edits.insert(own.begin(), own.end());
  }
  return {edits.begin(), edits.end()};
}

}  // namespace snug
