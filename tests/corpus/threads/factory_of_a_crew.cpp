// expect: warning
// The threads come back in a vector.
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Lane {
  long done = 0;
};
template <class F>
std::vector<std::thread> spawn(int n, F body) {
  std::vector<std::thread> crew;
  for (int i = 0; i < n; ++i) crew.emplace_back(body, i);
  return crew;
}
int main() {
  std::vector<Lane> lanes(8);
  auto crew = spawn(8, [&lanes](int me) {
    for (int i = 0; i < 10000000; ++i) ++lanes[me].done;
  });
  for (auto& thread : crew) thread.join();
  return lanes[0].done == 0;
}
