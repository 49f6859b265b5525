// The rare large alternative lives on the heap; every other event has 16 bytes.
#include <array>
#include <cstdio>
#include <vector>

#include <snug/compact_variant.hpp>

struct Key {
  int code;
};
struct Move {
  int x, y;
};
struct Screenshot {
  std::array<char, 256> pixels;
};

using Event = snug::compact_variant<Key, Move, Screenshot>;
static_assert(sizeof(Event) == 16);

int weight(const Event& event) {
  if (const auto* key = event.get_if<Key>()) return key->code;
  if (const auto* move = event.get_if<Move>()) return move->x + move->y;
  return event.get<Screenshot>().pixels[7];
}

int main() {
  std::vector<Event> log;
  for (int i = 0; i < 10000; ++i) {
    if (i % 2 == 0)
      log.push_back(Key{i});
    else
      log.push_back(Move{i, -i + 1});
  }
  log.push_back(Screenshot{{1, 2, 3, 4, 5, 6, 7, 8}});
  long sum = 0;
  for (const Event& event : log) sum += weight(event);
  std::printf("%ld\n", sum);
}
