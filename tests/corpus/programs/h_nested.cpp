// expect: warning of hot-cold
#include <string>
#include <vector>
struct Unit {
  int x, y;
  std::string name;
  std::string description;
  int inventory[24];
  int team;
  int health;
  float cooldowns[8];
};
static std::vector<Unit> units;  // before
struct Hot { int x, y, team; };  // after
static std::vector<Hot> units;  // after
int near_enemies() {
  int n = 0;
  for (std::size_t a = 0; a < units.size(); ++a) {
    for (std::size_t b = 0; b < units.size(); ++b) {
      const int dx = units[a].x - units[b].x, dy = units[a].y - units[b].y;
      if (units[a].team != units[b].team && dx * dx + dy * dy < 100) ++n;
    }
  }
  return n;
}
