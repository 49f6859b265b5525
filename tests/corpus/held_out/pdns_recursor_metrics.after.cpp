// Project: PowerDNS Recursor, commit bd4687186c (#9451 told of it, #10836 merged it).
// Mend: the type of a metric is an atomic in storage that is aligned to a line.
#include <atomic>
#include <cstdint>
#include <new>
#include <thread>
#include <vector>

class stat_t {
 public:
  explicit stat_t(std::uint64_t value) { new (&counter_) std::atomic<std::uint64_t>(value); }
  stat_t(const stat_t&) = delete;
  stat_t& operator=(const stat_t&) = delete;
  std::uint64_t operator++(int) { return ref()++; }
  std::uint64_t operator+=(std::uint64_t by) { return ref() += by; }
  std::uint64_t load() { return ref().load(); }

 private:
  std::atomic<std::uint64_t>& ref() {
    return *reinterpret_cast<std::atomic<std::uint64_t>*>(&counter_);
  }
  struct alignas(64) storage {
    unsigned char bytes[sizeof(std::atomic<std::uint64_t>)];
  } counter_;
};

struct RecursorStats {
  stat_t qcounter{0};
  stat_t tcpqcounter{0};
  stat_t answers_fast{0};
  stat_t answers_slow{0};
  stat_t cache_hits{0};
  stat_t cache_misses{0};
};

static RecursorStats g_stats;

bool receive(int socket);
bool in_cache(int socket);

static void handle_udp(int socket) {
  while (receive(socket)) {
    g_stats.qcounter++;
    if (in_cache(socket))
      g_stats.cache_hits++;
    else
      g_stats.cache_misses++;
    g_stats.answers_fast++;
  }
}

static void handle_tcp(int socket) {
  while (receive(socket)) {
    g_stats.tcpqcounter++;
    g_stats.answers_slow++;
  }
}

int main() {
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) workers.emplace_back(handle_udp, i);
  for (int i = 4; i < 6; ++i) workers.emplace_back(handle_tcp, i);
  for (std::thread& worker : workers) worker.join();
  return g_stats.qcounter.load() != 0 ? 0 : 1;
}
