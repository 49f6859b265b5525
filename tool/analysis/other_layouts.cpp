#include "analysis/other_layouts.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "analysis/describe.hpp"

namespace snug {
namespace {

/// So many flags name a configuration; more would hide the sentence.
constexpr std::size_t most_flags = 3;

const Unit* first_unit(const Record& record, const Model& model) {
  if (record.units.empty() || record.units.front() >= model.units.size()) return nullptr;
  return &model.units[record.units.front()];
}

/// The flags of a unit that the other one does not have.
std::vector<std::string> own_flags(const Unit& unit, const Unit* other) {
  std::vector<std::string> flags;
  if (other == nullptr) return flags;
  for (const std::string& flag : unit.flags) {
    if (std::find(other->flags.begin(), other->flags.end(), flag) != other->flags.end()) continue;
    if (flags.size() == most_flags) {
      flags.emplace_back("...");
      break;
    }
    flags.push_back(flag);
  }
  return flags;
}

}  // namespace

std::string unit_text(const Record& one, const Record& other, const Model& model) {
  const Unit* const unit = first_unit(one, model);
  if (unit == nullptr) return "another unit";
  const std::vector<std::string> flags = own_flags(*unit, first_unit(other, model));
  std::string text(file_name(unit->file));
  if (!flags.empty()) text += fmt::format(" with {}", fmt::join(flags, " "));
  return text;
}

std::vector<const Record*> other_layouts(const Record& record, const Model& model) {
  std::vector<const Record*> others;
  const Record* const main = model.find(record.id);
  if (main != nullptr && !same_layout(*main, record)) others.push_back(main);
  auto conflict = std::lower_bound(
      model.conflicts.begin(), model.conflicts.end(), record.id,
      [](const LayoutConflict& one, const std::string& id) { return one.other.id < id; });
  for (; conflict != model.conflicts.end() && conflict->other.id == record.id; ++conflict) {
    if (!same_layout(conflict->other, record)) others.push_back(&conflict->other);
  }
  return others;
}

std::string layouts_text(const Record& one, const Record& other, const Model& model) {
  return fmt::format("{} in {}, {} in {}", bytes_text(one.size), unit_text(one, other, model),
                     bytes_text(other.size), unit_text(other, one, model));
}

}  // namespace snug
