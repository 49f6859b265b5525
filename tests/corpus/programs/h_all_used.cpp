// expect: nothing of hot-cold
#include <vector>
struct Matrix { double m[16]; };
double trace(const std::vector<Matrix>& v) {
  double t = 0;
  for (const Matrix& x : v) for (int i = 0; i < 16; ++i) t += x.m[i];
  return t;
}
