// expect: nothing of soa-candidate
#include <vector>
struct Point { double x, y, z; };
double norm(const std::vector<Point>& v) {
  double s = 0;
  for (const Point& p : v) s += p.x * p.x + p.y * p.y + p.z * p.z;
  return s;
}
