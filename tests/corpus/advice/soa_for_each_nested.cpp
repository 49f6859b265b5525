// expect: warning of soa-candidate
#include <algorithm>
#include <vector>
struct Agent { double energy; double x, y, vx, vy; int team; int id; };  // before
struct Agent { double energy; };  // after
double run(std::vector<Agent>& agents, int steps) {
  double total = 0;
  for (int s = 0; s < steps; ++s)
    std::for_each(agents.begin(), agents.end(), [&](Agent& a) { total += a.energy; });
  return total;
}
