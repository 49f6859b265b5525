// expect: warning of shared-ptr-by-value
#include <algorithm>
#include <memory>
#include <vector>
struct Track { int seconds; };
int total(const std::vector<std::shared_ptr<Track>>& tracks) {
  int sum = 0;
  std::for_each(tracks.begin(), tracks.end(), [&sum](std::shared_ptr<Track> t) { sum += t->seconds; });  // before
  std::for_each(tracks.begin(), tracks.end(), [&sum](const std::shared_ptr<Track>& t) { sum += t->seconds; });  // after
  return sum;
}
