// A new order of the fields of a record, and whether it matters to a use of the record.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "model/record.hpp"
#include "model/use.hpp"

namespace snug {

/// Positions of the fields before and after. Unnamed fields keep their places in the count.
class FieldOrder {
 public:
  FieldOrder(const Record& record, std::span<const std::string> names) {
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

  /// True if the fields follow one another as before, with none between them.
  [[nodiscard]] bool keeps_run(const std::vector<std::string>& fields) const {
    for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
      const auto a = new_.find(outer(fields[i]));
      const auto b = new_.find(outer(fields[i + 1]));
      if (a == new_.end() || b == new_.end() || a->second + 1 != b->second) {
        return false;
      }
    }
    return true;
  }

  /// True if the field is still the first behind the same others.
  [[nodiscard]] bool keeps_border(const std::string& field) const {
    const auto before = old_.find(field);
    const auto now = new_.find(outer(field));
    return before != old_.end() && now != new_.end() && before->second == now->second &&
           !swaps_with_any(field);
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

/// True if the new order matters to a use of the record itself.
[[nodiscard]] bool matters(const Use& use, const FieldOrder& order);

}  // namespace snug
