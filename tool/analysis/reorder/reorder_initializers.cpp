#include "analysis/reorder/reorder_initializers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "analysis/orders/item_sorter.hpp"
#include "base/kept_files.hpp"
#include "model/scanned_text.hpp"

namespace snug {
namespace {

/// Name of a field (members of anonymous aggregates too) to the place of its slot.
using Ranks = std::map<std::string, std::size_t, std::less<>>;

void add_names(const Slot& slot, std::size_t rank, Ranks& ranks) {
  if (!slot.name.empty()) ranks.emplace(slot.name, rank);
  for (const auto& member : slot.members) add_names(member, rank, ranks);
}

class Constructors {
 public:
  Constructors(const Record& record, std::span<const Slot* const> slots,
               std::span<const std::uint32_t> order, const Model& model, const Files& files,
               std::vector<std::string>& refusals)
      : record_(record), model_(model), files_(files), refusals_(refusals) {
    for (std::size_t i = 0; i < slots.size(); ++i) add_names(*slots[i], i, old_);
    for (std::size_t i = 0; i < order.size(); ++i) add_names(*slots[order[i]], i, new_);
  }

  InitializerEdits run() {
    std::vector<TextEdit> edits;
    for (const auto& list : model_.initializers) {
      if (!concerns(list) || list.items.empty()) continue;
      if (!seen_.emplace(list.where, list.items.front().range).second) continue;
      check_reads(list);
      const auto sorted = sort(list);
      if (std::is_sorted(sorted.begin(), sorted.end())) continue;
      auto own = edit(list, sorted);
      edits.insert(edits.end(), own.begin(), own.end());
    }
    return {std::move(edits), std::move(stale_file_)};
  }

 private:
  /// Lists of the record, or of its template or a sister instantiation that names the same fields.
  [[nodiscard]] bool concerns(const InitializerList& list) const {
    if (list.record_id == record_.id) return true;
    if (record_.template_id.empty()) return false;
    const auto* other = model_.find(list.record_id);
    const bool sister = list.record_id == record_.template_id ||
                        (other != nullptr && other->definition == record_.definition);
    return sister && std::all_of(list.items.begin(), list.items.end(), [&](const auto& item) {
             return item.is_base || old_.contains(item.member);
           });
  }

  void check_reads(const InitializerList& list) {
    for (const auto& item : list.items) {
      const auto own = old_.find(item.member);
      if (item.is_base || own == old_.end()) continue;
      for (const auto& read : item.reads) {
        const auto other = old_.find(read);
        if (other == old_.end() || other->second >= own->second) continue;
        if (new_.at(read) < new_.at(item.member)) continue;
        refusals_.push_back(fmt::format(
            "the constructor at line {} initialises '{}' from '{}', which would be initialised "
            "later",
            list.where.line, item.member, read));
      }
    }
  }

  /// The items in the new order: bases stay in their places, members share the others.
  [[nodiscard]] std::vector<std::size_t> sort(const InitializerList& list) const {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      if (!list.items[i].is_base && new_.contains(list.items[i].member)) places.push_back(i);
    }
    auto members = places;
    std::sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
      return std::pair(new_.at(list.items[a].member), a) <
             std::pair(new_.at(list.items[b].member), b);
    });
    std::vector<std::size_t> sorted(list.items.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) sorted[i] = i;
    for (std::size_t i = 0; i < places.size(); ++i) sorted[places[i]] = members[i];
    return sorted;
  }

  std::vector<TextEdit> edit(const InitializerList& list, const std::vector<std::size_t>& sorted) {
    if (list.from_macro) {
      refusals_.push_back(fmt::format(
          "the initialisers of the constructor at line {} come out of a macro", list.where.line));
      return {};
    }
    const auto& file = list.items.front().range.file;
    const auto kept = file_text(files_, file);
    if (kept == nullptr || !is_as_scanned(model_, file, kept.get())) {
      stale_file_ = file;
      return {};
    }
    const std::string& text = kept->bytes();
    ItemList items{file, text, {}};
    for (const auto& item : list.items) items.items.emplace_back(item.range.begin, item.range.end);
    std::string refusal;
    const auto own_text = [&](std::size_t item) {
      const auto [begin, end] = items.items[item];
      return text.substr(begin, end - begin);
    };
    auto edits = sort_items(items, sorted, own_text, refusal);
    if (!refusal.empty()) {
      refusals_.push_back(
          fmt::format("the initialisers of the constructor at line {} cannot be sorted: {}",
                      list.where.line, refusal));
    }
    return edits;
  }

  const Record& record_;
  const Model& model_;
  const Files& files_;
  std::vector<std::string>& refusals_;
  std::string stale_file_;
  Ranks old_, new_;
  /// `#if` can give one constructor several lists; a template and its instantiations share theirs.
  std::set<std::pair<SourceRange, SourceRange>> seen_;
};

}  // namespace

InitializerEdits initializer_edits(const Record& record, std::span<const Slot* const> slots,
                                   std::span<const std::uint32_t> order, const Model& model,
                                   const Files& files, std::vector<std::string>& refusals) {
  return Constructors(record, slots, order, model, files, refusals).run();
}

}  // namespace snug
