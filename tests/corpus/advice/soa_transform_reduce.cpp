// expect: note of soa-candidate
#include <numeric>
#include <vector>
struct Trade { double price; double qty; long id; long account; int venue; int flags; };  // before
struct Trade { double price; };  // after
double volume(const std::vector<Trade>& ts) {
  return std::accumulate(ts.begin(), ts.end(), 0.0, [](double s, const Trade& t) { return s + t.price; });
}
