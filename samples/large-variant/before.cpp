// A log of events, nearly all of them small; one rare alternative makes every event 260 bytes long.
#include <array>
#include <cstdio>
#include <variant>
#include <vector>

struct Key {
  int code;
};
struct Move {
  int x, y;
};
struct Screenshot {
  std::array<char, 256> pixels;
};

using Event = std::variant<Key, Move, Screenshot>;  // expect: large-variant "is 260 bytes because"

int weight(const Event& event) {
  if (const auto* key = std::get_if<Key>(&event)) return key->code;
  if (const auto* move = std::get_if<Move>(&event)) return move->x + move->y;
  return std::get<Screenshot>(event).pixels[7];
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
