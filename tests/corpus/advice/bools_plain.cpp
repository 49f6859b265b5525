// expect: note of bool-pack
#include <vector>
struct Tile { bool water, lava, solid, climb, slippery, dark, visited, locked, spawn, exit; short height; };  // before
struct Tile { bool water : 1, lava : 1, solid : 1, climb : 1, slippery : 1, dark : 1, visited : 1, locked : 1, spawn : 1, exit : 1; short height; };  // after
std::vector<Tile> map_;
int dark() { int n = 0; for (auto& t : map_) n += t.dark ? 1 : 0; return n; }
