// Records with many truth values, one byte each, that bit-fields would make smaller.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/orders/deliberate.hpp"
#include "analysis/orders/orders.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "layout/lay_out.hpp"
#include "model/bool_type.hpp"

namespace snug::checks {

namespace {

constexpr std::array bool_pack_options = {
    CheckOption{"min-fields", 8, "least number of fields that become bit-fields"},
    CheckOption{"min-bytes", 4, "least number of bytes that an object must shrink by"}};

/// Fewer elements than this are no bits of a std::bitset, whose words are as wide as a pointer.
constexpr std::uint64_t least_array = 16;

bool is_bool(const Slot& slot) {
  return slot.enumeration == bool_enumeration || slot.type == "bool" || slot.type == "_Bool";
}

using FieldKey = std::pair<std::string_view, std::string_view>;  // record id, field

/// What the bodies of the program do with fields, as far as it keeps them from becoming bit-fields.
class FieldUses {
 public:
  explicit FieldUses(const Model& model) {
    for (const Function& function : model.functions) {
      for (const ThreadStart& start : function.starts) entries_.insert(start.entry);
    }
    for (const Function& function : model.functions) read(function);
  }

  /// Its address, or a reference to it, goes somewhere.
  [[nodiscard]] bool addressed(const FieldKey& field) const { return addressed_.contains(field); }
  /// Written where another thread may write its neighbour: bit-fields in a row are one memory
  /// location.
  [[nodiscard]] bool shared(const FieldKey& field) const { return shared_.contains(field); }

 private:
  void read(const Function& function) {
    const bool threaded = entries_.contains(function.id) || entries_.contains(function.outer);
    for (const FieldAccess& access : function.accesses) {
      if (access.field.empty()) continue;
      const FieldKey field{access.record_id, access.field};
      if (access.kind == AccessKind::Address) addressed_.insert(field);
      if (access.kind == AccessKind::Read) continue;
      const bool locked =
          std::any_of(function.locks.begin(), function.locks.end(),
                      [&](const LockHold& lock) { return holds(lock, access.where); });
      if (access.atomic || locked || threaded) shared_.insert(field);
    }
    for (const Call& call : function.calls) {
      for (const Argument& argument : call.arguments) hand_over(argument);
    }
    for (const ThreadStart& start : function.starts) {
      for (const Argument& argument : start.arguments) hand_over(argument);
    }
    for (const Path& path : function.returns) take_address(path);
  }

  void hand_over(const Argument& argument) {
    if (argument.by_reference) take_address(argument.path);
  }

  void take_address(const Path& path) {
    if (path.steps.empty() || path.steps.back().kind != StepKind::Field) return;
    addressed_.insert({path.steps.back().record_id, path.steps.back().field});
  }

  std::set<FieldKey> addressed_;
  std::set<FieldKey> shared_;
  std::set<std::string_view> entries_;
};

/// A field that can become a bit-field of `width` bits, or an array that a std::bitset can replace.
// snug: ignore(soa-candidate): the fields of one record, less than a page
struct Tiny {
  std::uint32_t member = 0;  ///< Index into own_fields.
  std::uint64_t width = 1;
  std::uint64_t elements = 1;
  const Slot* slot = nullptr;
};

class Packer {
 public:
  explicit Packer(Pass& pass) : pass_(pass), uses_(pass.model) {
    for (const Enumeration& enumeration : pass.model.enumerations) {
      if (!enumeration.opaque) enumerations_.emplace(enumeration.id, &enumeration);
    }
  }

  void look_at(std::span<const Record* const> records) {
    const Record& record = *records.front();
    const Traits& traits = record.traits;
    if (record.kind == RecordKind::Union || traits.from_macro || traits.lambda || traits.packed ||
        traits.pragma_pack || traits.conditional_fields || traits.c_linkage || !record.reported) {
      return;
    }
    const bool threads =
        std::any_of(record.slots.begin(), record.slots.end(),
                    [](const Slot& slot) { return slot.is_lock || slot.is_atomic; });
    if (threads || deliberate_padding(record, pass_.model)) return;
    const std::vector<Tiny> fields = tiny_fields(record);
    std::uint64_t values = 0;
    for (const Tiny& field : fields) values += field.elements;
    if (values < pass_.option("min-fields")) return;
    std::vector<SizeChange> sizes;
    for (const Record* each : records) {
      const auto after = size_with(*each, tiny_fields(*each));
      if (!after || *after > each->size) return;
      sizes.push_back({each->id, each->name, each->size, *after});
    }
    const auto best = std::max_element(
        sizes.begin(), sizes.end(),
        [](const auto& a, const auto& b) { return a.before - a.after < b.before - b.after; });
    if (best->before - best->after >= pass_.option("min-bytes")) {
      report(records, fields, sizes, *best);
    }
  }

 private:
  /// Bits that the values of a field need; 0 if it is none of the tiny ones.
  [[nodiscard]] std::uint32_t width_of(const Slot& slot) const {
    if (is_bool(slot)) return slot.type_size_bits == 8 ? 1 : 0;
    const auto found = enumerations_.find(slot.enumeration);
    if (found == enumerations_.end() || slot.type_size_bits != 8 * found->second->size) return 0;
    const Enumeration& enumeration = *found->second;
    const bool few = enumeration.count >= 1 && enumeration.count <= 4 && enumeration.least == 0 &&
                     enumeration.greatest <= 3 && !enumeration.conditional &&
                     !enumeration.attribute;
    if (!few) return 0;
    return enumeration.greatest <= 1 ? 1 : 2;
  }

  [[nodiscard]] std::vector<Tiny> tiny_fields(const Record& record) const {
    std::vector<Tiny> found;
    const std::vector<std::uint32_t> fields = own_fields(record);
    for (std::uint32_t i = 0; i < fields.size(); ++i) {
      const Slot& slot = record.slots[fields[i]];
      const bool plain = slot.kind == SlotKind::Field && !slot.is_reference && !slot.is_volatile &&
                         !slot.explicit_align && !slot.packed && !slot.from_macro &&
                         slot.members.empty() && !slot.deprecated_or_other_attribute;
      const std::uint64_t elements = is_bool(slot) ? slot.type_size_bits / 8 : 1;
      const bool array = slot.array_elements > 0 || elements > 1;
      if (!plain || (array && (!is_bool(slot) || elements < least_array))) continue;
      const std::uint64_t width = array ? elements : width_of(slot);
      if (width == 0) continue;
      const FieldKey key{record.id, slot.name};
      const FieldKey pattern{record.template_id, slot.name};
      if (uses_.addressed(key) || uses_.addressed(pattern)) continue;
      if (uses_.shared(key) || uses_.shared(pattern)) continue;
      found.push_back({i, width, array ? elements : 1, &slot});
    }
    return found;
  }

  /// Bytes of the record with these bit-fields.
  [[nodiscard]] std::optional<std::uint64_t> size_with(const Record& record,
                                                       const std::vector<Tiny>& fields) const {
    std::optional<RecordSpec> spec = spec_of(record, pass_.model);
    if (!spec) return std::nullopt;
    release_alignment(*spec, record);
    for (const Tiny& field : fields) {
      MemberSpec& member = spec->members[field.member];
      if (field.elements == 1) {
        member.bit_width = static_cast<std::uint32_t>(field.width);
        continue;
      }
      const std::uint64_t word = 8 * std::uint64_t{pass_.model.abi.pointer_bytes};
      member.size_bits = member.data_bits = (field.width + word - 1) / word * word;
      member.type_align_bits = word;
    }
    return lay_out(*spec, pass_.model.abi).size_bits / 8;
  }

  [[nodiscard]] bool bit_fields_may_be_initialized(const Record& record) const {
    return std::all_of(record.units.begin(), record.units.end(), [&](std::uint32_t unit) {
      for (const std::string& flag : pass_.model.units[unit].flags) {
        if (flag.starts_with("-std=") &&
            (flag.find("++20") != std::string::npos || flag.find("++2") != std::string::npos)) {
          return true;
        }
      }
      return false;
    });
  }

  void add_edits(const Record& record, const std::vector<Tiny>& fields, SuggestedFix& fix) const {
    for (const Tiny& field : fields) {
      const SourceRange& name = field.slot->where;
      const char* refusal = nullptr;
      if (field.elements > 1) {
        refusal = "a std::bitset in place of an array has no bool for a reference or a pointer";
      } else if (!name.known() || !field.slot->declaration.known()) {
        refusal = "the declaration of a field cannot be edited with certainty";
      } else if (field.slot->default_initializer && !bit_fields_may_be_initialized(record)) {
        refusal = "a bit-field may have a default initialiser only since C++20";
      }
      if (refusal != nullptr) {
        fix.safety = Safety::Refused;
        fix.reasons = {refusal};
        fix.edits.clear();
        return;
      }
      fix.edits.push_back({name.file, name.end, name.end, fmt::format(" : {}", field.width)});
    }
    std::sort(fix.edits.begin(), fix.edits.end());
  }

  void report(std::span<const Record* const> records, const std::vector<Tiny>& fields,
              const std::vector<SizeChange>& sizes, const SizeChange& best) {
    const Record& record = *records.front();
    std::vector<std::string> names;
    std::uint64_t bits = 0;
    bool array = false;
    Finding finding;
    for (const Tiny& field : fields) {
      names.push_back(field.slot->name);
      bits += field.width;
      array = array || field.elements > 1;
      finding.evidence.push_back(
          {"member",
           fmt::format("{} of type '{}' needs {} of its {} bits", slot_label(*field.slot),
                       field.slot->type, field.width, field.slot->type_size_bits),
           field.slot->where});
    }
    finding.level = Level::Note;
    finding.where = record.where;
    finding.record_id = best.record_id;
    finding.subject = subject_of(record, names);
    finding.bytes_saved = static_cast<std::int64_t>(best.before - best.after);
    finding.message = fmt::format(
        "{} field{} of '{}' hold{} {} bits of information; as {} {} make{} it {} instead of {}",
        fields.size(), fields.size() == 1 ? "" : "s", best.record, fields.size() == 1 ? "s" : "",
        bits,
        array ? (fields.size() == 1 ? "a std::bitset" : "bit-fields and std::bitset")
              : "bit-fields",
        fields.size() == 1 ? "it" : "they", fields.size() == 1 ? "s" : "", bytes_text(best.after),
        best.before);
    SuggestedFix fix;
    fix.title = fields.size() == 1
                    ? fmt::format("Make '{}' of '{}' a std::bitset", names.front(), record.name)
                    : fmt::format("Make {} fields of '{}' bit-fields", fields.size(), record.name);
    fix.promise.sizes = sizes;
    Hazards hazards = layout_hazards(records, pass_.model);
    fix.safety = std::max(Safety::Review, hazards.safety);
    fix.reasons = std::move(hazards.reasons);
    fix.reasons.emplace_back(
        "bit-fields in a row are one memory location: two threads may not write two of them, and "
        "no reference or pointer can be bound to one");
    finding.evidence.insert(finding.evidence.end(), hazards.evidence.begin(),
                            hazards.evidence.end());
    finding.instances = known_instances(*records.front(), pass_.model, finding.evidence);
    add_edits(record, fields, fix);
    finding.needs_proof = fix.safety != Safety::Refused;
    finding.fixes.push_back(std::move(fix));
    pass_.report(std::move(finding));
  }

  Pass& pass_;
  FieldUses uses_;
  std::map<std::string_view, const Enumeration*> enumerations_;
};

void run_bool_pack(Pass& pass) {
  Packer packer(pass);
  for (const auto& records : definitions_of(pass.model)) packer.look_at(records);
}

constexpr std::string_view bool_pack_doc =
    R"(A bool takes a byte, and an enumeration of four values four, where one or two bits would do. This
check reports records with eight or more such fields that get smaller when the fields become
bit-fields. It is a note, and its fix is always for review: packing trades memory for a mask and a
shift at every access, and it is worth that where very many objects live at once.

Counted are fields of type bool, also through aliases, and of enumerations with at most four values
from 0 to 3. The size is proven by the compiler. Arrays of 16 bool and more count, too: a std::bitset
takes their place, which is written by hand.

Not reported: fewer fields than min-fields; fields that are atomic or volatile, that a pointer or a
reference is bound to, that are written under a lock or by a function that a thread starts with;
records with a lock or an atomic among their fields; records that C code, a macro or #if shapes.

What to look at before applying it. Bit-fields that stand in a row are one memory location: if one
thread writes one of them while another writes its neighbour, that is a data race, which it was not
before. A reference to a const bool binds to a copy of the bit. A default initialiser of a bit-field
needs C++20; before that no edit is offered.)";

}  // namespace

extern const Check bool_pack;
const Check bool_pack = {.id = "bool-pack",
                         .summary = "many bools that bit-fields would pack",
                         .doc = bool_pack_doc,
                         .options = bool_pack_options,
                         .run = run_bool_pack,
                         .needs_bodies = true,
                         .by_value = true};

}  // namespace snug::checks
