// 1. The uses that find fields by position, and that the new order matters to, are taken one by
// one:
//    either their items can be sorted, or a reason is told.
// 2. Those that can are sorted by the place of their items. One may stand inside an item of another
//    (a record that refers to its own kind): the outer one takes the text of its items as the inner
//    one leaves it. What a use holds besides its items (the value behind the names of a structured
//    binding) is no part of it: uses in there stand for themselves.
#include "analysis/reorder/reorder_uses.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "analysis/deduction.hpp"
#include "analysis/orders/item_sorter.hpp"
#include "analysis/reorder/hazard_text.hpp"
#include "base/kept_files.hpp"
#include "model/scanned_text.hpp"

namespace snug {
namespace {

using Ranks = std::map<std::string, std::size_t, std::less<>>;

bool is_positional(UseKind kind) {
  return kind == UseKind::PositionalInit || kind == UseKind::ParenInit ||
         kind == UseKind::EmplaceAggregate || kind == UseKind::StructuredBinding ||
         kind == UseKind::DesignatedInit;
}

/// Kinds that take the values of all fields, or of the first ones.
bool fills_from_the_first(UseKind kind) {
  return kind != UseKind::DesignatedInit;
}

/// A use whose items are to be sorted.
struct Task {
  const Use* use = nullptr;
  std::vector<std::size_t> sorted;

  /// The text from the first item to the last one.
  [[nodiscard]] std::uint64_t begin() const { return use->items.front().begin; }
  [[nodiscard]] std::uint64_t end() const { return use->items.back().end; }
};

class Sorter {
 public:
  Sorter(std::span<const Record* const> records, std::span<const std::string> order,
         const HazardIndex& index, const Model& model, const Files& files)
      : record_(*records.front()), ids_(index.ids_of(records)), model_(model), files_(files) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      has_unnamed_ |= order[i].empty();
      if (!order[i].empty()) ranks_.emplace(order[i], i);
    }
  }

  /// Takes the use on, or tells why not.
  std::optional<std::string> take(const Use& use) {
    if (use.items.empty()) {
      return use.obstacle.empty() ? "its text could not be read" : use.obstacle;
    }
    if (!use.obstacle.empty()) return use.obstacle;
    if (auto why = serves_another(use)) return why;
    if (auto why = read(use.where.file)) return why;
    const bool deduces = use.kind == UseKind::PositionalInit || use.kind == UseKind::ParenInit;
    if (deduces && !record_.template_id.empty() &&
        may_deduce_arguments(texts_.at(use.where.file)->bytes(), use.items.front().begin,
                             record_.template_name)) {
      return "the arguments of the template may be deduced from the order";
    }
    if (has_unnamed_ && fills_from_the_first(use.kind)) return "one of the fields has no name";
    Task task{&use, {}};
    if (auto why = sort(use, task.sorted)) return why;
    std::vector<TextEdit> tried;
    if (auto why = edit(task, {}, tried)) return why;
    tasks_[use.where.file].push_back(std::move(task));
    return std::nullopt;
  }

  std::vector<TextEdit> edits() {
    std::vector<TextEdit> all;
    for (auto& [file, tasks] : tasks_) {
      std::sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
        return std::pair(a.begin(), b.end()) < std::pair(b.begin(), a.end());
      });
      tasks.erase(std::unique(tasks.begin(), tasks.end(),
                              [](const Task& a, const Task& b) {
                                return std::pair(a.begin(), a.end()) ==
                                       std::pair(b.begin(), b.end());
                              }),
                  tasks.end());
      add_edits(tasks, all);
    }
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  using Tasks = std::span<const Task>;

  /// The same text can mean another type in another unit, or each time that it is included.
  /// REQUIRES: the model's uses are sorted by place.
  std::optional<std::string> serves_another(const Use& use) const {
    const auto first =
        std::lower_bound(model_.uses.begin(), model_.uses.end(), use,
                         [](const Use& a, const Use& b) { return a.where < b.where; });
    for (auto other = first; other != model_.uses.end() && other->where == use.where; ++other) {
      if (is_positional(other->kind) && !ids_.contains(other->record_id)) {
        return "the same text serves another type as well";
      }
    }
    return std::nullopt;
  }

  /// The places of the items in the new order, or why there are none.
  std::optional<std::string> sort(const Use& use, std::vector<std::size_t>& sorted) const {
    std::vector<std::size_t> ranks;
    for (const UseItem& item : use.items) {
      const auto rank = ranks_.find(item.field);
      if (rank == ranks_.end()) return fmt::format("'{}' is no field that moves", item.field);
      ranks.push_back(rank->second);
      sorted.push_back(sorted.size());
    }
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    if (fills_from_the_first(use.kind) && ranks[sorted.back()] + 1 != sorted.size()) {
      return "it leaves out fields that would no longer be the last ones";
    }
    std::vector<std::size_t> place(sorted.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) place[sorted[i]] = i;
    for (std::size_t i = 0; i < use.items.size(); ++i) {
      for (const std::uint32_t earlier : use.items[i].follows) {
        if (place[earlier] > place[i]) {
          return fmt::format(
              "the value of '{}' is evaluated before that of '{}', and may change it",
              use.items[earlier].field, use.items[i].field);
        }
      }
    }
    return std::nullopt;
  }

  std::optional<std::string> read(const std::string& file) {
    if (texts_.contains(file)) return std::nullopt;
    auto text = file_text(files_, file);
    if (text == nullptr || !is_as_scanned(model_, file, text.get())) {
      return changed_since_scan(file);
    }
    texts_.emplace(file, std::move(text));
    return std::nullopt;
  }

  /// The edits of one use, with those of the uses inside it.
  std::optional<std::string> edit(const Task& task, Tasks inside, std::vector<TextEdit>& all) {
    const Use& use = *task.use;
    const std::string& text = texts_.at(use.where.file)->bytes();
    ItemList list{use.where.file, text, {}};
    std::vector<std::vector<Task>> inner(use.items.size());
    for (std::size_t i = 0; i < use.items.size(); ++i) {
      const UseItem& item = use.items[i];
      if (item.begin > item.end || item.end > text.size()) return "its text is not its own";
      list.items.emplace_back(item.begin, item.end);
      for (const Task& other : inside) {
        if (other.begin() >= item.begin && other.end() <= item.end) inner[i].push_back(other);
      }
    }
    const auto own_text = [&](std::size_t i) {
      const auto [begin, end] = list.items[i];
      std::vector<TextEdit> edits;
      add_edits(inner[i], edits);
      for (TextEdit& one : edits) {
        one.begin -= begin;
        one.end -= begin;
      }
      return apply_edits(std::string_view(text).substr(begin, end - begin), edits);
    };
    std::string refusal;
    auto edits = sort_items(list, task.sorted, own_text, refusal);
    if (!refusal.empty()) return refusal;
    for (std::size_t i = 0; i < task.sorted.size(); ++i) {
      if (task.sorted[i] == i) add_edits(inner[i], edits);
    }
    all.insert(all.end(), edits.begin(), edits.end());
    return std::nullopt;
  }

  /// The edits of uses of one file that are sorted by place, outer ones first.
  void add_edits(Tasks tasks, std::vector<TextEdit>& all) {
    for (std::size_t i = 0; i < tasks.size();) {
      std::size_t end = i + 1;
      while (end < tasks.size() && tasks[end].begin() < tasks[i].end()) ++end;
      (void)edit(tasks[i], tasks.subspan(i + 1, end - i - 1), all);
      i = end;
    }
  }

  const Record& record_;
  std::set<std::string_view> ids_;
  const Model& model_;
  const Files& files_;
  bool has_unnamed_ = false;
  Ranks ranks_;
  std::map<std::string, std::shared_ptr<const FileText>> texts_;
  std::map<std::string, std::vector<Task>> tasks_;
};

std::string sentence(const Use& use, const Record& record, const std::string& why) {
  const std::string& name = record.template_name.empty() ? record.name : record.template_name;
  const std::size_t slash = use.where.file.rfind('/');
  return fmt::format("{}:{}: {}: {}", use.where.file.substr(slash + 1), use.where.line,
                     hazard_sentence(use, name), why);
}

}  // namespace

UseEdits use_edits(std::span<const Record* const> records, std::span<const std::string> order,
                   const HazardIndex& index, const Model& model, const Files& files) {
  UseEdits result;
  Sorter sorter(records, order, index, model, files);
  for (const Use* use : index.own_uses(records, order)) {
    if (use->kind == UseKind::FirstMember) {
      result.by_hand.push_back(
          sentence(*use, *records.front(), "no edit of the source can keep its meaning"));
    }
    if (!is_positional(use->kind)) continue;
    if (const auto why = sorter.take(*use)) {
      result.by_hand.push_back(sentence(*use, *records.front(), *why));
    } else {
      result.settled.push_back(use);
    }
  }
  result.edits = sorter.edits();
  std::sort(result.by_hand.begin(), result.by_hand.end());
  result.by_hand.erase(std::unique(result.by_hand.begin(), result.by_hand.end()),
                       result.by_hand.end());
  return result;
}

}  // namespace snug
