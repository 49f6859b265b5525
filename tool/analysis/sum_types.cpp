#include "analysis/sum_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "analysis/describe.hpp"
#include "analysis/layout_uses.hpp"
#include "model/lay_out.hpp"

namespace snug {

namespace {

constexpr std::uint64_t loop_weight = 10;

std::uint64_t round_up(std::uint64_t bytes, std::uint64_t align) {
  return (bytes + align - 1) / align * align;
}

/// How a variant stores its alternatives: `buffers` times the largest, and an index.
struct VariantRule {
  std::uint64_t index = 1;    ///< Bytes; its alignment is the same.
  std::uint64_t buffers = 1;  ///< boost::variant2 may have two.

  [[nodiscard]] std::uint64_t size(const std::vector<Room>& rooms) const {
    std::uint64_t largest = 0;
    std::uint64_t align = 1;
    for (const Room& room : rooms) {
      largest = std::max(largest, room.size);
      align = std::max(align, room.align);
    }
    const std::uint64_t storage = buffers * round_up(std::max<std::uint64_t>(largest, 1), align);
    return round_up(storage + index, std::max(align, index));
  }
};

std::vector<Room> rooms_of(const std::vector<UnionChoice>& choices) {
  std::vector<Room> rooms;
  rooms.reserve(choices.size());
  for (const UnionChoice& choice : choices) rooms.push_back({choice.size, choice.align});
  return rooms;
}

/// The rule that gives the size that the compiler gave.
std::optional<VariantRule> rule_of(const Variant& variant, const std::vector<Room>& rooms) {
  std::uint64_t align = 1;
  for (const Room& room : rooms) align = std::max(align, room.align);
  for (const std::uint64_t buffers : {1U, 2U}) {
    for (const std::uint64_t index : {1U, 2U, 4U, 8U}) {
      const VariantRule rule{index, buffers};
      if (std::max(align, index) == variant.align && rule.size(rooms) == variant.size) return rule;
    }
  }
  return std::nullopt;
}

bool is_nothing(std::string_view type) {
  constexpr std::array<std::string_view, 4> names = {"monostate", "blank", "nullopt_t",
                                                     "nullptr_t"};
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return type == name || type.ends_with(fmt::format("::{}", name));
  });
}

/// A type without const and references.
std::string_view bare(std::string_view type) {
  if (type.starts_with("const ")) type.remove_prefix(6);
  while (type.ends_with('&') || type.ends_with(' ')) type.remove_suffix(1);
  return type;
}

bool is_text(std::string_view type) {
  return type == "char *" || type.starts_with("char [") || type.starts_with("char[");
}

/// The alternative that an argument of the constructor becomes; null if it cannot be told.
UnionChoice* alternative_of(std::vector<UnionChoice>& choices, const Construction& construction) {
  const std::string_view type = bare(construction.source_type);
  UnionChoice* found = nullptr;
  for (UnionChoice& choice : choices) {
    if (choice.type == type) return &choice;
    const bool same = !choice.record_id.empty() && choice.record_id == construction.source_id;
    const bool text = is_text(type) && choice.type.find("basic_string<char") != std::string::npos;
    if (same || text) found = &choice;
  }
  return found;
}

SourceRange place_of(const Function& function, const Spot& spot) {
  return range_of(function, spot);
}

using ById = std::map<std::string_view, std::size_t>;

void add_constructions(std::vector<SumType>& types, const Model& model) {
  ById by_id;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i].record == nullptr) by_id.emplace(types[i].id, i);
  }
  // One place of a template is one place, and so are a variable and the value that it is made of.
  std::set<std::tuple<const UnionChoice*, std::string, std::uint32_t>> seen;
  for (const Function& function : model.functions) {
    for (const Construction& one : function.constructions) {
      const auto type = by_id.find(one.record_id);
      if (type == by_id.end() || one.source_type.empty()) continue;
      UnionChoice* choice = alternative_of(types[type->second].choices, one);
      if (choice == nullptr || !seen.emplace(choice, function.where.file, one.where.line).second)
        continue;
      choice->built.push_back({place_of(function, one.where), one.loop >= 0 ? loop_weight : 1});
    }
  }
}

std::vector<SumType> library_variants(const Model& model) {
  std::vector<SumType> types;
  for (const Variant& variant : model.variants) {
    SumType type;
    type.id = variant.id;
    type.name = variant.name.empty() ? variant.type : variant.name;
    type.where = variant.where;
    type.subject = type.name;
    type.size = variant.size;
    for (const Alternative& alternative : variant.alternatives) {
      UnionChoice choice;
      choice.name = choice.type = alternative.type;
      choice.record_id = alternative.record_id;
      choice.size = alternative.size;
      choice.align = alternative.align;
      choice.nothing = is_nothing(alternative.type);
      const Record* record = model.find(alternative.record_id);
      if (record != nullptr) {
        choice.name = record->name;
        if (record->reported) choice.where = record->where;
      }
      type.choices.push_back(std::move(choice));
    }
    const std::optional<VariantRule> rule = rule_of(variant, rooms_of(type.choices));
    if (!rule) continue;
    type.size_with = [rule = *rule](const std::vector<Room>& rooms) { return rule.size(rooms); };
    types.push_back(std::move(type));
  }
  return types;
}

/// The alternatives of a union that is a member of a record, with the id and the names by which the
/// bodies touch them.
struct TaggedUnion {
  SumType type;
  std::string owner_id;                         ///< Record that declares the alternatives.
  std::vector<std::vector<std::string>> names;  ///< One list per alternative.
};

std::vector<std::string> names_of(const Slot& slot) {
  if (!slot.name.empty()) return {slot.name};
  std::vector<std::string> names;
  for (const Slot& member : slot.members) names.push_back(member.name);
  return names;
}

/// The bytes of a record whose union is of another size. Null if that cannot be computed.
std::function<std::uint64_t(const std::vector<Room>&)> rule_of_union(const Record& record,
                                                                     const Slot& slot,
                                                                     const Model& model) {
  const std::vector<std::uint32_t> fields = own_fields(record);
  std::optional<RecordSpec> spec = spec_of(record, model);
  const auto at = std::find_if(fields.begin(), fields.end(),
                               [&](std::uint32_t i) { return &record.slots[i] == &slot; });
  if (!spec || at == fields.end() || record.traits.packed || record.traits.pragma_pack) return {};
  if (!record.traits.explicit_align) {
    spec->min_align_bits = 8;
    for (const Slot& other : record.slots) {
      const bool member = other.kind == SlotKind::Field || other.kind == SlotKind::BitField;
      if (!member) spec->min_align_bits = std::max(spec->min_align_bits, other.align_bits);
    }
  }
  const auto index = static_cast<std::size_t>(at - fields.begin());
  return [spec = *spec, index, abi = model.abi](const std::vector<Room>& rooms) {
    std::uint64_t largest = 0;
    std::uint64_t align = 1;
    for (const Room& room : rooms) {
      largest = std::max(largest, room.size);
      align = std::max(align, room.align);
    }
    RecordSpec changed = spec;
    MemberSpec& member = changed.members[index];
    member.size_bits = member.data_bits = 8 * round_up(largest, align);
    member.type_align_bits = 8 * align;
    return lay_out(changed, abi).size_bits / 8;
  };
}

std::optional<TaggedUnion> tagged_union(const Record& record, const Slot& slot,
                                        const Model& model) {
  const Record* named = model.find(slot.type_id);
  const bool anonymous =
      slot.name.empty() && !slot.members.empty() && slot.type.find("union") != std::string::npos;
  if (slot.array_elements != 0 || slot.kind != SlotKind::Field) return std::nullopt;
  if (!anonymous && (named == nullptr || named->kind != RecordKind::Union)) return std::nullopt;
  TaggedUnion result;
  result.owner_id = anonymous ? record.id : named->id;
  SumType& type = result.type;
  type.id = record.id;
  type.name = record.name;
  type.where = record.where;
  const std::vector<std::string> member = {anonymous ? "union" : slot.name};
  type.subject = subject_of(record, member);
  type.record = &record;
  type.size = record.size;
  for (const Slot& one : anonymous ? slot.members : named->slots) {
    if (one.kind != SlotKind::Field) continue;
    UnionChoice choice;
    choice.name = one.name.empty() ? slot_label(one) : one.name;
    choice.type = one.type;
    choice.record_id = one.type_id;
    choice.where = one.where;
    choice.size = one.extent.size_bits / 8;
    choice.align = std::max<std::uint64_t>(one.align_bits / 8, 1);
    result.names.push_back(names_of(one));
    type.choices.push_back(std::move(choice));
  }
  type.size_with = rule_of_union(record, slot, model);
  if (!type.size_with || type.size_with(rooms_of(type.choices)) != record.size) {
    return std::nullopt;
  }
  return result;
}

bool has_tag(const Record& record) {
  return std::any_of(record.slots.begin(), record.slots.end(), [](const Slot& slot) {
    return !slot.enumeration.empty() && slot.array_elements == 0;
  });
}

/// A place that writes to a member of the union builds that alternative; a function counts once.
void add_writes(std::vector<TaggedUnion>& unions, const Model& model) {
  std::map<std::pair<std::string_view, std::string_view>, std::pair<std::size_t, std::size_t>>
      members;
  for (std::size_t i = 0; i < unions.size(); ++i) {
    for (std::size_t j = 0; j < unions[i].names.size(); ++j) {
      for (const std::string& name : unions[i].names[j]) {
        members.emplace(std::pair(std::string_view(unions[i].owner_id), std::string_view(name)),
                        std::pair(i, j));
      }
    }
  }
  for (const Function& function : model.functions) {
    std::map<std::pair<std::size_t, std::size_t>, BuildSite> built;
    for (const FieldAccess& access : function.accesses) {
      if (access.kind == AccessKind::Read) continue;
      for (const Step& step : access.path.steps) {
        if (step.kind == StepKind::Pointed || step.kind == StepKind::Item) continue;
        const auto member = members.find({step.record_id, step.field});
        if (member == members.end()) continue;
        const BuildSite site{place_of(function, access.where), access.loop >= 0 ? loop_weight : 1};
        const auto [at, added] = built.emplace(member->second, site);
        at->second.weight = std::max(at->second.weight, site.weight);
      }
    }
    for (auto& [member, site] : built) {
      unions[member.first].type.choices[member.second].built.push_back(std::move(site));
    }
  }
}

std::vector<SumType> tagged_unions(const Model& model) {
  std::vector<TaggedUnion> unions;
  for (const Record& record : model.records) {
    if (!record.reported || record.kind == RecordKind::Union || !has_tag(record)) continue;
    const std::array<const Record*, 1> itself = {&record};
    if (!why_several_layouts(itself, model).empty()) continue;
    for (const Slot& slot : record.slots) {
      if (auto found = tagged_union(record, slot, model)) unions.push_back(std::move(*found));
    }
  }
  add_writes(unions, model);
  std::vector<SumType> types;
  for (TaggedUnion& one : unions) {
    one.type.c = std::none_of(one.type.record->units.begin(), one.type.record->units.end(),
                              [&](std::uint32_t unit) {
                                const std::string& file = model.units.at(unit).file;
                                return !file.ends_with(".c");
                              });
    types.push_back(std::move(one.type));
  }
  return types;
}

}  // namespace

std::uint64_t UnionChoice::weight() const {
  std::uint64_t sum = 0;
  for (const BuildSite& site : built) sum += site.weight;
  return sum;
}

std::vector<SumType> find_sum_types(const Model& model) {
  std::vector<SumType> types = library_variants(model);
  add_constructions(types, model);
  for (SumType& type : tagged_unions(model)) types.push_back(std::move(type));
  std::stable_sort(types.begin(), types.end(),
                   [](const SumType& a, const SumType& b) { return a.where < b.where; });
  return types;
}

}  // namespace snug
