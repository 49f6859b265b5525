// The picture that `snug show` prints:
//
//   struct market::Order, order.hpp:12:8
//   24 bytes, align 8, 1 cache line of 64 bytes; 14 bytes are padding
//
//        offset  size  type           name
//     a       0     1  bool           live
//     .       1     7                 7 bytes of padding
//     b       8     8  std::uint64_t  id
//     ...
//        0       8       16
//      0 |a.......bbbbbbbbc.......|
//
// Each letter of the bar is one byte of the part with that letter, each dot a byte of padding;
// large records are scaled down, and the bar says so.
#include "report/draw.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <map>
#include <ostream>

#include "base/visible_text.hpp"
#include "report/color.hpp"
#include "report/columns.hpp"
#include "report/fix_words.hpp"
#include "report/formats/json_parts.hpp"
#include "report/layout_rows.hpp"
#include "report/paths.hpp"
#include "report/proof_words.hpp"

namespace snug {
namespace {

constexpr std::uint64_t bits_in_byte = 8;
constexpr std::uint64_t row_characters = 64;
constexpr std::uint64_t most_bar_rows = 8;

class Drawing {
 public:
  Drawing(const Record& record, const Model& model, Palette paint)
      : record_(record),
        line_bytes_(std::max<std::uint64_t>(model.abi.cache_line_bytes, 1)),
        paint_(paint),
        rows_(layout_rows(record, model)) {}

  /// Gives every part the letter and colour that it has in the other drawing.
  void take_letters_of(const Drawing& other) {
    for (LayoutRow& row : rows_) {
      const auto same =
          std::find_if(other.rows_.begin(), other.rows_.end(), [&](const LayoutRow& known) {
            return known.kind == row.kind && known.depth == row.depth && known.name == row.name &&
                   known.type == row.type;
          });
      if (same != other.rows_.end()) {
        row.letter = same->letter;
        row.number = same->number;
      }
    }
  }

  [[nodiscard]] std::vector<Cell> table() const {
    std::vector<std::vector<Cell>> cells;
    cells.push_back({Cell(" "), Cell("offset"), Cell("size"), Cell("type"), Cell("name")});
    std::uint64_t line = 0;  // number of the cache line that the rows have reached
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (record_.kind != RecordKind::Union) {
        add_mark(cells, line, rows_[i].extent.offset_bits / (line_bytes_ * bits_in_byte), nullptr);
      }
      cells.push_back(cells_of(rows_[i]));
      if (marks_lines(rows_[i]) && rows_[i].extent.size_bits != 0) {
        add_mark(cells, line, (rows_[i].extent.end_bits() - 1) / (line_bytes_ * bits_in_byte),
                 &rows_[i]);
      }
    }
    return in_columns(cells, {Align::Left, Align::Right, Align::Right, Align::Left, Align::Left});
  }

  /// One row a cache line, or the whole record scaled to most_bar_rows rows.
  [[nodiscard]] std::vector<Cell> bar(bool with_scale) const {
    std::uint64_t scale = 1;
    while (record_.size > scale * row_characters * most_bar_rows) {
      scale *= 2;
    }
    const std::vector<const LayoutRow*> owners = owners_of_characters(scale);
    std::vector<Cell> lines;
    if (scale == 1 && with_scale) lines.push_back(scale_row(owners.size()));
    for (std::size_t at = 0; at < owners.size(); at += row_characters) {
      lines.push_back(bar_row(owners, at, scale));
    }
    if (scale > 1) {
      lines.emplace_back(fmt::format("     (1 character = {} bytes)", scale));
    }
    return lines;
  }

 private:
  /// Groups repeat what their parts say, and the members of a union all start at its beginning.
  [[nodiscard]] bool marks_lines(const LayoutRow& row) const {
    return row.kind != LayoutRow::Kind::Group && record_.kind != RecordKind::Union;
  }

  /// Tells that the lines up to `reached` have begun; inside `part`, or before the next row.
  void add_mark(std::vector<std::vector<Cell>>& cells, std::uint64_t& line, std::uint64_t reached,
                const LayoutRow* part) const {
    if (reached <= line) {
      return;
    }
    const std::string which = reached == line + 1
                                  ? fmt::format("line {} starts", reached)
                                  : fmt::format("lines {} to {} start", line + 1, reached);
    const std::string where =
        part == nullptr ? std::string() : fmt::format(" inside {}", inside_text(*part));
    Cell mark;
    mark.add(paint_.dim(),
             fmt::format("-- {} {} (byte {}){} --", "cache", which, reached * line_bytes_, where),
             paint_.reset());
    cells.push_back({std::move(mark)});
    line = reached;
  }

  static std::string inside_text(const LayoutRow& row) {
    return row.kind == LayoutRow::Kind::Free ? "padding" : "'" + row.name + "'";
  }

  [[nodiscard]] std::vector<Cell> cells_of(const LayoutRow& row) const {
    const bool free = row.kind == LayoutRow::Kind::Free;
    const std::string_view color = free                                 ? paint_.red()
                                   : row.kind == LayoutRow::Kind::Group ? std::string_view()
                                                                        : paint_.field(row.number);
    Cell letter, type, name;
    letter.add(color, std::string(1, row.letter), paint_.reset());
    type.add(std::string(2 * row.depth, ' '));
    type.add(row.type);
    name.add(std::string(2 * row.depth, ' '));
    name.add(free ? paint_.red() : paint_.bold(), row.name, paint_.reset());
    return {letter, Cell(offset_text(row.extent.offset_bits)),
            Cell(size_text(row.extent, row.slot == SlotKind::BitField)), type, name};
  }

  /// For each character of the bar the row that it shows: the first part that has a bit there,
  /// else padding.
  [[nodiscard]] std::vector<const LayoutRow*> owners_of_characters(std::uint64_t scale) const {
    const std::uint64_t bits = scale * bits_in_byte;
    std::vector<const LayoutRow*> owners((record_.size + scale - 1) / scale, nullptr);
    for (const LayoutRow& row : rows_) {
      if (row.kind == LayoutRow::Kind::Group || row.extent.size_bits == 0) {
        continue;
      }
      const std::uint64_t last =
          std::min<std::uint64_t>((row.extent.end_bits() - 1) / bits + 1, owners.size());
      for (std::uint64_t i = row.extent.offset_bits / bits; i < last; ++i) {
        const bool padding_so_far =
            owners[i] == nullptr || owners[i]->kind == LayoutRow::Kind::Free;
        owners[i] = padding_so_far ? &row : owners[i];
      }
    }
    return owners;
  }

  /// The offsets 0, 8, 16 ... above the bytes that they belong to.
  [[nodiscard]] Cell scale_row(std::size_t size) const {
    constexpr std::size_t step = 8;
    std::string text;
    std::size_t column = 6;
    for (std::size_t at = 0; at < std::min<std::size_t>(size, row_characters); ++at, ++column) {
      if (at % line_bytes_ == 0) ++column;  // the border of the line
      if (at % step != 0 || column < text.size()) continue;
      text.resize(column, ' ');
      text += std::to_string(at);
    }
    Cell row;
    row.add(paint_.dim(), text, paint_.reset());
    return row;
  }

  [[nodiscard]] Cell bar_row(const std::vector<const LayoutRow*>& owners, std::size_t at,
                             std::uint64_t scale) const {
    Cell line(fmt::format("{:>5} ", at * scale));
    const std::size_t end = std::min<std::size_t>(at + row_characters, owners.size());
    for (std::size_t i = at; i < end;) {
      if (i * scale % line_bytes_ == 0 && scale < line_bytes_) {
        line.add("|");
      }
      std::size_t next = i;
      std::string run;
      do {
        run += owners[next] == nullptr ? '.' : owners[next]->letter;
        ++next;
      } while (next < end && owners[next] == owners[i] && next * scale % line_bytes_ != 0);
      const LayoutRow* row = owners[i];
      const bool free = row == nullptr || row->kind == LayoutRow::Kind::Free;
      line.add(free ? paint_.red() : paint_.block(row->number), run, paint_.reset());
      i = next;
    }
    line.add("|");
    return line;
  }

  const Record& record_;
  std::uint64_t line_bytes_;
  Palette paint_;
  std::vector<LayoutRow> rows_;
};

std::string padding_text(const Record& record) {
  const PaddingSum padding = padding_of(record);
  std::string text =
      padding.holes + padding.tail == 0 && padding.bit_holes == 0 ? "no padding" : "";
  if (padding.holes + padding.tail != 0) {
    text = plural(padding.holes + padding.tail, "byte") + " of padding";
  }
  if (padding.holes != 0 && padding.tail != 0) {
    text += fmt::format(" ({} in holes, {} at the end)", padding.holes, padding.tail);
  }
  if (padding.bit_holes != 0) {
    text += fmt::format("{}{} between bit-fields", text.empty() ? "" : ", ",
                        plural(padding.bit_holes, "bit") + " free");
  }
  return text;
}

std::string totals(const Record& record, const Abi& abi) {
  const std::uint64_t lines = lines_of(record.size, abi.cache_line_bytes);
  return fmt::format("{}, align {}, {} of {} bytes; {}", plural(record.size, "byte"), record.align,
                     plural(lines, "cache line"), abi.cache_line_bytes, padding_text(record));
}

std::string traits_text(const Record& record) {
  std::string text;
  for (const std::string_view trait : trait_names(record.traits)) {
    text += text.empty() ? "" : ", ";
    text += trait;
  }
  return text;
}

std::string place(const Record& record, const DrawOptions& options) {
  if (!record.where.known()) {
    return "";
  }
  return fmt::format("{}:{}:{}",
                     visible_text(relative_path(record.where.file, options.current_folder)),
                     record.where.line, record.where.column);
}

std::string better_title(const Record& record, const BetterOrder& better) {
  const std::uint64_t saved = record.size - std::min(better.record.size, record.size);
  return fmt::format("suggested layout: {} (saves {})", plural(better.record.size, "byte"), saved);
}

std::string proof_text(const SuggestedFix& fix) {
  return fmt::format("{}; {}", proof_words(fix),
                     fix.safety == Safety::Safe  ? "fix is safe"
                     : fix.safety == Safety::Abi ? "fix changes the ABI: review before applying"
                                                 : "review before applying");
}

std::vector<Cell> picture(const Drawing& drawing) {
  std::vector<Cell> lines = drawing.table();
  lines.emplace_back();
  const std::vector<Cell> bar = drawing.bar(true);
  lines.insert(lines.end(), bar.begin(), bar.end());
  return lines;
}

void print(const std::vector<Cell>& lines, std::ostream& out) {
  for (const Cell& line : lines) {
    out << line.text << '\n';
  }
}

/// The record as it is and in the better order, beside each other if the terminal is wide enough.
void draw_both(const Drawing& drawing, const Record& record, const Model& model,
               const BetterOrder& better, const DrawOptions& options, std::ostream& out) {
  const Palette paint{options.color};
  Drawing reordered(better.record, model, paint);
  reordered.take_letters_of(drawing);
  std::vector<Cell> left = picture(drawing), right = picture(reordered);
  left.insert(left.begin(), Cell("current layout:"));
  Cell title;
  title.add(paint.green(), better_title(record, better), paint.reset());
  right.insert(right.begin(), title);
  constexpr std::size_t gap = 4;
  if (width_of(left) + gap + width_of(right) <= options.width) {
    print(beside(left, right, gap), out);
  } else {
    left.emplace_back();
    print(left, out);
    print(right, out);
  }
  if (better.fix != nullptr) {
    const std::string_view color = paint.safety(better.fix->safety);
    fmt::print(out, "\n{}: {}{}{}\n", better.fix->title, color, proof_text(*better.fix),
               color.empty() ? "" : paint.reset());
    for (const std::string& reason : better.fix->reasons) {
      fmt::print(out, "  {}\n", reason);
    }
  }
}

}  // namespace

void draw_record(const Record& record, const Model& model, const BetterOrder* better,
                 const DrawOptions& options, std::ostream& out) {
  const Palette paint{options.color};
  fmt::print(out, "{}{} {}{}  {}\n", paint.bold(), to_string(record.kind), record.name,
             paint.reset(), place(record, options));
  fmt::print(out, "{}\n", totals(record, model.abi));
  if (const std::string traits = traits_text(record); !traits.empty()) {
    fmt::print(out, "{}{}{}\n", paint.dim(), traits, paint.reset());
  }
  out << '\n';
  const Drawing drawing(record, model, paint);
  if (better == nullptr) {
    print(picture(drawing), out);
  } else {
    draw_both(drawing, record, model, *better, options, out);
  }
}

void draw_strip(const Record& record, const Model& model, std::ostream& out) {
  print(Drawing(record, model, Palette{false}).bar(false), out);
}

void draw_matches(std::span<const Record* const> records, const DrawOptions& options,
                  std::ostream& out) {
  std::vector<std::vector<Cell>> cells;
  cells.push_back({Cell("size"), Cell("align"), Cell("padding"), Cell("record"), Cell("at")});
  for (const Record* record : records) {
    const PaddingSum padding = padding_of(*record);
    cells.push_back({Cell(std::to_string(record->size)), Cell(std::to_string(record->align)),
                     Cell(std::to_string(padding.holes + padding.tail)), Cell(record->name),
                     Cell(place(*record, options))});
  }
  print(in_columns(cells, {Align::Right, Align::Right, Align::Right, Align::Left, Align::Left}),
        out);
}

}  // namespace snug
