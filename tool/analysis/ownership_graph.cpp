// The way back of a field is searched breadth first, where only owning pointers count as steps:
//
//  1. From the record that the field points to, follow parts by value and derived records for free,
//     owning fields for one step.
//  2. When the field's own record is reached without a step, the field is a tree of its own kind.
//     Else the steps are the cycle.
#include "analysis/ownership_graph.hpp"

#include <algorithm>
#include <deque>
#include <set>

namespace snug {
namespace {

void add_parts(const std::vector<Slot>& slots, std::vector<std::string_view>& parts) {
  for (const Slot& slot : slots) {
    if (!slot.type_id.empty() && !slot.is_reference) parts.push_back(slot.type_id);
    add_parts(slot.members, parts);
  }
}

bool owns(const OwningField& field) {
  return field.type.strength != Strength::Weak;
}

}  // namespace

OwnershipGraph::OwnershipGraph(const Model& model) : model_(model) {
  for (const Record& record : model.records) {
    std::vector<std::string_view> parts;
    add_parts(record.slots, parts);
    for (const std::string_view part : parts) edges_[record.id].push_back({part});
    for (const Slot& slot : record.slots) {
      if (slot.kind != SlotKind::Base && slot.kind != SlotKind::VirtualBase) continue;
      bases_[record.id].push_back(slot.type_id);
      edges_[slot.type_id].push_back({record.id, nullptr, true});
    }
  }
  for (const HeldContainer& held : model.ownership.containers) {
    if (!held.record_id.empty() && !held.referred && held.pointer.family.empty() &&
        !held.element_id.empty()) {
      edges_[held.record_id].push_back({held.element_id});
    }
  }
  for (const OwningField& field : model.ownership.fields) {
    if (!owns(field)) continue;
    edges_[field.record_id].push_back({field.type.pointee_id, &field});
    if (field.type.pointee_id == field.record_id ||
        is_base_of(field.type.pointee_id, field.record_id)) {
      self_fields_[field.record_id].push_back(&field);
    }
  }
}

bool OwnershipGraph::is_base_of(std::string_view base, std::string_view record) const {
  std::vector<std::string_view> open{record};
  std::set<std::string_view> seen;
  while (!open.empty()) {
    const std::string_view id = open.back();
    open.pop_back();
    const auto found = bases_.find(id);
    if (found == bases_.end() || !seen.insert(id).second) continue;
    for (const std::string_view one : found->second) {
      if (one == base) return true;
      open.push_back(one);
    }
  }
  return false;
}

OwnershipCycle OwnershipGraph::way_back(const OwningField& field, std::size_t longest) const {
  struct Arrival {
    std::string_view from;
    const Edge* edge = nullptr;
    std::size_t steps = 0;
  };
  std::map<std::string_view, Arrival> reached;
  std::deque<std::string_view> open;
  reached[field.type.pointee_id] = {};
  open.push_back(field.type.pointee_id);
  while (!open.empty()) {
    const std::string_view id = open.front();
    open.pop_front();
    const std::size_t steps = reached[id].steps;
    if (id == field.record_id) break;
    const auto edges = edges_.find(id);
    if (edges == edges_.end()) continue;
    for (const Edge& edge : edges->second) {
      const std::size_t cost = steps + (edge.field == nullptr ? 0 : 1);
      if (cost + 1 > longest || edge.field == &field) continue;
      const auto known = reached.find(edge.to);
      if (known != reached.end() && known->second.steps <= cost) continue;
      reached[edge.to] = {id, &edge, cost};
      if (edge.field == nullptr) {
        open.push_front(edge.to);
      } else {
        open.push_back(edge.to);
      }
    }
  }
  OwnershipCycle cycle;
  const auto back = reached.find(field.record_id);
  if (back == reached.end() || back->second.steps == 0) return cycle;
  for (auto at = back; at->second.edge != nullptr; at = reached.find(at->second.from)) {
    if (at->second.edge->field != nullptr) cycle.fields.push_back(at->second.edge->field);
    cycle.through_derived |= at->second.edge->derived;
  }
  cycle.fields.push_back(&field);
  std::reverse(cycle.fields.begin(), cycle.fields.end());
  return cycle;
}

std::vector<OwnershipCycle> OwnershipGraph::cycles(std::size_t longest) const {
  std::vector<OwnershipCycle> found;
  std::set<std::set<const OwningField*>> told;
  for (const OwningField& field : model_.ownership.fields) {
    if (field.type.strength != Strength::Counted) continue;
    OwnershipCycle cycle = way_back(field, longest);
    if (cycle.fields.size() < 2) continue;
    if (told.insert({cycle.fields.begin(), cycle.fields.end()}).second) {
      found.push_back(std::move(cycle));
    }
  }
  return found;
}

}  // namespace snug
