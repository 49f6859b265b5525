#include "gate/configuration/read_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/spelling.hpp"
#include "gate/type_glob.hpp"

namespace snug {
namespace {

bool in_head(const SourceRange& where, const Mark& mark) {
  return where.known() && where.begin >= mark.head_begin && where.begin < mark.head_end;
}

void tighten(std::optional<Limit>& limit, const Limit& other) {
  if (!limit || other.most < limit->most) limit = other;
}

/// Records of which a glob may speak.
bool has_name(const Record& record) {
  return record.reported && !record.traits.lambda;
}

bool fits(const BudgetEntry& budget, const Record& record) {
  return std::any_of(budget.types.begin(), budget.types.end(), [&](const std::string& glob) {
    return type_glob_matches(glob, record.name) ||
           (!record.template_name.empty() && type_glob_matches(glob, record.template_name));
  });
}

/// The top-level slot that stands in the head of the mark, itself or with one of its members.
bool slot_in_head(const Slot& slot, const Mark& mark) {
  return in_head(slot.where, mark) ||
         std::any_of(slot.members.begin(), slot.members.end(),
                     [&](const Slot& member) { return slot_in_head(member, mark); });
}

class RuleReader {
 public:
  explicit RuleReader(const Model& model) : model_(model) {
    for (const Record& record : model.records) {
      if (record.reported && record.where.known()) by_file_[record.where.file].push_back(&record);
    }
  }

  void add(const std::string& file, const Marks& marks) {
    bad_.insert(bad_.end(), marks.bad.begin(), marks.bad.end());
    const auto found = by_file_.find(file);
    const std::vector<const Record*> none;
    const auto& records = found == by_file_.end() ? none : found->second;
    for (const Mark& mark : marks.marks) {
      if (mark.kind == MarkKind::Group) {
        add_group(mark, records);
      } else if (mark.kind != MarkKind::Ignore) {
        add_limit(mark, records);
      }
    }
  }

  void add(const BudgetEntry& budget) {
    for (const Record& record : model_.records) {
      if (!has_name(record) || !fits(budget, record)) continue;
      RecordRules& rules = rules_of(record);
      if (budget.max_size) tighten(rules.max_size, *budget.max_size);
      if (budget.max_padding) tighten(rules.max_padding, *budget.max_padding);
      if (budget.max_lines) tighten(rules.max_lines, *budget.max_lines);
      if (budget.frozen && !rules.frozen) rules.frozen = budget.frozen;
    }
  }

  Rules finish() {
    find_lonely_groups();
    Rules out;
    for (auto& [id, rules] : rules_) out.records.push_back(std::move(rules));
    std::sort(bad_.begin(), bad_.end());
    bad_.erase(std::unique(bad_.begin(), bad_.end()), bad_.end());
    out.bad_marks = std::move(bad_);
    return out;
  }

 private:
  RecordRules& rules_of(const Record& record) {
    RecordRules& rules = rules_[record.id];
    rules.record_id = record.id;
    return rules;
  }

  void complain(const Mark& mark, std::string message) {
    bad_.push_back({mark.where, std::move(message)});
  }

  void add_limit(const Mark& mark, const std::vector<const Record*>& records) {
    // Of nested records on one line the outermost is meant; instantiations share a place.
    const Record* first = nullptr;
    for (const Record* record : records) {
      if (!in_head(record->where, mark)) continue;
      if (first == nullptr || record->where.begin < first->where.begin) first = record;
    }
    for (const Record* record : records) {
      if (first == nullptr || record->where.begin != first->where.begin) continue;
      RecordRules& rules = rules_of(*record);
      const Limit limit{mark.most, mark.where};
      if (mark.kind == MarkKind::MaxSize) tighten(rules.max_size, limit);
      if (mark.kind == MarkKind::MaxPadding) tighten(rules.max_padding, limit);
      if (mark.kind == MarkKind::Frozen) rules.frozen = mark.where;
    }
    // A template that nobody uses and a record under #if are no records of the model.
    if (first == nullptr && !mark.head_names_record) {
      constexpr std::array names = {"", "max-size", "max-padding", "frozen", ""};
      complain(mark, fmt::format("'{}' belongs to a struct, class or union, and none is declared "
                                 "here; put it on the line of the name or above the declaration",
                                 names.at(static_cast<std::size_t>(mark.kind))));
    }
  }

  void add_group(const Mark& mark, const std::vector<const Record*>& records) {
    std::vector<std::pair<const Record*, std::size_t>> fields;
    bool inside = false;
    for (const Record* record : records) {
      inside = inside || in_head(record->where, mark) ||
               (record->definition.known() && mark.head_begin >= record->definition.begin &&
                mark.head_begin < record->definition.end);
      for (std::size_t i = 0; i < record->slots.size(); ++i) {
        const Slot& slot = record->slots[i];
        const bool field = slot.kind == SlotKind::Field || slot.kind == SlotKind::BitField;
        if (field && slot_in_head(slot, mark)) fields.emplace_back(record, i);
      }
    }
    // Of `struct Inner { int x; } inner;` and of anonymous members the outer record is meant.
    const std::vector<std::pair<const Record*, std::size_t>> all = fields;
    std::erase_if(fields, [&](const auto& field) {
      const SourceRange& own = field.first->definition;
      return std::any_of(all.begin(), all.end(), [&](const auto& other) {
        const SourceRange& around = other.first->definition;
        return around.begin < own.begin && own.end <= around.end;
      });
    });
    for (const auto& [record, slot] : fields) {
      RecordRules& rules = rules_of(*record);
      rules.groups.resize(record->slots.size());
      rules.groups[slot] = mark.group;
      group_marks_[{record->where.file, record->where.begin}].push_back(&mark);
    }
    if (fields.empty() && inside) {
      complain(mark,
               "'group' belongs to a field, and none is declared here; put it on the line of "
               "its name or above the declaration");
    }
  }

  /// A group of one field says nothing: its name is misspelt, or the other fields are gone.
  void find_lonely_groups() {
    for (const Record& record : model_.records) {
      const auto rules = rules_.find(record.id);
      if (rules == rules_.end() || rules->second.groups.empty()) continue;
      for (const Mark* mark : group_marks_[{record.where.file, record.where.begin}]) {
        const auto& groups = rules->second.groups;
        if (std::count(groups.begin(), groups.end(), mark->group) != 1) continue;
        std::vector<std::string> others;
        for (const std::string& name : groups) {
          if (!name.empty() && name != mark->group) others.push_back(name);
        }
        complain(*mark, fmt::format("the group '{}' of '{}' has no other field{}", mark->group,
                                    record.name, did_you_mean(mark->group, others)));
      }
    }
  }

  const Model& model_;
  std::map<std::string, std::vector<const Record*>> by_file_;
  std::map<std::string, RecordRules> rules_;
  std::map<std::pair<std::string, std::uint64_t>, std::vector<const Mark*>> group_marks_;
  std::vector<BadMark> bad_;
};

}  // namespace

MarkedFiles read_marks(const std::vector<std::string>& paths, const Files& files,
                       const std::vector<KnownCheck>& checks) {
  std::vector<std::string> ids;
  for (const KnownCheck& check : checks) ids.push_back(check.id);
  MarkedFiles marked;
  for (const std::string& path : paths) {
    const auto text = files.read(path);
    if (!text) continue;
    Marks marks = marks_in(*text, path, ids);
    if (!marks.marks.empty() || !marks.bad.empty()) marked.emplace(path, std::move(marks));
  }
  return marked;
}

Rules read_rules(const Model& model, const MarkedFiles& marks, const Configuration& configuration) {
  RuleReader reader(model);
  for (const auto& [file, in_file] : marks) reader.add(file, in_file);
  for (const BudgetEntry& budget : configuration.budgets) reader.add(budget);
  return reader.finish();
}

std::vector<BudgetEntry> idle_budgets(const Model& model, const Configuration& configuration) {
  std::vector<BudgetEntry> idle;
  for (const BudgetEntry& budget : configuration.budgets) {
    const bool used =
        std::any_of(model.records.begin(), model.records.end(),
                    [&](const Record& record) { return has_name(record) && fits(budget, record); });
    if (!used) idle.push_back(budget);
  }
  return idle;
}

}  // namespace snug
