#include "layout/base_subobjects.hpp"

#include <algorithm>

namespace snug {

Subobjects::Subobjects(const ClassInfo& info) {
  for (const BaseInfo& base : info.bases) {
    direct_.push_back(make(*base.type, base.is_virtual));
  }
}

Subobject* Subobjects::virtual_base(const ClassInfo* type) const {
  const auto at = virtual_.find(type);
  return at == virtual_.end() ? nullptr : at->second;
}

Subobject* Subobjects::make(const ClassInfo& type, bool is_virtual) {
  if (is_virtual) {
    if (Subobject* known = virtual_base(&type)) {
      return known;
    }
  }
  Subobject* made = pool_.emplace_back(std::make_unique<Subobject>()).get();
  made->type = &type;
  made->is_virtual = is_virtual;
  if (is_virtual) {
    virtual_[&type] = made;
  }
  const ClassInfo* claim = type.primary_virtual ? type.primary_base : nullptr;
  if (claim != nullptr) {
    if (Subobject* known = virtual_base(claim)) {
      if (known->derived == nullptr) {
        made->primary_virtual = known;
        known->derived = made;
      }
      claim = nullptr;
    }
  }
  for (const BaseInfo& base : type.bases) {
    made->bases.push_back(make(*base.type, base.is_virtual));
  }
  if (claim != nullptr) {
    if (Subobject* known = virtual_base(claim)) {
      made->primary_virtual = known;
      known->derived = made;
    }
  }
  return made;
}

namespace {

template <class Visit>
bool visit_complete(const ClassInfo& type, std::uint64_t offset, const Visit& visit);

bool has_empties(const ClassInfo& type) {
  return !visit_complete(type, 0, [](const ClassInfo&, std::uint64_t) { return false; });
}

template <class Visit>
bool visit_field(const FieldInfo& field, std::uint64_t offset, const Visit& visit) {
  if (field.record == nullptr || field.is_reference) {
    return true;
  }
  // Elements of an array beyond the first few cannot meet an empty base near the start; clang
  // walks them all, and so does this up to a bound that no class reaches.
  const std::uint64_t count = field.is_array ? std::min<std::uint64_t>(field.elements, 4096) : 1;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!visit_complete(*field.record, offset + i * field.record->size_bits, visit)) {
      return false;
    }
    if (!field.record->empty && !has_empties(*field.record)) {
      break;
    }
  }
  return true;
}

template <class Visit>
bool visit_fields(const ClassInfo& type, std::uint64_t offset, const Visit& visit) {
  return std::all_of(type.fields.begin(), type.fields.end(), [&](const FieldInfo& field) {
    return field.width || visit_field(field, offset + field.offset_bits, visit);
  });
}

/// The class and its non-virtual bases and members.
template <class Visit>
bool visit_part(const ClassInfo& type, std::uint64_t offset, const Visit& visit) {
  if (type.empty && !visit(type, offset)) {
    return false;
  }
  for (const BaseInfo& base : type.bases) {
    if (!base.is_virtual &&
        !visit_part(*base.type, offset + static_cast<std::uint64_t>(base.offset_bits), visit)) {
      return false;
    }
  }
  return visit_fields(type, offset, visit);
}

template <class Visit>
bool visit_complete(const ClassInfo& type, std::uint64_t offset, const Visit& visit) {
  return visit_part(type, offset, visit) &&
         std::all_of(type.virtual_bases.begin(), type.virtual_bases.end(),
                     [&](const VirtualBaseInfo& base) {
                       return visit_part(*base.type, offset + base.offset_bits, visit);
                     });
}

template <class Visit>
bool visit_base(const Subobject& base, std::uint64_t offset, const Visit& visit) {
  if (base.type->empty && !visit(*base.type, offset)) {
    return false;
  }
  for (std::size_t i = 0; i < base.bases.size(); ++i) {
    const BaseInfo& info = base.type->bases[i];
    if (!info.is_virtual &&
        !visit_base(*base.bases[i], offset + static_cast<std::uint64_t>(info.offset_bits), visit)) {
      return false;
    }
  }
  if (base.primary_virtual != nullptr && base.primary_virtual->derived == &base &&
      !visit_base(*base.primary_virtual, offset, visit)) {
    return false;
  }
  return visit_fields(*base.type, offset, visit);
}

}  // namespace

bool Empties::fits(const Subobject& base, std::uint64_t offset) const {
  return visit_base(base, offset, [&](const ClassInfo& type, std::uint64_t at) {
    return !placed_.contains({at, &type});
  });
}

void Empties::place(const Subobject& base, std::uint64_t offset) {
  visit_base(base, offset, [&](const ClassInfo& type, std::uint64_t at) {
    placed_.insert({at, &type});
    return true;
  });
}

void Empties::place(const FieldInfo& field, std::uint64_t offset) {
  visit_field(field, offset, [&](const ClassInfo& type, std::uint64_t at) {
    placed_.insert({at, &type});
    return true;
  });
}

}  // namespace snug
