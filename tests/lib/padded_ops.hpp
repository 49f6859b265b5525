#pragma once
// Random operations on a padded_array and its iterators, compared with a std::array.

#include <snug/padded.hpp>

#include <algorithm>
#include <array>

#include "model.hpp"

namespace snug_test {

inline void padded_operations(op_stream ops) {
  constexpr std::size_t count = 7;
  using padded = snug::padded_array<int, count>;
  padded array{};
  std::array<int, count> model{};
  auto at = array.begin();
  std::size_t place = 0;  // of `at`; count: the end
  while (ops.more()) {
    std::size_t op = ops.below(8);
    std::size_t i = ops.below(count);
    std::size_t j = ops.below(count + 1);
    auto distance = [](std::size_t from, std::size_t to) {
      return static_cast<std::ptrdiff_t>(to) - static_cast<std::ptrdiff_t>(from);
    };
    switch (op) {
      case 0:
        array[i] = model[i] = static_cast<int>(j);
        break;
      case 1:
        at += distance(place, j);
        place = j;
        break;
      case 2:
        at = at - distance(j, place);
        place = j;
        break;
      case 3:
        if (place < count) {
          SNUG_SAME(&*at++ == &array[place]);
          ++place;
        }
        break;
      case 4:
        if (place > 0) {
          --at;
          --place;
        }
        break;
      case 5:
        std::sort(array.begin() + distance(0, std::min(i, j)),
                  array.begin() + distance(0, std::max(i, j)));
        std::sort(model.begin() + distance(0, std::min(i, j)),
                  model.begin() + distance(0, std::max(i, j)));
        break;
      case 6: {
        const snug::padded<int> copy(array[i]);
        SNUG_SAME((copy <=> snug::padded<int>(array[j % count])) ==
                  (model[i] <=> model[j % count]));
        SNUG_SAME((copy == snug::padded<int>(array[j % count])) == (model[i] == model[j % count]));
        break;
      }
      default: {
        const padded copy = array;
        array = copy;
      }
    }
    const padded& constant = array;
    padded::const_iterator same = at;
    SNUG_SAME(same - constant.begin() == distance(0, place));
    SNUG_SAME(constant.end() - same == distance(place, count));
    SNUG_SAME((at < array.begin() + distance(0, j)) == (place < j));
    SNUG_SAME((at == array.begin() + distance(0, j)) == (place == j));
    SNUG_SAME(at[distance(place, i)] == model[i]);
    SNUG_SAME(std::equal(constant.begin(), constant.end(), model.begin()));
  }
  for (std::size_t i = 1; i < count; ++i) {
    auto bytes =
        reinterpret_cast<const char*>(&array[i]) - reinterpret_cast<const char*>(&array[i - 1]);
    SNUG_SAME(bytes == static_cast<std::ptrdiff_t>(snug::line));
  }
}

}  // namespace snug_test
