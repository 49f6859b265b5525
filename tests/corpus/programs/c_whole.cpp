// expect: nothing of soa-candidate
#include <vector>
struct Body { double x, y, vx, vy, fx, fy, mass; };
void step(std::vector<Body>& bodies, double dt) {
  for (int sub = 0; sub < 10; ++sub) {
    for (Body& b : bodies) {
      b.vx += b.fx / b.mass * dt;
      b.vy += b.fy / b.mass * dt;
      b.x += b.vx * dt;
      b.y += b.vy * dt;
    }
  }
}
