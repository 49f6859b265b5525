// Enumerations that are wider than their values, where a record would shrink.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "layout/lay_out.hpp"

namespace snug::checks {

namespace {

constexpr std::array enum_size_options = {
    CheckOption{"min-bytes", 4, "least number of bytes that an object must shrink by"}};

/// A narrower type for an enumeration.
struct Narrow {
  std::string type;
  std::uint64_t size = 0;  ///< Bytes.
};

bool fits(const Enumeration& enumeration, std::uint64_t bytes) {
  const std::uint64_t bits = 8 * bytes;
  if (enumeration.least < 0) {
    const auto limit = std::int64_t{1} << (bits - 1);
    return enumeration.least >= -limit && enumeration.greatest < static_cast<std::uint64_t>(limit);
  }
  return enumeration.greatest < (std::uint64_t{1} << bits);
}

std::optional<Narrow> narrower(const Enumeration& enumeration) {
  for (const std::uint64_t bytes : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{4}}) {
    if (bytes >= enumeration.size) return std::nullopt;
    if (!fits(enumeration, bytes)) continue;
    const bool negative = enumeration.least < 0;
    if (enumeration.standard_integers) {
      return Narrow{fmt::format("std::{}int{}_t", negative ? "" : "u", 8 * bytes), bytes};
    }
    constexpr std::array<std::string_view, 3> signed_types = {"signed char", "short", "int"};
    constexpr std::array<std::string_view, 3> unsigned_types = {"unsigned char", "unsigned short",
                                                                "unsigned int"};
    const std::size_t index = bytes / 2;
    return Narrow{std::string(negative ? signed_types[index] : unsigned_types[index]), bytes};
  }
  return std::nullopt;
}

/// A record that shrinks, with the fields that make it.
// snug: ignore(soa-candidate): the records of one enumeration are few
struct Gain {
  const Record* record = nullptr;
  std::uint64_t after = 0;  ///< Bytes.
  std::vector<const Slot*> fields;

  [[nodiscard]] std::uint64_t saved() const { return record->size - after; }
};

/// What is known about the enumerations of a model, by id.
struct Facts {
  std::map<std::string_view, std::vector<const EnumUse*>> uses;
  std::map<std::string_view, std::vector<const Record*>> records;
  std::map<std::string_view, std::vector<const Enumeration*>> declarations;  ///< By USR.
};

bool holds_deep(const std::vector<Slot>& slots, std::string_view id) {
  return std::any_of(slots.begin(), slots.end(), [&](const Slot& slot) {
    return slot.enumeration == id || holds_deep(slot.members, id);
  });
}

Facts facts_of(const Model& model) {
  Facts facts;
  for (const EnumUse& use : model.enum_uses) facts.uses[use.enumeration].push_back(&use);
  for (const Enumeration& enumeration : model.enumerations) {
    facts.declarations[enumeration.usr].push_back(&enumeration);
  }
  for (const Record& record : model.records) {
    std::vector<std::string_view> seen;
    for (const Slot& slot : record.slots) {
      if (slot.enumeration.empty()) continue;
      if (std::find(seen.begin(), seen.end(), slot.enumeration) != seen.end()) continue;
      seen.emplace_back(slot.enumeration);
      facts.records[slot.enumeration].push_back(&record);
    }
  }
  return facts;
}

/// An enumeration and the type that its values fit.
struct Narrowing {
  const Enumeration* enumeration = nullptr;
  Narrow narrow;
};

/// The record with narrower enumerations; empty if it stays as large or cannot be told.
std::optional<Gain> gain_of(const Record& record, std::span<const Narrowing> narrowings,
                            const Model& model) {
  const bool hidden = std::any_of(record.slots.begin(), record.slots.end(), [&](const Slot& slot) {
    return std::any_of(narrowings.begin(), narrowings.end(), [&](const Narrowing& one) {
      return holds_deep(slot.members, one.enumeration->id);
    });
  });
  if (hidden || !record.reported) return std::nullopt;
  std::optional<RecordSpec> spec = spec_of(record, model);
  if (!spec) return std::nullopt;
  Gain gain;
  gain.record = &record;
  release_alignment(*spec, record);
  const std::vector<std::uint32_t> fields = own_fields(record);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const Slot& slot = record.slots[fields[i]];
    const auto found =
        std::find_if(narrowings.begin(), narrowings.end(),
                     [&](const Narrowing& one) { return one.enumeration->id == slot.enumeration; });
    if (found == narrowings.end()) continue;
    const std::uint64_t bytes = found->narrow.size;
    MemberSpec& member = spec->members[i];
    member.size_bits = member.size_bits / found->enumeration->size * bytes;
    member.data_bits = member.data_bits / found->enumeration->size * bytes;
    member.type_align_bits = std::min(member.type_align_bits, 8 * bytes);
    if (member.bit_width && *member.bit_width > 8 * bytes) return std::nullopt;
    gain.fields.push_back(&slot);
  }
  gain.after = lay_out(*spec, model.abi).size_bits / 8;
  if (gain.fields.empty() || gain.after >= record.size) return std::nullopt;
  return gain;
}

bool outside(const Enumeration& enumeration, std::uint64_t bytes, std::int64_t value) {
  Enumeration with = enumeration;
  with.least = std::min(with.least, value);
  if (value > 0) with.greatest = std::max(with.greatest, static_cast<std::uint64_t>(value));
  // A value below zero needs the sign that the enumerators do not.
  return (value < 0 && enumeration.least >= 0) || !fits(with, bytes);
}

/// True where the width is part of an interface, or values beyond the enumerators are made.
bool width_is_meant(const Enumeration& enumeration, std::uint64_t bytes,
                    std::span<const EnumUse* const> uses) {
  if (enumeration.c_linkage || enumeration.exact || enumeration.attribute) return true;
  return std::any_of(uses.begin(), uses.end(), [&](const EnumUse* use) {
    return use->kind == EnumUseKind::Complement || use->kind == EnumUseKind::Linkage ||
           (use->kind == EnumUseKind::ConstantCast && outside(enumeration, bytes, use->value));
  });
}

std::string_view words_for(EnumUseKind kind) {
  return kind == EnumUseKind::WideCast
             ? "a number is cast to it here; one that does not fit would be cut"
             : "its width may matter here: its size, the type that it is stored in or a pointer to "
               "it is used";
}

/// The edits, or why there are none.
void add_edits(const Enumeration& enumeration, const Narrow& narrow, const Facts& facts,
               SuggestedFix& fix) {
  for (const Enumeration* each : facts.declarations.at(enumeration.usr)) {
    const char* refusal = nullptr;
    if (each->from_macro || !each->type_text.known()) {
      refusal = "a macro writes its declaration";
    } else if (each->conditional) {
      refusal = "#if stands between its braces: another configuration may have other values";
    } else if (each->c) {
      refusal = "C has no underlying types before C23; __attribute__((packed)) narrows it";
    }
    if (refusal != nullptr) {
      fix.safety = Safety::Refused;
      fix.edits.clear();
      fix.reasons = {refusal};
      return;
    }
    fix.edits.push_back({each->type_text.file, each->type_text.begin, each->type_text.end,
                         each->fixed ? narrow.type : " : " + narrow.type});
  }
  std::sort(fix.edits.begin(), fix.edits.end());
  fix.edits.erase(std::unique(fix.edits.begin(), fix.edits.end()), fix.edits.end());
}

void add_hazards(const Enumeration& enumeration, const Narrow& narrow, const Facts& facts,
                 std::span<const Gain> gains, const Model& model, SuggestedFix& fix,
                 Finding& finding) {
  std::vector<const Record*> records;
  for (const Gain& gain : gains) records.push_back(gain.record);
  Hazards hazards = layout_hazards(records, model);
  fix.safety = std::max(fix.safety, hazards.safety);
  fix.reasons.insert(fix.reasons.end(), hazards.reasons.begin(), hazards.reasons.end());
  finding.evidence.insert(finding.evidence.end(), hazards.evidence.begin(), hazards.evidence.end());
  const auto uses = facts.uses.find(enumeration.id);
  if (uses != facts.uses.end()) {
    for (const EnumUse* use : uses->second) {
      if (use->kind != EnumUseKind::WideCast && use->kind != EnumUseKind::PointerCast) continue;
      const std::string text(words_for(use->kind));
      fix.safety = std::max(fix.safety, Safety::Review);
      fix.reasons.push_back(
          fmt::format("{}:{}: {}", file_name(use->where.file), use->where.line, text));
      finding.evidence.push_back({"hazard", text, use->where});
    }
  }
  if (!enumeration.scoped && narrow.size == 1) {
    fix.safety = std::max(fix.safety, Safety::Review);
    const std::string reason =
        "an unscoped enumeration stored in a char type picks overloads for char: a stream prints "
        "a character instead of a number";
    // Once for all that are narrowed together.
    if (std::find(fix.reasons.begin(), fix.reasons.end(), reason) == fix.reasons.end()) {
      fix.reasons.push_back(reason);
    }
  }
}

std::string others_text(std::size_t others) {
  if (others == 0) return {};
  return others == 1 ? ", and another record shrinks"
                     : fmt::format(", and {} other records shrink", others);
}

/// "the 3 values of 'Kind' fit 1 byte, but it takes 4 bytes"
std::string fits_text(const Narrowing& one) {
  const Enumeration& enumeration = *one.enumeration;
  return fmt::format(
      "the {} of '{}' fit{} {}, but it takes {}",
      enumeration.count == 1 ? "only value" : fmt::format("{} values", enumeration.count),
      enumeration.name, enumeration.count == 1 ? "s" : "", bytes_text(one.narrow.size),
      bytes_text(enumeration.size));
}

std::string message_of(std::span<const Narrowing> narrowings, const Gain& best,
                       std::size_t others) {
  std::string text = fits_text(narrowings.front());
  if (narrowings.size() == 1) {
    text += fmt::format("; as '{}' it makes", narrowings.front().narrow.type);
  } else {
    std::string names;
    for (const Narrowing& one : narrowings.subspan(1)) {
      names += fmt::format("{}'{}'", names.empty() ? "" : ", ", one.enumeration->name);
    }
    text += fmt::format(", and so {} {}; narrowed together they make",
                        narrowings.size() == 2 ? "does" : "do", names);
  }
  return text + fmt::format(" '{}' {} bytes instead of {}{}", best.record->name, best.after,
                            best.record->size, others_text(others));
}

void report(Pass& pass, std::span<const Narrowing> narrowings, const Facts& facts,
            std::span<const Gain> gains) {
  const Enumeration& enumeration = *narrowings.front().enumeration;
  const Gain& best =
      *std::max_element(gains.begin(), gains.end(),
                        [](const Gain& a, const Gain& b) { return a.saved() < b.saved(); });
  Finding finding;
  finding.where = enumeration.where;
  finding.record_id = best.record->id;
  finding.bytes_saved = static_cast<std::int64_t>(best.saved());
  finding.subject = enumeration.name;
  finding.message = message_of(narrowings, best, gains.size() - 1);
  SuggestedFix fix;
  fix.safety = Safety::Safe;
  std::string names;
  bool fixed = false;
  for (const Narrowing& one : narrowings) {
    names += fmt::format("{}'{}' in '{}'", names.empty() ? "" : ", ", one.enumeration->name,
                         one.narrow.type);
    fixed = fixed || one.enumeration->fixed;
  }
  fix.title = "Store " + names;
  for (const Gain& gain : gains) {
    fix.promise.sizes.push_back(
        {gain.record->id, gain.record->name, gain.record->size, gain.after});
    for (const Slot* slot : gain.fields) {
      finding.evidence.push_back({"member",
                                  fmt::format("{} of '{}' ({} bytes, {} after)", slot_label(*slot),
                                              gain.record->name, gain.record->size, gain.after),
                                  slot->where});
    }
  }
  finding.instances = known_instances(*best.record, pass.model, finding.evidence);
  for (const Narrowing& one : narrowings) {
    add_hazards(*one.enumeration, one.narrow, facts,
                &one == &narrowings.front() ? gains : std::span<const Gain>(), pass.model, fix,
                finding);
  }
  for (const Narrowing& one : narrowings) {
    if (fix.safety == Safety::Refused && fix.edits.empty()) break;
    add_edits(*one.enumeration, one.narrow, facts, fix);
  }
  const bool refused = fix.safety == Safety::Refused;
  finding.needs_proof = !refused;
  // A type that somebody wrote may be known to other code and other languages.
  finding.level = refused || fixed ? Level::Note : Level::Warning;
  finding.fixes.push_back(std::move(fix));
  pass.report(std::move(finding));
}

/// The enumerations that may become narrower.
std::vector<Narrowing> narrowings_of(const Model& model, const Facts& facts) {
  std::vector<Narrowing> result;
  for (const Enumeration& enumeration : model.enumerations) {
    if (enumeration.opaque || enumeration.count == 0) continue;
    const std::optional<Narrow> narrow = narrower(enumeration);
    if (!narrow || !facts.records.contains(enumeration.id)) continue;
    const auto uses = facts.uses.find(enumeration.id);
    if (width_is_meant(enumeration, narrow->size,
                       uses == facts.uses.end() ? std::span<const EnumUse* const>()
                                                : std::span<const EnumUse* const>(uses->second))) {
      continue;
    }
    result.push_back({&enumeration, *narrow});
  }
  return result;
}

/// Enumerations of one record, none of which saves anything by itself.
void look_at_several(Pass& pass, const Facts& facts, std::span<const Narrowing> left) {
  std::map<std::string_view, const Narrowing*> by_id;
  for (const Narrowing& one : left) by_id.emplace(one.enumeration->id, &one);
  std::set<std::vector<std::string_view>> told;
  for (const Record& record : pass.model.records) {
    std::vector<Narrowing> together;
    std::vector<std::string_view> ids;
    for (const Slot& slot : record.slots) {
      const auto found = by_id.find(slot.enumeration);
      if (found == by_id.end()) continue;
      if (std::find(ids.begin(), ids.end(), found->first) != ids.end()) continue;
      ids.push_back(found->first);
      together.push_back(*found->second);
    }
    if (together.size() < 2) continue;
    std::sort(ids.begin(), ids.end());
    std::vector<Gain> gains;
    if (auto gain = gain_of(record, together, pass.model)) gains.push_back(std::move(*gain));
    if (gains.empty() || gains.front().saved() < pass.option("min-bytes")) continue;
    if (told.insert(ids).second) report(pass, together, facts, gains);
  }
}

void run_enum_size(Pass& pass) {
  const Facts facts = facts_of(pass.model);
  std::vector<Narrowing> left;
  for (const Narrowing& one : narrowings_of(pass.model, facts)) {
    const std::span<const Narrowing> alone(&one, 1);
    std::vector<Gain> gains;
    for (const Record* record : facts.records.at(one.enumeration->id)) {
      if (auto gain = gain_of(*record, alone, pass.model)) gains.push_back(std::move(*gain));
    }
    const bool enough = std::any_of(gains.begin(), gains.end(), [&](const Gain& gain) {
      return gain.saved() >= pass.option("min-bytes");
    });
    if (enough) {
      report(pass, alone, facts, gains);
    } else {
      left.push_back(one);
    }
  }
  look_at_several(pass, facts, left);
}

constexpr std::string_view enum_size_doc =
    R"(An enumeration takes as much room as an int unless its declaration says otherwise, though most
have a handful of values. This check reports an enumeration only where a narrower underlying type
makes some record of the program smaller: an enumeration that fills padding anyway costs nothing.
Several fields of one enumeration count together, and so do several enumerations of one record where
none of them saves anything alone.

The finding stands at the enumeration, names the record that gains most, and lists every field that
makes a record smaller. The new sizes are proven by the compiler.

Not reported: enumerations that are declared in extern "C" or used in a function with C linkage, whose
type names its width (std::uint32_t, char), that bear an attribute, that are complemented with ~ or
are made of constants beyond their enumerators, and those that shrink nothing.

What to look at before applying it. A number that is cast to the enumeration is cut to the new width:
such casts are listed, and the fix is "review"; so is one whose size or underlying type the code
asks for. An unscoped enumeration stored in a char type picks
the overloads for char, so that a stream prints a character: such a fix is "review", too. Where
bytes of the record leave the program the fix is "abi".

It is a note where few objects shrink (snug-padding(7) says what is few), and where the declaration
names an underlying type: other code may count on the one that was chosen.

In C there are no underlying types before C23, so the finding is a note without an edit.)";

}  // namespace

extern const Check enum_size;
const Check enum_size = {.id = "enum-size",
                         .summary = "enumerations wider than their values need",
                         .doc = enum_size_doc,
                         .options = enum_size_options,
                         .run = run_enum_size,
                         .needs_bodies = true,
                         .by_value = true};

}  // namespace snug::checks
