// expect: warning of soa-candidate
#include <algorithm>
#include <vector>
struct Particle {
  double x, y, z, mass;
  long id;
};
struct World {
  std::vector<Particle> all;
  void push() {
    std::for_each(all.begin(), all.end(), [](Particle& p) { p.x += 1; });
  }
  void run() {
    for (int i = 0; i < 1000; ++i) push();  // flip
  }
};
int main() {
  World world;
  world.all.resize(1000);
  world.run();
}
