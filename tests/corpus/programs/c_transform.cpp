// expect: note of soa-candidate
#include <algorithm>
#include <numeric>
#include <vector>
struct Body {
  float x, y, z;
  float vx, vy, vz;
  float mass;
  int group;
  const char* name;
  float radius, charge;
};
static std::vector<Body> bodies;
float total_mass() {
  return std::accumulate(bodies.begin(), bodies.end(), 0.0f, [](float s, const Body& b) { return s + b.mass; });
}
long heavy() {
  return std::count_if(bodies.begin(), bodies.end(), [](const Body& b) { return b.mass > 10; });
}
