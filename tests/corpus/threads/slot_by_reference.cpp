// expect: warning
#include <functional>
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ State {
  unsigned seed = 1;
  unsigned long draws = 0;
};
static void draw(State& s) {
  for (int i = 0; i < 10000000; ++i) {
    s.seed = s.seed * 1103515245u + 12345u;
    ++s.draws;
  }
}
int main() {
  std::vector<State> states(4);
  std::vector<std::thread> ts;
  for (auto& s : states) ts.emplace_back(draw, std::ref(s));
  for (auto& t : ts) t.join();
}
