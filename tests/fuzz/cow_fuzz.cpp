// Streams of operations on cows against plain strings.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

#include <snug/cow.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::array<snug::cow<std::string>, 4> cows;
  std::array<std::string, 4> model;
  for (std::size_t at = 0; at + 1 < size; at += 2) {
    const std::size_t i = data[at + 1] % 4u, j = data[at + 1] / 4u % 4u;
    switch (data[at] % 6) {
      case 0:
        cows[i] = cows[j];
        model[i] = model[j];
        break;
      case 1:
        cows[i].write().push_back(static_cast<char>(data[at + 1]));
        model[i].push_back(static_cast<char>(data[at + 1]));
        break;
      case 2:
        if (i == j) break;
        cows[i] = std::move(cows[j]);
        model[i] = std::exchange(model[j], "");
        break;
      case 3:
        if (auto* const mine = cows[i].write_if_unique()) {
          mine->clear();
          model[i].clear();
        }
        break;
      case 4:
        if (std::move(cows[i]).take() != std::exchange(model[i], "")) std::abort();
        break;
      case 5:
        cows[i] = std::string(data[at + 1], 'x');
        model[i] = std::string(data[at + 1], 'x');
        break;
    }
    for (std::size_t n = 0; n < cows.size(); ++n)
      if (*cows[n] != model[n] || (cows[n] == cows[i]) != (model[n] == model[i])) std::abort();
  }
  return 0;
}
