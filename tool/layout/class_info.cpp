#include "layout/class_info.hpp"

#include <algorithm>

namespace snug {

bool FieldInfo::overlapping_empty() const {
  return potentially_overlapping() && record->empty;
}

std::uint64_t declared_align_bits(const ClassInfo& info, const FieldInfo& field, const Abi& abi) {
  const auto target_has = [&](std::string_view word) {
    return abi.target.find(word) != std::string::npos;
  };
  // GCC leaves members that are no POD alone when the class is packed; so does clang where it
  // follows GCC.
  const bool packs_all = abi.microsoft || target_has("-apple-") || target_has("-ps4") ||
                         target_has("-ps5") || target_has("-scei-") || target_has("-aix");
  const bool spared = field.record != nullptr && !field.is_array && !field.is_reference &&
                      !field.record->pod && !field.record->packed_attribute && !packs_all;
  const bool packed = field.packed || (info.packed_attribute && !spared);
  return std::max(packed ? 8 : field.align_bits, field.asked_bits.value_or(8));
}

std::vector<VirtualBaseInfo> collect_virtual_bases(const ClassInfo& info) {
  // As clang collects them: for each direct base its virtual bases, then the base itself if it is
  // virtual; each once.
  std::vector<VirtualBaseInfo> found;
  const auto add = [&](const ClassInfo* type) {
    if (std::none_of(found.begin(), found.end(), [&](const auto& v) { return v.type == type; })) {
      found.push_back({type, 0, false});
    }
  };
  for (const BaseInfo& base : info.bases) {
    if (base.type == nullptr) {
      continue;
    }
    for (const VirtualBaseInfo& inherited : base.type->virtual_bases) {
      add(inherited.type);
    }
    if (base.is_virtual) {
      add(base.type);
    }
  }
  return found;
}

}  // namespace snug
