#include "analysis/describe.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>

namespace snug {

std::string slot_label(const Slot& slot) {
  if (!slot.name.empty()) return fmt::format("'{}'", slot.name);
  if (slot.kind == SlotKind::BitField) return "an unnamed bit-field";
  if (slot.type.find("union") != std::string::npos) return "the anonymous union";
  return "the anonymous struct";
}

std::string subject_of(const Record& record, std::span<const std::string> slots) {
  std::string subject = record.template_name.empty() ? record.name : record.template_name;
  for (const std::string& slot : slots) subject += "|" + slot;
  return subject;
}

std::string bytes_text(std::uint64_t bytes) {
  return fmt::format("{} byte{}", bytes, bytes == 1 ? "" : "s");
}

std::uint64_t lines_of(std::uint64_t bytes, const Abi& abi) {
  const std::uint64_t line = abi.cache_line_bytes;
  return line == 0 ? 0 : (bytes + line - 1) / line;
}

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::optional<std::uint64_t> known_instances(const Record& record, const Model& model,
                                             std::vector<Evidence>& evidence) {
  std::uint64_t sum = 0;
  std::set<std::pair<std::string, std::uint64_t>> counted;
  for (const Record& holder : model.records) {
    for (const Slot& slot : holder.slots) {
      if (slot.type_id != record.id || slot.array_elements == 0) continue;
      if (!counted.emplace(slot.where.file, slot.where.begin).second && slot.where.known())
        continue;
      sum += slot.array_elements;
      evidence.push_back(
          {"instances",
           fmt::format("'{}::{}' holds {} of them", holder.name, slot.name, slot.array_elements),
           slot.where});
    }
  }
  return sum == 0 ? std::nullopt : std::optional(sum);
}

}  // namespace snug
