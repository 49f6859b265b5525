// Streams of operations on lazies against optional<string>; some functions give no value (throw).
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include <snug/lazy.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::array<snug::lazy<std::string>, 3> plain;
  std::array<snug::sync_lazy<std::string>, 3> shared;
  std::array<std::optional<std::string>, 3> model;
  for (std::size_t at = 0; at + 1 < size; at += 2) {
    const std::size_t i = data[at + 1] % 3u;
    const std::string text(data[at + 1], 't');
    switch (data[at] % 5) {
      case 0:
        if (!model[i]) model[i] = text;
        if (plain[i].get([&] { return text; }) != *model[i]) std::abort();
        if (shared[i].get([&] { return text; }) != *model[i]) std::abort();
        break;
      case 1:
        if (plain[i].set(text) == model[i].has_value()) std::abort();
        if (shared[i].set(text) == model[i].has_value()) std::abort();
        if (!model[i]) model[i] = text;
        break;
      case 2: {
        const auto out = plain[i].take();
        if (out != shared[i].take() || out != model[i]) std::abort();
        model[i].reset();
        break;
      }
      case 3:
        plain[i].reset();
        shared[i].reset();
        model[i].reset();
        break;
      case 4:
#if defined(__cpp_exceptions)
        if (model[i]) break;
        try {
          plain[i].get([]() -> std::string { throw 1; });
        } catch (int) {
        }
        try {
          shared[i].get([]() -> std::string { throw 1; });
        } catch (int) {
        }
#endif
        break;
    }
    for (std::size_t n = 0; n < model.size(); ++n) {
      if (plain[n].has_value() != model[n].has_value()) std::abort();
      if (shared[n].has_value() != model[n].has_value()) std::abort();
      if (model[n] && (*plain[n].get_if() != *model[n] || *shared[n].get_if() != *model[n]))
        std::abort();
    }
  }
  return 0;
}
