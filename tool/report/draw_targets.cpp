// One record on several targets: a row for each part, and for each target its offset and size.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>

#include "base/visible_text.hpp"
#include "report/color.hpp"
#include "report/columns.hpp"
#include "report/draw.hpp"
#include "report/layout_rows.hpp"
#include "report/paths.hpp"

namespace snug {
namespace {

/// A part as it is recognised on every target; `turn` tells parts of one name apart.
struct PartKey {
  unsigned depth;
  std::string name;
  std::size_t turn;
  auto operator<=>(const PartKey&) const = default;
};

struct PartOnTarget {
  LayoutRow row;
  std::uint64_t free_bits_after = 0;
};

using PartsOfTarget = std::map<PartKey, PartOnTarget>;

/// The parts of one target with the padding behind each; `order` collects keys in first-seen order.
PartsOfTarget parts_of(const TargetLayout& layout, std::vector<PartKey>& order) {
  PartsOfTarget parts;
  std::map<std::pair<unsigned, std::string>, std::size_t> turns;
  PartOnTarget* last = nullptr;
  for (const LayoutRow& row : layout_rows(*layout.record, *layout.model)) {
    if (row.kind == LayoutRow::Kind::Free) {
      if (last != nullptr) {
        last->free_bits_after += row.extent.size_bits;
      }
      continue;
    }
    const PartKey key{row.depth, row.name, turns[{row.depth, row.name}]++};
    last = &parts[key];
    last->row = row;
    if (std::find(order.begin(), order.end(), key) == order.end()) {
      order.push_back(key);
    }
  }
  return parts;
}

std::string free_text(std::uint64_t bits) {
  constexpr std::uint64_t byte = 8;
  if (bits == 0) return "";
  return bits % byte == 0 ? fmt::format("+{}", bits / byte) : fmt::format("+{} bits", bits);
}

class TargetTable {
 public:
  TargetTable(std::span<const TargetLayout> layouts, Palette paint) : paint_(paint) {
    for (const TargetLayout& layout : layouts) {
      parts_.push_back(layout.record ? parts_of(layout, order_) : PartsOfTarget());
    }
    header(layouts);
    for (const PartKey& key : order_) {
      part(key);
    }
    total("size", layouts, [](const Record& record) { return record.size; });
    total("align", layouts, [](const Record& record) { return record.align; });
    total("padding", layouts, [](const Record& record) {
      const PaddingSum padding = padding_of(record);
      return padding.holes + padding.tail;
    });
  }

  [[nodiscard]] std::vector<Cell> lines() const {
    std::vector<Align> alignment(2 + 3 * parts_.size(), Align::Right);
    alignment[0] = alignment[1] = Align::Left;
    return in_columns(cells_, alignment);
  }

 private:
  void header(std::span<const TargetLayout> layouts) {
    std::vector<Cell> row = {Cell("name"), Cell("type")};
    for (std::size_t i = 0; i < layouts.size(); ++i) {
      row.emplace_back(fmt::format("[{}] offset", i + 1));
      row.emplace_back("size");
      row.emplace_back("free");
    }
    cells_.push_back(std::move(row));
  }

  void part(const PartKey& key) {
    std::vector<Cell> row(2);
    for (const PartsOfTarget& parts : parts_) {
      const auto found = parts.find(key);
      if (found == parts.end()) {
        row.insert(row.end(), {Cell("-"), Cell("-"), Cell("")});
        continue;
      }
      const LayoutRow& shown = found->second.row;
      if (row[0].width == 0) {
        row[0] = Cell(std::string(2 * shown.depth, ' ') + shown.name);
        row[1] = Cell(shown.type);
      }
      Cell free;
      free.add(paint_.red(), free_text(found->second.free_bits_after), paint_.reset());
      row.emplace_back(offset_text(shown.extent.offset_bits));
      row.emplace_back(size_text(shown.extent, shown.slot == SlotKind::BitField));
      row.push_back(std::move(free));
    }
    cells_.push_back(std::move(row));
  }

  template <class Number>
  void total(const char* name, std::span<const TargetLayout> layouts, const Number& number) {
    std::vector<Cell> row = {Cell(std::string("= ") + name), Cell("")};
    for (const TargetLayout& layout : layouts) {
      row.emplace_back("");
      row.emplace_back(layout.record ? std::to_string(number(*layout.record)) : "-");
      row.emplace_back("");
    }
    cells_.push_back(std::move(row));
  }

  Palette paint_;
  std::vector<PartKey> order_;
  std::vector<PartsOfTarget> parts_;
  std::vector<std::vector<Cell>> cells_;
};

}  // namespace

void draw_targets(std::span<const TargetLayout> layouts, const DrawOptions& options,
                  std::ostream& out) {
  const Palette paint{options.color};
  for (const TargetLayout& layout : layouts) {
    if (layout.record != nullptr) {
      fmt::print(out, "{}{} {}{}  {}:{}:{}\n", paint.bold(), to_string(layout.record->kind),
                 layout.record->name, paint.reset(),
                 visible_text(relative_path(layout.record->where.file, options.current_folder)),
                 layout.record->where.line, layout.record->where.column);
      break;
    }
  }
  for (std::size_t i = 0; i < layouts.size(); ++i) {
    fmt::print(out, "[{}] {}{}\n", i + 1, layouts[i].model->abi.target,
               layouts[i].record ? "" : ": no such record there");
  }
  out << '\n';
  for (const Cell& line : TargetTable(layouts, paint).lines()) {
    out << line.text << '\n';
  }
}

}  // namespace snug
