// expect: warning
#include <thread>
struct Stats { long hits = 0; long misses = 0; };
void add_hit(Stats* s) { s->hits++; }
void add_miss(Stats* s) { s->misses++; }
void hitter(Stats* s) { for (int i = 0; i < 100000; ++i) add_hit(s); }
void misser(Stats* s) { for (int i = 0; i < 100000; ++i) add_miss(s); }
int main() {
  Stats stats;
  std::thread a(hitter, &stats);
  std::thread b(misser, &stats);
  a.join();
  b.join();
}
