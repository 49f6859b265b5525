// How the parts of a class follow one another, whoever says where each of them goes:
//
//  1. The primary base: the first non-virtual dynamic base, else the first nearly empty virtual
//     base that no other base shares already, else the first that one does. It lies at 0. A dynamic
//     class without one has a vptr of its own there.
//  2. The other non-virtual bases in the order of the base clause, then the fields.
//  3. The virtual bases in the order of the inheritance graph, each once; one whose vptr a base
//     shares lies in that base already.

#include "layout/place.hpp"

#include <set>

namespace snug {

namespace {

bool nearly_empty(const ClassInfo& type, const Abi& abi) {
  return type.dynamic() && type.nonvirtual_bits == std::uint64_t{abi.pointer_bytes} * 8;
}

void add_indirect_primaries(const ClassInfo& type, std::set<const ClassInfo*>& found) {
  if (type.primary_virtual) {
    found.insert(type.primary_base);
  }
  for (const BaseInfo& base : type.bases) {
    if (!base.type->virtual_bases.empty()) {
      add_indirect_primaries(*base.type, found);
    }
  }
}

class Placing {
 public:
  Placing(ClassInfo& info, const Abi& abi, Parts& parts)
      : info_(info), abi_(abi), parts_(parts), subobjects_(info) {}

  bool run() {
    choose_primary();
    place_nonvirtual_bases();
    parts_.place_fields();
    place_virtual_bases(info_);
    return placed_.size() == info_.virtual_bases.size();
  }

 private:
  void choose_primary() {
    if (!info_.dynamic()) {
      return;
    }
    for (const BaseInfo& base : info_.bases) {
      if (!base.type->virtual_bases.empty()) {
        add_indirect_primaries(*base.type, indirect_primaries_);
      }
    }
    for (const BaseInfo& base : info_.bases) {
      if (!base.is_virtual && base.type->dynamic()) {
        info_.primary_base = base.type;
        return;
      }
    }
    const ClassInfo* first = nullptr;
    const ClassInfo* chosen = select_virtual(info_, first);
    info_.primary_base = chosen != nullptr ? chosen : first;
    info_.primary_virtual = info_.primary_base != nullptr;
    info_.own_vptr = info_.primary_base == nullptr;
  }

  const ClassInfo* select_virtual(const ClassInfo& type, const ClassInfo*& first) const {
    for (const BaseInfo& base : type.bases) {
      if (base.is_virtual && nearly_empty(*base.type, abi_)) {
        if (!indirect_primaries_.contains(base.type)) {
          return base.type;
        }
        if (first == nullptr) {
          first = base.type;
        }
      }
      if (const ClassInfo* found = select_virtual(*base.type, first)) {
        return found;
      }
    }
    return nullptr;
  }

  void place_nonvirtual_bases() {
    const ClassInfo* first = info_.primary_virtual ? nullptr : info_.primary_base;
    if (info_.primary_virtual) {
      Subobject* primary = subobjects_.virtual_base(info_.primary_base);
      primary->derived = nullptr;
      indirect_primaries_.insert(info_.primary_base);
      visited_.insert(info_.primary_base);
      place_virtual(*primary);
    } else if (info_.own_vptr) {
      parts_.place_vptr();
    }
    for (std::size_t i = 0; i < info_.bases.size() && first != nullptr; ++i) {
      if (!info_.bases[i].is_virtual && info_.bases[i].type == first) {
        place_direct(i);
      }
    }
    for (std::size_t i = 0; i < info_.bases.size(); ++i) {
      if (!info_.bases[i].is_virtual && info_.bases[i].type != first) {
        place_direct(i);
      }
    }
  }

  void place_direct(std::size_t index) {
    const Subobject& base = *subobjects_.direct()[index];
    const std::uint64_t offset = parts_.place_direct(index, base);
    info_.bases[index].offset_bits = static_cast<std::int64_t>(offset);
    add_primary_virtuals(base, offset);
  }

  void place_virtual(const Subobject& base) {
    const std::uint64_t offset = parts_.place_virtual(base);
    set_virtual(base.type, offset);
    add_primary_virtuals(base, offset);
  }

  /// The primary virtual bases inside a placed base lie where that base lies.
  void add_primary_virtuals(const Subobject& base, std::uint64_t offset) {
    if (base.type->virtual_bases.empty()) {
      return;
    }
    if (base.primary_virtual != nullptr && base.primary_virtual->derived == &base) {
      set_virtual(base.primary_virtual->type, offset);
      add_primary_virtuals(*base.primary_virtual, offset);
    }
    for (std::size_t i = 0; i < base.bases.size(); ++i) {
      const BaseInfo& info = base.type->bases[i];
      if (!info.is_virtual) {
        add_primary_virtuals(*base.bases[i], offset + static_cast<std::uint64_t>(info.offset_bits));
      }
    }
  }

  void place_virtual_bases(const ClassInfo& type) {
    const ClassInfo* primary = type.primary_virtual ? type.primary_base : nullptr;
    for (const BaseInfo& base : type.bases) {
      if (base.is_virtual && base.type != primary && !indirect_primaries_.contains(base.type)) {
        if (!visited_.insert(base.type).second) {
          continue;
        }
        place_virtual(*subobjects_.virtual_base(base.type));
      }
      if (!base.type->virtual_bases.empty()) {
        place_virtual_bases(*base.type);
      }
    }
  }

  void set_virtual(const ClassInfo* type, std::uint64_t offset) {
    for (VirtualBaseInfo& base : info_.virtual_bases) {
      if (base.type == type) {
        base.offset_bits = offset;
        placed_.insert(type);
      }
    }
  }

  ClassInfo& info_;
  const Abi& abi_;
  Parts& parts_;
  Subobjects subobjects_;
  std::set<const ClassInfo*> indirect_primaries_;
  std::set<const ClassInfo*> visited_;
  std::set<const ClassInfo*> placed_;
};

}  // namespace

bool place(ClassInfo& info, const Abi& abi, Parts& parts) {
  return Placing(info, abi, parts).run();
}

}  // namespace snug
