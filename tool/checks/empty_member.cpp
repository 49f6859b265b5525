// Members of empty type that cost bytes.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/orders/orders.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "layout/lay_out.hpp"

namespace snug::checks {

namespace {

constexpr std::array empty_member_options = {
    CheckOption{"min-bytes", 1, "least number of bytes that an object must shrink by"}};

using Definition = std::span<const Record* const>;

/// A member of empty type that has an address of its own.
bool costs_bytes(const Slot& slot) {
  return slot.kind == SlotKind::Field && slot.is_empty_type && !slot.no_unique_address &&
         !slot.is_reference && slot.array_elements == 0 && slot.members.empty() && !slot.packed;
}

/// The definition in each of its instantiations, ready for marking members.
class Marker {
 public:
  /// Empty specs if the facts of one instantiation do not suffice.
  Marker(Definition records, const Model& model) : records_(records), model_(model) {
    for (const Record* record : records) {
      std::optional<RecordSpec> spec = spec_of(*record, model);
      if (!spec || !fill_empties(*spec, *record, model)) {
        specs_.clear();
        return;
      }
      specs_.push_back(std::move(*spec));
    }
  }

  [[nodiscard]] bool usable() const { return !specs_.empty(); }

  /// Sizes in bytes with these members (indices into own_fields) marked; one per record.
  [[nodiscard]] std::vector<std::uint64_t> sizes(const std::vector<std::uint32_t>& marked) const {
    std::vector<std::uint64_t> out;
    for (std::size_t r = 0; r < specs_.size(); ++r) {
      RecordSpec spec = specs_[r];
      const std::vector<std::uint32_t> fields = own_fields(*records_[r]);
      for (const std::uint32_t index : marked) {
        MemberSpec& member = spec.members[index];
        const Slot& slot = records_[r]->slots[fields[index]];
        const Record* type = model_.find(slot.type_id);
        member.no_unique_address = type != nullptr;
        member.is_empty = slot.is_empty_type;
        if (type != nullptr) {
          member.data_bits = 8 * std::max(type->data_size, type->nonvirtual_size);
        }
      }
      out.push_back(lay_out(spec, model_.abi).size_bits / 8);
    }
    return out;
  }

 private:
  Definition records_;
  const Model& model_;
  std::vector<RecordSpec> specs_;
};

std::uint64_t sum(const std::vector<std::uint64_t>& sizes) {
  std::uint64_t total = 0;
  for (const std::uint64_t size : sizes) total += size;
  return total;
}

/// The members to mark: all that are empty, less those without which the sizes stay the same.
std::vector<std::uint32_t> members_to_mark(Definition records, const Marker& marker) {
  const std::vector<std::uint32_t> fields = own_fields(*records.front());
  std::vector<std::uint32_t> marked;
  for (std::uint32_t i = 0; i < fields.size(); ++i) {
    const bool empty = std::any_of(records.begin(), records.end(), [&](const Record* record) {
      const std::vector<std::uint32_t> own = own_fields(*record);
      return i < own.size() && costs_bytes(record->slots[own[i]]);
    });
    if (empty) marked.push_back(i);
  }
  const std::uint64_t least = sum(marker.sizes(marked));
  for (std::size_t i = marked.size(); i-- > 0;) {
    std::vector<std::uint32_t> fewer = marked;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (sum(marker.sizes(fewer)) == least) marked = std::move(fewer);
  }
  return marked;
}

/// True if every unit that sees the record is compiled as C++20 or later.
bool is_cxx20(const Record& record, const Model& model) {
  constexpr std::array<std::string_view, 8> later = {"c++20", "c++2a", "c++23", "c++2b",
                                                     "c++26", "c++2c", "c++29", "c++2d"};
  return std::all_of(record.units.begin(), record.units.end(), [&](std::uint32_t unit) {
    std::string_view standard;
    for (const std::string& flag : model.units[unit].flags) {
      if (flag.starts_with("-std=")) standard = std::string_view(flag).substr(5);
    }
    if (standard.starts_with("gnu")) standard.remove_prefix(3);
    if (standard.starts_with("++")) {
      return std::any_of(later.begin(), later.end(),
                         [&](std::string_view name) { return name.substr(1) == standard; });
    }
    return std::find(later.begin(), later.end(), standard) != later.end();
  });
}

/// Where the bytes or the address of objects of the empty type matter: its byte would be one of
/// another field.
void add_byte_uses(const Slot& slot, const Model& model, SuggestedFix& fix) {
  for (const Use& use : model.uses) {
    const bool bytes = use.kind == UseKind::ByteCast || use.kind == UseKind::MemoryCopy;
    if (!bytes || use.keeps_meaning || use.record_id != slot.type_id) continue;
    fix.safety = std::max(fix.safety, Safety::Review);
    fix.reasons.push_back(fmt::format("{}:{}: the address or the bytes of a '{}' are used",
                                      file_name(use.where.file), use.where.line, slot.type));
  }
}

SuggestedFix fix_of(const Pass& pass, Definition records, const std::vector<std::uint32_t>& marked,
                    const std::vector<std::uint64_t>& sizes, Finding& finding) {
  const Record& record = *records.front();
  const std::vector<std::uint32_t> fields = own_fields(record);
  SuggestedFix fix;
  std::vector<std::string> labels;
  for (const std::uint32_t index : marked) {
    const Slot& slot = record.slots[fields[index]];
    labels.push_back(slot_label(slot));
    const auto edit = insert_before(record, slot, "[[no_unique_address]] ");
    if (edit) {
      fix.edits.push_back(*edit);
    } else {
      fix.reasons.push_back(
          fmt::format("the declaration of {} cannot be edited with certainty", slot_label(slot)));
    }
  }
  fix.title = fmt::format("Mark {} [[no_unique_address]]", fmt::join(labels, " and "));
  for (std::size_t r = 0; r < records.size(); ++r) {
    fix.promise.sizes.push_back({records[r]->id, records[r]->name, records[r]->size, sizes[r]});
  }
  if (auto several = why_several_layouts(records, pass.model); !several.empty()) {
    fix.reasons.push_back(std::move(several));
  }
  if (!fix.reasons.empty()) {
    fix.safety = Safety::Refused;
    fix.edits.clear();
    return fix;
  }
  std::sort(fix.edits.begin(), fix.edits.end());
  Hazards hazards = layout_hazards(records, pass.model);
  fix.safety = hazards.safety;
  fix.reasons = std::move(hazards.reasons);
  for (const std::uint32_t index : marked) {
    add_byte_uses(record.slots[fields[index]], pass.model, fix);
  }
  finding.evidence.insert(finding.evidence.end(), hazards.evidence.begin(), hazards.evidence.end());
  return fix;
}

void add_member_evidence(const Record& record, const std::vector<std::uint32_t>& marked,
                         Finding& finding) {
  const std::vector<std::uint32_t> fields = own_fields(record);
  for (const std::uint32_t index : marked) {
    const Slot& slot = record.slots[fields[index]];
    finding.evidence.push_back(
        {"member",
         fmt::format("{} is of type '{}', which holds no data", slot_label(slot), slot.type),
         slot.where});
  }
}

void look_at(Pass& pass, Definition records) {
  const Record& first = *records.front();
  const bool candidate = std::any_of(records.begin(), records.end(), [](const Record* record) {
    return record->kind != RecordKind::Union && !record->traits.from_macro &&
           !record->traits.lambda && !record->traits.conditional_fields &&
           std::any_of(record->slots.begin(), record->slots.end(), costs_bytes);
  });
  if (!candidate) return;
  const Marker marker(records, pass.model);
  if (!marker.usable()) return;
  const std::vector<std::uint32_t> marked = members_to_mark(records, marker);
  const std::vector<std::uint64_t> sizes = marker.sizes(marked);
  std::size_t helped = 0;
  for (std::size_t r = 0; r < records.size(); ++r) {
    if (sizes[r] > records[r]->size) return;
    if (records[r]->size - sizes[r] > records[helped]->size - sizes[helped]) helped = r;
  }
  const Record& record = *records[helped];
  const std::uint64_t saved = record.size - sizes[helped];
  if (saved == 0 || saved < pass.option("min-bytes")) return;

  Finding finding;
  finding.where = first.where;
  finding.record_id = record.id;
  finding.bytes_saved = static_cast<std::int64_t>(saved);
  std::vector<std::string> names;
  std::vector<std::string> labels;
  const std::vector<std::uint32_t> fields = own_fields(record);
  for (const std::uint32_t index : marked) {
    names.push_back(record.slots[fields[index]].name);
    labels.push_back(slot_label(record.slots[fields[index]]));
  }
  finding.subject = subject_of(record, names);
  finding.message = fmt::format(
      "'{}' spends {} of {} bytes on {} of empty type; [[no_unique_address]] makes it {}",
      record.name, saved, record.size, fmt::join(labels, " and "), sizes[helped]);
  add_member_evidence(record, marked, finding);
  finding.instances = known_instances(record, pass.model, finding.evidence);
  if (is_cxx20(record, pass.model)) {
    finding.fixes.push_back(fix_of(pass, records, marked, sizes, finding));
    const bool refused = finding.fixes.front().safety == Safety::Refused;
    finding.needs_proof = !refused;
    finding.level = refused ? Level::Note : Level::Warning;
  } else {
    finding.level = Level::Note;
    finding.evidence.push_back(
        {"language", "before C++20, derive from the empty type: an empty base takes no room",
         first.where});
  }
  pass.report(std::move(finding));
}

void run_empty_member(Pass& pass) {
  // The MSVC ABI ignores the attribute.
  if (pass.model.abi.microsoft) return;
  for (const auto& records : definitions_of(pass.model)) look_at(pass, records);
}

constexpr std::string_view empty_member_doc =
    R"(Every member has an address of its own, so a member of an empty class (a comparator, an
allocator, a deleter, a tag) takes at least one byte, and with the padding behind it often eight.
This check reports records that get smaller when such members are marked [[no_unique_address]].

The attribute (C++20) lets an empty member share its address with another one. It is proven by the
compiler: the finding names the size that it measured. Members that only help together are marked
together. Of a template, some instantiation has to shrink and none may grow.

Not reported: members where the attribute would change nothing, because the byte disappears in
padding that stays, or because another subobject of the same type may already be at that address
(two objects of one type must have different addresses). Where few objects are known, or the type is
one of a test, it is a note (see snug-padding(7)). With the MSVC ABI the attribute is ignored,
so nothing is reported there.

Where units see several layouts of the record (odr-layout names them), it is a note without an
edit. Before C++20 the finding is a note without an edit: derive from the empty type, privately if need
be, since an empty base takes no room.

Ignore it where the address of the member identifies something, or where the bytes of the record
leave the program: the fix changes offsets, and its safety says "abi" or "review" where such a use
was seen, as where the address of such a member is taken: what is written there would be written
over another field.)";

}  // namespace

extern const Check empty_member;
const Check empty_member = {.id = "empty-member",
                            .summary = "members of empty type that cost bytes",
                            .doc = empty_member_doc,
                            .options = empty_member_options,
                            .run = run_empty_member,
                            .by_value = true};

}  // namespace snug::checks
