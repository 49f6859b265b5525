// expect: nothing of large-variant
#include <variant>
#include <vector>
struct Empty {};
struct Block { double cells[64]; };
using Cell = std::variant<Empty, Block>;
std::vector<Cell> grid;
void fill(int n) { for (int i = 0; i < n; ++i) grid.emplace_back(Block{}); }
void hole() { grid.emplace_back(Empty{}); }
