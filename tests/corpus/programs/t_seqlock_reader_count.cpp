// expect: warning of false-sharing flags: -pthread
#include <atomic>
#include <thread>
#include <vector>
struct Quote {
  std::atomic<unsigned> seq{0};
  std::atomic<double> bid{0};
  std::atomic<double> ask{0};
  std::atomic<long> reads{0};  // before
  alignas(64) std::atomic<long> reads{0};  // after
};
static Quote quote;
static std::atomic<bool> stop{false};
void publish() {
  double price = 100;
  while (!stop.load(std::memory_order_relaxed)) {
    quote.seq.fetch_add(1, std::memory_order_release);
    quote.bid.store(price, std::memory_order_relaxed);
    quote.ask.store(price + 0.01, std::memory_order_relaxed);
    quote.seq.fetch_add(1, std::memory_order_release);
    price += 0.001;
  }
}
double spread() {
  for (;;) {
    unsigned before = quote.seq.load(std::memory_order_acquire);
    if (before & 1) continue;
    double s = quote.ask.load(std::memory_order_relaxed) - quote.bid.load(std::memory_order_relaxed);
    if (quote.seq.load(std::memory_order_acquire) == before) return s;
  }
}
void follow() {
  double sum = 0;
  while (!stop.load(std::memory_order_relaxed)) {
    sum += spread();
    quote.reads.fetch_add(1, std::memory_order_relaxed);
  }
}
int main() {
  std::thread writer(publish);
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) readers.emplace_back(follow);
  writer.join();
  for (auto& r : readers) r.join();
}
