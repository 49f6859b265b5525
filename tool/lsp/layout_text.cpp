#include "lsp/layout_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/visible_text.hpp"
#include "layout/reordered.hpp"
#include "lsp/json_reading.hpp"
#include "report/draw.hpp"
#include "report/formats/json_parts.hpp"
#include "session/better_order.hpp"

namespace snug::lsp {
namespace {

constexpr std::size_t most_children = 64;  // Of nested records in one answer.

bool is_padding(const Slot& slot) {
  return slot.kind == SlotKind::Hole || slot.kind == SlotKind::TailPadding;
}

void place(const std::vector<Slot>& slots, std::vector<PlacedSlot>& placed) {
  for (const Slot& slot : slots) {
    if (is_padding(slot)) continue;
    if (!slot.members.empty()) place(slot.members, placed);
    const auto gap = std::find_if(slots.begin(), slots.end(), [&](const Slot& other) {
      return is_padding(other) && other.extent.offset_bits == slot.extent.end_bits();
    });
    placed.push_back({&slot, gap == slots.end() ? nullptr : &*gap});
  }
}

Json slot_json(const Slot& slot, const View& view, std::uint32_t line_bytes) {
  Json json = {{"kind", to_string(slot.kind)},
               {"name", visible_text(slot.name)},
               {"type", visible_text(slot.type)},
               {"offsetBits", slot.extent.offset_bits},
               {"sizeBits", slot.extent.size_bits},
               {"alignBits", slot.align_bits},
               {"line", slot.extent.offset_bits / bits_in_byte / std::max(line_bytes, 1U)}};
  if (const auto range = view.range(slot.where)) json["range"] = *range;
  if (!slot.type_id.empty()) json["record"] = slot.type_id;
  if (!slot.members.empty()) {
    json["slots"] = Json::array();
    for (const Slot& member : slot.members) {
      json["slots"].push_back(slot_json(member, view, line_bytes));
    }
  }
  return json;
}

Json record_json(const Record& record, const View& view) {
  const std::uint32_t line = view.model().abi.cache_line_bytes;
  const PaddingSum padding = padding_of(record);
  Json json = {
      {"id", record.id},
      {"name", visible_text(record.name)},
      {"kind", to_string(record.kind)},
      {"size", record.size},
      {"align", record.align},
      {"padding",
       {{"holes", padding.holes}, {"tail", padding.tail}, {"bitHoles", padding.bit_holes}}},
      {"cacheLines", lines_of(record.size, line)},
      {"cacheLineBytes", line}};
  if (const auto range = view.range(record.where)) json["range"] = *range;
  if (const auto range = view.range(record.definition)) json["definition"] = *range;
  return json;
}

Json slots_json(const Record& record, const View& view) {
  Json slots = Json::array();
  for (const Slot& slot : record.slots) {
    slots.push_back(slot_json(slot, view, view.model().abi.cache_line_bytes));
  }
  return slots;
}

/// The records that lie in this one, at any depth.
Json children_of(const Record& record, const View& view) {
  Json children = Json::object();
  std::vector<const Record*> open{&record};
  std::set<std::string> seen{record.id};
  while (!open.empty() && children.size() < most_children) {
    const Record* next = open.back();
    open.pop_back();
    for (const PlacedSlot& placed : placed_slots(*next)) {
      const Record* child = view.model().find(placed.slot->type_id);
      if (child == nullptr || !seen.insert(child->id).second) continue;
      children[child->id] = {{"record", record_json(*child, view)},
                             {"slots", slots_json(*child, view)}};
      open.push_back(child);
    }
  }
  return children;
}

/// The record in its best order; nothing if there is no smaller one that can be computed.
std::optional<BetterOrder> better_of(const Record& record, const Layouts& layouts) {
  const SuggestedFix* fix = shrinking_fix(record, layouts.orders);
  if (fix == nullptr) return std::nullopt;
  std::optional<Record> moved = reordered(record, layouts.model, fix->promise.order);
  if (!moved) return std::nullopt;
  return BetterOrder{std::move(*moved), nullptr};
}

}  // namespace

std::vector<PlacedSlot> placed_slots(const Record& record) {
  std::vector<PlacedSlot> placed;
  place(record.slots, placed);
  return placed;
}

std::uint64_t padding_bytes(const Record& record) {
  const PaddingSum padding = padding_of(record);
  return padding.holes + padding.tail;
}

std::optional<std::uint64_t> smaller_size(const Record& record, const Layouts& layouts) {
  std::uint64_t size = 0;
  if (shrinking_fix(record, layouts.orders, &size) == nullptr) return std::nullopt;
  return size;
}

std::string lens_title(const Record& record, const Layouts& layouts) {
  std::string text = fmt::format("{} byte{}", record.size, record.size == 1 ? "" : "s");
  const std::uint64_t padding = padding_bytes(record);
  if (padding != 0) text += fmt::format(", {} padding", padding);
  if (const auto smaller = smaller_size(record, layouts)) {
    text += fmt::format(": reorder saves {}", record.size - *smaller);
  }
  return text;
}

std::string drawing(const Record& record, const Layouts& layouts, const std::string& folder) {
  std::ostringstream out;
  const std::optional<BetterOrder> better = better_of(record, layouts);
  draw_record(record, layouts.model, better ? &*better : nullptr, {false, 120, folder}, out);
  return visible_lines(out.str());
}

std::string code_block(const std::string& text, const std::string& language) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}{}\n{}{}{}\n", fence, language, text, text.ends_with('\n') ? "" : "\n",
                     fence);
}

Json layout_json(const Declared& declared, const View& view, const std::string& folder) {
  const Record& record = *declared.front();
  Json json = {{"uri", view.document().uri()},
               {"version", view.document().version()},
               {"stale", view.stale()},
               {"target", view.model().abi.target},
               {"record", record_json(record, view)},
               {"slots", slots_json(record, view)},
               {"children", children_of(record, view)}};
  if (const auto better = better_of(record, view.layouts())) {
    Json slots = Json::array();
    for (const Slot& slot : better->record.slots) {
      slots.push_back(slot_json(slot, view, view.model().abi.cache_line_bytes));
    }
    json["suggested"] = {{"size", better->record.size},
                         {"saves", record.size - std::min(record.size, better->record.size)},
                         {"slots", std::move(slots)}};
  }
  Json others = Json::array();
  for (std::size_t i = 1; i < declared.size(); ++i) {
    others.push_back(record_json(*declared[i], view));
  }
  if (!others.empty()) json["instantiations"] = std::move(others);
  json["text"] = drawing(record, view.layouts(), folder);
  return json;
}

}  // namespace snug::lsp
