// expect: warning of soa-candidate
#include <cstddef>
#include <vector>
struct Ball {
  float x, y;
  unsigned color;
  unsigned texture;
  char label[32];
  float radius;  // before
  int layer;
};
struct World {
  std::vector<Ball> balls;
  std::vector<float> xs, ys;  // after
  int close_pairs(float d) const {
    int n = 0;
    for (std::size_t i = 0; i < balls.size(); ++i)
      for (std::size_t j = 0; j < balls.size(); ++j) {
        float dx = balls[i].x - balls[j].x, dy = balls[i].y - balls[j].y;  // before
        float dx = xs[i] - xs[j], dy = ys[i] - ys[j];  // after
        if (dx * dx + dy * dy < d) ++n;
      }
    return n;
  }
};
int f(const World& w) { return w.close_pairs(3); }
