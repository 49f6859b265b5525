// Records that own each other in a ring: counts that never fall to zero.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "analysis/check.hpp"
#include "analysis/describe.hpp"
#include "analysis/ownership_graph.hpp"
#include "analysis/ownership_text.hpp"

namespace snug::checks {

namespace {

constexpr std::array shared_ptr_cycle_options = {
    CheckOption{"max-length", 4, "greatest number of owning pointers on a cycle"}};

using Fields = std::vector<const OwningField*>;

bool is_field(const OwnerStore& store, const OwningField& field) {
  return store.record_id == field.record_id && store.field == field.field;
}

bool is_on(const OwnerStore& store, const Fields& fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const OwningField* field) { return is_field(store, *field); });
}

/// Two stores of one function that link two objects both ways, or one that stores an owner of the
/// object that runs it in something that this object owns.
struct Closing {
  const OwnerStore* there = nullptr;
  const OwnerStore* back = nullptr;
};

class Evidences {
 public:
  Evidences(const Model& model, const Fields& fields) {
    for (const OwnerStore& store : model.ownership.stores) {
      if (!is_on(store, fields)) continue;
      if (store.kind == OwnerStoreKind::Link) links_.push_back(&store);
      if (store.kind == OwnerStoreKind::Reset && !store.in_destructor && reset_ == nullptr) {
        reset_ = &store;
      }
    }
    for (const OwningField* field : fields) {
      const bool linked = std::any_of(links_.begin(), links_.end(), [&](const OwnerStore* store) {
        return is_field(*store, *field);
      });
      all_linked_ = all_linked_ && linked;
    }
    find_closing();
    if (closing_.there == nullptr) find_self(fields);
  }

  [[nodiscard]] const Closing& closing() const { return closing_; }
  [[nodiscard]] const OwnerStore* reset() const { return reset_; }
  /// Each of the fields is given an owner somewhere.
  [[nodiscard]] bool all_linked() const { return all_linked_; }

 private:
  void find_closing() {
    for (const OwnerStore* there : links_) {
      for (const OwnerStore* back : links_) {
        const bool crossed = there->object == back->value && there->value == back->object &&
                             there->object != there->value && !there->value.empty();
        if (there == back || !crossed || there->function != back->function) continue;
        closing_ = {there, back};
        return;
      }
    }
  }

  void find_self(const Fields& fields) {
    for (const OwnerStore* store : links_) {
      if (store->value != "this" || store->object == "this") continue;
      const bool in_owner = std::any_of(fields.begin(), fields.end(), [&](const OwningField* one) {
        return !is_field(*store, *one) && store->function.starts_with(one->record + "::");
      });
      if (in_owner) closing_ = {store, nullptr};
    }
  }

  std::vector<const OwnerStore*> links_;
  Closing closing_;
  const OwnerStore* reset_ = nullptr;
  bool all_linked_ = true;
};

bool has_back_name(const Fields& fields) {
  return std::any_of(fields.begin(), fields.end(), [](const OwningField* field) {
    return field->type.strength == Strength::Counted && leads_back(field->field);
  });
}

/// The field to make weak: the one that leads back by its name, else a single pointer.
const OwningField& weak_candidate(const Fields& fields) {
  const auto rank = [](const OwningField* field) {
    if (field->type.strength != Strength::Counted) return 3;
    if (leads_back(field->field)) return 0;
    return field->container.empty() ? 1 : 2;
  };
  return **std::min_element(
      fields.begin(), fields.end(),
      [&](const OwningField* a, const OwningField* b) { return rank(a) < rank(b); });
}

std::string path_text(const Fields& fields) {
  std::string text;
  for (const OwningField* field : fields) {
    text += fmt::format("{}::{} -> ", field->record, field->field);
  }
  return text + fields.front()->record;
}

class Report {
 public:
  Report(Pass& pass, const Fields& fields) : pass_(pass), fields_(fields) {}

  void add(Level level, const Evidences& found) {
    const OwningField& weak = weak_candidate(fields_);
    Finding finding;
    finding.level = found.reset() != nullptr ? Level::Note : level;
    finding.where = weak.where;
    finding.record_id = weak.record_id;
    std::set<std::string> names;
    for (const OwningField* field : fields_) names.insert(field->record + "::" + field->field);
    finding.subject = fmt::format("{}", fmt::join(names, "\n"));
    const Record* record = pass_.model.find(weak.record_id);
    finding.message = fmt::format(
        "strong pointers form a cycle, {}: a '{}'{} on it is never freed; make '{}' weak",
        path_text(fields_), weak.record,
        record == nullptr ? "" : fmt::format(" of {}", bytes_text(record->size)), weak.field);
    for (const OwningField* field : fields_) {
      finding.evidence.push_back(
          {"member",
           fmt::format("'{}::{}' owns a '{}' as {}{}", field->record, field->field,
                       field->type.pointee, owner_text(field->type),
                       field->container.empty() ? "" : fmt::format(" in a {}", field->container)),
           field->where});
    }
    add_closing(found, finding);
    finding.evidence.push_back(
        {"alternative",
         fmt::format("{}<{}> for '{}': lock() gives an owner for as long as one is needed",
                     weak_of(weak.type.family), weak.type.pointee, weak.field),
         {}});
    pass_.report(std::move(finding));
  }

 private:
  static void add_closing(const Evidences& found, Finding& finding) {
    const Closing& closing = found.closing();
    if (closing.there != nullptr) {
      finding.evidence.push_back(
          {"store", fmt::format("the cycle is closed here, in '{}'", closing.there->function),
           closing.there->where});
    }
    if (closing.back != nullptr) {
      finding.evidence.push_back({"store", "and the other way here", closing.back->where});
    }
    if (found.reset() != nullptr) {
      finding.evidence.push_back(
          {"reset",
           fmt::format("'{}' is emptied here, in '{}': if that runs for every object, the "
                       "cycle is broken by hand",
                       found.reset()->field, found.reset()->function),
           found.reset()->where});
    }
  }

  Pass& pass_;
  const Fields& fields_;
};

/// Two strong directions within one type: next and prev, parent and children.
void look_at_self(Pass& pass, const Fields& fields) {
  const bool counted = std::any_of(fields.begin(), fields.end(), [](const OwningField* field) {
    return field->type.strength == Strength::Counted;
  });
  if (!counted) return;
  const Evidences found(pass.model, fields);
  if (found.closing().there != nullptr && found.closing().back != nullptr) {
    // Only the fields that the code links both ways.
    Fields linked;
    std::copy_if(fields.begin(), fields.end(), std::back_inserter(linked),
                 [&](const OwningField* field) {
                   return is_field(*found.closing().there, *field) ||
                          is_field(*found.closing().back, *field);
                 });
    Report(pass, linked).add(Level::Warning, found);
    return;
  }
  const bool forth = std::any_of(fields.begin(), fields.end(), [](const OwningField* field) {
    return !leads_back(field->field);
  });
  if (fields.size() >= 2 && forth && has_back_name(fields)) {
    Report(pass, fields).add(Level::Warning, found);
  }
}

/// One object that keeps many, each of which keeps a single owner of it: a room and its guests.
bool is_group_and_member(const Fields& fields) {
  return fields.size() == 2 && fields[0]->container.empty() != fields[1]->container.empty();
}

void look_at_cycle(Pass& pass, const OwnershipCycle& cycle) {
  const Evidences found(pass.model, cycle.fields);
  const bool closed = found.closing().there != nullptr;
  const bool both_ways =
      has_back_name(cycle.fields) || (is_group_and_member(cycle.fields) && found.all_linked());
  const bool certain = closed || (both_ways && !cycle.through_derived);
  if (!certain && cycle.through_derived) return;
  Report(pass, cycle.fields).add(certain ? Level::Warning : Level::Note, found);
}

/// Instantiations of one template have the same fields at the same places.
bool is_first(const Fields& fields, std::set<std::set<SourceRange>>& told) {
  std::set<SourceRange> places;
  for (const OwningField* field : fields) places.insert(field->where);
  return told.insert(std::move(places)).second;
}

void run_shared_ptr_cycle(Pass& pass) {
  const OwnershipGraph graph(pass.model);
  std::set<std::set<SourceRange>> told;
  for (const auto& [id, fields] : graph.self_fields()) {
    if (is_first(fields, told)) look_at_self(pass, fields);
  }
  for (const OwnershipCycle& cycle : graph.cycles(pass.option("max-length"))) {
    if (is_first(cycle.fields, told)) look_at_cycle(pass, cycle);
  }
}

}  // namespace

extern const Check shared_ptr_cycle;
const Check shared_ptr_cycle = {
    .id = "shared-ptr-cycle",
    .summary = "records own each other in a cycle of strong pointers",
    .doc =
        "An object whose owners it owns itself is never freed: no count in the cycle falls to "
        "zero. The check looks at the types: which record owns which through std::shared_ptr, "
        "snug::rc, boost::shared_ptr, boost::intrusive_ptr or unique pointers, alone or in "
        "containers, also through parts by value and bases. It shows the path.\n\n"
        "One owning pointer to the own type, or one container of children, is a list or a tree "
        "and not reported. Two strong directions are: next and prev, parent and children, A and "
        "B. It is a warning where a field on the cycle leads back by its name (parent, prev, "
        "owner ...), or where the code was seen to close the cycle: two objects that are stored "
        "in each other, or an owner of `this` that is stored in something that the object owns. "
        "Without such evidence it is a note, and so it is where the code empties one of the "
        "fields outside of destructors: then the cycle may be broken by hand. A weak pointer "
        "anywhere on the way breaks the cycle for good.\n\n"
        "Ignore it where the objects on the cycle never belong to each other: a type that may "
        "own another is not an object that does.\n\n"
        "There is no mechanical fix, since every use of the field changes: make the pointer that "
        "leads back a std::weak_ptr (snug::weak_rc), and lock() it where it is used.\n",
    .options = shared_ptr_cycle_options,
    .run = run_shared_ptr_cycle,
};

}  // namespace snug::checks
