// expect: warning
// Each arm of the branch writes the thread's element.
#include <thread>
#include <vector>
struct /*after: alignas(64)*/ Score {
  int won = 0;
  int lost = 0;
};
static Score scores[8];
static void play(int who, int rounds) {
  unsigned dice = 7u + who;
  for (int i = 0; i < rounds; ++i) {
    dice = dice * 1664525u + 1013904223u;
    if (dice & 0x10000) {
      ++scores[who].won;
    } else {
      ++scores[who].lost;
    }
  }
}
int main() {
  std::vector<std::jthread> ts;
  for (int i = 0; i < 8; ++i) ts.emplace_back(play, i, 10000000);
}
