// One type that has two layouts in one program.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "model/slot_diff.hpp"

namespace snug::checks {

namespace {

std::set<std::string> files_of(const Record& record, const Model& model) {
  std::set<std::string> files;
  for (const std::uint32_t unit : record.units) files.insert(model.units[unit].file);
  return files;
}

/// Two units that see the type differently and belong to one configuration.
struct Pair {
  const Unit* one = nullptr;
  const Unit* other = nullptr;
};

/// A file that sees both layouts was compiled twice, with other flags: those are two configurations
/// of a program, not one. A pair counts if neither file is known to see the other layout.
std::optional<Pair> conflicting_units(const Record& one, const Record& other, const Model& model) {
  const std::set<std::string> one_files = files_of(one, model);
  const std::set<std::string> other_files = files_of(other, model);
  for (const std::uint32_t a : one.units) {
    if (other_files.contains(model.units[a].file)) continue;
    for (const std::uint32_t b : other.units) {
      if (one_files.contains(model.units[b].file)) continue;
      return Pair{&model.units[a], &model.units[b]};
    }
  }
  return std::nullopt;
}

bool is_one_type(const Record& one, const Record& other) {
  if (one.traits.internal_linkage || other.traits.internal_linkage) return false;
  if (one.traits.local || one.traits.lambda || one.traits.invalid || other.traits.invalid) {
    return false;
  }
  // C has no rule that structs of one name are one type; the same declaration is.
  if (!one.traits.c_linkage && !other.traits.c_linkage) return true;
  return one.where.file == other.where.file && one.where.line == other.where.line &&
         one.where.column == other.where.column;
}

std::vector<const Slot*> told_slots(const Record& record) {
  std::vector<const Slot*> slots;
  for (const Slot& slot : record.slots) {
    if (slot.kind != SlotKind::Hole && slot.kind != SlotKind::TailPadding) slots.push_back(&slot);
  }
  return slots;
}

/// True if the layouts differ only because a member or base has two layouts itself: that type's
/// finding tells it.
bool follows_from_parts(const Record& one, const Record& other,
                        const std::set<std::string_view>& conflicted) {
  const auto a = told_slots(one);
  const auto b = told_slots(other);
  const bool same_parts =
      std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Slot* x, const Slot* y) {
        return x->kind == y->kind && x->name == y->name && same_type(x->type, y->type);
      });
  return same_parts && std::any_of(a.begin(), a.end(), [&](const Slot* slot) {
           return !slot->type_id.empty() && slot->type_id != one.id &&
                  conflicted.contains(slot->type_id);
         });
}

/// A field that is no record itself: where it lies, and what it is.
struct Leaf {
  Extent extent;
  std::string_view name;
  std::string_view type;
  auto operator<=>(const Leaf&) const = default;
};

/// Adds the fields of a record and of the records in it. False if one of those was not read.
bool add_leaves(const std::vector<Slot>& slots, std::uint64_t offset_bits, const Model& model,
                int depth, std::vector<Leaf>& leaves) {
  for (const Slot& slot : slots) {
    if (slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding) continue;
    const Extent extent{offset_bits + slot.extent.offset_bits, slot.extent.size_bits};
    if (!slot.members.empty()) {
      if (!add_leaves(slot.members, offset_bits, model, depth, leaves)) return false;
      continue;
    }
    const bool whole = slot.type_id.empty() || slot.is_reference || slot.array_elements != 0;
    if (whole) {
      leaves.push_back({extent, slot.name, slot.type});
      continue;
    }
    const Record* type = model.find(slot.type_id);
    if (type == nullptr || depth > 16) return false;
    if (!add_leaves(type->slots, extent.offset_bits, model, depth + 1, leaves)) return false;
  }
  return true;
}

/// True if every field lies at the same bytes under the same name: the two differ in how they group
/// their fields, and no code can tell.
bool same_bytes(const Record& one, const Record& other, const Model& model) {
  if (one.size != other.size || one.align != other.align || one.data_size != other.data_size) {
    return false;
  }
  std::vector<Leaf> a;
  std::vector<Leaf> b;
  if (!add_leaves(one.slots, 0, model, 0, a) || !add_leaves(other.slots, 0, model, 0, b)) {
    return false;
  }
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Leaf& x, const Leaf& y) {
    return x.extent == y.extent && x.name == y.name && same_type(x.type, y.type);
  });
}

std::string place_text(const Slot& slot) {
  const Extent extent = slot.extent;
  if (slot.kind == SlotKind::BitField) {
    return fmt::format("byte {} bit {}, {} bits", extent.offset_bits / 8, extent.offset_bits % 8,
                       extent.size_bits);
  }
  return fmt::format("byte {}, {}", extent.offset_bits / 8, bytes_text(extent.size_bits / 8));
}

std::string slot_name(const Slot& slot) {
  if (slot.kind == SlotKind::VPtr || slot.kind == SlotKind::VBPtr ||
      slot.kind == SlotKind::VtorDisp) {
    return fmt::format("the {}", to_string(slot.kind));
  }
  if (slot.kind == SlotKind::Base || slot.kind == SlotKind::VirtualBase) {
    return fmt::format("base '{}'", slot.name);
  }
  return slot_label(slot);
}

const Slot* find_slot(const Record& record, const Slot& like) {
  for (const Slot& slot : record.slots) {
    if (slot.kind == like.kind && slot.name == like.name && !slot.name.empty()) return &slot;
  }
  return nullptr;
}

/// One line a slot that differs: here and there.
void add_differences(const Record& one, const Record& other, const Pair& pair, Finding& finding) {
  const std::string_view here = file_name(pair.one->file);
  const std::string_view there = file_name(pair.other->file);
  for (const Slot* slot : told_slots(one)) {
    const Slot* twin = find_slot(other, *slot);
    if (twin == nullptr) {
      finding.evidence.push_back({"layout",
                                  fmt::format("{}: {} in {}, absent in {}", slot_name(*slot),
                                              place_text(*slot), here, there),
                                  slot->where});
    } else if (twin->extent != slot->extent || !same_type(twin->type, slot->type)) {
      finding.evidence.push_back(
          {"layout",
           fmt::format("{}: '{}' at {} in {}, '{}' at {} in {}", slot_name(*slot), slot->type,
                       place_text(*slot), here, twin->type, place_text(*twin), there),
           slot->where});
    }
  }
  for (const Slot* slot : told_slots(other)) {
    if (find_slot(one, *slot) != nullptr) continue;
    finding.evidence.push_back({"layout",
                                fmt::format("{}: absent in {}, {} in {}", slot_name(*slot), here,
                                            place_text(*slot), there),
                                slot->where});
  }
}

void add_unit(const Record& record, const Unit& unit, Finding& finding) {
  SourceRange where;
  where.file = unit.file;
  where.line = where.column = 1;
  finding.evidence.push_back(
      {"unit",
       fmt::format("{} sees {}, aligned to {}{}", file_name(unit.file), bytes_text(record.size),
                   bytes_text(record.align),
                   record.units.size() > 1
                       ? fmt::format(", as do {} other units", record.units.size() - 1)
                       : std::string()),
       where});
}

void add_flags(const Unit& unit, const Unit& other, Finding& finding) {
  for (const std::string& flag : unit.flags) {
    if (std::find(other.flags.begin(), other.flags.end(), flag) != other.flags.end()) continue;
    SourceRange where;
    where.file = unit.file;
    where.line = where.column = 1;
    finding.evidence.push_back(
        {"flag", fmt::format("only {} is compiled with {}", file_name(unit.file), flag), where});
  }
}

void look_at(Pass& pass, const Record& one, const Record& other) {
  const auto pair = conflicting_units(one, other, pass.model);
  if (!pair) return;
  Finding finding;
  finding.where = one.where;
  finding.record_id = one.id;
  finding.subject = subject_of(one);
  const std::string_view here = file_name(pair->one->file);
  const std::string_view there = file_name(pair->other->file);
  finding.message = one.size == other.size
                        ? fmt::format("'{}' has two layouts of {}, one in {} and one in {}",
                                      one.name, bytes_text(one.size), here, there)
                        : fmt::format("'{}' has two layouts: {} in {}, {} in {}", one.name,
                                      bytes_text(one.size), here, bytes_text(other.size), there);
  add_unit(one, *pair->one, finding);
  add_unit(other, *pair->other, finding);
  add_differences(one, other, *pair, finding);
  if (one.where != other.where) {
    finding.evidence.push_back({"definition", "the other definition is here", other.where});
  }
  add_flags(*pair->one, *pair->other, finding);
  add_flags(*pair->other, *pair->one, finding);
  pass.report(std::move(finding));
}

void run_odr_layout(Pass& pass) {
  std::set<std::string_view> conflicted;
  for (const LayoutConflict& conflict : pass.model.conflicts) {
    const Record* record = pass.model.find(conflict.other.id);
    const bool copy = record != nullptr && same_layout(*record, conflict.other);
    if (!copy) conflicted.insert(conflict.other.id);
  }
  std::set<std::string_view> told;
  for (const LayoutConflict& conflict : pass.model.conflicts) {
    const Record* record = pass.model.find(conflict.other.id);
    if (conflict.doubtful) continue;
    if (record == nullptr || (!record->reported && !conflict.other.reported)) continue;
    if (!is_one_type(*record, conflict.other)) continue;
    if (same_layout(*record, conflict.other)) continue;  // a copy of its text
    if (same_bytes(*record, conflict.other, pass.model)) continue;
    if (follows_from_parts(*record, conflict.other, conflicted)) continue;
    if (told.contains(record->id)) continue;
    const std::size_t before = pass.findings.size();
    look_at(pass, *record, conflict.other);
    if (pass.findings.size() != before) told.insert(record->id);
  }
}

constexpr std::string_view odr_layout_doc =
    R"(A type must be the same in every part of a program (the one definition rule). If a macro, a flag
or a copied declaration gives it another size or moves its fields in one unit, then code of that unit
reads and writes the wrong bytes of objects that others made. Nothing diagnoses it: the linker
compares names, not layouts. It shows as memory corruption far from its cause.

Typical causes are a field under #ifdef DEBUG with a flag that only some units get, #pragma pack that
a header leaves open, -fshort-enums, -m flags that change alignments, and two types that happen to
share a name.

The finding shows both layouts side by side: the sizes with the units that see them, each field that
is elsewhere or absent, and the flags that only one of the two units is compiled with.

Not reported: types in anonymous namespaces and local types, which are different types; structs of C
that merely share a name, since in C only one declaration is one type; and a file that was compiled
in several configurations, because those do not meet in one program. A type that differs only because
a member or a base differs is left to the finding of that member or base. Where a file was saved during
the scan, units that read different texts of it are not compared; a note says so.

There is no automatic fix. Make the flag the same for all units, move the conditional field out of
the type, or rename one of the types.)";

}  // namespace

extern const Check odr_layout;
const Check odr_layout = {
    "odr-layout", "one type with two layouts in two units", odr_layout_doc, {}, run_odr_layout};

}  // namespace snug::checks
