#include "gate/compare_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include "base/error.hpp"

namespace snug {
namespace {

using Records = std::vector<const Record*>;

/// The name without its qualifiers: ns::Vec<a::B> -> Vec<a::B>.
std::string unqualified(const std::string& name) {
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    depth += name[i] == '<' || name[i] == '(' ? 1 : name[i] == '>' || name[i] == ')' ? -1 : 0;
    if (depth <= 0 && name[i] == ':' && name[i + 1] == ':') start = i + 2;
  }
  return name.substr(start);
}

void write_key(const std::vector<Slot>& slots, std::string& key) {
  for (const Slot& slot : slots) {
    key += fmt::format("{} {} {} {}|", static_cast<int>(slot.kind), slot.extent.offset_bits,
                       slot.extent.size_bits, slot.name);
    write_key(slot.members, key);
  }
}

/// Equal for records of one layout with the same names of fields.
std::string layout_key(const Record& record) {
  std::string key = fmt::format("{} {}|", record.size, record.align);
  write_key(record.slots, key);
  return key;
}

std::set<std::string> field_names(const Record& record) {
  std::set<std::string> names;
  for (const Slot& slot : record.slots) {
    if (!slot.name.empty()) names.insert(slot.name);
  }
  return names;
}

/// At least half of the fields of the larger one are in the other, and there are some.
bool alike(const Record& a, const Record& b) {
  const std::set<std::string> left = field_names(a);
  const std::set<std::string> right = field_names(b);
  const auto shared = static_cast<std::size_t>(std::count_if(
      left.begin(), left.end(), [&](const auto& name) { return right.contains(name); }));
  return shared != 0 && 2 * shared >= std::max(left.size(), right.size());
}

class Matcher {
 public:
  Matcher(const Model& before, const Model& after)
      : before_(reported(before)), after_(reported(after)) {}

  /// Pairs of records; one side is null for what has no counterpart.
  std::vector<std::pair<const Record*, const Record*>> run() {
    const auto id = [](const Record& record) { return record.id; };
    const auto name = [](const Record& record) { return lasting_name(record.name); };
    const auto short_name = [&](const Record& record) { return unqualified(name(record)); };
    const auto with_layout = [](const auto& key) {
      return [key](const Record& record) { return key(record) + "\n" + layout_key(record); };
    };
    join(with_layout(id), false);
    join(id, false);
    join(with_layout(name), false);
    join(name, false);
    join(with_layout(short_name), false);
    join(short_name, true);
    for (const Record* record : before_) pairs_.emplace_back(record, nullptr);
    for (const Record* record : after_) pairs_.emplace_back(nullptr, record);
    return std::move(pairs_);
  }

 private:
  static Records reported(const Model& model) {
    Records records;
    for (const Record& record : model.records) {
      if (record.reported) records.push_back(&record);
    }
    return records;
  }

  template <class Key>
  static std::map<std::string, Records> by_key(const Records& records, const Key& key) {
    std::map<std::string, Records> out;
    for (const Record* record : records) out[key(*record)].push_back(record);
    return out;
  }

  /// Pairs up what has one key. `careful`: only a single pair that is alike.
  template <class Key>
  void join(const Key& key, bool careful) {
    const std::map<std::string, Records> old_records = by_key(before_, key);
    const std::map<std::string, Records> new_records = by_key(after_, key);
    std::set<const Record*> paired;
    for (const auto& [text, olds] : old_records) {
      const auto found = new_records.find(text);
      if (found == new_records.end()) continue;
      const Records& news = found->second;
      if (careful && (olds.size() != 1 || news.size() != 1 || !alike(*olds[0], *news[0]))) continue;
      for (std::size_t i = 0; i < std::min(olds.size(), news.size()); ++i) {
        pairs_.emplace_back(olds[i], news[i]);
        paired.insert({olds[i], news[i]});
      }
    }
    const auto is_paired = [&](const Record* record) { return paired.contains(record); };
    std::erase_if(before_, is_paired);
    std::erase_if(after_, is_paired);
  }

  Records before_;
  Records after_;
  std::vector<std::pair<const Record*, const Record*>> pairs_;
};

RecordDiff::Side side_of(const Record* record) {
  if (record == nullptr) return {};
  const PaddingSum padding = padding_of(*record);
  return {record->name, record->where, record->size, record->align, padding.holes + padding.tail};
}

/// The difference of a pair; `changed` tells whether there is any.
RecordDiff diff_of(const Record* before, const Record* after, bool& changed) {
  RecordDiff diff;
  diff.before = side_of(before);
  diff.after = side_of(after);
  changed = true;
  if (before == nullptr || after == nullptr) {
    diff.kind = before == nullptr ? RecordDiff::Kind::Appeared : RecordDiff::Kind::Vanished;
    return diff;
  }
  diff.slots = slot_changes(before->slots, after->slots);
  if (before->size != after->size) {
    diff.kind = after->size > before->size ? RecordDiff::Kind::Grew : RecordDiff::Kind::Shrank;
  } else if (!diff.slots.empty() || before->align != after->align) {
    diff.kind = RecordDiff::Kind::Changed;
  } else {
    diff.kind = RecordDiff::Kind::Moved;
    changed = lasting_name(before->name) != lasting_name(after->name) ||
              before->where.file != after->where.file;
  }
  return diff;
}

RunTotals totals_of(const Model& model) {
  RunTotals totals;
  for (const Record& record : model.records) {
    if (!record.reported) continue;
    const PaddingSum padding = padding_of(record);
    ++totals.records;
    totals.bytes += record.size;
    totals.padding += padding.holes + padding.tail;
  }
  for (const Unit& unit : model.units) {
    if (unit.status != UnitStatus::Ok && unit.status != UnitStatus::Skipped) ++totals.units_failed;
  }
  return totals;
}

/// The findings of `run` beyond those that `other` has too.
void surplus(const RunResult& run, const RunResult& other, std::vector<Finding>& findings,
             std::vector<std::string>& fingerprints) {
  std::map<std::string_view, std::size_t> left;
  for (const std::string& fingerprint : other.fingerprints) ++left[fingerprint];
  for (std::size_t i = 0; i < run.findings.size(); ++i) {
    std::size_t& count = left[run.fingerprints[i]];
    if (count > 0) {
      --count;
      continue;
    }
    findings.push_back(run.findings[i]);
    fingerprints.push_back(run.fingerprints[i]);
  }
}

}  // namespace

RunDiff compare_runs(const RunResult& before, const RunResult& after) {
  if (before.model.abi.target != after.model.abi.target) {
    throw Error(fmt::format(
        "{} is for the target {}, {} for {}: layouts of different targets say nothing about a "
        "change",
        before.name, before.model.abi.target, after.name, after.model.abi.target));
  }
  RunDiff diff;
  diff.target = after.model.abi.target;
  diff.before = totals_of(before.model);
  diff.after = totals_of(after.model);
  for (const auto& [old_record, new_record] : Matcher(before.model, after.model).run()) {
    bool changed = false;
    RecordDiff record = diff_of(old_record, new_record, changed);
    if (changed) diff.records.push_back(std::move(record));
  }
  const auto order = [](const RecordDiff& record) {
    const bool gone = record.kind == RecordDiff::Kind::Vanished;
    const std::int64_t bytes = std::abs(record.growth());
    const RecordDiff::Side& side = gone ? record.before : record.after;
    return std::tuple(record.kind, -bytes, side.name, side.where);
  };
  std::stable_sort(diff.records.begin(), diff.records.end(),
                   [&](const RecordDiff& a, const RecordDiff& b) { return order(a) < order(b); });
  diff.has_findings = before.has_findings && after.has_findings;
  if (diff.has_findings) {
    surplus(after, before, diff.new_findings, diff.new_fingerprints);
    surplus(before, after, diff.gone_findings, diff.gone_fingerprints);
  }
  return diff;
}

}  // namespace snug
