// expect: note of soa-candidate
#include <algorithm>
#include <ranges>
#include <vector>
struct Cell { float heat; float conduct; int kind; float x, y, z; int owner; };  // before
struct Cell { float heat; };  // after
void cool(std::vector<Cell>& cells) { std::ranges::for_each(cells, [](Cell& c) { c.heat *= 0.99f; }); }
