#include "analysis/hazards.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "analysis/describe.hpp"
#include "analysis/hazard_text.hpp"

namespace snug {

namespace {

/// How many uses of one kind are told one by one in the reasons; the evidence has all of them.
constexpr std::size_t kToldPerKind = 8;

std::string place_key(const Record& record) {
  return fmt::format("{}:{}", record.where.file, record.where.begin);
}

/// Positions of the fields before and after. Unnamed fields keep their places in the count.
class Order {
 public:
  Order(const Record& record, std::span<const std::string> names) {
    std::uint32_t index = 0;
    for (const Slot& slot : record.slots) {
      if (slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField) {
        note(slot, slot.name, index);
        ++index;
      }
    }
    old_count_ = index;
    for (std::uint32_t i = 0; i < names.size(); ++i) {
      if (!new_.emplace(names[i], i).second) {
        repeated_ = true;
      }
    }
    if (repeated_) {
      new_.erase(std::string());  // which of the unnamed ones is meant cannot be told
    }
  }

  /// True if the two fields, or one that is not known, change places among each other.
  [[nodiscard]] bool swaps(const std::string& a, const std::string& b) const {
    const auto old_a = old_.find(a);
    const auto old_b = old_.find(b);
    const auto new_a = new_.find(outer(a));
    const auto new_b = new_.find(outer(b));
    if (old_a == old_.end() || old_b == old_.end() || new_a == new_.end() || new_b == new_.end()) {
      return true;
    }
    return (old_a->second < old_b->second) != (new_a->second < new_b->second) &&
           old_a->second != old_b->second;
  }

  [[nodiscard]] bool swaps_any(const std::vector<std::string>& fields) const {
    for (std::size_t a = 0; a < fields.size(); ++a) {
      for (std::size_t b = a + 1; b < fields.size(); ++b) {
        if (swaps(fields[a], fields[b])) {
          return true;
        }
      }
    }
    return false;
  }

  /// True if the field changes places with any other one.
  [[nodiscard]] bool swaps_with_any(const std::string& field) const {
    return std::any_of(old_.begin(), old_.end(), [&](const auto& other) {
      return other.first != field && swaps(field, other.first);
    });
  }

  /// True if what is filled when values for these fields, the first ones, are given changes.
  [[nodiscard]] bool changes_prefix(const std::vector<std::string>& fields) const {
    std::size_t count = fields.size();
    for (const std::string& field : fields) {
      if (!field.empty()) {
        count = std::max(count, position(field) + 1);
      }
    }
    return changes_first(count);
  }

  /// True if the fields that come first are no longer the first `count` in the same order.
  [[nodiscard]] bool changes_first(std::size_t count) const {
    for (const auto& [name, position] : old_) {
      const auto now = new_.find(outer(name));
      if (position < count && (now == new_.end() || now->second != position)) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool stays_last(const std::string& field) const {
    const auto now = new_.find(outer(field));
    return now != new_.end() && now->second + 1 == old_count_;
  }

  [[nodiscard]] std::size_t position(const std::string& field) const {
    const auto found = old_.find(field);
    return found == old_.end() ? old_count_ : found->second;
  }

  [[nodiscard]] bool changes_all() const { return changes_first(old_count_); }

 private:
  void note(const Slot& slot, const std::string& outer_name, std::uint32_t index) {
    if (!slot.name.empty()) {
      old_.emplace(slot.name, index);
    }
    for (const Slot& member : slot.members) {
      if (!member.name.empty()) {
        outer_.emplace(member.name, outer_name);
      }
      note(member, outer_name, index);
    }
  }

  /// The field that an order names for one inside an anonymous struct or union.
  [[nodiscard]] const std::string& outer(const std::string& name) const {
    const auto found = outer_.find(name);
    return found == outer_.end() || new_.contains(name) ? name : found->second;
  }

  std::map<std::string, std::uint32_t> old_;
  std::map<std::string, std::uint32_t> new_;
  std::map<std::string, std::string> outer_;
  std::size_t old_count_ = 0;
  bool repeated_ = false;  ///< Several fields without a name.
};

bool is_unknown(const std::vector<std::string>& fields) {
  return fields.empty() || std::find(fields.begin(), fields.end(), std::string()) != fields.end();
}

/// True if the new order matters to a use of the record itself.
bool matters(const Use& use, const Order& order) {
  if (use.keeps_meaning) {
    return false;
  }
  switch (use.kind) {
    case UseKind::PositionalInit:
    case UseKind::ParenInit:
    case UseKind::EmplaceAggregate:
      return use.fields.empty() ? order.changes_all() : order.changes_prefix(use.fields);
    case UseKind::StructuredBinding:
    case UseKind::DefaultedComparison:
      return order.changes_all();
    case UseKind::DesignatedInit:
      return is_unknown(use.fields) || order.swaps_any(use.fields);
    case UseKind::InitReadsMember:
    case UseKind::DestructionOrder:
      if (is_unknown(use.fields)) {
        return order.changes_all();
      }
      if (use.fields.size() == 1) {
        return order.swaps_with_any(use.fields.front());
      }
      return std::any_of(use.fields.begin() + 1, use.fields.end(), [&](const std::string& read) {
        return order.swaps(use.fields.front(), read);
      });
    case UseKind::SizeArithmetic:
      return is_unknown(use.fields) ? order.changes_all() : !order.stays_last(use.fields.front());
    case UseKind::OffsetOf:
    case UseKind::AssertedOffset:
    case UseKind::FirstMember:
      return is_unknown(use.fields) ? order.changes_all()
                                    : order.changes_first(order.position(use.fields.front()) + 1);
    default:
      return order.changes_all();
  }
}

/// True if a use of a record that contains this one looks at the bytes of this one too.
bool reaches_inside(const Use& use) {
  if (use.keeps_meaning) {
    return false;
  }
  switch (use.kind) {
    case UseKind::AssertedOffset:
    case UseKind::AssertedSize:
    case UseKind::MemoryCopy:
    case UseKind::BytesIo:
    case UseKind::ByteCast:
    case UseKind::UnionMember:
    case UseKind::ExternC:
    case UseKind::Exported:
      return true;
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

HazardIndex::HazardIndex(const Model& model) {
  for (const Use& use : model.uses) {
    uses_[use.record_id].push_back(&use);
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
  const Order places(*records.front(), order);
  for (const std::string_view id : ids_of(records)) {
    const auto found = uses_.find(id);
    if (found == uses_.end()) {
      continue;
    }
    std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(own),
                 [&](const Use* use) { return matters(*use, places); });
  }
  std::sort(own.begin(), own.end(), [](const Use* a, const Use* b) {
    return std::tie(a->where, a->kind, a->record_id) < std::tie(b->where, b->kind, b->record_id);
  });
  return own;
}

Hazards HazardIndex::of(std::span<const Record* const> records, std::span<const std::string> order,
                        std::span<const Use* const> settled) const {
  if (records.empty()) {
    return {};
  }
  const Record& first = *records.front();
  const std::string& name = first.template_name.empty() ? first.name : first.template_name;
  std::set<std::string_view> ids = ids_of(records);
  const Order places(first, order);
  const std::set<const Use*> harmless(settled.begin(), settled.end());
  std::vector<Counted> counted;
  for (const Use* use : own_uses(records, order)) {
    if (!harmless.contains(use)) {
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
