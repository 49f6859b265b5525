// expect: warning of enum-size
#include <array>
#include <vector>
enum Direction { North, East, South, West };  // before
enum Direction : unsigned char { North, East, South, West };  // after
using Dirs = std::array<Direction, 6>;
struct Cell {
  long id;
  Dirs doors;
};
static std::vector<Cell> cells;
void add(long id) { cells.push_back({id, {North, East, South, West, North, East}}); }
