#include "layout/class_layout.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "layout/bit_field_rules.hpp"
#include "layout/layout_state.hpp"

namespace snug {

namespace {

/// One base subobject of the class that is laid out. A virtual base has one node however often it
/// is inherited.
struct Node {
  const ClassLayout* layout = nullptr;
  bool is_virtual = false;
  std::vector<Node*> bases;         ///< One per direct base of the class.
  Node* primary_virtual = nullptr;  ///< The virtual base whose vptr it shares, if it claimed it.
  const Node* claimed_by = nullptr;
};

/// Adds the virtual primary bases of the class and of everything that it derives from.
void add_virtual_primaries(const ClassLayout& layout, const KnownLayouts& known,
                           std::set<std::string, std::less<>>& out) {
  if (layout.virtual_bases.empty()) return;
  if (layout.primary_virtual) out.insert(layout.primary_base);
  for (const BaseFact& base : layout.facts.bases) {
    add_virtual_primaries(*known(base.class_id), known, out);
  }
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

class ClassBuilder {
 public:
  ClassBuilder(const ClassFacts& facts, const Abi& abi, const KnownLayouts& known)
      : abi_(abi), known_(known), state_(stripped(facts.own), bit_field_rules(abi)) {
    result_.facts = facts;
    result_.base_bits.resize(facts.bases.size());
  }

  ClassLayout build() {
    choose_primary();
    make_nodes();
    place_nonvirtual_bases();
    for (const MemberSpec& member : result_.facts.own.members) {
      result_.placement.offset_bits.push_back(state_.place(member));
    }
    state_.end_of_fields();
    place_virtual_bases(result_.facts.bases, result_.primary_base, result_.primary_virtual);
    return finish();
  }

 private:
  const RecordSpec& stripped(const RecordSpec& own) {
    own_ = own;
    own_.prefix = {};
    own_.virtual_bases.clear();
    return own_;
  }

  [[nodiscard]] bool has_virtual_bases() const {
    return std::any_of(result_.facts.bases.begin(), result_.facts.bases.end(),
                       [&](const BaseFact& base) {
                         return base.is_virtual || !known_(base.class_id)->virtual_bases.empty();
                       });
  }

  /// The first dynamic non-virtual base; else the first nearly empty virtual base that is nobody's
  /// primary base yet; else the first nearly empty one.
  void choose_primary() {
    if (!result_.facts.polymorphic && !has_virtual_bases()) return;
    for (const BaseFact& base : result_.facts.bases) {
      const ClassLayout& layout = *known_(base.class_id);
      if (!layout.virtual_bases.empty()) add_virtual_primaries(layout, known_, taken_);
    }
    for (const BaseFact& base : result_.facts.bases) {
      if (base.is_virtual || !known_(base.class_id)->dynamic()) continue;
      result_.primary_base = base.class_id;
      return;
    }
    std::string first_taken;
    choose_virtual_primary(result_.facts.bases, first_taken);
    if (result_.primary_base.empty()) result_.primary_base = first_taken;
    result_.primary_virtual = !result_.primary_base.empty();
    result_.own_vptr = result_.primary_base.empty();
  }

  void choose_virtual_primary(const std::vector<BaseFact>& bases, std::string& first_taken) {
    for (const BaseFact& base : bases) {
      const ClassLayout& layout = *known_(base.class_id);
      if (base.is_virtual && layout.nearly_empty(abi_)) {
        if (!taken_.contains(base.class_id)) {
          result_.primary_base = base.class_id;
          return;
        }
        if (first_taken.empty()) first_taken = base.class_id;
      }
      choose_virtual_primary(layout.facts.bases, first_taken);
      if (!result_.primary_base.empty()) return;
    }
  }

  Node* make_node(const BaseFact& base) {
    if (base.is_virtual) {
      if (const auto found = virtual_nodes_.find(base.class_id); found != virtual_nodes_.end()) {
        return found->second;
      }
    }
    nodes_.push_back(std::make_unique<Node>());
    Node* node = nodes_.back().get();
    node->layout = known_(base.class_id);
    node->is_virtual = base.is_virtual;
    if (base.is_virtual) virtual_nodes_[base.class_id] = node;

    // A class claims the virtual base that it shares a vptr with, unless another one has; where the
    // base is met only below the class itself, the outermost claim wins.
    const std::string& primary = node->layout->primary_base;
    const bool wants = node->layout->primary_virtual;
    const bool seen = wants && virtual_nodes_.contains(primary);
    if (seen && virtual_nodes_[primary]->claimed_by == nullptr)
      claim(node, virtual_nodes_[primary]);
    for (const BaseFact& inner : node->layout->facts.bases) {
      node->bases.push_back(make_node(inner));
    }
    if (wants && !seen) claim(node, virtual_nodes_[primary]);
    return node;
  }

  static void claim(Node* node, Node* primary) {
    node->primary_virtual = primary;
    primary->claimed_by = node;
  }

  void make_nodes() {
    for (const BaseFact& base : result_.facts.bases) direct_.push_back(make_node(base));
  }

  void place_nonvirtual_bases() {
    const auto& bases = result_.facts.bases;
    if (result_.primary_virtual) {
      Node* node = virtual_nodes_[result_.primary_base];
      node->claimed_by = nullptr;
      taken_.insert(result_.primary_base);
      visited_.insert(result_.primary_base);
      place_virtual(node);
    } else if (!result_.primary_base.empty()) {
      for (std::size_t i = 0; i < bases.size(); ++i) {
        if (!bases[i].is_virtual && bases[i].class_id == result_.primary_base) place_direct(i);
      }
    } else if (result_.own_vptr) {
      state_.place_vptr(8ULL * abi_.pointer_bytes);
    }
    for (std::size_t i = 0; i < bases.size(); ++i) {
      const bool primary = !result_.primary_virtual && bases[i].class_id == result_.primary_base;
      if (!bases[i].is_virtual && !primary) place_direct(i);
    }
  }

  void place_direct(std::size_t index) {
    result_.base_bits[index] = place(*direct_[index]);
    add_claimed(*direct_[index], result_.base_bits[index]);
  }

  void place_virtual(const Node* node) {
    const std::uint64_t offset = place(*node);
    result_.virtual_bases.emplace_back(node->layout->facts.id, offset);
    add_claimed(*node, offset);
  }

  std::uint64_t place(const Node& node) {
    VirtualBaseSpec spec;
    spec.type_id = node.layout->facts.id;
    spec.is_empty = node.layout->facts.empty;
    spec.nonvirtual_bits = node.layout->placement.nonvirtual_bits;
    spec.nonvirtual_align_bits = node.layout->placement.nonvirtual_align_bits;
    spec.size_bits = node.layout->placement.size_bits;
    collect_empties(node, 0, spec.empties);
    return state_.place_base(spec);
  }

  static void collect_empties(const Node& node, std::uint64_t offset, std::vector<EmptyAt>& out) {
    const ClassLayout& layout = *node.layout;
    if (layout.facts.empty) out.push_back({layout.facts.id, offset});
    for (std::size_t i = 0; i < node.bases.size(); ++i) {
      if (node.bases[i]->is_virtual) continue;
      collect_empties(*node.bases[i], offset + layout.base_bits[i], out);
    }
    if (node.primary_virtual != nullptr && node.primary_virtual->claimed_by == &node) {
      collect_empties(*node.primary_virtual, offset, out);
    }
    add_member_empties(layout, offset, out);
  }

  /// The primary virtual bases inside a placed base lie where that base lies.
  void add_claimed(const Node& node, std::uint64_t offset) {
    if (node.layout->virtual_bases.empty()) return;
    if (node.primary_virtual != nullptr && node.primary_virtual->claimed_by == &node) {
      result_.virtual_bases.emplace_back(node.primary_virtual->layout->facts.id, offset);
      add_claimed(*node.primary_virtual, offset);
    }
    for (std::size_t i = 0; i < node.bases.size(); ++i) {
      if (node.bases[i]->is_virtual) continue;
      add_claimed(*node.bases[i], offset + node.layout->base_bits[i]);
    }
  }

  void place_virtual_bases(const std::vector<BaseFact>& bases, const std::string& primary,
                           bool primary_virtual) {
    for (const BaseFact& base : bases) {
      const bool is_primary = primary_virtual && primary == base.class_id;
      if (base.is_virtual && !is_primary && !taken_.contains(base.class_id)) {
        if (!visited_.insert(base.class_id).second) continue;
        place_virtual(virtual_nodes_[base.class_id]);
      }
      const ClassLayout& layout = *known_(base.class_id);
      if (layout.virtual_bases.empty()) continue;
      place_virtual_bases(layout.facts.bases, layout.primary_base, layout.primary_virtual);
    }
  }

  ClassLayout finish() {
    std::vector<std::uint64_t> offsets = std::move(result_.placement.offset_bits);
    result_.placement = state_.finish();
    result_.placement.offset_bits = std::move(offsets);
    if (result_.facts.empty && result_.placement.size_bits == 0) result_.placement.size_bits = 8;
    for (std::size_t i = 0; i < direct_.size(); ++i) {
      if (!direct_[i]->is_virtual) continue;
      result_.base_bits[i] = virtual_base_bits(direct_[i]->layout->facts.id);
    }
    return std::move(result_);
  }

  [[nodiscard]] std::uint64_t virtual_base_bits(const std::string& id) const {
    const auto found = std::find_if(result_.virtual_bases.begin(), result_.virtual_bases.end(),
                                    [&](const auto& base) { return base.first == id; });
    return found == result_.virtual_bases.end() ? 0 : found->second;
  }

  const Abi& abi_;
  const KnownLayouts& known_;
  RecordSpec own_;
  LayoutState state_;
  ClassLayout result_;
  std::set<std::string, std::less<>> taken_;    ///< Virtual bases that are primary somewhere.
  std::set<std::string, std::less<>> visited_;  ///< Virtual bases that were placed.
  std::vector<std::unique_ptr<Node>> nodes_;
  std::map<std::string, Node*, std::less<>> virtual_nodes_;
  std::vector<Node*> direct_;
};

bool all_known(const ClassFacts& facts, const KnownLayouts& known) {
  return std::all_of(facts.bases.begin(), facts.bases.end(), [&](const BaseFact& base) {
    const ClassLayout* layout = known(base.class_id);
    return layout != nullptr && all_known(layout->facts, known);
  });
}

}  // namespace

bool ClassLayout::dynamic() const {
  return facts.polymorphic || !virtual_bases.empty();
}

bool ClassLayout::nearly_empty(const Abi& abi) const {
  return dynamic() && placement.nonvirtual_bits == 8ULL * abi.pointer_bytes;
}

std::optional<ClassLayout> lay_out_class(const ClassFacts& facts, const Abi& abi,
                                         const KnownLayouts& known) {
  if (abi.microsoft || !all_known(facts, known)) return std::nullopt;
  return ClassBuilder(facts, abi, known).build();
}

std::vector<EmptyAt> empties_of(const ClassLayout& layout, const KnownLayouts& known,
                                bool complete) {
  std::vector<EmptyAt> out;
  if (layout.facts.empty) out.push_back({layout.facts.id, 0});
  const auto add_base = [&](std::string_view id, std::uint64_t offset) {
    const ClassLayout* base = known(id);
    if (base == nullptr) return;
    for (EmptyAt& empty : empties_of(*base, known, false)) {
      out.push_back({std::move(empty.type_id), offset + empty.offset_bits});
    }
  };
  for (std::size_t i = 0; i < layout.facts.bases.size(); ++i) {
    const BaseFact& base = layout.facts.bases[i];
    if (!base.is_virtual) add_base(base.class_id, layout.base_bits[i]);
  }
  if (complete) {
    for (const auto& [id, offset] : layout.virtual_bases) add_base(id, offset);
  }
  add_member_empties(layout, 0, out);
  return out;
}

}  // namespace snug
