// Lists and maps of owning pointers: a node for the pointer, and another block for the record.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array node_indirection_options = {
    CheckOption{"locals", 1, "1 to report variables of functions, too, 0 for fields alone"},
    CheckOption{"max-bytes", 4096,
                "largest record, in bytes, for which the second allocation still counts"}};

/// Bytes of a node of a list that holds a pointer: its links and the pointer.
std::uint64_t node_bytes(const HeldContainer& held, const TypeMatch& container, const Abi& abi) {
  const std::uint64_t links = container.is(TypeRole::DoublyLinked) ? 2 : 1;
  const std::uint64_t pointer = held.pointer.strength == Strength::Counted ? 2 : 1;
  return (links + pointer) * abi.pointer_bytes;
}

std::string suggestion(const HeldContainer& held, const TypeMatch& container) {
  const std::string& pointee = held.pointer.pointee;
  if (container.is(TypeRole::DoublyLinked)) {
    return fmt::format(
        "snug::intrusive_list<{}> links the records themselves: no node, and erase "
        "by element; a {}<{}> at least holds them in its nodes",
        pointee, held.container, pointee);
  }
  if (container.is(TypeRole::Linked)) {
    return fmt::format("snug::intrusive_slist<{}> links the records themselves: no node", pointee);
  }
  return fmt::format("the nodes never move, so that a {}<{}, {}> can hold the records themselves",
                     held.container, held.key, pointee);
}

/// The place where a new object is put into the container, which then owns it.
const OwnerStore* made_for(const HeldContainer& held, const Model& model) {
  const std::vector<OwnerStore>& stores = model.ownership.stores;
  const auto found = std::find_if(stores.begin(), stores.end(), [&](const OwnerStore& store) {
    return !held.record_id.empty() && store.record_id == held.record_id &&
           store.field == held.name && store.value.starts_with("new ");
  });
  return found == stores.end() ? nullptr : &*found;
}

void look_at(Pass& pass, const HeldContainer& held) {
  const TypeMatch container = pass.known.type(held.container);
  const bool list = container.is(TypeRole::Linked);
  if (!list && !container.is(TypeRole::Nodes)) return;
  const Strength strength = held.pointer.strength;
  if (held.referred || strength == Strength::Weak) return;
  const bool plain = held.pointer.family.empty();
  const OwnerStore* made = plain ? made_for(held, pass.model) : nullptr;
  if (plain && made == nullptr) return;
  // Who shares the values of a map needs them outside of its nodes.
  if (!list && strength == Strength::Counted) return;
  // A function that collects shared records owns none of them alone.
  if (held.record_id.empty() && strength == Strength::Counted) return;
  if (held.record_id.empty() && pass.option("locals") == 0) return;
  const Record* record = pass.model.find(held.pointer.pointee_id);
  if (record == nullptr || !record->reported || record->size > pass.option("max-bytes")) return;
  if (!list && record->traits.polymorphic) return;

  Finding finding;
  finding.level = Level::Note;
  finding.where = held.where;
  finding.record_id = held.record_id.empty() ? record->id : held.record_id;
  finding.subject = subject_at(held.holder, held.name, held.where);
  const std::string node =
      list ? fmt::format("a node of {} for the pointer",
                         bytes_text(node_bytes(held, container, pass.model.abi)))
           : std::string("a node for key and pointer");
  finding.message = fmt::format(
      "'{}' makes two allocations for each '{}': {}, and {} for the record; every visit follows "
      "two pointers",
      held.name, held.pointer.pointee, node, bytes_text(record->size));
  finding.evidence.push_back(
      {"member",
       plain ? fmt::format("the elements of this {} are pointers", held.container)
             : fmt::format("the elements of this {} are {}", held.container,
                           owner_text(held.pointer)),
       held.where});
  if (made != nullptr)
    finding.evidence.push_back({"owner", "it owns what is made here", made->where});
  finding.evidence.push_back({"alternative", suggestion(held, container), {}});
  pass.report(std::move(finding));
}

void run_node_indirection(Pass& pass) {
  for (const HeldContainer& held : pass.model.ownership.containers) look_at(pass, held);
}

}  // namespace

extern const Check node_indirection;
const Check node_indirection = {
    .id = "node-indirection",
    .summary = "a list or map of owning pointers",
    .doc =
        "std::list, std::forward_list, std::map and std::unordered_map allocate a node for every "
        "element, and nodes never move. With owning pointers as elements each record is a second "
        "block, and each visit follows two pointers, both to lines that are likely to be cold.\n\n"
        "Reported, as notes, are lists of owning pointers to records, and maps of unique pointers "
        "to records; plain pointers own where a new object is put into the container. Silent are "
        "pointers that own nothing, maps of polymorphic records (the "
        "pointer chooses the type), maps of shared pointers (others need the record outside of "
        "the node), lists of shared pointers that are local variables, and records that are not "
        "complete where they are held.\n\n"
        "Ignore it where the record is handed out of the container with its pointer, or where "
        "the list is short and cold.\n\n"
        "The fix for lists is snug::intrusive_list or snug::intrusive_slist: the links are in the "
        "record, which is allocated once and can erase itself. A map can hold the record itself.\n",
    .options = node_indirection_options,
    .run = run_node_indirection,
};

}  // namespace snug::checks
