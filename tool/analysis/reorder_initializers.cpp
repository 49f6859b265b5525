#include "analysis/reorder_initializers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/source_text.hpp"
#include "model/scanned_text.hpp"

namespace snug {
namespace {

/// Name of a field (members of anonymous aggregates too) to the place of its slot.
using Ranks = std::map<std::string, std::size_t, std::less<>>;

void add_names(const Slot& slot, std::size_t rank, Ranks& ranks) {
  if (!slot.name.empty()) ranks.emplace(slot.name, rank);
  for (const auto& member : slot.members) add_names(member, rank, ranks);
}

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

/// One initialiser with the comment behind it on its line.
struct Entry {
  SourceRange range;
  std::uint64_t comma = 0;  ///< Behind the comma, or the end of the item if none follows it.
  std::optional<SourceToken> comment;
};

class ListSorter {
 public:
  ListSorter(const InitializerList& list, std::string_view text, std::vector<std::string>& refusals)
      : list_(list), text_(text), refusals_(refusals) {}

  /// `sorted[i]` is the index of the item that comes to place i.
  std::vector<TextEdit> run(const std::vector<std::size_t>& sorted) {
    if (!read_entries()) return {};
    std::vector<TextEdit> edits;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i] == i) continue;
      const auto& place = entries_[i];
      const auto& entry = entries_[sorted[i]];
      edits.push_back({place.range.file, place.range.begin, place.range.end, own_text(entry)});
      if (!place.comment && !entry.comment) continue;
      if (!replace_comment(place, entry, edits)) return {};
    }
    return edits;
  }

 private:
  [[nodiscard]] std::string own_text(const Entry& entry) const {
    return std::string(text_.substr(entry.range.begin, entry.range.end - entry.range.begin));
  }

  bool refuse(std::string_view why) {
    refusals_.push_back(
        fmt::format("the initialisers of the constructor at line {} cannot be "
                    "sorted: {}",
                    list_.where.line, why));
    return false;
  }

  /// Comments between the items must stand behind an item on its line.
  bool read_entries() {
    for (std::size_t i = 0; i < list_.items.size(); ++i) {
      const auto& range = list_.items[i].range;
      Entry entry{range, range.end, std::nullopt};
      const bool last = i + 1 == list_.items.size();
      const auto stop = last ? line_end(text_, range.end) : list_.items[i + 1].range.begin;
      if (stop < range.end || stop > text_.size()) return refuse("its text is not its own");
      for (const auto& token : lex_source(text_, range.end, stop)) {
        const auto gap = text_.substr(entry.comma, token.begin - entry.comma);
        if (text_[token.begin] == ',') {
          entry.comma = token.end;
        } else if (last && !is_comment(token)) {
          break;
        } else if (!is_comment(token)) {
          return refuse("something else stands between them");
        } else if (entry.comment || !blank(gap) || gap.find('\n') != std::string_view::npos) {
          return refuse("a comment belongs to none of them for certain");
        } else if (!last &&
                   text_.substr(token.end, stop - token.end).find('\n') == std::string_view::npos) {
          return refuse("a comment belongs to none of them for certain");
        } else {
          entry.comment = token;
        }
      }
      entries_.push_back(entry);
    }
    return true;
  }

  bool replace_comment(const Entry& place, const Entry& entry, std::vector<TextEdit>& edits) {
    std::string text;
    if (entry.comment) {
      text = text_.substr(entry.comment->begin, entry.comment->end - entry.comment->begin);
    }
    if (place.comment) {
      auto begin = place.comment->begin;
      if (text.empty()) begin = text_.find_last_not_of(" \t", begin - 1) + 1;
      edits.push_back({place.range.file, begin, place.comment->end, text});
      return true;
    }
    const auto rest = line_end(text_, place.comma);
    if (!blank(text_.substr(place.comma, rest - place.comma))) {
      return refuse("a comment would come to stand before other text");
    }
    if (place.comma == place.range.end) {
      edits.back().text += "  " + text;  // Two edits may not touch.
    } else {
      edits.push_back({place.range.file, place.comma, place.comma, "  " + text});
    }
    return true;
  }

  const InitializerList& list_;
  std::string_view text_;
  std::vector<std::string>& refusals_;
  std::vector<Entry> entries_;
};

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
      if (!concerns(list) || !seen_.insert(list.where).second) continue;
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
    const auto text = files_.read(file);
    if (!text || !is_as_scanned(model_, file, text)) {
      stale_file_ = file;
      return {};
    }
    return ListSorter(list, *text, refusals_).run(sorted);
  }

  const Record& record_;
  const Model& model_;
  const Files& files_;
  std::vector<std::string>& refusals_;
  std::string stale_file_;
  Ranks old_, new_;
  std::set<SourceRange> seen_;
};

}  // namespace

InitializerEdits initializer_edits(const Record& record, std::span<const Slot* const> slots,
                                   std::span<const std::uint32_t> order, const Model& model,
                                   const Files& files, std::vector<std::string>& refusals) {
  return Constructors(record, slots, order, model, files, refusals).run();
}

}  // namespace snug
