// expect: silent
#include <functional>
#include <thread>
struct Counts { long made = 0; long used = 0; };
void make(Counts& c) { for (int i = 0; i < 100000; ++i) c.made++; }
void use(Counts& c) { for (int i = 0; i < 100000; ++i) c.used++; }
struct Round {
  explicit Round(Counts& counts) : counts_(counts) {}
  void start() { thread_ = std::thread(make, std::ref(counts_)); }
  void finish() { thread_.join(); }
  Counts& counts_;
  std::thread thread_;
};
int main() {
  Counts counts;
  Round round(counts);
  for (int i = 0; i < 8; ++i) {
    round.start();
    round.finish();
    use(counts);
  }
}
