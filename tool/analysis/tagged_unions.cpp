#include "analysis/tagged_unions.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "analysis/describe.hpp"
#include "analysis/orders/deliberate.hpp"
#include "analysis/reorder/layout_uses.hpp"
#include "layout/lay_out.hpp"
#include "model/bool_type.hpp"

namespace snug {

namespace {

/// A place in a loop counts as so many.
constexpr std::uint64_t loop_weight = 10;

BuildSite site_at(const Function& function, const Spot& spot, std::int32_t loop) {
  return {range_of(function, spot), loop >= 0 ? loop_weight : 1};
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

UnionChoice choice_of(const Slot& slot) {
  UnionChoice choice;
  choice.name = slot.name.empty() ? slot_label(slot) : slot.name;
  choice.type = slot.type;
  choice.record_id = slot.type_id;
  choice.where = slot.where;
  choice.size = slot.extent.size_bits / 8;
  choice.align = std::max<std::uint64_t>(slot.align_bits / 8, 1);
  return choice;
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
    result.names.push_back(names_of(one));
    type.choices.push_back(choice_of(one));
  }
  type.size_with = rule_of_union(record, slot, model);
  if (!type.size_with || type.size_with(rooms_of(type.choices)) != record.size) {
    return std::nullopt;
  }
  return result;
}

const Slot* first_field(const Record& record) {
  const auto first =
      std::min_element(record.slots.begin(), record.slots.end(), [](const Slot& a, const Slot& b) {
        const auto key = [](const Slot& slot) {
          return std::pair(slot.kind != SlotKind::Field, slot.extent.offset_bits);
        };
        return key(a) < key(b);
      });
  const bool field = first != record.slots.end() && first->kind == SlotKind::Field;
  return field ? &*first : nullptr;
}

/// A header that at least two structs of a union begin with, by id; else empty. It may be a member
/// of the union, too.
std::string_view header_of(const Record& record, const Model& model) {
  std::map<std::string_view, int> firsts;
  for (const Slot& slot : record.slots) {
    const Record* type = slot.array_elements == 0 ? model.find(slot.type_id) : nullptr;
    const Slot* first = type == nullptr ? nullptr : first_field(*type);
    if (first == nullptr || first->array_elements != 0 || first->type_id.empty()) continue;
    if (++firsts[first->type_id] == 2) return first->type_id;
  }
  return {};
}

/// The fields that all structs of a union begin with tell which of them is in use, as in the events
/// of window systems. A member that is there to take room makes the size on purpose.
bool begins_with_tag(const Record& record, const Model& model) {
  const Slot* tag = nullptr;
  const std::string_view header = header_of(record, model);
  std::size_t structs = 0;
  for (const Slot& slot : record.slots) {
    if (slot.kind != SlotKind::Field) continue;
    if (is_padding_field(slot)) return false;
    const Record* type = slot.array_elements == 0 ? model.find(slot.type_id) : nullptr;
    if (!header.empty() && slot.type_id == header) continue;  // the tag alone
    if (type == nullptr) {
      // The tag alone may stand beside the structs.
      if (tag != nullptr && slot.extent.size_bits != tag->extent.size_bits) return false;
      continue;
    }
    const Slot* first = first_field(*type);
    if (first == nullptr || first->array_elements != 0 || first->extent.offset_bits != 0) {
      return false;
    }
    const bool head = !header.empty() && first->type_id == header;
    const bool number = first->type_id.empty() && first->type.find('*') == std::string::npos &&
                        first->type != "bool" && first->type != "_Bool";
    if (!(number || head) ||
        (tag != nullptr && (tag->name != first->name || tag->type != first->type))) {
      return false;
    }
    tag = first;
    ++structs;
  }
  return structs >= 2;
}

/// A union whose members carry the tag themselves.
std::optional<TaggedUnion> union_of_tagged(const Record& record, const Model& model) {
  if (!begins_with_tag(record, model)) return std::nullopt;
  TaggedUnion result;
  result.owner_id = record.id;
  SumType& type = result.type;
  type.id = record.id;
  type.name = record.name;
  type.where = record.where;
  type.subject = subject_of(record);
  type.record = &record;
  type.size = record.size;
  for (const Slot& one : record.slots) {
    if (one.kind != SlotKind::Field || one.type_id.empty()) continue;
    type.choices.push_back(choice_of(one));
    result.names.push_back(names_of(one));
  }
  type.size_with = [](const std::vector<Room>& rooms) {
    std::uint64_t largest = 0;
    std::uint64_t align = 1;
    for (const Room& room : rooms) {
      largest = std::max(largest, room.size);
      align = std::max(align, room.align);
    }
    return round_up(largest, align);
  };
  if (type.size_with(rooms_of(type.choices)) != record.size) return std::nullopt;
  return result;
}

bool has_tag(const Record& record) {
  return std::any_of(record.slots.begin(), record.slots.end(), [](const Slot& slot) {
    return !slot.enumeration.empty() && slot.enumeration != bool_enumeration &&
           slot.array_elements == 0 && slot.type_id.empty();
  });
}

/// A place that writes to a member of the union builds that alternative; a function counts once.
void add_writes(std::vector<TaggedUnion>& unions, const BuildPlaces& places, const Model& model) {
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
    std::map<std::pair<std::size_t, std::size_t>, std::vector<BuildSite>> built;
    for (const FieldAccess& access : function.accesses) {
      if (access.kind == AccessKind::Read) continue;
      for (const Step& step : access.path.steps) {
        if (step.kind == StepKind::Pointed || step.kind == StepKind::Item) continue;
        const auto member = members.find({step.record_id, step.field});
        if (member == members.end()) continue;
        std::vector<BuildSite> sites = places.of(function, access.where, access.loop);
        const auto [at, added] = built.emplace(member->second, sites);
        at->second.front().weight = std::max(at->second.front().weight, sites.front().weight);
      }
    }
    for (auto& [member, sites] : built) {
      std::vector<BuildSite>& all = unions[member.first].type.choices[member.second].built;
      all.insert(all.end(), sites.begin(), sites.end());
    }
  }
}

}  // namespace

std::vector<SumType> tagged_unions(const BuildPlaces& places, const Model& model) {
  std::vector<TaggedUnion> unions;
  for (const Record& record : model.records) {
    const bool is_union = record.kind == RecordKind::Union;
    if (!record.reported || (!is_union && !has_tag(record))) continue;
    const std::array<const Record*, 1> itself = {&record};
    if (!why_several_layouts(itself, model).empty()) continue;
    if (is_union) {
      if (auto found = union_of_tagged(record, model)) unions.push_back(std::move(*found));
      continue;
    }
    for (const Slot& slot : record.slots) {
      if (auto found = tagged_union(record, slot, model)) unions.push_back(std::move(*found));
    }
  }
  add_writes(unions, places, model);
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

BuildPlaces::BuildPlaces(const Model& model) {
  for (const Function& function : model.functions) {
    for (const Call& call : function.calls) {
      if (!call.callee.empty()) calls_[call.callee].emplace_back(&function, &call);
    }
  }
}

std::vector<BuildSite> BuildPlaces::of(const Function& function, const Spot& spot,
                                       std::int32_t loop) const {
  const auto found = calls_.find(function.id);
  if (function.kind != FunctionKind::Constructor || found == calls_.end()) {
    return {site_at(function, spot, loop)};
  }
  std::vector<BuildSite> sites;
  for (const auto& [caller, call] : found->second) {
    sites.push_back(site_at(*caller, call->where, call->loop));
  }
  return sites;
}

std::vector<Room> rooms_of(const std::vector<UnionChoice>& choices) {
  std::vector<Room> rooms;
  rooms.reserve(choices.size());
  for (const UnionChoice& choice : choices) rooms.push_back({choice.size, choice.align});
  return rooms;
}

}  // namespace snug
