// expect: nothing of bool-pack
#include <vector>
struct Tile {
  int id;
  bool walls[4];
  bool lit, seen, water, road, door, trap;
};
static std::vector<Tile> map;
void reset() { for (Tile& t : map) t.id = 0; }
