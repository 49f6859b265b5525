#include "gate/json_model.hpp"

#include <fmt/format.h>

#include <array>

namespace snug {
namespace {

/// Bits of the largest offset that is taken: sums of an offset and a size do not overflow.
constexpr std::uint64_t most_bits = std::uint64_t{1} << 62U;

/// Anonymous structs in anonymous structs; what is deeper was not written by this program.
constexpr int deepest = 64;

std::uint64_t bits_from(const JsonValue& json) {
  const std::uint64_t bits = json.count();
  if (bits > most_bits) json.wrong("is too large");
  return bits;
}

/// The value that a word stands for.
template <class Value, std::size_t N>
Value word(const JsonValue& json, const std::array<Value, N>& values) {
  const std::string text = json.text();
  std::string known;
  for (const Value value : values) {
    if (to_string(value) == text) return value;
    known += (known.empty() ? "" : ", ") + std::string(to_string(value));
  }
  json.wrong(fmt::format("cannot be '{}': it is one of {}", text, known));
}

Slot slot_at_depth(const JsonValue& json, int depth) {
  if (depth > deepest) json.wrong("is nested too deeply");
  Slot slot;
  slot.kind = slot_kind_from(json["kind"]);
  slot.name = json["name"].text();
  slot.type = json["type"].text();
  slot.extent = {bits_from(json["offset_bits"]), bits_from(json["size_bits"])};
  slot.align_bits = json["align_bits"].count();
  if (json.has("slots")) {
    for (const JsonValue& member : json["slots"].items()) {
      slot.members.push_back(slot_at_depth(member, depth + 1));
    }
  }
  return slot;
}

}  // namespace

nlohmann::ordered_json json_of_slot(const Slot& slot) {
  nlohmann::ordered_json json = {{"kind", to_string(slot.kind)},
                                 {"name", slot.name},
                                 {"type", slot.type},
                                 {"offset_bits", slot.extent.offset_bits},
                                 {"size_bits", slot.extent.size_bits},
                                 {"align_bits", slot.align_bits}};
  if (!slot.members.empty()) {
    nlohmann::ordered_json members = nlohmann::ordered_json::array();
    for (const Slot& member : slot.members) members.push_back(json_of_slot(member));
    json["slots"] = std::move(members);
  }
  return json;
}

Slot slot_from(const JsonValue& json) {
  return slot_at_depth(json, 0);
}

Level level_from(const JsonValue& json) {
  return word(json, std::array{Level::Note, Level::Warning});
}

SlotKind slot_kind_from(const JsonValue& json) {
  return word(json, std::array{SlotKind::Field, SlotKind::BitField, SlotKind::Base,
                               SlotKind::VirtualBase, SlotKind::VPtr, SlotKind::VBPtr,
                               SlotKind::VtorDisp, SlotKind::Hole, SlotKind::TailPadding});
}

RecordKind record_kind_from(const JsonValue& json) {
  return word(json, std::array{RecordKind::Struct, RecordKind::Class, RecordKind::Union});
}

SourceRange range_from(const JsonValue& json) {
  SourceRange range;
  if (json.is_null()) return range;
  range.file = json["file"].text();
  range.line = json["line"].small_count();
  range.column = json["column"].small_count();
  if (json.has("end_line")) range.end_line = json["end_line"].small_count();
  if (json.has("end_column")) range.end_column = json["end_column"].small_count();
  return range;
}

}  // namespace snug
