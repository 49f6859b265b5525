#include "layout/gcc_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "layout/layout_state.hpp"

namespace snug {

namespace {

std::string id_of(const ClassInfo& info) {
  return fmt::format("{}", static_cast<const void*>(&info));
}

bool is_bit_field(const FieldInfo& field) {
  return field.width.has_value();
}

/// An empty [[no_unique_address]] member somewhere after a bit-field and one more bit-field or
/// empty member after it: rule 3.
bool splits_bit_fields(const ClassInfo& info) {
  const auto first = std::find_if(info.fields.begin(), info.fields.end(), is_bit_field);
  return std::any_of(first, info.fields.end(),
                     [](const FieldInfo& field) { return field.overlapping_empty(); });
}

bool same_layout(const ClassLayout& a, const ClassLayout& b) {
  const auto same_base = [](const auto& mine, const auto& other) {
    return mine.offset_bits == other.offset_bits;
  };
  return a.size_bits == b.size_bits && a.align_bits == b.align_bits &&
         a.placement.offset_bits == b.placement.offset_bits &&
         std::equal(a.bases.begin(), a.bases.end(), b.bases.begin(), b.bases.end(), same_base) &&
         std::equal(a.virtual_bases.begin(), a.virtual_bases.end(), b.virtual_bases.begin(),
                    b.virtual_bases.end(), same_base);
}

/// The layout is what the front end told.
bool confirmed(const ClassLayout& layout, const ClassInfo& info) {
  if (layout.size_bits != info.size_bits) return false;
  if (layout.align_bits != info.align_bits) return false;
  for (std::size_t i = 0; i < info.fields.size(); ++i) {
    const bool wall = info.fields[i].width == 0U;
    if (!wall && layout.placement.offset_bits[i] != info.fields[i].offset_bits) return false;
  }
  return true;
}

}  // namespace

struct GccLayouts::Entry {
  bool gcc_pod = false;
  bool differs = false;
  bool laid_out = false;
  std::optional<ClassLayout> clang;
  std::optional<ClassLayout> gcc;
};

GccLayouts::GccLayouts(const Abi& abi, unsigned standard)
    : abi_(abi),
      standard_(standard),
      applies_(!abi.microsoft && standard != 0 && abi.target.starts_with("x86_64") &&
               abi.target.find("-apple-") == std::string::npos) {}

GccLayouts::~GccLayouts() = default;

bool GccLayouts::differs(const ClassInfo& info) {
  return applies_ && info.problem.empty() && entry(info).differs;
}

const GccLayouts::Entry& GccLayouts::entry(const ClassInfo& info) {
  std::unique_ptr<Entry>& slot = entries_[&info];
  if (slot == nullptr) {
    slot = std::make_unique<Entry>();
    by_id_[id_of(info)] = &info;
    judge(info, *slot);
  }
  return *entries_[&info];
}

void GccLayouts::judge(const ClassInfo& info, Entry& entry) {
  entry.gcc_pod = gcc_pod(info);
  if (!may_differ(info)) return;
  lay_out_both(info, entry);
  entry.differs = entry.clang && entry.gcc && !same_layout(*entry.clang, *entry.gcc);
}

bool GccLayouts::gcc_pod(const ClassInfo& info) {
  if (!info.pod || (standard_ >= 20 && info.user_constructor)) return false;
  return std::all_of(info.fields.begin(), info.fields.end(), [&](const FieldInfo& field) {
    if (field.no_unique_address) return false;
    return field.record == nullptr || field.is_reference || entry(*field.record).gcc_pod;
  });
}

bool GccLayouts::may_differ(const ClassInfo& info) {
  if (splits_bit_fields(info)) return true;
  const auto unequal = [&](const ClassInfo& type) {
    const Entry& known = entry(type);
    return known.differs || known.gcc_pod != type.pod;
  };
  if (std::any_of(info.bases.begin(), info.bases.end(),
                  [&](const BaseInfo& base) { return unequal(*base.type); })) {
    return true;
  }
  if (std::any_of(info.virtual_bases.begin(), info.virtual_bases.end(),
                  [&](const VirtualBaseInfo& base) { return unequal(*base.type); })) {
    return true;
  }
  return std::any_of(info.fields.begin(), info.fields.end(), [&](const FieldInfo& field) {
    if (field.is_reference) return info.packed_attribute && !field.packed;
    if (field.record == nullptr) return false;
    const Entry& known = entry(*field.record);
    if (known.differs) return true;
    if (field.no_unique_address && (info.pragma_pack || info.packed_attribute || field.packed)) {
      return true;
    }
    if (field.no_unique_address && known.gcc_pod != field.record->pod) return true;
    const bool packed = info.packed_attribute && !field.packed;
    return packed && !known.gcc_pod && (field.record->pod || field.is_array);
  });
}

/// The value of #pragma pack is not told: it is the one with which clang's rules give what the
/// front end says.
void GccLayouts::lay_out_both(const ClassInfo& info, Entry& entry) {
  entry.laid_out = true;
  constexpr std::array<std::uint64_t, 6> packs = {0, 8, 16, 32, 64, 128};
  const auto lay_out = [&](bool gcc, std::uint64_t pack) {
    return lay_out_class(facts(info, gcc, pack), abi_,
                         [this, gcc](std::string_view id) { return layout(id, gcc); });
  };
  for (const std::uint64_t pack : packs) {
    if (pack != 0 && !info.pragma_pack) break;
    entry.clang = lay_out(false, pack);
    if (entry.clang && confirmed(*entry.clang, info)) {
      entry.gcc = lay_out(true, pack);
      return;
    }
  }
}

const ClassLayout* GccLayouts::layout(std::string_view id, bool gcc) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return nullptr;
  entry(*found->second);
  Entry& known = *entries_[found->second];
  if (!known.laid_out) lay_out_both(*found->second, known);
  const std::optional<ClassLayout>& layout = gcc ? known.gcc : known.clang;
  return layout ? &*layout : nullptr;
}

ClassFacts GccLayouts::facts(const ClassInfo& info, bool gcc, std::uint64_t pack_bits) {
  ClassFacts facts;
  facts.id = id_of(info);
  for (const BaseInfo& base : info.bases) {
    entry(*base.type);
    facts.bases.push_back({id_of(*base.type), base.is_virtual});
  }
  facts.polymorphic = info.polymorphic;
  facts.empty = info.empty;
  RecordSpec& own = facts.own;
  own.is_union = info.is_union;
  own.cxx = info.cxx;
  own.gcc_rules = gcc;
  own.packed = info.packed_attribute;
  own.keeps_tail = gcc ? entry(info).gcc_pod : info.pod;
  own.max_field_align_bits = pack_bits;
  own.min_align_bits = info.asked_bits.value_or(8);
  for (const FieldInfo& field : info.fields) own.members.push_back(member(info, field, gcc));
  return facts;
}

MemberSpec GccLayouts::member(const ClassInfo& owner, const FieldInfo& field, bool gcc) {
  MemberSpec spec;
  spec.size_bits = field.size_bits;
  spec.type_align_bits = field.align_bits;
  spec.explicit_align_bits = field.asked_bits.value_or(0);
  spec.bit_width = field.width;
  spec.named = field.named || field.anonymous_record;
  spec.packed = field.packed || owner.packed_attribute;
  spec.no_unique_address = field.no_unique_address && !field.is_array;
  spec.data_bits = field.size_bits;
  spec.flexible = field.incomplete_array;
  if (gcc && field.is_reference && !field.packed) spec.packed = false;
  if (field.record == nullptr || field.is_reference) return spec;

  const ClassInfo& type = *field.record;
  const std::string id = id_of(type);
  const Entry& known = entry(type);
  const bool pod = gcc ? known.gcc_pod : type.pod;
  const bool spares_type = gcc || !field.is_array;
  if (spares_type && !pod && !type.packed_attribute && !field.packed) spec.packed = false;
  const ClassLayout* layout = this->layout(id, gcc);
  if (layout == nullptr) return spec;
  const std::uint64_t count = field.is_array ? field.elements : 1;
  spec.size_bits = count * layout->size_bits;
  spec.type_align_bits = layout->align_bits;
  spec.data_bits = std::max(layout->data_bits, layout->nonvirtual_bits);
  spec.is_empty = type.empty && !field.is_array;
  const std::vector<EmptyAt> one = empties_of(*layout);
  for (std::uint64_t i = 0; i < std::min(count, most_elements) && !one.empty(); ++i) {
    for (const EmptyAt& empty : one) {
      spec.empties.push_back({empty.type_id, i * layout->size_bits + empty.offset_bits});
    }
  }
  return spec;
}

}  // namespace snug
