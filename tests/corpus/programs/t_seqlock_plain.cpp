// expect: silent of false-sharing flags: -pthread
#include <atomic>
#include <thread>
#include <vector>
struct Clock {
  std::atomic<unsigned> seq{0};
  std::atomic<long> seconds{0};
  std::atomic<long> nanos{0};
};
static Clock now_;
void tick() {
  for (long n = 0;; ++n) {
    now_.seq.fetch_add(1);
    now_.seconds.store(n / 1000);
    now_.nanos.store(n % 1000);
    now_.seq.fetch_add(1);
  }
}
long read_clock() {
  unsigned s;
  long sec;
  do {
    s = now_.seq.load();
    sec = now_.seconds.load() * 1000 + now_.nanos.load();
  } while ((s & 1) || now_.seq.load() != s);
  return sec;
}
int main() {
  std::thread t(tick);
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back([] { while (read_clock() < 100) {} });
  t.join();
  for (auto& r : readers) r.join();
}
