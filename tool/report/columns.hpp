// Plain text in columns: cells know how wide they are on the screen, colours count nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace snug {

/// Number of columns that the text takes on a terminal: UTF-8 characters, one each.
[[nodiscard]] std::size_t screen_width(std::string_view text);

/// A piece of text with its width. Colours are added around it without changing the width.
struct Cell {
  std::string text;
  std::size_t width = 0;

  Cell() = default;
  explicit Cell(std::string plain) : text(std::move(plain)), width(screen_width(text)) {}

  void add(std::string_view plain);
  void add(std::string_view color, std::string_view plain, std::string_view reset);
  void pad_to(std::size_t columns);
};

enum class Align : char { Left, Right };

/// The rows with every column as wide as its widest cell and two blanks between columns. A row with
/// one cell is taken as it is and widens nothing. Trailing blanks are cut off.
[[nodiscard]] std::vector<Cell> in_columns(const std::vector<std::vector<Cell>>& rows,
                                           const std::vector<Align>& alignment);

/// Two blocks of lines next to each other, `gap` blanks apart.
[[nodiscard]] std::vector<Cell> beside(const std::vector<Cell>& left,
                                       const std::vector<Cell>& right, std::size_t gap);

/// The widest of the lines.
[[nodiscard]] std::size_t width_of(const std::vector<Cell>& lines);

}  // namespace snug
