// Promises about a layout that are not kept: limits, frozen layouts, groups of fields.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/groups.hpp"
#include "analysis/orders/orders.hpp"
#include "model/slot_diff.hpp"

namespace snug::checks {

namespace {

/// So many slots are named at most.
constexpr std::size_t most_slots = 5;

bool is_padding(const Slot& slot) {
  return slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding;
}

std::string name_of(const Slot& slot) {
  switch (slot.kind) {
    case SlotKind::Field:
    case SlotKind::BitField:
      return slot_label(slot);
    case SlotKind::Base:
    case SlotKind::VirtualBase:
      return fmt::format("the base '{}'", slot.name);
    default:
      return fmt::format("the {}", to_string(slot.kind));
  }
}

std::string amount(std::uint64_t bits) {
  return bits % 8 == 0 ? bytes_text(bits / 8) : fmt::format("{} bits", bits);
}

Finding finding_on(const Record& record, std::string_view what, const SourceRange& set_at) {
  Finding finding;
  finding.where = record.where;
  finding.record_id = record.id;
  finding.subject = subject_of(record, std::vector<std::string>{std::string(what)});
  if (set_at.known()) finding.evidence.push_back({"limit", "budget declared here", set_at});
  return finding;
}

/// The slots that take most, the largest first.
void blame_largest(const Record& record, Finding& finding) {
  std::vector<const Slot*> slots;
  for (const Slot& slot : record.slots) {
    if (slot.extent.size_bits != 0) slots.push_back(&slot);
  }
  std::stable_sort(slots.begin(), slots.end(), [](const Slot* a, const Slot* b) {
    return a->extent.size_bits > b->extent.size_bits;
  });
  if (slots.size() > most_slots) slots.resize(most_slots);
  for (const Slot* slot : slots) {
    if (is_padding(*slot)) continue;
    const std::string type = slot->type.empty() ? "" : fmt::format(" ({})", slot->type);
    finding.evidence.push_back(
        {"member",
         fmt::format("{}{} takes {}", name_of(*slot), type, amount(slot->extent.size_bits)),
         slot->where});
  }
  const PaddingSum padding = padding_of(record);
  if (padding.holes + padding.tail != 0) {
    finding.evidence.push_back(
        {"hole", fmt::format("{} of it are padding", bytes_text(padding.holes + padding.tail)),
         record.where});
  }
}

void blame_padding(const Record& record, Finding& finding) {
  const Slot* before = nullptr;
  for (const Slot& slot : record.slots) {
    if (!is_padding(slot)) {
      before = &slot;
      continue;
    }
    const bool tail = slot.kind == SlotKind::TailPadding;
    finding.evidence.push_back(
        {tail ? "tail-padding" : "hole",
         fmt::format("{} {}", amount(slot.extent.size_bits),
                     tail                ? "at the end"
                     : before == nullptr ? "at the start"
                                         : "after " + name_of(*before)),
         before == nullptr || !before->where.known() ? record.where : before->where});
  }
}

/// The slots that lie behind the last line that is allowed.
void blame_behind(const Record& record, std::uint64_t bytes, Finding& finding) {
  std::size_t named = 0;
  for (const Slot& slot : record.slots) {
    if (is_padding(slot) || slot.extent.end_bits() <= 8 * bytes) continue;
    if (named++ == most_slots) break;
    finding.evidence.push_back(
        {"member",
         fmt::format("{} ends at byte {}", name_of(slot), (slot.extent.end_bits() + 7) / 8),
         slot.where});
  }
}

void look_at_limits(Pass& pass, const Record& record, const RecordRules& rules) {
  const PaddingSum sum = padding_of(record);
  const std::uint64_t padding = sum.holes + sum.tail;
  const std::uint64_t lines = lines_of(record.size, pass.model.abi);
  if (rules.max_size && record.size > rules.max_size->most) {
    Finding finding = finding_on(record, "max-size", rules.max_size->set_at);
    finding.message =
        fmt::format("'{}' is {}, {} over its {}-byte budget", record.name, bytes_text(record.size),
                    record.size - rules.max_size->most, rules.max_size->most);
    blame_largest(record, finding);
    pass.report(std::move(finding));
  }
  if (rules.max_padding && padding > rules.max_padding->most) {
    Finding finding = finding_on(record, "max-padding", rules.max_padding->set_at);
    finding.message = fmt::format("'{}' has {} of padding, {} over its {}-byte budget", record.name,
                                  bytes_text(padding), padding - rules.max_padding->most,
                                  rules.max_padding->most);
    blame_padding(record, finding);
    pass.report(std::move(finding));
  }
  if (rules.max_lines && lines > rules.max_lines->most) {
    Finding finding = finding_on(record, "max-lines", rules.max_lines->set_at);
    finding.message = fmt::format("'{}' ({}) takes {} cache lines, its budget is {}", record.name,
                                  bytes_text(record.size), lines, rules.max_lines->most);
    blame_behind(record, rules.max_lines->most * pass.model.abi.cache_line_bytes, finding);
    pass.report(std::move(finding));
  }
}

void look_at_groups(Pass& pass, const Record& record, const RecordRules& rules) {
  const std::uint64_t line = 8ULL * pass.model.abi.cache_line_bytes;
  if (line == 0) return;
  for (const FieldGroup& group : groups_of(record, &rules)) {
    const GroupPlace place = place_of(group, record);
    if (place.lines(line) == 1) continue;
    Finding finding = finding_on(record, "group " + group.name, {});
    const Slot& first = record.slots[group.slots.front()];
    if (first.where.known()) finding.where = first.where;
    finding.message =
        fmt::format("the group '{}' of '{}' is on {} cache lines, from byte {} to {}", group.name,
                    record.name, place.lines(line), place.first_bit / 8, (place.end_bit + 7) / 8);
    for (const std::uint32_t index : group.slots) {
      const Slot& slot = record.slots[index];
      finding.evidence.push_back(
          {"member",
           fmt::format("{}: {} at byte {}", name_of(slot), amount(slot.extent.size_bits),
                       slot.extent.offset_bits / 8),
           slot.where});
    }
    pass.report(std::move(finding));
  }
}

void look_at_frozen(Pass& pass, const Record& record, const RecordRules& rules) {
  if (!rules.frozen) return;
  Finding finding = finding_on(record, "frozen", *rules.frozen);
  if (!rules.agreed) {
    if (!pass.model.rules.baseline_read) return;
    finding.level = Level::Note;
    finding.message = fmt::format(
        "'{}' is frozen, but the baseline does not know its layout; write it with "
        "--write-baseline",
        record.name);
    pass.report(std::move(finding));
    return;
  }
  const AgreedLayout& agreed = *rules.agreed;
  std::vector<SlotChange> changes = slot_changes(agreed.slots, record.slots);
  std::erase_if(changes,
                [](const SlotChange& change) { return change.kind == SlotChange::Kind::Renamed; });
  if (changes.empty() && record.size == agreed.size && record.align == agreed.align) return;
  finding.message = fmt::format("the layout of '{}' is frozen and has changed", record.name);
  if (record.size != agreed.size) {
    finding.message += fmt::format(": {} instead of {}", bytes_text(record.size), agreed.size);
  } else if (record.align != agreed.align) {
    finding.message += fmt::format(": aligned to {} instead of {}", record.align, agreed.align);
  }
  for (const SlotChange& change : changes) {
    const SourceRange& where = change.after.where;
    finding.evidence.push_back({"member", describe(change), where.known() ? where : record.where});
  }
  pass.report(std::move(finding));
}

void run_budget(Pass& pass) {
  for (const auto& records : definitions_of(pass.model)) {
    // One finding a definition: the instantiations of a template share their declaration.
    for (const Record* record : records) {
      const RecordRules* const rules = pass.model.rules.of(record->id);
      if (rules == nullptr) continue;
      const std::size_t before = pass.findings.size();
      look_at_limits(pass, *record, *rules);
      look_at_groups(pass, *record, *rules);
      look_at_frozen(pass, *record, *rules);
      if (pass.findings.size() != before) break;
    }
  }
}

constexpr std::string_view budget_doc =
    R"(A project can say what a type may cost, and be warned when it costs more. The promise is made by a
mark in the source or by the configuration, and this check compares it with the layout that the
compiler gives:

  struct Order { ... };      // snug: max-size(64), max-padding(0)

  # .snug.toml
  [[budget]]
  types = ["market::Order", "net::*Header"]
  max-size = 64
  max-lines = 1
  frozen = true

'max-size' and 'max-padding' count bytes, 'max-lines' cache lines of an object that starts at one.
Several promises hold together. The finding names the slots to blame: the largest ones, the holes,
or what is behind the last line that is allowed.

A group (fields that carry the mark group) is reported when it is on more than one cache line of
an object that starts at one; align the type to a line if its objects do not.

A frozen record is an interface: files, shared memory, other programs. 'snug check --write-baseline
FILE' stores its layout, and a run with '--baseline FILE' reports every slot that was added, removed,
moved or changed since. A new name for a field is no change. Of a record that the baseline does not
know a note says so.

Not reported: types without a promise, and frozen records in a run without a baseline.

The types of a budget are globs for qualified names or for the end of them: Order means every record
of that name, market::* all records directly in market, market::** those in nested namespaces and
classes too, ::Order only the one in the global namespace. A template is named without its arguments
or with them.)";

}  // namespace

extern const Check budget;
const Check budget = {"budget",
                      "types over their budget, and frozen layouts that changed",
                      budget_doc,
                      {},
                      run_budget};

}  // namespace snug::checks
