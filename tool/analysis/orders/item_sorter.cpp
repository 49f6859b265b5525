#include "analysis/orders/item_sorter.hpp"

#include "base/source_text.hpp"

namespace snug {
namespace {

bool only_blanks(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

/// One item with the comment behind it on its line.
struct Entry {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t comma = 0;  ///< Behind the comma, or the end of the item if none follows it.
  std::optional<SourceToken> comment;
};

class ListSorter {
 public:
  ListSorter(const ItemList& list, const ItemText& text_of, std::string& refusal)
      : list_(list), text_(list.text), text_of_(text_of), refusal_(refusal) {}

  std::vector<TextEdit> run(std::span<const std::size_t> sorted) {
    if (!read_entries()) return {};
    std::vector<TextEdit> edits;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      if (sorted[i] == i) continue;
      const auto& place = entries_[i];
      const auto& entry = entries_[sorted[i]];
      edits.push_back({list_.file, place.begin, place.end, text_of_(sorted[i])});
      if (!place.comment && !entry.comment) continue;
      if (!replace_comment(place, entry, edits)) return {};
    }
    return edits;
  }

 private:
  bool refuse(std::string_view why) {
    refusal_ = why;
    return false;
  }

  /// Comments between the items must stand behind an item on its line.
  bool read_entries() {
    for (std::size_t i = 0; i < list_.items.size(); ++i) {
      const auto [begin, end] = list_.items[i];
      Entry entry{begin, end, end, std::nullopt};
      const bool last = i + 1 == list_.items.size();
      const auto stop = last ? line_end(text_, end) : list_.items[i + 1].first;
      if (stop < end || stop > text_.size()) return refuse("its text is not its own");
      for (const auto& token : lex_source(text_, end, stop)) {
        const auto gap = text_.substr(entry.comma, token.begin - entry.comma);
        if (text_[token.begin] == ',') {
          entry.comma = token.end;
        } else if (last && !is_comment(token)) {
          break;
        } else if (!is_comment(token)) {
          return refuse("something else stands between them");
        } else if (entry.comment || !only_blanks(gap) || gap.find('\n') != std::string_view::npos) {
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
      edits.push_back({list_.file, begin, place.comment->end, text});
      return true;
    }
    const auto rest = line_end(text_, place.comma);
    if (!only_blanks(text_.substr(place.comma, rest - place.comma))) {
      return refuse("a comment would come to stand before other text");
    }
    if (place.comma == place.end) {
      edits.back().text += "  " + text;  // Two edits may not touch.
    } else {
      edits.push_back({list_.file, place.comma, place.comma, "  " + text});
    }
    return true;
  }

  const ItemList& list_;
  std::string_view text_;
  const ItemText& text_of_;
  std::string& refusal_;
  std::vector<Entry> entries_;
};

}  // namespace

std::vector<TextEdit> sort_items(const ItemList& list, std::span<const std::size_t> sorted,
                                 const ItemText& text_of, std::string& refusal) {
  return ListSorter(list, text_of, refusal).run(sorted);
}

}  // namespace snug
