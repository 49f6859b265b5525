#include "analysis/threads/contention_fix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/describe.hpp"
#include "analysis/orders/orders.hpp"
#include "analysis/reorder/alignment_text.hpp"
#include "analysis/reorder/hazards.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "analysis/threads/contention_text.hpp"
#include "layout/lay_out.hpp"

namespace snug {
namespace {

/// What each object costs more.
std::string cost_text(const SizeChange& size) {
  if (size.after <= size.before) return "costs no memory: the object keeps its size";
  return fmt::format("costs {} per object ({} to {})", bytes_text(size.after - size.before),
                     size.before, size.after);
}

}  // namespace

std::set<std::string> line_starts(const Record& record, const std::set<std::string>& names,
                                  const std::vector<const Contention*>& pairs) {
  std::vector<const Slot*> fields;
  for (const std::string& name : names) {
    if (const Slot* slot = slot_of(record, name)) fields.push_back(slot);
  }
  std::sort(fields.begin(), fields.end(), [](const Slot* a, const Slot* b) {
    return a->extent.offset_bits < b->extent.offset_bits;
  });
  const auto clash = [&](const std::string& a, const std::string& b) {
    return std::any_of(pairs.begin(), pairs.end(), [&](const Contention* pair) {
      return (pair->first.name == a && pair->second.name == b) ||
             (pair->first.name == b && pair->second.name == a);
    });
  };
  std::set<std::string> starts;
  std::vector<std::string> line;
  for (const std::string& name : names) {
    if (name.find("::") != std::string::npos) line.push_back(name);  // of a base, which comes first
  }
  for (const Slot* field : fields) {
    const bool apart = std::any_of(line.begin(), line.end(), [&](const std::string& other) {
      return clash(other, field->name);
    });
    if (apart) {
      starts.insert(field->name);
      line.clear();
    }
    line.push_back(field->name);
  }
  return starts;
}

std::optional<SuggestedFix> align_fields(const Model& model, const Files& files,
                                         const std::vector<const Record*>& records,
                                         const std::set<std::string>& names,
                                         std::vector<Evidence>& evidence) {
  const std::uint64_t line = model.abi.cache_line_bytes;
  SuggestedFix fix;
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "'" : ", '") + name + "'";
  fix.title = fmt::format("Align {} to a cache line of {}", list, bytes_text(line));
  for (const Record* record : records) {
    std::optional<RecordSpec> spec = spec_of(*record, model);
    if (!spec || record->traits.conditional_fields || record->traits.packed) return std::nullopt;
    const std::vector<std::uint32_t> fields = own_fields(*record);
    for (std::uint32_t index = 0; index < fields.size(); ++index) {
      const Slot& slot = record->slots[fields[index]];
      if (!names.contains(slot.name) || slot.align_bits >= 8 * line) continue;
      if (slot.kind != SlotKind::Field) return std::nullopt;
      spec->members[index].explicit_align_bits = 8 * line;
    }
    const Placement placement = lay_out(*spec, model.abi);
    fix.promise.sizes.push_back({record->id, record->name, record->size, placement.size_bits / 8});
  }
  const Record& record = *records.front();
  const auto words = alignment_text(model, files, record, line, AlignmentPlace::Field);
  if (!words) return std::nullopt;
  for (const std::string& name : names) {
    const Slot* slot = slot_of(record, name);
    if (slot == nullptr || slot->align_bits >= 8 * line) continue;
    const auto edit = insert_before(record, *slot, *words + " ");
    if (!edit) return std::nullopt;
    fix.edits.push_back(*edit);
  }
  if (fix.edits.empty()) return std::nullopt;
  std::sort(fix.edits.begin(), fix.edits.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.begin < b.begin; });
  Hazards found = layout_hazards(records, model);
  fix.safety = std::max(found.safety, Safety::Review);
  fix.reasons = std::move(found.reasons);
  fix.reasons.push_back(cost_text(fix.promise.sizes.front()));
  evidence.insert(evidence.end(), found.evidence.begin(), found.evidence.end());
  return fix;
}

std::optional<SuggestedFix> align_record(const Model& model, const Files& files,
                                         const Record& record) {
  const std::uint64_t line = model.abi.cache_line_bytes;
  if (!record.definition.known() || record.traits.from_macro || record.traits.instantiation ||
      !record.reported || record.traits.lambda || record.kind == RecordKind::Union) {
    return std::nullopt;
  }
  const auto words = alignment_text(model, files, record, line, AlignmentPlace::Record);
  if (!words) return std::nullopt;
  const std::size_t keyword = record.kind == RecordKind::Class ? 5 : 6;
  SuggestedFix fix;
  fix.title = fmt::format("Align '{}' to a cache line of {}", record.name, bytes_text(line));
  const std::uint64_t at = record.definition.begin + keyword;
  fix.edits.push_back({record.definition.file, at, at, " " + *words});
  const std::uint64_t after = (record.size + line - 1) / line * line;
  fix.promise.sizes.push_back({record.id, record.name, record.size, after});
  const Record* const records[] = {&record};
  Hazards found = layout_hazards(records, model);
  fix.safety = std::max(found.safety, Safety::Review);
  fix.reasons = std::move(found.reasons);
  fix.reasons.push_back(cost_text(fix.promise.sizes.front()));
  return fix;
}

void add_bill(const Record& record, std::uint64_t after, std::optional<std::uint64_t> instances,
              std::vector<Evidence>& evidence) {
  std::string text = fmt::format("sizeof '{}' is {} and would be {}", record.name,
                                 bytes_text(record.size), bytes_text(after));
  if (instances && after > record.size) {
    text += fmt::format("; {} more for the {} objects that are known",
                        bytes_text((after - record.size) * *instances), *instances);
  }
  evidence.push_back({"bill", text, record.where});
}

}  // namespace snug
