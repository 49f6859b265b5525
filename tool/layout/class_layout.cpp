#include "layout/class_layout.hpp"

#include <algorithm>

#include "layout/base_subobjects.hpp"
#include "layout/bit_field_rules.hpp"
#include "layout/layout_state.hpp"
#include "layout/place.hpp"

namespace snug {

namespace {

const ClassLayout& as_layout(const ClassInfo& type) {
  return static_cast<const ClassLayout&>(type);
}

void add_member_empties(const ClassLayout& layout, std::uint64_t offset,
                        std::vector<EmptyAt>& out) {
  const auto& members = layout.facts.own.members;
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (const EmptyAt& empty : members[i].empties) {
      out.push_back({empty.type_id, offset + layout.placement.offset_bits[i] + empty.offset_bits});
    }
  }
}

/// Those of the class without its virtual bases.
void add_empties(const ClassLayout& layout, std::uint64_t offset, std::vector<EmptyAt>& out) {
  if (layout.empty) out.push_back({layout.facts.id, offset});
  for (const BaseInfo& base : layout.bases) {
    if (base.is_virtual) continue;
    add_empties(as_layout(*base.type), offset + static_cast<std::uint64_t>(base.offset_bits), out);
  }
  add_member_empties(layout, offset, out);
}

/// Those of a base subobject, with the virtual base that shares its vptr.
void add_empties(const Subobject& base, std::uint64_t offset, std::vector<EmptyAt>& out) {
  const ClassLayout& layout = as_layout(*base.type);
  if (layout.empty) out.push_back({layout.facts.id, offset});
  for (std::size_t i = 0; i < base.bases.size(); ++i) {
    if (base.bases[i]->is_virtual) continue;
    const auto inner = static_cast<std::uint64_t>(layout.bases[i].offset_bits);
    add_empties(*base.bases[i], offset + inner, out);
  }
  if (base.primary_virtual != nullptr && base.primary_virtual->derived == &base) {
    add_empties(*base.primary_virtual, offset, out);
  }
  add_member_empties(layout, offset, out);
}

/// Lays one class out from what is declared.
class DeclaredParts final : public Parts {
 public:
  DeclaredParts(ClassLayout& layout, const Abi& abi)
      : layout_(layout), abi_(abi), state_(stripped(layout.facts.own), bit_field_rules(abi)) {}

  void run() {
    (void)place(layout_, abi_, *this);
    finish();
  }

 private:
  const RecordSpec& stripped(const RecordSpec& own) {
    own_ = own;
    own_.prefix = {};
    own_.virtual_bases.clear();
    return own_;
  }

  void place_vptr() override { state_.place_vptr(8ULL * abi_.pointer_bytes); }
  std::uint64_t place_direct(std::size_t, const Subobject& base) override { return put(base); }
  std::uint64_t place_virtual(const Subobject& base) override { return put(base); }

  std::uint64_t put(const Subobject& base) {
    VirtualBaseSpec spec;
    spec.is_empty = base.type->empty;
    spec.nonvirtual_bits = base.type->nonvirtual_bits;
    spec.nonvirtual_align_bits = base.type->nonvirtual_align_bits;
    spec.size_bits = base.type->size_bits;
    add_empties(base, 0, spec.empties);
    return state_.place_base(spec);
  }

  void place_fields() override {
    for (const MemberSpec& member : own_.members) offsets_.push_back(state_.place(member));
    state_.end_of_fields();
  }

  void finish() {
    Placement& placement = layout_.placement;
    placement = state_.finish();
    placement.offset_bits = std::move(offsets_);
    if (layout_.empty && placement.size_bits == 0) placement.size_bits = 8;
    layout_.size_bits = placement.size_bits;
    layout_.align_bits = placement.align_bits;
    layout_.data_bits = placement.data_bits;
    layout_.nonvirtual_bits = placement.nonvirtual_bits;
    layout_.nonvirtual_align_bits = placement.nonvirtual_align_bits;
  }

  ClassLayout& layout_;
  const Abi& abi_;
  RecordSpec own_;
  LayoutState state_;
  std::vector<std::uint64_t> offsets_;
};

}  // namespace

std::optional<ClassLayout> lay_out_class(const ClassFacts& facts, const Abi& abi,
                                         const KnownLayouts& known) {
  if (abi.microsoft) return std::nullopt;
  ClassLayout layout;
  layout.facts = facts;
  layout.polymorphic = facts.polymorphic;
  layout.empty = facts.empty;
  for (const BaseFact& base : facts.bases) {
    const ClassLayout* type = known(base.class_id);
    if (type == nullptr) return std::nullopt;
    layout.bases.push_back({type, base.is_virtual});
  }
  layout.virtual_bases = collect_virtual_bases(layout);
  DeclaredParts(layout, abi).run();
  return layout;
}

std::vector<EmptyAt> empties_of(const ClassLayout& layout) {
  std::vector<EmptyAt> out;
  add_empties(layout, 0, out);
  for (const VirtualBaseInfo& base : layout.virtual_bases) {
    add_empties(as_layout(*base.type), base.offset_bits, out);
  }
  return out;
}

}  // namespace snug
