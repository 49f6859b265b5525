#include "analysis/reorder/hazards.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "analysis/describe.hpp"
#include "analysis/orders/field_order.hpp"
#include "analysis/reorder/hazard_text.hpp"
#include "analysis/reorder/joined_uses.hpp"
#include "model/every_record.hpp"

namespace snug {

namespace {

/// How many uses of one kind are told one by one in the reasons; the evidence has all of them.
constexpr std::size_t kToldPerKind = 8;

std::string place_key(const Record& record) {
  return fmt::format("{}:{}", record.where.file, record.where.begin);
}

/// True if a use of a record that contains this one looks at the bytes of this one too.
bool reaches_inside(const Use& use) {
  if (use.keeps_meaning) {
    return false;
  }
  switch (use.kind) {
    case UseKind::OffsetOf:
    case UseKind::AssertedOffset:
    case UseKind::AssertedSize:
    case UseKind::MemoryCopy:
    case UseKind::BytesIo:
    case UseKind::ByteCast:
    case UseKind::UnionMember:
    case UseKind::ExternC:
    case UseKind::Exported:
      return true;
    case UseKind::SizeArithmetic:
      return use.fields.empty();  // else memory behind it is all that matters
    default:
      return false;
  }
}

Safety safety_of(UseKind kind) {
  switch (kind) {
    case UseKind::BytesIo:
    case UseKind::ByteCast:
    case UseKind::ExternC:
    case UseKind::Exported:
      return Safety::Abi;
    default:
      return Safety::Review;
  }
}

struct Counted {
  const Use* use;
  std::string record_name;
};

bool before(const Counted& a, const Counted& b) {
  return std::tie(a.use->where, a.use->kind, a.record_name, a.use->detail, a.use->fields) <
         std::tie(b.use->where, b.use->kind, b.record_name, b.use->detail, b.use->fields);
}

/// The same place in several instantiations is one place.
bool same_place(const Counted& a, const Counted& b) {
  return a.use->where == b.use->where && a.use->kind == b.use->kind &&
         a.record_name == b.record_name && a.use->fields == b.use->fields;
}

Hazards told(std::vector<Counted> counted) {
  std::sort(counted.begin(), counted.end(), before);
  counted.erase(std::unique(counted.begin(), counted.end(), same_place), counted.end());
  const bool first_row = std::any_of(counted.begin(), counted.end(), [](const Counted& one) {
    return one.use->kind == UseKind::PositionalInit && !one.use->repeats;
  });
  std::erase_if(counted, [&](const Counted& one) { return first_row && one.use->repeats; });
  Hazards hazards;
  std::map<UseKind, std::size_t> told_of_kind;
  for (const Counted& one : counted) {
    hazards.safety = std::max(hazards.safety, safety_of(one.use->kind));
    const std::string text = hazard_sentence(*one.use, one.record_name);
    if (told_of_kind[one.use->kind]++ < kToldPerKind) {
      hazards.reasons.push_back(
          fmt::format("{}:{}: {}", file_name(one.use->where.file), one.use->where.line, text));
    }
    hazards.evidence.push_back({"hazard", text, one.use->where});
  }
  for (const auto& [kind, count] : told_of_kind) {
    if (count > kToldPerKind) {
      hazards.reasons.push_back(fmt::format("{} more uses of the kind {} are in the evidence",
                                            count - kToldPerKind, to_string(kind)));
    }
  }
  return hazards;
}

/// The ids of the records that the fields and bases of a record are made of.
void collect_parts(const std::vector<Slot>& slots, std::set<std::string_view>& parts) {
  for (const Slot& slot : slots) {
    if (!slot.type_id.empty()) {
      parts.insert(slot.type_id);
    }
    collect_parts(slot.members, parts);
  }
}

}  // namespace

HazardIndex::HazardIndex(const Model& model)
    : joined_(std::make_shared<const std::vector<Use>>(joined_uses(model))) {
  for (const Use& use : *joined_) {
    uses_[use.record_id].push_back(&use);
  }
  for (const Use& use : model.uses) {
    if (is_half(use.kind)) continue;
    if (use.kind == UseKind::Uncompiled || use.kind == UseKind::OtherDefinition) {
      add_uncompiled(use);
    } else {
      uses_[use.record_id].push_back(&use);
    }
  }
  for (const Record& record : model.records) {
    std::set<std::string_view> parts;
    collect_parts(record.slots, parts);
    for (const std::string_view part : parts) {
      holders_[part].push_back(&record);
    }
    if (record.where.known()) {
      same_place_[place_key(record)].push_back(&record);
    }
  }
  add_holders_by_size(model);
}

/// Records with a field that is as large as another one: `char room[sizeof(T)]`.
void HazardIndex::add_holders_by_size(const Model& model) {
  for (const Use& use : model.uses) {
    if (use.kind != UseKind::AssertedSize || !use.keeps_meaning) continue;
    for (const std::string& id : use.fields) {
      const Record* holder = model.find(id);
      if (holder != nullptr) holders_[use.record_id].push_back(holder);
    }
  }
}

/// Code that no unit compiled: of the records that its units know by the name, else of all that
/// bear it.
void HazardIndex::add_uncompiled(const Use& use) {
  if (use.keeps_meaning) {
    return;
  }
  for (const std::string& id : use.fields) {
    uses_[id].push_back(&use);
  }
  if (use.fields.empty()) {
    by_name_[use.detail].push_back(&use);
  }
}

std::vector<const Use*> HazardIndex::uncompiled(const Record& record) const {
  const std::string_view name =
      record.template_name.empty() ? std::string_view(record.name) : record.template_name;
  const std::size_t scope = name.rfind(':');
  const auto found = by_name_.find(scope == std::string_view::npos ? name : name.substr(scope + 1));
  return found == by_name_.end() ? std::vector<const Use*>{} : found->second;
}

std::vector<const Use*> HazardIndex::uses_of(std::span<const Record* const> records) const {
  std::vector<const Use*> all;
  for (const std::string_view id : ids_of(records)) {
    if (const auto found = uses_.find(id); found != uses_.end()) {
      all.insert(all.end(), found->second.begin(), found->second.end());
    }
  }
  if (const auto found = uses_.find(every_record); found != uses_.end()) {
    all.insert(all.end(), found->second.begin(), found->second.end());
  }
  const std::vector<const Use*> named = uncompiled(*records.front());
  all.insert(all.end(), named.begin(), named.end());
  if (!records.front()->traits.aggregate) {  // values go to a constructor
    std::erase_if(all, [](const Use* use) { return use->kind == UseKind::Uncompiled; });
  }
  return all;
}

std::set<std::string_view> HazardIndex::ids_of(std::span<const Record* const> records) const {
  std::set<std::string_view> ids;
  for (const Record* record : records) {
    const auto siblings = same_place_.find(place_key(*record));
    if (siblings != same_place_.end()) {
      for (const Record* sibling : siblings->second) {
        ids.insert(sibling->id);
      }
    }
    ids.insert(record->id);
    if (!record->template_id.empty()) {
      ids.insert(record->template_id);
    }
  }
  return ids;
}

std::vector<const Use*> HazardIndex::own_uses(std::span<const Record* const> records,
                                              std::span<const std::string> order) const {
  std::vector<const Use*> own;
  if (records.empty()) {
    return own;
  }
  const FieldOrder places(*records.front(), order);
  const std::vector<const Use*> all = uses_of(records);
  std::copy_if(all.begin(), all.end(), std::back_inserter(own),
               [&](const Use* use) { return matters(*use, places); });
  std::sort(own.begin(), own.end(), [](const Use* a, const Use* b) {
    return std::tie(a->where, a->kind, a->record_id) < std::tie(b->where, b->kind, b->record_id);
  });
  return own;
}

HeldFields HazardIndex::held_fields(std::span<const Record* const> records) const {
  HeldFields held;
  for (const Use* use : records.empty() ? std::vector<const Use*>{} : uses_of(records)) {
    if (use->keeps_meaning) {
      continue;
    }
    if (use->kind == UseKind::FieldBorder) {
      held.borders.insert(use->fields.begin(), use->fields.end());
    } else if (use->kind == UseKind::CommonPrefix ||
               (use->kind == UseKind::FieldRun && use->fields.size() > 1)) {
      held.fixed.insert(use->fields.begin(), use->fields.end());
    }
  }
  return held;
}

Hazards HazardIndex::of(std::span<const Record* const> records, std::span<const std::string> order,
                        std::span<const Use* const> settled) const {
  if (records.empty()) {
    return {};
  }
  const Record& first = *records.front();
  const std::string& name = first.template_name.empty() ? first.name : first.template_name;
  std::set<std::string_view> ids = ids_of(records);
  const FieldOrder places(first, order);
  const std::set<const Use*> harmless(settled.begin(), settled.end());
  std::vector<Counted> counted;
  for (const Use* use : own_uses(records, order)) {
    // Another definition is in the way of nothing but edits of lists.
    const bool idle = use->kind == UseKind::OtherDefinition && settled.empty();
    if (!idle && !harmless.contains(use)) {
      counted.push_back({use, name});
    }
  }
  std::vector<std::string_view> open(ids.begin(), ids.end());
  while (places.changes_all() && !open.empty()) {  // what contains it, at any depth
    const std::string_view part = open.back();
    open.pop_back();
    const auto holders = holders_.find(part);
    if (holders == holders_.end()) {
      continue;
    }
    for (const Record* holder : holders->second) {
      if (!ids.insert(holder->id).second) {
        continue;
      }
      open.push_back(holder->id);
      const auto found = uses_.find(holder->id);
      if (found == uses_.end()) {
        continue;
      }
      for (const Use* use : found->second) {
        if (reaches_inside(*use)) {
          counted.push_back({use, holder->name});
        }
      }
    }
  }
  return told(std::move(counted));
}

Hazards hazards_of(std::span<const Record* const> records, const Model& model,
                   std::span<const std::string> order) {
  return HazardIndex(model).of(records, order);
}

}  // namespace snug
