// expect: silent
#include <atomic>
#include <thread>
#include <vector>
struct Tile { int x = 0; float light = 0; };
static std::vector<Tile> tiles(4096);
static std::atomic<unsigned> cursor{0};
static bool next(unsigned& i) {
  i = cursor.fetch_add(1);
  return i < tiles.size();
}
static void render() {
  unsigned i = 0;
  while (next(i)) {
    float l = 0;
    for (int k = 0; k < 10000; ++k) l += k * 0.5f;
    tiles[i].light = l;
  }
}
int main() {
  std::vector<std::jthread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(render);
}
