#include "oracle/compare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace snug::oracle {

namespace {

/// Tells short names from normal ones in the index.
constexpr const char* short_mark = " (short)";

using Part = std::tuple<PartKind, std::uint64_t, std::string, std::uint64_t>;

/// Kind, offset, name and width (bit-fields only), in a fixed order.
std::vector<Part> parts_of(const Record& record) {
  std::vector<Part> parts;
  for (const Slot& slot : record.slots) {
    const std::uint64_t at = slot.extent.offset_bits;
    // The compiler gives captures no names.
    const std::string name = record.traits.lambda ? std::string() : slot.name;
    switch (slot.kind) {
      case SlotKind::Field:
        parts.emplace_back(PartKind::Field, at, name, 0);
        break;
      case SlotKind::BitField:
        parts.emplace_back(PartKind::Field, at, name, slot.extent.size_bits);
        break;
      case SlotKind::Base:
        parts.emplace_back(PartKind::Base, at, short_name(normal_name(slot.name)), 0);
        break;
      case SlotKind::VirtualBase:
        parts.emplace_back(PartKind::VirtualBase, at, short_name(normal_name(slot.name)), 0);
        break;
      case SlotKind::VPtr:
        parts.emplace_back(PartKind::VPtr, at, "", 0);
        break;
      case SlotKind::VBPtr:
        parts.emplace_back(PartKind::VBPtr, at, "", 0);
        break;
      case SlotKind::VtorDisp:
        parts.emplace_back(PartKind::VtorDisp, at, "", 0);
        break;
      case SlotKind::Hole:
      case SlotKind::TailPadding:
        break;
    }
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

std::vector<Part> parts_of(const DumpRecord& dump) {
  std::vector<Part> parts;
  for (const DumpPart& part : dump.parts) {
    const bool base = part.kind == PartKind::Base || part.kind == PartKind::VirtualBase;
    parts.emplace_back(part.kind, part.offset_bits, base ? short_name(part.name) : part.name,
                       part.width_bits.value_or(0));
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

std::string described(const Part& part) {
  static constexpr const char* names[] = {"field", "base",  "virtual base",
                                          "vptr",  "vbptr", "vtordisp"};
  const auto& [kind, offset, name, width] = part;
  return fmt::format("{} '{}' at {}:{}{}", names[static_cast<int>(kind)], name, offset / 8,
                     offset % 8, width == 0 ? "" : fmt::format(" of {} bits", width));
}

}  // namespace

std::vector<std::string> differences(const Record& record, const DumpRecord& dump) {
  std::vector<std::string> found;
  const auto number = [&](const char* what, std::uint64_t ours,
                          std::optional<std::uint64_t> theirs) {
    if (theirs && ours != *theirs) {
      found.push_back(fmt::format("{} is {}, the compiler says {}", what, ours, *theirs));
    }
  };
  number("size", record.size, dump.size);
  number("alignment", record.align, dump.align);
  number("dsize", record.data_size, dump.data_size);
  number("nvsize", record.nonvirtual_size, dump.nonvirtual_size);
  number("nvalign", record.nonvirtual_align, dump.nonvirtual_align);
  const std::vector<Part> ours = parts_of(record);
  const std::vector<Part> theirs = parts_of(dump);
  std::vector<Part> only;
  std::set_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                      std::back_inserter(only));
  for (const Part& part : only) {
    found.push_back(described(part) + " is not the compiler's");
  }
  only.clear();
  std::set_difference(theirs.begin(), theirs.end(), ours.begin(), ours.end(),
                      std::back_inserter(only));
  for (const Part& part : only) {
    found.push_back(described(part) + " is missing");
  }
  return found;
}

RecordIndex::RecordIndex(const Model& model) {
  for (const Record& record : model.records) {
    const std::string name = normal_name(record.name);
    by_name_.emplace_back(name, &record);
    by_name_.emplace_back(short_name(name) + short_mark, &record);
  }
  std::stable_sort(by_name_.begin(), by_name_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

bool RecordIndex::contains(const std::string& key) const {
  return std::binary_search(by_name_.begin(), by_name_.end(),
                            std::pair<std::string, const Record*>(key, nullptr),
                            [](const auto& a, const auto& b) { return a.first < b.first; });
}

bool RecordIndex::lacks(const DumpRecord& dump) const {
  return !contains(dump.key) && !contains(short_name(dump.key) + short_mark);
}

std::vector<std::string> RecordIndex::check(const DumpRecord& dump) const {
  const std::string key = contains(dump.key) ? dump.key : short_name(dump.key) + short_mark;
  auto at =
      std::lower_bound(by_name_.begin(), by_name_.end(), key,
                       [](const auto& entry, const auto& name) { return entry.first < name; });
  std::vector<std::string> least = {"snug has no such record"};
  for (bool first = true; at != by_name_.end() && at->first == key; ++at, first = false) {
    std::vector<std::string> found = differences(*at->second, dump);
    if (first || found.size() < least.size()) {
      least = std::move(found);
    }
  }
  return least;
}

}  // namespace snug::oracle
