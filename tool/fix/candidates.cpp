#include "fix/candidates.hpp"

#include <algorithm>

namespace snug {
namespace {

void add_parts(const std::vector<Slot>& slots, std::set<std::string>& parts) {
  for (const auto& slot : slots) {
    if (!slot.type_id.empty() && !slot.is_reference) parts.insert(slot.type_id);
    add_parts(slot.members, parts);
  }
}

/// What a use in a unit of its own can tell about a fix: 0 means nothing new.
std::size_t weight(UseKind kind) {
  switch (kind) {
    case UseKind::DesignatedInit:
    case UseKind::AssertedOffset:
    case UseKind::AssertedSize:
    case UseKind::InitReadsMember:
    case UseKind::PositionalInit:
    case UseKind::ParenInit:
      return 50;
    case UseKind::EmplaceAggregate:
    case UseKind::StructuredBinding:
    case UseKind::ByteCast:
    case UseKind::SizeArithmetic:
      return 10;
    default:
      return 0;
  }
}

/// The unit whose own file can tell most about the candidate, if any tells something.
std::optional<std::uint32_t> most_telling(const Candidate& candidate, const Model& model,
                                          const Containment& holders) {
  std::map<std::string, std::size_t> by_file;
  std::set<std::string> concerned;
  for (const auto& id : candidate.record_ids) {
    const auto& own = holders.holders(id);
    concerned.insert(own.begin(), own.end());
  }
  for (const auto& id : concerned) {
    for (const auto& [file, weight] : holders.telling(id)) by_file[file] += weight;
  }
  std::optional<std::uint32_t> best;
  std::size_t most = 0;
  for (const auto unit : candidate.units) {
    const auto own = by_file.find(model.units[unit].file);
    if (own == by_file.end() || own->second <= most) continue;
    best = unit;
    most = own->second;
  }
  return best;
}

}  // namespace

std::size_t units_with(const Candidate& candidate, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(candidate.verdicts.begin(), candidate.verdicts.end(),
                    [&](const auto& entry) { return entry.second == verdict; }));
}

Containment::Containment(const Model& model) {
  const auto add = [&](const Record& record) {
    std::set<std::string> parts;
    add_parts(record.slots, parts);
    for (const auto& part : parts) direct_[part].insert(record.id);
  };
  for (const auto& record : model.records) add(record);
  for (const auto& conflict : model.conflicts) add(conflict.other);
  weigh_uses(model);
}

void Containment::weigh_uses(const Model& model) {
  for (const auto& list : model.initializers) telling_[list.record_id][list.where.file] += 100;
  for (const auto& use : model.uses) {
    if (weight(use.kind) != 0) telling_[use.record_id][use.where.file] += weight(use.kind);
  }
}

const Containment::Telling& Containment::telling(const std::string& record_id) const {
  static const Telling nothing;
  const auto found = telling_.find(record_id);
  return found == telling_.end() ? nothing : found->second;
}

const std::set<std::string>& Containment::holders(const std::string& record_id) const {
  const auto [at, fresh] = holders_.try_emplace(record_id);
  if (!fresh) return at->second;
  std::vector<std::string> open{record_id};
  while (!open.empty()) {
    const auto id = std::move(open.back());
    open.pop_back();
    if (!at->second.insert(id).second) continue;
    const auto found = direct_.find(id);
    if (found != direct_.end()) open.insert(open.end(), found->second.begin(), found->second.end());
  }
  return at->second;
}

Candidate make_candidate(std::size_t finding, std::size_t fix, std::span<const Finding> findings,
                         const Model& model, const Containment& holders) {
  Candidate candidate;
  candidate.finding = finding;
  candidate.fix = fix;
  const auto& promise = findings[finding].fixes[fix].promise;
  std::set<std::string> ids;
  // A fix that names its units changes code, and the layout of no record.
  if (promise.units.empty()) ids.insert(findings[finding].record_id);
  for (const auto& size : promise.sizes) ids.insert(size.record_id);
  ids.erase("");
  candidate.record_ids.assign(ids.begin(), ids.end());

  for (const auto& id : ids) {
    const auto* record = model.find(id);
    if (record == nullptr) continue;
    for (const auto unit : record->units) {
      const bool usable = unit < model.units.size() && model.units[unit].status == UnitStatus::Ok;
      if (usable) ++candidate.seen[unit];
    }
  }
  for (const auto unit : promise.units) {
    const bool usable = unit < model.units.size() && model.units[unit].status == UnitStatus::Ok;
    if (usable) ++candidate.seen[unit];
  }
  for (const auto& [unit, count] : candidate.seen) candidate.units.push_back(unit);
  candidate.telling = most_telling(candidate, model, holders);
  return candidate;
}

}  // namespace snug
