// Fields that always lie on two cache lines.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string_view>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/groups.hpp"
#include "analysis/orders/deliberate.hpp"
#include "analysis/orders/order_search.hpp"
#include "analysis/orders/orders.hpp"
#include "analysis/reorder/alignment_text.hpp"
#include "analysis/reorder/hazards.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "analysis/reorder/pointed_types.hpp"
#include "analysis/reorder/reorder_edit.hpp"
#include "analysis/reorder/reorder_fix.hpp"
#include "layout/lay_out.hpp"

namespace snug::checks {

namespace {

/// Bytes from the start of the line to the start of the object, in every way its alignment allows.
bool crosses_always(Extent extent, std::uint64_t align, std::uint64_t line) {
  if (extent.size_bits == 0 || extent.size_bits > 8 * line || align == 0) return false;
  for (std::uint64_t shift = 0; shift < line; shift += align) {
    const std::uint64_t first = (8 * shift + extent.offset_bits) / (8 * line);
    const std::uint64_t last = (8 * shift + extent.end_bits() - 1) / (8 * line);
    if (first == last) return false;
    if (align >= line) break;
  }
  return true;
}

/// Small records of which code touches several fields at once, by id: heads of lists, and structs
/// that a loop reads or writes.
using Together = std::set<std::string_view>;

Together touched_together(const Model& model) {
  const std::uint64_t most = model.abi.cache_line_bytes / 2;
  Together found;
  for (const Record& record : model.records) {
    const bool pointers = std::all_of(record.slots.begin(), record.slots.end(), [](const Slot& s) {
      return s.kind == SlotKind::Field && s.array_elements == 0 &&
             s.type.find('*') != std::string::npos && s.type.find('(') == std::string::npos;
    });
    const bool links = pointers && link_of(record) != nullptr;
    if (links && record.slots.size() >= 2 && record.size <= most) found.insert(record.id);
  }
  for (const Function& function : model.functions) {
    std::map<std::string_view, std::set<std::string_view>> fields;
    std::set<std::string_view> written;
    const bool life = function.kind == FunctionKind::Constructor ||
                      function.kind == FunctionKind::Destructor ||
                      function.kind == FunctionKind::Initializer;
    for (const FieldAccess& access : function.accesses) {
      if (access.field.empty() || life) continue;
      const Record* record = model.find(access.record_id);
      if (record == nullptr || record->size > most) continue;
      fields[record->id].insert(access.field);
      // What counts or moves on is no mere set-up.
      const bool counts = access.kind == AccessKind::ReadWrite || access.loop >= 0;
      if (counts) written.insert(record->id);
    }
    for (const auto& [id, names] : fields) {
      if (names.size() >= 2 && written.contains(id)) found.insert(id);
    }
  }
  return found;
}

/// Something that is loaded, stored or locked as a whole.
bool is_one_access(const Slot& slot, const Together& together) {
  const bool single = slot.kind == SlotKind::Field && slot.array_elements == 0;
  if (single && together.contains(slot.type_id)) return true;
  if (slot.kind != SlotKind::Field || slot.array_elements != 0 || !slot.members.empty()) {
    return false;
  }
  return slot.is_atomic || slot.is_lock || slot.is_reference || slot.type_id.empty();
}

void collect(const std::vector<Slot>& slots, const Together& together,
             std::vector<const Slot*>& out) {
  for (const Slot& slot : slots) {
    if (is_one_access(slot, together)) out.push_back(&slot);
    collect(slot.members, together, out);
  }
}

std::vector<const Slot*> crossing_fields(const Record& record, const Together& together,
                                         const Abi& abi) {
  std::vector<const Slot*> fields;
  collect(record.slots, together, fields);
  std::erase_if(fields, [&](const Slot* slot) {
    return !crosses_always(slot->extent, record.align, abi.cache_line_bytes);
  });
  return fields;
}

const char* noun(const Slot& slot) {
  return slot.is_lock ? "lock" : slot.is_atomic ? "atomic" : "field";
}

/// Orders that move one field elsewhere, the nearest places first.
class Mover {
 public:
  Mover(const Record& record, const Together& together, const Model& model)
      : record_(record), together_(together), model_(model) {
    spec_ = spec_of(record, model);
    slots_ = movable_slots(record);
  }

  [[nodiscard]] bool usable() const {
    return spec_ && !record_.traits.bit_field_wall && !record_.traits.conditional_fields &&
           !deliberate_padding(record_, model_);
  }

  /// An order of the same size or less in which nothing crosses a line; the declared one with one
  /// field moved. Bit-fields and flexible arrays stay where they are.
  [[nodiscard]] std::optional<std::vector<std::uint32_t>> find(std::uint64_t& size) const {
    const auto count = static_cast<std::uint32_t>(slots_.size());
    for (std::uint32_t distance = 1; distance < count; ++distance) {
      for (std::uint32_t from = 0; from < count; ++from) {
        for (const bool later : {false, true}) {
          if (later ? from + distance >= count : from < distance) continue;
          const std::uint32_t to = later ? from + distance : from - distance;
          std::vector<std::uint32_t> order(count);
          std::iota(order.begin(), order.end(), 0U);
          order.erase(order.begin() + from);
          order.insert(order.begin() + to, from);
          if (is_better(order, size)) return order;
        }
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool is_better(const std::vector<std::uint32_t>& order, std::uint64_t& size) const {
    for (std::uint32_t i = 0; i < order.size(); ++i) {
      const Slot& slot = *slots_[order[i]];
      if (slot.access != slots_[i]->access) return false;
      const bool fixed = slot.kind == SlotKind::BitField || slot.flexible_array;
      if (fixed && order[i] != i) return false;
    }
    const Placement placement = lay_out(*spec_, model_.abi, order);
    if (placement.size_bits > 8 * record_.size ||
        placement.nonvirtual_bits > 8 * record_.nonvirtual_size) {
      return false;
    }
    if (!keeps_groups(record_, model_, slots_, placement.offset_bits)) return false;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const std::uint64_t moved = placement.offset_bits[i] - slots_[i]->extent.offset_bits;
      if (crosses_after(*slots_[i], moved)) return false;
    }
    size = placement.size_bits / 8;
    return true;
  }

  [[nodiscard]] bool crosses_after(const Slot& slot, std::uint64_t moved) const {
    std::vector<const Slot*> parts;
    if (is_one_access(slot, together_)) parts.push_back(&slot);
    collect(slot.members, together_, parts);
    return std::any_of(parts.begin(), parts.end(), [&](const Slot* part) {
      return crosses_always({part->extent.offset_bits + moved, part->extent.size_bits},
                            record_.align, model_.abi.cache_line_bytes);
    });
  }

  const Record& record_;
  const Together& together_;
  const Model& model_;
  std::optional<RecordSpec> spec_;
  std::vector<const Slot*> slots_;
};

std::optional<SuggestedFix> reorder_fix(const Pass& pass, const HazardIndex& hazards,
                                        const Record& record, const Together& together,
                                        Finding& finding) {
  const Mover mover(record, together, pass.model);
  if (!mover.usable()) return std::nullopt;
  std::uint64_t size = 0;
  const auto order = mover.find(size);
  if (!order) return std::nullopt;
  SuggestedFix fix;
  fix.title = fmt::format("Reorder the fields of '{}'", record.name);
  const std::vector<const Slot*> slots = movable_slots(record);
  for (const std::uint32_t index : *order) fix.promise.order.push_back(slots[index]->name);
  fix.promise.sizes.push_back({record.id, record.name, record.size, size});
  const Record* const records[] = {&record};
  const Hazards found =
      plan_reorder(fix, records, record, *order, hazards, pass.model, pass.files).hazards;
  if (fix.safety == Safety::Refused) return std::nullopt;
  finding.evidence.insert(finding.evidence.end(), found.evidence.begin(), found.evidence.end());
  return fix;
}

/// alignas of the next power of two keeps the field on one line, at a price that is told.
std::optional<SuggestedFix> align_fix(const Pass& pass, const Record& record, const Slot& slot,
                                      Finding& finding) {
  std::optional<RecordSpec> spec = spec_of(record, pass.model);
  if (!spec || record.traits.conditional_fields) return std::nullopt;
  std::uint64_t align = 1;
  while (8 * align < slot.extent.size_bits) align *= 2;
  const std::vector<std::uint32_t> fields = own_fields(record);
  std::uint32_t index = 0;
  while (index < fields.size() && &record.slots[fields[index]] != &slot) ++index;
  if (index == fields.size() || align > pass.model.abi.cache_line_bytes) return std::nullopt;
  spec->members[index].explicit_align_bits = 8 * align;
  const Placement placement = lay_out(*spec, pass.model.abi);
  const auto words = alignment_text(pass.model, pass.files, record, align, AlignmentPlace::Field);
  const auto edit = words ? insert_before(record, slot, *words + " ") : std::nullopt;
  if (!edit) return std::nullopt;

  SuggestedFix fix;
  fix.title = fmt::format("Align '{}' to {}", slot.name, bytes_text(align));
  fix.edits.push_back(*edit);
  fix.promise.sizes.push_back({record.id, record.name, record.size, placement.size_bits / 8});
  const Record* const records[] = {&record};
  Hazards found = layout_hazards(records, pass.model);
  fix.safety = found.safety;
  fix.reasons = std::move(found.reasons);
  finding.evidence.insert(finding.evidence.end(), found.evidence.begin(), found.evidence.end());
  return fix;
}

/// A fix that only says why there is none.
SuggestedFix refused_fix(const Record& record, std::string reason) {
  SuggestedFix fix;
  fix.title = fmt::format("Move fields of '{}' off the line boundary", record.name);
  fix.safety = Safety::Refused;
  fix.reasons.push_back(std::move(reason));
  return fix;
}

void look_at_fields(Pass& pass, const HazardIndex& hazards, const Together& together,
                    const Record& record) {
  const std::vector<const Slot*> crossing = crossing_fields(record, together, pass.model.abi);
  if (crossing.empty()) return;
  const std::uint64_t line = pass.model.abi.cache_line_bytes;
  const Slot& first = *crossing.front();
  Finding finding;
  finding.where = first.where.known() ? first.where : record.where;
  finding.record_id = record.id;
  std::vector<std::string> names;
  for (const Slot* slot : crossing) {
    names.push_back(slot->name);
    finding.evidence.push_back(
        {"member",
         fmt::format("{} of {} at byte {} ends at byte {}, behind the line boundary at {}",
                     slot_label(*slot), bytes_text(slot->extent.size_bits / 8),
                     slot->extent.offset_bits / 8, slot->extent.end_bits() / 8,
                     (slot->extent.end_bits() - 1) / 8 / line * line),
         slot->where});
  }
  finding.subject = subject_of(record, names);
  finding.message = fmt::format(
      "{} '{}' of '{}' ({}) crosses a cache line in every object{}", noun(first), first.name,
      record.name, bytes_text(first.extent.size_bits / 8),
      record.align >= line ? fmt::format(", which are aligned to {}", bytes_text(record.align))
                           : std::string());
  const Record* const records[] = {&record};
  if (auto several = why_several_layouts(records, pass.model); !several.empty()) {
    // Another layout may well have its fields on one line.
    finding.level = Level::Note;
    finding.fixes.push_back(refused_fix(record, std::move(several)));
  } else if (auto fix = reorder_fix(pass, hazards, record, together, finding)) {
    finding.fixes.push_back(std::move(*fix));
  } else if (crossing.size() == 1) {
    if (auto aligned = align_fix(pass, record, first, finding)) {
      finding.fixes.push_back(std::move(*aligned));
    }
  }
  finding.needs_proof = false;
  pass.report(std::move(finding));
}

/// Elements of a line-aligned array that lie on two lines.
std::uint64_t crossing_elements(std::uint64_t elements, std::uint64_t size, std::uint64_t line) {
  std::uint64_t crossing = 0;
  const std::uint64_t period = std::min(elements, line / std::gcd(line, size));
  for (std::uint64_t i = 0; i < period; ++i) {
    if (i * size / line != (i * size + size - 1) / line) ++crossing;
  }
  std::uint64_t total = period == 0 ? 0 : elements / period * crossing;
  for (std::uint64_t i = elements - (period == 0 ? 0 : elements % period); i < elements; ++i) {
    if (i * size / line != (i * size + size - 1) / line) ++total;
  }
  return total;
}

void look_at_array(Pass& pass, const Record& record, const Slot& slot) {
  const std::uint64_t line = pass.model.abi.cache_line_bytes;
  if (slot.kind != SlotKind::Field || slot.array_elements < 2) return;
  if (record.align < line || slot.extent.offset_bits % (8 * line) != 0) return;
  const std::uint64_t size = slot.type_size_bits / 8 / slot.array_elements;
  if (size == 0 || size > line || line % size == 0) return;
  const std::uint64_t crossing = crossing_elements(slot.array_elements, size, line);
  if (crossing == 0) return;
  std::uint64_t wider = 1;
  while (wider < size) wider *= 2;

  Finding finding;
  finding.where = slot.where;
  finding.record_id = record.id;
  finding.subject = subject_of(record, std::vector<std::string>{slot.name});
  finding.message = fmt::format(
      "{} of the {} elements of '{}::{}' ({} each) cross a cache line although the array starts at "
      "one",
      crossing, slot.array_elements, record.name, slot.name, bytes_text(size));
  finding.evidence.push_back(
      {"cost",
       fmt::format("elements of {} would not cross a line; the array would take {} more",
                   bytes_text(wider), bytes_text((wider - size) * slot.array_elements)),
       slot.where});
  pass.report(std::move(finding));
}

void run_line_straddle(Pass& pass) {
  if (pass.model.abi.cache_line_bytes == 0) return;
  const HazardIndex hazards(pass.model);
  const Together together = touched_together(pass.model);
  for (const auto& records : definitions_of(pass.model)) {
    for (const Record* record : records) {
      if (record->kind == RecordKind::Union || record->traits.from_macro) continue;
      const std::size_t before = pass.findings.size();
      look_at_fields(pass, hazards, together, *record);
      for (const Slot& slot : record->slots) look_at_array(pass, *record, slot);
      // One finding a definition: the instantiations of a template share their fields.
      if (pass.findings.size() != before) break;
    }
  }
}

constexpr std::string_view line_straddle_doc =
    R"(A value that is on two cache lines costs two loads, and an atomic operation on it locks both
lines: on x86 a split lock stalls every core. This check reports fields that cross a line in every
object of their type.

Where an object starts within a line is known only if its type is aligned to a line. There, a field,
atomic or lock that reaches over a boundary is reported. For other types every start that their
alignment allows is tried, and the field is reported only if it crosses a line from all of them,
which happens with packed fields and with locks that are nearly as large as a line. Heads of lists,
and structs of half a line or less of which a function touches several fields in a loop, or counts
one of several up, count as one value. Arrays inside such a type are reported if they start at a line and their elements do not divide it.

Not reported: ordinary arrays and vectors of 24- or 48-byte records, some elements of which cross a
line wherever they are, and records that cross a line only in unlucky places.

The fix moves one field so that nothing crosses a line and the type gets no larger; where no such
order exists, alignas of the next power of two on the field, with the size that this costs. An
element type that does not divide a line gets no edit: the finding names what rounding it up would
cost, which often is more than it brings.

Ignore it for fields that are hardly ever touched, or touched together with everything around them.)";

}  // namespace

extern const Check line_straddle;
const Check line_straddle = {"line-straddle",
                             "fields that cross a cache line in every object",
                             line_straddle_doc,
                             {},
                             run_line_straddle};

}  // namespace snug::checks
