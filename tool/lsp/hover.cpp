#include "lsp/hover.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "base/visible_text.hpp"
#include "lsp/json_reading.hpp"
#include "lsp/layout_text.hpp"
#include "report/draw.hpp"
#include "report/fix_words.hpp"
#include "report/formats/json_parts.hpp"
#include "report/layout_rows.hpp"

namespace snug::lsp {
namespace {

constexpr std::size_t most_instantiations = 8;

std::string size_words(const Extent& extent, bool in_bits) {
  if (in_bits || extent.size_bits % bits_in_byte != 0) return plural(extent.size_bits, "bit");
  return plural(extent.size_bits / bits_in_byte, "byte");
}

std::string stale_words(const View& view) {
  return view.stale() ? "\n\nstale: the text as it is now cannot be read" : "";
}

std::string totals(const Record& record, const View& view, bool coexist) {
  const std::uint32_t line = view.model().abi.cache_line_bytes;
  const std::uint64_t lines = lines_of(record.size, line);
  std::string text =
      coexist ? "" : fmt::format("{}, align {}, ", plural(record.size, "byte"), record.align);
  const PaddingSum padding = padding_of(record);
  text += fmt::format("{} padding", plural(padding.holes + padding.tail, "byte"));
  if (padding.bit_holes != 0) text += fmt::format(" and {}", plural(padding.bit_holes, "bit"));
  text += fmt::format(", {} of {} bytes", plural(lines, "cache line"), line);
  if (const auto smaller = smaller_size(record, view.layouts())) {
    text += fmt::format("; suggested order: {} (saves {})", plural(*smaller, "byte"),
                        record.size - *smaller);
  }
  return text;
}

std::string record_hover(const Declared& declared, const View& view, bool coexist) {
  const Record& record = *declared.front();
  std::ostringstream strip;
  draw_strip(record, view.model(), strip);
  std::string text;
  if (!coexist) {
    text =
        code_block(fmt::format("{} {}", to_string(record.kind), visible_text(record.name)), "cpp");
  }
  text += totals(record, view, coexist) + "\n\n" + code_block(visible_lines(strip.str()), "text");
  if (declared.size() > 1) {
    std::string list;
    for (std::size_t i = 1; i < std::min(declared.size(), most_instantiations); ++i) {
      list += fmt::format("{}  {}\n", visible_text(declared[i]->name),
                          lens_title(*declared[i], view.layouts()));
    }
    if (declared.size() > most_instantiations) {
      list += fmt::format("and {} more\n", declared.size() - most_instantiations);
    }
    text += "\n" + code_block(list, "text");
  }
  return text + stale_words(view);
}

std::string field_hover(const PlacedSlot& placed, const Record& record, const View& view,
                        bool coexist) {
  const Slot& slot = *placed.slot;
  const bool bits = slot.kind == SlotKind::BitField;
  const std::uint64_t line_bits =
      std::uint64_t{std::max(view.model().abi.cache_line_bytes, 1U)} * bits_in_byte;
  const std::uint64_t first = slot.extent.offset_bits / line_bits;
  const std::uint64_t last =
      slot.extent.size_bits == 0 ? first : (slot.extent.end_bits() - 1) / line_bits;
  std::string text;
  if (!coexist) {
    text = fmt::format("offset {}, {}, ", offset_text(slot.extent.offset_bits),
                       size_words(slot.extent, bits));
  }
  text += first == last ? fmt::format("cache line {}", first)
                        : fmt::format("cache lines {} to {}", first, last);
  if (placed.gap != nullptr && !coexist) {
    text += fmt::format(", {} of padding behind it", size_words(placed.gap->extent, false));
  }
  if (coexist) return text + stale_words(view);
  text += fmt::format(" (in '{}', {})", visible_text(record.name), plural(record.size, "byte"));
  return code_block(fmt::format("{} {}", visible_text(slot.type), visible_text(slot.name)), "cpp") +
         text + stale_words(view);
}

Json hover_of(const std::string& text, const Json& range, const Client& client) {
  std::string value = text;
  if (!client.markdown) {
    // Without markdown the fences of code blocks are noise.
    std::string plain;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("```")) plain += line + "\n";
    }
    value = plain;
  }
  return {{"contents", {{"kind", client.markdown ? "markdown" : "plaintext"}, {"value", value}}},
          {"range", range}};
}

/// "+7 padding", "+3 bits padding".
std::string gap_label(const Slot& gap) {
  if (gap.extent.size_bits % bits_in_byte != 0) {
    return fmt::format("+{} padding", plural(gap.extent.size_bits, "bit"));
  }
  return fmt::format("+{} padding", gap.extent.size_bits / bits_in_byte);
}

/// Collects hints for one record.
class Hints {
 public:
  Hints(const View& view, std::uint64_t begin, std::uint64_t end)
      : view_(view), begin_(begin), end_(end) {}

  void add(std::uint64_t scanned_offset, const std::string& label, const std::string& tooltip) {
    const auto offset = view_.now(scanned_offset);
    if (!offset || *offset < begin_ || *offset > end_) return;
    hints_.push_back(
        {{"position", json_of(view_.document().lines().position(*offset, view_.encoding()))},
         {"label", label},
         {"tooltip", tooltip},
         {"paddingLeft", true}});
  }
  /// Behind the declaration and the punctuation that ends it.
  void add_behind(const Slot& slot, const std::string& label, const std::string& tooltip) {
    if (!view_.range(slot.declaration)) return;
    std::uint64_t at = slot.declaration.end;
    const auto now = view_.now(at);
    const std::string& text = view_.document().text();
    if (now && *now < text.size() && (text[*now] == ';' || text[*now] == ',')) ++at;
    add(at, label, tooltip);
  }
  Json take() { return std::move(hints_); }

 private:
  const View& view_;
  std::uint64_t begin_, end_;
  Json hints_ = Json::array();
};

void add_hints(const Record& record, const View& view, const Settings& settings, Hints& hints) {
  const std::string stale = view.stale() ? " (stale)" : "";
  const std::uint64_t line_bits =
      std::uint64_t{std::max(view.model().abi.cache_line_bytes, 1U)} * bits_in_byte;
  std::uint64_t line = 0;
  for (const PlacedSlot& placed : placed_slots(record)) {
    const Slot& slot = *placed.slot;
    if (slot.declaration.file != view.path()) continue;
    std::string label;
    const std::uint64_t own = slot.extent.offset_bits / line_bits;
    if (settings.hints == Shown::All && own > line && record.kind != RecordKind::Union) {
      label = fmt::format("line {}", own);
    }
    line = std::max(line, own);
    const bool tail = placed.gap != nullptr && placed.gap->kind == SlotKind::TailPadding;
    if (placed.gap != nullptr && !tail) {
      label += fmt::format("{}{}", label.empty() ? "" : ", ", gap_label(*placed.gap));
    }
    if (!label.empty()) {
      hints.add_behind(
          slot, label + stale,
          fmt::format("'{}' of '{}'", visible_text(slot.name), visible_text(record.name)));
    }
  }
  for (const Slot& slot : record.slots) {
    if (slot.kind != SlotKind::TailPadding) continue;
    hints.add(record.definition.end, gap_label(slot) + stale,
              fmt::format("at the end of '{}'", visible_text(record.name)));
  }
}

/// Instantiations that are all alike can be shown in the text.
bool all_alike(const Declared& declared) {
  return std::all_of(declared.begin(), declared.end(), [&](const Record* record) {
    return record->size == declared.front()->size &&
           std::equal(record->slots.begin(), record->slots.end(), declared.front()->slots.begin(),
                      declared.front()->slots.end(), [](const Slot& a, const Slot& b) {
                        return a.kind == b.kind && a.extent == b.extent && a.name == b.name;
                      });
  });
}

}  // namespace

Json hover_json(const View& view, std::uint64_t offset, const Client& client,
                const Settings& settings) {
  if (settings.hover == Hovers::Off) return nullptr;
  if (const Declared* declared = view.named_at(offset)) {
    return hover_of(record_hover(*declared, view, settings.coexist),
                    *view.range(declared->front()->where), client);
  }
  const Declared* around = view.around(offset);
  if (around == nullptr) return nullptr;
  for (const PlacedSlot& placed : placed_slots(*around->front())) {
    if (placed.slot->name.empty() || !view.contains(placed.slot->where, offset)) continue;
    return hover_of(field_hover(placed, *around->front(), view, settings.coexist),
                    *view.range(placed.slot->where), client);
  }
  return nullptr;
}

Json named_hover_json(const View& view, const NamedPlace& place, const Client& client,
                      const Settings& settings) {
  const Record* record = view.model().find(place.record);
  const Lines& lines = view.document().lines();
  const Json range = range_json(lines.position(place.begin, view.encoding()),
                                lines.position(place.end, view.encoding()));
  if (record == nullptr) return nullptr;
  if (!place.field) {
    return hover_of(record_hover({record}, view, settings.coexist), range, client);
  }
  for (const PlacedSlot& placed : placed_slots(*record)) {
    const SourceRange& where = placed.slot->where;
    if (where.file != place.file || where.begin != place.declared_at) continue;
    return hover_of(field_hover(placed, *record, view, settings.coexist), range, client);
  }
  return nullptr;
}

Json lenses_json(const View& view, const Settings& settings) {
  Json lenses = Json::array();
  if (settings.lenses == Shown::Off) return lenses;
  for (const Declared& declared : view.records()) {
    const Record& record = *declared.front();
    if (record.traits.lambda) continue;
    const bool saves = smaller_size(record, view.layouts()).has_value();
    if (settings.lenses == Shown::Waste && !saves) continue;
    std::string title = lens_title(record, view.layouts());
    if (declared.size() > 1) {
      title = fmt::format("{}: {}, and {} more", visible_text(record.name), title,
                          plural(declared.size() - 1, "instantiation"));
    }
    if (view.stale()) title += " (stale)";
    const Json range = *view.range(record.where);
    lenses.push_back({{"range", range},
                      {"command",
                       {{"title", title},
                        {"command", "snug.showLayout"},
                        {"arguments", Json::array({view.document().uri(), range["start"]})}}}});
  }
  return lenses;
}

Json hints_json(const View& view, std::uint64_t begin, std::uint64_t end,
                const Settings& settings) {
  Hints hints(view, begin, end);
  if (settings.hints == Shown::Off) return hints.take();
  for (const Declared& declared : view.records()) {
    if (all_alike(declared)) add_hints(*declared.front(), view, settings, hints);
  }
  return hints.take();
}

}  // namespace snug::lsp
