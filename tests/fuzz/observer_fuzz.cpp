// Objects are born, die and move; observers must follow. Names stand for identity.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include <snug/observer.hpp>

namespace {
struct named : snug::observable_value<named> {
  explicit named(unsigned n) : name(n) {}
  unsigned name;
};
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::array<std::optional<named>, 4> objects;
  std::array<snug::observer<named>, 6> observers;
  std::array<unsigned, 6> watched{};
  unsigned next = 1;
  for (std::size_t at = 0; at + 1 < size; at += 2) {
    const std::size_t i = data[at + 1] % 4u, j = data[at + 1] / 4u % 4u,
                      o = data[at + 1] / 16u % 6u;
    switch (data[at] % 6) {
      case 0:
        objects[i].emplace(next++);
        break;
      case 1:
        objects[i].reset();
        break;
      case 2:
        if (i == j || !objects[j]) break;
        if (objects[i]) {
          *objects[i] = std::move(*objects[j]);
        } else {
          objects[i].emplace(std::move(*objects[j]));
        }
        objects[j]->name = next++;
        break;
      case 3:
        observers[o] = objects[i] ? &*objects[i] : nullptr;
        watched[o] = objects[i] ? objects[i]->name : 0;
        break;
      case 4:
        observers[o] = observers[i];
        watched[o] = watched[i];
        break;
      case 5:
        if (o == i) break;
        observers[o] = std::move(observers[i]);
        watched[o] = std::exchange(watched[i], 0u);
        break;
    }
    for (std::size_t n = 0; n < observers.size(); ++n) {
      const named* expected = nullptr;
      for (const auto& object : objects)
        if (object && watched[n] != 0 && object->name == watched[n]) expected = &*object;
      if (observers[n].get() != expected) std::abort();
    }
  }
  return 0;
}
