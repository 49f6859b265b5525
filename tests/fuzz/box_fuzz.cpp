// Streams of box operations against std::optional<std::string>, one byte what, one byte where.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <snug/box.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using text_box = snug::box<std::string>;
  std::array<text_box, 4> boxes;
  std::array<std::optional<std::string>, 4> model{"", "", "", ""};
  for (std::size_t at = 0; at + 1 < size; at += 2) {
    const std::size_t i = data[at + 1] % 4u, j = data[at + 1] / 4u % 4u;
    const std::string text(data[at + 1], 't');
    switch (data[at] % 6) {
      case 0:
        boxes[i] = boxes[j];
        model[i] = model[j];
        break;
      case 1:
        boxes[i] = std::move(boxes[j]);
        if (i != j) model[i] = std::exchange(model[j], std::nullopt);
        break;
      case 2:
        boxes[i] = text;
        model[i] = text;
        break;
      case 3:
        swap(boxes[i], boxes[j]);
        std::swap(model[i], model[j]);
        break;
      case 4:
        boxes[i].emplace(text + text);
        model[i] = text + text;
        break;
      case 5: {
        text_box copy = boxes[i];
        boxes[j] = std::move(copy);
        model[j] = model[i];
        break;
      }
    }
    for (std::size_t k = 0; k < boxes.size(); ++k) {
      if (boxes[k].valueless_after_move() == model[k].has_value()) std::abort();
      if (model[k] && *boxes[k] != *model[k]) std::abort();
    }
  }
  return 0;
}
