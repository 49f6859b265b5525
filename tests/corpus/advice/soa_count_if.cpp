// expect: note of soa-candidate
#include <algorithm>
#include <vector>
struct Star { double ra, dec, dist; float mag; int cls; long long id; };  // before
struct Star { float mag; int cls; };  // after
long bright(const std::vector<Star>& sky, float limit) {
  return std::count_if(sky.cbegin(), sky.cend(), [limit](const Star& s) { return s.mag < limit; });
}
