#include "report/columns.hpp"

#include <algorithm>
#include <cstdint>

namespace snug {

std::size_t screen_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U;  // not a continuation byte
  }));
}

void Cell::add(std::string_view plain) {
  text += plain;
  width += screen_width(plain);
}

void Cell::add(std::string_view color, std::string_view plain, std::string_view reset) {
  text += color;
  add(plain);
  text += color.empty() ? std::string_view() : reset;
}

void Cell::pad_to(std::size_t columns) {
  if (width < columns) {
    text.append(columns - width, ' ');
    width = columns;
  }
}

std::vector<Cell> in_columns(const std::vector<std::vector<Cell>>& rows,
                             const std::vector<Align>& alignment) {
  std::vector<std::size_t> widths(alignment.size(), 0);
  for (const std::vector<Cell>& row : rows) {
    for (std::size_t i = 0; row.size() > 1 && i < row.size(); ++i) {
      widths[i] = std::max(widths[i], row[i].width);
    }
  }
  std::vector<Cell> lines;
  for (const std::vector<Cell>& row : rows) {
    Cell line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool right = row.size() > 1 && alignment[i] == Align::Right;
      const bool last = i + 1 == row.size();
      const std::size_t blanks = row.size() > 1 ? widths[i] - row[i].width : 0;
      line.add(std::string(right ? blanks : 0, ' '));
      line.text += row[i].text;
      line.width += row[i].width;
      line.add(std::string(last ? 0 : (right ? 0 : blanks) + 2, ' '));
    }
    while (line.text.ends_with(' ')) {
      line.text.pop_back();
      --line.width;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Cell> beside(const std::vector<Cell>& left, const std::vector<Cell>& right,
                         std::size_t gap) {
  const std::size_t start = width_of(left) + gap;
  std::vector<Cell> lines;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    Cell line = i < left.size() ? left[i] : Cell();
    if (i < right.size() && right[i].width != 0) {
      line.pad_to(start);
      line.text += right[i].text;
      line.width += right[i].width;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::size_t width_of(const std::vector<Cell>& lines) {
  std::size_t width = 0;
  for (const Cell& line : lines) {
    width = std::max(width, line.width);
  }
  return width;
}

}  // namespace snug
